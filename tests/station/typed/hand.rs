//! Numbers and words as a person types them, at 60 to 400 ms a key: none may be taken for a scan, and no
//! character may be lost at either end of a field.

use super::keyboard::{Locks, Stroke, sym};
use super::log::Came;
use super::run::Run;
use super::station::{SHOPS, ms};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Keys that go down at these times, milliseconds, each for so long.
fn strokes_of(keys: &[(u32, u8, u32)]) -> Vec<Stroke> {
    let mut all = Vec::new();
    for (at, code, dwell) in keys {
        all.push((*at, *code, true));
        all.push((*at + *dwell, *code, false));
    }
    all.sort_by_key(|(at, _, down)| (*at, *down));
    let mut before = 0;
    let stroke = |(at, code, down)| {
        let wait = at - std::mem::replace(&mut before, at);
        Stroke { wait, code, down }
    };
    all.into_iter().map(stroke).collect()
}

impl Run {
    /// Numbers into Entry's boxes, and shops and counts into Open's fields.
    pub fn by_hand(&mut self) {
        self.station.lock(Locks { num: self.piece.num, ..Locks::default() });
        for _ in 0..self.piece.keyed.div_ceil(5) {
            self.fill_fields();
        }
        // Sheets that nobody can read: 0 for each.
        for _ in 0..self.piece.keyed {
            sleep(self.look());
            self.type_by_hand("0", &[]);
            self.await_event(
                "a sheet for 0",
                |came| matches!(came, Came::Other(event) if event.starts_with("sheet.taken")),
            );
        }
        self.station.tap(sym::F1 + 3);
        sleep(ms(1_500));
        for _ in 0..self.piece.keyed {
            let number = (0..12).map(|_| self.rng.digit(10)).collect::<String>();
            self.tally.keyed += 1;
            self.type_by_hand(&number, &[sym::RETURN]);
            let right = self.await_event(&format!("the number {number}"), |came| {
                *came == Came::Keyed(number.clone())
            });
            if !right {
                self.tally.misread += 1;
                // The next number begins with empty boxes.
                for _ in 0..16 {
                    self.station.tap(sym::BACKSPACE);
                }
            }
            sleep(self.look());
        }
    }

    /// Opens an envelope: the first letter comes soon after F1, and Enter soon after the last.
    fn fill_fields(&mut self) {
        let shop = format!("S{}", 100 + self.rng.u32(..SHOPS));
        let count = self.rng.u32(100..9_999).to_string();
        self.tally.keyed += 1;
        self.station.tap(sym::F1);
        self.type_by_hand(&shop, &[sym::RETURN]);
        // The list answers, and the hand goes over to the count.
        sleep(self.look() + self.look());
        self.type_by_hand(&count, &[sym::RETURN]);
        for _ in 0..2 {
            sleep(self.look());
            self.type_by_hand("", &[sym::RETURN]);
        }
        let right = self.await_event(&format!("{count} sheets of {shop}"), |came| {
            let Came::Other(event) = came else { return false };
            let (shop, count) = (format!("\"shop\":\"{shop}\""), format!(":{count}"));
            event.starts_with("envelope.opened") && event.contains(&shop) && event.contains(&count)
        });
        if !right {
            self.tally.misread += 1;
            self.station.tap(sym::ESCAPE);
            sleep(self.look());
            self.station.tap(sym::F1 + 1);
        }
        sleep(self.look());
    }

    /// One key after the other, now and then before the last one is up.
    fn type_by_hand(&mut self, text: &str, then: &[u32]) {
        let layout = &self.station.layout;
        let pad = self.station.locks.num;
        let shift = layout.sym(sym::SHIFT).unwrap();
        let slow = self.rng.u32(60..=400);
        let mut keys: Vec<(u32, u8, u32)> = Vec::new();
        let mut at = 0;
        let codes = text.chars().map(|char| match layout.pad(char).filter(|_| pad) {
            Some(code) => (code, false),
            None => layout.key(char).unwrap(),
        });
        let ends = then.iter().map(|sym| (layout.sym(*sym).unwrap(), false));
        for (code, shifted) in codes.chain(ends) {
            at += self.rng.u32(60..=slow.max(61));
            let dwell = self.rng.u32(40..=120);
            // A key that is still down can't go down again.
            if let Some((last, before, down)) = keys.last_mut()
                && *before == code
                && *last + *down >= at
            {
                *down = (at - *last - 10).min(*down);
            }
            if shifted {
                keys.push((at, shift, dwell + 80));
                at += 40;
            }
            keys.push((at, code, dwell));
            if shifted {
                at += dwell;
            }
        }
        self.station.keyboard.play(&strokes_of(&keys));
    }

    /// Waits for what was typed to come; anything else is told.
    fn await_event(&mut self, what: &str, wanted: impl Fn(&Came) -> bool) -> bool {
        let start = Instant::now();
        let mut story = String::new();
        while start.elapsed() < self.patience() + Duration::from_secs(2) {
            for came in self.station.log.came() {
                if wanted(&came) {
                    return true;
                }
                story.push_str(&format!("{came:?}\n"));
                if matches!(came, Came::Code(_)) {
                    self.tally.taken += 1;
                } else {
                    self.tally.acted += 1;
                }
            }
            sleep(ms(10));
        }
        let piece = self.piece;
        self.stories.push(format!("{piece:?}\nby hand: {what} did not come\n{story}"));
        false
    }
}
