//! Widths of bars and spaces to contents. Every symbology is tried at every bar, in both directions; what
//! is read is only as sure as its symbology's own checks, so [`super::votes::Votes`] weighs it.

use super::votes::Wanted;
use super::{code128, ean, itf, two_widths};
use crate::voucher::{BarcodeFinding, Symbology};
use std::cell::Cell;

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
    /// From where to where the line lies in the picture, from its first bar on.
    seen: (f32, f32),
    /// Set where a code stands from its start to its stop, but one of its characters can't be told.
    pub doubt: Cell<bool>,
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

    /// Whether a code of such narrow widths may begin at a bar, with so much white before it or in a frame.
    pub fn may_begin(&self, at: usize, white: f32, narrow: f32) -> bool {
        self.before(at) >= if at == 2 { FRAMED * narrow } else { white }
    }

    /// Whether a code from a bar to a place has so much white on both sides, or stands in a frame.
    pub fn stands_free(&self, at: usize, end: usize, white: f32, narrow: f32) -> bool {
        self.before(at) >= white && self.space(end) > white || self.framed(at, end, narrow)
    }

    /// Whether one bar stands on either side, nothing beyond, and both alike.
    pub fn framed(&self, at: usize, end: usize, narrow: f32) -> bool {
        let alike = |a: f32, b: f32| a < 1.6 * b && b < 1.6 * a;
        let bar = self.widths.get(end + 1).copied().unwrap_or(0.0);
        at == 2
            && self.left(end) == 2
            && self.before(at).min(self.space(end)) >= FRAMED * narrow
            && alike(self.before(at), self.space(end))
            && self.widths.first().is_some_and(|first| alike(*first, bar))
    }

    /// The white at a place, or that behind the line's last bar.
    pub fn space(&self, at: usize) -> f32 {
        self.widths.get(at).copied().unwrap_or(self.rims.1)
    }

    /// How many widths are left from a place on.
    pub fn left(&self, at: usize) -> usize {
        self.widths.len().saturating_sub(at)
    }

    /// The white before a bar and that at a place, but no more than lies in the picture.
    pub fn seen_round(&self, at: usize, end: usize) -> (f32, f32) {
        let place = |count: usize| self.widths.iter().take(count).sum::<f32>();
        let before = f32::min(self.before(at), place(at) - self.seen.0);
        (before, f32::min(self.space(end), self.seen.1 - place(end)))
    }
}

/// White that must stand between a frame and its code, in narrow widths.
pub(super) const FRAMED: f32 = 1.5;

/// A line: so many samples long, and from where to where it lies in the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub length: f32,
    pub seen: (f32, f32),
}

/// A content and how many widths it took.
pub(super) type Decoded = (String, usize);

/// What a line said.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub found: Vec<LineRead>,
    /// As in [`Widths`].
    pub doubt: bool,
}

/// Everything that the edges (as [`super::bars::edges`] gives them) of a line say.
pub(super) fn read(edges: &[f32], stretch: &Stretch, wanted: &Wanted) -> Line {
    let mut line = read_forward(edges, stretch, wanted);
    if line.found.is_empty() {
        let length = stretch.length;
        let turned: Vec<f32> = edges.iter().rev().map(|edge| length - edge).collect();
        let seen = (length - stretch.seen.1, length - stretch.seen.0);
        let back = read_forward(&turned, &Stretch { length, seen }, wanted);
        line.doubt |= back.doubt;
        line.found = back.found;
        for read in &mut line.found {
            (read.begin, read.end) = (length - read.begin, length - read.end);
        }
    }
    line
}

fn read_forward(edges: &[f32], stretch: &Stretch, wanted: &Wanted) -> Line {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else {
        return Line::default();
    };
    let widths = Widths {
        widths: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        rims: (*first, stretch.length - last),
        seen: (stretch.seen.0 - first, stretch.seen.1 - first),
        doubt: Cell::new(false),
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
    Line { found, doubt: widths.doubt.get() }
}

fn decode(widths: &Widths, at: usize, symbology: Symbology, wanted: &Wanted) -> Option<Decoded> {
    match symbology {
        Symbology::Code128 => code128::decode(widths, at),
        Symbology::Ean13 => ean::decode_13(widths, at),
        Symbology::Ean8 => ean::decode_8(widths, at),
        Symbology::Itf => itf::decode(widths, at, &wanted.itf_lengths),
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
