//! Widths of bars and spaces to contents. Every symbology is tried at every bar, in both directions; what
//! is read is only as sure as its symbology's own checks, so [`super::votes::Votes`] weighs it.

use super::votes::Wanted;
use super::{code128, ean, two_widths};
use crate::voucher::{BarcodeFinding, Symbology};

/// What one line said, with begin and end as places along it in the code's own direction: a code that runs
/// against the line begins behind its end.
#[derive(Clone, Debug)]
pub(super) struct LineRead {
    pub finding: BarcodeFinding,
    pub begin: f32,
    pub end: f32,
}

/// Widths of bars (even places) and spaces (odd places) in samples, from a line's first bar to its last.
pub(super) struct Widths {
    widths: Vec<f32>,
    /// White before the first bar and behind the last.
    rims: (f32, f32),
}

impl Widths {
    /// The widths from a bar on; `None` if there are not so many.
    pub fn some(&self, at: usize, count: usize) -> Option<&[f32]> {
        self.widths.get(at..at + count)
    }

    /// The white before a bar.
    pub fn before(&self, at: usize) -> f32 {
        at.checked_sub(1).and_then(|space| self.widths.get(space)).copied().unwrap_or(self.rims.0)
    }

    /// The white at a place, or that behind the line's last bar.
    pub fn space(&self, at: usize) -> f32 {
        self.widths.get(at).copied().unwrap_or(self.rims.1)
    }
}

/// A content and how many widths it took.
pub(super) type Decoded = (String, usize);

/// Everything that the edges (as [`super::bars::edges`] gives them) of a line of so many samples say.
pub(super) fn read(edges: &[f32], length: f32, wanted: &Wanted) -> Vec<LineRead> {
    let mut found = read_forward(edges, length, wanted);
    if found.is_empty() {
        let turned: Vec<f32> = edges.iter().rev().map(|edge| length - edge).collect();
        found = read_forward(&turned, length, wanted);
        for read in &mut found {
            (read.begin, read.end) = (length - read.begin, length - read.end);
        }
    }
    found
}

fn read_forward(edges: &[f32], length: f32, wanted: &Wanted) -> Vec<LineRead> {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else {
        return Vec::new();
    };
    let widths = Widths {
        widths: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        rims: (*first, length - last),
    };
    let mut found = Vec::new();
    let mut at = 0;
    // The shortest, an ITF of two digits, has 9 bars; no code begins closer to the end.
    while at + 16 < widths.widths.len() {
        let read = wanted
            .linear()
            .find_map(|symbology| Some((symbology, decode(&widths, at, symbology, wanted)?)));
        match read {
            Some((symbology, (text, used))) => {
                let finding = BarcodeFinding { symbology, text };
                found.push(LineRead { finding, begin: edges[at], end: edges[at + used] });
                at += used + 1;
            }
            None => at += 2,
        }
    }
    found
}

fn decode(widths: &Widths, at: usize, symbology: Symbology, wanted: &Wanted) -> Option<Decoded> {
    match symbology {
        Symbology::Code128 => code128::decode(widths, at),
        Symbology::Ean13 => ean::decode_13(widths, at),
        Symbology::Ean8 => ean::decode_8(widths, at),
        Symbology::Itf => two_widths::itf(widths, at, &wanted.itf_lengths),
        Symbology::Codabar => two_widths::codabar(widths, at),
        Symbology::Code39 => two_widths::code39(widths, at),
        Symbology::QrCode | Symbology::DataMatrix => None,
    }
}

/// Widths against patterns of whole modules: the pattern with the least sum of squared differences (in
/// modules), that sum, and how much larger that of the next one is. `spread` is how much wider than drawn
/// bars are on the whole, in modules, and spaces narrower; here it may be a little more or less.
pub(super) fn nearest<const N: usize>(
    widths: &[f32],
    modules: f32,
    spread: f32,
    patterns: &[[u8; N]],
) -> Option<(usize, f32, f32)> {
    /// How dear it is to leave the spread of the whole code.
    const STIFF: f32 = 3.0;
    let module = widths.iter().sum::<f32>() / modules;
    let mut scaled = [0.0f32; N];
    for (i, (scaled, width)) in scaled.iter_mut().zip(widths).enumerate() {
        *scaled = width / module + if i % 2 == 0 { -spread } else { spread };
    }
    let (mut best, mut least, mut next) = (None, f32::INFINITY, f32::INFINITY);
    for (index, pattern) in patterns.iter().enumerate() {
        let (mut square, mut leaning) = (0.0, 0.0);
        for (i, (want, is)) in pattern.iter().zip(&scaled).enumerate() {
            let off = is - f32::from(*want);
            square += off * off;
            leaning += if i % 2 == 0 { off } else { -off };
        }
        // What is left after the spread that fits the best.
        let away = square - leaning * leaning / (N as f32 + STIFF);
        if away < least {
            (best, next, least) = (Some(index), least, away);
        } else if away < next {
            next = away;
        }
    }
    Some((best?, least, next - least))
}

#[cfg(test)]
#[path = "linear_tests.rs"]
mod tests;
