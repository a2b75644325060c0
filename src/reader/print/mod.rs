//! The printed number: its line found in the box, read by the net, and held against the grammars. It never
//! sees what the barcode said.

mod decode;
mod line;
mod locate;
mod net;
mod sure;

use super::Quad;
use super::geometry::Homography;
use super::search::WHOLE;
use super::straighten::{FaceBox, cut, cut_lightest};
use crate::picture::{Luma, Picture};
use crate::voucher::profile::{Area, Identified};
use crate::voucher::{Number, PrintedFinding, Profile};
use decode::{Answer, Form};
pub(super) use line::ALPHABET;
use line::{CAPITAL, COLUMN, HEIGHT};
use locate::{BOX, Band, RIM};

/// Nothing is looked for in other versions of the line once a reading is this sure.
const ENOUGH: f64 = 0.96;
/// A number that is less likely than this is none.
const LEAST: f64 = 0.2;
/// A number that is likelier than this ends the search for others, if its text is likelier than the second: a right
/// check digit makes one text in ten likely, whatever it says.
const LIKELY: f64 = 0.85;
const BY_ITSELF: f64 = 0.4;
/// From here on a text of a number's form with a wrong check digit is taken at its word.
const CLEAR: f64 = 0.7;
/// From here on no other look at the line overrules such a text. Looking again until some look gives a right check
/// digit would turn a forged digit back into the honest one, which the barcode then seems to confirm.
const SETTLED: f64 = 0.9;

/// What was read of one box.
#[derive(Clone, Debug)]
pub(super) struct Print {
    /// Without the grammar, hyphens as printed.
    pub free: String,
    /// The likeliest numbers that a grammar takes, with their chance to be right, the best first.
    pub numbers: Vec<(Number, f64)>,
    /// Whether the free reading says the best number by itself.
    pub firm: bool,
    /// Chance that the free reading is right.
    pub chance: f64,
    /// The free reading has a number's form and the wrong check digit, clear enough to be taken at its word. Then
    /// there are no numbers.
    pub wrong_check: bool,
    /// The line that the net read.
    pub line: Luma,
    /// The line in the picture.
    pub quad: Quad,
    /// All that the net said of it.
    pub answer: Answer,
}

impl Print {
    /// How sure the best number is, else how sure it is that none of the grammars' stands there.
    fn best(&self) -> f64 {
        self.numbers.first().map_or(0.0, |(_, chance)| *chance)
    }

    /// Good enough not to look for a number anywhere else, though it isn't sure.
    pub fn is_clear(&self) -> bool {
        self.firm && self.best() >= LIKELY && self.chance >= BY_ITSELF
    }

    pub fn is_sure(&self) -> bool {
        self.firm && self.best() >= ENOUGH
    }

    /// Whether other looks at the line can't add anything.
    pub fn is_settled(&self) -> bool {
        self.is_sure() || self.wrong_check && self.chance >= SETTLED
    }

    pub fn has_number(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Whether this reading is better than another.
    pub fn beats(&self, other: &Print) -> bool {
        self.compared(other).is_gt()
    }

    /// A better reading is greater: one that needs no grammar, a likelier number, a likelier text.
    pub fn compared(&self, other: &Print) -> std::cmp::Ordering {
        let text = |print: &Print| if print.free.len() < 4 { 0.0 } else { print.chance };
        self.firm
            .cmp(&other.firm)
            .then(self.best().total_cmp(&other.best()))
            .then(text(self).total_cmp(&text(other)))
    }

    /// As it goes into the log.
    pub fn finding(&self) -> PrintedFinding {
        let best = self.numbers.first();
        let chance = best.map_or(self.chance, |(_, chance)| *chance);
        PrintedFinding {
            free: self.free.clone(),
            number: best.map(|(number, _)| number.clone()),
            confidence: (chance.clamp(0.0, 1.0) * 1000.0) as u16,
        }
    }
}

/// The forms of a profile's numbers, each once.
pub(super) struct Forms<'p> {
    profile: &'p Profile,
    forms: Vec<Form>,
}

impl<'p> Forms<'p> {
    pub fn new(profile: &'p Profile) -> Forms<'p> {
        let mut forms: Vec<Form> = Vec::new();
        for layout in &profile.layouts {
            let number = &layout.number;
            let places = (0..number.len()).map(|at| number.allowed_at(at));
            if let Some(form) = decode::form(places)
                && !forms.contains(&form)
            {
                forms.push(form);
            }
        }
        Forms { profile, forms }
    }

    /// The number that a text says, and the text with letters where the grammar has them: O and 0 are one
    /// class, I and 1 too.
    /// The last says whether a check digit proves it.
    fn number(&self, text: &str) -> Option<(Number, String, bool)> {
        let length = text.chars().filter(|c| *c != '-').count();
        self.profile.layouts.iter().find_map(|layout| {
            let number = &layout.number;
            if length != number.len() {
                return None;
            }
            let mut at = 0;
            let said: String = text
                .chars()
                .map(|c| {
                    if c == '-' {
                        return c;
                    }
                    let allowed = number.allowed_at(at);
                    at += 1;
                    match c {
                        '0' if !allowed.contains('0') && allowed.contains('O') => 'O',
                        '1' if !allowed.contains('1') && allowed.contains('I') => 'I',
                        _ => c,
                    }
                })
                .collect();
            match self.profile.identify(&said) {
                Identified::Number { number, layout } => {
                    let layout = self.profile.layout(&layout);
                    let checked = layout.is_some_and(|layout| layout.number.has_check_digit());
                    Some((number, said, checked))
                }
                _ => None,
            }
        })
    }

    /// The free reading and the numbers among the likeliest texts.
    fn judge(&self, answer: &Answer) -> Judged {
        let free = answer.free();
        if let Some((number, text, checked)) = self.number(&free.text) {
            let chance = if checked { sure::checked(free.chance) } else { sure::free(free.chance) };
            let numbers = vec![(number, chance)];
            let chance = sure::free(free.chance);
            return Judged { free: text, chance, wrong_check: false, firm: true, numbers };
        }
        let chance = sure::free(free.chance);
        let wrong = matches!(self.profile.identify(&free.text), Identified::CheckDigitWrong { .. });
        if wrong && chance >= CLEAR {
            let numbers = Vec::new();
            return Judged { free: free.text, chance, wrong_check: true, firm: false, numbers };
        }
        let mut numbers: Vec<(Number, f64)> = Vec::new();
        for form in &self.forms {
            for found in answer.of_form(form) {
                if let Some((number, ..)) = self.number(&found.text)
                    && !numbers.iter().any(|(known, _)| *known == number)
                {
                    numbers.push((number, found.chance));
                }
            }
        }
        // What fits no grammar was not printed: the rest share the chances.
        let all: f64 = numbers.iter().map(|(_, chance)| chance).sum();
        for (_, chance) in &mut numbers {
            *chance = sure::formed(sure::score(*chance, *chance / all.max(f64::MIN_POSITIVE)));
        }
        numbers.retain(|(_, chance)| *chance >= LEAST);
        numbers.sort_by(|a, b| b.1.total_cmp(&a.1));
        Judged { free: free.text, chance, wrong_check: false, firm: false, numbers }
    }
}

/// What an answer comes to.
struct Judged {
    free: String,
    chance: f64,
    wrong_check: bool,
    firm: bool,
    numbers: Vec<(Number, f64)>,
}

/// A box of a laid face in which a line was found.
pub(super) struct Found {
    map: Homography,
    part: FaceBox,
    band: Band,
    /// Pixels of the part's cut.
    size: (usize, usize),
    /// Width of the face over its height, on the paper.
    ratio: f32,
}

impl Found {
    /// Looks for a line in a box of a face laid by `map`, whose width over height is `ratio`.
    pub fn new(luma: &Luma, map: &Homography, area: &Area, ratio: f32) -> Option<Found> {
        let high = area.h.max(1e-3);
        let rim = high * RIM as f32 / BOX as f32;
        let part = FaceBox::from(area).grown(rim / ratio, rim);
        let wide = (BOX as f32 * area.w * ratio / high) as usize;
        let size = (wide.clamp(BOX / 2, 40 * BOX) + 2 * RIM, BOX + 2 * RIM);
        let straight = cut(luma, map, &part, size.0, size.1);
        let band = locate::find(&straight)?;
        Some(Found { map: *map, part, band, size, ratio })
    }

    pub fn likeness(&self) -> f32 {
        self.band.likeness
    }

    /// The part of the face for a line whose digits take these rows of the cut.
    fn line(&self, rows: (f32, f32)) -> (FaceBox, usize) {
        let capital = (rows.1 - rows.0).max(3.0);
        let middle = (rows.0 + rows.1) / 2.0;
        let half = capital * HEIGHT as f32 / CAPITAL / 2.0;
        let from = (self.band.columns.start as f32 - 0.7 * capital).max(0.0);
        let until = (self.band.columns.end as f32 + 0.7 * capital).min(self.size.0 as f32);
        let (u, v) = (self.part.w / self.size.0 as f32, self.part.h / self.size.1 as f32);
        let part = FaceBox {
            x: self.part.x + from * u,
            y: self.part.y + (middle - half) * v,
            w: (until - from) * u,
            h: 2.0 * half * v,
        };
        let width = part.w * self.ratio / part.h * HEIGHT as f32;
        let columns = (width / COLUMN as f32).round().clamp(5.0, 180.0) as usize;
        (part, columns * COLUMN)
    }

    /// Reads it, in other versions too as long as it isn't sure.
    pub fn read(&self, picture: &Picture, forms: &Forms<'_>) -> Option<Print> {
        let first = self.glance(picture, forms)?;
        Some(self.read_on(first, picture, forms))
    }

    /// Reads it as it was found.
    pub fn glance(&self, picture: &Picture, forms: &Forms<'_>) -> Option<Print> {
        self.look(picture, forms, self.rows(), false)
    }

    fn rows(&self) -> (f32, f32) {
        (self.band.rows.start as f32, self.band.rows.end as f32)
    }

    /// Reads it in other versions, after a first look that isn't sure: without stamp colours, and as if the
    /// digits had other heights.
    pub fn read_on(&self, first: Print, picture: &Picture, forms: &Forms<'_>) -> Print {
        let mut best = first;
        if best.is_settled() {
            return best;
        }
        let rows = self.rows();
        let (height, middle) = (BOX as f32, self.size.1 as f32 / 2.0);
        let taller = |share: f32| (middle - share * height / 2.0, middle + share * height / 2.0);
        for (rows, lightest) in [(rows, true), (taller(0.5), false), (taller(0.75), false)] {
            if lightest && picture.rgb.is_none() {
                continue;
            }
            let Some(other) = self.look(picture, forms, rows, lightest) else {
                continue;
            };
            best = together(best, other);
            if best.is_settled() {
                break;
            }
        }
        best
    }

    fn look(
        &self,
        picture: &Picture,
        forms: &Forms<'_>,
        rows: (f32, f32),
        lightest: bool,
    ) -> Option<Print> {
        let (part, width) = self.line(rows);
        let quad = part.on(&self.map);
        // More pixels than the line needs are averaged, not skipped.
        let (_, high) = quad.size();
        let factor = ((high / HEIGHT as f32 / 1.6) as usize).clamp(1, 8);
        let size = (width * factor, HEIGHT * factor);
        let line = match (&picture.rgb, lightest) {
            (Some(rgb), true) => {
                cut_lightest(rgb, picture.luma.width, &self.map, &part, size.0, size.1)
            }
            _ => cut(&picture.luma, &self.map, &part, size.0, size.1),
        };
        let line = line.shrink(factor);
        let answer = net::read(&line)?;
        let Judged { free, chance, wrong_check, firm, numbers } = forms.judge(&answer);
        Some(Print { free, numbers, firm, chance, wrong_check, line, quad, answer })
    }
}

/// Two looks at one line: the surer one, but never surer than the other's doubt of it allows.
fn together(one: Print, other: Print) -> Print {
    let later = match (one.wrong_check, other.wrong_check) {
        // A right check digit is no reason to believe a look rather than one that saw a wrong one more clearly.
        (true, false) => other.best() > one.chance,
        (false, true) => other.chance >= one.best(),
        _ => other.beats(&one),
    };
    let (mut best, less) = if later { (other, one) } else { (one, other) };
    let against = if less.wrong_check { less.chance } else { less.best() };
    let number = less.numbers.first().map(|(number, _)| number);
    match best.numbers.first_mut() {
        Some((said, chance)) if less.wrong_check || number.is_some_and(|it| it != said) => {
            *chance *= 1.0 - against;
        }
        None if best.wrong_check && number.is_some() => best.chance *= 1.0 - against,
        _ => {}
    }
    best
}

/// Reads a straightened line without a grammar: digits and capitals about two thirds as high as the picture.
/// The text, and its chance to be right; `None` if nothing is there.
pub fn read_line(line: &Luma) -> Option<(String, f32)> {
    let (w, h) = (line.width as f32, line.height as f32);
    let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    let map = Homography::new(&whole)?;
    let columns = (w / h * HEIGHT as f32 / COLUMN as f32).round().clamp(4.0, 180.0) as usize;
    let factor = (line.height / HEIGHT).clamp(1, 8);
    let size = (columns * COLUMN * factor, HEIGHT * factor);
    let free = net::read(&cut(line, &map, &WHOLE, size.0, size.1).shrink(factor))?.free();
    (!free.text.is_empty()).then(|| (free.text, sure::free(free.chance) as f32))
}

/// The line of print in a box without a grammar, such as a face value. The text, and its chance to be right.
pub(super) fn free_text(
    luma: &Luma,
    map: &Homography,
    area: &Area,
    ratio: f32,
) -> Option<(String, f64)> {
    let found = Found::new(luma, map, area, ratio)?;
    let (part, width) = found.line(found.rows());
    let line = cut(luma, map, &part, width, HEIGHT);
    let free = net::read(&line)?.free();
    (!free.text.is_empty()).then(|| (free.text, sure::free(free.chance)))
}

#[cfg(test)]
#[path = "mod_tests.rs"]
mod tests;
