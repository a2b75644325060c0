//! Which layout lies where: told by the barcode's place, by the look, else by the printed number itself.

use super::Quad;
use super::crop::laid_by_code;
use super::geometry::Homography;
use super::outline::Outline;
use super::print::{Forms, Found, Print, free_text};
use super::search::{Seen, turns};
use crate::picture::Picture;
use crate::voucher::profile::Area;
use crate::voucher::{KindId, Layout, Profile, Side};

/// So many boxes are glanced at where nothing else tells the layout.
const TRIES: usize = 16;
/// So many of them are read in other versions too, if a glance was not enough: first those that a glance takes for
/// numbers.
const AGAIN: usize = 2;
/// A box that looks less like a line of print than this part of the best is not looked at.
const LIKE: f32 = 0.3;

/// A layout's face as it lies in the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub layout: &'p Layout,
    /// Its corners, upright.
    pub face: Quad,
    /// Laid by its barcode alone, so only about right.
    pub by_code: bool,
}

/// What was found of a sheet's layout and its number.
#[derive(Default)]
pub(super) struct Placed<'p> {
    pub place: Option<Place<'p>>,
    pub print: Option<Print>,
    /// All numbers' boxes were looked at, and in none of them stood any text.
    pub silent: bool,
}

/// Everything that finding the place needs.
pub(super) struct Places<'a, 'p> {
    pub picture: &'a Picture,
    pub side: Side,
    pub profile: &'p Profile,
    pub outline: Option<&'a Outline>,
}

impl<'p> Places<'_, 'p> {
    /// The place, and what is printed in its number's box. The barcode says only where it stands, never what
    /// its content is: the print is held against the grammars of all layouts.
    pub fn read(&self, code: Option<&Seen>, guess: Option<(&'p Layout, usize)>) -> Placed<'p> {
        let forms = Forms::new(self.profile);
        if let Some(place) = self.told(code) {
            let print = self.print_at(&place, &forms);
            return Placed { place: Some(place), print, silent: false };
        }
        // A code of another scheme doesn't tell where this one's number would be.
        let Some(outline) = self.outline else {
            return Placed::default();
        };
        let mut tries: Vec<(Place<'p>, Found)> = Vec::new();
        for layout in self.profile.layouts.iter().filter(|l| l.number_area.side == self.side) {
            for turn in turns(&outline.quad, layout) {
                let face = outline.quad.turned(turn);
                let place = Place { layout, face, by_code: false };
                if let Some(found) = self.line_at(&place) {
                    tries.push((place, found));
                }
            }
        }
        let guessed = |place: &Place<'_>| {
            guess.is_some_and(|(layout, turn)| {
                layout.id == place.layout.id && outline.quad.turned(turn) == place.face
            })
        };
        tries.sort_by(|a, b| {
            let rank = |one: &(Place<'p>, Found)| (guessed(&one.0), one.1.likeness());
            let ((ga, la), (gb, lb)) = (rank(a), rank(b));
            gb.cmp(&ga).then(lb.total_cmp(&la))
        });
        let most = tries.iter().map(|(_, found)| found.likeness()).fold(0.0, f32::max);
        tries.retain(|(place, found)| guessed(place) || found.likeness() >= LIKE * most);
        let mut looks: Vec<(Place<'p>, Option<Found>, Print)> = Vec::new();
        let mut again = 0;
        for (place, found) in tries.into_iter().take(TRIES) {
            let Some(print) = found.glance(self.picture, &forms) else {
                continue;
            };
            // Where a number seems to stand, a second look costs less than a glance at all other places.
            if again < AGAIN && (guessed(&place) || print.has_number()) {
                again += 1;
                let print = found.read_on(print, self.picture, &forms);
                let clear = print.is_clear();
                looks.push((place, None, print));
                if clear {
                    break;
                }
            } else {
                looks.push((place, Some(found), print));
            }
        }
        let silent = looks.iter().all(|(_, _, print)| print.free.len() < 3);
        looks.sort_by(|a, b| b.2.compared(&a.2));
        let mut best: Option<(Place<'p>, Print)> = None;
        for (place, found, print) in looks {
            // What was read clearly and without the help of a grammar is not overruled by what was not.
            if best.as_ref().is_some_and(|(_, print)| print.is_clear()) {
                break;
            }
            let print = match found {
                Some(found) if again < AGAIN => {
                    again += 1;
                    found.read_on(print, self.picture, &forms)
                }
                _ => print,
            };
            if best.as_ref().is_none_or(|(_, old)| print.beats(old)) {
                best = Some((place, print));
            }
        }
        match best {
            Some((place, print)) if print.has_number() => {
                let place = self.of_its_number(place, &print);
                Placed { place: Some(place), print: Some(print), silent }
            }
            // Nothing that fits: the look alone may still say where to cut the crop.
            other => {
                let place = guess.map(|(layout, turn)| Place {
                    layout,
                    face: outline.quad.turned(turn),
                    by_code: false,
                });
                let print = other
                    .filter(|(read, _)| {
                        place.is_some_and(|p| p.layout.id == read.layout.id && p.face == read.face)
                    })
                    .map(|(_, print)| print);
                Placed { place, print, silent }
            }
        }
    }

    /// The same face as the layout to which a number belongs that was read without a grammar: where the boxes of
    /// two layouts overlap, its line may have been found by the other one's.
    fn of_its_number(&self, place: Place<'p>, print: &Print) -> Place<'p> {
        let (Some(outline), Some((number, _))) = (self.outline, print.numbers.first()) else {
            return place;
        };
        let takes = |layout: &Layout| layout.number.parse(number.as_str()).is_ok();
        if !print.firm || takes(place.layout) {
            return place;
        }
        let lies_here = |layout: &&Layout| {
            takes(layout)
                && layout.number_area.overlaps(&place.layout.number_area)
                && turns(&outline.quad, layout)
                    .into_iter()
                    .any(|turn| outline.quad.turned(turn) == place.face)
        };
        let layout = self.profile.layouts.iter().find(lies_here).unwrap_or(place.layout);
        Place { layout, ..place }
    }

    /// Where the barcode puts the layout.
    fn told(&self, code: Option<&Seen>) -> Option<Place<'p>> {
        let code = code?;
        let layout = self.profile.layout(code.fit.layout()?)?;
        match (self.outline, code.turn) {
            (Some(outline), Some(turn)) => {
                Some(Place { layout, face: outline.quad.turned(turn), by_code: false })
            }
            _ => laid_by_code(code, self.profile).map(|face| Place { layout, face, by_code: true }),
        }
    }

    fn print_at(&self, place: &Place<'_>, forms: &Forms<'_>) -> Option<Print> {
        if place.layout.number_area.side != self.side {
            return None;
        }
        self.line_at(place)?.read(self.picture, forms)
    }

    fn line_at(&self, place: &Place<'_>) -> Option<Found> {
        let map = Homography::new(&place.face)?;
        let (w, h) = place.layout.size_mm;
        let area = &place.layout.number_area;
        // Laid by its barcode alone the box may be off by half of its height.
        let wider = Area { y: area.y - 0.4 * area.h, h: 1.8 * area.h, ..*area };
        let area = if place.by_code { &wider } else { area };
        Found::new(&self.picture.luma, &map, area, w / h.max(0.1))
    }
}

impl Place<'_> {
    /// The kind that the face's text states: its digits are the face value of one kind alone.
    pub fn kind(&self, picture: &Picture, side: Side, profile: &Profile) -> Option<KindId> {
        /// Below that a reading of the face value says nothing.
        const SURE: f64 = 0.9;
        let area = self.layout.kind_area.as_ref().filter(|area| area.side == side)?;
        let map = Homography::new(&self.face)?;
        let (w, h) = self.layout.size_mm;
        let (text, chance) = free_text(&picture.luma, &map, area, w / h.max(0.1))?;
        let value: i64 = text.parse().ok()?;
        let mut kinds = profile.kinds.iter().filter(|kind| kind.face.0 == value);
        let kind = kinds.next().filter(|_| chance >= SURE)?;
        kinds.next().is_none().then(|| kind.id.clone())
    }
}
