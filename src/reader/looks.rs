//! Which layout, and which way up, when no barcode told: where does a single line of dark text on light
//! ground stand in the number's box, and is there something like a barcode where there should be?

use super::Quad;
use super::geometry::Homography;
use super::search::turns;
use super::straighten::{FaceBox, cut};
use super::votes::square;
use crate::picture::Luma;
use crate::voucher::barcode::BarcodeRule;
use crate::voucher::profile::Area;
use crate::voucher::{Layout, LayoutId, Profile, Side};

/// A layout and a turn that the picture looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'a> {
    pub layout: &'a Layout,
    pub turn: usize,
    /// 0..1
    pub score: f32,
    /// No other layout or turn looks nearly as well.
    pub sure: bool,
    /// In no layout's boxes, either way up, stands anything like a number or a code.
    pub empty: bool,
}

/// The layout that the picture looks like the most. `None` if no layout has its number on this side.
pub(super) fn choose<'a>(
    luma: &Luma,
    outline: &Quad,
    profile: &'a Profile,
    side: Side,
) -> Option<Look<'a>> {
    let mut looks: Vec<Look<'a>> = Vec::new();
    // How much each layout's barcode is there: without a code there, the number's box alone is weak.
    let mut codes: Vec<(&LayoutId, usize, f32)> = Vec::new();
    for layout in &profile.layouts {
        if let Some((rule, area)) = &layout.barcode
            && area.side == side
        {
            for turn in turns(outline, layout) {
                if let Some(map) = Homography::new(&outline.turned(turn)) {
                    codes.push((&layout.id, turn, like_a_code(luma, &map, area, rule)));
                }
            }
        }
    }
    let any_code = codes.iter().map(|code| code.2).fold(0.0, f32::max);
    for layout in &profile.layouts {
        if layout.number_area.side != side {
            continue;
        }
        for turn in turns(outline, layout) {
            let Some(map) = Homography::new(&outline.turned(turn)) else {
                continue;
            };
            let code = match &layout.barcode {
                Some((_, area)) if area.side == side => {
                    let here = codes
                        .iter()
                        .find(|code| *code.0 == layout.id && code.1 == turn)
                        .map_or(0.0, |code| code.2);
                    0.35 + 0.65 * here
                }
                _ => 1.0 - 0.6 * any_code,
            };
            looks.push(Look {
                layout,
                turn,
                score: code * line_of_text(luma, &map, layout),
                sure: false,
                empty: false,
            });
        }
    }
    looks.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut first = *looks.first()?;
    let second = looks.get(1).map_or(0.0, |look| look.score);
    first.empty = first.score < 0.12 && any_code < 0.2;
    first.sure = first.score > 0.6 && second < 0.72 * first.score;
    Some(first)
}

/// How much a barcode's box looks like one, 0..1.
pub(super) fn like_a_code(luma: &Luma, map: &Homography, area: &Area, rule: &BarcodeRule) -> f32 {
    let part = FaceBox::from(area);
    let (width, height) = part.on(map).size();
    // Few rows are enough for bars, few pixels for squares.
    const ROWS: usize = 8;
    let square = rule.symbologies.iter().any(|s| square(*s));
    let size = if square {
        ((width as usize).clamp(24, 96), (height as usize).clamp(24, 96))
    } else if width >= height {
        ((width as usize).clamp(24, 300), ROWS)
    } else {
        (ROWS, (height as usize).clamp(24, 300))
    };
    let mut straight = cut(luma, map, &part, size.0, size.1);
    if straight.height > straight.width && !square {
        straight = upright(&straight);
    }
    let size = (straight.width, straight.height);
    let (dark, light) = tones(&straight);
    if light - dark < 40.0 {
        return 0.0;
    }
    let middle = (dark + light) / 2.0;
    let black: Vec<bool> = straight.data.iter().map(|p| f32::from(*p) < middle).collect();
    if square {
        return like_a_square(&black, size.0);
    }
    // Rows below each other say the same, in half of the height at least: the rest may be stamped or torn.
    let rows: Vec<&[bool]> = black.chunks_exact(size.0.max(1)).collect();
    let same = |a: &[bool], b: &[bool]| a.iter().zip(b).filter(|(a, b)| a == b).count();
    let sum: f32 = rows
        .windows(2)
        .filter(|pair| edges(pair[0]) >= 24 && edges(pair[1]) >= 24)
        .map(|pair| same(pair[0], pair[1]) as f32 / size.0 as f32)
        .map(|same| ((same - 0.7) / 0.2).clamp(0.0, 1.0))
        .sum();
    (2.0 * sum / (ROWS - 1) as f32).min(1.0)
}

/// How much black pixels, row by row, look like a square code, 0..1: many edges in each row and column, and
/// within its own rim about as much black as white.
fn like_a_square(black: &[bool], width: usize) -> f32 {
    let rows: Vec<&[bool]> = black.chunks_exact(width.max(1)).collect();
    let inked = |count: usize, of: usize| count * 12 > of;
    let row_ink: Vec<bool> =
        rows.iter().map(|row| inked(row.iter().filter(|b| **b).count(), width)).collect();
    let column_ink: Vec<bool> =
        (0..width).map(|x| inked(rows.iter().filter(|row| row[x]).count(), rows.len())).collect();
    let ends = |ink: &[bool]| Some((ink.iter().position(|b| *b)?, ink.iter().rposition(|b| *b)?));
    let (Some((top, low)), Some((left, right))) = (ends(&row_ink), ends(&column_ink)) else {
        return 0.0;
    };
    let inside = &rows[top..=low];
    let parts = inside.iter().map(|row| &row[left..=right]);
    let all = (low - top + 1) * (right - left + 1);
    let ink: usize = parts.clone().map(|row| row.iter().filter(|b| **b).count()).sum();
    let along = parts.map(edges).sum::<usize>() as f32 / inside.len() as f32;
    // Bars have many edges one way only.
    let down = (left..=right)
        .map(|x| inside.windows(2).filter(|pair| pair[0][x] != pair[1][x]).count())
        .sum::<usize>() as f32
        / (right - left + 1) as f32;
    let mean_edges = along.min(down);
    let full = (0.33..0.7).contains(&(ink as f32 / all as f32));
    if full { ((mean_edges - 6.0) / 5.0).clamp(0.0, 1.0) } else { 0.0 }
}

/// How often black and white change.
fn edges(bits: &[bool]) -> usize {
    bits.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// Columns for rows.
fn upright(luma: &Luma) -> Luma {
    let data = (0..luma.width)
        .flat_map(|x| (0..luma.height).map(move |y| luma.data[y * luma.width + x]))
        .collect();
    Luma { width: luma.height, height: luma.width, data }
}

/// How much the number's box looks like one line of as many characters as the number has, dark on light and
/// free on all four sides, 0..1. The box may be tight or wide round the number.
fn line_of_text(luma: &Luma, map: &Homography, layout: &Layout) -> f32 {
    // A quarter of its height more on all four sides, cut so that the box is 40 high.
    const BOX: usize = 40;
    const RIM: usize = 10;
    let area = FaceBox::from(&layout.number_area);
    let high_mm = area.h * layout.size_mm.1;
    let wide = (BOX as f32 * area.w * layout.size_mm.0 / high_mm.max(0.1)) as usize;
    let wide = wide.clamp(BOX, 40 * BOX);
    let part = area.grown(0.25 * high_mm / layout.size_mm.0, 0.25 * area.h);
    let straight = cut(luma, map, &part, wide + 2 * RIM, BOX + 2 * RIM);
    let (dark, light) = tones(&straight);
    if light - dark < 35.0 {
        return 0.0;
    }
    let middle = (dark + light) / 2.0;
    let black: Vec<bool> = straight.data.iter().map(|p| f32::from(*p) < middle).collect();
    let rows: Vec<usize> =
        black.chunks_exact(straight.width).map(|row| row.iter().filter(|b| **b).count()).collect();
    let Some(band) = band(&rows, RIM) else {
        return 0.0;
    };
    let mut columns = vec![0usize; straight.width];
    for row in black.chunks_exact(straight.width).take(band.end).skip(band.start) {
        for (column, ink) in columns.iter_mut().zip(row) {
            *column += usize::from(*ink);
        }
    }
    let inside: usize = columns.iter().sum();
    let all: usize = rows.iter().sum();
    let alone = inside as f32 / (inside + 2 * (all - inside)).max(1) as f32;
    // Characters are runs of columns with ink; about as many as the number has.
    let inked: Vec<bool> = columns.iter().map(|c| *c > 0).collect();
    let runs = inked.windows(2).filter(|pair| !pair[0] && pair[1]).count() as f32;
    let length = layout.number.len().max(1) as f32;
    let separate = (runs / (0.8 * length)).min(1.3 * length / runs.max(1.0)).min(1.0);
    // Free at both ends, and from one end of the box to near the other.
    let end = RIM / 2;
    let touches = inked[..end].iter().chain(&inked[inked.len() - end..]).any(|b| *b);
    let first = inked.iter().position(|b| *b).unwrap_or(0);
    let last = inked.iter().rposition(|b| *b).unwrap_or(0);
    let filled = (last.saturating_sub(first) as f32 / (0.7 * wide as f32)).min(1.0);
    let high = (band.len() as f32 / (0.35 * BOX as f32)).min(1.0);
    let free = if touches { 0.5 } else { 1.0 };
    alone * separate * filled * high * free
}

/// The rows of the line of text: round the fullest row as far as there is ink, in the middle of the box.
fn band(rows: &[usize], rim: usize) -> Option<std::ops::Range<usize>> {
    let middle = rim..rows.len().checked_sub(rim)?;
    let fullest = middle.max_by_key(|y| rows[*y])?;
    let least = rows[fullest] / 12;
    if rows[fullest] == 0 {
        return None;
    }
    let above = rows[..fullest].iter().rev().take_while(|r| **r > least);
    let below = rows[fullest..].iter().take_while(|r| **r > least);
    Some(fullest - above.count()..fullest + below.count())
}

/// A dark and a light grey that are typical: 3rd and 80th hundredth.
fn tones(luma: &Luma) -> (f32, f32) {
    let mut counts = [0usize; 256];
    for value in &luma.data {
        counts[usize::from(*value)] += 1;
    }
    let grey = |part: f32| {
        let mut left = (luma.data.len() as f32 * part) as usize;
        for (value, count) in counts.iter().enumerate() {
            if left < *count {
                return value as f32;
            }
            left -= count;
        }
        255.0
    };
    (grey(0.03), grey(0.8))
}

/// Whether hardly anything is printed: of the straightened face without its rim.
pub(super) fn blank(luma: &Luma, map: &Homography) -> bool {
    let inner = FaceBox { x: 0.06, y: 0.1, w: 0.88, h: 0.8 };
    let (width, height) = inner.on(map).size();
    let scale = (400.0 / width.max(height).max(1.0)).min(1.0);
    let size = (((width * scale) as usize).max(16), ((height * scale) as usize).max(16));
    let straight = cut(luma, map, &inner, size.0, size.1);
    let ground = straight.shrink(8);
    if ground.width * 8 > straight.width + 8 || ground.data.is_empty() {
        return false;
    }
    // Ink is darker than the lightest of the neighbouring blocks.
    let mut ink = 0usize;
    for y in 0..straight.height {
        for x in 0..straight.width {
            let (bx, by) = ((x / 8).min(ground.width - 1), (y / 8).min(ground.height - 1));
            let mut light = 0;
            for ny in by.saturating_sub(1)..(by + 2).min(ground.height) {
                for nx in bx.saturating_sub(1)..(bx + 2).min(ground.width) {
                    light = light.max(ground.data[ny * ground.width + nx]);
                }
            }
            if u32::from(straight.data[y * straight.width + x]) + 8 + u32::from(light) / 9
                < u32::from(light)
            {
                ink += 1;
            }
        }
    }
    (ink as f32) < 0.01 * straight.data.len() as f32
}
