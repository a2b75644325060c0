//! The training campaign's paper: made-up envelopes on the table, whose sheets a made-up hand lays under
//! the simulated camera.

use crate::demo::{Campaign, Fonts, Miscount, Sheet, Studio, Trick};
use crate::devices::simulated::DeskHandle;
use crate::flow::event::Slip;
use crate::flow::{EnvelopeId, View};
use crate::picture::{self, Limits};
use crate::rig::RigError;
use crate::ui::port::TrainingEnvelope;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread::JoinHandle;

/// The training campaign is always the same, so that a taught lesson can be taught again.
const SEED: u64 = 20;
/// Eight envelopes: a morning's training.
const VOUCHERS: usize = 304;
/// The first envelope is the guided tour's: so many sheets of each sort, in this order.
const LESSON: [(Trick, usize); 4] =
    [(Trick::None, 7), (Trick::StampedBarcode, 1), (Trick::NeverIssued, 1), (Trick::None, 3)];

/// The made-up campaign of a training station.
///
/// # Errors
/// If the demo's own profile is wrong, which its tests would have found.
pub fn campaign() -> Result<Campaign, RigError> {
    let mut campaign =
        Campaign::make(SEED, VOUCHERS).map_err(|error| RigError::Input(error.to_string()))?;
    let mut sheets = Vec::new();
    for (trick, count) in LESSON {
        // A sheet of the lesson leaves its pile; the slip that declared it must follow.
        for _ in 0..count {
            sheets.extend(take_sheet(&mut campaign, trick));
        }
    }
    let Some(first) = campaign.envelopes.first_mut() else { return Ok(campaign) };
    first.slip = Slip::new();
    for sheet in &sheets {
        *first.slip.entry(sheet.truth.counted_as.clone()).or_default() += 1;
    }
    first.miscount = Miscount::None;
    first.sheets = sheets;
    Ok(campaign)
}

/// The next sheet of this sort from any pile, the first pile before the others.
fn take_sheet(campaign: &mut Campaign, trick: Trick) -> Option<Sheet> {
    for (index, envelope) in campaign.envelopes.iter_mut().enumerate() {
        let fits = |sheet: &Sheet| sheet.truth.trick == trick && sheet.truth.legible;
        let Some(place) = envelope.sheets.iter().position(fits) else { continue };
        let sheet = envelope.sheets.remove(place);
        if index > 0
            && let Some(declared) = envelope.slip.get_mut(&sheet.truth.counted_as)
        {
            *declared = declared.saturating_sub(1);
        }
        return Some(sheet);
    }
    None
}

/// The made-up envelope that stands for the station's envelope: the first opened is the first made.
fn made(campaign: &Campaign, id: EnvelopeId) -> Option<&crate::demo::Envelope> {
    let index = usize::try_from(id.0).ok()?.checked_sub(1)?;
    campaign.envelopes.get(index)
}

/// The next envelope on the table.
pub(super) fn next_envelope(campaign: &Campaign, last: u64) -> Option<TrainingEnvelope> {
    let envelope = made(campaign, EnvelopeId(last + 1))?;
    let shop = campaign.shops.iter().find(|shop| shop.code == envelope.shop);
    Some(TrainingEnvelope {
        shop: envelope.shop.clone(),
        shop_name: shop.map(|shop| shop.name.clone()).unwrap_or_default(),
        slip: envelope.slip.clone(),
        arrived: envelope.arrived,
        sheets: u32::try_from(envelope.sheets.len()).unwrap_or(u32::MAX),
    })
}

/// The hand that lays sheets: draws on a thread of its own, since a drawing takes longer than a frame.
pub(super) struct Hand {
    lay: Option<Sender<EnvelopeId>>,
    thread: Option<JoinHandle<()>>,
}

impl Hand {
    /// `views` tells how many sheets of an envelope lie there already.
    pub fn start(
        campaign: Arc<Campaign>,
        desk: DeskHandle,
        views: impl Fn() -> Arc<View> + Send + 'static,
    ) -> Result<Hand, RigError> {
        let fonts = Fonts::of_system().map_err(|error| RigError::Input(error.to_string()))?;
        let (lay, queue) = bounded(4);
        let thread = std::thread::Builder::new()
            .name("training-hand".to_owned())
            .spawn(move || {
                work(&campaign, &Studio::new(&campaign.profile, fonts), &desk, &queue, &views)
            })
            .map_err(crate::rig::no_thread)?;
        Ok(Hand { lay: Some(lay), thread: Some(thread) })
    }

    /// Lays the envelope's next sheet. A hand that is still busy takes no more.
    pub fn lay(&self, envelope: EnvelopeId) -> bool {
        self.lay.as_ref().is_some_and(|lay| lay.try_send(envelope).is_ok())
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        drop(self.lay.take());
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}

fn work(
    campaign: &Campaign,
    studio: &Studio,
    desk: &DeskHandle,
    queue: &Receiver<EnvelopeId>,
    views: &dyn Fn() -> Arc<View>,
) {
    let mut laid: BTreeMap<EnvelopeId, usize> = BTreeMap::new();
    for id in queue {
        let Some(envelope) = made(campaign, id) else { continue };
        // What was counted before this start lies on the done pile; what was laid since and not taken
        // (a stop was open) is laid again by the operator, as paper would be.
        let counted = views()
            .envelopes
            .get(&id)
            .map_or(0, |it| usize::try_from(it.position + it.undone).unwrap_or(usize::MAX));
        let next = *laid.get(&id).unwrap_or(&counted);
        let Some(sheet) = envelope.sheets.get(next) else {
            // The envelope is empty: the hand takes the last sheet off.
            if !desk.take_away() {
                return;
            }
            continue;
        };
        laid.insert(id, next + 1);
        let drawn = studio.draw(&sheet.drawing).ok();
        let picture = drawn.and_then(|bytes| picture::decode(&bytes, &Limits::default()).ok());
        if let Some(picture) = picture
            && !desk.lay(Arc::new(picture.luma))
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lesson_is_short_and_its_slip_is_right() {
        let campaign = campaign().unwrap();
        let lesson = &campaign.envelopes[0];
        assert_eq!(lesson.sheets.len(), 12);
        assert_eq!(lesson.slip.values().sum::<u32>(), 12);
        let stops = lesson.sheets.iter().filter(|it| it.truth.trick == Trick::NeverIssued);
        assert_eq!(stops.count(), 1);
        for envelope in &campaign.envelopes[1..] {
            let declared = u64::from(envelope.slip.values().sum::<u32>());
            let differ = declared.abs_diff(envelope.sheets.len() as u64);
            assert!(differ <= 1, "{}: {declared} declared", envelope.shop);
        }
    }

    #[test]
    fn envelopes_come_in_the_order_in_which_they_are_opened() {
        let campaign = campaign().unwrap();
        let first = next_envelope(&campaign, 0).unwrap();
        assert_eq!(first.shop, campaign.envelopes[0].shop);
        assert!(!first.shop_name.is_empty());
        assert!(next_envelope(&campaign, campaign.envelopes.len() as u64).is_none());
    }
}
