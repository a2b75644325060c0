//! What a committed sheet came to, for the operator's ears and eyes.

use super::Recorded;
use super::event::{Capture, Counted, Event, Place, Source, front_picture};
use super::ids::{Sha256, SheetId};
use super::person::PersonId;
use super::state::{Envelope, Sheet, State};
use crate::voucher::{KindId, Number, Reason, Verdict};

/// Numbered from 1, in order, never coalesced: the window may skip frames, the operator's ears may
/// not.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub no: u64,
    pub sheet: SheetId,
    pub verdict: Verdict,
    pub reasons: Vec<Reason>,
    pub place: Place,
    /// The number that counts, that is proposed, or that was read; none under a provisional one.
    pub number: Option<Number>,
    /// What was read where that is no number: the barcode's content, else the print.
    pub read: Option<String>,
    pub kind: Option<KindId>,
    /// Place in the pile, from 1.
    pub position: u32,
    pub picture: Option<Sha256>,
    /// Who laid it down.
    pub by: PersonId,
    pub source: Via,
}

/// By what a sheet came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    Folder,
    Camera,
    Scanner,
    Hand,
}

impl Via {
    /// By a sheet's first look.
    pub fn of(captures: &[Capture]) -> Via {
        match captures.first().map(|capture| &capture.source) {
            Some(Source::File { .. }) => Via::Folder,
            Some(Source::Camera { .. }) => Via::Camera,
            Some(Source::Code {}) => Via::Scanner,
            Some(Source::Hand {}) | None => Via::Hand,
        }
    }
}

impl Outcome {
    /// Of a sheet that was taken before, as it is now: for whoever goes on with its envelope. It has no
    /// number among the outcomes, since nobody hears it.
    pub fn of_sheet(envelope: &Envelope, sheet: &Sheet, by: PersonId) -> Outcome {
        // What the machine took a sheet for is not told to those who are to key it.
        let blind = sheet.place == Place::Entry;
        let number = shown_number(&sheet.place, sheet.read.as_ref()).filter(|_| !blind);
        let read = (number.is_none() && !blind).then(|| text_of(&sheet.captures)).flatten();
        Outcome {
            no: 0,
            sheet: sheet.id,
            verdict: sheet.verdict,
            reasons: sheet.reasons.clone(),
            place: sheet.place.clone(),
            number,
            read,
            kind: sheet.kind.clone(),
            position: envelope.position(sheet.id.ordinal),
            picture: sheet.picture().copied(),
            by,
            source: Via::of(&sheet.captures),
        }
    }

    /// Of a sheet that was taken; nothing else has an outcome. `after` is the state with it.
    pub fn of(no: u64, recorded: &Recorded, after: &State) -> Option<Outcome> {
        let Event::SheetTaken(taken) = &recorded.event else { return None };
        let number = shown_number(&taken.place, taken.read.as_ref());
        let read = number.is_none().then(|| text_of(&taken.captures)).flatten();
        Some(Outcome {
            no,
            sheet: taken.sheet,
            verdict: taken.verdict,
            reasons: taken.reasons.clone(),
            place: taken.place.clone(),
            number,
            read,
            kind: taken.kind.clone(),
            position: after
                .envelope(taken.sheet.envelope)
                .map_or(taken.sheet.ordinal, |envelope| envelope.position(taken.sheet.ordinal)),
            picture: front_picture(&taken.captures).copied(),
            by: recorded.by.clone(),
            source: Via::of(&taken.captures),
        })
    }
}

/// The first text that any look made out.
fn text_of(captures: &[Capture]) -> Option<String> {
    let readings = || captures.iter().map(|capture| &capture.reading);
    let codes = readings().filter_map(|reading| reading.barcode.as_ref()).map(|it| &it.text);
    let prints = readings().filter_map(|reading| reading.printed.as_ref()).map(|it| &it.free);
    codes.chain(prints).find(|text| !text.is_empty()).cloned()
}

/// The number under which it counts or may count, else what the machine read.
fn shown_number(place: &Place, read: Option<&Number>) -> Option<Number> {
    match place {
        Place::Check { number } => Some(number.clone()),
        Place::Accepted(accepted) => match &accepted.number {
            Counted::Number(number) => Some(number.clone()),
            Counted::Provisional(_) => None,
        },
        _ => read.cloned(),
    }
}
