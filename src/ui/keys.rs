//! From the toolkit's events to keys that act: a held key acts once, full width is half width, and what
//! a text field has the focus for is the field's.

use super::command::Pressed;
use egui::{Event, FocusDirection, Key};

/// Where these keys lead the focus, as the toolkit sees it: the last one counts.
pub fn leads_to(events: &[Event]) -> FocusDirection {
    let leads = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => match (key, modifiers.any()) {
            (Key::ArrowUp, false) => Some(FocusDirection::Up),
            (Key::ArrowRight, false) => Some(FocusDirection::Right),
            (Key::ArrowDown, false) => Some(FocusDirection::Down),
            (Key::ArrowLeft, false) => Some(FocusDirection::Left),
            (Key::Tab, false) => Some(FocusDirection::Next),
            (Key::Tab, true) if modifiers.shift_only() => Some(FocusDirection::Previous),
            (Key::Escape, false) => Some(FocusDirection::None),
            _ => None,
        },
        _ => None,
    };
    events.iter().rev().find_map(leads).unwrap_or(FocusDirection::None)
}

/// What was pressed in this frame, in order. `typing` says that a field has the focus: then only keys
/// that no field wants are given.
pub fn pressed(ctx: &egui::Context, typing: bool) -> Vec<Pressed> {
    ctx.input(|input| {
        if input.modifiers.ctrl || input.modifiers.alt || input.modifiers.command {
            return Vec::new();
        }
        from_events(&input.events, typing)
    })
}

/// The same from a list of events. A held key repeats itself: only its first press counts.
pub fn from_events(events: &[Event], typing: bool) -> Vec<Pressed> {
    let mut pressed = Vec::new();
    let mut held = false;
    for event in events {
        match event {
            Event::Key { key, pressed: true, repeat, .. } => {
                held = *repeat;
                let wanted = if typing { for_all(*key) } else { acts(*key) };
                if wanted && !held {
                    pressed.push(Pressed::Key(*key));
                }
            }
            Event::Text(text) if !typing && !held => {
                pressed.extend(text.chars().map(half_width).map(Pressed::Char));
            }
            _ => {}
        }
    }
    pressed
}

/// Keys that no field wants for itself.
fn for_all(key: Key) -> bool {
    use Key::{Escape, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12};
    matches!(key, F1 | F2 | F3 | F4 | F5 | F6 | F7 | F8 | F9 | F10 | F11 | F12 | Escape)
}

/// Keys that have a meaning of their own; the others come as characters.
fn acts(key: Key) -> bool {
    use Key::{
        ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Backspace, Delete, End, Enter, Home, PageDown,
        PageUp, Tab,
    };
    for_all(key)
        || matches!(
            key,
            Enter
                | Tab
                | Backspace
                | Delete
                | Home
                | End
                | PageUp
                | PageDown
                | ArrowUp
                | ArrowDown
                | ArrowLeft
                | ArrowRight
        )
}

/// Full-width letters, digits and signs as the half-width ones that an operator means.
pub fn half_width(char: char) -> char {
    match char {
        '！'..='～' => {
            let code = u32::from(char) - u32::from('！') + u32::from('!');
            char::from_u32(code).unwrap_or(char)
        }
        '\u{3000}' => ' ',
        '−' | 'ー' | '‐' | '–' => '-',
        '×' => '*',
        '。' => '.',
        '・' | '÷' => '/',
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;

    fn key(key: Key, repeat: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat,
            modifiers: Modifiers::default(),
        }
    }

    #[test]
    fn a_held_key_acts_once() {
        let events = [
            key(Key::Enter, false),
            key(Key::Enter, true),
            key(Key::Minus, false),
            Event::Text("-".to_owned()),
            key(Key::Minus, true),
            Event::Text("-".to_owned()),
        ];
        assert_eq!(from_events(&events, false), [Pressed::Key(Key::Enter), Pressed::Char('-')]);
    }

    #[test]
    fn full_width_is_half_width() {
        let typed = "０１９＋－＊／．？Ａａ";
        let mapped = typed.chars().map(half_width).collect::<String>();
        assert_eq!(mapped, "019+-*/.?Aa");
        assert_eq!("−ー×。".chars().map(half_width).collect::<String>(), "--*.");
    }

    #[test]
    fn a_field_keeps_what_is_typed_into_it() {
        let events = [key(Key::Enter, false), Event::Text("7".to_owned()), key(Key::F3, false)];
        assert_eq!(from_events(&events, true), [Pressed::Key(Key::F3)]);
    }
}
