//! What an act leads to: events, or a refusal with nothing written. One `match`, helpers below.

mod aside;
mod delivery;
mod envelope;
mod evidence;
mod person;
mod profile;
mod settle;
mod sheet;

use super::event::{Event, Genesis};
use super::facts::Facts;
use super::ids::{EnvelopeId, SheetId};
use super::input::{Act, Input};
use super::person::{Duty, Person, PersonId, Role};
use super::refusal::Refusal;
use super::state::{Envelope, Phase, Sheet, State};
use crate::voucher::{KindId, Profile};

/// Everything a decision may look at.
struct Ctx<'a> {
    state: &'a State,
    profile: &'a Profile,
    act: &'a Act,
    facts: &'a dyn Facts,
}

/// Decides one act. `profile` is the revision in force.
///
/// # Errors
/// A [`Refusal`] if the act may not be done now; then nothing is to be written. Only
/// [`Refusal::Facts`] says that the station itself is in trouble.
pub fn decide(
    state: &State,
    profile: &Profile,
    act: &Act,
    facts: &dyn Facts,
) -> Result<Vec<Event>, Refusal> {
    let ctx = Ctx { state, profile, act, facts };
    if let Input::Begin { genesis, people } = &act.input {
        return begin(state, genesis, people);
    }
    if state.genesis.is_none() {
        return Err(Refusal::NotBegun);
    }
    if !state.people.contains_key(&act.by) {
        return Err(Refusal::UnknownPerson(act.by.clone()));
    }
    match &act.input {
        Input::Begin { .. } => Err(Refusal::AlreadyBegun),
        Input::StartSession { program, reader } => Ok(vec![Event::SessionStarted {
            program: program.clone(),
            reader: reader.clone(),
            profile: state.revision,
        }]),
        Input::AdoptProfile { profile, sha256 } => profile::adopt(&ctx, profile, *sha256),
        Input::AddPerson { person } => person::add(&ctx, person),
        Input::SetPin { person, hash } => person::set_pin(&ctx, person, hash),
        Input::SignIn { person } => person::sign_in(&ctx, person),
        Input::SignInRefused { person, tries } => person::sign_in_refused(&ctx, person, *tries),
        Input::ImportList { list, sha256, rows } => {
            ctx.duty(Duty::Import)?;
            Ok(vec![Event::ListImported { list: *list, sha256: *sha256, rows: *rows }])
        }
        Input::OpenEnvelope { shop, slip, arrived, business_day } => {
            envelope::open(&ctx, shop, slip, *arrived, *business_day)
        }
        Input::StartFeed { envelope, folder, sides } => {
            envelope::start_feed(&ctx, *envelope, folder, *sides)
        }
        Input::SetAside { envelope, feed, file, side_of } => {
            aside::set(&ctx, *envelope, *feed, file, *side_of)
        }
        Input::SettleAside { envelope, no, answer, kind } => {
            aside::settle(&ctx, *envelope, *no, answer, kind.as_ref())
        }
        Input::TakeSheet(taken) => sheet::take(&ctx, taken),
        Input::Undo { sheet } => sheet::undo(&ctx, *sheet),
        Input::Check { envelope, right, wrong } => sheet::check(&ctx, *envelope, right, wrong),
        Input::Key { sheet, answer, kind } => sheet::key(&ctx, *sheet, answer, kind.as_ref()),
        Input::Hold { sheet, reason } => settle::hold(&ctx, *sheet, reason),
        Input::Settle { sheet, decision, kind, reason } => {
            settle::settle(&ctx, *sheet, decision, kind.as_ref(), reason)
        }
        Input::SettleAlike { sheets, decision, reason } => {
            settle::settle_alike(&ctx, sheets, decision, reason)
        }
        Input::CloseEnvelope { envelope, reason } => {
            envelope::close(&ctx, *envelope, reason.as_deref())
        }
        Input::ReopenEnvelope { envelope, reason } => envelope::reopen(&ctx, *envelope, reason),
        Input::PrepareDelivery { envelopes, date } => {
            delivery::prepare(&ctx, envelopes.as_deref(), *date)
        }
        Input::ResumeDelivery { delivery } => delivery::resume(&ctx, *delivery),
        Input::FinishDelivery { delivery, manifest } => {
            delivery::finish(&ctx, *delivery, *manifest)
        }
        Input::FailDelivery { delivery, why } => delivery::fail(&ctx, *delivery, why),
        Input::AcceptRestored { lost_seq, lost_head, last_envelope, last_delivery, reason } => {
            ctx.duty(Duty::ManagePeople)?;
            let with = ctx.second(Duty::ManagePeople)?;
            Ok(vec![Event::LogRestored {
                lost_seq: *lost_seq,
                lost_head: *lost_head,
                last_envelope: *last_envelope,
                last_delivery: *last_delivery,
                reason: reason_given(reason)?,
                with,
            }])
        }
        Input::EndDay { business_day } => {
            ctx.duty(Duty::EndDay)?;
            Ok(vec![Event::DayEnded { business_day: *business_day }])
        }
    }
}

fn begin(state: &State, genesis: &Genesis, people: &[Person]) -> Result<Vec<Event>, Refusal> {
    if state.genesis.is_some() {
        return Err(Refusal::AlreadyBegun);
    }
    let supervised = people.iter().any(|person| person.role == Role::Supervisor);
    if people.len() < 2 || !supervised {
        return Err(Refusal::PeopleMissing);
    }
    for (i, person) in people.iter().enumerate() {
        if people[..i].iter().any(|earlier| earlier.id == person.id) {
            return Err(Refusal::PersonExists(person.id.clone()));
        }
    }
    let added =
        people.iter().map(|person| Event::PersonAdded { person: person.clone(), with: None });
    Ok(std::iter::once(Event::Genesis(genesis.clone())).chain(added).collect())
}

impl Ctx<'_> {
    fn person(&self, id: &PersonId) -> Result<&Person, Refusal> {
        self.state.people.get(id).ok_or_else(|| Refusal::UnknownPerson(id.clone()))
    }

    fn may(&self, id: &PersonId, duty: Duty) -> Result<(), Refusal> {
        let person = self.person(id)?;
        if person.role.may(duty) {
            Ok(())
        } else {
            Err(Refusal::NotAllowed { person: id.clone(), role: person.role, duty })
        }
    }

    /// The acting person may do this.
    fn duty(&self, duty: Duty) -> Result<(), Refusal> {
        self.may(&self.act.by, duty)
    }

    /// A second, different person who may do this too (law 6).
    fn second(&self, duty: Duty) -> Result<PersonId, Refusal> {
        let with = self.act.with.as_ref().ok_or(Refusal::SecondPersonMissing)?;
        if *with == self.act.by {
            return Err(Refusal::SamePerson);
        }
        self.may(with, duty)?;
        Ok(with.clone())
    }

    /// A kind that someone named is one of the profile's.
    fn kind_known(&self, kind: Option<&KindId>) -> Result<(), Refusal> {
        match kind.filter(|kind| self.profile.kind(kind).is_none()) {
            Some(kind) => Err(Refusal::UnknownKind(kind.to_string())),
            None => Ok(()),
        }
    }

    /// Any envelope that is not delivered.
    fn envelope(&self, id: EnvelopeId) -> Result<&Envelope, Refusal> {
        match self.state.envelope(id) {
            Some(envelope) => Ok(envelope),
            // Counters are never reused, so one that was given and is gone is delivered.
            None if id.0 >= 1 && id.0 <= self.state.last_envelope => Err(Refusal::Delivered(id)),
            None => Err(Refusal::UnknownEnvelope(id)),
        }
    }

    fn open_envelope(&self, id: EnvelopeId) -> Result<&Envelope, Refusal> {
        let envelope = self.envelope(id)?;
        match envelope.phase {
            Phase::Open => Ok(envelope),
            Phase::Closed { .. } => Err(Refusal::Closed(id)),
            Phase::Delivering { delivery, .. } => Err(Refusal::BeingDelivered(id, delivery)),
        }
    }

    fn open_sheet(&self, id: SheetId) -> Result<(&Envelope, &Sheet), Refusal> {
        let envelope = self.open_envelope(id.envelope)?;
        let sheet = envelope.sheet(id.ordinal).ok_or(Refusal::UnknownSheet(id))?;
        Ok((envelope, sheet))
    }
}

/// A typed reason, trimmed; blank is none.
fn reason_given(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason.to_owned()) }
}
