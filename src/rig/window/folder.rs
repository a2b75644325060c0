//! The document scanner's folder as a source of the window: counted into the envelope on the desk until
//! somebody stops it.

use super::{Wake, faults};
use crate::devices::folder::Patience;
use crate::flow::{EnvelopeId, Event, FeedId, Input, PersonId};
use crate::rig::counting::{self, Counted, Job, Told};
use crate::rig::{Rig, RigError};
use crate::ui::port::{FolderNews, Lane, News};
use crossbeam_channel::Sender;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// With so long nothing new the count ends by itself; a key ends it at once.
const IDLE: Duration = Duration::from_secs(4 * 3600);

pub(super) struct FolderJob {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl FolderJob {
    pub fn start(
        rig: Arc<Rig>,
        lane: Lane,
        folder: PathBuf,
        sides: u8,
        news: Sender<News>,
        wake: Wake,
    ) -> Result<FolderJob, RigError> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopping = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("folder-count".to_owned())
            .spawn(move || {
                let tell = |told: FolderNews| {
                    // Said for the eyes only: what was counted is on the disk.
                    super::show(&news, News::Folder(told));
                    wake();
                };
                tell(FolderNews::Started);
                let counted = count(&rig, &lane, folder, sides, stopping, &tell);
                let end = match counted {
                    Ok(Counted { stopped: Some(why), .. }) => FolderNews::Stopped { why },
                    Ok(Counted { sheets, .. }) => FolderNews::Ended { sheets },
                    Err(error) => FolderNews::Failed(faults::of(&error)),
                };
                // The end is always heard, unless the window is gone.
                match news.send(News::Folder(end)) {
                    Ok(()) | Err(_) => wake(),
                }
            })
            .map_err(crate::rig::no_thread)?;
        Ok(FolderJob { stop, thread: Some(thread) })
    }

    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for FolderJob {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}

fn count(
    rig: &Rig,
    lane: &Lane,
    folder: PathBuf,
    sides: u8,
    stop: Arc<AtomicBool>,
    tell: &dyn Fn(FolderNews),
) -> Result<Counted, RigError> {
    let what = format!("the folder {} can't be read", folder.display());
    let folder = folder.canonicalize().map_err(RigError::file(what, &folder))?;
    let feed = feed_for(rig, &lane.by, lane.envelope, &folder, sides)?;
    let job = Job {
        envelope: lane.envelope,
        feed,
        folder,
        sides,
        by: lane.by.clone(),
        kind: lane.kind.clone(),
        patience: Patience { idle: IDLE, ..Patience::default() },
        readers: std::thread::available_parallelism().map_or(1, usize::from),
        stop,
    };
    counting::count(rig, &job, &mut |told| match told {
        Told::Aside(file) => {
            tell(FolderNews::Aside { file: file.name.clone(), why: file.why });
        }
        Told::Already { file, .. } => tell(FolderNews::Already { file: file.clone() }),
        Told::Unfinished { files } => tell(FolderNews::Unfinished { files: files.clone() }),
        Told::Sheet { .. } | Told::NotPutAway { .. } => {}
    })
}

/// The envelope's feed for this folder; a new one if it has none yet.
fn feed_for(
    rig: &Rig,
    by: &PersonId,
    envelope: EnvelopeId,
    folder: &Path,
    sides: u8,
) -> Result<FeedId, RigError> {
    let text = folder
        .to_str()
        .ok_or_else(|| RigError::Input(format!("the name of {} is no text", folder.display())))?;
    let known = rig.reader()?.envelope(envelope)?.and_then(|open| {
        open.feeds.iter().position(|feed| feed.folder == text && feed.sides == sides)
    });
    if let Some(index) = known {
        return Ok(FeedId(index as u64 + 1));
    }
    let input = Input::StartFeed { envelope, folder: text.to_owned(), sides };
    let events = rig.act(by, None, input)?;
    events
        .into_iter()
        .find_map(|recorded| match recorded.event {
            Event::FeedStarted { feed, .. } => Some(feed),
            _ => None,
        })
        .ok_or_else(|| RigError::Input("the folder could not be begun".to_owned()))
}
