//! What a hand scanner sent, as a reading. It sends text alone: which symbology it was, and whether it
//! left Codabar's start and stop letters away, only the profile can tell.

use super::profile::{Identified, Profile};
use super::{BarcodeFinding, Reading, Symbology};

/// The reading of one scanned code. The first layout whose rule makes a number of it tells the
/// symbology; a code that none knows keeps the first symbology of the profile, and the verdict says
/// that it is of another scheme.
pub fn scanned(profile: &Profile, text: &str) -> Reading {
    let mut close = None;
    let mut first = None;
    for rule in profile.layouts.iter().filter_map(|layout| Some(&layout.barcode.as_ref()?.0)) {
        for symbology in &rule.symbologies {
            for text in candidates(*symbology, text, rule.start_stop) {
                let finding = BarcodeFinding { symbology: *symbology, text };
                match profile.identify_barcode(&finding) {
                    Identified::Number { .. } => return with(finding),
                    Identified::CheckDigitWrong { .. } => close = close.or(Some(finding)),
                    Identified::OtherScheme => first = first.or(Some(finding)),
                }
            }
        }
    }
    let unknown = BarcodeFinding { symbology: Symbology::Code128, text: text.to_owned() };
    with(close.or(first).unwrap_or(unknown))
}

fn with(finding: BarcodeFinding) -> Reading {
    Reading { barcode: Some(finding), ..Reading::default() }
}

/// The text as it came, and for Codabar also with the letters that many scanners leave away or send
/// small.
fn candidates(symbology: Symbology, text: &str, fixed: Option<(char, char)>) -> Vec<String> {
    let mut candidates = vec![text.to_owned()];
    if symbology == Symbology::Codabar {
        let letter = |it: Option<char>| it.is_some_and(|it| matches!(it, 'a'..='d' | 'A'..='D'));
        if letter(text.chars().next()) && letter(text.chars().next_back()) {
            candidates = vec![text.to_ascii_uppercase()];
        }
        let (start, stop) = fixed.unwrap_or(('A', 'A'));
        candidates.push(format!("{start}{text}{stop}"));
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voucher::profile_file;

    #[test]
    fn codabar_may_come_without_its_letters() {
        let text = include_str!("../../assets/profiles/twelve-digits-nw7.toml");
        let profile = profile_file::parse(text).unwrap();
        let layout = &profile.layouts[0];
        let number = layout.number.compose("", 12_345).unwrap();
        let bare = scanned(&profile, number.as_str()).barcode.unwrap();
        assert_eq!(bare.symbology, Symbology::Codabar);
        let Identified::Number { number: found, .. } = profile.identify_barcode(&bare) else {
            panic!("{bare:?} is no number");
        };
        assert_eq!(found, number);
        let whole = scanned(&profile, &bare.text).barcode.unwrap();
        assert_eq!(whole, bare);
        let small = scanned(&profile, &bare.text.to_ascii_lowercase()).barcode.unwrap();
        assert_eq!(small, bare);
    }

    #[test]
    fn another_schemes_code_stays_as_it_is() {
        let text = include_str!("../../assets/profiles/five-layouts.toml");
        let profile = profile_file::parse(text).unwrap();
        let reading = scanned(&profile, "HELLO");
        let finding = reading.barcode.unwrap();
        assert_eq!(finding.text, "HELLO");
        assert_eq!(profile.identify_barcode(&finding), Identified::OtherScheme);
    }
}
