//! The ears: outcomes are heard in their order, one by one, and then go on to the window's eyes. What
//! the operator hears never waits for the window.

use super::Wake;
use crate::desk::Outcome;
use crate::devices::sound::{Speaker, Tone};
use crate::flow::event::Place;
use crate::flow::outcome::Via;
use crate::flow::{EnvelopeId, View};
use crate::rig::RigError;
use crate::ui::port::News;
use crate::ui::settings::Settings;
use crate::voucher::Reason;
use crossbeam_channel::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// Volume of whoever is signed in, 0 to 100.
#[derive(Clone, Debug, Default)]
pub(super) struct Volume(Arc<Mutex<u8>>);

impl Volume {
    pub fn set(&self, settings: &Settings, person: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = settings.volume_of(person);
    }

    pub fn get(&self) -> u8 {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an envelope has come to its declared count with this sheet.
pub(super) type Complete = Box<dyn Fn(EnvelopeId) -> bool + Send>;

pub(super) struct Ears {
    thread: Option<JoinHandle<()>>,
}

impl Ears {
    /// Ends when the desk drops its end of `outcomes`.
    pub fn start(
        outcomes: Receiver<Outcome>,
        speaker: Arc<Speaker>,
        volume: Volume,
        complete: Complete,
        news: Sender<News>,
        wake: Wake,
    ) -> Result<Ears, RigError> {
        let thread = std::thread::Builder::new()
            .name("ears".to_owned())
            .spawn(move || {
                for outcome in outcomes {
                    let tone = sound_of(&outcome);
                    // A folder gives a hundred a second; only what a person must hear is played.
                    if outcome.source != Via::Folder || tone != Tone::Accepted {
                        speaker.play(tone, volume.get());
                    }
                    if complete(outcome.sheet.envelope) {
                        speaker.play(Tone::Complete, volume.get());
                    }
                    // A window that draws nothing for thousands of sheets misses pictures, no counts.
                    super::show(&news, News::Outcome(outcome));
                    wake();
                }
            })
            .map_err(crate::rig::no_thread)?;
        Ok(Ears { thread: Some(thread) })
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}

/// What an outcome sounds like.
fn sound_of(outcome: &Outcome) -> Tone {
    match &outcome.place {
        Place::Accepted(_) => Tone::Accepted,
        Place::Check { .. } => Tone::Look,
        Place::Entry => Tone::ToKey,
        Place::Settle { reasons, .. }
            if reasons.contains(&Reason::Duplicate)
                || outcome.reasons.contains(&Reason::Duplicate) =>
        {
            Tone::Duplicate
        }
        _ => Tone::Stop,
    }
}

/// Just now as many sheets as the slip declares, kind by kind, nothing in hand, nothing set aside.
pub(super) fn is_complete(view: &View, id: EnvelopeId) -> bool {
    view.envelopes.get(&id).is_some_and(|envelope| {
        envelope.open
            && envelope.is_done()
            && envelope.tally.sum().taken > 0
            && envelope.tally.difference().is_empty()
    })
}
