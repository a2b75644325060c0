//! Drawn lines of every symbology come back through blur, noise and light that falls off, or not at all;
//! widths at random say nothing.

use super::*;
use crate::reader::barcode::drawn_bars;
use crate::reader::bars::{edges, unblurred};
use fastrand::Rng;

fn all_of(length: f32) -> Stretch {
    Stretch { length, seen: (0.0, length) }
}

fn wanted(symbology: Symbology) -> Wanted {
    Wanted { symbologies: vec![symbology], itf_lengths: Vec::new() }
}

fn digits(rng: &mut Rng, count: usize) -> String {
    (0..count).map(|_| rng.digit(10)).collect()
}

fn content(symbology: Symbology, rng: &mut Rng) -> String {
    let checked = |text: String| {
        let sum: u32 = text
            .bytes()
            .rev()
            .enumerate()
            .map(|(i, digit)| u32::from(digit - b'0') * if i % 2 == 0 { 3 } else { 1 })
            .sum();
        format!("{text}{}", (10 - sum % 10) % 10)
    };
    match symbology {
        Symbology::Code128 => format!("{}{}", rng.uppercase(), digits(rng, 10)),
        Symbology::Codabar => format!("A{}B", digits(rng, 10)),
        Symbology::Code39 => format!("{}{}", rng.uppercase(), digits(rng, 7)),
        Symbology::Itf => digits(rng, 10),
        Symbology::Ean13 => checked(digits(rng, 12)),
        _ => checked(digits(rng, 7)),
    }
}

/// What a camera makes of it: greys along a line, so many samples a module.
fn line(bits: &[bool], module: f32, blur: f32, noise: f32, rng: &mut Rng) -> Vec<f32> {
    let quiet = 14.0;
    let length = ((bits.len() as f32 + 2.0 * quiet) * module) as usize;
    let (spread, slope) = (rng.f32() * 0.3 - 0.15, rng.f32() - 0.5);
    let black = |at: f32| {
        // Bars are a little wider or narrower than drawn.
        let there = |x: f32| x >= 0.0 && bits.get(x as usize).copied().unwrap_or(false);
        if spread > 0.0 {
            there(at - spread / 2.0) || there(at + spread / 2.0)
        } else {
            there(at - spread / 2.0) && there(at + spread / 2.0)
        }
    };
    (0..length)
        .map(|i| {
            let looks = 40;
            let sum = (0..looks)
                .filter(|look| {
                    let off = (*look as f32 + 0.5) / looks as f32 - 0.5;
                    let at = (i as f32 + 0.5) / module - quiet + off * blur.max(1.0 / module);
                    black(at)
                })
                .count() as f32
                / looks as f32;
            let light = 200.0 + 60.0 * slope * (i as f32 / length as f32 - 0.5);
            light * (1.0 - 0.8 * sum) + noise * (rng.f32() + rng.f32() + rng.f32() - 1.5)
        })
        .collect()
}

fn drawn(symbology: Symbology, rng: &mut Rng) -> (String, Vec<bool>) {
    let text = content(symbology, rng);
    let bars = drawn_bars(symbology, &text);
    (text, bars)
}

const LINEAR: [Symbology; 6] = [
    Symbology::Code128,
    Symbology::Codabar,
    Symbology::Code39,
    Symbology::Itf,
    Symbology::Ean13,
    Symbology::Ean8,
];

#[test]
fn drawn_lines_come_back_or_say_nothing() {
    let mut rng = Rng::with_seed(1);
    for symbology in LINEAR {
        let (mut right, mut tries) = (0, 0);
        for turn in 0..150 {
            let (text, bits) = drawn(symbology, &mut rng);
            let module = 1.7 + rng.f32() * 4.0;
            let blur = rng.f32() * 0.9;
            let mut greys = line(&bits, module, blur, 12.0, &mut rng);
            if turn % 2 == 1 {
                greys.reverse();
            }
            let found =
                read(&edges(&greys, 0.18), &all_of(greys.len() as f32), &wanted(symbology)).found;
            tries += 1;
            for one in &found {
                assert_eq!(one.finding.text, text, "{symbology:?}, module {module}, blur {blur}");
                assert_eq!(one.begin > one.end, turn % 2 == 1);
                right += 1;
            }
        }
        assert!(right * 100 >= tries * 93, "{symbology:?}: {right} of {tries}");
    }
}

#[test]
fn blur_of_more_than_a_module_is_undone() {
    let mut rng = Rng::with_seed(2);
    for (symbology, blur) in
        [(Symbology::Code128, 2.0), (Symbology::Codabar, 1.7), (Symbology::Itf, 1.8)]
    {
        let (mut plain, mut undone) = (0, 0);
        for _ in 0..60 {
            let (text, bits) = drawn(symbology, &mut rng);
            let greys = line(&bits, 5.0, blur, 2.0, &mut rng);
            let length = greys.len() as f32;
            let reads = |greys: &[f32]| {
                let found = read(&edges(greys, 0.18), &all_of(length), &wanted(symbology)).found;
                assert!(found.iter().all(|one| one.finding.text == text), "{found:?}, not {text}");
                !found.is_empty()
            };
            plain += usize::from(reads(&greys));
            undone += usize::from(reads(&unblurred(&greys, 5.0 * blur)));
        }
        assert!(undone >= 45 && plain < 30, "{symbology:?}: {undone} of 60, {plain} without");
    }
}

#[test]
fn widths_at_random_say_nothing() {
    let mut rng = Rng::with_seed(3);
    let all = Wanted { symbologies: LINEAR.to_vec(), itf_lengths: Vec::new() };
    let mut reads = 0;
    for _ in 0..20_000 {
        // Half of them are of whole modules, as other codes are.
        let whole = rng.bool();
        let mut at = 30.0;
        let mut edges = vec![at];
        for _ in 0..rng.usize(20..90) {
            let width = if whole { rng.u8(1..5).into() } else { 0.5 + 4.0 * rng.f32() };
            at += 3.0 * width;
            edges.push(at);
        }
        if edges.len() % 2 == 1 {
            edges.pop();
        }
        reads += read(&edges, &all_of(at + 30.0), &all).found.len();
    }
    // Short ones of a symbology without a check may come out by chance: no single line is believed.
    assert!(reads <= 4, "{reads} of 20,000 lines");
}
