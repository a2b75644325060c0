//! Made-up desks of 160 x 90 cells: sheets with print, hands, noise, lamps and daylight.

use super::{CELLS, Rest, RestDetector};
use crate::picture::Luma;
use fastrand::Rng;
use proptest::prelude::*;

const FRAME_MS: u64 = 66;

/// A sheet of 70 x 33 cells; equal `print` looks equal.
#[derive(Clone, Copy)]
struct Sheet {
    x: f32,
    y: f32,
    print: u64,
    number: u64,
}

fn sheet(x: f32, y: f32) -> Sheet {
    Sheet { x, y, print: 1, number: 1 }
}

/// A grey that only depends on what is given.
fn hash(a: u64, b: u64) -> f32 {
    let mut rng = Rng::with_seed(a.wrapping_mul(0x9E37_79B9).wrapping_add(b));
    rng.f32()
}

impl Sheet {
    const SIZE: (f32, f32) = (70.0, 33.0);

    /// How much of a cell it covers, and its grey there.
    fn at(&self, x: usize, y: usize) -> (f32, f32) {
        let over = |cell: usize, from: f32, length: f32| {
            let cell = cell as f32;
            ((cell + 1.0).min(from + length) - cell.max(from)).clamp(0.0, 1.0)
        };
        let covered = over(x, self.x, Self::SIZE.0) * over(y, self.y, Self::SIZE.1);
        let (u, v) = ((x as f32 - self.x).max(0.0), (y as f32 - self.y).max(0.0));
        let ink = |column: u64, row: u64| {
            let in_number = (20..60).contains(&column) && (24..28).contains(&row);
            let seed = if in_number { self.number } else { self.print };
            if in_number || (4..18).contains(&row) && column % 7 < 5 {
                hash(seed, row * 1_000 + column) * 110.0
            } else {
                0.0
            }
        };
        let (column, row) = (u as u64, v as u64);
        let (part, low) = (u - column as f32, v - row as f32);
        let top = ink(column, row) * (1.0 - part) + ink(column + 1, row) * part;
        let under = ink(column, row + 1) * (1.0 - part) + ink(column + 1, row + 1) * part;
        (covered, 225.0 - (top * (1.0 - low) + under * low))
    }
}

struct World {
    detector: RestDetector,
    sheets: Vec<Sheet>,
    /// The upper left corner of a dark blob of 30 x 40 cells.
    hand: Option<(usize, usize)>,
    light: f32,
    /// The camera darkens when there is much white.
    exposure: bool,
    noise: f32,
    paused: bool,
    now: u64,
    fired: usize,
    last: Rest,
    rng: Rng,
}

impl World {
    fn new() -> World {
        let mut world = World {
            detector: RestDetector::new(),
            sheets: Vec::new(),
            hand: None,
            light: 1.0,
            exposure: false,
            noise: 2.0,
            paused: false,
            now: 0,
            fired: 0,
            last: Rest::Learning,
            rng: Rng::with_seed(7),
        };
        world.frames(20);
        world
    }

    fn picture(&mut self) -> Luma {
        let white = self.sheets.len().min(1) as f32;
        let light = self.light * if self.exposure { 1.0 - 0.2 * white } else { 1.0 };
        let (width, height) = CELLS;
        let mut data = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let mut grey = 90.0 + 12.0 * hash(99, (y * width + x) as u64);
                for sheet in &self.sheets {
                    let (covered, paper) = sheet.at(x, y);
                    grey = grey * (1.0 - covered) + paper * covered;
                }
                if let Some((left, top)) = self.hand
                    && (left..left + 30).contains(&x)
                    && (top..top + 40).contains(&y)
                {
                    grey = 45.0;
                }
                let noise = (self.rng.f32() * 2.0 - 1.0) * self.noise;
                data.push((grey * light + noise).clamp(0.0, 255.0) as u8);
            }
        }
        Luma { width, height, data }
    }

    fn frame(&mut self) {
        let picture = self.picture();
        self.last = self.detector.look(&picture, self.now);
        self.now += FRAME_MS;
        if self.last == Rest::Due && !self.paused {
            self.fired += 1;
            self.detector.taken();
            self.last = Rest::Taken;
        }
    }

    fn frames(&mut self, count: usize) {
        (0..count).for_each(|_| self.frame());
    }

    /// A hand comes in from below, something happens under it, it goes again, and a second passes.
    fn by_hand(&mut self, change: impl FnOnce(&mut World)) {
        self.reach(change);
        self.frames(15);
    }

    fn reach(&mut self, change: impl FnOnce(&mut World)) {
        for top in [80, 65, 50] {
            self.hand = Some((60, top));
            self.frame();
        }
        change(self);
        for top in [52, 66, 80] {
            self.hand = Some((62, top));
            self.frame();
        }
        self.hand = None;
    }

    fn lay(&mut self, sheet: Sheet) {
        self.by_hand(|world| world.sheets.push(sheet));
    }

    #[track_caller]
    fn expect(&mut self, fired: usize, last: Rest) {
        assert_eq!((std::mem::take(&mut self.fired), self.last), (fired, last));
    }
}

#[test]
fn nothing_but_noise_and_light() {
    let mut world = World::new();
    world.expect(0, Rest::Empty);
    // Ten minutes in which the daylight goes.
    for _ in 0..9_000 {
        world.light -= 0.5 / 9_000.0;
        world.frame();
    }
    world.expect(0, Rest::Empty);
    // A lamp that flickers.
    for step in 0..300 {
        world.light = 0.5 + 0.02 * ((step * 7 % 5) as f32 - 2.0);
        world.frame();
    }
    world.light = 0.5;
    world.frames(10);
    world.expect(0, Rest::Empty);
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
}

#[test]
fn each_sheet_once_and_a_hand_is_none() {
    let mut world = World::new();
    // The next looks the same, to the cell.
    for _ in 0..5 {
        world.lay(sheet(40.0, 30.0));
        world.expect(1, Rest::Taken);
        world.by_hand(|_| {});
        world.frames(200);
        world.expect(0, Rest::Taken);
        world.by_hand(|world| world.sheets.clear());
        world.expect(0, Rest::Empty);
    }
}

#[test]
fn the_picture_is_taken_at_rest_not_before() {
    let mut world = World::new();
    world.sheets.push(sheet(10.0, 30.0));
    for step in 0..60 {
        world.sheets[0].x = 10.0 + step as f32;
        world.frame();
        assert_eq!(world.last, Rest::Moving, "step {step}");
    }
    // A hand that stops for a moment.
    world.hand = Some((60, 50));
    world.frames(3);
    world.hand = Some((60, 66));
    world.frames(3);
    world.hand = None;
    // Five frames are 264 ms from the first to the last.
    world.frames(4);
    world.expect(0, Rest::Moving);
    world.frames(1);
    world.expect(1, Rest::Taken);
}

#[test]
fn the_same_look_a_little_beside() {
    let mut world = World::new();
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
    // A cell is 1.9 mm.
    for (x, y) in [(40.5, 30.0), (40.5, 30.5), (40.2, 30.3), (47.0, 33.0), (70.0, 50.0)] {
        world.lay(sheet(x, y));
        world.expect(1, Rest::Taken);
        world.by_hand(|_| {});
        world.expect(0, Rest::Taken);
    }
}

#[test]
fn another_number_at_the_same_place() {
    let mut world = World::new();
    for number in 1..20 {
        world.lay(Sheet { number, ..sheet(40.0, 30.0) });
        world.expect(1, Rest::Taken);
    }
}

#[test]
fn beside_each_other() {
    let mut world = World::new();
    for (x, y) in [(2.0, 2.0), (80.0, 4.0), (3.0, 50.0), (82.0, 52.0)] {
        world.lay(sheet(x, y));
        world.expect(1, Rest::Taken);
    }
    for left in (0..4).rev() {
        world.by_hand(|world| world.sheets.truncate(left));
    }
    assert_eq!(world.last, Rest::Empty);
}

/// The desk is never seen: a pile lies there from the start, and grows.
#[test]
fn on_a_pile() {
    let mut world = World::new();
    world.sheets.push(sheet(40.0, 30.0));
    world.detector.forget();
    world.frames(20);
    world.expect(0, Rest::Empty);
    let mut rng = Rng::with_seed(3);
    for no in 0..30 {
        let (x, y) = (40.0 + rng.f32() * 2.0, 30.0 + rng.f32() * 2.0);
        world.lay(Sheet { number: no, ..sheet(x, y) });
        world.expect(1, Rest::Taken);
        world.frames(rng.usize(0..40));
        world.expect(0, Rest::Taken);
    }
}

/// The first picture was no empty desk. It costs one picture too many, not one with each sheet.
#[test]
fn a_wrong_desk_is_found_out() {
    let mut world = World::new();
    world.sheets.push(sheet(20.0, 20.0));
    world.detector.forget();
    world.frames(20);
    world.by_hand(|world| world.sheets.clear());
    world.expect(1, Rest::Taken);
    for _ in 0..3 {
        world.lay(sheet(40.0, 30.0));
        world.expect(1, Rest::Taken);
        world.by_hand(|world| world.sheets.clear());
        world.expect(0, Rest::Empty);
    }
    // Said by a person it costs none.
    world.sheets.push(sheet(20.0, 20.0));
    world.detector.forget();
    world.frames(20);
    world.sheets.clear();
    world.detector.forget();
    world.frames(20);
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
}

#[test]
fn light_goes_while_a_sheet_lies() {
    let mut world = World::new();
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
    for _ in 0..1_500 {
        world.light -= 0.5 / 1_500.0;
        world.frame();
    }
    world.expect(0, Rest::Taken);
    world.by_hand(|_| {});
    world.expect(0, Rest::Taken);
    world.by_hand(|world| world.sheets.clear());
    world.expect(0, Rest::Empty);
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
}

/// A cloud: a third of the light within two seconds.
#[test]
fn a_cloud_is_no_sheet() {
    let mut world = World::new();
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
    for _ in 0..5 {
        for step in 0..30 {
            world.light = 1.0 - 0.01 * step as f32;
            world.frame();
        }
        world.by_hand(|_| {});
        for step in 0..30 {
            world.light = 0.7 + 0.01 * step as f32;
            world.frame();
        }
    }
    world.expect(0, Rest::Taken);
}

#[test]
fn a_camera_that_darkens_for_white_paper() {
    let mut world = World::new();
    world.exposure = true;
    for _ in 0..3 {
        world.lay(sheet(40.0, 30.0));
        world.expect(1, Rest::Taken);
        world.by_hand(|world| world.sheets.clear());
        world.expect(0, Rest::Empty);
    }
}

/// What no hand brought becomes part of the desk.
#[test]
fn a_trifle_without_a_hand() {
    let mut world = World::new();
    world.sheets.push(Sheet { x: 152.0, y: 80.0, ..sheet(0.0, 0.0) });
    world.frames(60);
    world.expect(0, Rest::Empty);
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
    world.by_hand(|world| world.sheets.truncate(1));
    world.expect(0, Rest::Empty);
}

#[test]
fn nothing_fires_while_paused_and_nothing_is_forgotten() {
    let mut world = World::new();
    world.paused = true;
    world.lay(sheet(40.0, 30.0));
    world.expect(0, Rest::Due);
    world.by_hand(|_| {});
    world.expect(0, Rest::Due);
    world.paused = false;
    world.frames(1);
    world.expect(1, Rest::Taken);
    // Laid and taken away during the pause: never there. What was taken before the pause is not taken again.
    world.paused = true;
    world.by_hand(|world| world.sheets.push(sheet(80.0, 10.0)));
    world.expect(0, Rest::Due);
    world.by_hand(|world| world.sheets.truncate(1));
    world.paused = false;
    world.frames(10);
    world.expect(0, Rest::Taken);
}

#[test]
fn a_sheet_taken_by_key_is_not_taken_again() {
    // In the middle of the movement.
    let mut world = World::new();
    world.by_hand(|world| {
        world.sheets.push(sheet(40.0, 30.0));
        world.frame();
        world.detector.taken();
    });
    world.expect(0, Rest::Taken);
    world.lay(sheet(42.0, 33.0));
    world.expect(1, Rest::Taken);
    // At rest, once more.
    world.detector.taken();
    world.frames(30);
    world.expect(0, Rest::Taken);
    // With nothing there.
    world.by_hand(|world| world.sheets.clear());
    world.detector.taken();
    world.lay(sheet(40.0, 30.0));
    world.expect(1, Rest::Taken);
}

#[test]
fn a_few_pictures_prove_nothing() {
    let mut detector = RestDetector::new();
    let desk = Luma::flat(16, 9, 90);
    for at in [0, 1_500] {
        assert_eq!(detector.look(&desk, at), Rest::Learning);
    }
    assert_eq!(detector.look(&desk, 1_501), Rest::Empty);
    let mut paper = desk.clone();
    paper.data[40..80].fill(230);
    for at in [2_000, 3_000] {
        assert_eq!(detector.look(&paper, at), Rest::Moving);
    }
    assert_eq!(detector.look(&paper, 3_001), Rest::Due);
    // By key before anything is known: that is the desk, and the next is a sheet, however soon it comes.
    detector.forget();
    let learned = [0, 500, 1_000].map(|at| {
        let seen = detector.look(&desk, at);
        detector.taken();
        seen
    });
    assert_eq!(learned, [Rest::Learning, Rest::Learning, Rest::Empty]);
    let due = [1_100, 1_200, 1_400].map(|at| detector.look(&paper, at));
    assert_eq!(due, [Rest::Moving, Rest::Moving, Rest::Due]);
    // Another size begins anew; no size says nothing.
    assert_eq!(detector.look(&Luma::flat(0, 0, 0), 1_500), Rest::Due);
    assert_eq!(detector.look(&Luma::flat(17, 9, 90), 1_600), Rest::Learning);
}

proptest! {
    #[test]
    fn whatever_comes(looks in prop::collection::vec(
        (0usize..5, 0usize..4, prop::collection::vec(any::<u8>(), 0..20), any::<u64>(), 0u8..8),
        0..60,
    )) {
        let mut detector = RestDetector::new();
        for (width, height, mut data, at, act) in looks {
            if act > 0 {
                data.resize(width * height, at as u8);
            }
            let at = if act < 6 { at % 5_000 } else { at };
            detector.look(&Luma { width, height, data }, at);
            match act {
                1 | 2 => detector.taken(),
                3 => detector.forget(),
                _ => {}
            }
        }
    }
}
