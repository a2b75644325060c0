//! What is looked for, and whether what lines said may be believed.

use super::Point;
use super::geometry::distance;
use super::parts::{self, Part};
use crate::voucher::barcode::BarcodeRule;
use crate::voucher::{BarcodeFinding, Symbology};

/// So many strips that can't tell a character make it doubtful: noise alone lets some of them doubt, a streak all.
const DOUBTS: usize = 12;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub symbologies: Vec<Symbology>,
    /// Exact lengths of ITF contents; empty means 6 digits and more.
    pub itf_lengths: Vec<u32>,
}

impl Wanted {
    /// What these rules allow.
    pub fn of<'a>(rules: impl Iterator<Item = &'a BarcodeRule>) -> Wanted {
        let mut wanted = Wanted::default();
        for rule in rules {
            for symbology in &rule.symbologies {
                if !wanted.symbologies.contains(symbology) {
                    wanted.symbologies.push(*symbology);
                }
                let length = rule.length as u32;
                if *symbology == Symbology::Itf && !wanted.itf_lengths.contains(&length) {
                    wanted.itf_lengths.push(length);
                }
            }
        }
        wanted
    }

    pub fn linear(&self) -> impl Iterator<Item = Symbology> {
        self.symbologies.iter().copied().filter(|s| !square(*s))
    }

    pub fn any_linear(&self) -> bool {
        self.linear().next().is_some()
    }

    pub fn squares(&self) -> bool {
        self.symbologies.iter().any(|s| square(*s))
    }
}

pub(super) fn square(symbology: Symbology) -> bool {
    matches!(symbology, Symbology::QrCode | Symbology::DataMatrix)
}

/// A content, how many places of the code said it, and where it was.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub finding: BarcodeFinding,
    pub votes: usize,
    /// Votes of an earlier round over the same bars: they can only speak against others.
    pub before: usize,
    /// Begin and end of the code in the picture, if known; for squares top left and top right.
    pub ends: Option<(Point, Point)>,
    /// The middles of all lines that said so.
    pub middles: Vec<Point>,
    /// Set where it is only a part of a content.
    pub part: Option<Part>,
}

impl Found {
    pub fn new(finding: BarcodeFinding, ends: Option<(Point, Point)>) -> Found {
        let middles = ends.iter().map(|(a, b)| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)).collect();
        Found { finding, votes: 1, before: 0, ends, middles, part: None }
    }

    /// Whether another content stands so far away that it is another code.
    fn elsewhere(&self, other: &Found) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.ends, other.ends) else {
            return false;
        };
        let apart = distance(
            ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0),
            ((c.0 + d.0) / 2.0, (c.1 + d.1) / 2.0),
        );
        apart > 0.6 * distance(a, b).max(distance(c, d))
    }

    /// Whether all lines that said so lie above, or all below, those that said another.
    fn beside(&self, other: &Found) -> bool {
        let Some((a, b)) = self.ends else {
            return false;
        };
        let across = |p: &Point| (b.0 - a.0) * p.1 - (b.1 - a.1) * p.0;
        let range = |found: &Found| {
            found
                .middles
                .iter()
                .map(across)
                .fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)))
        };
        let (one, two) = (range(self), range(other));
        one.1 < two.0 || two.1 < one.0
    }
}

/// Contents with their votes. A vote is a strip of a code that no other vote has read.
#[derive(Default, Debug)]
pub(super) struct Votes {
    pub found: Vec<Found>,
    /// Strips that saw a code of which they couldn't tell one character.
    pub doubts: usize,
}

impl Votes {
    pub fn add(&mut self, found: Found) {
        let same = |old: &&mut Found| old.finding == found.finding && old.part == found.part;
        match self.found.iter_mut().find(same) {
            Some(old) => {
                old.votes += found.votes;
                old.ends = old.ends.or(found.ends);
                old.middles.extend(found.middles);
            }
            None => self.found.push(found),
        }
    }

    /// The same bars are read again in another way, so what was read so far supports nothing any more.
    pub fn again(&mut self) {
        for found in &mut self.found {
            found.before = found.before.max(found.votes);
            found.votes = 0;
        }
    }

    /// Whether a code stands there of which a character can't be told, whatever is done: what makes it plainer would
    /// only make it something.
    pub fn doubtful(&self) -> bool {
        self.doubts >= DOUBTS
    }

    /// Votes for other contents of the same symbology at the same place.
    fn against(&self, found: &Found) -> usize {
        self.found
            .iter()
            .filter(|other| {
                other.finding.symbology == found.finding.symbology
                    && other.finding.text != found.finding.text
                    && !found.elsewhere(other)
            })
            .map(|other| other.votes.max(other.before))
            .max()
            .unwrap_or(0)
    }

    /// Whether all that was read where this stands is another code above or below it.
    fn one_of_two(&self, found: &Found) -> bool {
        let mut others = self.found.iter().filter(|other| {
            other.finding.symbology == found.finding.symbology
                && other.finding.text != found.finding.text
                && !found.elsewhere(other)
        });
        others.all(|other| other.votes.max(other.before) >= 2 && found.beside(other))
    }

    /// Contents that may be believed, most votes first. ITF and Codabar have no check of their own, so
    /// one strip is never enough, and a strip of the same code that said something else weighs against them.
    pub fn believed(&self) -> Vec<Found> {
        let mut believed: Vec<Found> = self
            .found
            .iter()
            .filter(|found| found.part.is_none())
            .filter(|found| {
                let against = self.against(found);
                match found.finding.symbology {
                    Symbology::QrCode | Symbology::DataMatrix => found.votes >= 1,
                    // A check of 1 in 103: what two lines say, and two others beside them say otherwise, are two codes.
                    Symbology::Code128 => {
                        found.votes >= 2 && (found.votes > against || self.one_of_two(found))
                            || found.votes == 1 && against == 0
                    }
                    Symbology::Codabar | Symbology::Itf => {
                        found.votes >= 2 && found.votes > 3 * against
                    }
                    Symbology::Code39 => found.votes >= 2 && found.votes > 2 * against,
                    // Their check digit lets one misread in ten pass.
                    Symbology::Ean8 | Symbology::Ean13 => {
                        found.votes >= 2 && found.votes > 2 * against
                    }
                }
            })
            .cloned()
            .collect();
        believed.extend(parts::joined(&self.found));
        believed.sort_by_key(|found| std::cmp::Reverse(found.votes));
        believed
    }

    /// Parts of contents that can't be told whole.
    pub fn parts(&self) -> Vec<BarcodeFinding> {
        parts::alone(&self.found)
    }

    /// Whether a content is so sure that no further strip of its code need be read.
    pub fn proven(&self) -> bool {
        self.found.iter().filter(|found| found.part.is_none()).any(|found| {
            let enough = match found.finding.symbology {
                Symbology::QrCode | Symbology::DataMatrix => 1,
                Symbology::Code128 => 2,
                Symbology::Codabar | Symbology::Itf | Symbology::Code39 => 3,
                Symbology::Ean8 | Symbology::Ean13 => 3,
            };
            found.votes >= enough && self.against(found) == 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(symbology: Symbology, text: &str) -> Found {
        Found::new(BarcodeFinding { symbology, text: text.to_owned() }, None)
    }

    #[test]
    fn one_line_of_itf_or_codabar_is_never_believed() {
        for symbology in [Symbology::Itf, Symbology::Codabar] {
            let mut votes = Votes::default();
            votes.add(found(symbology, "1234567890"));
            assert!(votes.believed().is_empty());
            votes.add(found(symbology, "1234567890"));
            assert_eq!(votes.believed().len(), 1);
            votes.add(found(symbology, "1234567899"));
            assert!(votes.believed().is_empty());
        }
    }

    #[test]
    fn two_codes_one_above_the_other_are_two() {
        let at = |text: &str, y: f32| {
            let finding = BarcodeFinding { symbology: Symbology::Code128, text: text.to_owned() };
            Found::new(finding, Some(((10.0, y), (210.0, y))))
        };
        let mut votes = Votes::default();
        [20.0, 30.0].into_iter().for_each(|y| votes.add(at("A1", y)));
        [60.0, 70.0].into_iter().for_each(|y| votes.add(at("B2", y)));
        assert_eq!(votes.believed().len(), 2);
        // A line between those of the other says that it is one code.
        votes.add(at("B2", 25.0));
        let believed: Vec<String> =
            votes.believed().into_iter().map(|found| found.finding.text).collect();
        assert_eq!(believed, ["B2"]);
    }

    #[test]
    fn an_earlier_round_speaks_only_against() {
        let mut votes = Votes::default();
        votes.add(found(Symbology::Itf, "123456"));
        votes.again();
        votes.add(found(Symbology::Itf, "123456"));
        assert!(votes.believed().is_empty());
        votes.again();
        votes.add(found(Symbology::Itf, "123457"));
        votes.add(found(Symbology::Itf, "123457"));
        assert!(votes.believed().is_empty());
    }
}
