//! Searches, and one sheet with its story.

use crate::flow::search::{SearchQuery, parse};
use crate::flow::{SheetId, found};
use crate::rig::{Rig, today};
use crate::store::{Reader, StoreError};
use crate::ui::port::{Answer, FoundSheet, SheetFile};

/// So many found sheets fit into a list that a person still reads.
const FOUND: usize = 200;

pub(super) fn search(rig: &Rig, reader: &Reader, text: String) -> Result<Answer, StoreError> {
    let people = &rig.board().view().people;
    let query = parse(&text, today(), people, &rig.genesis.station);
    let mut found = reader.search(&query, FOUND + 1)?;
    let more = found.len() > FOUND;
    found.truncate(FOUND);
    Ok(Answer::Search { text, found: found.into_iter().map(line).collect(), more })
}

fn line(found: found::FoundSheet) -> FoundSheet {
    FoundSheet {
        sheet: found.sheet,
        number: found.number,
        kind: found.kind,
        place: found.place.word().to_owned(),
        repeats: found.repeats,
        shop: found.shop,
        shop_name: found.shop_name,
        arrived: found.arrived,
        delivered: found.delivered,
    }
}

/// Any sheet that was ever taken, those that were taken back too.
pub(super) fn sheet(reader: &Reader, id: SheetId) -> Result<Option<Box<SheetFile>>, StoreError> {
    let Some(envelope) = reader.envelope(id.envelope)? else { return Ok(None) };
    let index = usize::try_from(id.ordinal).ok().and_then(|ordinal| ordinal.checked_sub(1));
    let Some(sheet) = index.and_then(|index| envelope.sheets.get(index)) else { return Ok(None) };
    let query = SearchQuery {
        envelope: Some(id.envelope),
        ordinal: Some(id.ordinal),
        ..SearchQuery::default()
    };
    let delivered = reader.search(&query, 1)?.first().and_then(|found| found.delivered);
    let shop_name = reader.shop(&envelope.shop)?.map(|shop| shop.name).unwrap_or_default();
    let story = reader.story(id)?.into_iter().map(|row| row.recorded).collect();
    Ok(Some(Box::new(SheetFile {
        sheet: sheet.clone(),
        shop: envelope.shop.clone(),
        shop_name,
        position: envelope.position(id.ordinal),
        delivered,
        story,
    })))
}
