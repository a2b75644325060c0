//! The lane: sheets that a hand lays down, one at a time, from camera, scanner or a person's word. It never
//! runs ahead of a stop: until the paper is in its tray, nothing more is taken.

use super::{Wake, faults, lights::Board};
use crate::devices::camera::{Camera, Frame};
use crate::devices::rest::still;
use crate::devices::sound::{Speaker, Tone};
use crate::flow::event::{Capture, Event, Place, Source};
use crate::flow::input::TakeSheet;
use crate::flow::{Act, Input, Sha256, SheetId};
use crate::picture::{self, Limits, Picture};
use crate::reader;
use crate::rig::{Rig, RigError, now};
use crate::store::pictures::{Entry, Pictures};
use crate::ui::fault::Fault;
use crate::ui::port::{Lane, News, NotTaken, Trouble};
use crate::voucher::{Issued, Profile, Reading, Reason, Side, Verdict, judge, scanned};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What a hand does waits here; a hand is slower than sixteen.
const WAITING: usize = 64;
/// Quality of a desk picture that came uncompressed, and of number crops.
const QUALITY: u8 = 85;

/// From a frame to its sheet's beep a tenth of a second may pass: so long further frames are looked at.
const LOOK_ON: Duration = Duration::from_millis(60);

pub(super) enum Laid {
    Set(Option<Lane>),
    Code(String),
    Garbage,
    Frame(Frame),
    CannotRead,
    /// The paper of this stop lies in its tray.
    GoOn(SheetId),
    /// A device that worked has gone or gives nothing any more.
    Alarm,
}

/// The camera in use, if any, so that the lane can hold it back at a stop.
pub(super) type CameraSlot = Arc<Mutex<Option<Camera>>>;

pub(super) struct LaneThread {
    pub laid: Sender<Laid>,
    thread: Option<JoinHandle<()>>,
}

impl LaneThread {
    pub fn start(
        rig: Arc<Rig>,
        camera: CameraSlot,
        speaker: Arc<Speaker>,
        volume: super::ears::Volume,
        board: Board,
        news: Sender<News>,
        wake: Wake,
    ) -> Result<LaneThread, RigError> {
        let (laid, queue) = bounded(WAITING);
        let pictures = Pictures::open(&rig.data)?;
        let mut work = Work {
            rig,
            pictures,
            camera,
            speaker,
            volume,
            board,
            news,
            wake,
            lane: None,
            stop: None,
        };
        let thread = std::thread::Builder::new()
            .name("lane".to_owned())
            .spawn(move || work.run(&queue))
            .map_err(crate::rig::no_thread)?;
        Ok(LaneThread { laid, thread: Some(thread) })
    }
}

impl Drop for LaneThread {
    fn drop(&mut self) {
        self.laid = bounded(0).0;
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}

struct Work {
    rig: Arc<Rig>,
    pictures: Pictures,
    camera: CameraSlot,
    speaker: Arc<Speaker>,
    volume: super::ears::Volume,
    board: Board,
    news: Sender<News>,
    wake: Wake,
    lane: Option<Lane>,
    /// The sheet whose paper is not in its tray yet.
    stop: Option<SheetId>,
}

impl Work {
    fn run(&mut self, queue: &Receiver<Laid>) {
        for laid in queue {
            match laid {
                Laid::Set(lane) => {
                    // A look at another stage lifts no stop; another envelope does.
                    let other = |stop: &SheetId| {
                        lane.as_ref().is_some_and(|lane| lane.envelope != stop.envelope)
                    };
                    self.stop.take_if(|stop| other(stop));
                    self.lane = lane;
                    self.camera_follows();
                }
                Laid::GoOn(sheet) => {
                    self.stop.take_if(|stop| *stop == sheet);
                    self.camera_follows();
                }
                Laid::Alarm => self.speaker.play(Tone::Alarm, self.volume.get()),
                Laid::Garbage => self.not_taken(NotTaken::Garbage),
                Laid::Code(text) => self.take(|_| Ok((Source::Code {}, None, Some(text)))),
                Laid::CannotRead => self.take(|_| Ok((Source::Hand {}, None, None))),
                Laid::Frame(frame) => self.take_frame(&frame),
            }
            let stop = self.stop;
            self.board.change(|lights| lights.stop_open = stop);
            (self.wake)();
        }
    }

    /// The camera looks for sheets only while one may be taken.
    fn camera_follows(&self) {
        if let Some(camera) = &*self.camera.lock().unwrap_or_else(PoisonError::into_inner) {
            if self.lane.is_some() && self.stop.is_none() {
                camera.watch_for_sheets();
            } else {
                camera.pause();
            }
        }
    }

    fn not_taken(&self, why: NotTaken) {
        self.speaker.play(Tone::Refused, self.volume.get());
        self.tell(News::NotTaken(why));
    }

    fn tell(&self, news: News) {
        // A window that is gone or far behind hears nothing; nothing was counted either.
        super::show(&self.news, news);
    }

    fn trouble(&self, why: Trouble) {
        self.speaker.play(Tone::Refused, self.volume.get());
        self.tell(News::Trouble(why));
    }

    fn ready(&self) -> Option<Lane> {
        match (&self.lane, self.stop) {
            (Some(lane), None) => Some(lane.clone()),
            (None, _) => {
                self.not_taken(NotTaken::NoLane);
                None
            }
            (Some(_), Some(_)) => {
                self.not_taken(NotTaken::StopOpen);
                None
            }
        }
    }

    fn take(
        &mut self,
        make: impl FnOnce(&Lane) -> Result<(Source, Option<Reading>, Option<String>), RigError>,
    ) {
        let Some(lane) = self.ready() else { return };
        match make(&lane) {
            Ok((source, reading, text)) => {
                let profile = &self.rig.profile;
                let reading = reading.or_else(|| text.map(|text| scanned(profile, &text)));
                let reading = reading.unwrap_or_default();
                self.commit(&lane, vec![Capture { side: Side::Front, source, reading }]);
            }
            Err(error) => self.trouble(Trouble::Other(faults::of(&error))),
        }
    }

    fn take_frame(&mut self, frame: &Frame) {
        let Some(lane) = self.ready() else { return };
        let profile = Arc::clone(&self.rig.profile);
        // A picture that nobody thought of must not end the lane.
        let look = AssertUnwindSafe(|| self.looks(frame, &profile));
        let Ok((captures, entries)) = catch_unwind(look) else {
            self.trouble(Trouble::Other(Fault::Reader));
            return;
        };
        let day = crate::rig::today().to_string();
        match self.pictures.put(&day, &entries) {
            Ok(()) => self.commit(&lane, captures),
            Err(error) => self.trouble(Trouble::NotSaved(faults::store(&error))),
        }
    }

    /// Reads the frame that was taken, and while that leaves something open and the sheet still lies there the
    /// frames that come after it: noise and a lamp's flicker are never twice the same.
    fn looks(&self, first: &Frame, profile: &Profile) -> (Vec<Capture>, Vec<Entry>) {
        let (mut captures, mut entries) = (Vec::new(), Vec::new());
        let mut add = |frame: &Frame| {
            let (reading, entry) = look(frame, profile);
            let source = Source::Camera { size: entry.bytes.len() as u64, sha256: entry.sha256 };
            captures.push(Capture { side: Side::Front, source, reading });
            entries.push(entry);
            let all = Reading::of(captures.iter().map(|capture| &capture.reading));
            leaves_open(profile, &all)
        };
        let mut last = first.no;
        let mut open = add(first);
        while open && first.at.elapsed() < LOOK_ON {
            let Some(next) = self.frame_after(last, first) else { break };
            last = next.no;
            open = add(&next);
        }
        (captures, entries)
    }

    /// The camera's next frame, if nothing has moved since the first one.
    fn frame_after(&self, no: u64, first: &Frame) -> Option<Frame> {
        let viewer = {
            let slot = self.camera.lock().unwrap_or_else(PoisonError::into_inner);
            slot.as_ref()?.viewer()
        };
        let frame = viewer.frame_after(no, first.at + LOOK_ON)?;
        still(&first.luma, &frame.luma).then_some(frame)
    }

    fn commit(&mut self, lane: &Lane, captures: Vec<Capture>) {
        let input = Input::TakeSheet(TakeSheet {
            envelope: lane.envelope,
            captures,
            operator_kind: lane.kind.clone(),
        });
        let act = Act { by: lane.by.clone(), with: None, at: now(), input };
        match self.rig.desk.ask(act) {
            Ok(done) => {
                for recorded in done.events {
                    if let Event::SheetTaken(taken) = recorded.event
                        && matches!(taken.place, Place::Settle { .. })
                    {
                        self.stop = Some(taken.sheet);
                    }
                }
                self.camera_follows();
            }
            Err(error) => self.trouble(super::why(error)),
        }
    }
}

/// Whether another look could settle what this reading leaves open.
fn leaves_open(profile: &Profile, reading: &Reading) -> bool {
    let judged = judge(profile, reading, &|_| Issued::NoLedger, None);
    matches!(judged.verdict, Verdict::Check | Verdict::Unreadable)
        && judged.reasons.iter().any(|reason| {
            matches!(reason, Reason::OneReading | Reason::NoBarcode | Reason::NothingRead)
        })
}

/// Reads a desk picture and makes what is kept of it.
fn look(frame: &Frame, profile: &Profile) -> (Reading, Entry) {
    let coloured =
        frame.jpeg.as_ref().and_then(|jpeg| picture::decode(jpeg, &Limits::default()).ok());
    let seen = coloured.unwrap_or_else(|| Picture::grey((*frame.luma).clone()));
    let findings = reader::read(&seen, Side::Front, profile);
    let crop = picture::encode_jpeg(&findings.number_crop, QUALITY);
    let bytes = match &frame.jpeg {
        Some(jpeg) => jpeg.to_vec(),
        None => picture::encode_jpeg(&frame.luma, QUALITY),
    };
    (findings.reading, Entry { sha256: Sha256::of(&bytes), bytes, crop })
}
