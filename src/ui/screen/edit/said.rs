//! Everything that said something about a sheet's number, side by side: nobody chooses among it unseen.

use crate::flow::PersonId;
use crate::flow::event::Keyed;
use crate::flow::state::Sheet;
use crate::voucher::profile::Identified;
use crate::voucher::{BarcodeFinding, Number, PrintedFinding, Profile, Reason, Side, Symbology};

/// From here on (thousandths) a print is told, one that fits no number from `CLEAR` on.
const TOLD: u16 = 300;
const CLEAR: u16 = 500;

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Barcode(Symbology),
    /// Another barcode in the same picture.
    Beside(Symbology),
    /// The second number of schemes that print two.
    Second(Symbology),
    /// Thousandths of confidence.
    Print(u16),
    Person(PersonId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub who: Who,
    pub side: Side,
    /// The number in its canonical form, else what was read. `None`: a person could not tell it.
    pub text: Option<String>,
    /// The same as a number of the profile, if it is one.
    pub number: Option<Number>,
}

/// What the machine read and people keyed, machines first; each saying of one source once.
pub fn said(sheet: &Sheet, profile: &Profile) -> Vec<Said> {
    let mut all = Vec::<Said>::new();
    let mut add = |said: Said| {
        if !all.contains(&said) {
            all.push(said);
        }
    };
    for capture in &sheet.captures {
        let (reading, side) = (&capture.reading, capture.side);
        let code = |who: fn(Symbology) -> Who, found: &BarcodeFinding| {
            let number = of_barcode(profile, found);
            let text = number.as_ref().map_or_else(|| found.text.clone(), ToString::to_string);
            Said { who: who(found.symbology), side, text: Some(text), number }
        };
        reading.barcode.iter().for_each(|found| add(code(Who::Barcode, found)));
        reading.others.iter().for_each(|found| add(code(Who::Beside, found)));
        if let Some(print) = reading.printed.as_ref().filter(|print| worth_telling(print)) {
            let text =
                print.number.as_ref().map_or_else(|| print.free.clone(), ToString::to_string);
            let number = print.number.clone();
            add(Said { who: Who::Print(print.confidence), side, text: Some(text), number });
        }
        reading.second.iter().for_each(|found| add(code(Who::Second, found)));
    }
    for keying in &sheet.keyings {
        let number = match &keying.answer {
            Keyed::Number(number) => Some(number.clone()),
            Keyed::Cannot => None,
        };
        let text = number.as_ref().map(ToString::to_string);
        add(Said { who: Who::Person(keying.by.clone()), side: Side::Front, text, number });
    }
    all
}

fn of_barcode(profile: &Profile, found: &BarcodeFinding) -> Option<Number> {
    match profile.identify_barcode(found) {
        Identified::Number { number, .. } => Some(number),
        Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
    }
}

fn worth_telling(print: &PrintedFinding) -> bool {
    let floor = if print.number.is_some() { TOLD } else { CLEAR };
    print.confidence >= floor && (print.number.is_some() || print.free.chars().count() > 3)
}

/// Whether not all say the same. The second number of a scheme may be one of its own, so it counts only
/// where it was found to differ.
pub fn differ(said: &[Said], reasons: &[Reason]) -> bool {
    let second = reasons.contains(&Reason::SecondNumberDiffers);
    let mut texts = said
        .iter()
        .filter(|said| second || !matches!(said.who, Who::Second(_)))
        .map(|said| &said.text);
    let first = texts.next();
    texts.any(|text| Some(text) != first)
        || reasons.iter().any(|reason| {
            matches!(
                reason,
                Reason::ReadingsDiffer
                    | Reason::KeyingsDiffer
                    | Reason::KeyedDiffersFromBarcode
                    | Reason::SeveralBarcodes
                    | Reason::MarkedWrong
                    | Reason::CheckDigitWrong
            )
        })
}

/// The different numbers that somebody said, in order, each with everyone who did.
pub fn numbers(said: &[Said]) -> Vec<(Number, Vec<&Said>)> {
    let mut numbers = Vec::<(Number, Vec<&Said>)>::new();
    for one in said.iter().filter(|one| !matches!(one.who, Who::Second(_))) {
        let Some(number) = &one.number else { continue };
        match numbers.iter_mut().find(|(known, _)| known == number) {
            Some((_, by)) => by.push(one),
            None => numbers.push((number.clone(), vec![one])),
        }
    }
    numbers
}

/// For each text the characters that stand otherwise in another, by place: where all are as long as each
/// other place by place, else all between what they begin and what they end with alike.
pub fn marks(texts: &[&str]) -> Vec<Vec<bool>> {
    let all = texts.iter().map(|text| text.chars().collect::<Vec<_>>()).collect::<Vec<_>>();
    let Some(first) = all.first() else { return Vec::new() };
    if all.iter().all(|text| text.len() == first.len()) {
        let differs = |at: usize| all.iter().any(|text| text[at] != first[at]);
        let marks = (0..first.len()).map(differs).collect::<Vec<_>>();
        return vec![marks; all.len()];
    }
    let shortest = all.iter().map(Vec::len).min().unwrap_or_default();
    let alike = |at: usize| all.iter().all(|text| text[at] == first[at]);
    let head = (0..shortest).take_while(|at| alike(*at)).count();
    let from_end = |at: usize| {
        let last = first[first.len() - 1 - at];
        all.iter().all(|text| text[text.len() - 1 - at] == last)
    };
    let tail = (0..shortest - head).take_while(|at| from_end(*at)).count();
    let mark =
        |text: &Vec<char>| (0..text.len()).map(|at| at >= head && at < text.len() - tail).collect();
    all.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str]) -> Vec<String> {
        let marks = marks(texts);
        let one = |(text, marks): (&&str, Vec<bool>)| {
            text.chars().zip(marks).map(|(char, mark)| if mark { char } else { '.' }).collect()
        };
        texts.iter().zip(marks).map(one).collect()
    }

    #[test]
    fn digits_that_differ_are_marked() {
        assert_eq!(shown(&["B3212793685", "B1212793685"]), [".3.........", ".1........."]);
        assert_eq!(shown(&["A12", "A12"]), ["...", "..."]);
        assert_eq!(shown(&["A123", "A12", "A143"]), ["..23", "..2", "..43"]);
        assert_eq!(shown(&["A1234", "A134"]), ["..2..", "...."]);
        assert_eq!(shown(&["", "A1"]), ["", "A1"]);
        assert_eq!(shown(&[]), Vec::<String>::new());
    }
}
