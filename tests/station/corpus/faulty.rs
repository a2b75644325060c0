//! Linear codes with a fault in them, as dirty glass, a dead dot, a knife or a pen makes it. Their truth is known, and
//! a seed and a place always give the same picture. The bench draws them too, to ask other readers.

use fastrand::Rng;
use kenban::picture::Luma;
use kenban::voucher::Symbology;
use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Sound,
    /// One streak from the picture's top to its bottom, 1 to 3 pixels wide, black or white.
    Streak,
    /// The same in grey, or a fraction of a pixel beside the pixels.
    Smear,
    /// The picture ends somewhere in the code, left or right.
    Cut,
    /// A ruled frame with 2 to 5 modules of white inside.
    Frame,
    /// The same with 10 modules, as the standard wants it.
    WideFrame,
    /// A crease across the bars, steep.
    Fold,
    /// A staple over some bars.
    Staple,
    /// A pen's line across.
    Ink,
    /// Some bars end above or below the others.
    Short,
}

impl Fault {
    pub const ALL: [Fault; 10] = [
        Fault::Sound,
        Fault::Streak,
        Fault::Smear,
        Fault::Cut,
        Fault::Frame,
        Fault::WideFrame,
        Fault::Fold,
        Fault::Staple,
        Fault::Ink,
        Fault::Short,
    ];
}

/// The symbologies that are drawn.
pub const LINEAR: [Symbology; 5] =
    [Symbology::Codabar, Symbology::Code39, Symbology::Itf, Symbology::Code128, Symbology::Ean13];

/// A picture and what the code says.
pub struct Faulty {
    pub luma: Luma,
    pub text: String,
}

const PAPER: f32 = 235.0;
const BLACK: f32 = 25.0;

/// The picture of a place. Every fifth one is at 1.6 or 2.3 pixels a module, the others anywhere from 1.2 to 4.
pub fn faulty(symbology: Symbology, fault: Fault, seed: u64, place: u64) -> Faulty {
    let mut rng = Rng::with_seed(
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ place.wrapping_mul(0xD1B5_4A32_D192_ED03),
    );
    let module = match place % 5 {
        0 => [1.6, 2.3][rng.usize(..2)],
        1 | 2 => 1.2 + 1.0 * rng.f32(),
        _ => 1.2 + 2.8 * rng.f32(),
    };
    let text = content(symbology, &mut rng);
    let mut page = Page::new(&widths(symbology, &text, &mut rng), module, fault, &mut rng);
    page.spoil(fault, &mut rng);
    Faulty { luma: page.seen(fault, &mut rng), text }
}

/// As C1 has it: a sound code of ten digits, 1.6 or 2.3 pixels a module, and one streak.
pub fn streaked(symbology: Symbology, seed: u64, place: u64) -> Faulty {
    let mut rng = Rng::with_seed(seed ^ place.wrapping_mul(0xD1B5_4A32_D192_ED03));
    let mut text = digits(10, &mut rng);
    if symbology == Symbology::Codabar {
        text = format!("A{text}A");
    }
    let module = [1.6, 2.3][(place % 2) as usize];
    let mut page = Page::new(&bits(symbology, &text), module, Fault::Streak, &mut rng);
    page.spoil(Fault::Streak, &mut rng);
    Faulty { luma: page.pixels(), text }
}

fn digits(count: usize, rng: &mut Rng) -> String {
    (0..count).map(|_| rng.digit(10)).collect()
}

/// Ten digits, and what else the symbology may hold.
fn content(symbology: Symbology, rng: &mut Rng) -> String {
    match symbology {
        Symbology::Codabar => {
            let letter = |rng: &mut Rng| ['A', 'B', 'C', 'D'][rng.usize(..4)];
            format!("{}{}{}", letter(rng), digits(10, rng), letter(rng))
        }
        Symbology::Code39 if rng.bool() => format!("{}{}", rng.uppercase(), digits(9, rng)),
        Symbology::Code128 if rng.bool() => format!("{}{}", rng.uppercase(), digits(10, rng)),
        Symbology::Ean13 => {
            let text = digits(12, rng);
            let weigh = |(i, digit): (usize, u8)| u32::from(digit - b'0') * [1, 3][i % 2];
            let sum: u32 = text.bytes().enumerate().map(weigh).sum();
            format!("{text}{}", (10 - sum % 10) % 10)
        }
        _ => digits(10, rng),
    }
}

/// Widths of bars and spaces in modules. Wide ones of two widths are 2 to 3 modules.
fn widths(symbology: Symbology, text: &str, rng: &mut Rng) -> Vec<f32> {
    let mut widths = bits(symbology, text);
    let two = matches!(symbology, Symbology::Codabar | Symbology::Code39 | Symbology::Itf);
    let wide = [2.0, 2.5, 3.0][rng.usize(..3)];
    if two {
        widths.iter_mut().filter(|width| **width > 1.0).for_each(|width| *width = wide);
    }
    widths
}

/// The same as the encoder has them.
fn bits(symbology: Symbology, text: &str) -> Vec<f32> {
    let format = match symbology {
        Symbology::Codabar => BarcodeFormat::CODABAR,
        Symbology::Code39 => BarcodeFormat::CODE_39,
        Symbology::Itf => BarcodeFormat::ITF,
        Symbology::Ean13 => BarcodeFormat::EAN_13,
        _ => BarcodeFormat::CODE_128,
    };
    let hints = EncodeHints::default();
    let matrix = MultiFormatWriter.encode_with_hints(text, &format, 0, 1, &hints).unwrap();
    let bits: Vec<bool> = (0..matrix.width()).map(|x| matrix.get(x, 0)).collect();
    let mut widths: Vec<f32> = bits.chunk_by(|a, b| a == b).map(|run| run.len() as f32).collect();
    // The quiet zones.
    if !bits[0] {
        widths.remove(0);
    }
    if widths.len().is_multiple_of(2) {
        widths.pop();
    }
    widths
}

/// Greys, four looks a pixel each way where something leans, and where the code stands on them.
struct Page {
    width: usize,
    height: usize,
    greys: Vec<f32>,
    module: f32,
    /// Left, top, right and bottom of the bars in pixels.
    bars: [f32; 4],
}

impl Page {
    fn new(widths: &[f32], module: f32, fault: Fault, rng: &mut Rng) -> Page {
        let quiet = module * (12.0 + 6.0 * rng.f32());
        let length = module * widths.iter().sum::<f32>();
        let high = 34.0 + 30.0 * rng.f32();
        let rim = if matches!(fault, Fault::Frame | Fault::WideFrame) {
            12.0 * module + 8.0
        } else {
            0.0
        };
        let (left, top) = (quiet + rim + rng.f32(), (8.0 + rim + 10.0 * rng.f32()).floor());
        let bars = [left, top, left + length, (top + high).floor()];
        let width = (bars[2] + quiet + rim) as usize;
        let height = (bars[3] + top) as usize;
        let mut page = Page { width, height, greys: vec![PAPER; width * height], module, bars };
        let mut at = left;
        for (i, width) in widths.iter().enumerate() {
            let next = at + width * module;
            if i % 2 == 0 {
                page.fill([at, bars[1], next, bars[3]], BLACK, 1.0);
            }
            at = next;
        }
        page
    }

    /// An upright box, its rims in part.
    fn fill(&mut self, [left, top, right, low]: [f32; 4], grey: f32, strength: f32) {
        let part = |at: usize, from: f32, to: f32| {
            (to.min(at as f32 + 1.0) - from.max(at as f32)).clamp(0.0, 1.0)
        };
        for y in 0..self.height {
            let down = part(y, top, low);
            if down == 0.0 {
                continue;
            }
            for x in left.max(0.0) as usize..(right.max(0.0).ceil() as usize).min(self.width) {
                let cover = down * part(x, left, right) * strength;
                let value = &mut self.greys[y * self.width + x];
                *value += cover * (grey - *value);
            }
        }
    }

    /// A straight line with round ends.
    fn stroke(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, grey: f32, strength: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy).max(0.1);
        for y in 0..self.height {
            for x in 0..self.width {
                let (px, py) = (x as f32 + 0.5 - from.0, y as f32 + 0.5 - from.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, length);
                let away = (px - along * dx / length).hypot(py - along * dy / length);
                let cover = (thick / 2.0 - away + 0.5).clamp(0.0, 1.0) * strength;
                let value = &mut self.greys[y * self.width + x];
                *value += cover * (grey - *value);
            }
        }
    }

    fn spoil(&mut self, fault: Fault, rng: &mut Rng) {
        let [left, top, right, low] = self.bars;
        let module = self.module;
        let within = |rng: &mut Rng, a: f32, b: f32| a + (b - a) * rng.f32();
        let high = self.height as f32;
        match fault {
            Fault::Sound | Fault::Cut => {}
            Fault::Streak => {
                let (x, wide) = (within(rng, left - 3.0, right).floor(), rng.usize(1..4) as f32);
                let grey = if rng.bool() { BLACK } else { PAPER };
                self.fill([x, 0.0, x + wide, high], grey, 1.0);
            }
            Fault::Smear => {
                let (x, wide) = (within(rng, left - 3.0, right), within(rng, 0.7, 3.5));
                let grey = if rng.bool() { BLACK } else { PAPER };
                let strength = within(rng, 0.4, 1.0);
                self.fill([x, 0.0, x + wide, high], grey, strength);
            }
            Fault::Frame | Fault::WideFrame => {
                let quiet = if fault == Fault::Frame { rng.u8(2..6) } else { 10 };
                let (quiet, thick) = (f32::from(quiet) * module, within(rng, 1.0, 5.0) * module);
                // The bars touch the frame, or stand free in it.
                let free = if rng.bool() { 0.0 } else { within(rng, 2.0, 6.0) * module };
                let inner = [left - quiet, top - free, right + quiet, low + free];
                let outer =
                    [inner[0] - thick, inner[1] - thick, inner[2] + thick, inner[3] + thick];
                self.fill([outer[0], outer[1], outer[2], inner[1]], BLACK, 1.0);
                self.fill([outer[0], inner[3], outer[2], outer[3]], BLACK, 1.0);
                self.fill([outer[0], inner[1], inner[0], inner[3]], BLACK, 1.0);
                self.fill([inner[2], inner[1], outer[2], inner[3]], BLACK, 1.0);
            }
            Fault::Fold => {
                let x = within(rng, left, right);
                let lean = within(rng, -0.25, 0.25) * high;
                let thick = within(rng, 1.0, 4.0);
                self.stroke((x, -2.0), (x + lean, high + 2.0), thick, PAPER, 0.9);
                let dark = thick / 2.0 + 0.5;
                self.stroke((x + dark, -2.0), (x + dark + lean, high + 2.0), 1.0, BLACK, 0.5);
            }
            Fault::Staple => {
                let (x, y) = (within(rng, left, right), within(rng, top, low));
                let angle = within(rng, -0.6, 0.6);
                let half = within(rng, 10.0, 30.0);
                let (dx, dy) = (half * angle.cos(), half * angle.sin());
                let (from, to) = ((x - dx, y - dy), (x + dx, y + dy));
                let grey = within(rng, 60.0, 200.0);
                self.stroke(from, to, 3.5, grey, 1.0);
                self.stroke((from.0, from.1 - 1.0), (to.0, to.1 - 1.0), 1.0, 250.0, 0.8);
            }
            Fault::Ink => {
                let (a, b) = (within(rng, top, low), within(rng, top, low));
                let (from, to) =
                    (within(rng, left - 10.0, left + 30.0), within(rng, left + 30.0, right));
                let thick = within(rng, 1.5, 5.0);
                let strength = within(rng, 0.6, 1.0);
                if rng.bool() {
                    self.stroke((from, a), (to, b), thick, 40.0, strength);
                } else {
                    let x = within(rng, left, right);
                    let lean = within(rng, -60.0, 60.0);
                    self.stroke((x, top - 6.0), (x + lean, low + 6.0), thick, 40.0, strength);
                }
            }
            Fault::Short => {
                let wide = within(rng, 0.05, 0.5) * (right - left);
                let x = within(rng, left - wide / 2.0, right - wide / 2.0);
                let gone = within(rng, 0.2, 0.9) * (low - top);
                let (from, to) = if rng.bool() { (top, top + gone) } else { (low - gone, low) };
                self.fill([x, from, x + wide, to], PAPER, 1.0);
            }
        }
    }

    /// What a device makes of it: sharp, a little out of focus with some noise, or black and white alone.
    fn seen(mut self, fault: Fault, rng: &mut Rng) -> Luma {
        match rng.u8(..4) {
            0 => {}
            1 => {
                let middle = (BLACK + PAPER) / 2.0;
                for grey in &mut self.greys {
                    *grey = if *grey < middle { 0.0 } else { 255.0 };
                }
            }
            _ => {
                let reach = 0.3 + 0.5 * rng.f32() * (self.module - 1.0).min(1.0);
                self.blur(reach);
                let noise = 14.0 * rng.f32();
                for grey in &mut self.greys {
                    *grey += noise * (rng.f32() + rng.f32() - 1.0);
                }
            }
        }
        let luma = self.pixels();
        if fault != Fault::Cut {
            return luma;
        }
        // Half of the cuts are in the outer third, where most of the code is left.
        let share = if rng.bool() { rng.f32() / 3.0 } else { rng.f32() };
        let away = ((share * luma.width as f32) as usize).min(luma.width - 20);
        let from = if rng.bool() { away } else { 0 };
        luma.crop(from, 0, luma.width - away, luma.height)
    }

    /// A pixel gives this part of itself to each neighbour beside it.
    fn blur(&mut self, reach: f32) {
        let side = reach / (1.0 + 2.0 * reach);
        for row in self.greys.chunks_exact_mut(self.width) {
            let old = row.to_vec();
            for x in 0..row.len() {
                let (before, after) = (old[x.saturating_sub(1)], old[(x + 1).min(old.len() - 1)]);
                row[x] = (1.0 - 2.0 * side) * old[x] + side * (before + after);
            }
        }
    }

    fn pixels(&self) -> Luma {
        let data = self.greys.iter().map(|grey| grey.round().clamp(0.0, 255.0) as u8).collect();
        Luma { width: self.width, height: self.height, data }
    }
}
