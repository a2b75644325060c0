//! An event as a row: body, version, hash. `ARCHITECTURE.md` states the hash for other programs.

use super::StoreError;
use crate::flow::Recorded;
use crate::flow::event::{Genesis, Mode};
use crate::flow::ids::{Sha256, Stamp, Station};
use crate::flow::person::PersonId;

/// The version of event bodies that this program writes.
pub(super) const BODY_VERSION: i64 = 1;

/// What the station's key signs of a head.
pub fn head_message(genesis: &Genesis, seq: u64, head: &Sha256) -> String {
    let mode = match genesis.mode {
        Mode::Live => "live",
        Mode::Training => "training",
    };
    let Genesis { id, campaign, station, .. } = genesis;
    format!("kenban head\n{id}\n{campaign}\n{station}\n{mode}\n{seq}\n{head}\n")
}

/// A row of table `event`, as it stands there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub seq: u64,
    pub station: String,
    pub at: i64,
    pub tz: i64,
    pub by: String,
    pub envelope: Option<u64>,
    pub kind: String,
    pub v: i64,
    pub body: String,
    pub hash: Sha256,
}

impl Row {
    /// The hash that this row must have after `previous`.
    pub fn expected_hash(&self, previous: &Sha256) -> Sha256 {
        let envelope = self.envelope.map(|id| id.to_string()).unwrap_or_default();
        Sha256::of(
            format!(
                "{previous}\n{}\n{}\n{}\n{}\n{}\n{envelope}\n{}\n{}\n{}\n",
                self.station, self.seq, self.at, self.tz, self.by, self.kind, self.v, self.body
            )
            .as_bytes(),
        )
    }

    pub fn from_sql(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
        Ok(Row {
            seq: row.get::<_, i64>("seq")?.cast_unsigned(),
            station: row.get("station")?,
            at: row.get("at")?,
            tz: row.get("tz")?,
            by: row.get("by")?,
            envelope: row.get::<_, Option<i64>>("envelope")?.map(i64::cast_unsigned),
            kind: row.get("kind")?,
            v: row.get("v")?,
            body: row.get("body")?,
            hash: Sha256(row.get("hash")?),
        })
    }

    /// Makes the row of an event that follows `previous`.
    pub fn of(
        station: &Station,
        recorded: &Recorded,
        previous: &Sha256,
    ) -> Result<Row, StoreError> {
        let (kind, body) = encode(recorded)?;
        let mut row = Row {
            seq: recorded.seq,
            station: station.to_string(),
            at: recorded.at.ms,
            tz: i64::from(recorded.at.offset_min),
            by: recorded.by.to_string(),
            envelope: recorded.event.envelope().map(|id| id.0),
            kind,
            v: BODY_VERSION,
            body,
            hash: Sha256([0; 32]),
        };
        row.hash = row.expected_hash(previous);
        Ok(row)
    }

    /// Reads the row back, bodies of older versions brought up to date first.
    pub fn decode(&self) -> Result<Recorded, StoreError> {
        let bad = |why: String| StoreError::Event { seq: self.seq, why };
        let kind = serde_json::Value::from(self.kind.as_str());
        let body = upcast(&self.kind, self.v, &self.body).map_err(bad)?;
        let rest = body.strip_prefix('{').ok_or_else(|| bad("its body is no object".to_owned()))?;
        let comma = if rest.starts_with('}') { "" } else { "," };
        let event = serde_json::from_str(&format!("{{\"event\":{kind}{comma}{rest}"))
            .map_err(|error| bad(error.to_string()))?;
        Ok(Recorded {
            seq: self.seq,
            at: Stamp { ms: self.at, offset_min: i16::try_from(self.tz).unwrap_or_default() },
            by: PersonId::new(&self.by).ok_or_else(|| bad("its person is no id".to_owned()))?,
            event,
        })
    }
}

/// Kind and body. The kind has a column of its own, so it is taken out of the body.
fn encode(recorded: &Recorded) -> Result<(String, String), StoreError> {
    let bad = |why: String| StoreError::Event { seq: recorded.seq, why };
    let json = serde_json::to_string(&recorded.event).map_err(|error| bad(error.to_string()))?;
    let tagged = json.strip_prefix("{\"event\":\"").and_then(|rest| rest.split_once('"'));
    let (kind, rest) = tagged.ok_or_else(|| bad("it has no kind".to_owned()))?;
    Ok((kind.to_owned(), format!("{{{}", rest.strip_prefix(',').unwrap_or(rest))))
}

/// Brings the body of an older version to the present one. So far there is only one; a newer one
/// than this program writes is refused, never guessed at.
fn upcast<'a>(kind: &str, v: i64, body: &'a str) -> Result<&'a str, String> {
    match v {
        BODY_VERSION => Ok(body),
        _ => Err(format!("'{kind}' has version {v}; a newer Kenban wrote it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::event::{Capture, Event, Place, SheetTaken, Source};
    use crate::flow::ids::{EnvelopeId, FeedId, SheetId};
    use crate::voucher::{Reading, Side, Verdict};

    const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    fn row(kind: &str, body: &str) -> Row {
        Row {
            seq: 7,
            station: "01".to_owned(),
            at: 1_700_000_000_000,
            tz: 540,
            by: "o1".to_owned(),
            envelope: Some(1),
            kind: kind.to_owned(),
            v: BODY_VERSION,
            body: body.to_owned(),
            hash: Sha256([0; 32]),
        }
    }

    /// Bodies as the first version wrote them: they read, and what is read writes the same again.
    #[test]
    fn old_bodies_decode() {
        let taken = format!(
            r#"{{"sheet":"1-1","kind":"1000","layout":"A","captures":[{{"file":{{"feed":1,"name":"scan0001.jpg","size":80123,"sha256":"{HASH}"}},"barcode":{{"code128":"A6900602672"}}}},{{"side":"back","file":{{"feed":1,"name":"scan0002.jpg","size":70123,"sha256":"{HASH}"}},"faults":["blank"]}}],"profile":1,"place":{{"accepted":{{"number":"A6900602672","yen":1000}}}}}}"#
        );
        let old = [
            ("sheet.taken", taken.as_str()),
            ("sheet.keyed", r#"{"sheet":"1-2","answer":"cannot","kind":"500","place":"entry"}"#),
            ("person.added", r#"{"person":{"id":"o1","name":"山田","role":"operator"}}"#),
        ];
        for (kind, body) in old {
            let recorded = row(kind, body).decode().unwrap();
            assert_eq!(encode(&recorded).unwrap(), (kind.to_owned(), body.to_owned()));
        }
        let Event::SheetTaken(taken) = row("sheet.taken", &taken).decode().unwrap().event else {
            panic!("another event")
        };
        let name = "scan0001.jpg".to_owned();
        let sha256 = Sha256::from_hex(HASH).unwrap();
        let file = Source::File { feed: FeedId(1), name, size: 80_123, sha256 };
        assert_eq!(taken.captures[0].source, file);
        assert_eq!(taken.captures[1].side, Side::Back);
    }

    /// How each source stands in the log: part of the format, so never changed.
    #[test]
    fn sources_in_the_log() {
        let sha256 = Sha256::from_hex(HASH).unwrap();
        let camera = format!(r#""camera":{{"size":9,"sha256":"{HASH}"}}"#);
        let sources = [
            (Source::Camera { size: 9, sha256 }, camera.as_str()),
            (Source::Code {}, r#""code":{}"#),
            (Source::Hand {}, r#""hand":{}"#),
        ];
        for (source, text) in sources {
            let capture = Capture { side: Side::Front, source, reading: Reading::default() };
            let event = Event::SheetTaken(SheetTaken {
                sheet: SheetId { envelope: EnvelopeId(1), ordinal: 1 },
                kind: None,
                layout: None,
                operator_kind: None,
                captures: vec![capture],
                read: None,
                verdict: Verdict::Unreadable,
                reasons: Vec::new(),
                profile: 1,
                place: Place::Entry,
            });
            let by = PersonId::new("o1").unwrap();
            let recorded = Recorded { seq: 7, at: Stamp { ms: 0, offset_min: 0 }, by, event };
            let (kind, body) = encode(&recorded).unwrap();
            assert!(body.contains(&format!(r#""captures":[{{{text}}}]"#)), "{body}");
            assert_eq!(row(&kind, &body).decode().unwrap().event, recorded.event);
        }
    }
}
