//! A line across bars to the places where black and white change, between samples. Light that falls off,
//! a stamp over a part and bars too thin to get fully black must not move them.

/// Where a line of greys changes, in samples from its begin: first from white to black, then by turns, the
/// last back to white. Empty if it has too little contrast.
///
/// A change counts if it is larger than `least` of the contrast nearby. Its place is where the grey crosses
/// the middle between the lightest and the darkest nearby, but never outside of its own step: so thin bars
/// that blur has made pale keep nearly their width.
pub(super) fn edges(greys: &[f32], least: f32) -> Vec<f32> {
    let Some(limits) = limits(greys, least) else {
        return Vec::new();
    };
    let turns = turns(greys, &limits);
    // White, black, white and so on: one step between each two.
    (1..turns.len())
        .map(|i| {
            let (before, after) = (turns[i - 1], turns[i]);
            let near = &turns[i.saturating_sub(4)..(i + 4).min(turns.len())];
            let low = near.iter().map(|at| greys[*at]).fold(f32::MAX, f32::min);
            let high = near.iter().map(|at| greys[*at]).fold(f32::MIN, f32::max);
            let (from, to) = (greys[before], greys[after]);
            let (light, dark) = (from.max(to), from.min(to));
            let spare = 0.25 * (light - dark);
            let middle = ((low + high) / 2.0).clamp(dark + spare, light - spare);
            crossing(greys, before, after, middle)
        })
        .collect()
}

/// Samples a block; contrast nearby is that of some blocks.
const BLOCK: usize = 16;

/// For each block how large a change must be. `None` without contrast.
fn limits(greys: &[f32], least: f32) -> Option<Vec<f32>> {
    let range: Vec<(f32, f32)> = greys
        .chunks(BLOCK)
        .map(|block| {
            block.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)))
        })
        .collect();
    let contrast = range.iter().map(|(low, high)| high - low).fold(0.0, f32::max);
    if contrast < 10.0 {
        return None;
    }
    let limit = |i: usize| {
        let near = &range[i.saturating_sub(4)..(i + 5).min(range.len())];
        let low = near.iter().map(|r| r.0).fold(f32::MAX, f32::min);
        let high = near.iter().map(|r| r.1).fold(f32::MIN, f32::max);
        (least * (high - low)).max(0.5 * least * contrast).max(4.0)
    };
    Some((0..range.len()).map(limit).collect())
}

/// The lightest and darkest samples by turns, beginning and ending with a lightest one.
fn turns(greys: &[f32], limits: &[f32]) -> Vec<usize> {
    let mut turns = Vec::new();
    let (mut light, mut dark) = (0, 0);
    let mut down = true; // a black is looked for, so the lightest so far is kept
    for (i, grey) in greys.iter().enumerate() {
        let limit = limits[i / BLOCK];
        if down {
            if *grey > greys[light] {
                light = i;
            } else if greys[light] - grey > limit {
                turns.push(light);
                (down, dark) = (false, i);
            }
        } else if *grey < greys[dark] {
            dark = i;
        } else if grey - greys[dark] > limit {
            turns.push(dark);
            (down, light) = (true, i);
        }
    }
    // A bar that the line's end cuts off is none.
    if down && !turns.is_empty() {
        turns.push(light);
    }
    turns
}

/// Where the greys between two samples cross a level: the middle of the first and the last crossing.
fn crossing(greys: &[f32], from: usize, to: usize, level: f32) -> f32 {
    let falls = greys[from] > greys[to];
    let past = |v: f32| if falls { v <= level } else { v >= level };
    let between = |i: usize| {
        // The level lies between samples i - 1 and i; sample centres lie at halves.
        let (a, b) = (greys[i - 1], greys[i]);
        let part = if (b - a).abs() > 1e-3 { (level - a) / (b - a) } else { 0.5 };
        i as f32 - 0.5 + part.clamp(0.0, 1.0)
    };
    let first = (from + 1..=to).find(|i| past(greys[*i])).unwrap_or(to);
    let last = (from + 1..=to).rev().find(|i| !past(greys[*i - 1])).unwrap_or(first);
    (between(first) + between(last)) / 2.0
}

/// The same line less blurred, 0 to 255: what gives the line again if it is spread over `reach` samples and
/// lies between black and white all along.
pub(super) fn unblurred(greys: &[f32], reach: f32) -> Vec<f32> {
    const ROUNDS: usize = 18;
    let light = level(greys);
    let mut guess = light.clone();
    let half = reach / 2.0;
    let (mut spread, mut back) = (vec![0.0; light.len()], vec![0.0; light.len()]);
    let mut padded = Vec::new();
    for _ in 0..ROUNDS {
        box_mean(&guess, half, &mut padded, &mut spread);
        for (s, l) in spread.iter_mut().zip(&light) {
            *s = l - *s;
        }
        box_mean(&spread, half, &mut padded, &mut back);
        for (g, b) in guess.iter_mut().zip(&back) {
            *g = (*g + 1.8 * b).clamp(0.0, 1.0);
        }
    }
    for g in &mut guess {
        *g *= 255.0;
    }
    guess
}

/// Each grey between the darkest (0) and the lightest (1) nearby.
fn level(greys: &[f32]) -> Vec<f32> {
    const NEAR: usize = 3;
    let range: Vec<(f32, f32)> = greys
        .chunks(BLOCK)
        .map(|block| {
            block.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)))
        })
        .collect();
    let contrast = range.iter().map(|(low, high)| high - low).fold(1.0, f32::max);
    let ends: Vec<(f32, f32)> = (0..range.len())
        .map(|i| {
            let near = &range[i.saturating_sub(NEAR)..(i + NEAR + 1).min(range.len())];
            let low = near.iter().map(|r| r.0).fold(f32::MAX, f32::min);
            let high = near.iter().map(|r| r.1).fold(f32::MIN, f32::max);
            // Where all is light there is nothing black.
            (low.min(high - 0.5 * contrast), high)
        })
        .collect();
    let at = |i: usize| {
        let place = ((i as f32 + 0.5) / BLOCK as f32 - 0.5).clamp(0.0, (ends.len() - 1) as f32);
        let (left, part) = (place as usize, place.fract());
        let right = (left + 1).min(ends.len() - 1);
        let mix = |a: f32, b: f32| a * (1.0 - part) + b * part;
        (mix(ends[left].0, ends[right].0), mix(ends[left].1, ends[right].1))
    };
    greys
        .iter()
        .enumerate()
        .map(|(i, grey)| {
            let (low, high) = at(i);
            ((grey - low) / (high - low).max(1.0)).clamp(0.0, 1.0)
        })
        .collect()
}

/// Means over `half` samples (with a fraction) before and after each, beyond the ends the last value.
/// `padded` is room to work in.
fn box_mean(values: &[f32], half: f32, padded: &mut Vec<f32>, out: &mut [f32]) {
    let (reach, part) = (half as usize, half.fract());
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return;
    };
    padded.clear();
    padded.resize(reach + 1, *first);
    padded.extend_from_slice(values);
    padded.resize(padded.len() + reach + 1, *last);
    let total = 1.0 / (2.0 * (reach as f32 + part) + 1.0);
    let mut sum: f32 = padded[1..2 * reach + 2].iter().sum();
    let (leaving, entering) = (&padded[1..], &padded[2 * reach + 2..]);
    let outer = padded.iter().zip(entering);
    for ((out, (before, after)), old) in out.iter_mut().zip(outer).zip(leaving) {
        *out = (sum + part * (before + after)) * total;
        sum += after - old;
    }
}
