//! Scans one after the other into one window, and what came of each.

use super::keyboard::{Heard, Locks, pauses, sym};
use super::log::Came;
use super::scan::{Boards, Kind, Manner, strokes};
use super::slow::Stutter;
use super::station::{Station, ms};
use super::tally::{Machine, Tally};
use fastrand::Rng;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A scanner's keys come at most so far apart in the median, and never further apart than that, milliseconds.
/// What a loaded server types slower is no scan of 2 to 30 ms a key, and is not judged.
const SCANNER_PAUSES: (u32, u32) = (40, 90);
/// From the end of one code to the next one in a burst, milliseconds.
const BURST_PAUSE: u32 = 100;

/// So many scans, or numbers by hand, into a window of their own.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub machine: Machine,
    pub scans: u64,
    pub keyed: u64,
    pub seed: u64,
    pub boards: Boards,
    /// NumLock is on.
    pub num: bool,
}

/// One code or two in a burst, as they were typed.
struct Burst {
    texts: Vec<String>,
    /// One of them was typed slower than a scanner types.
    slow: bool,
    told_before: u64,
    story: String,
}

/// What came of it so far.
#[derive(Default)]
struct Fate {
    whole: u64,
    bad: u64,
    stop: bool,
    piled: bool,
}

pub struct Run {
    pub station: Station,
    pub rng: Rng,
    pub piece: Piece,
    pub stutter: Option<Stutter>,
    pub tally: Tally,
    /// Stories of what went wrong.
    pub stories: Vec<String>,
}

/// Types one piece's scans and numbers.
pub fn type_piece(piece: Piece) -> (Tally, Vec<String>) {
    let start = Instant::now();
    let mut station = Station::open(piece.boards);
    // What the window does at its start is none of a scan's doing.
    station.log.came();
    let slowed = piece.machine == Machine::Slowed;
    let stutter = slowed.then(|| Stutter::start(station.process(), piece.seed));
    let (tally, stories) = (Tally::default(), Vec::new());
    let mut run = Run { station, rng: Rng::with_seed(piece.seed), piece, stutter, tally, stories };
    while run.tally.scans + run.tally.slow < piece.scans {
        run.burst();
    }
    if piece.keyed > 0 {
        run.by_hand();
    }
    drop(run.stutter.take());
    run.tally.seconds = start.elapsed().as_secs();
    (run.tally, run.stories)
}

impl Run {
    /// How long an answer may take.
    pub fn patience(&self) -> Duration {
        if self.piece.machine == Machine::Idle { ms(3_000) } else { ms(7_000) }
    }

    /// How long a person waits to see what a key did.
    pub fn look(&self) -> Duration {
        if self.piece.machine == Machine::Idle { ms(300) } else { ms(900) }
    }

    /// One scan, or two in a burst.
    fn burst(&mut self) {
        self.choose_locks();
        let Piece { machine, boards, .. } = self.piece;
        let count = if self.rng.u8(..100) < 8 { 2 } else { 1 };
        let foreign = count == 1 && self.rng.u8(..100) < 4;
        let manner = Manner::random(&mut self.rng);
        let told_before = self.station.told();
        let locks = self.station.locks;
        let story = format!("{machine:?} {boards:?} {locks:?} {manner:?}\n");
        let mut burst = Burst { texts: Vec::new(), slow: false, told_before, story };
        for no in 0..count {
            let kind = if foreign { Kind::Foreign } else { Kind::usual(&mut self.rng, boards) };
            let text = kind.text(&mut self.rng, boards);
            let mut all = strokes(&mut self.rng, &self.station.scanner, manner, &text, locks.num);
            let text = self.station.layout.text(&all, locks);
            all[0].wait = if no > 0 { BURST_PAUSE } else { 0 };
            let heard = self.station.keyboard.play(&all);
            let (median, longest) = pauses(&heard);
            burst.slow |= median > SCANNER_PAUSES.0 || longest > SCANNER_PAUSES.1;
            let pauses = format!("{median} ms between two keys, at most {longest}");
            burst.story.push_str(&format!("{text:?}, {pauses}\n"));
            self.tell_strokes(&heard, &mut burst.story);
            burst.texts.push(text);
        }
        if burst.slow {
            self.tally.slow += count as u64;
            self.recover();
        } else {
            self.watch(burst);
        }
    }

    /// What a slow one came to is not looked at; the next one finds the window on Read.
    fn recover(&mut self) {
        let _runs_on = self.stutter.as_ref().map(Stutter::calm);
        sleep(ms(2_500));
        for key in [sym::ESCAPE, sym::F1 + 1, sym::RETURN] {
            self.station.tap(key);
            sleep(self.look() + self.look());
        }
        self.station.log.came();
    }

    fn tell_strokes(&self, heard: &[Heard], story: &mut String) {
        let first = heard.first().map_or(0, |it| it.at);
        for it in heard {
            let way = if it.down { '↓' } else { '↑' };
            let name = self.station.layout.name(it.code);
            story.push_str(&format!(" {}{way}{name}", it.at.wrapping_sub(first)));
        }
        story.push('\n');
    }

    /// Caps Lock is on now and then, NumLock as the piece says.
    fn choose_locks(&mut self) {
        let num = self.piece.num;
        let caps = match self.rng.u8(..60) {
            0 => true,
            1..10 => false,
            _ => self.station.locks.caps,
        };
        let wanted = Locks { caps, num };
        if self.station.locks != wanted {
            let _runs_on = self.stutter.as_ref().map(Stutter::calm);
            self.station.lock(wanted);
        }
    }

    /// Waits for what comes of it, and counts.
    fn watch(&mut self, mut burst: Burst) {
        let start = Instant::now();
        let count = burst.texts.len() as u64;
        let mut left = burst.texts.clone();
        let mut fate = Fate::default();
        loop {
            self.hear(&mut left, &mut fate, &mut burst.story);
            let told = self.station.told() - burst.told_before;
            if fate.whole + told >= count || start.elapsed() > self.patience() {
                break;
            }
            sleep(ms(5));
        }
        sleep(ms(self.rng.u64(90..220)));
        self.hear(&mut left, &mut fate, &mut burst.story);
        let lost = count - fate.whole;
        let told = self.station.told() - burst.told_before;
        let silent = lost.saturating_sub(told);
        let untrue = told.saturating_sub(lost);
        self.tally.scans += count;
        self.tally.whole += fate.whole;
        self.tally.told += told.min(lost);
        self.tally.silent += silent;
        self.tally.untrue += untrue;
        burst.story.push_str(&format!("{} whole, {lost} lost, told {told} times\n", fate.whole));
        if silent + untrue + fate.bad > 0 {
            self.stories.push(std::mem::take(&mut burst.story));
        }
        self.go_on(&fate, lost, silent);
    }

    /// Sorts what the log has got.
    fn hear(&mut self, left: &mut Vec<String>, fate: &mut Fate, story: &mut String) {
        let caps = self.station.locks.caps;
        for came in self.station.log.came() {
            story.push_str(&format!("{came:?}\n"));
            let Came::Code(code) = came else {
                self.tally.acted += 1;
                fate.bad += 1;
                continue;
            };
            fate.stop |= code.stop;
            if code.piled {
                // Some Tab has acted: it chose a kind for the pile.
                fate.piled = true;
                fate.bad += 1;
                self.tally.acted += 1;
            }
            // With Caps Lock the scanner's text and what its keys type differ in case.
            let same =
                |typed: &String| code.is(typed) || caps && code.text.eq_ignore_ascii_case(typed);
            if let Some(at) = left.iter().position(same) {
                left.remove(at);
                fate.whole += 1;
            } else {
                self.tally.wrong += 1;
                fate.bad += 1;
            }
        }
    }

    /// What a person does next: confirms a stop, waits after a torn scan, goes back to Read.
    fn go_on(&mut self, fate: &Fate, lost: u64, silent: u64) {
        if !fate.stop && !fate.piled && lost == 0 {
            return;
        }
        let _runs_on = self.stutter.as_ref().map(Stutter::calm);
        sleep(self.look());
        if lost > 0 {
            // Whoever is told lays the sheet under the scanner once more, which takes a while.
            sleep(ms(1_500));
        }
        if fate.stop {
            self.station.tap(sym::RETURN);
            sleep(self.look());
        }
        if fate.piled {
            for _ in 0..2 {
                self.station.tap(sym::TAB);
                sleep(self.look());
            }
        }
        if silent > 0 {
            // Perhaps some key led elsewhere.
            self.station.tap(sym::ESCAPE);
            sleep(self.look());
            self.station.tap(sym::F1 + 1);
            sleep(self.look());
        }
    }
}
