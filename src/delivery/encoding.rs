//! Text to bytes. What the encoding has not is an error that names the character; nothing is ever
//! replaced by a question mark or an HTML entity.

use crate::voucher::profile::Encoding;
use encoding_rs::SHIFT_JIS;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Characters that other systems use for what CP932 has under another code point. The left ones
/// would be lost or, as 005C for the yen sign, turned into something else.
const CP932_TWINS: [(char, char); 12] = [
    ('\u{301C}', '\u{FF5E}'), // 〜 wave dash → ～
    ('\u{2014}', '\u{2015}'), // — em dash → ―
    ('\u{2016}', '\u{2225}'), // ‖ double line → ∥
    ('\u{2212}', '\u{FF0D}'), // − minus → －
    ('\u{2013}', '\u{2015}'), // – en dash → ―
    ('\u{00A5}', '\u{FFE5}'), // ¥ → ￥
    ('\u{203E}', '\u{FFE3}'), // ‾ overline → ￣
    ('\u{00A2}', '\u{FFE0}'), // ¢ → ￠
    ('\u{00A3}', '\u{FFE1}'), // £ → ￡
    ('\u{00AC}', '\u{FFE2}'), // ¬ → ￢
    ('\u{00A6}', '\u{FFE4}'), // ¦ → ￤
    ('\u{00A0}', ' '),        // no-break space
];

/// A character that the delivery's encoding has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("CP932 has no '{0}' (U+{code:04X})", code = u32::from(*.0))]
pub struct Unmappable(pub char);

/// The word for an encoding in manifests.
pub fn word(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8Bom => "UTF-8-BOM",
        Encoding::Cp932 => "CP932",
    }
}

/// The encoding that a manifest names.
pub fn from_word(word: &str) -> Option<Encoding> {
    match word {
        "UTF-8" => Some(Encoding::Utf8),
        "UTF-8-BOM" => Some(Encoding::Utf8Bom),
        "CP932" => Some(Encoding::Cp932),
        _ => None,
    }
}

/// With these bytes before it, Excel takes a text for UTF-8.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What a file begins with.
pub(super) fn mark(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 | Encoding::Cp932 => b"",
        Encoding::Utf8Bom => BOM,
    }
}

/// The text as it will be read from the file: composed (NFC), control characters as spaces, and
/// for CP932 the twins above. Compatibility ideographs (神, 福 in names) stay as they are, although
/// NFC would turn them into another form of the character.
pub fn normalised(text: &str, encoding: Encoding) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let mut composed = String::with_capacity(text.len());
    for part in text.split_inclusive(is_compatibility_ideograph) {
        let (run, ideograph) = match part.chars().next_back() {
            Some(last) if is_compatibility_ideograph(last) => {
                (part.get(..part.len() - last.len_utf8()), Some(last))
            }
            _ => (Some(part), None),
        };
        let run = run.unwrap_or_default();
        if is_nfc(run) {
            composed.push_str(run);
        } else {
            composed.extend(run.nfc());
        }
        composed.extend(ideograph);
    }
    let swap = |c: char| {
        let twin = CP932_TWINS.iter().find(|(from, _)| *from == c);
        match twin {
            _ if c.is_control() => ' ',
            Some((_, to)) if encoding == Encoding::Cp932 => *to,
            _ => c,
        }
    };
    Cow::Owned(composed.chars().map(swap).collect())
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// The bytes of the normalised text.
///
/// # Errors
/// The first character that the encoding has not.
pub fn encode(text: &str, encoding: Encoding) -> Result<Cow<'_, [u8]>, Unmappable> {
    let text = normalised(text, encoding);
    match (encoding, text) {
        (Encoding::Cp932, text) if !text.is_ascii() => {
            let (bytes, _, unmappable) = SHIFT_JIS.encode(&text);
            if unmappable {
                let lost = |c: &char| SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).2;
                let lost = text.chars().find(lost);
                return Err(Unmappable(lost.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
            Ok(Cow::Owned(bytes.into_owned()))
        }
        (_, Cow::Borrowed(text)) => Ok(Cow::Borrowed(text.as_bytes())),
        (_, Cow::Owned(text)) => Ok(Cow::Owned(text.into_bytes())),
    }
}

/// The text of a field's bytes; `None` if one byte is malformed. A file's mark of its encoding is no part of it.
pub fn decode(bytes: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Encoding::Cp932 => SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wave_dash_and_its_like_are_kept_and_readable() {
        let text = "髙島屋〜店 —‖−¥ か\u{3099} ﾎﾟ ①㈱﨑";
        let bytes = encode(text, Encoding::Cp932).unwrap();
        let back = decode(&bytes, Encoding::Cp932).unwrap();
        assert_eq!(back, "髙島屋～店 ―∥－￥ が ﾎﾟ ①㈱﨑");
        assert_eq!(&bytes[..2], b"\xFB\xFC");
        assert_eq!(encode("〜か\u{3099}", Encoding::Utf8).unwrap(), "〜が".as_bytes());
    }

    #[test]
    fn what_cp932_has_not_is_named() {
        assert_eq!(encode("寿司🍣", Encoding::Cp932), Err(Unmappable('🍣')));
        assert_eq!(encode("café", Encoding::Cp932), Err(Unmappable('é')));
        let told = Unmappable('🍣').to_string();
        assert_eq!(told, "CP932 has no '🍣' (U+1F363)");
        assert_eq!(encode("🍣", Encoding::Utf8).unwrap(), "🍣".as_bytes());
    }

    #[test]
    fn old_forms_of_names_survive() {
        for text in ["\u{FA19}田", "\u{FA1B}\u{FA1A}", "\u{FA19}か\u{3099}"] {
            let bytes = encode(text, Encoding::Cp932).unwrap();
            let back = decode(&bytes, Encoding::Cp932).unwrap();
            assert_eq!(back, text.replace("か\u{3099}", "が"));
        }
    }

    #[test]
    fn line_ends_in_free_text_become_spaces() {
        assert_eq!(normalised("a\r\nb\tc", Encoding::Utf8), "a  b c");
    }

    fn texts() -> impl Strategy<Value = String> {
        let japanese = "[ -~¥¢£¬¦—–‖−〜～ー髙﨑神福一-龠ぁ-ヶ\u{3099}\u{309A}｡-ﾟ①-⑳é🍣]{0,24}";
        prop_oneof![any::<String>(), japanese]
    }

    proptest! {
        /// What was written is what is read, or there was an error; never an entity.
        #[test]
        fn written_is_what_is_read(text in texts(), cp932: bool) {
            let encoding = if cp932 { Encoding::Cp932 } else { Encoding::Utf8 };
            let want = normalised(&text, encoding).into_owned();
            match encode(&text, encoding) {
                Ok(bytes) => {
                    let back = decode(&bytes, encoding).expect("written text is well-formed");
                    prop_assert_eq!(back.as_ref(), want.as_str());
                    prop_assert_eq!(back.matches("&#").count(), text.matches("&#").count());
                }
                Err(Unmappable(c)) => {
                    prop_assert_eq!(encoding, Encoding::Cp932);
                    prop_assert!(want.contains(c));
                }
            }
        }
    }
}
