//! What a key means to a scanner: the character of its place and its own Shift. Caps Lock and Num Lock
//! are the computer's affair and not the scanner's.

use super::Meaning;

/// For which keyboard a scanner sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// The computer's own.
    #[default]
    Computer,
    Us,
    Jp,
}

impl Layout {
    /// The way back from `layout as u8`.
    pub(super) fn of(number: u8) -> Layout {
        [Layout::Computer, Layout::Us, Layout::Jp]
            .into_iter()
            .find(|layout| *layout as u8 == number)
            .unwrap_or_default()
    }
}

/// The computer's keyboard: keysyms of each key code, group and Shift.
#[derive(Clone, Debug, Default)]
pub struct Map {
    pub first: u8,
    /// Keysyms of one key code.
    pub each: usize,
    pub keysyms: Vec<u32>,
}

impl Map {
    /// The keysym of a key; a group that the key has not is its first.
    fn keysym(&self, code: u8, group: usize, shift: bool) -> u32 {
        let of = |column: usize| {
            let row = usize::from(code.checked_sub(self.first)?) * self.each;
            (column < self.each).then(|| self.keysyms.get(row + column).copied())?
        };
        let at = |group: usize, shift: bool| of(2 * group + usize::from(shift)).unwrap_or(0);
        match (at(group, shift), at(group, false)) {
            (0, 0) if group > 0 => self.keysym(code, 0, shift),
            // A key with one keysym has it with Shift, too; a letter its capital.
            (0, alone @ 0x61..=0x7a) => alone - 0x20,
            (0, alone) => alone,
            (keysym, _) => keysym,
        }
    }
}

/// `XK_Linefeed`, see `X11/keysymdef.h`.
const LINEFEED: u32 = 0xff0a;

/// Keys of the ten-key pad and the ends of a line, whatever the layout: Return, Tab, Enter.
fn fixed(code: u8) -> Option<Meaning> {
    const PAD: [char; 13] = ['7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.'];
    Some(match code {
        23 | 36 | 104 => Meaning::End,
        63 => Meaning::Char('*'),
        106 => Meaning::Char('/'),
        65 => Meaning::Char(' '),
        79..=91 => Meaning::Char(PAD.get(usize::from(code - 79)).copied()?),
        _ => return None,
    })
}

/// The rows of a keyboard from the digits down: the first key code, then what its keys write.
type Rows = [(u8, &'static str, &'static str); 6];

/// ISO/IEC 9995-3 US keyboard.
const US: Rows = [
    (10, "1234567890-=", "!@#$%^&*()_+"),
    (24, "qwertyuiop[]", "QWERTYUIOP{}"),
    (38, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
    (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (94, "<", ">"),
    (97, "", ""),
];

/// JIS X 6002.
const JP: Rows = [
    (10, "1234567890-^", "!\"#$%&'()~=~"),
    (24, "qwertyuiop@[", "QWERTYUIOP`{"),
    (38, "asdfghjkl;:", "ASDFGHJKL+*"),
    (51, "]zxcvbnm,./", "}ZXCVBNM<>?"),
    (97, "\\", "_"),
    (132, "\\", "|"),
];

fn of_rows(rows: &Rows, code: u8, shift: bool) -> Option<char> {
    rows.iter().find_map(|(first, plain, shifted)| {
        let row = if shift { shifted } else { plain };
        let at = usize::from(code.checked_sub(*first)?);
        row.as_bytes().get(at).copied().map(char::from)
    })
}

/// What a key means with these of its keyboard's own keys down.
pub fn meaning(
    code: u8,
    shift: bool,
    ctrl: bool,
    layout: Layout,
    map: &Map,
    group: usize,
) -> Meaning {
    if let Some(fixed) = fixed(code)
        && !ctrl
    {
        return fixed;
    }
    let char = match layout {
        Layout::Us => of_rows(&US, code, shift),
        Layout::Jp => of_rows(&JP, code, shift),
        Layout::Computer => match map.keysym(code, group, shift) {
            LINEFEED => return Meaning::End,
            keysym @ 0x20..=0x7e => u8::try_from(keysym).ok().map(char::from),
            _ => None,
        },
    };
    match (char, ctrl) {
        (Some(char), false) => Meaning::Char(char),
        // Line feed, return and tab as control keys; the separator of GS1.
        (Some('j' | 'J' | 'm' | 'M' | 'i' | 'I'), true) => Meaning::End,
        (Some(']' | '}'), true) => Meaning::Char('\u{1d}'),
        _ => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(layout: Layout, keys: &[(u8, bool)]) -> String {
        let char = |(code, shift): &(u8, bool)| match meaning(
            *code,
            *shift,
            false,
            layout,
            &Map::default(),
            0,
        ) {
            Meaning::Char(char) => char,
            Meaning::End => '⏎',
            Meaning::Other => '?',
        };
        keys.iter().map(char).collect()
    }

    #[test]
    fn a_scanner_set_to_us_is_right_on_any_computer() {
        // A - + : / $ % . space and the pad's digits, as HID usage tables place them.
        let keys = [
            (38, true),
            (20, false),
            (21, true),
            (47, true),
            (61, false),
            (13, true),
            (14, true),
            (60, false),
            (65, false),
            (87, false),
            (90, true),
            (36, false),
        ];
        assert_eq!(typed(Layout::Us, &keys), "A-+:/$%. 10⏎");
        assert_eq!(typed(Layout::Jp, &keys), "A-~+/$%. 10⏎");
    }

    #[test]
    fn the_computers_own_map_is_read_by_group_and_shift() {
        // Two groups: Latin a A and, without capitals, a sign that is no code's.
        let map = Map { first: 38, each: 4, keysyms: vec![0x61, 0x41, 0x4b1, 0, 0x73, 0, 0, 0] };
        let of = |code, group, shift| meaning(code, shift, false, Layout::Computer, &map, group);
        assert_eq!(of(38, 0, false), Meaning::Char('a'));
        assert_eq!(of(38, 0, true), Meaning::Char('A'));
        assert_eq!(of(38, 1, false), Meaning::Other);
        assert_eq!(of(39, 1, true), Meaning::Char('S'));
        assert_eq!(of(200, 0, false), Meaning::Other);
    }

    #[test]
    fn control_keys_end_a_line() {
        let of = |code| meaning(code, false, true, Layout::Us, &Map::default(), 0);
        assert_eq!((of(44), of(58), of(35)), (Meaning::End, Meaning::End, Meaning::Char('\u{1d}')));
        assert_eq!(of(38), Meaning::Other);
    }
}
