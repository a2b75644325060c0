//! `count`: a folder of pictures into an envelope; one flushed line a sheet, after its commit.

use super::args::Count;
use super::{CliError, End, Who, say};
use crate::devices::folder::Patience;
use crate::flow::aside::AsideFile;
use crate::flow::event::{Counted, Event, Place, Slip, Source};
use crate::flow::paper;
use crate::flow::state::{Envelope, Phase};
use crate::flow::tally::Tally;
use crate::flow::{EnvelopeId, FeedId, Input, PersonId, State};
use crate::rig::counting::{self, Job, Told};
use crate::rig::{self, Rig};
use crate::voucher::KindId;
use jiff::civil::Date;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) fn run(who: &Who, args: &Count) -> Result<End, CliError> {
    let folder = args.folder.canonicalize().map_err(|error| {
        say(format!("the folder {} can't be read: {error}", args.folder.display()))
    })?;
    if !folder.is_dir() {
        return Err(say(format!("{} is no folder", folder.display())));
    }
    let slip = parse_slip(&args.slip)?;
    let (rig, by) = who.open()?;
    let unknown = |kind: &&String| rig.profile.kind(&KindId::new(kind)).is_none();
    let counted = match args.kind.as_ref().filter(unknown) {
        Some(kind) => Err(say(format!("the profile has no kind '{kind}'"))),
        None => count(&rig, &by, args, folder, &slip),
    };
    rig.close()?;
    counted
}

fn count(
    rig: &Rig,
    by: &PersonId,
    args: &Count,
    folder: PathBuf,
    slip: &Slip,
) -> Result<End, CliError> {
    let (envelope, feed) = envelope_and_feed(rig, by, args, &folder, slip)?;
    let job = Job {
        envelope,
        feed,
        folder,
        sides: if args.duplex { 2 } else { 1 },
        by: by.clone(),
        kind: args.kind.as_deref().map(KindId::new),
        patience: Patience { idle: Duration::from_secs(args.wait), ..Patience::default() },
        readers: args.jobs.map_or_else(super::read::cores, usize::from),
        stop: std::sync::Arc::default(),
    };
    let station = &rig.genesis.station;
    note!("kenban: counting into envelope {}", station.envelope(envelope));
    let mut trouble = None;
    let counted = counting::count(rig, &job, &mut |told| {
        if let Err(error) = tell(rig, told, args.json) {
            trouble = Some(error);
        }
    })?;
    if let Some(error) = trouble {
        return Err(error.into());
    }
    let view = rig.board().view();
    if let Some(view) = view.envelopes.get(&envelope) {
        let sum = view.tally.sum();
        note!(
            "kenban: envelope {}: {} sheets now ({} files counted before, {} put aside); declared {}, \
             found {}, accepted {}, to check {}, to key {}, to settle {}",
            station.envelope(envelope),
            counted.sheets,
            counted.already,
            counted.aside,
            sum.declared,
            sum.taken,
            sum.accepted,
            view.check.len(),
            view.entry.len(),
            view.settle.len()
        );
    }
    if let Some(why) = counted.stopped {
        note!(
            "kenban: stopped: {} files in a row are of a kind that can't be read. {} Their papers are whole. \
             Empty the folder and scan again from the first of them.",
            counting::ALIKE,
            why.sentence_en()
        );
        return Ok(End::No);
    }
    Ok(End::Done)
}

/// One line, flushed, so that whoever reads it may rely on it.
fn tell(rig: &Rig, told: &Told, as_json: bool) -> std::io::Result<()> {
    let station = &rig.genesis.station;
    let mut out = std::io::stdout().lock();
    match told {
        Told::Sheet { file, position, taken } => {
            let number = match &taken.place {
                Place::Accepted(accepted) => match &accepted.number {
                    Counted::Number(number) => Some(number.to_string()),
                    Counted::Provisional(provisional) => Some(provisional.clone()),
                },
                _ => taken.read.as_ref().map(ToString::to_string),
            };
            let mut reasons = taken.reasons.clone();
            if let Place::Settle { reasons: stops, .. } = &taken.place {
                reasons.extend(stops);
            }
            let paper = paper::sentence_en(&taken.place, &reasons);
            if as_json {
                let line = json!({
                    "file": file, "sheet": station.sheet(taken.sheet),
                    "envelope": station.envelope(taken.sheet.envelope), "position": position,
                    "verdict": taken.verdict, "number": number, "kind": taken.kind,
                    "place": taken.place.word(), "reasons": reasons, "paper": paper,
                });
                writeln!(out, "{line}")?;
            } else {
                let words = reasons.iter().map(|it| it.word()).collect::<Vec<_>>().join(" ");
                let sheet = station.sheet(taken.sheet);
                let number = number.unwrap_or_else(|| "-".to_owned());
                let place = taken.place.word();
                writeln!(out, "{sheet} {place:<9} {number:<14} {file} {words} {paper}")?;
            }
            out.flush()
        }
        Told::Already { file, sheet } => {
            note!("kenban: {file} is already counted as sheet {}", station.sheet(*sheet));
            Ok(())
        }
        Told::Aside(AsideFile { name, why, said, .. }) => {
            let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
            note!("kenban: {name} is put aside, it is not counted: {}{said}", why.sentence_en());
            Ok(())
        }
        Told::Unfinished { files } => {
            for file in files {
                note!(
                    "kenban: {file} is not finished and not counted: see whether its sheet is in the count, \
                     scan it again if not, and take the file away"
                );
            }
            Ok(())
        }
        Told::NotPutAway { file, why } => {
            note!(
                "kenban: {file} could not be moved ({why}); it won't be counted twice all the same"
            );
            Ok(())
        }
    }
}

/// The envelope to count into and the feed for this folder: a run that was cut short goes on where
/// it was, a new one opens an envelope.
fn envelope_and_feed(
    rig: &Rig,
    by: &PersonId,
    args: &Count,
    folder: &Path,
    slip: &Slip,
) -> Result<(EnvelopeId, FeedId), CliError> {
    let state = rig.reader()?.state()?;
    let folder_text = folder
        .to_str()
        .ok_or_else(|| say(format!("the name of {} is no text", folder.display())))?
        .to_owned();
    let envelope = match &args.envelope {
        Some(text) => rig
            .genesis
            .station
            .parse_envelope(text)
            .ok_or_else(|| say(format!("'{text}' is no envelope of this station")))?,
        None => {
            let shop = args.shop.as_deref().unwrap_or_default();
            let dates =
                [parse_date(args.arrived.as_deref())?, parse_date(args.business_day.as_deref())?];
            let wanted = Wanted {
                shop,
                slip,
                folder: &folder_text,
                arrived: args.arrived.is_some().then_some(dates[0]),
                business_day: args.business_day.is_some().then_some(dates[1]),
            };
            match cut_short(&state, &wanted).filter(|_| !args.new) {
                Some(envelope) => {
                    note!(
                        "kenban: going on with the open envelope {} of this shop, slip and folder; \
                         for another envelope say --new",
                        rig.genesis.station.envelope(envelope)
                    );
                    envelope
                }
                None => open(rig, by, args, shop, slip)?,
            }
        }
    };
    let sides = if args.duplex { 2 } else { 1 };
    let known = state.envelope(envelope).and_then(|open| {
        open.feeds.iter().position(|feed| feed.folder == folder_text && feed.sides == sides)
    });
    if let Some(index) = known {
        return Ok((envelope, FeedId(index as u64 + 1)));
    }
    let input = Input::StartFeed { envelope, folder: folder_text, sides };
    let events = rig.act(by, None, input)?;
    events
        .into_iter()
        .find_map(|recorded| match recorded.event {
            Event::FeedStarted { feed, .. } => Some((envelope, feed)),
            _ => None,
        })
        .ok_or_else(|| say("the folder could not be begun"))
}

/// What a call of `count` says of its envelope; a date only if it was typed.
struct Wanted<'a> {
    shop: &'a str,
    slip: &'a Slip,
    folder: &'a str,
    arrived: Option<Date>,
    business_day: Option<Date>,
}

/// An open envelope of the same shop, slip and dates that this folder was feeding when it was cut
/// short: sheets are still to come, or files of it are still in the folder. `--new` says that it is
/// another envelope all the same.
fn cut_short(state: &State, wanted: &Wanted<'_>) -> Option<EnvelopeId> {
    let left = |envelope: &Envelope| {
        envelope.live().flat_map(|sheet| &sheet.captures).any(|capture| {
            let Source::File { name, size, .. } = &capture.source else { return false };
            let path = Path::new(wanted.folder).join(name);
            path.metadata().is_ok_and(|meta| meta.len() == *size)
        })
    };
    let left_aside = |envelope: &Envelope| {
        let lies = |name: &str| Path::new(wanted.folder).join(name).is_file();
        envelope.asides.iter().any(|aside| lies(&aside.file.name))
    };
    let unfinished = |envelope: &Envelope| {
        let sum = Tally::of(envelope).sum();
        envelope.feeds.is_empty()
            || envelope.feeds.iter().any(|feed| feed.folder == wanted.folder)
                && (sum.taken < sum.declared || left(envelope) || left_aside(envelope))
    };
    let same = |it: &&Envelope| {
        it.phase == Phase::Open
            && it.shop == wanted.shop
            && it.slip == *wanted.slip
            && wanted.arrived.is_none_or(|day| day == it.arrived)
            && wanted.business_day.is_none_or(|day| day == it.business_day)
            && unfinished(it)
    };
    state.envelopes.values().rev().find(same).map(|it| it.id)
}

fn open(
    rig: &Rig,
    by: &PersonId,
    args: &Count,
    shop: &str,
    slip: &Slip,
) -> Result<EnvelopeId, CliError> {
    let input = Input::OpenEnvelope {
        shop: shop.to_owned(),
        slip: slip.clone(),
        arrived: parse_date(args.arrived.as_deref())?,
        business_day: parse_date(args.business_day.as_deref())?,
    };
    let events = rig.act(by, None, input)?;
    events
        .into_iter()
        .find_map(|recorded| match recorded.event {
            Event::EnvelopeOpened { envelope, .. } => Some(envelope),
            _ => None,
        })
        .ok_or_else(|| say("the envelope could not be opened"))
}

pub(super) fn parse_date(text: Option<&str>) -> Result<Date, CliError> {
    match text {
        None => Ok(rig::today()),
        Some(text) => text.parse().map_err(|error| say(format!("'{text}' is no date: {error}"))),
    }
}

fn parse_slip(given: &[String]) -> Result<Slip, CliError> {
    let mut slip = Slip::new();
    for text in given {
        let parsed = text
            .split_once('=')
            .and_then(|(kind, count)| Some((KindId::new(kind.trim()), count.trim().parse().ok()?)));
        let (kind, count) = parsed.ok_or_else(|| {
            say(format!("'{text}' is no slip count; write KIND=N, such as 1000=64"))
        })?;
        if slip.insert(kind, count).is_some() {
            return Err(say(format!("the slip names a kind twice: {text}")));
        }
    }
    Ok(slip)
}
