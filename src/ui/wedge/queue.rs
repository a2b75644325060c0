//! A frame's events as presses, releases and what an input method made.

use super::meaning_of;
use super::scans::{Meaning, PressNo};
use egui::{Event, Key};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A key that writes.
    Text,
    /// A key after which the next one may belong elsewhere.
    Leads,
    /// A key that stays where it is.
    Moves,
    Release,
    /// From an input method.
    Composed,
    /// Shift and its like.
    Free,
}

impl Kind {
    pub fn is_press(self) -> bool {
        matches!(self, Kind::Text | Kind::Leads | Kind::Moves)
    }
}

/// One press with what it wrote, one release.
#[derive(Debug)]
pub(super) struct Item {
    pub kind: Kind,
    /// Where it is on the keyboard; `None`: the toolkit has no name for it.
    pub key: Option<Key>,
    /// The same, or else the key's letter: what is held and let go again.
    pub place: Option<Key>,
    pub events: Vec<Event>,
    /// When this is answered the system has told the key's press, if it tells it at all.
    pub fence: u64,
    pub no: Option<PressNo>,
}

impl Item {
    /// What it means to a scanner, as far as the toolkit's events say.
    pub fn meaning(&self) -> Meaning {
        for event in &self.events {
            match event {
                Event::Text(text) => return meaning_of(text),
                Event::Key { key: Key::Enter | Key::Tab, .. } => return Meaning::End,
                _ => {}
            }
        }
        Meaning::Other
    }

    /// The toolkit counts by the key's letter, which Shift changes; a key is held by its place.
    pub fn set_repeat(&mut self, repeats: bool) {
        for event in &mut self.events {
            if let Event::Key { repeat, .. } = event {
                *repeat = repeats;
            }
        }
    }
}

/// Key events as items, and all others.
pub(super) fn items(events: Vec<Event>, fence: u64) -> (Vec<Item>, Vec<Event>) {
    let (mut items, mut rest) = (Vec::<Item>::new(), Vec::new());
    let mut writes = false;
    for event in events {
        let mut place = None;
        let (kind, key) = match &event {
            Event::Key { key, physical_key, pressed, modifiers, .. } => {
                place = physical_key.or(Some(*key));
                let kind = match (*pressed, *key) {
                    (_, key) if is_modifier(key) => Kind::Free,
                    (false, _) => Kind::Release,
                    (true, key) if prints(key) && !modifiers.ctrl && !modifiers.alt => Kind::Text,
                    (true, Key::Backspace | Key::Delete) => Kind::Moves,
                    (true, Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End) => Kind::Moves,
                    (true, _) => Kind::Leads,
                };
                (kind, *physical_key)
            }
            Event::Text(_) if writes => {
                writes = false;
                if let Some(last) = items.last_mut() {
                    last.events.push(event);
                }
                continue;
            }
            Event::Text(_) => (Kind::Text, None),
            Event::Ime(_) => (Kind::Composed, None),
            _ => {
                rest.push(event);
                continue;
            }
        };
        writes = kind == Kind::Text && matches!(event, Event::Key { .. });
        items.push(Item { kind, key, place, events: vec![event], fence, no: None });
    }
    (items, rest)
}

/// What went on in this frame so far.
#[derive(Debug, Default)]
pub(super) struct Passed {
    wrote: bool,
    led: Option<Option<Key>>,
}

impl Passed {
    /// Whether this may still go on in the same frame.
    pub fn takes(&mut self, item: &Item) -> bool {
        match item.kind {
            Kind::Text | Kind::Composed => {
                self.wrote = true;
                self.led.is_none()
            }
            Kind::Moves => self.led.is_none(),
            Kind::Leads if self.wrote => false,
            Kind::Leads => match self.led {
                // A held arrow goes on.
                Some(led) => led == item.key && item.key != Some(Key::Enter),
                None => {
                    self.led = Some(item.key);
                    true
                }
            },
            Kind::Release | Kind::Free => true,
        }
    }
}

pub(super) fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
            | Key::CapsLock
            | Key::NumLock
            | Key::ScrollLock
    )
}

/// Keys that write a character: they come as a press, a text and a release.
fn prints(key: Key) -> bool {
    key.name().chars().count() == 1
        || matches!(
            key,
            Key::Space
                | Key::Colon
                | Key::Comma
                | Key::Minus
                | Key::Period
                | Key::Plus
                | Key::Equals
                | Key::Semicolon
                | Key::OpenBracket
                | Key::CloseBracket
                | Key::OpenCurlyBracket
                | Key::CloseCurlyBracket
                | Key::Backtick
                | Key::Backslash
                | Key::IntlBackslash
                | Key::Slash
                | Key::Pipe
                | Key::Questionmark
                | Key::Exclamationmark
                | Key::Quote
        )
}
