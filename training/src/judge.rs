//! How well the net reads lines in fonts that it never saw, and how its chances relate to being right.

use crate::decode::{Answer, form};
use crate::fonts::Fonts;
use crate::line::{ALPHABET, CLASSES, normalised};
use crate::net::Pass;
use crate::sure;
use crate::{draw, text};
use std::path::Path;

/// One reading: the chance it was given, and whether it was right.
#[derive(Clone, Copy)]
struct Reading {
    chance: f64,
    right: bool,
}

/// Prints a table: by length of the text, free and with the form of the true text, and the reliability.
pub fn run(weights: &[f32], fonts: &Fonts, seed: u64, lines: usize, judging: bool) {
    let mut pass = Pass::default();
    let (mut free, mut formed, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..lines as u64 {
        let sample = draw::line(fonts, seed, number, judging);
        let logits = pass.forward(weights, &normalised(&sample.greys), sample.width);
        debug_assert_eq!(logits.len() % CLASSES, 0);
        let answer = Answer::new(logits);
        let truth: String = sample.labels.iter().map(|class| ALPHABET[class - 1]).collect();
        let plain = answer.free();
        let text = plain.text.replace('-', "");
        let truth = truth.replace('-', "");
        if truth.is_empty() {
            nothing.push(Reading { chance: plain.chance, right: text.is_empty() });
            continue;
        }
        free.push(Reading { chance: plain.chance, right: text == truth });
        // The form that a profile would give: digits where digits are, any letter where letters are.
        let places = truth.chars().map(|c| {
            if c.is_ascii_digit() {
                "0123456789".to_owned()
            } else {
                "ABCDEFGHJKLMNPQRSTUVWXYZ".to_owned()
            }
        });
        if let Some(form) = form(places) {
            let found = answer.of_form(&form);
            let best = found.first();
            formed.push(Reading {
                chance: best.map_or(0.0, |best| best.chance),
                right: best.is_some_and(|best| best.text == truth),
            });
        }
    }
    println!("free reading of {} lines with print:", free.len());
    table(&free, sure::free);
    println!("with the form of the number:");
    table(&formed, |chance| chance);
    println!("{} lines with nothing to read, read as nothing:", nothing.len());
    table(&nothing, |chance| chance);
}

/// The same for numbers with a check digit, where only texts with the right one count: those that the free
/// reading says by itself, and those that only grammar and check digit make.
pub fn checked(
    weights: &[f32],
    fonts: &Fonts,
    seed: u64,
    lines: usize,
    diagram: Option<&Path>,
) -> std::io::Result<()> {
    let mut pass = Pass::default();
    let digits = || "0123456789".to_owned();
    let letter = std::iter::once("ABCDEFGHJKLMNPQRSTUVWXYZ".to_owned());
    let Some(form) = form(letter.chain((0..10).map(|_| digits()))) else {
        return Ok(());
    };
    let (mut firm, mut made, mut none) = (Vec::new(), Vec::new(), 0);
    for number in 0..lines as u64 {
        let sample = draw::line_of(fonts, seed, number, true, text::checked);
        let logits = pass.forward(weights, &normalised(&sample.greys), sample.width);
        let answer = Answer::new(logits);
        let truth: String = sample.labels.iter().map(|class| ALPHABET[class - 1]).collect();
        let is_number = |text: &str| {
            text.len() == 11
                && text.starts_with(|c: char| c.is_ascii_uppercase())
                && text[1..].bytes().all(|b| b.is_ascii_digit())
                && text[1..10].bytes().all(|b| b.is_ascii_digit())
                && text[10..] == text::check_digit(&text[1..10]).to_string()
        };
        let free = answer.free();
        let found: Vec<_> =
            answer.of_form(&form).into_iter().filter(|found| is_number(&found.text)).collect();
        let all: f64 = found.iter().map(|found| found.chance).sum();
        let best = found.first();
        match best {
            _ if is_number(&free.text) => {
                firm.push(Reading { chance: free.chance, right: free.text == truth });
            }
            Some(best) => made.push(Reading {
                chance: sure::score(best.chance, best.chance / all),
                right: best.text == truth,
            }),
            None => none += 1,
        }
    }
    println!("numbers that the free reading says by itself: {}", firm.len());
    table(&firm, sure::checked);
    println!(
        "numbers that only grammar and check digit make (chance: part x root): {}",
        made.len()
    );
    table(&made, sure::formed);
    println!("no number at all: {none} of {lines}");
    diagram.map_or(Ok(()), |path| std::fs::write(path, drawn(&firm, &made)))
}

/// A reliability diagram: what is told against what was right, one disc for each tenth of the readings.
fn drawn(firm: &[Reading], made: &[Reading]) -> String {
    let place = |v: f64| 40.0 + 400.0 * v;
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 490\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"480\" height=\"490\" fill=\"#fff\"/>\n\
         <path d=\"M40 440H440M40 440V40M40 440L440 40\" stroke=\"#999\" fill=\"none\"/>\n\
         <text x=\"240\" y=\"474\" text-anchor=\"middle\">confidence told</text>\n\
         <text x=\"16\" y=\"240\" transform=\"rotate(-90 16 240)\" text-anchor=\"middle\">part that was right</text>\n\
         <text x=\"60\" y=\"60\" fill=\"#0a62c4\">read without the grammar, check digit right</text>\n\
         <text x=\"60\" y=\"78\" fill=\"#c45a0a\">made by grammar and check digit</text>\n",
    );
    for (readings, told, colour) in
        [(firm, sure::checked as fn(f64) -> f64, "#0a62c4"), (made, sure::formed, "#c45a0a")]
    {
        let mut sorted: Vec<(f64, bool)> =
            readings.iter().map(|r| (told(r.chance), r.right)).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        for tenth in sorted.chunks(sorted.len().div_ceil(10).max(1)) {
            let count = tenth.len() as f64;
            let x = tenth.iter().map(|t| t.0).sum::<f64>() / count;
            let y = tenth.iter().filter(|t| t.1).count() as f64 / count;
            svg += &format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/>\n",
                place(x),
                480.0 - place(y)
            );
        }
    }
    svg + "</svg>\n"
}

/// By the net's chance: what is told of it to the station, and how many are right.
fn table(readings: &[Reading], told: fn(f64) -> f64) {
    let right = readings.iter().filter(|r| r.right).count();
    println!("  right {:.2} %", 100.0 * right as f64 / readings.len().max(1) as f64);
    println!("  chance of net     readings    told     right");
    let edges = [0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.01];
    for pair in edges.windows(2) {
        let inside: Vec<&Reading> =
            readings.iter().filter(|r| r.chance >= pair[0] && r.chance < pair[1]).collect();
        if inside.is_empty() {
            continue;
        }
        let mean = inside.iter().map(|r| told(r.chance)).sum::<f64>() / inside.len() as f64;
        let right = inside.iter().filter(|r| r.right).count();
        println!(
            "  {:5.3} to {:5.3}  {:10}        {:6.4}   {:6.4} ({} wrong)",
            pair[0],
            pair[1].min(1.0),
            inside.len(),
            mean,
            right as f64 / inside.len() as f64,
            inside.len() - right
        );
    }
}
