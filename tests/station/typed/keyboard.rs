//! A keyboard at an X server: which key makes which character, and strokes at times that the server itself
//! keeps, by its extension XTEST. What came of them is heard as the server dates it.

use std::collections::BTreeMap;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xinput::{ConnectionExt as _, EventMask, XIEventMask};
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, InputFocus, Window};
use x11rb::protocol::xproto::{KEY_PRESS_EVENT, KEY_RELEASE_EVENT};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// All master devices: with the slaves each key would be heard twice.
const MASTERS: u16 = 1;

/// Keys that make no character, by their names in X11's keysymdef.h.
pub mod sym {
    pub const RETURN: u32 = 0xff0d;
    pub const KP_ENTER: u32 = 0xff8d;
    pub const TAB: u32 = 0xff09;
    pub const LINEFEED: u32 = 0xff0a;
    pub const ESCAPE: u32 = 0xff1b;
    pub const BACKSPACE: u32 = 0xff08;
    pub const SHIFT: u32 = 0xffe1;
    pub const CONTROL: u32 = 0xffe3;
    pub const CAPS: u32 = 0xffe5;
    pub const NUM: u32 = 0xff7f;
    pub const F1: u32 = 0xffbe;
    pub const KP_0: u32 = 0xffb0;
}

/// One key goes down or up, so many milliseconds after the stroke before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    pub wait: u32,
    pub code: u8,
    pub down: bool,
}

/// A stroke as the server dated it, milliseconds of its own clock.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    pub at: u32,
    pub code: u8,
    pub down: bool,
}

/// How a character is typed, and what a key types.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Code of the key, and whether Shift is held.
    chars: BTreeMap<char, (u8, bool)>,
    /// The keypad's digits.
    pad: BTreeMap<char, u8>,
    syms: BTreeMap<u32, u8>,
    /// Plain and with Shift.
    keys: BTreeMap<u8, (u32, u32)>,
}

/// What is locked while a key goes down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    pub caps: bool,
    pub num: bool,
}

impl Layout {
    pub fn key(&self, char: char) -> Option<(u8, bool)> {
        self.chars.get(&char).copied()
    }

    pub fn pad(&self, digit: char) -> Option<u8> {
        self.pad.get(&digit).copied()
    }

    pub fn sym(&self, sym: u32) -> Option<u8> {
        self.syms.get(&sym).copied()
    }

    /// What this key types.
    fn typed(&self, code: u8, shift: bool, locks: Locks) -> Option<char> {
        let (plain, shifted) = self.keys.get(&code).copied()?;
        if (sym::KP_0..sym::KP_0 + 10).contains(&shifted) {
            // NumLock and Shift turn each other off.
            return (shift != locks.num)
                .then(|| char::from_digit(shifted - sym::KP_0, 10))
                .flatten();
        }
        let char = char_of(if shift { shifted } else { plain })?;
        let turned = locks.caps && char.is_ascii_alphabetic();
        let other = |char: char| {
            if shift { char.to_ascii_lowercase() } else { char.to_ascii_uppercase() }
        };
        Some(if turned { other(char) } else { char })
    }

    /// The characters that these strokes type.
    pub fn text(&self, strokes: &[Stroke], locks: Locks) -> String {
        let (shift, control) = (self.sym(sym::SHIFT), self.sym(sym::CONTROL));
        let (mut shifted, mut controlled) = (false, false);
        let mut text = String::new();
        for stroke in strokes {
            if Some(stroke.code) == shift {
                shifted = stroke.down;
            } else if Some(stroke.code) == control {
                controlled = stroke.down;
            } else if stroke.down && !controlled {
                text.extend(self.typed(stroke.code, shifted, locks));
            }
        }
        text
    }

    /// What stands on a key, for a story.
    pub fn name(&self, code: u8) -> String {
        let (plain, shifted) = self.keys.get(&code).copied().unwrap_or_default();
        let pad = shifted.wrapping_sub(sym::KP_0);
        match (char_of(plain), pad) {
            (_, 0..10) => format!("KP_{pad}"),
            (Some(char), _) => char.to_string(),
            (None, _) => match plain {
                sym::SHIFT => "Shift".to_owned(),
                sym::RETURN => "Return".to_owned(),
                sym::KP_ENTER => "KP_Enter".to_owned(),
                sym::TAB => "Tab".to_owned(),
                sym::CONTROL => "Ctrl".to_owned(),
                sym => format!("{sym:#x}"),
            },
        }
    }
}

fn char_of(sym: u32) -> Option<char> {
    char::from_u32(sym).filter(|char| (' '..='~').contains(char))
}

pub struct Keyboard {
    conn: RustConnection,
    root: Window,
}

impl Keyboard {
    pub fn new(display: &str) -> Keyboard {
        let (conn, screen) = RustConnection::connect(Some(display)).unwrap();
        let root = conn.setup().roots[screen].root;
        conn.xinput_xi_query_version(2, 2).unwrap().reply().unwrap();
        let mask = vec![XIEventMask::RAW_KEY_PRESS | XIEventMask::RAW_KEY_RELEASE];
        let mask = EventMask { deviceid: MASTERS, mask };
        conn.xinput_xi_select_events(root, &[mask]).unwrap().check().unwrap();
        Keyboard { conn, root }
    }

    /// The server's layout as it is now.
    pub fn layout(&self) -> Layout {
        let (first, last) = (self.conn.setup().min_keycode, self.conn.setup().max_keycode);
        let mapping = self.conn.get_keyboard_mapping(first, last - first + 1).unwrap();
        let mapping = mapping.reply().unwrap();
        let each = usize::from(mapping.keysyms_per_keycode);
        let mut layout = Layout::default();
        for (code, syms) in (first..=last).zip(mapping.keysyms.chunks(each)) {
            let plain = syms.first().copied().unwrap_or(0);
            let shifted = syms.get(1).copied().unwrap_or(0);
            layout.keys.insert(code, (plain, shifted));
            layout.syms.entry(plain).or_insert(code);
            if (sym::KP_0..sym::KP_0 + 10).contains(&shifted) {
                let digit = char::from_digit(shifted - sym::KP_0, 10);
                layout.pad.extend(digit.map(|digit| (digit, code)));
                continue;
            }
            for (sym, shift) in [(plain, false), (shifted, true)] {
                if let Some(char) = char_of(sym) {
                    layout.chars.entry(char).or_insert((code, shift));
                }
            }
        }
        layout
    }

    /// Types, and waits until the server has done the last stroke.
    pub fn play(&self, strokes: &[Stroke]) -> Vec<Heard> {
        while self.conn.poll_for_event().unwrap().is_some() {}
        for stroke in strokes {
            let kind = if stroke.down { KEY_PRESS_EVENT } else { KEY_RELEASE_EVENT };
            let Stroke { wait, code, .. } = *stroke;
            let sent = self.conn.xtest_fake_input(kind, code, wait, x11rb::NONE, 0, 0, 0);
            sent.unwrap().ignore_error();
        }
        // The server does a client's requests in order.
        self.conn.get_input_focus().unwrap().reply().unwrap();
        let mut heard = Vec::new();
        while let Some(event) = self.conn.poll_for_event().unwrap() {
            let (raw, down) = match event {
                Event::XinputRawKeyPress(raw) => (raw, true),
                Event::XinputRawKeyRelease(raw) => (raw, false),
                _ => continue,
            };
            heard.push(Heard { at: raw.time, code: u8::try_from(raw.detail).unwrap(), down });
        }
        heard
    }

    /// A window whose title has this word.
    pub fn window(&self, word: &str) -> Option<Window> {
        let name = self.conn.intern_atom(false, b"_NET_WM_NAME").unwrap().reply().unwrap().atom;
        let all = self.conn.query_tree(self.root).unwrap().reply().unwrap().children;
        all.into_iter().rev().find(|window| {
            let asked = self.conn.get_property(false, *window, name, AtomEnum::ANY, 0, 256);
            let title = asked.unwrap().reply().map(|it| it.value).unwrap_or_default();
            String::from_utf8_lossy(&title).contains(word)
        })
    }

    /// Some input method offers itself to windows (XIM).
    pub fn has_input_method(&self) -> bool {
        let servers = self.conn.intern_atom(false, b"XIM_SERVERS").unwrap().reply().unwrap().atom;
        let asked = self.conn.get_property(false, self.root, servers, AtomEnum::ANY, 0, 16);
        asked.unwrap().reply().is_ok_and(|it| !it.value.is_empty())
    }

    /// No window manager gives the focus here. False: the window isn't on the screen yet.
    pub fn focus(&self, window: Window) -> bool {
        let sent = self.conn.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME);
        sent.unwrap().check().is_ok()
    }
}

/// The median and the longest time between two keys that go down, milliseconds.
pub fn pauses(heard: &[Heard]) -> (u32, u32) {
    let downs = heard.iter().filter(|it| it.down).map(|it| it.at).collect::<Vec<_>>();
    let mut pauses = downs.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect::<Vec<_>>();
    pauses.sort_unstable();
    let median = pauses.get(pauses.len() / 2).copied().unwrap_or(0);
    (median, pauses.last().copied().unwrap_or(0))
}
