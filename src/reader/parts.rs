//! Square codes that hold a part of a content only (structured append, ISO/IEC 18004 section 8 and ISO/IEC 16022
//! section 5.6): a part never passes for the whole; all parts together are the whole.

use super::votes::Found;
use crate::voucher::{BarcodeFinding, Symbology};

/// Which part of a whole a code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// From 0.
    pub at: u8,
    pub of: u8,
    /// What all parts of one whole bear: the parity of its bytes in QR codes, a file's mark in Data Matrix.
    pub whole: u16,
}

impl Part {
    /// Where the figures make no sense it is a part all the same, which no others complete.
    pub fn new(at: i64, of: i64, whole: u16) -> Part {
        match (u8::try_from(at), u8::try_from(of)) {
            (Ok(at), Ok(of)) if at < of => Part { at, of, whole },
            _ => Part { at: 0, of: 0, whole },
        }
    }
}

/// Contents of which every part was found, in the order of their parts.
pub(super) fn joined(found: &[Found]) -> Vec<Found> {
    let firsts = found.iter().filter(|one| one.part.is_some_and(|part| part.at == 0));
    firsts.filter_map(|first| whole(found, first)).collect()
}

/// Parts of wholes that lack another.
pub(super) fn alone(found: &[Found]) -> Vec<BarcodeFinding> {
    let lonely = found.iter().filter(|one| {
        let Some(part) = one.part else { return false };
        let mut firsts = found.iter().filter(|it| same_whole(it, one.finding.symbology, part, 0));
        !firsts.any(|first| whole(found, first).is_some())
    });
    lonely.map(|one| one.finding.clone()).collect()
}

fn same_whole(one: &Found, symbology: Symbology, part: Part, at: u8) -> bool {
    one.finding.symbology == symbology && one.part == Some(Part { at, ..part })
}

fn whole(found: &[Found], first: &Found) -> Option<Found> {
    let part = first.part.filter(|part| part.of > 0)?;
    let symbology = first.finding.symbology;
    let mut text = String::new();
    for at in 0..part.of {
        let mut here = found.iter().filter(|one| same_whole(one, symbology, part, at));
        let one = here.next()?;
        // Two that claim the same place: nobody can tell which belongs to the whole.
        if here.next().is_some() {
            return None;
        }
        text.push_str(&one.finding.text);
    }
    // The parity is over bytes that only plain text shows as they were.
    let parity = text.bytes().fold(0, |sum, byte| sum ^ byte);
    let holds =
        symbology != Symbology::QrCode || text.is_ascii() && u16::from(parity) == part.whole;
    holds.then(|| Found::new(BarcodeFinding { symbology, text }, first.ends))
}

#[cfg(test)]
mod tests {
    use super::super::votes::Votes;
    use super::*;

    fn part(symbology: Symbology, text: &str, at: i64, of: i64, whole: u16) -> Found {
        let finding = BarcodeFinding { symbology, text: text.to_owned() };
        Found { part: Some(Part::new(at, of, whole)), ..Found::new(finding, None) }
    }

    fn parity(text: &str) -> u16 {
        text.bytes().fold(0, |sum, byte| sum ^ u16::from(byte))
    }

    fn said(parts: &[Found]) -> (Vec<String>, usize) {
        let mut votes = Votes::default();
        parts.iter().for_each(|part| votes.add(part.clone()));
        assert!(!votes.proven() || !votes.believed().is_empty());
        (votes.believed().into_iter().map(|it| it.finding.text).collect(), votes.parts().len())
    }

    #[test]
    fn all_parts_are_the_whole_and_fewer_are_nothing() {
        let whole = parity("D2158028226-20261130XX");
        for symbology in [Symbology::QrCode, Symbology::DataMatrix] {
            let one = part(symbology, "D2158028226", 0, 2, whole);
            let two = part(symbology, "-20261130XX", 1, 2, whole);
            let both = (vec!["D2158028226-20261130XX".to_owned()], 0);
            assert_eq!(said(&[one.clone(), two.clone()]), both);
            assert_eq!(said(&[two.clone(), one.clone(), one.clone()]), both);
            assert_eq!(said(std::slice::from_ref(&one)), (vec![], 1));
            assert_eq!(said(std::slice::from_ref(&two)), (vec![], 1));
            let of_another = part(symbology, "-20261130XX", 1, 2, whole + 1);
            assert_eq!(said(&[one.clone(), of_another]), (vec![], 2));
            let rival = part(symbology, "-20261130YY", 1, 2, whole);
            assert_eq!(said(&[one.clone(), two.clone(), rival]), (vec![], 3));
        }
    }

    #[test]
    fn parts_of_a_qr_code_must_have_its_parity() {
        let one = part(Symbology::QrCode, "A69006", 0, 2, 1);
        let two = part(Symbology::QrCode, "02672", 1, 2, 1);
        assert_ne!(parity("A6900602672"), 1);
        assert_eq!(said(&[one, two]), (vec![], 2));
    }

    #[test]
    fn figures_without_sense_are_a_part_of_nothing() {
        let odd = part(Symbology::DataMatrix, "A6900602672", 3, 0, 9);
        assert_eq!(said(&[odd]), (vec![], 1));
    }
}
