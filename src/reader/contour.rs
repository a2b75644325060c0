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

/// Set pixels side by side in one row.
struct Run {
    y: usize,
    from: usize,
    until: usize,
}

/// The connected thing whose bounding box is the largest, alone on a mask, and its first pixel in
/// reading order. `None` if nothing is set.
fn largest_thing(mask: &Mask) -> Option<(Mask, usize)> {
    let mut runs: Vec<Run> = Vec::new();
    // Of each run an earlier one of the same thing, or itself.
    let mut leader: Vec<usize> = Vec::new();
    let mut above = 0..0;
    for (y, row) in mask.set.chunks_exact(mask.width.max(1)).enumerate() {
        let first = runs.len();
        let mut x = 0;
        while let Some(skip) = row[x..].iter().position(|set| *set) {
            let from = x + skip;
            let length = row[from..].iter().position(|set| !*set).unwrap_or(row.len() - from);
            x = from + length;
            let index = runs.len();
            runs.push(Run { y, from, until: x });
            leader.push(index);
            for other in above.clone() {
                if runs[other].from <= x && runs[other].until >= from {
                    let (a, b) = (lead(&mut leader, other), lead(&mut leader, index));
                    leader[a.max(b)] = a.min(b);
                }
            }
        }
        above = first..runs.len();
    }
    // Left, right, top, bottom.
    let mut boxes = vec![(usize::MAX, 0, usize::MAX, 0); runs.len()];
    for (index, run) in runs.iter().enumerate() {
        let thing = &mut boxes[lead(&mut leader, index)];
        *thing = (
            thing.0.min(run.from),
            thing.1.max(run.until),
            thing.2.min(run.y),
            thing.3.max(run.y + 1),
        );
    }
    let area = |index: &usize| {
        let (left, right, top, bottom) = boxes[*index];
        right.saturating_sub(left) * bottom.saturating_sub(top)
    };
    // The first of equals: its leader is the first run in reading order.
    let best = (0..runs.len()).rev().max_by_key(area)?;
    let mut set = vec![false; mask.set.len()];
    for (index, run) in runs.iter().enumerate() {
        if lead(&mut leader, index) == best {
            set[run.y * mask.width + run.from..run.y * mask.width + run.until].fill(true);
        }
    }
    let start = runs[best].y * mask.width + runs[best].from;
    Some((Mask { width: mask.width, height: mask.height, set }, start))
}

/// The first run of a run's thing; the way there is made shorter for the next who asks.
fn lead(leader: &mut [usize], mut index: usize) -> usize {
    while leader[index] != index {
        leader[index] = leader[leader[index]];
        index = leader[index];
    }
    index
}

/// Pixels in order around the connected thing whose bounding box is the largest. Empty if the mask is.
pub(super) fn largest(mask: &Mask) -> Vec<(usize, usize)> {
    largest_thing(mask).map(|(thing, start)| around(&thing, start)).unwrap_or_default()
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
