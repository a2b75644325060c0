//! Lists for the stages Open, Edit and Deliver.

use super::project::{CHECK, ENTRY, HELD, SETTLE, UNDONE};
use super::query::blocked_but_accepted;
use super::{Reader, StoreError};
use crate::flow::found::{
    DeliveryRow, DeliveryState, EnvelopeFilter, EnvelopeLine, PhaseWord, PreflightPoint,
};
use crate::flow::ids::{DeliveryId, EnvelopeId, Sha256, SheetId};
use crate::voucher::{Reason, Yen};
use jiff::civil::Date;
use rusqlite::{Row, params};

// SQLite takes the index of undelivered envelopes only where a query says `phase <> 'delivered'` itself.

/// So many points of one sort tell the story.
const MOST_POINTS: usize = 200;

/// A list is never longer, so that its length always fits.
pub(super) fn bounded(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

pub(super) fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|error| StoreError::Damaged(format!("'{text}' is no date: {error}")))
}

fn envelope_id(row: &Row<'_>, column: usize) -> rusqlite::Result<EnvelopeId> {
    Ok(EnvelopeId(row.get::<_, i64>(column)?.cast_unsigned()))
}

pub(super) fn delivery_id(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<DeliveryId>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(|id| DeliveryId(id.cast_unsigned())))
}

impl Reader {
    /// Deliveries, newest first. Reads that many rows.
    pub fn deliveries(&self, limit: usize) -> Result<Vec<DeliveryRow>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT id, date, state, sheets, amount, manifest FROM delivery ORDER BY id DESC LIMIT ?1",
        )?;
        let mut rows = query.query([bounded(limit)])?;
        let mut deliveries = Vec::new();
        while let Some(row) = rows.next()? {
            deliveries.push(DeliveryRow {
                id: DeliveryId(row.get::<_, i64>(0)?.cast_unsigned()),
                date: date(&row.get::<_, String>(1)?)?,
                state: match row.get::<_, String>(2)?.as_str() {
                    "prepared" => DeliveryState::Prepared,
                    "failed" => DeliveryState::Failed,
                    _ => DeliveryState::Done,
                },
                sheets: row.get::<_, i64>(3)?.cast_unsigned(),
                amount: Yen(row.get(4)?),
                manifest: row.get::<_, Option<[u8; 32]>>(5)?.map(Sha256),
            });
        }
        Ok(deliveries)
    }

    /// Envelopes of a list. Reads that many rows, and the sheets of open ones to count them.
    pub fn envelopes(
        &self,
        filter: EnvelopeFilter,
        limit: usize,
    ) -> Result<Vec<EnvelopeLine>, StoreError> {
        let wanted = match filter {
            EnvelopeFilter::Open => "v.phase = 'open' AND v.phase <> 'delivered' ORDER BY v.id",
            EnvelopeFilter::Closed => "v.phase = 'closed' AND v.phase <> 'delivered' ORDER BY v.id",
            EnvelopeFilter::Undelivered => "v.phase <> 'delivered' ORDER BY v.id",
            EnvelopeFilter::Delivered => "v.phase = 'delivered' ORDER BY v.id DESC",
        };
        let sql = format!(
            "SELECT v.id, v.shop, coalesce(h.name, ''), v.arrived, v.declared, v.phase, v.amount, v.delivery,
                    CASE v.phase WHEN 'open'
                    THEN (SELECT count(*) FROM sheet s WHERE s.envelope = v.id AND s.place < ?2)
                    ELSE v.sheets END
             FROM envelope v LEFT JOIN shop h ON h.code = v.shop WHERE {wanted} LIMIT ?1"
        );
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut rows = query.query(params![bounded(limit), UNDONE])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let phase = match row.get::<_, String>(5)?.as_str() {
                "open" => PhaseWord::Open,
                "closed" => PhaseWord::Closed,
                "delivering" => PhaseWord::Delivering,
                _ => PhaseWord::Delivered,
            };
            lines.push(EnvelopeLine {
                id: envelope_id(row, 0)?,
                shop: row.get(1)?,
                shop_name: row.get(2)?,
                arrived: date(&row.get::<_, String>(3)?)?,
                declared: row.get::<_, i64>(4)?.cast_unsigned(),
                sheets: row.get::<_, i64>(8)?.cast_unsigned(),
                amount: (phase != PhaseWord::Open).then_some(Yen(row.get(6)?)),
                phase,
                delivery: delivery_id(row, 7)?,
            });
        }
        Ok(lines)
    }

    /// What would keep all closed envelopes from leaving now, and what should be known before: what
    /// blocks comes first. At most 200 points of each sort. Reads the envelopes that are not delivered
    /// with their sheets, and a look-up for each blocked number.
    pub fn preflight(&self) -> Result<Vec<PreflightPoint>, StoreError> {
        let mut points = Vec::new();
        let unfinished: Vec<DeliveryId> = self.points(
            "SELECT id FROM delivery WHERE state = 'prepared' ORDER BY id LIMIT ?1",
            |row| Ok(DeliveryId(row.get::<_, i64>(0)?.cast_unsigned())),
        )?;
        let closed: bool = self.conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM envelope WHERE phase = 'closed' AND phase <> 'delivered')",
            [],
            |row| row.get(0),
        )?;
        if unfinished.is_empty() && !closed {
            points.push(PreflightPoint::NothingClosed);
        }
        points
            .extend(unfinished.into_iter().map(|delivery| PreflightPoint::Unfinished { delivery }));
        points.extend(self.blocked_in_closed()?);
        points.extend(self.points(
            "SELECT id, shop FROM envelope WHERE phase = 'closed' AND phase <> 'delivered'
             AND NOT EXISTS (SELECT 1 FROM shop WHERE code = envelope.shop) ORDER BY id LIMIT ?1",
            |row| {
                Ok(PreflightPoint::ShopUnnamed {
                    envelope: envelope_id(row, 0)?,
                    shop: row.get(1)?,
                })
            },
        )?);
        points.extend(self.points(
            &format!(
                "SELECT v.id, count(s.place = {CHECK} OR NULL), count(s.place = {ENTRY} OR NULL),
                        count(s.place = {SETTLE} OR NULL)
                 FROM envelope v LEFT JOIN sheet s ON s.envelope = v.id
                 WHERE v.phase = 'open' AND v.phase <> 'delivered' GROUP BY v.id ORDER BY v.id LIMIT ?1"
            ),
            |row| {
                Ok(PreflightPoint::StillOpen {
                    envelope: envelope_id(row, 0)?,
                    check: row.get(1)?,
                    entry: row.get(2)?,
                    settle: row.get(3)?,
                })
            },
        )?);
        points.extend(self.held()?);
        Ok(points)
    }

    fn points<T>(
        &self,
        sql: &str,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map([bounded(MOST_POINTS)], each)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// As `decide` asks it: accepted, blocked since, and by nobody let pass.
    fn blocked_in_closed(&self) -> Result<Vec<PreflightPoint>, StoreError> {
        let mut points = Vec::new();
        let mut phase =
            self.conn.prepare_cached("SELECT phase = 'closed' FROM envelope WHERE id = ?1")?;
        for (sheet, reason) in blocked_but_accepted(&self.conn)? {
            let id = sheet.envelope.0.cast_signed();
            if points.len() == MOST_POINTS || !phase.query_row([id], |row| row.get(0))? {
                continue;
            }
            let envelope = self.envelope(sheet.envelope)?;
            let let_pass = envelope
                .as_ref()
                .and_then(|envelope| envelope.sheet(sheet.ordinal))
                .is_some_and(|sheet| sheet.over.contains(&Reason::Blocked));
            if !let_pass {
                points.push(PreflightPoint::BlockedMeanwhile { sheet, reason });
            }
        }
        Ok(points)
    }

    fn held(&self) -> Result<Vec<PreflightPoint>, StoreError> {
        let sheets: Vec<SheetId> = self.points(
            &format!(
                "SELECT s.envelope, s.ordinal FROM envelope v CROSS JOIN sheet s ON s.envelope = v.id
                 WHERE v.phase IN ('closed', 'delivering') AND v.phase <> 'delivered'
                 AND s.place = {HELD} ORDER BY v.id, s.ordinal LIMIT ?1"
            ),
            |row| Ok(SheetId { envelope: envelope_id(row, 0)?, ordinal: row.get(1)? }),
        )?;
        let alike = sheets.chunk_by(|one, other| one.envelope == other.envelope);
        let point = |sheets: &[SheetId]| {
            let envelope = sheets.first()?.envelope;
            let ordinals = sheets.iter().map(|sheet| sheet.ordinal).collect();
            Some(PreflightPoint::Held { envelope, ordinals })
        };
        Ok(alike.filter_map(point).collect())
    }
}
