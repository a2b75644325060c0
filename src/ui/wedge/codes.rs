//! Key codes of an X server as places of the toolkit.

use egui::Key;

/// X key codes are those of Linux's input events and eight more.
/// Source: `linux/input-event-codes.h`; the toolkit's own table is `key_from_key_code` of egui-winit 0.37.
const FIRST: u8 = 8;

/// The place of a key code as the toolkit names it in a key event's `physical_key`. `None`: it has no
/// name for it, and the key comes as a text alone or not at all.
pub fn key(code: u8) -> Option<Key> {
    use Key::*;
    Some(match code.checked_sub(FIRST)? {
        1 => Escape,
        code @ 2..=11 => {
            const DIGITS: [Key; 10] = [Num1, Num2, Num3, Num4, Num5, Num6, Num7, Num8, Num9, Num0];
            return DIGITS.get(usize::from(code - 2)).copied();
        }
        12 | 74 => Minus,
        13 => Equals,
        14 => Backspace,
        15 => Tab,
        code @ 16..=25 => {
            const ROW: [Key; 10] = [Q, W, E, R, T, Y, U, I, O, P];
            return ROW.get(usize::from(code - 16)).copied();
        }
        26 => OpenBracket,
        27 => CloseBracket,
        28 | 96 => Enter,
        29 => ControlLeft,
        code @ 30..=38 => {
            const ROW: [Key; 9] = [A, S, D, F, G, H, J, K, L];
            return ROW.get(usize::from(code - 30)).copied();
        }
        39 => Semicolon,
        40 => Quote,
        41 => Backtick,
        42 => ShiftLeft,
        43 => Backslash,
        code @ 44..=50 => {
            const ROW: [Key; 7] = [Z, X, C, V, B, N, M];
            return ROW.get(usize::from(code - 44)).copied();
        }
        51 => Comma,
        52 => Period,
        53 | 98 => Slash,
        54 => ShiftRight,
        56 => AltLeft,
        57 => Space,
        58 => CapsLock,
        code @ 59..=68 => {
            const ROW: [Key; 10] = [F1, F2, F3, F4, F5, F6, F7, F8, F9, F10];
            return ROW.get(usize::from(code - 59)).copied();
        }
        69 => NumLock,
        70 => ScrollLock,
        code @ (71..=73 | 75..=77 | 79..=82) => {
            const PAD: [Key; 12] =
                [Num7, Num8, Num9, Minus, Num4, Num5, Num6, Plus, Num1, Num2, Num3, Num0];
            return PAD.get(usize::from(code - 71)).copied();
        }
        78 => Plus,
        86 => IntlBackslash,
        87 => F11,
        88 => F12,
        97 => ControlRight,
        100 => AltRight,
        102 => Home,
        103 => ArrowUp,
        104 => PageUp,
        105 => ArrowLeft,
        106 => ArrowRight,
        107 => End,
        108 => ArrowDown,
        109 => PageDown,
        110 => Insert,
        111 => Delete,
        119 => Pause,
        125 => SuperLeft,
        126 => SuperRight,
        127 => Menu,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_keys_that_they_are() {
        // As `xmodmap -pk` prints them on an X server.
        let known = [
            (9, Escape),
            (10, Num1),
            (19, Num0),
            (24, Q),
            (33, P),
            (36, Enter),
            (38, A),
            (46, L),
            (50, ShiftLeft),
            (52, Z),
            (58, M),
            (65, Space),
            (67, F1),
            (76, F10),
            (79, Num7),
            (82, Minus),
            (84, Num5),
            (86, Plus),
            (87, Num1),
            (89, Num3),
            (90, Num0),
            (95, F11),
            (96, F12),
            (104, Enter),
            (106, Slash),
            (111, ArrowUp),
            (119, Delete),
        ];
        use Key::*;
        for (code, wanted) in known {
            assert_eq!(key(code), Some(wanted), "{code}");
        }
        // The ten-key pad's * and . have no name there.
        assert_eq!((key(63), key(91), key(0)), (None, None, None));
    }
}
