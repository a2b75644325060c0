//! The keys of a frame, sorted: a person's go to the window, a scan's become a code. Keys that may yet
//! be a scan's wait.
//!
//! The toolkit's events bear no time, so where the system tells its own ([`Typed`]) the decision is
//! made on those, and the toolkit's events are only matched to them, press by press, in order. Where it
//! tells none, a frame's time must do, and a code counts only behind the prefix that the scanner was
//! given, or as a whole number of the campaign.

pub mod codes;
mod queue;
pub mod scans;
#[cfg(test)]
mod tests;

use crate::ui::settings::WedgeSource;
use egui::{Event, Key};
use queue::{Item, Kind};
use scans::{Code, Found, Meaning, PressNo, Rule, Scans, Stroke};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// What the system says of its keyboards, in its own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    Stroke(Stroke),
    /// All keys up to `now`, milliseconds of the strokes' clock, have been told.
    Fence {
        no: u64,
        now: u64,
    },
    /// The window does not have the keyboards any more.
    Away,
}

/// A press whose event is not matched after so many seconds never came to the window.
const FORGOTTEN: f64 = 0.5;
/// What an input method makes of a scan's keys comes within so many seconds.
const ECHO: f64 = 0.5;
/// A key that the toolkit has no name for repeats itself faster than a finger, seconds.
const REPEAT: f64 = 0.08;

/// A press that the system told.
#[derive(Debug)]
struct Raw {
    no: PressNo,
    /// Its place on the keyboard, as the toolkit names it.
    key: Option<Key>,
    /// Whether it is a scan's, once that is known.
    scan: Option<bool>,
    frame: u64,
    at: f64,
}

#[derive(Debug, Default)]
pub struct Wedge {
    heard: Vec<Typed>,
    scans: Scans,
    raws: VecDeque<Raw>,
    queue: VecDeque<Item>,
    /// Codes and torn scans, each with the last press before it.
    outcomes: VecDeque<(PressNo, Option<Code>)>,
    /// Keys that are down, and whether the window knows.
    down: BTreeMap<Key, bool>,
    frame: u64,
    /// The frame before this one.
    before: f64,
    asked: u64,
    answered: u64,
    /// The strokes' clock, and the window's at that moment.
    clock: Option<(u64, f64)>,
    /// When a scan's keys came last.
    scanned: Option<f64>,
    star: f64,
    heard_before: bool,
}

/// What a frame's events came to.
#[derive(Debug, Default)]
pub struct Filtered {
    /// For the window, in order.
    pub events: Vec<Event>,
    pub codes: Vec<Code>,
    /// Scans that were not whole.
    pub torn: usize,
    /// Look again after so many seconds.
    pub again_in: Option<f64>,
    /// Ask the system to say when it has told all, with this number.
    pub fence: Option<u64>,
}

/// What the window knows when it sorts.
pub struct About<'a> {
    /// Seconds since the window opened.
    pub now: f64,
    /// The system tells its keys with their times.
    pub hears: bool,
    pub source: &'a WedgeSource,
    /// What the frame before cost, seconds: keys that came in this one may be so old.
    pub cost: f64,
    /// Whether a text is a whole number of the campaign.
    pub whole: &'a dyn Fn(&str) -> bool,
}

impl std::fmt::Debug for About<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("About").field("now", &self.now).finish_non_exhaustive()
    }
}

impl Wedge {
    /// What the system told; it counts from the next frame on.
    pub fn hear(&mut self, typed: Typed) {
        self.heard.push(typed);
    }

    /// Sorts one frame's events.
    pub fn filter(&mut self, events: Vec<Event>, about: &About<'_>) -> Filtered {
        let mut out = Filtered::default();
        self.frame += 1;
        let rule = Rule {
            device: about.source.device.clone(),
            prefix: about.source.prefix.clone(),
            shortest: usize::from(about.source.shortest),
            clock: about.hears,
        };
        let mut found = Vec::new();
        self.listen(about, &rule, &mut found);
        self.arrive(events, about, &rule, &mut found, &mut out);
        self.decide(found, about);
        let held_by_barrier = self.release(about, &mut out);
        self.tell(held_by_barrier, &mut out);
        self.forget(about.now);
        self.ask(held_by_barrier, about, &mut out);
        self.before = about.now;
        out
    }

    /// Presses whose events never came: an input method took them, or another window.
    fn forget(&mut self, now: f64) {
        let (frame, queue) = (self.frame, &self.queue);
        self.raws.retain(|raw| {
            raw.scan.is_none()
                || raw.frame + 2 > frame
                || now - raw.at < FORGOTTEN
                || queue.iter().any(|item| item.no == Some(raw.no))
        });
    }

    /// Takes in what the system told.
    fn listen(&mut self, about: &About<'_>, rule: &Rule, found: &mut Vec<Found>) {
        if self.heard_before && !about.hears {
            self.scans.lost(found);
        }
        self.heard_before = about.hears;
        for typed in std::mem::take(&mut self.heard) {
            match typed {
                Typed::Stroke(stroke) => {
                    self.clock = Some((stroke.at, about.now));
                    if stroke.pressed {
                        self.raws.push_back(Raw {
                            no: self.scans.next(),
                            key: codes::key(stroke.code),
                            scan: None,
                            frame: self.frame,
                            at: about.now,
                        });
                    }
                    if about.source.on {
                        self.scans.stroke(&stroke, rule, found);
                    } else if stroke.pressed {
                        found.push(Found::Person(vec![self.scans.skip()]));
                    }
                }
                Typed::Fence { no, now } => {
                    self.answered = self.answered.max(no);
                    self.clock = Some((now, about.now));
                    self.scans.quiet(now, found);
                }
                Typed::Away => self.scans.lost(found),
            }
        }
    }

    /// Puts the frame's key events into the queue; all others go on at once.
    fn arrive(
        &mut self,
        events: Vec<Event>,
        about: &About<'_>,
        rule: &Rule,
        found: &mut Vec<Found>,
        out: &mut Filtered,
    ) {
        if events.iter().any(|event| matches!(event, Event::WindowFocused(false))) {
            self.down.clear();
        }
        let (items, rest) = queue::items(events, self.asked + 1);
        out.events = rest;
        if about.hears {
            self.queue.extend(items);
            return;
        }
        // Without a clock: what came in this frame came evenly while the one before was drawn.
        let presses = items.iter().filter(|item| item.kind.is_press()).count().max(1);
        let since = about.cost.min(about.now - self.before).max(0.0);
        let mut so_far = 0;
        for mut item in items {
            let pressed = item.kind.is_press();
            if pressed || item.kind == Kind::Release {
                so_far += usize::from(pressed);
                let at =
                    about.now - since * (presses - so_far.min(presses)) as f64 / presses as f64;
                let repeats = pressed
                    && match item.place {
                        Some(place) => self.down.contains_key(&place),
                        None => self.is_held_star(&item, at),
                    };
                if !repeats {
                    item.no = self.invent(&item, pressed, at, about, rule, found);
                } else if item.place.is_none() {
                    continue;
                }
            }
            self.queue.push_back(item);
        }
        if so_far == 0 {
            self.scans.quiet(millis(about.now), found);
        }
        self.clock = Some((millis(about.now), about.now));
    }

    /// A stroke made of an event, where the system tells none.
    fn invent(
        &mut self,
        item: &Item,
        pressed: bool,
        at: f64,
        about: &About<'_>,
        rule: &Rule,
        found: &mut Vec<Found>,
    ) -> Option<PressNo> {
        let no = self.scans.next();
        let meaning = item.meaning();
        let code = item.place.map_or(u8::MAX, |place| place as u8);
        let stroke = Stroke { at: millis(at), device: Arc::from(""), code, meaning, pressed };
        if about.source.on {
            self.scans.stroke(&stroke, rule, found);
        } else if pressed {
            found.push(Found::Person(vec![self.scans.skip()]));
        }
        if !pressed {
            return None;
        }
        let raw = Raw { no, key: item.key, scan: None, frame: self.frame, at: about.now };
        self.raws.push_back(raw);
        Some(no)
    }

    /// The ten-key pad's `*` has no key of its own in the toolkit, so nothing else tells that it is held.
    fn is_held_star(&mut self, item: &Item, at: f64) -> bool {
        let star = matches!(item.events.first(), Some(Event::Text(text)) if text == "*");
        star && !self.scans.holds() && at - std::mem::replace(&mut self.star, at) < REPEAT
    }

    /// Writes down what presses came to.
    fn decide(&mut self, found: Vec<Found>, about: &About<'_>) {
        for found in found {
            let (nos, scan) = match found {
                Found::Person(nos) => (nos, false),
                Found::Scan(nos) => (nos, true),
                Found::Code(code) => {
                    let after = self.scans.next().saturating_sub(1);
                    let counts =
                        about.hears || !about.source.prefix.is_empty() || (about.whole)(&code.text);
                    self.outcomes.push_back((after, counts.then_some(code)));
                    continue;
                }
                Found::Torn => {
                    self.outcomes.push_back((self.scans.next().saturating_sub(1), None));
                    continue;
                }
            };
            if scan {
                self.scanned = Some(about.now);
            }
            for no in nos {
                if let Some(raw) = self.raws.iter_mut().rev().find(|raw| raw.no == no) {
                    raw.scan = Some(scan);
                }
            }
        }
    }

    /// Lets go what is decided, in order. What a key does may change where the next one goes, so
    /// a key that leads elsewhere ends the frame. True: something waits for the next frame.
    fn release(&mut self, about: &About<'_>, out: &mut Filtered) -> bool {
        let mut so_far = queue::Passed::default();
        while let Some(item) = self.queue.front() {
            let verdict = self.verdict(item, about);
            let passes = match verdict {
                Verdict::Waits(no) => {
                    if let Some(item) = self.queue.front_mut() {
                        item.no = item.no.or(no);
                    }
                    return false;
                }
                Verdict::Goes { passes, .. } => passes,
            };
            if passes && !so_far.takes(item) {
                return true;
            }
            let Some(mut item) = self.queue.pop_front() else { return false };
            if let Verdict::Goes { no: Some(no), .. } = verdict {
                while self.raws.front().is_some_and(|raw| raw.no <= no) {
                    self.raws.pop_front();
                }
            }
            match (item.kind, item.place) {
                (Kind::Release, Some(place)) => {
                    self.down.remove(&place);
                }
                (kind, Some(place)) if kind.is_press() => {
                    let matched = matches!(verdict, Verdict::Goes { no: Some(_), .. });
                    let held = self.down.insert(place, passes).is_some();
                    item.set_repeat(held && !matched);
                }
                _ => {}
            }
            if passes {
                out.events.append(&mut item.events);
            }
        }
        false
    }

    fn verdict(&self, item: &Item, about: &About<'_>) -> Verdict {
        let go = |passes| Verdict::Goes { passes, no: None };
        match item.kind {
            Kind::Free => go(true),
            Kind::Release => {
                go(item.place.and_then(|place| self.down.get(&place)).copied().unwrap_or(true))
            }
            Kind::Composed => {
                if self.scans.holds() || self.raws.iter().any(|raw| raw.scan.is_none()) {
                    return Verdict::Waits(None);
                }
                go(self.scanned.is_none_or(|at| about.now - at > ECHO))
            }
            Kind::Text | Kind::Leads | Kind::Moves => {
                let raw = match item.no {
                    Some(no) => self.raws.iter().find(|raw| raw.no == no),
                    None if about.hears => self.raws.iter().find(|raw| raw.key == item.key),
                    None => None,
                };
                let held = item.place.and_then(|place| self.down.get(&place)).copied();
                match (raw, held) {
                    (Some(Raw { no, scan: Some(scan), .. }), _) => {
                        Verdict::Goes { passes: !scan, no: Some(*no) }
                    }
                    (Some(raw), _) => Verdict::Waits(Some(raw.no)),
                    // The system tells a held key once, the toolkit again and again.
                    (None, Some(passed)) => go(passed),
                    (None, None) if about.hears && self.answered < item.fence => {
                        Verdict::Waits(None)
                    }
                    // What has no name and was not told is a held key, too.
                    (None, None) => go(!about.hears || item.place.is_some()),
                }
            }
        }
    }

    /// Codes go out behind the keys before them, and in a frame of their own.
    fn tell(&mut self, held_by_barrier: bool, out: &mut Filtered) {
        while let Some((after, _)) = self.outcomes.front() {
            let earlier = |no: Option<PressNo>| no.is_some_and(|no| no < *after);
            let waits = held_by_barrier && self.queue.front().is_some_and(|it| earlier(it.no))
                || self.raws.iter().any(|raw| {
                    raw.scan == Some(false) && raw.no < *after && raw.frame + 1 >= self.frame
                });
            let acted = out.events.iter().any(|event| {
                matches!(event, Event::Key { key, pressed: true, repeat: false, .. }
                    if !queue::is_modifier(*key))
            });
            if waits || acted {
                return;
            }
            match self.outcomes.pop_front() {
                Some((_, Some(code))) => out.codes.push(code),
                Some((_, None)) => out.torn += 1,
                None => return,
            }
        }
    }

    /// When to look again, and whether the system must be asked first.
    fn ask(&mut self, held_by_barrier: bool, about: &About<'_>, out: &mut Filtered) {
        if held_by_barrier || !self.outcomes.is_empty() {
            out.again_in = Some(0.0);
        }
        let mut wait = None;
        if let (Some(due), Some((clock, at))) = (self.scans.due(), self.clock) {
            let now = clock + millis((about.now - at).max(0.0));
            wait = Some((due + 1).saturating_sub(now));
        }
        let unmatched =
            self.queue.front().is_some_and(|item| item.no.is_none() && self.answered < item.fence);
        if about.hears && (unmatched || wait == Some(0)) {
            self.asked += 1;
            out.fence = Some(self.asked);
            wait = Some(20);
        }
        if let Some(wait) = wait {
            let seconds = wait as f64 / 1000.0 + 0.001;
            out.again_in = Some(out.again_in.map_or(seconds, |before| before.min(seconds)));
        }
    }
}

/// What becomes of an event.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    /// It is not clear yet; it belongs to this press, if that is known.
    Waits(Option<PressNo>),
    Goes {
        passes: bool,
        no: Option<PressNo>,
    },
}

fn millis(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1000.0) as u64
}

/// What a text means to a scanner.
fn meaning_of(text: &str) -> Meaning {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) if (' '..='~').contains(&char) => Meaning::Char(char),
        _ => Meaning::Other,
    }
}
