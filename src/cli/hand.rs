//! What people do with sheets, for scripts: queue, check, key, settle, undo, story, close, reopen.

use super::args::{Check, Close, Hold, Key, Queue, Reopen, Settle, Story, Undo};
use super::{CliError, End, Who, say};
use crate::flow::event::{Event, Keyed, Place};
use crate::flow::input::Settlement;
use crate::flow::state::{Envelope, Phase, Sheet};
use crate::flow::{EnvelopeId, Input, Recorded, SheetId, Station, paper, tally};
use crate::rig::Rig;
use crate::store::Reader;
use crate::store::pictures::Pictures;
use crate::voucher::profile::Identified;
use crate::voucher::{KindId, Number, Profile};
use serde_json::json;

pub(super) fn envelope_id(station: &Station, text: &str) -> Result<EnvelopeId, CliError> {
    station.parse_envelope(text).ok_or_else(|| {
        say(format!("'{text}' is no envelope of station {station}; write it as 01-00124"))
    })
}

pub(super) fn queue(who: &Who, args: &Queue) -> Result<End, CliError> {
    let reader = Reader::open(&who.data)?;
    let station = reader.genesis()?.station;
    let only = args.envelope.as_deref().map(|text| envelope_id(&station, text)).transpose()?;
    let pictures = Pictures::open(&who.data)?;
    let state = reader.state()?;
    for envelope in state.envelopes.values().filter(|it| only.is_none_or(|only| it.id == only)) {
        for sheet in envelope.live().filter(|sheet| sheet.in_hand()) {
            print_waiting(&station, sheet, args.json);
            if let Some(folder) = &args.crops {
                write_crop(&pictures, folder, &station, sheet)?;
            }
        }
        if !args.json {
            print_tally(&station, envelope);
        }
    }
    Ok(End::Done)
}

fn print_waiting(station: &Station, sheet: &Sheet, as_json: bool) {
    let mut reasons = sheet.reasons.clone();
    let (mut proposed, mut others, mut listed) = (None, Vec::new(), None);
    match &sheet.place {
        Place::Check { number } => proposed = Some(number.to_string()),
        Place::Settle { reasons: stops, others: first, blocked } => {
            listed.clone_from(blocked);
            reasons.extend(stops);
            others.extend(first.iter().map(|first| station.sheet(*first)));
            proposed = sheet.read.as_ref().map(ToString::to_string);
        }
        _ => {}
    }
    // Who keyed is told, what they keyed never: the next one keys blind.
    let keyed = sheet.keyings.iter().map(|keying| keying.by.to_string()).collect::<Vec<_>>();
    let name = station.sheet(sheet.id);
    let paper = paper::sentence_en(&sheet.place, &reasons);
    if as_json {
        let line = json!({
            "sheet": name, "envelope": station.envelope(sheet.id.envelope),
            "ordinal": sheet.id.ordinal, "place": sheet.place.word(), "number": proposed,
            "kind": sheet.kind, "reasons": reasons, "others": others, "blocked": listed,
            "keyed_by": keyed, "paper": paper,
        });
        say_line!("{line}");
        return;
    }
    let words = reasons.iter().map(|it| it.word()).collect::<Vec<_>>().join(" ");
    let number = proposed.unwrap_or_else(|| "-".to_owned());
    let other = if others.is_empty() {
        String::new()
    } else {
        format!(" (already sheet {})", others.join(", "))
    };
    let listed = listed.map(|why| format!(" ({why})")).unwrap_or_default();
    say_line!("{name} {:<7} {number:<14} {words}{listed}{other} {paper}", sheet.place.word());
}

fn write_crop(
    pictures: &Pictures,
    folder: &std::path::Path,
    station: &Station,
    sheet: &Sheet,
) -> Result<(), CliError> {
    std::fs::create_dir_all(folder)?;
    for (no, capture) in sheet.captures.iter().enumerate() {
        if let Some(sha256) = capture.picture()
            && let Some(kept) = pictures.get(sha256)?
        {
            let name = format!("{}-{}.jpg", station.sheet(sheet.id), no + 1);
            std::fs::write(folder.join(name), kept.crop)?;
        }
    }
    Ok(())
}

fn print_tally(station: &Station, envelope: &Envelope) {
    let phase = match envelope.phase {
        Phase::Open => "open",
        Phase::Closed { .. } => "closed",
        Phase::Delivering { .. } => "in delivery",
    };
    say_line!("envelope {} ({phase}), shop {}", station.envelope(envelope.id), envelope.shop);
    for (kind, line) in &tally::Tally::of(envelope).lines {
        let kind = if kind.is_empty() { "kind unknown" } else { kind };
        say_line!(
            "  {kind:<14} declared {:>5}  found {:>5}  accepted {:>5}  rejected {:>4}  held {:>4}  in hand {:>4}",
            line.declared,
            line.taken,
            line.accepted,
            line.rejected,
            line.held,
            line.in_hand
        );
    }
}

/// Opens the station, does one act about an envelope, says what it came to.
pub(super) fn act(
    who: &Who,
    envelope: &str,
    input: impl FnOnce(&Rig, EnvelopeId) -> Result<Input, CliError>,
) -> Result<(Station, Vec<Recorded>), CliError> {
    let (rig, by) = who.open()?;
    let station = rig.genesis.station.clone();
    let id = match envelope_id(&station, envelope) {
        Ok(id) => id,
        Err(error) => {
            super::finish(rig)?;
            return Err(error);
        }
    };
    // A refusal is told after the station was closed in order.
    let done = input(&rig, id).and_then(|input| Ok(rig.act(&by, who.with.as_ref(), input)?));
    super::finish(rig)?;
    Ok((station, done?))
}

pub(super) fn print_places(station: &Station, events: &[Recorded]) {
    let line = |sheet: SheetId, place: &Place| {
        let why = match place {
            Place::Settle { reasons, .. } => {
                reasons.iter().map(|it| it.word()).collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        };
        let paper = paper::sentence_en(place, &[]);
        say_line!("{} {} {why} {paper}", station.sheet(sheet), place.word());
    };
    for recorded in events {
        match &recorded.event {
            Event::SheetsChecked { envelope, right, wrong } => {
                for moved in right.iter().chain(wrong) {
                    line(SheetId { envelope: *envelope, ordinal: moved.ordinal }, &moved.place);
                }
            }
            Event::SheetKeyed { sheet, place, .. } | Event::SheetSettled { sheet, place, .. } => {
                line(*sheet, place);
            }
            Event::SheetTaken(taken) => line(taken.sheet, &taken.place),
            Event::SheetUndone { sheet } => line(*sheet, &Place::Undone),
            _ => {}
        }
    }
}

pub(super) fn check(who: &Who, args: &Check) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |_, envelope| {
        Ok(Input::Check { envelope, right: args.right.clone(), wrong: args.wrong.clone() })
    })?;
    print_places(&station, &events);
    Ok(End::Done)
}

/// A number that a person typed.
fn typed(profile: &Profile, text: &str) -> Result<Number, CliError> {
    match profile.identify(text) {
        Identified::Number { number, .. } => Ok(number),
        _ => Err(say(format!("'{text}' is no number of this campaign: {}", profile.explain(text)))),
    }
}

pub(super) fn key(who: &Who, args: &Key) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |rig, envelope| {
        let answer = match &args.number {
            Some(text) => Keyed::Number(typed(&rig.profile, text)?),
            None => Keyed::Cannot,
        };
        let sheet = SheetId { envelope, ordinal: args.ordinal };
        Ok(Input::Key { sheet, answer, kind: args.kind.as_deref().map(KindId::new) })
    })?;
    print_places(&station, &events);
    Ok(End::Done)
}

pub(super) fn hold(who: &Who, args: &Hold) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |_, envelope| {
        let sheet = SheetId { envelope, ordinal: args.ordinal };
        Ok(Input::Hold { sheet, reason: args.reason.clone() })
    })?;
    print_places(&station, &events);
    Ok(End::Done)
}

/// A sheet by its place in this envelope, or by its whole name.
fn other_sheet(station: &Station, envelope: EnvelopeId, of: &str) -> Result<SheetId, CliError> {
    let none = || say(format!("'{of}' is no sheet; write 34, or 01-00001-034"));
    let (envelope, ordinal) = match of.rsplit_once('-') {
        Some((name, ordinal)) => (envelope_id(station, name)?, ordinal),
        None => (envelope, of),
    };
    Ok(SheetId { envelope, ordinal: ordinal.parse().map_err(|_not_a_number| none())? })
}

pub(super) fn settle(who: &Who, args: &Settle) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |rig, envelope| {
        let number = args.number.as_deref().map(|text| typed(&rig.profile, text)).transpose()?;
        let defect = args.defect.clone();
        let decision = match (args.decision.as_str(), number) {
            ("accept", Some(number)) => Settlement::Accept(number),
            ("accept", None) => return Err(say("say which number is accepted")),
            ("provisional", _) => Settlement::Provisional,
            ("reject", _) => Settlement::Reject { returned: false, defect },
            ("return", _) => Settlement::Reject { returned: true, defect },
            ("rekey", _) => Settlement::Rekey,
            ("same", _) => {
                let of = args.of.as_deref().unwrap_or_default();
                Settlement::Same(other_sheet(&rig.genesis.station, envelope, of)?)
            }
            _ => Settlement::Hold { defect },
        };
        Ok(Input::Settle {
            sheet: SheetId { envelope, ordinal: args.ordinal },
            decision,
            kind: args.kind.as_deref().map(KindId::new),
            reason: args.reason.clone(),
        })
    })?;
    print_places(&station, &events);
    Ok(End::Done)
}

pub(super) fn undo(who: &Who, args: &Undo) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |rig, envelope| {
        let state = rig.reader()?.state()?;
        let last = state.envelope(envelope).and_then(|it| it.live().next_back()).map(|it| it.id);
        Ok(Input::Undo { sheet: last.unwrap_or(SheetId { envelope, ordinal: 0 }) })
    })?;
    print_places(&station, &events);
    Ok(End::Done)
}

pub(super) fn story(who: &Who, args: &Story) -> Result<End, CliError> {
    let reader = Reader::open(&who.data)?;
    let station = reader.genesis()?.station;
    let envelope = envelope_id(&station, &args.envelope)?;
    let story = reader.story(SheetId { envelope, ordinal: args.ordinal })?;
    if story.is_empty() {
        return Err(say("there is no such sheet"));
    }
    for row in story {
        let at = jiff::Timestamp::from_millisecond(row.recorded.at.ms)
            .map(|at| at.to_string())
            .unwrap_or_default();
        say_line!("{:>8} {at} {:<8} {:<15} {}", row.seq, row.recorded.by, row.kind, row.body);
    }
    Ok(End::Done)
}

pub(super) fn close(who: &Who, args: &Close) -> Result<End, CliError> {
    let (station, events) = act(who, &args.envelope, |_, envelope| {
        Ok(Input::CloseEnvelope { envelope, reason: args.reason.clone() })
    })?;
    for recorded in &events {
        match &recorded.event {
            Event::EnvelopeClosed { envelope, difference, held, sheets, amount, .. } => {
                say_line!(
                    "envelope {} closed: {sheets} sheets, {amount} yen",
                    station.envelope(*envelope)
                );
                if !difference.is_empty() {
                    say_line!("  difference to the slip: {}", tally::difference_words(difference));
                }
                for sheet in held {
                    say_line!("  held, not paid: {}", station.sheet(*sheet));
                }
            }
            Event::HeadSigned { .. } => {}
            _ => {}
        }
    }
    print_head(who)?;
    Ok(End::Done)
}

pub(super) fn reopen(who: &Who, args: &Reopen) -> Result<End, CliError> {
    let (station, _) = act(who, &args.envelope, |_, envelope| {
        Ok(Input::ReopenEnvelope { envelope, reason: args.reason.clone() })
    })?;
    say_line!("envelope {} of station {station} is open again", args.envelope);
    Ok(End::Done)
}

/// The head to note on paper; `audit --head` asks for it.
pub(super) fn print_head(who: &Who) -> Result<(), CliError> {
    if let Some(head) = Reader::open(&who.data)?.head()? {
        say_line!("head of the log after event {}: {}", head.seq, head.hash);
    }
    Ok(())
}
