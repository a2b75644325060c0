//! What lay on the desk when the program ended, so that it opens there again. None of it is a truth: what
//! is old or wrong is not followed.

use super::session::{Session, Stage};
use crate::flow::pull::Pulled;
use crate::flow::{EnvelopeId, View};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// More envelopes than are open at one desk.
const MOST: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    pub stage: Stage,
    /// The envelope's counter; none: no envelope lay there.
    pub envelope: Option<u64>,
    pub pulled: PulledPapers,
}

impl Desk {
    pub fn of(session: &Session) -> Desk {
        Desk {
            stage: session.stage,
            envelope: session.envelope.map(|id| id.0),
            pulled: session.pulled.clone(),
        }
    }

    /// The envelope, if it is still open.
    pub fn open_envelope(&self, view: &View) -> Option<EnvelopeId> {
        let id = EnvelopeId(self.envelope?);
        view.envelopes.get(&id).is_some_and(|it| it.open).then_some(id)
    }
}

/// Papers that were ticked off on the list to pull, by envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PulledPapers(BTreeMap<String, BTreeSet<String>>);

impl PulledPapers {
    pub fn has(&self, envelope: EnvelopeId, what: &Pulled) -> bool {
        self.0.get(&key(envelope)).is_some_and(|ticked| ticked.contains(&name(what)))
    }

    /// Ticks it, or takes the tick away.
    pub fn tick(&mut self, envelope: EnvelopeId, what: &Pulled) {
        let ticked = self.0.entry(key(envelope)).or_default();
        let name = name(what);
        if !ticked.remove(&name) {
            ticked.insert(name);
        }
        while self.0.len() > MOST && self.0.pop_first().is_some() {}
    }

    /// What belongs to envelopes that are not open any more is forgotten.
    pub fn keep_open(&mut self, view: &View) {
        let open = |id: &str| {
            let id = id.parse().map(EnvelopeId);
            id.is_ok_and(|id| view.envelopes.get(&id).is_some_and(|it| it.open))
        };
        self.0.retain(|id, _| open(id));
    }
}

fn key(envelope: EnvelopeId) -> String {
    envelope.0.to_string()
}

fn name(what: &Pulled) -> String {
    match what {
        Pulled::Sheet { ordinal, .. } => format!("sheet {ordinal}"),
        Pulled::Aside { no, .. } => format!("aside {no}"),
    }
}
