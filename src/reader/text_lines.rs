//! Horizontal lines of characters on a straightened face: dark marks of about one height side by side.

use crate::picture::Luma;
use crate::voucher::Side;
use crate::voucher::profile::Area;

/// Fewer marks side by side are no number.
const LEAST_MARKS: usize = 5;

/// A mark's box in pixels; right and bottom are the first pixels outside.
#[derive(Clone, Copy, Debug)]
struct Mark {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Mark {
    fn high(&self) -> f32 {
        (self.bottom - self.top) as f32
    }

    fn with(self, other: Mark) -> Mark {
        Mark {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Boxes of the lines, from the top, with how many marks each has.
pub(super) fn text_lines(face: &Luma, side: Side) -> Vec<(Area, usize)> {
    let mut marks: Vec<Mark> =
        dark_marks(face).into_iter().filter(|mark| like_a_character(mark, face)).collect();
    marks.sort_by_key(|mark| mark.left);
    // The last mark of each line, its box and its count.
    let mut lines: Vec<(Mark, Mark, usize)> = Vec::new();
    for mark in marks {
        let home = lines
            .iter_mut()
            .filter(|(last, ..)| follows(last, &mark))
            .min_by_key(|(last, ..)| mark.left.saturating_sub(last.right));
        match home {
            Some((last, all, count)) => {
                *last = mark;
                *all = all.with(mark);
                *count += 1;
            }
            None => lines.push((mark, mark, 1)),
        }
    }
    let (w, h) = (face.width as f32, face.height as f32);
    let mut lines: Vec<(Area, usize)> = lines
        .into_iter()
        .filter(|(_, _, count)| *count >= LEAST_MARKS)
        .map(|(_, all, count)| {
            let (x, y) = (all.left as f32 / w, all.top as f32 / h);
            let (right, bottom) = (all.right as f32 / w, all.bottom as f32 / h);
            (Area { side, x, y, w: right - x, h: bottom - y }, count)
        })
        .collect();
    lines.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    lines
}

/// Digits and letters are 1.3 to 14 mm high on a face of 70 mm, and neither flat nor thin.
fn like_a_character(mark: &Mark, face: &Luma) -> bool {
    let (w, h) = ((mark.right - mark.left) as f32, mark.high());
    let face = face.height.min(face.width) as f32;
    h >= 7.0 && (0.018..0.2).contains(&(h / face)) && (0.1..1.4).contains(&(w / h))
}

/// Whether a mark goes on with the line: as high, on the same base, not far to the right.
fn follows(last: &Mark, mark: &Mark) -> bool {
    let (one, two) = (last.high(), mark.high());
    let high = one.max(two);
    let gap = mark.left as f32 - last.right as f32;
    one.min(two) > 0.65 * high
        && last.bottom.abs_diff(mark.bottom) as f32 <= 0.3 * high
        && (-0.3 * high..2.0 * high).contains(&gap)
}

/// Connected pixels that are darker than their neighbourhood.
fn dark_marks(face: &Luma) -> Vec<Mark> {
    let dark = darker(face);
    let (width, height) = (face.width, face.height);
    let mut taken = vec![false; dark.len()];
    let mut marks = Vec::new();
    let mut open = Vec::new();
    for start in 0..dark.len() {
        if !dark[start] || taken[start] {
            continue;
        }
        let (x, y) = (start % width, start / width);
        let mut mark = Mark { left: x, top: y, right: x + 1, bottom: y + 1 };
        taken[start] = true;
        open.push((x, y));
        while let Some((x, y)) = open.pop() {
            mark = mark.with(Mark { left: x, top: y, right: x + 1, bottom: y + 1 });
            for ny in y.saturating_sub(1)..(y + 2).min(height) {
                for nx in x.saturating_sub(1)..(x + 2).min(width) {
                    let at = ny * width + nx;
                    if dark[at] && !taken[at] {
                        taken[at] = true;
                        open.push((nx, ny));
                    }
                }
            }
        }
        marks.push(mark);
    }
    marks
}

/// Pixels darker than the mean of a window about two lines high, by more than paper's grain and tint.
fn darker(face: &Luma) -> Vec<bool> {
    let (width, height) = (face.width, face.height);
    let half = (height.min(width) / 14).max(6);
    // Sums over everything above and left of each corner.
    let mut sums = vec![0u64; (width + 1) * (height + 1)];
    for y in 0..height {
        let mut line = 0u64;
        for (x, value) in face.row(y).iter().enumerate() {
            line += u64::from(*value);
            sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + line;
        }
    }
    let mut dark = Vec::with_capacity(width * height);
    for y in 0..height {
        let (top, bottom) = (y.saturating_sub(half), (y + half + 1).min(height));
        for (x, value) in face.row(y).iter().enumerate() {
            let (left, right) = (x.saturating_sub(half), (x + half + 1).min(width));
            let at = |x: usize, y: usize| sums[y * (width + 1) + x];
            let sum = at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top);
            let mean = sum / ((right - left) * (bottom - top)) as u64;
            dark.push(u64::from(*value) + 14 + mean / 7 < mean);
        }
    }
    dark
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Boxes of ink on paper: x, y, width, height.
    fn face(ink: &[(usize, usize, usize, usize)]) -> Luma {
        let mut face = Luma::flat(600, 280, 240);
        for (x, y, w, h) in ink {
            for row in *y..y + h {
                face.data[row * 600 + x..row * 600 + x + w].fill(30);
            }
        }
        face
    }

    #[test]
    fn characters_side_by_side_are_a_line() {
        let mut ink: Vec<_> = (0..8).map(|no| (300 + 18 * no, 200, 11, 18)).collect();
        // a gap between groups, a hyphen, and things that are no characters
        ink.extend((0..3).map(|no| (470 + 18 * no, 200, 11, 18)));
        ink.extend([(452, 208, 8, 3), (20, 20, 500, 4), (40, 60, 3, 120), (100, 100, 12, 16)]);
        let lines = text_lines(&face(&ink), Side::Front);
        let [(area, marks)] = lines[..] else { panic!("{lines:?}") };
        assert_eq!(marks, 11);
        let want = [300.0 / 600.0, 200.0 / 280.0, 217.0 / 600.0, 18.0 / 280.0];
        for (got, want) in [area.x, area.y, area.w, area.h].into_iter().zip(want) {
            assert!((got - want).abs() < 1e-3, "{area:?}");
        }
    }

    #[test]
    fn lines_of_other_heights_are_others() {
        let mut ink: Vec<_> = (0..6).map(|no| (50 + 14 * no, 100, 8, 10)).collect();
        ink.extend((0..6).map(|no| (140 + 24 * no, 92, 16, 22)));
        let lines = text_lines(&face(&ink), Side::Front);
        assert_eq!(lines.iter().map(|(_, marks)| *marks).collect::<Vec<_>>(), [6, 6]);
        assert!(text_lines(&Luma::flat(600, 280, 128), Side::Front).is_empty());
        assert!(text_lines(&Luma::flat(0, 0, 0), Side::Front).is_empty());
    }
}
