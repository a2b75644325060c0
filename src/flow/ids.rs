//! Ids are station + counter, never reused. Inside one station's log the station is the row's own,
//! so an id there is the counter alone; for people it is printed with the station.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::sync::Arc;

/// A station's code, fixed at the first start: 1 to 4 of `0-9A-Z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Station(Arc<str>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no station code; use one to four digits or capital letters, such as 01")]
pub struct BadStation(pub String);

impl Station {
    pub fn new(code: &str) -> Result<Station, BadStation> {
        let right = (1..=4).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        if right { Ok(Station(Arc::from(code))) } else { Err(BadStation(code.to_owned())) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `01-00124`
    pub fn envelope(&self, id: EnvelopeId) -> String {
        format!("{}-{:05}", self.0, id.0)
    }

    /// `01-00124-037`: envelope and ordinal, what is said at the desk.
    pub fn sheet(&self, id: SheetId) -> String {
        format!("{}-{:03}", self.envelope(id.envelope), id.ordinal)
    }

    /// `01-0007`
    pub fn delivery(&self, id: DeliveryId) -> String {
        format!("{}-{:04}", self.0, id.0)
    }

    /// Accepts `01-00124`, `00124` and `124`; another station's envelope is `None`.
    pub fn parse_envelope(&self, text: &str) -> Option<EnvelopeId> {
        let counter = match text.split_once('-') {
            Some((station, counter)) if station == self.as_str() => counter,
            Some(_) => return None,
            None => text,
        };
        counter.parse().ok().filter(|id| *id > 0).map(EnvelopeId)
    }
}

impl fmt::Display for Station {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Station {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Station, D::Error> {
        Station::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Envelope (封筒).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnvelopeId(pub u64);

/// One source of captures, such as a scanner's folder; counted within its envelope, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(pub u64);

/// One piece of paper (一枚): its envelope and the ordinal at which it was taken, from 1, never
/// reused within the envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId {
    pub envelope: EnvelopeId,
    pub ordinal: u32,
}

/// In the log a sheet is `"124-37"`.
impl Serialize for SheetId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}-{}", self.envelope.0, self.ordinal))
    }
}

impl<'de> Deserialize<'de> for SheetId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<SheetId, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parsed = text.split_once('-').and_then(|(envelope, ordinal)| {
            Some(SheetId {
                envelope: EnvelopeId(envelope.parse().ok()?),
                ordinal: ordinal.parse().ok()?,
            })
        });
        parsed.ok_or_else(|| D::Error::custom(format!("'{text}' is no sheet id")))
    }
}

/// A SHA-256, in text as 64 hexadecimal digits, so that `sha256sum` finds it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Sha256 {
        use sha2::Digest;
        Sha256(sha2::Sha256::digest(bytes).into())
    }

    pub fn from_hex(text: &str) -> Option<Sha256> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Sha256(bytes))
    }

    /// The first eight bytes, for an index that is small and nearly never wrong.
    pub fn head(&self) -> i64 {
        let mut head = [0; 8];
        head.copy_from_slice(&self.0[..8]);
        i64::from_be_bytes(head)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sha256, D::Error> {
        let text = String::deserialize(deserializer)?;
        Sha256::from_hex(&text).ok_or_else(|| D::Error::custom("not a SHA-256 in hexadecimal"))
    }
}

/// UTC milliseconds since 1970 and the offset of local time in minutes. Order is the log's
/// sequence, never time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    pub ms: i64,
    pub offset_min: i16,
}

impl Stamp {
    /// The day at the station. What can be no time is the day zero.
    pub fn date(self) -> Date {
        let local = self.ms.saturating_add(i64::from(self.offset_min) * 60_000);
        jiff::Timestamp::from_millisecond(local)
            .map_or(Date::ZERO, |at| jiff::tz::Offset::UTC.to_datetime(at).date())
    }
}
