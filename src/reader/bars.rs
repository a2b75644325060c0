//! A line across bars to black and white: the step before a symbology is looked for.

use std::ops::Range;

/// Greys along a line, mean over some neighbouring lines, to black (`true`) and white. `None` if the
/// line has too little contrast or too few edges to be a barcode.
///
/// The threshold lies half way between the darkest and the lightest nearby, so light that falls off and
/// stamps that darken a part don't matter; `sharpen` undoes some blur first.
pub(super) fn bits(profile: &[f32], sharpen: bool) -> Option<Vec<bool>> {
    const BLOCKS: usize = 40;
    if profile.len() < BLOCKS * 2 {
        return None;
    }
    let sharpened;
    let profile = if sharpen {
        sharpened = sharp(profile);
        &sharpened
    } else {
        profile
    };
    let edge = |i: usize| i * profile.len() / BLOCKS;
    let range: Vec<(f32, f32)> = (0..BLOCKS)
        .map(|i| {
            profile[edge(i)..edge(i + 1)]
                .iter()
                .fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)))
        })
        .collect();
    let contrast = range.iter().map(|(low, high)| high - low).fold(0.0, f32::max);
    if contrast < 18.0 {
        return None;
    }
    let threshold: Vec<f32> = (0..BLOCKS)
        .map(|i| {
            let near = &range[i.saturating_sub(2)..(i + 3).min(BLOCKS)];
            let low = near.iter().map(|r| r.0).fold(f32::MAX, f32::min);
            let high = near.iter().map(|r| r.1).fold(f32::MIN, f32::max);
            // Where all is light there is nothing black.
            if high - low < 0.3 * contrast { high - 0.5 * contrast } else { (low + high) / 2.0 }
        })
        .collect();
    let block = profile.len() as f32 / BLOCKS as f32;
    let bits: Vec<bool> = profile
        .iter()
        .enumerate()
        .map(|(i, value)| {
            let at = ((i as f32 + 0.5) / block - 0.5).clamp(0.0, (BLOCKS - 1) as f32);
            let (left, part) = (at as usize, at.fract());
            let right = (left + 1).min(BLOCKS - 1);
            *value < threshold[left] * (1.0 - part) + threshold[right] * part
        })
        .collect();
    (edges(&bits) >= 20).then_some(bits)
}

/// The parts of a line between wide white gaps that have enough edges to be a code. A gap is wide if no
/// symbology has such a space inside: more than 6 times the typical bar.
pub(super) fn pieces(bits: &[bool]) -> Vec<Range<usize>> {
    let mut bars: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bits.len() {
        let run = bits[at..].iter().take_while(|b| **b == bits[at]).count();
        if bits[at] {
            bars.push(at..at + run);
        }
        at += run;
    }
    let mut lengths: Vec<usize> = bars.iter().map(|bar| bar.len()).collect();
    lengths.sort_unstable();
    let wide = 6 * lengths.get(lengths.len() / 2).copied().unwrap_or(0).max(2);
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    for bar in bars {
        match pieces.last_mut() {
            Some((piece, count)) if bar.start - piece.end <= wide => {
                piece.end = bar.end;
                *count += 1;
            }
            _ => pieces.push((bar, 1)),
        }
    }
    pieces.retain(|(_, bars)| *bars >= 10);
    pieces.into_iter().map(|(piece, _)| piece).collect()
}

/// How often black and white change.
pub(super) fn edges(bits: &[bool]) -> usize {
    bits.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// Each value pushed away from the mean of its neighbours.
fn sharp(profile: &[f32]) -> Vec<f32> {
    let reach = (profile.len() / 300).clamp(2, 6);
    (0..profile.len())
        .map(|i| {
            let from = i.saturating_sub(reach);
            let until = (i + reach + 1).min(profile.len());
            let mean = profile[from..until].iter().sum::<f32>() / (until - from) as f32;
            2.5 * profile[i] - 1.5 * mean
        })
        .collect()
}
