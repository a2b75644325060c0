//! How a barcode's content maps to the number.

use super::Symbology;

/// Which part of the content is the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentPart {
    Whole,
    /// The value of this query field of a web address.
    Query(String),
    /// The last path segment of a web address.
    LastSegment,
    /// What follows the first occurrence of this text.
    After(String),
}

impl ContentPart {
    /// This part of a content, if the content has it. Codabar's start and stop letters are taken off
    /// before.
    pub fn of(&self, content: &str) -> Option<String> {
        match self {
            ContentPart::Whole => Some(content.to_owned()),
            ContentPart::Query(field) => query_value(content, field),
            ContentPart::LastSegment => last_segment(content),
            ContentPart::After(before) => Some(content.split_once(before.as_str())?.1.to_owned()),
        }
    }
}

/// The barcodes that carry a number, and how their content becomes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarcodeRule {
    pub symbologies: Vec<Symbology>,
    /// Codabar's start and stop letters, when the scheme fixes them.
    pub start_stop: Option<(char, char)>,
    pub part: ContentPart,
    /// Exact length in characters of the part, after start and stop are taken off. ITF and
    /// Codabar read too short when a part of the code is hidden, so this is never optional.
    pub length: usize,
    pub digits_only: bool,
    /// Put before the part to make the canonical number.
    pub add_prefix: String,
}

impl BarcodeRule {
    /// The text to give to the number's grammar; `None` if this content isn't this scheme's.
    /// Codabar text carries its start and stop letters.
    pub fn number_text(&self, symbology: Symbology, text: &str) -> Option<String> {
        if !self.symbologies.contains(&symbology) {
            return None;
        }
        let content = match symbology {
            Symbology::Codabar => self.without_start_stop(text)?,
            _ => text,
        };
        let part = self.part.of(content)?;
        let fits = part.chars().count() == self.length
            && (!self.digits_only || part.bytes().all(|byte| byte.is_ascii_digit()));
        fits.then(|| format!("{}{part}", self.add_prefix))
    }

    fn without_start_stop<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut chars = text.chars();
        let start = chars.next()?.to_ascii_uppercase();
        let stop = chars.next_back()?.to_ascii_uppercase();
        let known = match self.start_stop {
            Some(fixed) => fixed == (start, stop),
            None => ('A'..='D').contains(&start) && ('A'..='D').contains(&stop),
        };
        known.then_some(chars.as_str())
    }
}

/// The value of one query field; `None` if it is missing or given twice with different values.
fn query_value(address: &str, field: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let query = query.split('#').next()?;
    let mut found: Option<String> = None;
    for pair in query.split(['&', ';']) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if percent_decoded(&name.replace('+', " ")).is_none_or(|name| name != field) {
            continue;
        }
        let value = percent_decoded(&value.replace('+', " "))?;
        if found.as_ref().is_some_and(|before| *before != value) {
            return None;
        }
        found = Some(value);
    }
    found
}

/// The last segment of a web address's path; a slash at its end is passed over.
fn last_segment(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let (_, rest) = path.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    percent_decoded(path.rsplit('/').next()?)
}

/// `%41` becomes `A`; a `%` without two hexadecimal digits stays. `None` if it isn't UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes
            .get(at + 1..at + 3)
            .filter(|_| byte == b'%')
            .and_then(|pair| Some((hex_value(*pair.first()?)?, hex_value(*pair.get(1)?)?)));
        match hex {
            Some((high, low)) => {
                decoded.push(high * 16 + low);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(symbologies: &[Symbology], part: ContentPart, length: usize) -> BarcodeRule {
        BarcodeRule {
            symbologies: symbologies.to_vec(),
            start_stop: None,
            part,
            length,
            digits_only: true,
            add_prefix: String::new(),
        }
    }

    #[test]
    fn codabar_loses_its_letters_and_gains_the_prefix() {
        let mut codabar = rule(&[Symbology::Codabar], ContentPart::Whole, 10);
        codabar.add_prefix = "B".into();
        let of = |rule: &BarcodeRule, text| rule.number_text(Symbology::Codabar, text);
        assert_eq!(of(&codabar, "A1328795975A"), Some("B1328795975".into()));
        assert_eq!(of(&codabar, "C0328795975d"), Some("B0328795975".into()));
        codabar.start_stop = Some(('A', 'A'));
        assert_eq!(of(&codabar, "A1328795975A"), Some("B1328795975".into()));
        assert_eq!(of(&codabar, "A1328795975B"), None);
        for wrong in [
            "1328795975",
            "A132879597A",
            "A13287959755A",
            "A13287-5975A",
            "A",
            "",
            "AA",
            "Ａ1328795975Ａ",
        ] {
            assert_eq!(of(&codabar, wrong), None, "{wrong}");
        }
        assert_eq!(codabar.number_text(Symbology::Itf, "A1328795975A"), None);
    }

    #[test]
    fn parts_of_a_web_address() {
        let qr = |part: ContentPart, text: &str| {
            rule(&[Symbology::QrCode], part, 10).number_text(Symbology::QrCode, text)
        };
        let number = Some("1234567801".to_owned());
        let query = || ContentPart::Query("n".into());
        for text in [
            "https://example.jp/v?n=1234567801",
            "https://example.jp/v?x=1&n=1234567801#top",
            "https://example.jp/v?a;n=12345678%30%31&nn=3",
            "https://example.jp/v?n=1234567801&n=1234567801",
        ] {
            assert_eq!(qr(query(), text), number, "{text}");
        }
        for text in [
            "https://example.jp/v?n=1234567801&n=1234567802",
            "https://example.jp/v?N=1234567801",
            "https://example.jp/v?n=123456780",
            "https://example.jp/n=1234567801",
            "https://example.jp/v?n=%ff",
            "1234567801",
        ] {
            assert_eq!(qr(query(), text), None, "{text}");
        }
        for text in [
            "https://example.jp/1234567801",
            "https://example.jp/a/1234567801/?q=/9",
            "https://example.jp/a/%31234567801#/x",
        ] {
            assert_eq!(qr(ContentPart::LastSegment, text), number, "{text}");
        }
        assert_eq!(qr(ContentPart::LastSegment, "https://1234567801"), None);
        assert_eq!(qr(ContentPart::LastSegment, "1234567801"), None);
        let after = || ContentPart::After("no:".into());
        assert_eq!(qr(after(), "shop 1 no:1234567801"), number);
        assert_eq!(qr(after(), "1234567801"), None);
    }

    proptest! {
        #[test]
        fn any_content_gets_an_answer(text in ".{0,60}", field in ".{0,3}", length in 0usize..20) {
            for part in [ContentPart::Whole, ContentPart::Query(field.clone()),
                ContentPart::LastSegment, ContentPart::After(field)] {
                let rule = rule(&Symbology::ALL, part, length);
                for symbology in Symbology::ALL {
                    if let Some(number) = rule.number_text(symbology, &text) {
                        prop_assert_eq!(number.len(), length);
                        prop_assert!(number.bytes().all(|byte| byte.is_ascii_digit()));
                    }
                }
            }
        }

        #[test]
        fn percent_encoding_comes_back(text in ".{0,20}") {
            let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            prop_assert_eq!(percent_decoded(&encoded), Some(text));
        }
    }
}
