//! Sheets and envelopes as the station has them on disk: asked for when they are looked at, asked for
//! anew when their envelope has changed meanwhile, never waited for.

use crate::flow::state::Envelope;
use crate::flow::view::EnvelopeView;
use crate::flow::{EnvelopeId, SheetId};
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, News, Query, SheetFile, Ticket};
use crate::ui::screen::Cx;
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many sheets are kept, and so many envelopes.
const SHEETS: usize = 12;
const ENVELOPES: usize = 3;

/// What there is of it now.
#[derive(Debug)]
pub enum Found<T> {
    Coming,
    /// There is no such thing.
    Nowhere,
    Here(Arc<T>),
    Failed(Fault),
}

#[derive(Debug)]
struct Kept<T> {
    found: Found<T>,
    /// The envelope as it was when this was asked for.
    state: Option<Arc<EnvelopeView>>,
    used: u64,
}

#[derive(Debug)]
enum Wanted {
    Sheet(SheetId, Option<Arc<EnvelopeView>>),
    Envelope(EnvelopeId, Option<Arc<EnvelopeView>>),
}

#[derive(Debug, Default)]
pub struct Files {
    sheets: BTreeMap<SheetId, Kept<SheetFile>>,
    envelopes: BTreeMap<EnvelopeId, Kept<Envelope>>,
    asked: BTreeMap<Ticket, Wanted>,
    clock: u64,
}

impl Files {
    pub fn sheet(&mut self, id: SheetId, cx: &mut Cx<'_>) -> Found<SheetFile> {
        self.clock += 1;
        let state = cx.view.envelopes.get(&id.envelope);
        let kept = self.sheets.get_mut(&id);
        let fresh = kept.as_ref().is_some_and(|kept| same(kept.state.as_ref(), state));
        let asked = |wanted: &Wanted| matches!(wanted, Wanted::Sheet(it, _) if *it == id);
        if !fresh && !self.asked.values().any(asked) {
            let wanted = Wanted::Sheet(id, state.cloned());
            self.asked.insert(cx.ask(Query::Sheet(id)), wanted);
        }
        shown(kept, self.clock)
    }

    pub fn envelope(&mut self, id: EnvelopeId, cx: &mut Cx<'_>) -> Found<Envelope> {
        self.clock += 1;
        let state = cx.view.envelopes.get(&id);
        let kept = self.envelopes.get_mut(&id);
        let fresh = kept.as_ref().is_some_and(|kept| same(kept.state.as_ref(), state));
        let asked = |wanted: &Wanted| matches!(wanted, Wanted::Envelope(it, _) if *it == id);
        if !fresh && !self.asked.values().any(asked) {
            let wanted = Wanted::Envelope(id, state.cloned());
            self.asked.insert(cx.ask(Query::Envelope(id)), wanted);
        }
        shown(kept, self.clock)
    }

    /// The station was too busy to take a question: all of them are asked again.
    pub fn ask_again(&mut self) {
        self.asked.clear();
    }

    /// The sheet if it is here already; asks for nothing.
    pub fn known_sheet(&self, id: SheetId) -> Option<Arc<SheetFile>> {
        match &self.sheets.get(&id)?.found {
            Found::Here(file) => Some(Arc::clone(file)),
            _ => None,
        }
    }

    pub fn known_envelope(&self, id: EnvelopeId) -> Option<Arc<Envelope>> {
        match &self.envelopes.get(&id)?.found {
            Found::Here(file) => Some(Arc::clone(file)),
            _ => None,
        }
    }

    /// Takes what was asked for here; other answers are others'.
    pub fn hear(&mut self, news: &News) {
        let News::Found { ticket, answer } = news else { return };
        let Some(wanted) = self.asked.remove(ticket) else { return };
        let used = self.clock;
        match wanted {
            Wanted::Sheet(id, state) => {
                let found = match answer {
                    Answer::Sheet(Some(file)) => Found::Here(Arc::new((**file).clone())),
                    Answer::Failed(why) => Found::Failed(why.clone()),
                    _ => Found::Nowhere,
                };
                self.sheets.insert(id, Kept { found, state, used });
                forget_old(&mut self.sheets, SHEETS);
            }
            Wanted::Envelope(id, state) => {
                let found = match answer {
                    Answer::Envelope(Some(envelope)) => Found::Here(Arc::new((**envelope).clone())),
                    Answer::Failed(why) => Found::Failed(why.clone()),
                    _ => Found::Nowhere,
                };
                self.envelopes.insert(id, Kept { found, state, used });
                forget_old(&mut self.envelopes, ENVELOPES);
            }
        }
    }
}

fn same(one: Option<&Arc<EnvelopeView>>, two: Option<&Arc<EnvelopeView>>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => Arc::ptr_eq(one, two),
        (None, None) => true,
        _ => false,
    }
}

fn shown<T>(kept: Option<&mut Kept<T>>, clock: u64) -> Found<T> {
    let Some(kept) = kept else { return Found::Coming };
    kept.used = clock;
    match &kept.found {
        Found::Here(file) => Found::Here(Arc::clone(file)),
        Found::Failed(why) => Found::Failed(why.clone()),
        Found::Nowhere => Found::Nowhere,
        Found::Coming => Found::Coming,
    }
}

fn forget_old<K: Ord + Copy, T>(kept: &mut BTreeMap<K, Kept<T>>, most: usize) {
    while kept.len() > most {
        let oldest = kept.iter().min_by_key(|(_, kept)| kept.used).map(|(id, _)| *id);
        let Some(oldest) = oldest else { return };
        kept.remove(&oldest);
    }
}
