//! What people do at the station, by commands.

use crate::common::Site;

/// Five unreadable sheets, keyed by two people, closed: an envelope without a camera's help.
pub fn keyed_envelope(site: &Site, from: u64) -> String {
    for no in from..from + 5 {
        site.scan(&format!("scan{no}.png"), no);
    }
    let out = site.count("A0321004", "1000=5");
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    for ordinal in 1..=5u64 {
        key_both(site, &envelope, ordinal, &number(from + ordinal));
    }
    envelope
}

/// A number of layout A, worth 1,000 yen.
pub fn number(serial: u64) -> String {
    crate::world::number(&crate::world::profile(), "A", serial).to_string()
}

pub fn key_both(site: &Site, envelope: &str, ordinal: u64, number: &str) {
    let ordinal = ordinal.to_string();
    settle_if_stopped(site, envelope, &ordinal);
    site.ok(&["key", envelope, &ordinal, number, "--as", "o1"]);
    site.ok(&["key", envelope, &ordinal, number, "--as", "o2"]);
}

/// The test's pictures may look blank to the reader; a supervisor then sends them to keying.
pub fn settle_if_stopped(site: &Site, envelope: &str, ordinal: &str) {
    let queue = site.ok(&["queue", envelope, "--json"]);
    let waits = queue.lines().map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap());
    let stopped = waits
        .filter(|it| it["ordinal"].as_u64() == ordinal.parse().ok())
        .any(|it| it["place"] == "settle");
    if stopped {
        site.ok(&["settle", envelope, ordinal, "rekey", "--reason", "目視で読める", "--as", "s1"]);
    }
}

pub fn line(out: &str, index: usize) -> serde_json::Value {
    serde_json::from_str(out.lines().nth(index).unwrap()).unwrap()
}

/// The noted head of the log.
pub fn head(site: &Site) -> String {
    let out = site.ok(&["audit"]);
    let line = out.lines().find(|it| it.starts_with("head: ")).unwrap();
    line.trim_start_matches("head: ").to_owned()
}

pub fn database(site: &Site) -> rusqlite::Connection {
    rusqlite::Connection::open(site.data().join("kenban.db")).unwrap()
}

pub fn delivery_dir(site: &Site) -> std::path::PathBuf {
    let listed = std::fs::read_dir(site.path("stick")).unwrap();
    let mut dirs = listed.map(|it| it.unwrap().path()).collect::<Vec<_>>();
    dirs.sort();
    dirs.pop().unwrap()
}
