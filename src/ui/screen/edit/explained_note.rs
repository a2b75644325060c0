//! What a step of a reading found, in the window's words.

use crate::ui::screen::Cx;
use crate::ui::words::Words;
use crate::voucher::steps::{Mark, Note, Step};

pub fn title(words: &Words, step: Step) -> String {
    match step {
        Step::Outline => words.explain_outline(),
        Step::Face => words.explain_face(),
        Step::Barcode => words.explain_barcode(),
        Step::Line => words.explain_line(),
        Step::Answer => words.explain_answer(),
    }
}

pub fn mark(words: &Words, mark: Mark) -> String {
    match mark {
        Mark::Sheet => words.explain_mark_sheet(),
        Mark::Barcode => words.explain_mark_barcode(),
        Mark::Number => words.explain_mark_number(),
        Mark::Kind => words.explain_mark_kind(),
    }
}

/// The step's sentences. `blind`: none says what the machine took the number for.
pub fn sentences(cx: &Cx<'_>, note: &Note, blind: bool) -> Vec<String> {
    let words = cx.words;
    let only_if = |so: bool, sentence: fn(&Words) -> String| so.then(|| sentence(words));
    match note {
        Note::Barcode { .. } | Note::Line { .. } | Note::Answer { .. } if blind => {
            vec![words.explain_blind()]
        }
        Note::NoOutline => vec![words.explain_no_outline()],
        Note::Outline { firm, beside } => {
            let edge =
                if *firm { words.explain_outline_firm() } else { words.explain_outline_weak() };
            let beside = only_if(*beside, |words| words.explain_outline_beside());
            [edge].into_iter().chain(beside).collect()
        }
        Note::NoLayout => vec![words.explain_no_layout()],
        Note::Layout { layout, by_code, kind } => {
            let by_code = only_if(*by_code, |words| words.explain_layout_by_code());
            let kind = kind.as_ref();
            let kind = kind.map(|kind| words.explain_layout_kind(cx.kind_name(Some(kind))));
            let layout = words.explain_layout(layout.to_string());
            [layout].into_iter().chain(by_code).chain(kind).collect()
        }
        Note::NoBarcode => vec![words.explain_no_barcode()],
        Note::Barcode { found, votes, in_box } => {
            let text = format!("{} {}", found.symbology.word(), found.text);
            let says = [words.explain_code(text), words.explain_code_votes(*votes)];
            let elsewhere = only_if(!in_box, |words| words.explain_code_elsewhere());
            says.into_iter().chain(elsewhere).collect()
        }
        Note::Line { free } if free.is_empty() => vec![words.explain_free_nothing()],
        Note::Line { free } => vec![words.explain_free(free.as_str())],
        Note::Answer { numbers, firm, .. } => {
            let what = match (numbers.is_empty(), firm) {
                (true, _) => words.explain_answer_none(),
                (false, true) => words.explain_answer_firm(),
                (false, false) => words.explain_answer_formed(),
            };
            let number = |(number, confidence): &(crate::voucher::Number, u16)| {
                let percent = format!("{}.{}", confidence / 10, confidence % 10);
                words.explain_answer_number(cx.grouped(number.as_str()), percent)
            };
            let numbers = numbers.iter().map(number);
            [what].into_iter().chain(numbers).chain([words.explain_answer_rows()]).collect()
        }
    }
}
