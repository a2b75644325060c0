//! What look-ups cost in a large campaign. The times are printed, not judged.

use crate::desk::room;
use jiff::civil::date;
use kenban::flow::found::{EnvelopeFilter, PlaceWord};
use kenban::flow::ids::EnvelopeId;
use kenban::flow::search::SearchQuery;
use kenban::store::Reader;
use std::time::Instant;

const A_SHEET: i64 = 100;

/// Rows as a campaign leaves them, straight into the tables: 100,000 sheets, or as many as
/// `KENBAN_SHEETS` says.
fn fill(conn: &mut rusqlite::Connection, sheets: i64) {
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    let tx = conn.transaction().unwrap();
    {
        let mut shop = tx.prepare("INSERT INTO shop VALUES (?1, ?2, ?3)").unwrap();
        for no in 0..5_000 {
            let name = format!("食事処 しなの {no}号店");
            shop.execute([format!("A{no:07}"), name, format!("シナノ {no}")]).unwrap();
        }
        let mut envelope = tx
            .prepare("INSERT INTO envelope VALUES (?1, ?2, '2026-11-20', '2026-11-20', 100, ?3, 100, 100000, ?4)")
            .unwrap();
        let mut sheet =
            tx.prepare("INSERT INTO sheet VALUES (?1, ?2, ?3, '1000', ?4, NULL, NULL)").unwrap();
        let mut worked = tx.prepare("INSERT INTO worked VALUES (?1, ?2, ?3)").unwrap();
        let last = sheets / A_SHEET;
        for id in 2..=last {
            let left = id + 100 <= last;
            let phase = if left { "delivered" } else { "closed" };
            let delivery = left.then_some(id / 1_000);
            envelope
                .execute(rusqlite::params![id, format!("A{:07}", id % 5_000), phase, delivery])
                .unwrap();
            let day = date(2026, 11, 1).checked_add(jiff::Span::new().days(id / 500)).unwrap();
            worked.execute(rusqlite::params![id, format!("o{}", id % 9), day.to_string()]).unwrap();
            for ordinal in 1..=A_SHEET {
                let serial = (id * A_SHEET + ordinal).wrapping_mul(7_368_787) % 1_000_000_000;
                let place = if serial % 50_000 == 0 { 6 } else { 0 };
                sheet
                    .execute(rusqlite::params![id, ordinal, place, format!("A{serial:010}")])
                    .unwrap();
            }
        }
    }
    tx.commit().unwrap();
}

#[test]
fn look_ups_in_a_large_campaign() {
    let sheets = std::env::var("KENBAN_SHEETS").ok().and_then(|it| it.parse().ok());
    let sheets: i64 = sheets.unwrap_or(100_000);
    let room = room(|_| {});
    let path = room.dir.path().join("kenban.db");
    drop(room.desk);
    room.thread.join().unwrap();
    fill(&mut rusqlite::Connection::open(path).unwrap(), sheets);
    let reader = Reader::open(room.dir.path()).unwrap();
    let last = sheets / A_SHEET;
    let serial = (last * A_SHEET + 5).wrapping_mul(7_368_787) % 1_000_000_000;
    let whole = format!("A{serial:010}");
    let ask = |what: &str, least: usize, change: &dyn Fn(&mut SearchQuery)| {
        let mut query = SearchQuery::default();
        change(&mut query);
        let start = Instant::now();
        let found = reader.search(&query, 200).unwrap();
        println!(
            "{:>8.2} ms, {:>3} found: {what}",
            start.elapsed().as_secs_f64() * 1e3,
            found.len()
        );
        assert!(found.len() >= least, "{what}");
        found
    };
    println!("{sheets} sheets");
    let found = ask("a whole number", 1, &|it| it.number = Some(whole.clone()));
    assert_eq!(found[0].sheet.envelope, EnvelopeId(last.cast_unsigned()));
    ask("a number's beginning", 1, &|it| it.number = Some(whole[..8].to_owned()));
    ask("the beginning of all numbers", 200, &|it| it.number = Some("A0".to_owned()));
    ask("a part of a number", 1, &|it| it.number = Some(whole[3..].to_owned()));
    ask("a number that nobody has", 0, &|it| it.number = Some("77777777777".to_owned()));
    ask("a shop's code", 100, &|it| it.number = Some(format!("A{:07}", last % 5_000)));
    ask("a shop's name", 100, &|it| it.shop = Some(format!("しなの {}号店", last % 5_000)));
    ask("a name of 5,000 shops", 200, &|it| it.shop = Some("食事処".to_owned()));
    ask("an envelope", 100, &|it| it.envelope = Some(EnvelopeId(last.cast_unsigned())));
    ask("held", 0, &|it| it.place = Some(PlaceWord::Held));
    ask("to key, anywhere", 0, &|it| it.place = Some(PlaceWord::Entry));
    let old = Some(date(2026, 11, 1));
    ask("a day, looked up in the log", 0, &|it| (it.from, it.until) = (old, old));
    let time = |what: &str, ask: &dyn Fn() -> usize| {
        let start = Instant::now();
        let found = ask();
        println!("{:>8.2} ms, {found:>3} found: {what}", start.elapsed().as_secs_f64() * 1e3);
    };
    time("shops: しなの", &|| reader.shops("しなの", 20).unwrap().len());
    time("shops: a name at the end", &|| reader.shops("4999号店", 20).unwrap().len());
    time("envelopes: delivered", &|| {
        reader.envelopes(EnvelopeFilter::Delivered, 100).unwrap().len()
    });
    time("envelopes: undelivered", &|| {
        reader.envelopes(EnvelopeFilter::Undelivered, 200).unwrap().len()
    });
    time("preflight", &|| reader.preflight().unwrap().len());
}
