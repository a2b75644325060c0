//! `aside`: the files of an envelope that were set aside, and what became of their papers.

use super::args::Aside as Args;
use super::hand::{act, envelope_id, print_places};
use super::{CliError, End, Who, say};
use crate::flow::aside::{Aside, AsideAnswer, AsideEnd};
use crate::flow::event::Event;
use crate::flow::state::Envelope;
use crate::flow::{Input, SheetId, Station};
use crate::store::Reader;
use crate::voucher::KindId;
use serde_json::json;

pub(super) fn run(who: &Who, args: &Args) -> Result<End, CliError> {
    match (args.no, args.answer.as_deref()) {
        (Some(no), Some(answer)) => settle(who, args, no, answer),
        _ => list(who, args),
    }
}

fn list(who: &Who, args: &Args) -> Result<End, CliError> {
    let reader = Reader::open(&who.data)?;
    let station = reader.genesis()?.station;
    let id = envelope_id(&station, &args.envelope)?;
    let envelope = reader
        .envelope(id)?
        .ok_or_else(|| say(format!("there is no envelope {}", station.envelope(id))))?;
    for aside in envelope.asides.iter().filter(|aside| args.no.is_none_or(|no| no == aside.no)) {
        print(&station, &envelope, aside, args.json);
    }
    Ok(End::Done)
}

fn print(station: &Station, envelope: &Envelope, aside: &Aside, as_json: bool) {
    let sheet = |ordinal| station.sheet(SheetId { envelope: envelope.id, ordinal });
    let open = envelope.is_open(aside);
    // What stood for it once and is no sheet any more does not stand for it.
    let end = aside.end.as_ref().filter(|_| !open);
    let place = envelope.aside_place(aside);
    let said = match end {
        None => "open".to_owned(),
        Some(AsideEnd::SideOf { sheet: it }) => format!("the other side is sheet {}", sheet(*it)),
        Some(AsideEnd::Fed { sheet: it }) => format!("fed again as sheet {}", sheet(*it)),
        Some(AsideEnd::Keyed { sheet: it }) => format!("keyed from paper as sheet {}", sheet(*it)),
        Some(AsideEnd::NoSheet { reason }) => format!("no sheet: {reason}"),
    };
    if as_json {
        let line = json!({
            "envelope": station.envelope(envelope.id), "no": aside.no, "file": aside.file.name,
            "why": aside.file.why, "said": aside.file.said, "position": place, "open": open,
            "sheet": end.and_then(AsideEnd::sheet).map(sheet), "end": said,
        });
        say_line!("{line}");
        return;
    }
    let place = place.map_or_else(|| "-".to_owned(), |place| place.to_string());
    let (word, name) = (aside.file.why.word(), &aside.file.name);
    say_line!("{:>3} place {place:>4} {word:<11} {name} ({said})", aside.no);
}

fn settle(who: &Who, args: &Args, no: u32, answer: &str) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |_, envelope| {
        let answer = match (answer, args.sheet, &args.reason) {
            ("fed", Some(sheet), _) => AsideAnswer::Fed(sheet),
            ("paper", ..) => AsideAnswer::FromPaper,
            (_, _, reason) => AsideAnswer::NoSheet(reason.clone().unwrap_or_default()),
        };
        let kind = args.kind.as_deref().map(KindId::new);
        Ok(Input::SettleAside { envelope, no, answer, kind })
    })?;
    print_places(&station, &events);
    for recorded in &events {
        if let Event::AsideSettled { envelope, no, .. } = &recorded.event {
            say_line!("{}: what was set aside as {no} is settled", station.envelope(*envelope));
        }
    }
    Ok(End::Done)
}
