//! People, their PINs, and who works at the station.

use super::Ctx;
use crate::flow::event::Event;
use crate::flow::person::{Duty, FirstPin, Person, PersonId};
use crate::flow::refusal::Refusal;

/// No hash of a PIN is longer.
const LONGEST_HASH: usize = 256;

pub(super) fn add(ctx: &Ctx<'_>, person: &Person) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::ManagePeople)?;
    if ctx.state.people.contains_key(&person.id) {
        return Err(Refusal::PersonExists(person.id.clone()));
    }
    let with = Some(ctx.second(Duty::ManagePeople)?);
    Ok(vec![Event::PersonAdded { person: person.clone(), with }])
}

/// One's own PIN, or by a supervisor and a second person that of someone who has forgotten it. A first
/// PIN of one's own says who a person is, so that a supervisor stands beside it; only the first supervisor
/// of a campaign has nobody.
pub(super) fn set_pin(ctx: &Ctx<'_>, id: &PersonId, hash: &str) -> Result<Vec<Event>, Refusal> {
    let person = ctx.person(id)?;
    // A PIN that came as it was typed must not get into a log that is never changed.
    let plain = hash.bytes().all(|byte| byte.is_ascii_graphic());
    if !hash.starts_with("$argon2") || hash.len() > LONGEST_HASH || !plain {
        return Err(Refusal::NotAHash);
    }
    let with = if *id != ctx.act.by {
        ctx.duty(Duty::ManagePeople)?;
        Some(ctx.second(Duty::ManagePeople)?)
    } else if ctx.state.training() || ctx.state.pins.contains_key(id) {
        None
    } else {
        match FirstPin::of(person.role, supervised(ctx)) {
            FirstPin::Alone => None,
            FirstPin::Beside => Some(ctx.second(Duty::ManagePeople)?),
            FirstPin::SupervisorFirst => return Err(Refusal::SupervisorPinFirst),
        }
    };
    Ok(vec![Event::PinSet { person: id.clone(), hash: hash.to_owned(), with }])
}

/// Somebody who manages people has a PIN.
fn supervised(ctx: &Ctx<'_>) -> bool {
    let people = &ctx.state.people;
    let may = |id: &PersonId| people.get(id).is_some_and(|it| it.role.may(Duty::ManagePeople));
    ctx.state.pins.keys().any(may)
}

pub(super) fn sign_in(ctx: &Ctx<'_>, id: &PersonId) -> Result<Vec<Event>, Refusal> {
    ctx.person(id)?;
    if *id != ctx.act.by {
        return Err(Refusal::NotOneself);
    }
    Ok(vec![Event::SignedIn { person: id.clone() }])
}

/// Whoever is at the station, it was this person's PIN that was tried.
pub(super) fn sign_in_refused(
    ctx: &Ctx<'_>,
    id: &PersonId,
    tries: u32,
) -> Result<Vec<Event>, Refusal> {
    ctx.person(id)?;
    Ok(vec![Event::SignInRefused { person: id.clone(), tries }])
}
