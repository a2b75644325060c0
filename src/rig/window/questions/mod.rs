//! What the window asks, answered from the disk: look-ups with a read-only connection, pictures decoded
//! and made small enough for a screen, and what a delivery would be.

mod delivery;
mod devices;
mod explain;
pub(in crate::rig) mod picture;
mod profile;
mod sheets;
#[cfg(test)]
mod tests;
mod text;

use super::{faults, training};
use crate::rig::{Rig, RigError, now, teaching};
use crate::store::pictures::Pictures;
use crate::store::{Reader, StoreError};
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, Query};
use std::path::Path;

/// So many shops fit under a field.
const SHOPS: usize = 40;
/// More earlier deliveries than a campaign has.
const DELIVERIES: usize = 2_000;

/// A read-only look at one campaign, for one thread.
pub(super) struct Questions {
    reader: Reader,
    pictures: Pictures,
}

impl Questions {
    /// # Errors
    /// If the campaign can't be read.
    pub fn open(rig: &Rig) -> Result<Questions, RigError> {
        Ok(Questions { reader: rig.reader()?, pictures: Pictures::open_read(&rig.data) })
    }

    /// # Errors
    /// If the question can't be answered.
    pub fn answer(&mut self, rig: &Rig, query: Query) -> Result<Answer, Fault> {
        let words = |error: StoreError| faults::store(&error);
        let reader = &self.reader;
        let answer = match query {
            Query::Shops(text) => {
                let shops = reader.shops(&text, SHOPS).map_err(words)?;
                Answer::Shops { text, shops }
            }
            Query::Shop(code) => {
                let shop = reader.shop(&code).map_err(words)?;
                Answer::Shop { code, shop }
            }
            Query::Search(text) => sheets::search(rig, reader, text).map_err(words)?,
            Query::Sheet(id) => Answer::Sheet(sheets::sheet(reader, id).map_err(words)?),
            Query::Envelope(id) => {
                Answer::Envelope(reader.envelope(id).map_err(words)?.map(Box::new))
            }
            Query::Crops(wanted) => picture::crops(&self.pictures, wanted).map_err(words)?,
            Query::Picture(wanted) => {
                picture::whole(reader, &self.pictures, wanted).map_err(words)?
            }
            Query::Explain { picture, side } => {
                explain::steps(&rig.profile, &self.pictures, picture, side).map_err(words)?
            }
            Query::Deliveries => {
                let rows = reader.deliveries(DELIVERIES).map_err(words)?;
                Answer::Deliveries(rows.into_iter().map(delivery::line).collect())
            }
            Query::Preflight => {
                Answer::Preflight(delivery::preflight(&reader.preflight().map_err(words)?))
            }
            Query::Targets => Answer::Targets(delivery::targets(rig)),
            Query::FirstLines => delivery::first_lines(rig, reader)?,
            Query::TrainingEnvelope => Answer::TrainingEnvelope(
                training_envelope(rig, reader).map_err(|error| faults::of(&error))?,
            ),
            Query::KeepText(text) => {
                let kept = text::keep(&text, &rig.data, &text::time(now()));
                Answer::Kept(kept.map_err(|error| faults::file(&rig.data, &error))?)
            }
            query @ (Query::CheckProfile(_) | Query::Devices | Query::Teach(_)) => {
                before_campaign(query, &rig.data)
            }
        };
        Ok(answer)
    }
}

/// What can be asked while there is no campaign: about profiles and devices. `data`: its data folder.
pub(super) fn before_campaign(query: Query, data: &Path) -> Answer {
    match query {
        Query::CheckProfile(source) => profile::check(&source),
        Query::Devices => devices::list(),
        Query::Teach(lesson) => Answer::Teach(teaching::answer(lesson, data)),
        _ => Answer::Failed(Fault::NoCampaign),
    }
}

/// The envelope that is next on the table of the made-up campaign; none in any other.
fn training_envelope(
    rig: &Rig,
    reader: &Reader,
) -> Result<Option<crate::ui::port::TrainingEnvelope>, RigError> {
    let made_up = crate::flow::Sha256::of(crate::demo::PROFILE.as_bytes());
    if !rig.training() || rig.genesis.profile != made_up {
        return Ok(None);
    }
    // Counters are given without gaps.
    let opened = reader.envelope_counts()?.values().sum();
    Ok(training::next_envelope(&training::campaign()?, opened))
}
