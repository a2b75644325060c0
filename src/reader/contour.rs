//! The rim of the largest thing on a mask.

/// A mask, row by row.
pub(super) struct Mask {
    pub width: usize,
    pub height: usize,
    pub set: Vec<bool>,
}

impl Mask {
    fn at(&self, x: isize, y: isize) -> bool {
        x >= 0
            && y >= 0
            && (x as usize) < self.width
            && (y as usize) < self.height
            && self.set[y as usize * self.width + x as usize]
    }
}

/// Pixels in order around the connected thing whose bounding box is the largest. Empty if the mask is.
pub(super) fn largest(mask: &Mask) -> Vec<(usize, usize)> {
    let mut label = vec![0u32; mask.set.len()];
    let mut labels = 0;
    let mut best: Option<(usize, u32, usize)> = None;
    let mut stack = Vec::new();
    for start in 0..mask.set.len() {
        if !mask.set[start] || label[start] != 0 {
            continue;
        }
        labels += 1;
        label[start] = labels;
        stack.push(start);
        let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
        while let Some(at) = stack.pop() {
            let (x, y) = (at % mask.width, at / mask.width);
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
            for (dx, dy) in AROUND {
                let (nx, ny) = (x as isize + dx, y as isize + dy);
                if mask.at(nx, ny) {
                    let next = ny as usize * mask.width + nx as usize;
                    if label[next] == 0 {
                        label[next] = labels;
                        stack.push(next);
                    }
                }
            }
        }
        let area = (right - left + 1) * (bottom - top + 1);
        if best.is_none_or(|(most, _, _)| area > most) {
            best = Some((area, labels, start));
        }
    }
    match best {
        Some((_, wanted, start)) => {
            let thing = Mask {
                width: mask.width,
                height: mask.height,
                set: label.iter().map(|l| *l == wanted).collect(),
            };
            around(&thing, start)
        }
        None => Vec::new(),
    }
}

/// The eight neighbours, clockwise on the screen from the left one.
const AROUND: [(isize, isize); 8] =
    [(-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1)];

/// Follows the outer rim clockwise from the first set pixel in reading order.
fn around(mask: &Mask, start: usize) -> Vec<(usize, usize)> {
    let first = ((start % mask.width) as isize, (start / mask.width) as isize);
    let mut at = first;
    let mut from = 0; // we came from the left, which is not set
    let mut rim = Vec::new();
    // Every pixel is passed at most a few times; the bound only guards against a mistake here.
    for _ in 0..mask.set.len() * 4 {
        rim.push((at.0 as usize, at.1 as usize));
        let next = (1..=8)
            .map(|turn| (from + turn) % 8)
            .find(|way| mask.at(at.0 + AROUND[*way].0, at.1 + AROUND[*way].1));
        let Some(way) = next else {
            break; // a single pixel
        };
        at = (at.0 + AROUND[way].0, at.1 + AROUND[way].1);
        // Go on clockwise from where we came: the outside is looked at first.
        from = (way + 4) % 8;
        if at == first {
            break;
        }
    }
    rim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_round_a_box() {
        let mut mask = Mask { width: 12, height: 9, set: vec![false; 108] };
        for y in 2..7 {
            for x in 3..10 {
                mask.set[y * 12 + x] = true;
            }
        }
        mask.set[0] = true;
        let rim = largest(&mask);
        let corners = [(3, 2), (9, 2), (9, 6), (3, 6)];
        assert!(corners.iter().all(|corner| rim.contains(corner)));
        assert_eq!(rim.len(), 2 * (7 + 5) - 4);
    }
}
