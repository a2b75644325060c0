//! What was set aside, and what became of it: a paper that nobody has counted is never forgotten.

use super::{Ctx, reason_given, sheet};
use crate::flow::aside::{AsideAnswer, AsideEnd, AsideFile};
use crate::flow::event::{Capture, Event, Source};
use crate::flow::ids::{EnvelopeId, FeedId, SheetId};
use crate::flow::input::TakeSheet;
use crate::flow::person::Duty;
use crate::flow::refusal::Refusal;
use crate::flow::state::Envelope;
use crate::flow::tally::Tally;
use crate::voucher::{KindId, Reading, Side};

pub(super) fn set(
    ctx: &Ctx<'_>,
    id: EnvelopeId,
    feed: FeedId,
    file: &AsideFile,
    side_of: Option<u32>,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let envelope = ctx.open_envelope(id)?;
    envelope.feed(feed).ok_or(Refusal::UnknownFeed)?;
    let sheet = |ordinal| envelope.sheet(ordinal).ok_or_else(|| unknown(id, ordinal));
    let end = match side_of {
        Some(ordinal) => Some(AsideEnd::SideOf { sheet: sheet(ordinal)?.id.ordinal }),
        None => None,
    };
    let after = u32::try_from(envelope.sheets.len()).unwrap_or(u32::MAX);
    Ok(vec![Event::FileAside { envelope: id, feed, file: file.clone(), after, end }])
}

pub(super) fn settle(
    ctx: &Ctx<'_>,
    id: EnvelopeId,
    no: u32,
    answer: &AsideAnswer,
    kind: Option<&KindId>,
) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Take)?;
    let envelope = ctx.open_envelope(id)?;
    let aside = envelope.aside(no).ok_or(Refusal::UnknownAside { envelope: id, no })?;
    if !envelope.is_open(aside) {
        return Err(Refusal::AsideSettled);
    }
    let settled = |end, with| Event::AsideSettled { envelope: id, no, end, with };
    match answer {
        AsideAnswer::Fed(ordinal) => {
            let sheet = envelope.sheet(*ordinal).ok_or_else(|| unknown(id, *ordinal))?;
            if sheet.id.ordinal <= aside.after {
                return Err(Refusal::CountedBefore(sheet.id));
            }
            if envelope.stood_for(*ordinal).is_some_and(|other| other.no != no) {
                return Err(Refusal::StandsForAnother(sheet.id));
            }
            Ok(vec![settled(AsideEnd::Fed { sheet: *ordinal }, None)])
        }
        AsideAnswer::FromPaper => {
            ctx.kind_known(kind)?;
            let capture =
                Capture { side: Side::Front, source: Source::Hand {}, reading: Reading::default() };
            let take =
                TakeSheet { envelope: id, captures: vec![capture], operator_kind: kind.cloned() };
            let mut events = sheet::take(ctx, &take)?;
            let laid = events.iter().find_map(|event| match event {
                Event::SheetTaken(taken) => Some(taken.sheet.ordinal),
                _ => None,
            });
            let sheet = laid.ok_or(Refusal::NoCapture)?;
            events.push(settled(AsideEnd::Keyed { sheet }, None));
            Ok(events)
        }
        AsideAnswer::NoSheet(reason) => {
            let reason = reason_given(reason)?;
            let with = if is_short(envelope) {
                ctx.duty(Duty::CloseWithDifference)?;
                Some(ctx.second(Duty::CloseWithDifference)?)
            } else {
                None
            };
            Ok(vec![settled(AsideEnd::NoSheet { reason }, with)])
        }
    }
}

/// Fewer sheets than the slip declares: then a file that is said to be none may be the missing one.
fn is_short(envelope: &Envelope) -> bool {
    let sum = Tally::of(envelope).sum();
    sum.taken < sum.declared
}

fn unknown(envelope: EnvelopeId, ordinal: u32) -> Refusal {
    Refusal::UnknownSheet(SheetId { envelope, ordinal })
}
