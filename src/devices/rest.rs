//! When a sheet under the camera has come to rest, once a sheet. Pure: small grey pictures and
//! milliseconds in, an answer out.
//!
//! Three pictures are kept: the empty desk, the picture that was taken last, and the one at which the present
//! stillness began. All comparing is cell by cell, after the light of the whole picture has been made equal: lamps flicker,
//! and a camera darkens everything when white paper comes. A cell of a thumbnail is the mean of some 50 pixels
//! or more, so what the sensor adds (3 to 6 levels a pixel) is below one level there.
//!
//! What it can't know: what lies there when the camera starts is taken for the empty desk, until that
//! picture goes for good (then one picture too many is taken, see `Doubt`) or [`RestDetector::forget`] is called. A hand that
//! lies still in the picture for a quarter of a second is part of the sheet. A sheet that fills the whole picture with one grey
//! and hardly differs from the desk can't be seen.

use crate::picture::Luma;

/// Thumbnails fit into this many cells; a voucher of 150 mm in a field of 300 mm is then 80 cells wide.
pub const CELLS: (usize, usize) = (160, 90);

/// Levels by which a cell must differ. JPEG blocks and banding of lamps reach 7, print on paper and paper on a desk 60 and more.
const LEVELS: f32 = 16.0;
/// Cells of a thousand that make a picture another one. A sheet laid 0.3 mm beside the last one's place changes 3 to 5 along
/// its edges, another number in bars and digits at the very same place 2 to 4; noise changes none.
const OTHER: usize = 2;
/// Cells of a thousand that make a picture a moving one: less than [`OTHER`], or something could lie still and yet be another.
const MOVING: usize = 1;
/// Cells of a thousand that show that something happened: a hand, or a sheet. A hand is 50 and more, a voucher 80.
/// What changes less came without a hand: an insect, the edge of a sunbeam.
const CLEAR: usize = 30;
/// How long a sheet must lie still. Hands that lay a sheet stop for less; longer is felt as waiting.
const REST_MS: u64 = 250;
/// How long the first picture must be still, in which cameras settle their exposure.
const LEARN_MS: u64 = 1_000;
/// A small change without a hand belongs to the desk or the sheet after so long.
const ABSORB_MS: u64 = 2_000;
/// So many pictures must agree, however long they took: a camera that stutters proves nothing.
const AGREEING: u32 = 3;
/// How far the kept pictures go after the light with each look: at 15 a second they follow within 1.3 seconds.
const FOLLOW: f32 = 0.05;
/// Light that changes more than this in one step is no light: it is paper that covers everything.
const LIGHT: (f32, f32) = (0.7, 1.4);

/// What lies under the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Nothing is known yet: the picture has not been still for a second since the start.
    Learning,
    /// Nothing but the desk.
    Empty,
    /// A hand, or a sheet on its way.
    Moving,
    /// A sheet that lies still and has not been taken: take it, and say so with [`RestDetector::taken`].
    Due,
    /// What lies there has been taken.
    Taken,
}

/// A picture that is kept, by cells.
type Cells = Vec<f32>;

/// Decides when to take a picture. Feed it every frame.
#[derive(Clone, Debug)]
pub struct RestDetector {
    size: (usize, usize),
    now: Rest,
    /// The newest look.
    seen: Vec<u8>,
    /// The look at which the present stillness began, when, and how many looks agreed with it.
    anchor: Cells,
    still_since: u64,
    agreeing: u32,
    desk: Option<Cells>,
    /// What was taken last, if it is not gone since.
    sent: Option<Cells>,
    doubt: Doubt,
    /// Since the desk or the last sheet was seen, something has happened that is more than a trifle.
    clear: bool,
    /// A picture was taken in the middle of a movement: what comes to rest next is that same sheet.
    ahead: bool,
}

/// Whether what is taken for the empty desk is one. It may have been something that had been left lying there; then the first
/// picture that was taken is of the desk without it, and comes back. The price: on a pile that lies there from the start, a sheet that
/// hides all others and looks and lies exactly like the first one is missed, once.
#[derive(Clone, Debug)]
enum Doubt {
    New,
    /// The picture that was taken first, as long as the desk has never come back.
    First(Cells),
    /// The desk of before. It may have been right all the same: where several sheets lie and are taken away one by one, the first
    /// picture comes back as well.
    Former(Cells),
    Settled,
}

/// Whether nothing has moved from one picture to the next.
pub fn still(one: &Luma, next: &Luma) -> bool {
    let (one, next) = (one.fit(CELLS.0, CELLS.1), next.fit(CELLS.0, CELLS.1));
    (one.width, one.height) == (next.width, next.height)
        && !compare(&next.data, &kept(&one.data)).reaches(MOVING)
}

impl Default for RestDetector {
    fn default() -> RestDetector {
        RestDetector::new()
    }
}

impl RestDetector {
    pub fn new() -> RestDetector {
        RestDetector {
            size: (0, 0),
            now: Rest::Learning,
            seen: Vec::new(),
            anchor: Vec::new(),
            still_since: 0,
            agreeing: 0,
            desk: None,
            sent: None,
            doubt: Doubt::New,
            clear: false,
            ahead: false,
        }
    }

    /// Begins anew: what lies still next is the empty desk.
    pub fn forget(&mut self) {
        *self = RestDetector::new();
    }

    /// What lies there. `at_ms` is on any clock that only goes forward. Thumbnails of another size begin anew; one
    /// without pixels, or with another number of them than it says, changes nothing.
    pub fn look(&mut self, thumb: &Luma, at_ms: u64) -> Rest {
        let cells = thumb.data.len();
        if cells == 0 || thumb.width.checked_mul(thumb.height) != Some(cells) {
            return self.now;
        }
        if self.size != (thumb.width, thumb.height) {
            self.forget();
            self.size = (thumb.width, thumb.height);
        }
        self.seen.clone_from(&thumb.data);
        let still_ms = self.stillness(at_ms);
        let Some(desk) = &self.desk else {
            if still_ms.is_some_and(|ms| ms >= LEARN_MS) {
                self.desk = Some(kept(&self.seen));
                self.ahead = false;
                self.now = Rest::Empty;
            }
            return self.now;
        };
        let here = self.sent.as_ref().unwrap_or(desk);
        self.clear |= compare(&self.seen, here).reaches(CLEAR);
        self.now = match still_ms {
            Some(ms) if ms >= REST_MS => self.at_rest(ms),
            _ => Rest::Moving,
        };
        self.now
    }

    /// Says that a picture of what was looked at last has been taken: at rest, or in between by a key.
    pub fn taken(&mut self) {
        match self.now {
            Rest::Learning | Rest::Moving => self.ahead = true,
            // Only the desk lies there: the next sheet is another one whatever it looks like.
            Rest::Empty => {}
            Rest::Due | Rest::Taken => self.mark(),
        }
    }

    /// How long the picture has been still, milliseconds; `None` while it moves.
    fn stillness(&mut self, at_ms: u64) -> Option<u64> {
        if self.anchor.is_empty() || compare(&self.seen, &self.anchor).reaches(MOVING) {
            self.anchor = kept(&self.seen);
            self.still_since = at_ms;
            self.agreeing = 0;
        }
        self.agreeing = self.agreeing.saturating_add(1);
        // A clock that was set back begins the waiting anew.
        self.still_since = self.still_since.min(at_ms);
        (self.agreeing >= AGREEING).then(|| at_ms - self.still_since)
    }

    fn at_rest(&mut self, still_ms: u64) -> Rest {
        if self.desk.as_ref().is_some_and(|desk| self.same(desk)) {
            if self.sent.is_some() && !matches!(self.doubt, Doubt::Former(_)) {
                self.doubt = Doubt::Settled;
            }
            self.back_to_desk();
            return Rest::Empty;
        }
        if self.sent.as_ref().is_some_and(|sent| self.same(sent)) {
            self.settle();
            return Rest::Taken;
        }
        if self.is_another_desk() {
            self.back_to_desk();
            return Rest::Empty;
        }
        if self.ahead {
            self.mark();
            return Rest::Taken;
        }
        if self.clear {
            return Rest::Due;
        }
        if still_ms >= ABSORB_MS {
            let seen = kept(&self.seen);
            let here = if self.sent.is_some() { &mut self.sent } else { &mut self.desk };
            *here = Some(seen);
        }
        if self.sent.is_some() { Rest::Taken } else { Rest::Empty }
    }

    /// Whether the desk is not the one that was believed, and then believes this one.
    fn is_another_desk(&mut self) -> bool {
        let (Doubt::First(other) | Doubt::Former(other)) = &self.doubt else { return false };
        if !self.same(other) {
            return false;
        }
        let before = self.desk.replace(other.clone());
        let first = matches!(self.doubt, Doubt::First(_));
        self.doubt = match before {
            Some(before) if first => Doubt::Former(before),
            _ => Doubt::Settled,
        };
        true
    }

    fn same(&self, kept: &[f32]) -> bool {
        !compare(&self.seen, kept).reaches(OTHER)
    }

    fn back_to_desk(&mut self) {
        self.sent = None;
        self.settle();
    }

    /// The picture is one that is known: nothing is going on, and the kept pictures follow the light.
    fn settle(&mut self) {
        self.clear = false;
        self.ahead = false;
        let Some(desk) = &mut self.desk else { return };
        let light = match &mut self.sent {
            None => follow(desk, &self.seen),
            Some(sent) => {
                // The desk is covered, but the light on it changes as it does on the sheet.
                let light = follow(sent, &self.seen);
                shine(desk, light);
                light
            }
        };
        if let Doubt::First(other) | Doubt::Former(other) = &mut self.doubt {
            shine(other, light);
        }
    }

    fn mark(&mut self) {
        let seen = kept(&self.seen);
        if matches!(self.doubt, Doubt::New) {
            self.doubt = Doubt::First(seen.clone());
        }
        self.sent = Some(seen);
        self.clear = false;
        self.ahead = false;
        self.now = Rest::Taken;
    }
}

fn kept(seen: &[u8]) -> Cells {
    seen.iter().copied().map(f32::from).collect()
}

/// How two pictures compare.
struct Compared {
    differing: usize,
    cells: usize,
}

impl Compared {
    /// Whether at least so many of a thousand cells differ.
    fn reaches(&self, of_thousand: usize) -> bool {
        self.differing.saturating_mul(1_000) >= self.cells.saturating_mul(of_thousand).max(1)
    }
}

/// Both of the same length. Light works by factors, so what is compared is the picture that is kept times the median of the factors.
fn compare(seen: &[u8], kept: &[f32]) -> Compared {
    let light = light(seen, kept);
    let differing =
        seen.iter().zip(kept).filter(|(seen, kept)| differs(**seen, **kept, light)).count();
    Compared { differing, cells: seen.len() }
}

fn differs(seen: u8, kept: f32, light: f32) -> bool {
    // What is white already can't become whiter.
    (f32::from(seen) - (kept * light).min(255.0)).abs() > LEVELS
}

/// The median of seen over kept, in steps of 1/256, within [`LIGHT`].
fn light(seen: &[u8], kept: &[f32]) -> f32 {
    /// In darker cells the factor is mostly noise.
    const DARK: f32 = 24.0;
    const LOWEST: f32 = 0.5;
    let mut steps = [0usize; 257];
    let mut bright = 0;
    for (seen, kept) in seen.iter().zip(kept).filter(|(_, kept)| **kept >= DARK) {
        let step = ((f32::from(*seen) / kept - LOWEST) * 256.0).round().clamp(0.0, 256.0);
        steps[step as usize] += 1;
        bright += 1;
    }
    // Where next to nothing is bright enough there is no telling.
    if bright * 4 < seen.len() {
        return 1.0;
    }
    let mut below = 0;
    let median = steps.iter().position(|count| {
        below += count;
        below * 2 >= bright
    });
    let light = median.map_or(1.0, |step| LOWEST + step as f32 / 256.0);
    light.clamp(LIGHT.0, LIGHT.1)
}

/// Moves a kept picture a little towards what is seen, where they agree; elsewhere only with the light. The factor that the light moved.
fn follow(kept: &mut [f32], seen: &[u8]) -> f32 {
    let light = light(seen, kept);
    let step = 1.0 + (light - 1.0) * FOLLOW;
    for (kept, seen) in kept.iter_mut().zip(seen) {
        *kept = if differs(*seen, *kept, light) {
            (*kept * step).min(255.0)
        } else {
            *kept + (f32::from(*seen) - *kept) * FOLLOW
        };
    }
    step
}

fn shine(kept: &mut [f32], light: f32) {
    kept.iter_mut().for_each(|cell| *cell = (*cell * light).min(255.0));
}

#[cfg(test)]
#[path = "rest_tests.rs"]
mod tests;
