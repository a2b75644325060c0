//! Tells a keyboard scanner's keys from a person's, by the times at which they were pressed and by the
//! keyboard that pressed them. Pure: times come with the keys, and quiet is told from outside.
//!
//! A scan is whole or it is nothing: what looks like one and is not whole is dropped, every key of it,
//! and told once. Until it is clear what a key belongs to, it is held back.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A scanner's pace: the median pause between two characters is no longer, milliseconds. Scanners send
/// with 2 to 30; the quickest typist needs 60 for many in a row.
const PACE: u64 = 45;
/// A character is given on as a person's after so long without another, milliseconds.
const HOLD: u64 = 100;
/// The same for one that was let go at once, as no finger does: its scan may have stumbled.
const HOLD_SHORT: u64 = 250;
/// A finger stays on a key for longer, milliseconds.
const TAP: u64 = 25;
/// From so many characters at a scanner's pace on it is a scan, whatever comes.
const SURE: usize = 3;
/// A scan that pauses for longer has lost something, milliseconds.
const STUMBLE: u64 = 150;
/// The same for a scanner that is known as a device: nobody else types on it.
const STUMBLE_KNOWN: u64 = 500;
/// The same behind a prefix where a frame's time must do: frames may be slow.
const STUMBLE_FRAMES: u64 = 2_000;
/// After a torn scan nothing counts or acts before so much silence, milliseconds: no scan stumbles for
/// longer and goes on.
const SILENCE: u64 = 1_200;
/// A code that begins so soon after a character that was given on may be a torn one's tail. Only on a
/// keyboard that scanner and people share: each has its own otherwise.
const TAIL: u64 = SILENCE;
/// A second line end, as of CR LF, comes so soon after the first.
const SECOND_END: u64 = 90;
/// Nothing that is scanned is longer.
const LONGEST: usize = 256;

/// What a key means to a scanner: the layout's character with its own Shift, Caps Lock left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Char(char),
    /// Return, Tab or a line feed: what stands behind a code.
    End,
    /// Any other key but Shift, Ctrl and their like, which are no keys of their own here.
    Other,
}

/// A key that was pressed or let go on some keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// When, milliseconds of a clock that never goes back.
    pub at: u64,
    /// The keyboard's name.
    pub device: Arc<str>,
    /// The key itself, the same for press and release.
    pub code: u8,
    pub meaning: Meaning,
    pub pressed: bool,
}

/// A press, counted from the first one on.
pub type PressNo = u64;

/// What presses came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A person's keys: they act.
    Person(Vec<PressNo>),
    /// Keys of a scan, whole or not: nobody sees them.
    Scan(Vec<PressNo>),
    /// A whole scan; its keys were told before.
    Code(Code),
    /// A scan that was not whole; its keys were told before.
    Torn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    pub text: String,
    pub device: Arc<str>,
    /// From its first key to its last, milliseconds.
    pub took: u64,
    /// A person has typed on that keyboard, too.
    pub shared: bool,
}

/// What is known of the room's scanner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// The scanner's name as a keyboard; empty: it is told by its pace.
    pub device: String,
    /// What the scanner sends before each code, and no code has.
    pub prefix: String,
    /// Fewer characters are no code.
    pub shortest: usize,
    /// The strokes' times are true. Where they are a frame's, a prefix decides instead.
    pub clock: bool,
}

impl Rule {
    fn by_prefix(&self) -> bool {
        !self.clock && !self.prefix.is_empty()
    }
}

#[derive(Debug, Default)]
pub struct Scans {
    next: PressNo,
    hands: BTreeMap<Arc<str>, Hand>,
}

/// One keyboard.
#[derive(Debug, Default)]
struct Hand {
    phase: Phase,
    /// When a character was given on last.
    given_on: Option<u64>,
    /// When a scan's end came last.
    ended: Option<u64>,
    /// A person has typed here.
    typed: bool,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    Still,
    Burst(Burst),
    /// After a torn scan, until there is silence.
    Refusing {
        last: u64,
        /// Characters since it was last told.
        since: usize,
    },
}

#[derive(Debug, Default)]
struct Burst {
    presses: Vec<PressNo>,
    text: String,
    /// When each character came.
    at: Vec<u64>,
    last_code: u8,
    /// The last character was let go at once.
    tapped: bool,
    /// A key came in between that no code holds, or the beginning may be missing.
    torn: bool,
    /// Nobody else types so: the scanner is known as this device, or sent its prefix.
    known: bool,
    /// How long a known one may pause.
    patience: u64,
}

impl Burst {
    fn chars(&self) -> usize {
        self.at.len()
    }

    fn last(&self) -> u64 {
        self.at.last().copied().unwrap_or_default()
    }

    /// The median pause, the lower one of two; `None` with fewer than two characters.
    fn pace(&self) -> Option<u64> {
        let mut pauses =
            self.at.windows(2).map(|two| two[1].saturating_sub(two[0])).collect::<Vec<_>>();
        pauses.sort_unstable();
        pauses.get(pauses.len().saturating_sub(1) / 2).copied()
    }

    fn at_pace(&self) -> bool {
        self.pace().is_none_or(|pace| pace <= PACE)
    }

    /// Nobody types so.
    fn is_scan(&self) -> bool {
        self.known || (self.chars() >= SURE && self.at_pace())
    }

    /// Slow over several keys, or prefix and pace have nothing to do with each other.
    fn is_person(&self) -> bool {
        !self.known && self.chars() > 4 && !self.at_pace()
    }

    /// When silence decides it.
    fn due(&self) -> u64 {
        let wait = match () {
            () if self.known => self.patience,
            () if self.is_scan() => STUMBLE,
            () if self.tapped && self.at_pace() => HOLD_SHORT,
            () => HOLD,
        };
        self.last() + wait
    }
}

impl Scans {
    /// The next press will have this number.
    pub fn next(&self) -> PressNo {
        self.next
    }

    /// When silence decides something that is held back.
    pub fn due(&self) -> Option<u64> {
        let due = |hand: &Hand| match &hand.phase {
            Phase::Burst(burst) => Some(burst.due()),
            _ => None,
        };
        self.hands.values().filter_map(due).min()
    }

    /// Whether keys are held back.
    pub fn holds(&self) -> bool {
        self.hands.values().any(|hand| matches!(hand.phase, Phase::Burst(_)))
    }

    /// A press that nobody looks at.
    pub fn skip(&mut self) -> PressNo {
        self.next += 1;
        self.next - 1
    }

    /// Nothing was pressed before `now` that was not told.
    pub fn quiet(&mut self, now: u64, out: &mut Vec<Found>) {
        for hand in self.hands.values_mut() {
            hand.quiet(now, out);
        }
    }

    /// The window has lost the keys: what is held back is no whole scan any more.
    pub fn lost(&mut self, out: &mut Vec<Found>) {
        self.quiet(u64::MAX, out);
    }

    pub fn stroke(&mut self, stroke: &Stroke, rule: &Rule, out: &mut Vec<Found>) {
        let hand = self.hands.entry(Arc::clone(&stroke.device)).or_default();
        hand.quiet(stroke.at, out);
        if stroke.pressed {
            let no = self.next;
            self.next += 1;
            hand.press(no, stroke, rule, out);
        } else if let Phase::Burst(burst) = &mut hand.phase
            && burst.last_code == stroke.code
        {
            burst.tapped = stroke.at.saturating_sub(burst.last()) <= TAP;
        }
    }
}

impl Hand {
    fn quiet(&mut self, now: u64, out: &mut Vec<Found>) {
        match &self.phase {
            Phase::Burst(burst) if burst.due() < now => {
                if burst.is_scan() {
                    self.tear(burst.last(), out);
                } else {
                    self.give_on(out);
                }
            }
            Phase::Refusing { last, .. } if now.saturating_sub(*last) > SILENCE => {
                self.phase = Phase::Still;
            }
            _ => {}
        }
    }

    fn press(&mut self, no: PressNo, stroke: &Stroke, rule: &Rule, out: &mut Vec<Found>) {
        let at = stroke.at;
        match &mut self.phase {
            Phase::Refusing { last, since } => {
                *last = at;
                out.push(Found::Scan(vec![no]));
                match stroke.meaning {
                    Meaning::Char(_) => *since += 1,
                    Meaning::End if *since >= rule.shortest.max(SURE) => {
                        *since = 0;
                        out.push(Found::Torn);
                    }
                    _ => {}
                }
            }
            Phase::Still => self.first(no, stroke, rule, out),
            Phase::Burst(burst) => match stroke.meaning {
                Meaning::Char(char) => {
                    burst.presses.push(no);
                    burst.text.push(char);
                    burst.at.push(at);
                    burst.last_code = stroke.code;
                    burst.tapped = false;
                    if burst.is_person() {
                        self.give_on(out);
                    } else if burst.chars() > LONGEST {
                        self.tear(at, out);
                    }
                }
                Meaning::End => {
                    burst.presses.push(no);
                    self.end(stroke, rule, out);
                }
                Meaning::Other if burst.is_scan() => {
                    burst.presses.push(no);
                    burst.torn = true;
                }
                Meaning::Other => {
                    burst.presses.push(no);
                    self.give_on(out);
                }
            },
        }
    }

    /// A key after silence.
    fn first(&mut self, no: PressNo, stroke: &Stroke, rule: &Rule, out: &mut Vec<Found>) {
        let device = !rule.device.is_empty() && *stroke.device == *rule.device;
        let at = stroke.at;
        match stroke.meaning {
            Meaning::Char(char) if rule.by_prefix() && !rule.prefix.starts_with(char) => {
                out.push(Found::Person(vec![no]));
            }
            Meaning::Char(char) => {
                let known = device || rule.by_prefix();
                let tail = self.given_on.is_some_and(|on| at.saturating_sub(on) <= TAIL);
                self.phase = Phase::Burst(Burst {
                    presses: vec![no],
                    text: char.to_string(),
                    at: vec![at],
                    last_code: stroke.code,
                    tapped: false,
                    torn: tail && !known,
                    known,
                    patience: if rule.clock { STUMBLE_KNOWN } else { STUMBLE_FRAMES },
                });
            }
            Meaning::End if device => out.push(Found::Scan(vec![no])),
            Meaning::End if self.ended.is_some_and(|end| at.saturating_sub(end) <= SECOND_END) => {
                self.ended = Some(at);
                out.push(Found::Scan(vec![no]));
            }
            Meaning::Other if device => out.push(Found::Scan(vec![no])),
            Meaning::End | Meaning::Other => {
                self.typed = true;
                out.push(Found::Person(vec![no]));
            }
        }
    }

    /// What stands behind a code came.
    fn end(&mut self, stroke: &Stroke, rule: &Rule, out: &mut Vec<Found>) {
        let Phase::Burst(burst) = &mut self.phase else { return };
        let scan = burst.is_scan() || (burst.chars() >= rule.shortest && burst.at_pace());
        if !scan {
            self.give_on(out);
            return;
        }
        let text = burst.text.strip_prefix(&rule.prefix).filter(|_| !burst.torn);
        let Some(text) = text.filter(|text| text.chars().count() >= rule.shortest) else {
            self.tear(stroke.at, out);
            return;
        };
        let first = burst.at.first().copied().unwrap_or(stroke.at);
        let code = Code {
            text: text.to_owned(),
            device: Arc::clone(&stroke.device),
            took: stroke.at.saturating_sub(first),
            shared: self.typed,
        };
        out.push(Found::Scan(std::mem::take(&mut burst.presses)));
        out.push(Found::Code(code));
        self.ended = Some(stroke.at);
        self.phase = Phase::Still;
    }

    fn give_on(&mut self, out: &mut Vec<Found>) {
        if let Phase::Burst(burst) = std::mem::take(&mut self.phase) {
            self.given_on = Some(burst.last());
            self.typed = true;
            out.push(Found::Person(burst.presses));
        }
    }

    fn tear(&mut self, last: u64, out: &mut Vec<Found>) {
        let refusing = Phase::Refusing { last, since: 0 };
        if let Phase::Burst(burst) = std::mem::replace(&mut self.phase, refusing) {
            out.push(Found::Scan(burst.presses));
            out.push(Found::Torn);
        }
    }
}
