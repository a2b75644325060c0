//! The training campaign's paper: made-up envelopes on the table, whose sheets a made-up hand lays under
//! the simulated camera.

use crate::demo::{Campaign, Fonts, Studio};
use crate::devices::simulated::DeskHandle;
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
/// Eight envelopes: a morning's training. The guided tour takes the first.
const VOUCHERS: usize = 120;

/// The made-up campaign of a training station.
///
/// # Errors
/// If the demo's own profile is wrong, which its tests would have found.
pub(super) fn campaign() -> Result<Campaign, RigError> {
    Campaign::make(SEED, VOUCHERS).map_err(|error| RigError::Input(error.to_string()))
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
