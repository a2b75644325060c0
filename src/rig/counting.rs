//! A folder of pictures into an envelope: the folder's thread, a pool of readers, and the counter,
//! which keeps the order, has pictures and sheets committed, tells, and only then puts files away.

use super::aside::NotMoved;
use super::unfit;
use super::{Rig, RigError, now};
use crate::desk::{DeskError, Pending};
use crate::devices::folder::{
    ASIDE, DONE, Folder, Next, Patience, Scan, named_like_picture, no_sheet, put_away,
};
use crate::flow::aside::AsideFile;
use crate::flow::event::{Capture, SheetTaken, Source};
use crate::flow::ids::FeedId;
use crate::flow::input::TakeSheet;
use crate::flow::{
    Act, EnvelopeId, Event, Input, NoSheet, NoSheetGroup, PersonId, Refusal, Sha256, SheetId,
};
use crate::picture::{self, DecodeError, Limits};
use crate::reader;
use crate::store::pictures::{Entry, Pictures};
use crate::voucher::reading::Fault;
use crate::voucher::{KindId, Profile, Side};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Quality of the number's crop, a JPEG for people's eyes.
const CROP_QUALITY: u8 = 80;
/// So many files alike that can't be read, one after the other, and it is the scanner's setting: the pile is not fed in vain.
pub const ALIKE: u32 = 3;
/// The most sheets that are committed at a time.
const BATCH: usize = 32;

/// What is to be counted, by whom, into what.
#[derive(Clone, Debug)]
pub struct Job {
    pub envelope: EnvelopeId,
    pub feed: FeedId,
    pub folder: PathBuf,
    /// 2 where the scanner gives front and back of each sheet as two files.
    pub sides: u8,
    pub by: PersonId,
    /// The kind of the pile, if the operator sorted it.
    pub kind: Option<KindId>,
    pub patience: Patience,
    pub readers: usize,
    /// Set it from anywhere, and no more files are begun.
    pub stop: Arc<AtomicBool>,
}

/// What is told while counting, each after it is on the disk.
#[derive(Clone, Debug)]
pub enum Told {
    /// A sheet is committed.
    Sheet { file: String, position: u32, taken: SheetTaken },
    /// This file was counted before (a crash came between commit and putting away).
    Already { file: String, sheet: SheetId },
    /// This file can't be a sheet; it is put aside and stands at the envelope.
    Aside(AsideFile),
    /// A file could not be put away; it won't be counted twice all the same.
    NotPutAway { file: String, why: String },
    /// At the end: files of the folder whose names say that they are not finished. A killed scanner leaves them,
    /// and then the pile has more sheets than the count.
    Unfinished { files: Vec<String> },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub sheets: u64,
    pub already: u64,
    pub aside: u64,
    /// Set where it ended before the folder did: so many files in a row were of a kind that can't be read.
    pub stopped: Option<NoSheet>,
}

/// What the folder's thread hands on; numbered, so that the counter can restore the order.
enum Work {
    /// The files of one sheet.
    Read {
        scans: Vec<Scan>,
        side_missing: bool,
    },
    Aside(AsideFile),
    /// Counted already, before a crash that came before it was put away.
    Already {
        file: String,
        sheet: SheetId,
    },
    /// At the end: files that no scanner has finished.
    Unfinished(Vec<String>),
    Trouble(String),
}

/// A file that a decoder refused.
fn refused(name: String, sha256: Sha256, error: DecodeError) -> AsideFile {
    let (why, said) = unfit::no_sheet(error);
    no_sheet(name, Some(sha256), why, said)
}

/// What the readers hand on.
enum Looked {
    Sheet { captures: Vec<Capture>, entries: Vec<Entry>, spoiled: Vec<AsideFile> },
    Aside(Vec<AsideFile>),
    Already { file: String, sheet: SheetId },
    Unfinished(Vec<String>),
    Trouble(String),
}

/// Counts until the folder has nothing more. Everything told is on the disk.
///
/// # Errors
/// If the station can't save: then nothing that was told is lost, and what was not told is still in
/// the folder.
pub fn count(rig: &Rig, job: &Job, tell: &mut dyn FnMut(&Told)) -> Result<Counted, RigError> {
    let folder = Folder::open(&job.folder, job.patience, Limits::default().max_bytes)
        .map_err(RigError::Folder)?
        .stopped_by(Arc::clone(&job.stop));
    let feeder = Feeder::of(rig, job)?;
    // However the counter ends, the folder's thread must notice.
    let stop = StopOnDrop(folder.stop());
    let readers = job.readers.max(1);
    let (work, to_read) = bounded::<(u64, Work)>(2 * readers);
    let (looked, results) = bounded::<(u64, Looked)>(2 * readers);
    thread::scope(|scope| {
        named("folder".to_owned())
            .spawn_scoped(scope, move || feeder.feed(folder, &work))
            .map_err(super::no_thread)?;
        for no in 1..=readers {
            let (to_read, looked) = (to_read.clone(), looked.clone());
            let profile = Arc::clone(&rig.profile);
            let feed = job.feed;
            named(format!("reader-{no}"))
                .spawn_scoped(scope, move || look(&profile, feed, &to_read, &looked))
                .map_err(super::no_thread)?;
        }
        drop((to_read, looked));
        let counted = Counter::new(rig, job, tell).and_then(|mut counter| counter.run(results));
        // Dropping `results` has ended the readers.
        drop(stop);
        counted
    })
}

/// Tells the folder that nobody wants more.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn named(name: String) -> thread::Builder {
    thread::Builder::new().name(name)
}

/// What the folder's thread must know besides the folder.
struct Feeder {
    sides: usize,
    /// Files of this feed that are counted already. With two sides they must not take part in pairing.
    counted: BTreeMap<(String, Sha256), SheetId>,
}

impl Feeder {
    fn of(rig: &Rig, job: &Job) -> Result<Feeder, RigError> {
        let mut counted = BTreeMap::new();
        let envelope = rig.reader()?.envelope(job.envelope)?;
        for sheet in envelope.iter().flat_map(|it| it.live()) {
            for capture in &sheet.captures {
                if let Source::File { feed, name, sha256, .. } = &capture.source
                    && *feed == job.feed
                {
                    counted.insert((name.clone(), *sha256), sheet.id);
                }
            }
        }
        Ok(Feeder { sides: usize::from(job.sides.clamp(1, 2)), counted })
    }

    /// The folder's thread: ends when the folder does, or when nobody reads any more.
    fn feed(&self, mut folder: Folder, work: &Sender<(u64, Work)>) {
        let mut no = 0;
        let mut send = |item: Work| {
            no += 1;
            work.send((no, item)).is_ok()
        };
        let mut scans = Vec::with_capacity(self.sides);
        loop {
            let item = match folder.take_next() {
                Ok(Next::NoSheet(file)) => self.aside(file),
                Ok(Next::Scan(scan)) => match self.scanned(scan, &mut scans) {
                    Some(work) => work,
                    None => continue,
                },
                Ok(Next::End) => {
                    if !scans.is_empty() && !send(Work::Read { scans, side_missing: true }) {
                        return;
                    }
                    match folder.unfinished() {
                        Ok(files) if files.is_empty() => {}
                        Ok(files) => drop(send(Work::Unfinished(files))),
                        Err(error) => drop(send(Work::Trouble(error.to_string()))),
                    }
                    return;
                }
                Err(error) => Work::Trouble(error.to_string()),
            };
            let last = matches!(item, Work::Trouble(_));
            if !send(item) || last {
                return;
            }
        }
    }

    /// What a file comes to; `None` while the sheet's other side is still to come.
    fn scanned(&self, scan: Scan, scans: &mut Vec<Scan>) -> Option<Work> {
        if let Some(error) = picture::no_picture(&scan.bytes) {
            return Some(self.aside(refused(scan.name, scan.sha256, error)));
        }
        let key = (scan.name, scan.sha256);
        if let Some(sheet) = self.counted.get(&key) {
            return Some(Work::Already { file: key.0, sheet: *sheet });
        }
        scans.push(Scan { name: key.0, ..scan });
        (scans.len() >= self.sides)
            .then(|| Work::Read { scans: std::mem::take(scans), side_missing: false })
    }

    /// A file that can't be a sheet. Where two files make a sheet, one that should have been a picture
    /// would shift every pair after it, so there the count ends before it.
    fn aside(&self, file: AsideFile) -> Work {
        if self.sides > 1 && named_like_picture(&file.name) {
            return Work::Trouble(format!(
                "{}: {} With two sides the sheets after it would be paired wrongly: \
                 scan this sheet again, put both its files in the place of the old ones, and go on",
                file.name,
                file.why.sentence_en()
            ));
        }
        Work::Aside(file)
    }
}

/// A reader's thread.
fn look(
    profile: &Profile,
    feed: FeedId,
    to_read: &Receiver<(u64, Work)>,
    looked: &Sender<(u64, Looked)>,
) {
    for (no, work) in to_read {
        let result = match work {
            Work::Read { scans, side_missing } => {
                let gave_up = |scan: &Scan| {
                    let (name, sha256) = (scan.name.clone(), Some(scan.sha256));
                    no_sheet(name, sha256, NoSheet::GaveUp, String::new())
                };
                let files = scans.iter().map(gave_up).collect::<Vec<_>>();
                // One picture that nobody thought of must not end the count: it is set aside and named.
                let look = AssertUnwindSafe(|| look_at(profile, feed, scans, side_missing));
                catch_unwind(look).unwrap_or(Looked::Aside(files))
            }
            Work::Aside(file) => Looked::Aside(vec![file]),
            Work::Already { file, sheet } => Looked::Already { file, sheet },
            Work::Unfinished(files) => Looked::Unfinished(files),
            Work::Trouble(error) => Looked::Trouble(error),
        };
        if looked.send((no, result)).is_err() {
            return;
        }
    }
}

fn look_at(profile: &Profile, feed: FeedId, scans: Vec<Scan>, side_missing: bool) -> Looked {
    let mut captures = Vec::new();
    let mut entries = Vec::new();
    let mut spoiled = Vec::new();
    for (scan, side) in scans.into_iter().zip([Side::Front, Side::Back]) {
        let picture = match picture::decode(&scan.bytes, &Limits::default()) {
            Ok(picture) => picture,
            Err(error) => {
                spoiled.push(refused(scan.name, scan.sha256, error));
                continue;
            }
        };
        let findings = reader::read(&picture, side, profile);
        let crop = picture::encode_jpeg(&findings.number_crop, CROP_QUALITY);
        let size = scan.bytes.len() as u64;
        captures.push(Capture {
            side,
            source: Source::File { feed, name: scan.name, size, sha256: scan.sha256 },
            reading: findings.reading,
        });
        entries.push(Entry { sha256: scan.sha256, bytes: scan.bytes, crop });
    }
    if captures.is_empty() {
        return Looked::Aside(spoiled);
    }
    if (side_missing || !spoiled.is_empty())
        && let Some(first) = captures.first_mut()
    {
        first.reading.faults.push(Fault::SideMissing);
    }
    Looked::Sheet { captures, entries, spoiled }
}

/// A sheet that was handed to the desk.
struct Waiting {
    files: Vec<String>,
    pending: Pending,
}

struct Counter<'a> {
    rig: &'a Rig,
    job: &'a Job,
    tell: &'a mut dyn FnMut(&Told),
    pictures: Pictures,
    day: String,
    counted: Counted,
    /// The kind of the last files in a row that can't be read, and how many sheets they would have been.
    alike: Option<(NoSheet, u32)>,
    /// Looked up when the first file is set aside.
    not_moved: Option<NotMoved>,
}

impl<'a> Counter<'a> {
    fn new(rig: &'a Rig, job: &'a Job, tell: &'a mut dyn FnMut(&Told)) -> Result<Self, RigError> {
        let pictures = Pictures::open(&rig.data)?;
        let day = super::today().to_string();
        let counted = Counted::default();
        Ok(Counter { rig, job, tell, pictures, day, counted, alike: None, not_moved: None })
    }

    /// Takes results as they come, restores their order, and commits what is ready together.
    fn run(&mut self, results: Receiver<(u64, Looked)>) -> Result<Counted, RigError> {
        let mut early = BTreeMap::new();
        let mut due = 1;
        for (no, looked) in &results {
            early.insert(no, looked);
            for (no, looked) in results.try_iter() {
                early.insert(no, looked);
            }
            let mut ready = Vec::new();
            while let Some(looked) = early.remove(&due) {
                due += 1;
                let stopped = self.in_vain(&looked);
                ready.push(looked);
                if stopped.is_some() {
                    self.commit(ready)?;
                    self.counted.stopped = stopped;
                    return Ok(self.counted);
                }
                if ready.len() == BATCH {
                    self.commit(std::mem::take(&mut ready))?;
                }
            }
            self.commit(ready)?;
        }
        Ok(self.counted)
    }

    /// The kind, once [`ALIKE`] sheets one after the other were of a kind that can't be read.
    fn in_vain(&mut self, looked: &Looked) -> Option<NoSheet> {
        let kind = match looked {
            Looked::Aside(spoiled) => spoiled.first().map(|it| it.why),
            Looked::Sheet { .. } => None,
            Looked::Already { .. } | Looked::Unfinished(_) | Looked::Trouble(_) => return None,
        };
        let kind = kind.filter(|kind| kind.group() == NoSheetGroup::UnreadableKind);
        self.alike = kind.map(|kind| match self.alike {
            Some((last, count)) if last == kind => (kind, count + 1),
            _ => (kind, 1),
        });
        self.alike.filter(|(_, count)| *count >= ALIKE).map(|(kind, _)| kind)
    }

    /// Pictures first, then the sheets and what is set aside in the order of the pile, each told before
    /// its files are put away.
    fn commit(&mut self, ready: Vec<Looked>) -> Result<(), RigError> {
        let mut looks = Vec::new();
        let mut all_entries = Vec::new();
        for mut looked in ready {
            if let Looked::Sheet { entries, .. } = &mut looked {
                all_entries.append(entries);
            }
            looks.push(looked);
        }
        if !all_entries.is_empty() {
            self.pictures.put(&self.day, &all_entries)?;
        }
        let mut waiting = Vec::new();
        for looked in looks {
            match looked {
                Looked::Sheet { captures, spoiled, .. } => {
                    waiting.push(self.submit(captures));
                    if !spoiled.is_empty() {
                        // A spoiled side stands at the sheet that has the other one.
                        let sheet = self.answers(&mut waiting)?;
                        self.set_aside(spoiled, sheet)?;
                    }
                }
                Looked::Aside(files) => {
                    self.answers(&mut waiting)?;
                    self.set_aside(files, None)?;
                }
                Looked::Already { file, sheet } => {
                    self.counted.already += 1;
                    self.put_away(&file, DONE);
                    (self.tell)(&Told::Already { file, sheet });
                }
                Looked::Unfinished(files) => {
                    self.answers(&mut waiting)?;
                    (self.tell)(&Told::Unfinished { files });
                }
                Looked::Trouble(why) => {
                    self.answers(&mut waiting)?;
                    return Err(RigError::Input(why));
                }
            }
        }
        self.answers(&mut waiting)?;
        Ok(())
    }

    /// Waits for all; gives the last one's sheet.
    fn answers(&mut self, waiting: &mut Vec<Waiting>) -> Result<Option<SheetId>, RigError> {
        let mut last = None;
        for sheet in std::mem::take(waiting) {
            last = self.answer(sheet)?;
        }
        Ok(last)
    }

    fn submit(&self, captures: Vec<Capture>) -> Waiting {
        let files = captures.iter().map(|capture| capture.source.name().to_owned()).collect();
        let input = Input::TakeSheet(TakeSheet {
            envelope: self.job.envelope,
            captures,
            operator_kind: self.job.kind.clone(),
        });
        let act = Act { by: self.job.by.clone(), with: None, at: now(), input };
        Waiting { files, pending: self.rig.desk.submit(act, Vec::new()) }
    }

    fn answer(&mut self, sheet: Waiting) -> Result<Option<SheetId>, RigError> {
        let file = sheet.files.join(" + ");
        let mut counted = None;
        match sheet.pending.wait() {
            Ok(done) => {
                for recorded in done.events {
                    if let Event::SheetTaken(taken) = recorded.event {
                        self.counted.sheets += 1;
                        counted = Some(taken.sheet);
                        let position = self.position(taken.sheet);
                        (self.tell)(&Told::Sheet { file: file.clone(), position, taken });
                    }
                }
            }
            Err(DeskError::Refused(Refusal::AlreadyTaken(sheet))) => {
                self.counted.already += 1;
                counted = Some(sheet);
                (self.tell)(&Told::Already { file, sheet });
            }
            Err(error) => return Err(error.into()),
        }
        for name in &sheet.files {
            self.put_away(name, DONE);
        }
        Ok(counted)
    }

    /// Place in the pile. While a folder is counted nothing is undone and what is set aside is recorded
    /// in its turn, so what the board says now is right.
    fn position(&self, sheet: SheetId) -> u32 {
        let view = self.rig.board().view();
        let envelope = view.envelopes.get(&sheet.envelope);
        let others = envelope.map_or((0, 0), |it| (it.undone, it.fed.saturating_sub(it.position)));
        sheet.ordinal.saturating_sub(others.0).saturating_add(others.1)
    }

    /// Recorded first, then moved: a paper that nobody has counted is not forgotten whatever happens in
    /// between. `sheet` has the other side of the paper.
    fn set_aside(&mut self, files: Vec<AsideFile>, sheet: Option<SheetId>) -> Result<(), RigError> {
        for file in files {
            let not_moved = match self.not_moved.take() {
                Some(known) => known,
                None => NotMoved::of(self.rig, &self.job.folder)?,
            };
            if !self.not_moved.insert(not_moved).take(&file) {
                let envelope = self.job.envelope;
                let side_of = sheet.filter(|sheet| sheet.envelope == envelope);
                let input = Input::SetAside {
                    envelope,
                    feed: self.job.feed,
                    file: file.clone(),
                    side_of: side_of.map(|sheet| sheet.ordinal),
                };
                self.rig.act(&self.job.by, None, input)?;
            }
            self.counted.aside += 1;
            self.put_away(&file.name, ASIDE);
            (self.tell)(&Told::Aside(file));
        }
        Ok(())
    }

    fn put_away(&mut self, name: &str, into: &str) {
        let into = self.job.folder.join(into);
        if let Err(error) = put_away(&self.job.folder, name, Path::new(&into)) {
            let why = error.to_string();
            (self.tell)(&Told::NotPutAway { file: name.to_owned(), why });
        }
    }
}
