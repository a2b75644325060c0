//! A keyboard scanner told apart from a person by timing, anywhere in the window. What may be a scan
//! is held back for some milliseconds: then it is a code and no field has seen it, or it is given on.

use super::settings::WedgeSource;
use egui::{Event, Key};

/// Nothing that is scanned is longer.
const LONGEST: usize = 256;

/// No frame takes longer, seconds.
const SLOWEST_FRAME: f64 = 0.4;

#[derive(Debug, Default)]
pub struct Wedge {
    held: Vec<Event>,
    text: String,
    /// When the first and the last of the characters came that are held back, seconds.
    first: f64,
    last: f64,
    /// The key that is down repeats itself: what it types is no scan.
    repeating: bool,
    /// When `*` came last: the ten-key pad's has no key of its own in the toolkit, so nothing else tells
    /// that it is held.
    star: f64,
}

/// What a frame's events came to.
#[derive(Debug, Default)]
pub struct Filtered {
    /// For the window, in order.
    pub events: Vec<Event>,
    pub codes: Vec<String>,
    /// A scan that broke off, or that held what no code holds.
    pub garbage: bool,
    /// Look again after so many seconds, for what is held back would be given on then.
    pub again_in: Option<f64>,
}

impl Wedge {
    /// Sorts one frame's events. `now` is the frame's time in seconds; the toolkit gives events no time
    /// of their own, so all of a frame came at once.
    pub fn filter(&mut self, events: Vec<Event>, now: f64, source: &WedgeSource) -> Filtered {
        let mut out = Filtered::default();
        if !source.on {
            out.events = std::mem::take(&mut self.held);
            out.events.extend(events);
            self.text.clear();
            return out;
        }
        let gap = f64::from(source.gap_ms) / 1000.0;
        // A frame is drawn soon after each held character, see `again_in`. Where none was and characters
        // come, the frame before was slow: they may have come close together all the same.
        let silent = !events.iter().any(|event| matches!(event, Event::Text(_)));
        let pause = now - self.last;
        if pause > gap && silent || pause > SLOWEST_FRAME {
            self.let_go(&mut out, source);
        }
        for event in events {
            if let Event::Key { pressed: true, repeat, .. } = &event {
                self.repeating = *repeat;
            }
            match &event {
                Event::Text(_) if self.repeating => out.events.push(event),
                Event::Text(text) if text == "*" && self.is_held_star(now) => {}
                Event::Text(text) if is_code(text) => {
                    if self.text.is_empty() {
                        self.first = now;
                    }
                    self.text.push_str(text);
                    self.held.push(event);
                    self.last = now;
                    // However slow the frames are: over several of them a person's pace shows.
                    if self.is_person(gap) {
                        self.give_on(&mut out);
                    }
                    if self.text.len() > LONGEST {
                        self.give_on(&mut out);
                    }
                }
                Event::Key { key: Key::Enter | Key::Tab, pressed: true, .. }
                    if self.text.chars().count() >= usize::from(source.shortest)
                        && !self.is_person(gap) =>
                {
                    out.codes.push(std::mem::take(&mut self.text));
                    self.held.clear();
                }
                // The presses and releases of held characters go with them.
                Event::Key { repeat: false, modifiers, .. }
                    if !modifiers.ctrl && !modifiers.alt && self.goes_along(&event) =>
                {
                    self.held.push(event);
                    self.last = now;
                }
                Event::Key { pressed: true, .. } | Event::PointerButton { .. } => {
                    self.let_go(&mut out, source);
                    out.events.push(event);
                }
                _ => out.events.push(event),
            }
        }
        if !self.held.is_empty() {
            out.again_in = Some(gap + 0.001);
        }
        out
    }

    /// Keys that print something: they come as a press, a text and a release.
    fn goes_along(&self, event: &Event) -> bool {
        let Event::Key { key, pressed, .. } = event else { return false };
        let prints = key.symbol_or_name().chars().count() == 1
            || matches!(key, Key::Minus | Key::Plus | Key::Slash | Key::Period | Key::Space);
        prints && (*pressed || !self.held.is_empty())
    }

    /// Slower than any scanner, taken over all that is held back.
    fn is_person(&self, gap: f64) -> bool {
        let pauses = self.text.chars().count().saturating_sub(1);
        pauses > 0 && self.last - self.first > gap * pauses as f64
    }

    fn is_held_star(&mut self, now: f64) -> bool {
        let since = now - std::mem::replace(&mut self.star, now);
        self.text.is_empty() && since > 0.0 && since < 0.08
    }

    /// What is held back was a person's typing after all; so many characters so close together nobody
    /// types: that was a scan without its end, and no field and no button may see it.
    fn let_go(&mut self, out: &mut Filtered, source: &WedgeSource) {
        if self.text.chars().count() >= usize::from(source.shortest) {
            self.held.clear();
            self.text.clear();
            out.garbage = true;
        } else {
            self.give_on(out);
        }
    }

    fn give_on(&mut self, out: &mut Filtered) {
        out.events.append(&mut self.held);
        self.text.clear();
    }
}

/// Barcodes of vouchers hold printable ASCII.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;

    fn press(key: Key) -> Event {
        let modifiers = Modifiers::default();
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn typed(char: char) -> Vec<Event> {
        let key = Key::from_name(&char.to_string()).unwrap();
        vec![press(key), Event::Text(char.to_string())]
    }

    fn texts(events: &[Event]) -> String {
        let text = |event: &Event| match event {
            Event::Text(text) => text.clone(),
            Event::Key { key: Key::Enter, .. } => "⏎".to_owned(),
            _ => String::new(),
        };
        events.iter().map(text).collect()
    }

    /// Feeds characters with a pause before each, and gives what came out at the end.
    fn feed(chars: &str, pause: f64) -> (String, Vec<String>) {
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let (mut now, mut events, mut codes) = (1.0, Vec::new(), Vec::new());
        for char in chars.chars() {
            // A window draws again when it was asked to.
            if pause > 0.04 {
                events.extend(wedge.filter(Vec::new(), now + 0.036, &source).events);
            }
            now += pause;
            let new = if char == '⏎' { vec![press(Key::Enter)] } else { typed(char) };
            let out = wedge.filter(new, now, &source);
            events.extend(out.events);
            codes.extend(out.codes);
        }
        let out = wedge.filter(Vec::new(), now + 1.0, &source);
        events.extend(out.events);
        codes.extend(out.codes);
        (texts(&events), codes)
    }

    #[test]
    fn a_scan_is_a_code_and_reaches_no_field() {
        let (text, codes) = feed("A6900602672⏎", 0.005);
        assert_eq!(text, "");
        assert_eq!(codes, ["A6900602672"]);
        // All in one frame, as a slow frame would see it.
        let (text, codes) = feed("A6900602672⏎", 0.0);
        assert_eq!((text.as_str(), codes.len()), ("", 1));
    }

    #[test]
    fn two_scans_in_a_row_are_two() {
        let (text, codes) = feed("123456789⏎123456789⏎", 0.008);
        assert_eq!(text, "");
        assert_eq!(codes, ["123456789", "123456789"]);
    }

    #[test]
    fn a_person_types_whatever_they_like() {
        let (text, codes) = feed("690060267⏎", 0.09);
        assert_eq!(text, "690060267⏎");
        assert!(codes.is_empty());
    }

    #[test]
    fn a_typed_key_is_given_on_though_frames_come_fast() {
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let mut out = texts(&wedge.filter(typed('4'), 1.0, &source).events);
        for frame in 1..6 {
            let now = 1.0 + f64::from(frame) * 0.0166;
            out.push_str(&texts(&wedge.filter(Vec::new(), now, &source).events));
        }
        assert_eq!(out, "4");
    }

    #[test]
    fn a_slow_frame_in_the_middle_of_a_scan_leaks_nothing() {
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let first = "A69006".chars().flat_map(typed).collect();
        assert!(wedge.filter(first, 1.0, &source).events.is_empty());
        let mut rest = "02672".chars().flat_map(typed).collect::<Vec<_>>();
        rest.push(press(Key::Enter));
        let out = wedge.filter(rest, 1.2, &source);
        assert_eq!((texts(&out.events).as_str(), out.codes.len()), ("", 1));
    }

    #[test]
    fn a_held_key_comes_out_as_one_press_and_repeats() {
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let mut pressed = Vec::new();
        for frame in 0..40 {
            // The first press, a pause, then thirty times a second.
            let now = 1.0 + f64::from(frame) * 0.033;
            let mut events = typed('0');
            if let Event::Key { repeat, .. } = &mut events[0] {
                *repeat = frame > 0;
            }
            let out = wedge.filter(events, now, &source);
            pressed.extend(crate::ui::keys::from_events(&out.events, false));
        }
        pressed.extend(crate::ui::keys::from_events(
            &wedge.filter(Vec::new(), 9.0, &source).events,
            false,
        ));
        assert_eq!(pressed, [crate::ui::command::Pressed::Char('0')]);
    }

    #[test]
    fn a_scan_that_breaks_off_reaches_nobody() {
        let source = WedgeSource::default();
        for end in [None, Some(press(Key::Home))] {
            let mut wedge = Wedge::default();
            let mut events = "0690060267".chars().flat_map(typed).collect::<Vec<_>>();
            events.extend(end.clone());
            let first = wedge.filter(events, 1.0, &source);
            let later = wedge.filter(Vec::new(), 1.1, &source);
            assert!(first.garbage || later.garbage);
            assert!(first.codes.is_empty() && later.codes.is_empty());
            assert_eq!(texts(&first.events) + &texts(&later.events), "");
        }
    }

    #[test]
    fn a_person_types_on_a_machine_that_draws_slowly() {
        // Two or three characters in each frame of a fifth of a second.
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let mut out = String::new();
        for (frame, chars) in ["69", "00", "602", "67", "21"].into_iter().enumerate() {
            let now = 1.0 + frame as f64 * 0.2;
            let filtered = wedge.filter(chars.chars().flat_map(typed).collect(), now, &source);
            assert!(!filtered.garbage);
            out.push_str(&texts(&filtered.events));
        }
        let filtered = wedge.filter(vec![press(Key::Enter)], 2.0, &source);
        out.push_str(&texts(&filtered.events));
        assert_eq!((out.as_str(), filtered.codes.len()), ("69006026721⏎", 0));
    }

    #[test]
    fn a_short_burst_is_a_person() {
        let (text, codes) = feed("12⏎", 0.01);
        assert_eq!(text, "12⏎");
        assert!(codes.is_empty());
    }

    #[test]
    fn a_key_that_prints_nothing_lets_go_at_once() {
        let source = WedgeSource::default();
        let mut wedge = Wedge::default();
        let mut events = typed('1');
        events.push(press(Key::F3));
        let out = wedge.filter(events, 1.0, &source);
        assert_eq!(out.events.len(), 3);
        assert!(out.again_in.is_none());
    }

    proptest::proptest! {
        /// Nothing is doubled, and nothing is lost but a scan that broke off, whatever the timing.
        #[test]
        fn every_character_comes_out_once(
            strokes in proptest::collection::vec((0_u8..10, 0.0_f64..0.08), 0..60)
        ) {
            let source = WedgeSource::default();
            let mut wedge = Wedge::default();
            let (mut now, mut sent, mut out) = (1.0, String::new(), String::new());
            let mut garbage = false;
            for (stroke, pause) in strokes {
                now += pause;
                let enter = stroke == 9;
                let char = char::from(b'0' + stroke);
                let new = if enter { vec![press(Key::Enter)] } else { typed(char) };
                if !enter { sent.push(char); }
                let filtered = wedge.filter(new, now, &source);
                garbage |= filtered.garbage;
                // Codes come out before what follows them.
                out.push_str(&filtered.codes.concat());
                out.push_str(&texts(&filtered.events).replace('⏎', ""));
            }
            let last = wedge.filter(Vec::new(), now + 1.0, &source);
            garbage |= last.garbage;
            out.push_str(&texts(&last.events));
            let sort = |text: &str| { let mut all = text.chars().collect::<Vec<_>>(); all.sort_unstable(); all };
            if garbage {
                proptest::prop_assert!(out.len() < sent.len());
            } else {
                proptest::prop_assert_eq!(sort(&out), sort(&sent));
            }
        }
    }
}
