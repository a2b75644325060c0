//! What the log says of a scan, read while the window works.

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(5);

/// An event that came after what was typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    Code(Code),
    /// A number keyed by a person.
    Keyed(String),
    /// Anything else that some key did.
    Other(String),
}

/// A sheet by its code.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    pub text: String,
    codabar: bool,
    /// The lane waits until its paper is in a tray.
    pub stop: bool,
    /// Somebody chose a kind for the pile.
    pub piled: bool,
}

impl Code {
    /// Whether it is what was typed. The station puts back the letters round a Codabar code that many
    /// scanners leave away, and makes them capitals.
    pub fn is(&self, typed: &str) -> bool {
        self.text == typed
            || self.codabar
                && (self.text == typed.to_ascii_uppercase() || self.text == format!("A{typed}A"))
    }
}

pub struct Log {
    conn: Connection,
    seen: i64,
}

impl Log {
    pub fn open(data: &Path) -> Log {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(data.join("kenban.db"), flags).unwrap();
        conn.busy_timeout(Duration::from_secs(30)).unwrap();
        let mut log = Log { conn, seen: 0 };
        log.newer();
        log
    }

    /// Everything since it was asked last, as kind and body.
    pub fn newer(&mut self) -> Vec<(String, Value)> {
        let mut asked = self
            .conn
            .prepare_cached("SELECT seq, kind, body FROM event WHERE seq > ?1 ORDER BY seq")
            .unwrap();
        let rows = asked
            .query_map([self.seen], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .unwrap();
        let mut all = Vec::new();
        for row in rows {
            let (seq, kind, body) = row.unwrap();
            self.seen = seq;
            all.push((kind, serde_json::from_str(&body).unwrap()));
        }
        all
    }

    pub fn came(&mut self) -> Vec<Came> {
        self.newer().iter().map(|(kind, body)| came(kind, body)).collect()
    }

    /// Waits until an event of this kind comes; gives its body.
    pub fn wait_for(&mut self, wanted: &str, patience: Duration) -> Option<Value> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Some((_, body)) = self.newer().into_iter().find(|(kind, _)| kind == wanted) {
                return Some(body);
            }
            std::thread::sleep(EVERY);
        }
        None
    }
}

fn came(kind: &str, body: &Value) -> Came {
    let other = || Came::Other(format!("{kind} {body}"));
    match kind {
        "sheet.taken" => {
            let code = body["captures"][0]["barcode"].as_object();
            let Some((symbology, text)) = code.and_then(|it| it.iter().next()) else {
                return other();
            };
            Came::Code(Code {
                text: text.as_str().unwrap_or_default().to_owned(),
                codabar: symbology == "codabar",
                stop: body["place"].get("settle").is_some(),
                piled: body.get("operator_kind").is_some(),
            })
        }
        "sheet.keyed" => match body["answer"]["number"].as_str() {
            Some(number) => Came::Keyed(number.to_owned()),
            None => other(),
        },
        _ => other(),
    }
}
