//! What `profile new` prints: samples, proposal, contradictions and trials, for people or as JSON.

use super::Shown;
use crate::reader::Upright;
use crate::voucher::Judgement;
use crate::voucher::profile::Area;
use crate::voucher::teach::{Guess, LayoutProposal, Sample, Standing, Taught, words_of};
use serde_json::{Value, json};
use std::path::Path;

/// Fits that are printed for people; JSON has all.
const FITS: usize = 8;

pub(super) fn proposal(shown: &[Shown], samples: &[Sample], taught: &Taught, as_json: bool) {
    if as_json {
        say_line!("{}", whole(shown, samples, taught));
        return;
    }
    for (no, (one, sample)) in shown.iter().zip(samples).enumerate() {
        say_line!("sample {:<3} {} {}", no + 1, one.path.display(), seen(one, sample));
    }
    for (no, layout) in taught.layouts.iter().enumerate() {
        say_line!("");
        for line in lines(layout, no + 1) {
            say_line!("{line}");
        }
    }
    if !taught.contradictions.is_empty() {
        say_line!("");
    }
    for told in &taught.contradictions {
        let what = if told.is_nothing_read() { "unread" } else { "contradiction" };
        say_line!("{what}: {told}");
    }
    say_line!("");
}

fn seen(one: &Shown, sample: &Sample) -> String {
    let code = match &sample.barcode {
        Some(found) => format!("{} {}", found.symbology.word(), found.text),
        None => "no barcode".to_owned(),
    };
    let print = match (&sample.printed, &sample.number_area) {
        (Some(text), _) => format!("print {text}"),
        (None, Some(_)) => "print not read".to_owned(),
        (None, None) => "no number found in print".to_owned(),
    };
    let more = match one.survey.codes.len() {
        0 | 1 => String::new(),
        count => format!(", {} more barcodes", count - 1),
    };
    let lies = match (&one.survey.outline, one.survey.upright) {
        (None, _) => ", the sheet can't be told from its ground",
        (Some(_), None) => ", perhaps upside down",
        (Some(_), Some(Upright::Code | Upright::Print)) => "",
    };
    format!("{code}, {print}{more}{lies}")
}

/// A layout for people, a fact a line.
fn lines(layout: &LayoutProposal, no: usize) -> Vec<String> {
    let samples: Vec<String> = layout.samples.iter().map(|it| (it + 1).to_string()).collect();
    let (w, h) = layout.size_mm;
    let mut lines =
        vec![format!("layout {no}, {w} x {h} mm, from the samples {}", samples.join(", "))];
    let mut add = |what: &str, text: String| lines.push(format!("  {what:<8} {text}"));
    match &layout.barcode {
        None => add("barcode", "none".to_owned()),
        Some(rule) => {
            let words: Vec<&str> = rule.symbologies.iter().map(|it| it.word()).collect();
            let mut text = format!(
                "{}, {}, {} {}",
                words.join(", "),
                words_of(&rule.part),
                rule.length,
                if rule.digits_only { "digits" } else { "characters" }
            );
            if let Some((start, stop)) = rule.start_stop {
                text.push_str(&format!(", between {start} and {stop}"));
            }
            if !rule.add_prefix.is_empty() {
                text.push_str(&format!(", with {} before it", rule.add_prefix));
            }
            add("barcode", format!("{text}; box {}", area(layout.barcode_area.as_ref())));
        }
    }
    let mut number = layout.form.pattern(layout.check_taken());
    if layout.form.groups.len() > 1 {
        let groups: Vec<String> = layout.form.groups.iter().map(usize::to_string).collect();
        number.push_str(&format!(
            ", printed as {} with {:?} between",
            groups.join("-"),
            layout.form.separator
        ));
    }
    add("number", format!("{number}; box {}", area(layout.number_area.as_ref())));
    add(
        "check",
        format!(
            "{} ({} tried on {} different numbers)",
            layout.checks.standing(),
            layout.checks.tried,
            layout.checks.numbers
        ),
    );
    for (at, fit) in layout.checks.fits.iter().enumerate().take(FITS) {
        let taken = if layout.check == Some(at) { "*" } else { " " };
        add("", format!("{taken}{} {fit}; by chance {}", at + 1, chance(fit.chance)));
    }
    if layout.checks.fits.len() > FITS {
        add("", format!("  and {} more", layout.checks.fits.len() - FITS));
    }
    for guess in &layout.guesses {
        add("guess", guess.to_string());
    }
    for gap in layout.gaps() {
        add("missing", gap.to_string());
    }
    lines
}

fn area(area: Option<&Area>) -> String {
    area.map_or("unknown".to_owned(), |it| format!("{},{},{},{}", it.x, it.y, it.w, it.h))
}

fn chance(chance: f64) -> String {
    match chance {
        0.0 => "never, since the barcode's own rule has it".to_owned(),
        1.0.. => "certain".to_owned(),
        _ if chance > 1e-9 => format!("1 in {:.0}", 1.0 / chance),
        _ => "less than 1 in 1000000000".to_owned(),
    }
}

fn whole(shown: &[Shown], samples: &[Sample], taught: &Taught) -> Value {
    let files = shown.iter().zip(samples).map(|(one, sample)| {
        json!({
            "file": one.path.to_string_lossy(),
            "barcode": sample.barcode.as_ref().map(|it| json!({"symbology": it.symbology, "text": it.text})),
            "printed": sample.printed,
            "barcode_box": numbers(sample.barcode_area.as_ref()),
            "number_box": numbers(sample.number_area.as_ref()),
            "upright": one.survey.upright.is_some(),
        })
    });
    let contradictions = taught.contradictions.iter();
    json!({
        "samples": files.collect::<Vec<_>>(),
        "layouts": taught.layouts.iter().map(one_layout).collect::<Vec<_>>(),
        "contradictions": contradictions
            .map(|it| json!({"sample": it.sample() + 1, "says": it.to_string()}))
            .collect::<Vec<_>>(),
    })
}

fn numbers(area: Option<&Area>) -> Value {
    // As people write them: an f32 as it is would have 17 digits.
    let round = |value: f32| (f64::from(value) * 1e4).round() / 1e4;
    area.map_or(Value::Null, |it| json!([round(it.x), round(it.y), round(it.w), round(it.h)]))
}

fn one_layout(layout: &LayoutProposal) -> Value {
    let (standing, more) = match layout.checks.standing() {
        Standing::NoneFits => ("none", None),
        Standing::Proven => ("proven", None),
        Standing::NotProven { more } => ("not_proven", Some(more)),
        Standing::Several { more, .. } => ("several", Some(more)),
    };
    let fits = layout.checks.fits.iter().map(|fit| {
        json!({
            "scheme": fit.scheme.word(),
            "says": fit.to_string(),
            "position": fit.place + 1,
            "covers": fit.cover.iter().map(|at| at + 1).collect::<Vec<_>>(),
            "chance": fit.chance,
        })
    });
    let barcode = layout.barcode.as_ref().map(|rule| {
        json!({
            "symbology": rule.symbologies,
            "part": words_of(&rule.part),
            "length": rule.length,
            "digits_only": rule.digits_only,
            "start_stop": rule.start_stop.map(|(start, stop)| format!("{start}{stop}")),
            "add_prefix": rule.add_prefix,
        })
    });
    json!({
        "samples": layout.samples.iter().map(|it| it + 1).collect::<Vec<_>>(),
        "size_mm": [layout.size_mm.0, layout.size_mm.1],
        "barcode": barcode,
        "barcode_box": numbers(layout.barcode_area.as_ref()),
        "number": layout.form.pattern(layout.check_taken()),
        "groups": layout.form.groups,
        "separator": layout.form.separator,
        "number_box": numbers(layout.number_area.as_ref()),
        "numbers": layout.numbers.iter().map(|(at, it)| json!([at + 1, it])).collect::<Vec<_>>(),
        "check": standing,
        "check_more": more,
        "check_taken": layout.check.map(|at| at + 1),
        "check_tried": layout.checks.tried,
        "checks": fits.collect::<Vec<_>>(),
        "guesses": layout.guesses.iter().map(Guess::to_string).collect::<Vec<_>>(),
        "missing": layout.gaps().iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Comments at the profile's beginning: where it is from, and all that is guessed.
pub(super) fn header(taught: &Taught) -> String {
    let count: usize = taught.layouts.iter().map(|layout| layout.samples.len()).sum();
    let mut lines = vec![
        format!("Learned from {count} sample vouchers by kenban profile new."),
        "Agree every value with the client; what no picture tells is as in the sample profiles."
            .to_owned(),
    ];
    for (no, layout) in taught.layouts.iter().enumerate() {
        lines.push(format!("Layout {}: check digit: {}.", no + 1, layout.checks.standing()));
        lines.extend(layout.guesses.iter().map(|guess| format!("Layout {}: {guess}.", no + 1)));
    }
    // A comment ends with its line, whatever a sample said.
    let clean = |line: String| line.replace(|c: char| c.is_control(), " ");
    lines.into_iter().map(|line| format!("# {}\n", clean(line))).collect()
}

pub(super) fn tried(path: &Path, judged: &Judgement, same: bool, as_json: bool) {
    let number = judged.number.as_ref().map(|it| it.as_str());
    if as_json {
        say_line!(
            "{}",
            json!({"file": path.to_string_lossy(), "verdict": judged.verdict, "number": number,
                   "as_learned": same, "reasons": judged.reasons})
        );
        return;
    }
    let reasons: Vec<&str> = judged.reasons.iter().map(|it| it.word()).collect();
    let other = if same { "" } else { " NOT AS LEARNED" };
    say_line!(
        "{:<10} {:<14} {} {}{other}",
        judged.verdict.word(),
        number.unwrap_or("-"),
        path.display(),
        reasons.join(" ")
    );
}
