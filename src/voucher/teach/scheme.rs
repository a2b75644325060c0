//! From proposals to a profile that the station takes.

use super::said::TeachError;
use super::{LayoutProposal, Place};
use crate::voucher::profile::{
    AcceptRule, Defect, DefectOutcome, DeliveryForm, Encoding, EyeCheck, KindRule, Provisional,
};
use crate::voucher::{Kind, KindId, Layout, LayoutId, Profile, profile_file};

/// What no picture tells of a new scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// The campaign's id: letters A to Z, digits, `-` and `_`.
    pub id: String,
    pub name: String,
    /// With more than one kind, and layouts that don't say theirs, the operator sorts piles.
    pub kinds: Vec<Kind>,
}

/// Until the scheme is known to read well, a person looks at one accepted sheet in so many.
const LOOK_AT_EVERY: u32 = 20;

/// The profile of all proposals and its file, which `profile_file::parse` has taken. What the samples
/// can't tell is as in the sample profiles, and to be agreed with the client: provisional numbers are
/// not paid, there is no fee, any arrival date is paid.
pub fn profile(
    scheme: &Scheme,
    proposals: &[LayoutProposal],
) -> Result<(Profile, String), TeachError> {
    let first = scheme.kinds.first().ok_or(TeachError::NoKind)?;
    if proposals.is_empty() {
        return Err(TeachError::NoLayout);
    }
    // Of one kind alone nothing else need be said.
    let only = (scheme.kinds.len() == 1).then(|| first.id.clone());
    let rule = |of: &LayoutProposal| {
        of.kind.clone().or_else(|| only.clone()).map_or(KindRule::ByOperator, KindRule::Fixed)
    };
    let ids = ids(proposals);
    let layouts = proposals
        .iter()
        .zip(ids)
        .map(|(proposal, id)| proposal.layout(LayoutId::new(&id), rule(proposal)))
        .collect::<Result<Vec<Layout>, TeachError>>()?;
    let draft = Profile {
        campaign: scheme.id.clone(),
        name: scheme.name.clone(),
        revision: 1,
        kinds: scheme.kinds.clone(),
        namespace: scheme.id.clone(),
        kind_in_identity: false,
        copies: 1,
        validity: Vec::new(),
        accept: AcceptRule::Standard,
        eye_check: EyeCheck::Sample(LOOK_AT_EVERY),
        provisional: Provisional { prefix: provisional_prefix(&layouts), paid: false },
        layouts,
        bundle: 100,
        defects: defects(),
        fee: None,
        delivery: delivery(),
    };
    let text = profile_file::write(&draft);
    let profile = profile_file::parse(&text).map_err(TeachError::Profile)?;
    Ok((profile, text))
}

/// The letters that never change at the number's beginning, if they tell all layouts apart; else L1, L2…
fn ids(proposals: &[LayoutProposal]) -> Vec<String> {
    let letters: Vec<String> = proposals
        .iter()
        .map(|proposal| {
            let places = proposal.form.places.iter();
            places
                .map_while(|place| match place {
                    Place::Literal(only) if only.is_ascii_uppercase() => Some(*only),
                    _ => None,
                })
                .collect()
        })
        .collect();
    let apart = letters.iter().enumerate().all(|(at, one)| {
        (1..=40).contains(&one.len()) && !letters.iter().take(at).any(|other| other == one)
    });
    if apart {
        return letters;
    }
    (1..=proposals.len()).map(|no| format!("L{no}")).collect()
}

/// A letter with which no number begins.
fn provisional_prefix(layouts: &[Layout]) -> String {
    let taken =
        |letter: &char| layouts.iter().any(|layout| layout.number.allowed_at(0).contains(*letter));
    "KZXQVY".chars().find(|letter| !taken(letter)).map_or("KK".to_owned(), String::from)
}

/// The usual reasons for 不備, as in the sample profiles.
fn defects() -> Vec<Defect> {
    [
        ("no-stamp", "店舗印なし", DefectOutcome::Held),
        ("other-stamp", "他店の印", DefectOutcome::Held),
        ("stub", "半券（店控え）", DefectOutcome::RejectedReturned),
        ("torn", "破損（残りが三分の二に足りない）", DefectOutcome::RejectedKept),
        ("other-scheme", "対象外券", DefectOutcome::RejectedReturned),
        ("suspected-copy", "偽造の疑い", DefectOutcome::Held),
    ]
    .map(|(id, name, outcome)| Defect { id: id.into(), name: name.into(), outcome })
    .to_vec()
}

fn delivery() -> DeliveryForm {
    let named = |name: &str| format!("{name}_{{date}}_{{no}}");
    DeliveryForm {
        encoding: Encoding::Utf8Bom,
        header: true,
        numbers_file: named("YOMITORI"),
        results_file: named("KAISHU"),
        shops_file: named("TENPO"),
        envelopes_file: named("FUUTOU"),
    }
}

/// An id made of a name in Latin letters; `None` of any other, of which only digits would be left.
pub fn id_of(name: &str) -> Option<String> {
    let lower = name.is_ascii().then(|| name.to_ascii_lowercase())?;
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    Some(words.collect::<Vec<_>>().join("-")).filter(|id| !id.is_empty())
}

/// A kind by its id and face value, named as people say it.
pub fn kind(id: &str, face: crate::voucher::Yen) -> Kind {
    Kind { id: KindId::new(id), name: format!("{face}円券"), face }
}
