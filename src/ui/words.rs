//! The words of `assets/words`, and the words for the flow's own things.

// Made by build.rs from the .ftl files: one typed function a word, in every language.
mod table {
    #![expect(
        clippy::allow_attributes,
        clippy::derivable_impls,
        clippy::expect_used,
        clippy::unwrap_used,
        dead_code,
        missing_debug_implementations,
        reason = "made by a build script; what it unwraps the build has checked"
    )]
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

use super::port::{NotTaken, Trouble};
use super::settings::Language;
use crate::flow::event::Place;
use crate::flow::{DeliveryId, EnvelopeId, Role, SheetId, Station, paper};
use crate::voucher::profile::{Identified, Profile};
use crate::voucher::{Reason, Yen};
use table::{L10n, L10nLanguage};

/// All words of one language.
pub struct Words {
    pub language: Language,
    /// Whose envelopes are named; until a campaign is open they have only their counter.
    pub station: Option<Station>,
    words: L10nLanguage,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl std::ops::Deref for Words {
    type Target = L10nLanguage;

    fn deref(&self) -> &L10nLanguage {
        &self.words
    }
}

impl Words {
    pub fn new(language: Language) -> Words {
        let words = match language {
            Language::Ja => L10n::Ja.load(),
            Language::En => L10n::En.load(),
        };
        Words { language, station: None, words }
    }
}

/// A number in groups as printed, divided by thin spaces; as it is where no layout knows it.
pub fn grouped(profile: &Profile, number: &str) -> String {
    let layout = match profile.identify(number) {
        Identified::Number { layout, .. } => profile.layout(&layout),
        Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
    };
    let groups = layout.map_or_else(Vec::new, |layout| layout.number.groups().to_vec());
    in_groups(number, &groups)
}

/// Characters in groups of these sizes; what is left over stands at the end.
pub fn in_groups(text: &str, groups: &[usize]) -> String {
    let mut chars = text.chars().peekable();
    let mut parts = Vec::new();
    for size in groups {
        let part = chars.by_ref().take(*size).collect::<String>();
        if !part.is_empty() {
            parts.push(part);
        }
    }
    let rest = chars.collect::<String>();
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.join(" ")
}

/// 12,345
pub fn thousands(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0 { format!("-{out}") } else { out }
}

/// The flow's own things in words.
impl Words {
    pub fn role(&self, role: Role) -> String {
        match role {
            Role::Operator => self.role_operator(),
            Role::Verifier => self.role_verifier(),
            Role::Supervisor => self.role_supervisor(),
            Role::Delivery => self.role_delivery(),
            Role::Disposal => self.role_disposal(),
        }
    }

    /// `01-00124`
    pub fn envelope_name(&self, id: EnvelopeId) -> String {
        self.station.as_ref().map_or_else(|| id.0.to_string(), |it| it.envelope(id))
    }

    /// `01-00124-037`
    pub fn sheet_name(&self, id: SheetId) -> String {
        let plain = || format!("{}-{}", id.envelope.0, id.ordinal);
        self.station.as_ref().map_or_else(plain, |it| it.sheet(id))
    }

    /// `01-0007`
    pub fn delivery_name(&self, id: DeliveryId) -> String {
        self.station.as_ref().map_or_else(|| id.0.to_string(), |it| it.delivery(id))
    }

    /// 12,345円
    pub fn yen(&self, yen: Yen) -> String {
        self.yen_amount(thousands(yen.0))
    }

    /// 0束と15枚: full bundles, and what is left over.
    pub fn bundled(&self, sheets: u64, bundle: u32) -> String {
        let bundle = u64::from(bundle.max(1));
        let full = self.bundles(sheets / bundle);
        match sheets % bundle {
            0 => full,
            rest => self.bundles_and_sheets(full, self.sheets(rest)),
        }
    }

    pub fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Refused(why) => super::refusals::refusal(self, why),
            Trouble::NotSaved(why) => self.trouble_not_saved(self.fault(why)),
            Trouble::Stopped(why) => self.station_stopped(why),
            Trouble::Busy => self.trouble_busy(),
            Trouble::Claimed(_) => self.trouble_claimed(),
            Trouble::Other(why) => self.fault(why),
        }
    }

    pub fn not_taken(&self, why: &NotTaken) -> String {
        match why {
            NotTaken::StopOpen => self.not_taken_stop_open(),
            NotTaken::NoLane => self.not_taken_no_lane(),
            NotTaken::NoCamera => self.not_taken_no_camera(),
            NotTaken::Garbage => self.not_taken_garbage(),
        }
    }

    /// What to do with the paper.
    pub fn paper(&self, place: &Place, reasons: &[Reason]) -> &'static str {
        match self.language {
            Language::Ja => paper::sentence_ja(place, reasons),
            Language::En => paper::sentence_en(place, reasons),
        }
    }
}

/// English prose in a text that should have none: three words of it in a row. Commands, units and names
/// of programs are shorter.
#[cfg(test)]
pub(in crate::ui) fn foreign(text: &str) -> Option<String> {
    let word = |word: &&str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_alphabetic());
    let words = text.split([' ', ',', '.', ';', ':', '(', ')']).collect::<Vec<_>>();
    let run = words.windows(3).find(|three| three.iter().all(word));
    run.map(|three| three.join(" "))
}
