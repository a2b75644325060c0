//! What the window keeps beside the campaign and how one is begun from it; and a delivery on a thread of
//! its own, since it takes as long as a stick takes.

use super::{Wake, training, trouble};
use crate::delivery::DeliveryError;
use crate::delivery::medium::Fault;
use crate::delivery::write::Progress;
use crate::demo::{self, People};
use crate::desk::Outcome;
use crate::flow::PersonId;
use crate::flow::event::Mode;
use crate::rig::delivering::{self, DeliverError, Told};
use crate::rig::{self, Rig, RigError, importing};
use crate::ui::port::{Beginning, DeliveryFault, DeliveryStep, News};
use crate::ui::settings::Settings;
use crossbeam_channel::Sender;
use std::io::{self, Read, Write};
use std::mem::{Discriminant, discriminant};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The window's settings in the data folder.
const SETTINGS: &str = "window.toml";
/// A settings file that can't be read is set aside under this name, so that nothing typed is lost.
const BAD: &str = "window.toml.bad";
/// A longer file is none of ours.
const MOST_BYTES: u64 = 1 << 20;
/// Progress is told at most this often; the eye wants no more.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// Whoever does not hear the end of a delivery for so long has no window any more. What came of it
/// stands in the log.
const END_WAITS: Duration = Duration::from_secs(5);

/// The settings, or what they are at first: where there are none, and where the file is broken, which
/// is set aside then.
pub(super) fn read_settings(data: &Path) -> Settings {
    let path = data.join(SETTINGS);
    let mut text = String::new();
    let read =
        std::fs::File::open(&path).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text));
    let broken = match read {
        Ok(_) => match toml::from_str(&text) {
            Ok(settings) => return settings,
            Err(_not_ours) => true,
        },
        Err(error) => error.kind() == io::ErrorKind::InvalidData,
    };
    if broken && std::fs::rename(&path, data.join(BAD)).is_err() {
        // A folder that can't be written can't be counted in either; the station says so.
    }
    Settings::default()
}

/// Replaces the settings, whole or not at all.
///
/// # Errors
/// If the data folder can't be written.
pub(super) fn write_settings(data: &Path, settings: &Settings) -> Result<(), RigError> {
    let text = toml::to_string(settings)
        .map_err(|error| RigError::Input(format!("the settings can't be kept: {error}")))?;
    let path = data.join(SETTINGS);
    let part = path.with_extension("toml.part");
    let write = || -> io::Result<()> {
        std::fs::create_dir_all(data)?;
        let mut file = std::fs::File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&part, &path)
    };
    let what = format!("the settings {} can't be written", path.display());
    write().map_err(RigError::file(what, &path))
}

/// Begins the campaign that the first screen describes.
///
/// # Errors
/// If the profile is wrong, people are missing, or the folder can't be used.
pub(super) fn begin(
    data: &Path,
    beginning: Beginning,
    ears: Sender<Outcome>,
) -> Result<Rig, RigError> {
    if beginning.made_up {
        return begin_made_up(data, &beginning.station, ears);
    }
    let beginning = rig::Beginning {
        profile_toml: &beginning.profile_toml,
        station: &beginning.station,
        mode: beginning.mode,
        people: beginning.people,
    };
    rig::begin_heard(data, beginning, Some(ears))
}

/// The training campaign with its people and lists; always the same one.
fn begin_made_up(data: &Path, station: &str, ears: Sender<Outcome>) -> Result<Rig, RigError> {
    let campaign = training::campaign()?;
    // Their slips of the finger are for a shift that is played; here real hands work.
    let people = People::make(0)
        .ok_or_else(|| RigError::Input("the made-up people have no right ids".to_owned()))?;
    let beginning = rig::Beginning {
        profile_toml: demo::PROFILE,
        station,
        mode: Mode::Training,
        people: people.all(),
    };
    let rig = rig::begin_heard(data, beginning, Some(ears))?;
    match importing::made_up(&rig, &people, &campaign) {
        Ok(_) => Ok(rig),
        Err(error) => {
            rig.close()?;
            Err(error)
        }
    }
}

/// A delivery under way. Dropping it waits for its end: half a delivery is none.
pub(super) struct DeliveryJob {
    thread: Option<JoinHandle<()>>,
}

impl DeliveryJob {
    /// Prepares, or goes on with what is prepared, and writes to `target`. What comes of it is told as
    /// [`News::Delivering`]; the last piece is `Done` or `Failed`.
    ///
    /// # Errors
    /// If there can be no further thread.
    pub fn start(
        rig: Arc<Rig>,
        by: PersonId,
        with: PersonId,
        target: PathBuf,
        news: Sender<News>,
        wake: Wake,
    ) -> Result<DeliveryJob, RigError> {
        let thread = std::thread::Builder::new()
            .name("delivery".to_owned())
            .spawn(move || {
                let mut teller = Teller { news, wake, last: None };
                let deliver = || {
                    delivering::deliver(&rig, &by, Some(&with), &target, &mut |told| {
                        teller.on_the_way(told);
                    })
                };
                let end = match catch_unwind(AssertUnwindSafe(deliver)) {
                    Ok(Ok(delivered)) => DeliveryStep::Done {
                        id: delivered.id,
                        folder: delivered.written.dir,
                        sheets: delivered.head.sheets,
                        amount: delivered.head.amount,
                    },
                    Ok(Err(error)) => failed(&rig, error),
                    Err(_panic) => {
                        let why = RigError::Input("the delivery gave up by an inner fault".into());
                        failed(&rig, why.into())
                    }
                };
                teller.end(end);
            })
            .map_err(rig::no_thread)?;
        Ok(DeliveryJob { thread: Some(thread) })
    }

    pub fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for DeliveryJob {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            rig::join(thread);
        }
    }
}

/// Tells the window how far it is, no more often than it can be seen.
struct Teller {
    news: Sender<News>,
    wake: Wake,
    /// Which step was told last, and when.
    last: Option<(Discriminant<DeliveryStep>, Instant)>,
}

impl Teller {
    fn on_the_way(&mut self, told: Told) {
        let step = match told {
            Told::Prepared(id) => DeliveryStep::Prepared { id },
            Told::Progress(Progress::Written { sheets, of, .. }) => {
                DeliveryStep::Writing { sheets, of }
            }
            Told::Progress(Progress::Flushing) => DeliveryStep::Flushing,
            Told::Progress(Progress::ReadBack { bytes, of }) => {
                DeliveryStep::ReadingBack { bytes, of }
            }
        };
        let kind = discriminant(&step);
        let whole = match step {
            DeliveryStep::Writing { sheets, of } => sheets == of,
            DeliveryStep::ReadingBack { bytes, of } => bytes == of,
            _ => true,
        };
        let again = self.last.is_some_and(|(last, at)| last == kind && at.elapsed() < TELL_EVERY);
        if again && !whole {
            return;
        }
        self.last = Some((kind, Instant::now()));
        // A window that is far behind will see a later step; the delivery never waits for it.
        if self.news.try_send(News::Delivering(step)).is_ok() {
            (self.wake)();
        }
    }

    fn end(&self, step: DeliveryStep) {
        if self.news.send_timeout(News::Delivering(step), END_WAITS).is_ok() {
            (self.wake)();
        }
    }
}

/// The end of a delivery that had no thread to begin on.
pub(super) fn not_begun(rig: &Rig, error: RigError) -> DeliveryStep {
    failed(rig, error.into())
}

fn failed(rig: &Rig, error: DeliverError) -> DeliveryStep {
    let still_prepared = rig.board().view().delivering.is_some();
    let (fault, why) = match error {
        DeliverError::NoFolder(_) => (DeliveryFault::NoFolder, error.to_string()),
        DeliverError::TooFull { .. } => (DeliveryFault::Full, error.to_string()),
        DeliverError::Failed { source, .. } | DeliverError::StaysPrepared { source, .. } => {
            (fault(&source), source.to_string())
        }
        DeliverError::Rig(error) => {
            let words = error.to_string();
            (DeliveryFault::Station(trouble(error)), words)
        }
    };
    DeliveryStep::Failed { fault, why, still_prepared }
}

fn fault(error: &DeliveryError) -> DeliveryFault {
    match error {
        DeliveryError::Medium(error) => match error.fault {
            Fault::Full => DeliveryFault::Full,
            Fault::Gone => DeliveryFault::Gone,
            Fault::ReadOnly => DeliveryFault::WriteProtected,
            Fault::NotAllowed => DeliveryFault::NotAllowed,
            Fault::Failing => DeliveryFault::WornOut,
        },
        DeliveryError::Totals(_) | DeliveryError::Rows(_) | DeliveryError::Manifest(_) => {
            DeliveryFault::Data
        }
        DeliveryError::Unwritable { text, source, .. } => {
            DeliveryFault::Text { text: text.clone(), found: source.0 }
        }
        DeliveryError::BadName(_) | DeliveryError::SameName(_) => DeliveryFault::Names,
        DeliveryError::Sign(_) | DeliveryError::Key(_) => DeliveryFault::Key,
        DeliveryError::AlreadyThere { .. } => DeliveryFault::AlreadyThere,
        DeliveryError::ReadBack { .. } => DeliveryFault::ReadBack,
        DeliveryError::Uncertain { .. } => DeliveryFault::Uncertain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::settings::{CameraSource, Language, Look};

    #[test]
    fn settings_are_read_as_they_were_written() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("not yet there");
        assert_eq!(read_settings(&data), Settings::default());
        let settings = Settings {
            language: Language::En,
            look: Look::Contrast,
            size: 150,
            volumes: [("sakura".to_owned(), 20), ("endo".to_owned(), 80)].into(),
            target: "/media/aoi/券 \"1\"".to_owned(),
            camera: CameraSource { on: true, by_rest: true, ..CameraSource::default() },
            ..Settings::default()
        };
        write_settings(&data, &settings).unwrap();
        assert_eq!(read_settings(&data), settings);
        write_settings(&data, &Settings::default()).unwrap();
        assert_eq!(read_settings(&data), Settings::default());
        let left = std::fs::read_dir(&data).unwrap().count();
        assert_eq!(left, 1, "a part is left over");
    }

    #[test]
    fn broken_settings_are_set_aside_and_nothing_stops() {
        let dir = tempfile::tempdir().unwrap();
        for broken in [&b"size = \"large\"\n"[..], b"\xFF\xFE", b"[[[", b"look = \"pink\""] {
            std::fs::write(dir.path().join(SETTINGS), broken).unwrap();
            assert_eq!(read_settings(dir.path()), Settings::default());
            assert_eq!(std::fs::read(dir.path().join(BAD)).unwrap(), broken);
            assert!(!dir.path().join(SETTINGS).exists());
        }
        // What is not said is as at first.
        std::fs::write(dir.path().join(SETTINGS), "size = 150\n").unwrap();
        assert_eq!(read_settings(dir.path()), Settings { size: 150, ..Settings::default() });
    }

    #[test]
    fn each_fault_of_a_medium_has_an_answer_of_its_own() {
        use crate::delivery::medium::MediumError;
        let of = |fault| {
            let source = io::Error::other("x");
            let error = MediumError { fault, path: PathBuf::new(), what: "writing", source };
            super::fault(&DeliveryError::Medium(error))
        };
        assert!(matches!(of(Fault::Full), DeliveryFault::Full));
        assert!(matches!(of(Fault::Gone), DeliveryFault::Gone));
        assert!(matches!(of(Fault::ReadOnly), DeliveryFault::WriteProtected));
        assert!(matches!(of(Fault::NotAllowed), DeliveryFault::NotAllowed));
        assert!(matches!(of(Fault::Failing), DeliveryFault::WornOut));
    }
}
