//! Where something like bars stands in a picture, at any angle: places whose greys change strongly in one
//! direction only, joined where the direction is the same.

use super::{Point, Quad};
use crate::picture::Luma;

/// A place with parallel bars.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stripes {
    /// Its corners, the first two along the way across the bars.
    pub quad: Quad,
    /// How much there is, to compare.
    pub strength: f32,
}

/// Side of a cell in pixels of the overview.
const CELL: usize = 8;

/// A picture made small enough to be looked at as a whole.
#[derive(Debug)]
pub(super) struct Overview {
    pub luma: Luma,
    /// Pixels of the picture on one of the overview.
    pub factor: usize,
}

impl Overview {
    /// At most 1,000 pixels wide and high: four pixels of a block stand for it.
    pub fn of(luma: &Luma) -> Overview {
        const SIDE: usize = 1000;
        let factor = luma.width.max(luma.height).div_ceil(SIDE).max(1);
        if factor == 1 {
            return Overview { luma: luma.clone(), factor };
        }
        let (width, height) = (luma.width / factor, luma.height / factor);
        let (near, far) = (factor / 4, (3 * factor / 4).min(factor - 1));
        let mut data = Vec::with_capacity(width * height);
        for y in 0..height {
            let (upper, lower) = (luma.row(y * factor + near), luma.row(y * factor + far));
            let blocks = upper.chunks_exact(factor).zip(lower.chunks_exact(factor));
            data.extend(blocks.map(|(a, b)| {
                let sum =
                    u16::from(a[near]) + u16::from(a[far]) + u16::from(b[near]) + u16::from(b[far]);
                ((sum + 2) / 4) as u8
            }));
        }
        Overview { luma: Luma { width, height, data }, factor }
    }
}

/// One cell: the structure of its greys' changes.
#[derive(Clone, Copy, Default)]
struct Cell {
    xx: f32,
    yy: f32,
    xy: f32,
}

impl Cell {
    fn energy(&self) -> f32 {
        self.xx + self.yy
    }

    /// Twice the direction of the changes, as a vector; its length is how much they have one, 0..1.
    fn direction(&self) -> (f32, f32) {
        let energy = self.energy().max(1.0);
        ((self.xx - self.yy) / energy, 2.0 * self.xy / energy)
    }

    fn add(&mut self, other: &Cell) {
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }
}

/// Places with bars, the strongest first, some at most. Only those whose middle `wanted` takes; all is in
/// pixels of the picture.
pub(super) fn stripes(overview: &Overview, wanted: impl Fn(Point) -> bool) -> Vec<Stripes> {
    const MOST: usize = 8;
    let (small, factor) = (&overview.luma, overview.factor);
    let (across, down) = (small.width / CELL, small.height / CELL);
    if across == 0 || down == 0 {
        return Vec::new();
    }
    let cells = cells(small, across, down);
    let strong: Vec<bool> = cells
        .iter()
        .map(|cell| {
            let (x, y) = cell.direction();
            cell.energy() > 60.0 * (CELL * CELL) as f32 && x * x + y * y > 0.25
        })
        .collect();
    let mut found: Vec<Stripes> = joined(&cells, &strong, across)
        .into_iter()
        .filter_map(|members| around(&members, &cells, across, (CELL * factor) as f32))
        .filter(|stripes| {
            let [a, _, c, _] = stripes.quad.0;
            wanted(((a.0 + c.0) / 2.0, (a.1 + c.1) / 2.0))
        })
        .collect();
    found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    found.truncate(MOST);
    found
}

fn cells(small: &Luma, across: usize, down: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); across * down];
    for y in 0..(down * CELL).min(small.height.saturating_sub(1)) {
        let (row, below) = (small.row(y), small.row(y + 1));
        for (i, cell) in cells[y / CELL * across..(y / CELL + 1) * across].iter_mut().enumerate() {
            let from = i * CELL;
            let until = ((i + 1) * CELL).min(small.width.saturating_sub(1));
            let (mut xx, mut yy, mut xy) = (0i32, 0i32, 0i32);
            // Between four pixels, so that sharp edges give the right direction too.
            let upper = row[from..until].iter().zip(&row[from + 1..until + 1]);
            let lower = below[from..until].iter().zip(&below[from + 1..until + 1]);
            for ((a, b), (c, d)) in upper.zip(lower) {
                let (falling, rising) =
                    (i32::from(*d) - i32::from(*a), i32::from(*b) - i32::from(*c));
                let (gx, gy) = (falling + rising, falling - rising);
                xx += gx * gx;
                yy += gy * gy;
                xy += gx * gy;
            }
            cell.add(&Cell { xx: xx as f32, yy: yy as f32, xy: xy as f32 });
        }
    }
    cells
}

/// Strong cells side by side whose direction is nearly the same.
fn joined(cells: &[Cell], strong: &[bool], across: usize) -> Vec<Vec<usize>> {
    let mut taken = vec![false; cells.len()];
    let mut things = Vec::new();
    for start in 0..cells.len() {
        if !strong[start] || taken[start] {
            continue;
        }
        taken[start] = true;
        let mut members = vec![start];
        let mut next = 0;
        while let Some(at) = members.get(next).copied() {
            next += 1;
            let (x, y) = (at % across, at / across);
            for ny in y.saturating_sub(1)..=y + 1 {
                for nx in x.saturating_sub(1)..(x + 2).min(across) {
                    let near = ny * across + nx;
                    if near < cells.len()
                        && strong[near]
                        && !taken[near]
                        && alike(&cells[at], &cells[near])
                    {
                        taken[near] = true;
                        members.push(near);
                    }
                }
            }
        }
        if members.len() >= 4 {
            things.push(members);
        }
    }
    things
}

/// Whether two directions are within about 15 degrees.
fn alike(a: &Cell, b: &Cell) -> bool {
    let (a, b) = (a.direction(), b.direction());
    let dot = a.0 * b.0 + a.1 * b.1;
    dot > 0.87 * a.0.hypot(a.1) * b.0.hypot(b.1)
}

/// The box round the cells along their common direction. `None` for a single edge.
fn around(members: &[usize], cells: &[Cell], across: usize, side: f32) -> Option<Stripes> {
    let mut sum = Cell::default();
    for at in members {
        sum.add(&cells[*at]);
    }
    let (x, y) = sum.direction();
    if x.hypot(y) < 0.55 {
        return None;
    }
    let angle = 0.5 * y.atan2(x);
    let (dx, dy) = (angle.cos(), angle.sin());
    let mut along = (f32::MAX, f32::MIN);
    let mut beside = (f32::MAX, f32::MIN);
    for at in members {
        let (x, y) = ((at % across) as f32 + 0.5, (at / across) as f32 + 0.5);
        let (u, v) = (x * dx + y * dy, y * dx - x * dy);
        along = (along.0.min(u), along.1.max(u));
        beside = (beside.0.min(v), beside.1.max(v));
    }
    if along.1 - along.0 < 2.5 {
        return None;
    }
    let half = 0.5;
    let place = |u: f32, v: f32| ((u * dx - v * dy) * side, (u * dy + v * dx) * side);
    let (left, right) = (along.0 - half, along.1 + half);
    let (top, low) = (beside.0 - half, beside.1 + half);
    Some(Stripes {
        quad: Quad([place(left, top), place(right, top), place(right, low), place(left, low)]),
        strength: sum.energy(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_bars_are_found_where_they_stand() {
        let (sin, cos) = 0.4f32.sin_cos();
        let mut luma = Luma::flat(400, 300, 230);
        for y in 0..300 {
            for x in 0..400 {
                let (dx, dy) = (x as f32 - 220.0, y as f32 - 140.0);
                let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
                if u.abs() < 80.0 && v.abs() < 25.0 {
                    luma.data[y * 400 + x] = (130.0 + 100.0 * (u * 0.9).cos()) as u8;
                }
            }
        }
        let found = stripes(&Overview::of(&luma), |_| true);
        let [a, b, c, _] = found[0].quad.0;
        let angle = (b.1 - a.1).atan2(b.0 - a.0);
        assert!((angle - 0.4).abs() < 0.05 || (angle - 0.4).abs() > 3.09, "{angle}");
        assert!(
            ((a.0 + c.0) / 2.0 - 220.0).abs() < 10.0 && ((a.1 + c.1) / 2.0 - 140.0).abs() < 10.0
        );
        let flat = Overview::of(&Luma::flat(400, 300, 230));
        assert!(stripes(&flat, |_| true).is_empty());
    }
}
