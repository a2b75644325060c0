//! Where in the number's box the line of print stands: characters change between dark and light along a
//! row far more often than stamps, folds and frames do.

use crate::picture::Luma;
use std::ops::Range;

/// Rows that a profile's box is cut to, and the rim on all four sides of it.
pub(super) const BOX: usize = 40;
pub(super) const RIM: usize = 14;

/// A line of print in a box that was cut `BOX` high with a rim of `RIM`: rows and columns of its digits.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// How much it looks like one line of characters, 0..1.
    pub likeness: f32,
}

/// The most line-like band. `None` where nothing changes.
pub(super) fn find(part: &Luma) -> Option<Band> {
    let (width, height) = (part.width, part.height);
    if width < 16 || height <= 2 * RIM {
        return None;
    }
    // A change counts up to a third of the range, so that a frame's hard edge is no more than a digit's.
    let most = range(part) / 3.0;
    if most < 4.0 {
        return None;
    }
    let change =
        |row: &[u8], x: usize| (f32::from(row[x + 1]) - f32::from(row[x - 1])).abs().min(most);
    let rows: Vec<f32> = (0..height)
        .map(|y| {
            let row = part.row(y);
            (1..width - 1).map(|x| change(row, x)).sum::<f32>()
        })
        .collect();
    let rows = smooth(&rows, 1);
    let middle = RIM / 2..height - RIM / 2;
    let peak = middle.clone().max_by(|a, b| rows[*a].total_cmp(&rows[*b]))?;
    let quiet = {
        let mut sorted = rows.clone();
        sorted.sort_by(f32::total_cmp);
        sorted[sorted.len() / 8]
    };
    let limit = quiet + 0.35 * (rows[peak] - quiet);
    let top = (0..peak).rev().find(|y| rows[*y] < limit).map_or(0, |y| y + 1);
    let bottom = (peak..height).find(|y| rows[*y] < limit).unwrap_or(height);
    let band = top..bottom;

    let columns: Vec<f32> = (0..width)
        .map(|x| {
            if x == 0 || x + 1 == width {
                return 0.0;
            }
            band.clone().map(|y| change(part.row(y), x)).sum::<f32>()
        })
        .collect();
    let columns = smooth(&columns, band.len() / 3);
    let mut sorted = columns.clone();
    sorted.sort_by(f32::total_cmp);
    let full = sorted[sorted.len() * 9 / 10];
    let edge = 0.22 * full;
    let left = columns.iter().position(|c| *c > edge)?;
    let right = columns.iter().rposition(|c| *c > edge)? + 1;

    // The box was drawn round the number, so its line stands about in the middle.
    let off = (band.start + band.end) as f32 / 2.0 - height as f32 / 2.0;
    let centred = (-(off / 11.0).powi(2)).exp();
    let alone = 1.0 - quiet / rows[peak].max(1.0);
    let high = band.len() as f32 / BOX as f32;
    let tall = if high < 0.3 { high / 0.3 } else { (0.9 / high).min(1.0) };
    let long = ((right - left) as f32 / band.len().max(1) as f32 / 3.0).min(1.0);
    // Of a digit, about one height in three changes along a row.
    let dense = (rows[peak] / most / ((right - left) as f32 / band.len().max(1) as f32)).min(2.0);
    Some(Band {
        rows: band,
        columns: left..right,
        likeness: centred * alone * tall * long * (dense / 2.0),
    })
}

/// From a dark to a light grey that are typical.
fn range(part: &Luma) -> f32 {
    let mut counts = [0usize; 256];
    for value in &part.data {
        counts[usize::from(*value)] += 1;
    }
    let grey = |share: f32| {
        let mut left = (part.data.len() as f32 * share) as usize;
        for (value, count) in counts.iter().enumerate() {
            if left < *count {
                return value as f32;
            }
            left -= count;
        }
        255.0
    };
    grey(0.9) - grey(0.03)
}

/// Means over `reach` neighbours on both sides.
fn smooth(values: &[f32], reach: usize) -> Vec<f32> {
    (0..values.len())
        .map(|i| {
            let near = &values[i.saturating_sub(reach)..(i + reach + 1).min(values.len())];
            near.iter().sum::<f32>() / near.len() as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stripes for digits in a box.
    fn striped(rows: Range<usize>, columns: Range<usize>) -> Luma {
        let mut part = Luma::flat(300, BOX + 2 * RIM, 220);
        for y in rows {
            for x in columns.clone() {
                if x / 4 % 2 == 0 {
                    part.data[y * 300 + x] = 30;
                }
            }
        }
        part
    }

    #[test]
    fn a_line_is_found_where_it_stands() {
        let band = find(&striped(22..44, 60..240)).unwrap();
        assert!(band.rows.start.abs_diff(22) <= 2 && band.rows.end.abs_diff(44) <= 2, "{band:?}");
        assert!(band.columns.start.abs_diff(60) <= 8, "{band:?}");
        assert!(band.columns.end.abs_diff(240) <= 8, "{band:?}");
    }

    #[test]
    fn a_frame_below_does_not_move_it() {
        let mut part = striped(22..44, 60..240);
        for x in 0..300 {
            for y in 58..61 {
                part.data[y * 300 + x] = 0;
            }
        }
        let band = find(&part).unwrap();
        assert!(band.rows.end.abs_diff(44) <= 2, "{band:?}");
    }

    #[test]
    fn nothing_is_found_on_plain_paper() {
        assert_eq!(find(&Luma::flat(300, BOX + 2 * RIM, 200)), None);
        assert_eq!(find(&Luma::flat(3, 2, 200)), None);
    }
}
