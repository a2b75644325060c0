//! Keyboards, the system's clock and a window's frames, played against each other.

use super::scans::{Meaning, Stroke};
use super::{About, Typed, Wedge, codes};
use crate::ui::command::Pressed;
use crate::ui::keys;
use crate::ui::settings::WedgeSource;
use egui::{Event, Key, Modifiers};
use proptest::prelude::*;
use std::sync::Arc;

/// US keyboard: code, Shift and what it writes.
fn key_of(char: char) -> (u8, bool) {
    const ROWS: [(u8, &str, &str); 4] = [
        (10, "1234567890-=", "!@#$%^&*()_+"),
        (24, "qwertyuiop[]", "QWERTYUIOP{}"),
        (38, "asdfghjkl;'`", "ASDFGHJKL:\"~"),
        (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    ];
    if char == ' ' {
        return (65, false);
    }
    let find = |(first, plain, shifted): &(u8, &str, &str)| {
        let at = |row: &str| row.find(char).map(|at| first + u8::try_from(at).unwrap());
        at(plain).map(|code| (code, false)).or(at(shifted).map(|code| (code, true)))
    };
    ROWS.iter().find_map(find).unwrap()
}

const SHIFT: u8 = 50;
const ENTER: u8 = 36;
const TAB: u8 = 23;

/// A key that moves, at a time in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Move {
    at: u64,
    code: u8,
    /// What it writes with the Shift of the moment.
    writes: Option<char>,
    pressed: bool,
}

/// Hands on one keyboard.
#[derive(Debug, Default)]
struct Hands {
    moves: Vec<Move>,
    now: u64,
}

impl Hands {
    fn wait(&mut self, ms: u64) -> &mut Hands {
        self.now += ms;
        self
    }

    fn put(&mut self, code: u8, writes: Option<char>, pressed: bool) {
        self.moves.push(Move { at: self.now, code, writes, pressed });
    }

    /// A key: down, and up after `dwell`; a pause of `pace` from one press to the next.
    fn tap(&mut self, char: char, dwell: u64, pace: u64, late_shift: bool) {
        let (code, shift) = match char {
            '\n' => (ENTER, false),
            '\t' => (TAB, false),
            char => key_of(char),
        };
        let writes = (!char.is_control()).then_some(char);
        if shift {
            self.put(SHIFT, None, true);
        }
        self.put(code, writes, true);
        self.now += dwell;
        // As people and some scanners do: Shift goes before the key it was for.
        if shift && !late_shift {
            self.put(SHIFT, None, false);
        }
        self.put(code, writes, false);
        if shift && late_shift {
            self.put(SHIFT, None, false);
        }
        self.now += pace.saturating_sub(dwell);
    }

    fn scan(&mut self, text: &str, pace: u64, late_shift: bool) {
        for char in text.chars() {
            self.tap(char, pace / 2, pace, late_shift);
        }
    }

    fn types(&mut self, text: &str, pace: u64) {
        for char in text.chars() {
            self.tap(char, 40.min(pace), pace, true);
        }
    }
}

fn event(step: &Move, shift: bool) -> Vec<Event> {
    let logical = |char: char| match char {
        '?' => Some(Key::Questionmark),
        ':' => Some(Key::Colon),
        char => Key::from_name(&char.to_uppercase().to_string()),
    };
    let physical_key = codes::key(step.code);
    let key = step.writes.and_then(logical).filter(|_| step.pressed).or(physical_key).unwrap();
    let modifiers = if shift { Modifiers::SHIFT } else { Modifiers::NONE };
    let mut events =
        vec![Event::Key { key, physical_key, pressed: step.pressed, repeat: false, modifiers }];
    if let Some(char) = step.writes.filter(|_| step.pressed) {
        events.push(Event::Text(char.to_string()));
    }
    events
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Came {
    codes: Vec<String>,
    torn: usize,
    pressed: Vec<Pressed>,
}

impl Came {
    fn keys(&self) -> String {
        let char = |pressed: &Pressed| match pressed {
            Pressed::Char(char) => *char,
            Pressed::Key(Key::Enter) => '\n',
            Pressed::Key(Key::Tab) => '\t',
            Pressed::Key(_) => '?',
        };
        self.pressed.iter().map(char).collect()
    }
}

/// Plays the hands before a window whose frames take these milliseconds in turn. `lag`: how much later
/// than the window the second connection hears; `None`: there is none.
fn play(hands: &Hands, frames: &[u64], lag: Option<u64>, source: &WedgeSource) -> Came {
    let mut wedge = Wedge::default();
    let mut came = Came::default();
    let (mut now, mut before, mut shown, mut told) = (0, 0, 0, 0);
    let mut asked = None;
    let end = hands.now + 3_000;
    let mut shift = false;
    for frame in frames.iter().cycle() {
        before = now.max(before);
        now += (*frame).max(1);
        let stroke = |step: &Move| Stroke {
            at: step.at,
            device: Arc::from("keyboard"),
            code: step.code,
            meaning: match (step.writes, step.code) {
                (Some(char), _) => Meaning::Char(char),
                (None, ENTER | TAB) => Meaning::End,
                _ => Meaning::Other,
            },
            pressed: step.pressed,
        };
        if let Some(lag) = lag {
            // What was asked in the frame before is answered after all that came until then.
            let until = asked.map_or(0, |(_, at)| at).max(now.saturating_sub(lag));
            while let Some(step) = hands.moves.get(told).filter(|step| step.at <= until) {
                if step.code != SHIFT {
                    wedge.hear(Typed::Stroke(stroke(step)));
                }
                told += 1;
            }
            if let Some((no, at)) = asked.take() {
                wedge.hear(Typed::Fence { no, now: at });
            }
        }
        let mut events = Vec::new();
        while let Some(step) = hands.moves.get(shown).filter(|step| step.at <= now) {
            if step.code == SHIFT {
                shift = step.pressed;
            }
            events.extend(event(step, shift));
            shown += 1;
        }
        let about = About {
            now: now as f64 / 1000.0,
            cost: *frame as f64 / 1000.0,
            hears: lag.is_some(),
            source,
            whole: &|text| text.len() >= 10,
        };
        let out = wedge.filter(events, &about);
        came.pressed.extend(keys::from_events(&out.events, false));
        came.codes.extend(out.codes.into_iter().map(|code| code.text));
        came.torn += out.torn;
        asked = out.fence.map(|no| (no, now));
        if now > end {
            break;
        }
    }
    came
}

fn source() -> WedgeSource {
    WedgeSource::default()
}

/// What the trial found torn in pieces, each piece acting as a key.
#[test]
fn capitals_signs_and_addresses_are_whole() {
    let texts = [
        "A0B1C2D3E4F5",
        "K-N-8855221144",
        "A5B1C2D3E4F5",
        "A12B3456789C",
        "AB12CD34EF56",
        "https://ex.jp/v?n=A2130346355",
        "A3205899455A",
        "a3205899455a",
        "A7400297559",
        "123456789012",
        "1155000099",
    ];
    for text in texts {
        for pace in [2, 5, 12, 30] {
            for frame in [5, 16, 100, 500] {
                for late_shift in [false, true] {
                    let mut hands = Hands::default();
                    hands.wait(700).scan(&format!("{text}\n"), pace, late_shift);
                    let came = play(&hands, &[frame], Some(0), &source());
                    let wanted = Came { codes: vec![text.to_owned()], ..Came::default() };
                    assert_eq!(came, wanted, "{text} {pace} {frame} {late_shift}");
                }
            }
        }
    }
}

#[test]
fn a_scan_without_its_end_is_told_once_and_its_tail_is_nobodys() {
    let mut hands = Hands::default();
    hands.wait(700).scan("A740029", 5, true);
    hands.wait(300).scan("7559\n", 5, true);
    let came = play(&hands, &[16], Some(0), &source());
    assert_eq!((came.codes.len(), came.keys().as_str()), (0, ""));
    assert!((1..=2).contains(&came.torn), "{came:?}");
}

/// The first character came alone, and a finger may have pressed it: what follows is no code.
#[test]
fn what_follows_a_given_on_key_closely_is_no_code() {
    let mut hands = Hands::default();
    hands.wait(700).types("4", 180);
    hands.scan("00297559123\n", 5, true);
    let came = play(&hands, &[16], Some(0), &source());
    assert_eq!((came.codes.len(), came.keys().as_str(), came.torn), (0, "4", 1));
}

#[test]
fn two_line_ends_are_one() {
    for end in ["\n", "\t", "\n\n", "\t\n"] {
        let mut hands = Hands::default();
        hands.wait(700).scan(&format!("A7400297559{end}"), 12, true);
        hands.wait(100).scan(&format!("B123456789{end}"), 12, true);
        let came = play(&hands, &[16], Some(0), &source());
        assert_eq!(came.codes, ["A7400297559", "B123456789"], "{end:?}");
        assert_eq!((came.keys().as_str(), came.torn), ("", 0), "{end:?}");
    }
}

#[test]
fn a_person_who_confirms_and_then_scans_does_both_in_order() {
    for frame in [16, 500] {
        let mut hands = Hands::default();
        hands.wait(700).types("\n", 150);
        hands.scan("A7400297559\n", 8, false);
        let came = play(&hands, &[frame], Some(0), &source());
        assert_eq!((came.codes.len(), came.keys().as_str()), (1, "\n"), "{frame}");
    }
}

/// egui counts a key as held by its letter: Shift let go first leaves `?` down for ever.
#[test]
fn a_question_mark_works_every_time() {
    for lag in [None, Some(0)] {
        let mut hands = Hands::default();
        hands.wait(700);
        for _ in 0..3 {
            hands.tap('?', 60, 400, false);
        }
        assert_eq!(play(&hands, &[16], lag, &source()).keys(), "???", "{lag:?}");
    }
}

#[test]
fn a_held_key_comes_out_as_one_press() {
    let mut wedge = Wedge::default();
    let source = source();
    let mut pressed = Vec::new();
    let step = Move { at: 0, code: 19, writes: Some('0'), pressed: true };
    for frame in 0..60 {
        let now = f64::from(frame) * 0.033;
        if frame == 1 {
            wedge.hear(Typed::Stroke(Stroke {
                at: 33,
                device: Arc::from("keyboard"),
                code: 19,
                meaning: Meaning::Char('0'),
                pressed: true,
            }));
        }
        let whole = |_: &str| false;
        let about = About { now, cost: 0.001, hears: true, source: &source, whole: &whole };
        let events = if frame > 0 { event(&step, false) } else { Vec::new() };
        let out = wedge.filter(events, &about);
        if let Some(no) = out.fence {
            wedge.hear(Typed::Fence { no, now: (now * 1000.0) as u64 });
        }
        pressed.extend(keys::from_events(&out.events, false));
    }
    assert_eq!(pressed, [Pressed::Char('0')]);
}

/// A path and Enter at once: the last letter is in the field before the field is left.
#[test]
fn a_key_that_leads_on_has_a_frame_of_its_own() {
    let mut hands = Hands::default();
    hands.wait(700).types("/tmp/x\n07", 60);
    let mut wedge = Wedge::default();
    let source = source();
    let mut frames = Vec::new();
    let mut events = hands.moves.iter().flat_map(|step| event(step, false)).collect::<Vec<_>>();
    for frame in 0..40 {
        let whole = |_: &str| false;
        let now = 1.0 + f64::from(frame) * 0.5;
        let about = About { now, cost: 0.5, hears: false, source: &source, whole: &whole };
        let out = wedge.filter(std::mem::take(&mut events), &about);
        let came =
            Came { pressed: keys::from_events(&out.events, false), ..Came::default() }.keys();
        if !came.is_empty() {
            frames.push(came);
        }
    }
    assert_eq!(frames.concat(), "/tmp/x\n07");
    assert!(frames.iter().all(|frame| frame.len() == 1 || !frame.contains('\n')), "{frames:?}");
}

#[test]
fn without_times_only_a_prefix_or_a_whole_number_counts() {
    let mut by_prefix = source();
    by_prefix.prefix = "~".to_owned();
    for frame in [5, 100, 500] {
        let mut hands = Hands::default();
        hands.wait(700).scan("~A740\n", 12, false);
        hands.wait(2_000).types("740029\n", 70);
        let mut source = by_prefix.clone();
        source.shortest = 3;
        let came = play(&hands, &[frame], None, &source);
        assert_eq!((came.codes.len(), came.keys().as_str()), (1, "740029\n"), "{frame}");
    }
    let mut hands = Hands::default();
    hands.wait(700).scan("A7400297559\n", 5, false);
    hands.wait(2_000).scan("A740029\n", 5, false);
    let came = play(&hands, &[16], None, &source());
    assert_eq!((came.codes.len(), came.torn, came.keys().as_str()), (1, 1, ""));
}

#[test]
fn a_known_scanner_never_types() {
    let mut known = source();
    known.device = "keyboard".to_owned();
    let mut hands = Hands::default();
    // So slow that it could be a person.
    hands.wait(700).scan("A7400297559\n", 120, false);
    hands.wait(2_000).scan("0", 5, false);
    let came = play(&hands, &[16], Some(0), &known);
    assert_eq!((came.codes.len(), came.torn, came.keys().as_str()), (1, 1, ""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn wedge_scans_are_whole_or_nothing(
        texts in proptest::collection::vec("[A-Za-z0-9 $%*+./:-]{6,24}", 1..4),
        pace in 2_u64..=30,
        late_shift: bool,
        frames in proptest::collection::vec(5_u64..=500, 1..20),
        lag in 0_u64..=12,
        gap in 100_u64..400,
    ) {
        let mut hands = Hands::default();
        hands.wait(700);
        for text in &texts {
            hands.scan(&format!("{text}\n"), pace, late_shift);
            hands.wait(gap);
        }
        let came = play(&hands, &frames, Some(lag), &source());
        prop_assert_eq!(came, Came { codes: texts, ..Came::default() });
    }

    #[test]
    fn wedge_never_takes_a_person_for_a_scanner(
        text in "[A-Za-z0-9 ./:-]{1,16}",
        pace in 60_u64..=400,
        frames in proptest::collection::vec(5_u64..=500, 1..20),
        lag in 0_u64..=12,
    ) {
        let mut hands = Hands::default();
        hands.wait(700).types(&format!("{text}\n"), pace);
        let came = play(&hands, &frames, Some(lag), &source());
        prop_assert_eq!((came.codes.len(), came.torn), (0, 0));
        prop_assert_eq!(came.keys(), format!("{text}\n"));
    }

    /// Pauses anywhere in a scan: whatever becomes of it, no other code, and no key unless the first
    /// ones came alone.
    #[test]
    fn wedge_a_stumbling_scan_is_never_another(
        text in "[A-Z0-9]{10,14}",
        at in 0_usize..14,
        pause in 0_u64..1_100,
        pace in 2_u64..=30,
        frames in proptest::collection::vec(5_u64..=500, 1..20),
    ) {
        let mut hands = Hands::default();
        hands.wait(700);
        let (head, tail) = text.split_at(at.min(text.len()));
        hands.scan(head, pace, false);
        hands.wait(pause);
        hands.scan(&format!("{tail}\n"), pace, false);
        let came = play(&hands, &frames, Some(3), &source());
        prop_assert!(came.codes.iter().all(|code| *code == text), "{:?}", came);
        prop_assert!(came.pressed.is_empty() || head.len() < 3 && pause > 200, "{:?}", came);
        if pause <= 100 && head.len() > 2 {
            prop_assert_eq!(came.codes.len(), 1);
        }
    }
}
