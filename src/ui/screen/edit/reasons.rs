//! The reasons that a decision offers: why the sheet was stopped, what is usual, the profile's 不備. None
//! stands ready but the one for which the sheet was stopped, and none is offered that is not true of it.

use super::form::{About, Class};
use super::why::{Choice, Why};
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::voucher::Reason;
use crate::voucher::profile::DefectOutcome;

/// Asks for the reason of a decision.
pub fn why(class: Class, about: &About, cx: &Cx<'_>) -> Why {
    let stop = stop(class, about, cx);
    let ready = stop.is_some();
    let mut choices = stop.into_iter().chain(usual(class, about, cx)).map(Choice::of).collect();
    defects(class, cx, &mut choices);
    if ready { Why::proposing(choices) } else { Why::asking(choices) }
}

/// Reasons for many sheets at once: only what is true of each, by the reason that all have.
pub fn why_alike(class: Class, reason: Reason, cx: &Cx<'_>) -> Why {
    let about = About::alike(reason);
    why(class, &about, cx)
}

/// The stop as this decision's reason, where the decision is what usually becomes of such a stop.
fn stop(class: Class, about: &About, cx: &Cx<'_>) -> Option<String> {
    let words = cx.words;
    let reason = about.reason?;
    match (class, reason) {
        (Class::Same, Reason::SamePicture) => Some(words.edit_why_same()),
        (Class::Reject, Reason::Duplicate) => Some(words.edit_why_reject_paid()),
        (Class::Reject | Class::Hold, Reason::Blocked) => Some(match &about.blocked {
            Some(why) => words.edit_why_blocked(why),
            None => refusals::reason(words, reason),
        }),
        (Class::Reject, Reason::NotIssued | Reason::NotValidAtArrival) => {
            Some(refusals::reason(words, reason))
        }
        (Class::Return, Reason::OtherScheme) => Some(words.edit_why_return_other()),
        (Class::Rekey, Reason::KeyingsDiffer) => Some(words.edit_why_rekey_differ()),
        (Class::Provisional, Reason::CannotBeTold) => Some(words.edit_why_provisional()),
        _ => None,
    }
}

/// What is usual beside that.
fn usual(class: Class, about: &About, cx: &Cx<'_>) -> Vec<String> {
    let words = cx.words;
    let has = |wanted: Reason| about.reasons.contains(&wanted) || about.reason == Some(wanted);
    let found = |wanted: Reason| has(wanted).then(|| refusals::reason(words, wanted));
    let stopped = about.reason.filter(|reason| !matches!(reason, Reason::HeldByPerson));
    let stopped = stopped.map(|reason| refusals::reason(words, reason));
    let texts: Vec<Option<String>> = match class {
        Class::Same => vec![Some(words.edit_why_same()), Some(words.edit_why_same_scan())],
        Class::Accept => vec![
            Some(words.edit_why_accept_seen()),
            about.by_print().then(|| words.edit_why_accept_print()),
            about.by_barcode().then(|| words.edit_why_accept_barcode()),
            has(Reason::SamePicture).then(|| words.edit_why_accept_two()),
        ],
        Class::Reject => vec![
            has(Reason::Duplicate).then(|| words.edit_why_reject_paid()),
            found(Reason::Blocked),
            found(Reason::NotIssued),
            found(Reason::NotValidAtArrival),
            stopped,
            Some(words.edit_why_hand_copy()),
        ],
        Class::Return => vec![
            stopped.filter(|_| !has(Reason::OtherScheme)),
            Some(words.edit_why_return_shop()),
            has(Reason::OtherScheme).then(|| words.edit_why_return_other()),
        ],
        Class::Hold => vec![
            Some(words.edit_why_hold_shop()),
            Some(words.edit_why_hold_office()),
            stopped,
            Some(words.edit_why_hand_copy()),
        ],
        Class::Rekey => vec![
            has(Reason::KeyingsDiffer).then(|| words.edit_why_rekey_differ()),
            Some(words.edit_why_rekey_doubt()),
        ],
        Class::Provisional => vec![Some(words.edit_why_provisional())],
    };
    let stop = stop(class, about, cx);
    let mut seen = stop.into_iter().collect::<Vec<_>>();
    let known = seen.len();
    for text in texts.into_iter().flatten() {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen.split_off(known)
}

/// The profile's 不備 that come to this.
fn defects(class: Class, cx: &Cx<'_>, choices: &mut Vec<Choice>) {
    let outcome = match class {
        Class::Reject => DefectOutcome::RejectedKept,
        Class::Return => DefectOutcome::RejectedReturned,
        Class::Hold => DefectOutcome::Held,
        Class::Same | Class::Accept | Class::Rekey | Class::Provisional => return,
    };
    let own = cx.profile.defects.iter().filter(|defect| defect.outcome == outcome);
    choices.extend(
        own.map(|defect| Choice { text: defect.name.clone(), defect: Some(defect.id.clone()) }),
    );
}
