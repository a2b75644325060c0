//! `read`: pictures to verdicts, nothing kept. One line for each picture, in the order given.

use super::args::Read;
use super::campaign::read_text;
use super::explain::Folder;
use super::{CliError, End, say};
use crate::devices::folder::{named_like_picture, natural};
use crate::flow::NoSheet;
use crate::lists;
use crate::picture::{self, Limits};
use crate::reader::{self, Codes};
use crate::rig::unfit::no_sheet;
use crate::voucher::profile::Identified;
use crate::voucher::reading::Fault;
use crate::voucher::{
    BarcodeFinding, IssueLedger, Judgement, Number, Profile, Reading, Reason, Side, Symbology,
    Verdict, judge, profile_file,
};
use crossbeam_channel::bounded;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What pictures are read for.
enum What {
    Vouchers(Box<Vouchers>),
    Barcodes(Vec<Symbology>),
}

struct Vouchers {
    profile: Profile,
    ledger: IssueLedger,
    /// Where it is shown how each was read.
    explain: Option<Folder>,
    as_json: bool,
}

pub(super) fn run(args: &Read) -> Result<End, CliError> {
    if args.explain.is_some() && args.profile.is_none() {
        return Err(say("--explain shows how vouchers are read; say --profile FILE with it"));
    }
    let mut what = match (&args.profile, &args.symbology) {
        (Some(path), _) => {
            let profile = profile_file::parse(&read_text(path)?).map_err(|problems| {
                let first = problems.first().map(ToString::to_string).unwrap_or_default();
                say(format!("{}: {first}", path.display()))
            })?;
            let ledger = match &args.issued {
                None => IssueLedger::default(),
                Some(issued) => read_ledger(issued, &profile)?,
            };
            let as_json = args.json;
            What::Vouchers(Box::new(Vouchers { profile, ledger, explain: None, as_json }))
        }
        (None, Some(words)) => What::Barcodes(symbologies(words)?),
        (None, None) => return Err(say("say --profile FILE or --symbology LIST")),
    };
    let pictures = listed(&args.pictures)?;
    // Only now: a wrong call writes nothing.
    if let (What::Vouchers(vouchers), Some(folder)) = (&mut what, &args.explain) {
        vouchers.explain = Some(Folder::make(folder, &pictures)?);
    }
    let jobs = args.jobs.map_or_else(cores, usize::from);
    let numbers = (0..pictures.len()).collect::<Vec<_>>();
    let mut out = std::io::stdout().lock();
    let work = |no: &usize| line(&what, *no, &pictures[*no], args.json);
    in_order(&numbers, jobs, &work, &mut |text| Ok(writeln!(out, "{}", text?)?))?;
    out.flush()?;
    Ok(End::Done)
}

fn read_ledger(path: &Path, profile: &Profile) -> Result<IssueLedger, CliError> {
    let bytes = std::fs::read(path)
        .map_err(|error| say(format!("{} can't be read: {error}", path.display())))?;
    lists::issued(&bytes, profile).map_err(|problems| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        say(format!("{}: {first}", path.display()))
    })
}

pub(super) fn symbologies(words: &[String]) -> Result<Vec<Symbology>, CliError> {
    let known = Symbology::ALL.map(Symbology::word).join(", ");
    words
        .iter()
        .map(|word| {
            Symbology::from_word(word.trim())
                .ok_or_else(|| say(format!("'{word}' is no symbology; known are {known}")))
        })
        .collect()
}

pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Folders become their files, in natural order of names; what is named itself is kept as it is.
fn listed(given: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut pictures = Vec::new();
    for path in given {
        if !path.is_dir() {
            pictures.push(path.clone());
            continue;
        }
        let bad = |error| say(format!("{} can't be listed: {error}", path.display()));
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(bad)? {
            let file = entry.map_err(bad)?.path();
            if file.is_file() && named_like_picture(&file.to_string_lossy()) {
                inside.push(file);
            }
        }
        inside.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        pictures.extend(inside);
    }
    Ok(pictures)
}

/// Does `work` on `jobs` threads and hands the results on in the order of `items`.
fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: &(dyn Fn(&T) -> R + Sync),
    hand_on: &mut dyn FnMut(R) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let (todo, to_do) = bounded::<usize>(items.len().max(1));
    for index in 0..items.len() {
        if todo.send(index).is_err() {
            break;
        }
    }
    drop(todo);
    let (done, results) = bounded(jobs * 2);
    std::thread::scope(|scope| {
        for no in 0..jobs {
            let (to_do, done) = (to_do.clone(), done.clone());
            std::thread::Builder::new().name(format!("reader-{no}")).spawn_scoped(
                scope,
                move || {
                    for index in to_do {
                        if done.send((index, work(&items[index]))).is_err() {
                            return;
                        }
                    }
                },
            )?;
        }
        drop((to_do, done));
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in results {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                hand_on(result)?;
                due += 1;
            }
        }
        Ok(())
    })
}

#[derive(Serialize)]
struct Line {
    file: String,
    verdict: Verdict,
    number: Option<String>,
    kind: Option<String>,
    barcode: Option<Value>,
    printed: Option<Value>,
    reasons: Vec<Reason>,
    ms: f64,
    /// Of a picture that can't be decoded: what stands in the way.
    why: Option<&'static str>,
}

/// The line of the picture that is the `no`th of this call.
fn line(what: &What, no: usize, path: &Path, as_json: bool) -> Result<String, CliError> {
    let file = path.to_string_lossy().into_owned();
    match what {
        What::Vouchers(vouchers) => vouchers.line(no, file, path),
        What::Barcodes(symbologies) => Ok(barcode_line(file, path, symbologies, as_json)),
    }
}

/// Why there are no pixels, and what the decoder or the disk said.
#[derive(Clone, Debug)]
pub(super) struct NoPicture {
    why: NoSheet,
    said: String,
}

impl std::fmt::Display for NoPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.why.sentence_en())?;
        if self.said.is_empty() { Ok(()) } else { write!(f, " {}", self.said) }
    }
}

pub(super) fn load(path: &Path) -> Result<picture::Picture, NoPicture> {
    let unread =
        |error: std::io::Error| NoPicture { why: NoSheet::NotOpened, said: error.to_string() };
    let limits = Limits::default();
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > limits.max_bytes {
        return Err(NoPicture { why: NoSheet::TooLarge, said: format!("{size} bytes") });
    }
    let bytes = std::fs::read(path).map_err(unread)?;
    picture::decode(&bytes, &limits).map_err(|error| {
        let (why, said) = no_sheet(error);
        NoPicture { why, said }
    })
}

impl Vouchers {
    fn line(&self, no: usize, file: String, path: &Path) -> Result<String, CliError> {
        let loaded = load(path);
        let (reading, judged, ms) = self.read(loaded.as_ref().ok());
        if let Some(folder) = &self.explain {
            // Read once more, so that the time is that of the plain reading.
            let explained = loaded
                .as_ref()
                .map(|picture| reader::explain(picture, Side::Front, &self.profile).stages);
            folder.write(no, &file, &judged, explained.map_err(ToString::to_string))?;
        }
        Ok(self.told(file, &reading, judged, ms, loaded.err()))
    }

    /// The reading, what it comes to, and the milliseconds that took. Without a picture it is broken.
    fn read(&self, picture: Option<&picture::Picture>) -> (Reading, Judgement, f64) {
        let judged = |reading: &Reading| {
            let issued = |number: &Number| self.ledger.holds(&self.profile, number);
            judge(&self.profile, reading, &issued, None)
        };
        let Some(picture) = picture else {
            let reading = Reading { faults: vec![Fault::BrokenPicture], ..Reading::default() };
            let judged = judged(&reading);
            return (reading, judged, 0.0);
        };
        let start = Instant::now();
        let reading = reader::read(picture, Side::Front, &self.profile).reading;
        let judged = judged(&reading);
        (reading, judged, start.elapsed().as_secs_f64() * 1_000.0)
    }

    fn told(
        &self,
        file: String,
        reading: &Reading,
        judged: Judgement,
        ms: f64,
        broken: Option<NoPicture>,
    ) -> String {
        let identified = |found: &BarcodeFinding| match self.profile.identify_barcode(found) {
            Identified::Number { number, .. } => Some(number.to_string()),
            _ => None,
        };
        let line = Line {
            file,
            verdict: judged.verdict,
            number: judged.number.map(|number| number.to_string()),
            kind: judged.kind.map(|kind| kind.to_string()),
            barcode: reading.barcode.as_ref().map(|found| {
                json!({"symbology": found.symbology, "text": found.text, "number": identified(found)})
            }),
            printed: reading.printed.as_ref().map(|found| {
                json!({"text": found.number, "free": found.free,
                       "confidence": f64::from(found.confidence) / 1_000.0})
            }),
            reasons: judged.reasons,
            ms: (ms * 1_000.0).round() / 1_000.0,
            why: broken.as_ref().map(|broken| broken.why.word()),
        };
        if self.as_json {
            return serde_json::to_string(&line).unwrap_or_default();
        }
        let words = line.reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>().join(" ");
        let number = line.number.as_deref().unwrap_or("-");
        let why = broken.map(|why| format!(" ({why})")).unwrap_or_default();
        format!("{:<10} {number:<14} {} {words}{why}", line.verdict.word(), line.file)
    }
}

fn barcode_line(file: String, path: &Path, symbologies: &[Symbology], as_json: bool) -> String {
    let loaded = load(path);
    let start = Instant::now();
    let found = loaded.as_ref().map(|picture| reader::read_codes(picture, symbologies));
    let ms = (start.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0;
    let Codes { whole: found, parts } = found.unwrap_or_default();
    if as_json {
        let shown = |it: &BarcodeFinding| json!({"symbology": it.symbology, "text": it.text, "number": null});
        let (verdict, reasons) = match (&loaded, found.is_empty()) {
            (Err(_), _) => (Verdict::Stop, vec![Reason::BrokenPicture]),
            (Ok(_), true) if !parts.is_empty() => (Verdict::Stop, vec![Reason::PartOfCode]),
            (Ok(_), true) => (Verdict::Unreadable, vec![Reason::NoBarcode]),
            (Ok(_), false) => (Verdict::Check, vec![Reason::OneReading]),
        };
        return json!({
            "file": file, "verdict": verdict, "number": null, "kind": null,
            "barcode": found.first().map(shown), "printed": null, "reasons": reasons, "ms": ms,
            "barcodes": found.iter().map(shown).collect::<Vec<_>>(),
            "why": loaded.as_ref().err().map(|broken| broken.why.word()),
            "parts": parts.iter().map(shown).collect::<Vec<_>>(),
        })
        .to_string();
    }
    let texts = |found: &[BarcodeFinding]| {
        let texts = found.iter().map(|it| format!("{} {}", it.symbology.word(), it.text));
        texts.collect::<Vec<_>>().join(" | ")
    };
    match (loaded.err(), found.is_empty()) {
        (Some(why), _) => format!("broken     {file} ({why})"),
        (None, true) if !parts.is_empty() => format!("part       {file} {}", texts(&parts)),
        (None, true) => format!("nothing    {file}"),
        (None, false) => format!("found      {file} {}", texts(&found)),
    }
}
