//! What waits for a decision, like with like: by the reason that weighs most, then kind, then place.

use crate::flow::stop::{main_reason, weight};
use crate::flow::view::SettleItem;
use crate::flow::{EnvelopeId, SheetId, View};
use crate::voucher::Reason;

/// One sheet that waits.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'v> {
    pub envelope: EnvelopeId,
    pub item: &'v SettleItem,
    /// The reason by which it is grouped.
    pub reason: Reason,
}

impl Waiting<'_> {
    pub fn sheet(&self) -> SheetId {
        SheetId { envelope: self.envelope, ordinal: self.item.ordinal }
    }
}

/// Everything that waits, in the order in which it is shown.
pub fn queue(view: &View) -> Vec<Waiting<'_>> {
    let mut queue = Vec::new();
    for (id, envelope) in &view.envelopes {
        queue.extend(envelope.settle.iter().map(|item| Waiting {
            envelope: *id,
            item,
            reason: main_reason(&item.reasons),
        }));
    }
    queue.sort_by(|one, two| {
        let order = |it: &Waiting<'_>| (weight(it.reason), it.item.kind.clone(), it.sheet());
        order(one).cmp(&order(two))
    });
    queue
}

/// Reasons with how many wait for each, and where the first of them stands in the queue.
pub fn groups(queue: &[Waiting<'_>]) -> Vec<(Reason, usize, usize)> {
    let mut groups: Vec<(Reason, usize, usize)> = Vec::new();
    for (index, waiting) in queue.iter().enumerate() {
        match groups.last_mut() {
            Some((reason, count, _)) if *reason == waiting.reason => *count += 1,
            _ => groups.push((waiting.reason, 1, index)),
        }
    }
    groups
}
