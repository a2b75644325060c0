use super::*;
use crate::devices::recording::Recording;
use crate::devices::simulated::{DeskHandle, SimulatedDesk};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Long enough for any machine; nothing waits so long when all is well.
const LONG: Duration = Duration::from_secs(60);
const QUICK: Pace = Pace {
    silence: Duration::from_secs(3),
    again: Duration::from_millis(20),
    grace: Duration::from_millis(200),
};

/// A camera over a small training desk that is in a hurry.
struct Bench {
    camera: Camera,
    news: Receiver<CameraNews>,
    woken: Receiver<()>,
    desk: DeskHandle,
}

fn start(
    pace: Pace,
    open: OpenCamera,
    bound: usize,
) -> (Camera, Receiver<CameraNews>, Receiver<()>) {
    let (to_news, news) = bounded(bound);
    let (wake, woken) = bounded(1);
    // A full slot means that there is a ring already.
    let wake: Wake = Arc::new(move || wake.try_send(()).unwrap_or_default());
    (Camera::start_at(pace, open, to_news, wake).unwrap(), news, woken)
}

impl Bench {
    fn new(pace: Pace) -> Bench {
        let (simulated, desk) = SimulatedDesk::sized(320, 180);
        let simulated = simulated.hurried(Duration::from_millis(2));
        let (camera, news, woken) = start(pace, simulated.opener(), 256);
        Bench { camera, news, woken, desk }
    }

    /// Waits for a presence; sheets before it are an error.
    #[track_caller]
    fn until(&self, wanted: &Presence) {
        loop {
            match self.news.recv_timeout(LONG).unwrap() {
                CameraNews::Presence(presence) if presence == *wanted => return,
                CameraNews::Presence(_) => {}
                CameraNews::Sheet { by, .. } => panic!("a sheet by {by:?} before {wanted:?}"),
            }
        }
    }

    #[track_caller]
    fn sheet(&self) -> (Frame, Trigger) {
        loop {
            if let CameraNews::Sheet { frame, by } = self.news.recv_timeout(LONG).unwrap() {
                return (frame, by);
            }
        }
    }

    /// Waits until so many more frames were seen.
    #[track_caller]
    fn frames(&self, count: u64) -> Frame {
        let mut first = None;
        loop {
            if let Some(frame) = self.camera.preview() {
                let first = *first.get_or_insert(frame.no);
                if frame.no >= first + count {
                    return frame;
                }
            }
            self.woken.recv_timeout(LONG).unwrap();
        }
    }

    #[track_caller]
    fn no_sheet(&self) {
        let sheet = self.news.try_iter().find(|news| matches!(news, CameraNews::Sheet { .. }));
        assert!(sheet.is_none(), "{sheet:?}");
    }
}

/// A sheet of 200 x 90 pixels with stripes.
fn paper(stripe: usize) -> Arc<Luma> {
    let grey = |no: usize| if (no % 200 / stripe).is_multiple_of(2) { 230 } else { 150 };
    Arc::new(Luma { width: 200, height: 90, data: (0..200 * 90).map(grey).collect() })
}

/// How wide the stripes are in the middle of a picture.
fn stripe(frame: &Frame) -> usize {
    let row = &frame.luma.row(frame.luma.height / 2)[100..220];
    let changes = row.windows(2).filter(|two| (two[0] > 190) != (two[1] > 190)).count();
    let near = |stripe: &usize| (120 / stripe).abs_diff(changes);
    [20, 10, 5].into_iter().min_by_key(near).unwrap()
}

fn silent() -> Presence {
    Presence::Trouble(CameraError::Silent.into())
}

#[test]
fn one_picture_for_each_sheet() {
    let bench = Bench::new(QUICK);
    // Two of the same look on top of each other, and one again on the empty desk.
    for stripe in [20, 10, 10, 20] {
        bench.desk.lay(paper(stripe));
    }
    bench.desk.take_away();
    bench.desk.lay(paper(20));
    let mut last = 0;
    for wide in [20, 10, 10, 20, 20] {
        let (frame, by) = bench.sheet();
        assert_eq!((stripe(&frame), by), (wide, Trigger::Rest));
        assert!(frame.no > last);
        last = frame.no;
    }
    bench.desk.take_away();
    bench.frames(60);
    bench.no_sheet();
}

/// Of a camera of 30 frames a second: how many of these are worth a look.
fn looks(desk: &mut Desk, frames: u32, begin: Instant, now: Rest) -> usize {
    let at = |no| begin + Duration::from_micros(33_333) * no;
    let worth = (0..frames).filter(|no| {
        let worth = desk.worth_a_look(now, at(*no));
        if worth {
            desk.told = Some(at(*no));
        }
        worth
    });
    worth.count()
}

#[test]
fn the_window_is_told_of_what_moves_and_seldom_of_what_lies_still() {
    let begin = Instant::now();
    let rest = RestDetector::new();
    let mut desk = Desk { rest, frames: 0, began: None, was: Rest::Learning, told: None };
    let minute = |no: u64| begin + Duration::from_secs(60) * no as u32;
    assert_eq!(looks(&mut desk, 300, begin, Rest::Moving), 150);
    // At most four a second.
    assert!((35..=41).contains(&looks(&mut desk, 300, minute(1), Rest::Taken)));
    // The first frame in which something moves is seen, or the one after it.
    assert!(desk.worth_a_look(Rest::Taken, minute(2)));
    desk.told = Some(minute(2));
    let soon = minute(2) + Duration::from_millis(66);
    assert!(!desk.worth_a_look(Rest::Taken, soon));
    assert!(desk.worth_a_look(Rest::Moving, soon));
    // So is the one that comes to rest.
    assert!(desk.worth_a_look(Rest::Due, soon));
}

#[test]
fn a_picture_of_a_whole_desk_is_a_sheet_too() {
    let bench = Bench::new(QUICK);
    for grey in [40, 60] {
        let mut whole = Luma::flat(320, 180, grey);
        for y in 50..130 {
            whole.data[y * 320 + 80..y * 320 + 240].fill(220);
        }
        bench.desk.lay(Arc::new(whole));
    }
    bench.sheet();
    bench.sheet();
    bench.desk.take_away();
    bench.frames(60);
    bench.no_sheet();
}

#[test]
fn by_key_without_rest_and_without_a_sheet() {
    let bench = Bench::new(QUICK);
    bench.until(&Presence::Ready);
    assert!(bench.camera.capture());
    let (frame, by) = bench.sheet();
    assert_eq!(by, Trigger::Key);
    assert!(frame.no > 0 && bench.camera.preview().unwrap().no >= frame.no);
    // The sheet under the key is not taken once more by itself, whichever of the two comes first.
    bench.camera.pause();
    bench.desk.lay(paper(20));
    bench.frames(60);
    bench.camera.watch_for_sheets();
    assert!(bench.camera.capture());
    bench.frames(30);
    let by = |news| match news {
        CameraNews::Sheet { by, .. } => Some(by),
        CameraNews::Presence(_) => None,
    };
    let taken: Vec<Trigger> = bench.news.try_iter().filter_map(by).collect();
    assert!(taken == [Trigger::Key] || taken == [Trigger::Rest, Trigger::Key], "{taken:?}");
}

#[test]
fn refused_unless_ready() {
    let (let_open, may_open) = bounded::<()>(0);
    let open: OpenCamera = Box::new(move || {
        may_open.recv().ok();
        Err(CameraError::NoCamera)
    });
    let (camera, news, _woken) = start(QUICK, open, 16);
    assert!(matches!(news.recv_timeout(LONG), Ok(CameraNews::Presence(Presence::Searching))));
    assert_eq!(camera.presence(), Presence::Searching);
    assert!(!camera.capture());
    assert!(camera.preview().is_none());
    drop(let_open);
    let trouble = Presence::Trouble(CameraError::NoCamera.into());
    let heard = news.recv_timeout(LONG).unwrap();
    assert!(matches!(heard, CameraNews::Presence(it) if it == trouble));
    assert!(!camera.capture());
}

#[test]
fn a_pause_takes_nothing_and_forgets_nothing() {
    let bench = Bench::new(QUICK);
    bench.until(&Presence::Ready);
    bench.camera.pause();
    assert!(!bench.camera.capture());
    bench.desk.lay(paper(20));
    bench.frames(80);
    bench.no_sheet();
    bench.camera.watch_for_sheets();
    assert_eq!(bench.sheet().1, Trigger::Rest);
    bench.camera.pause();
    bench.frames(30);
    bench.camera.watch_for_sheets();
    bench.frames(30);
    bench.no_sheet();
}

#[test]
fn the_desk_can_be_learned_anew() {
    let bench = Bench::new(QUICK);
    bench.desk.lay(paper(20));
    bench.sheet();
    bench.camera.desk_is_empty();
    bench.frames(60);
    bench.desk.lay(paper(20));
    bench.sheet();
    bench.desk.take_away();
    // What was said to be the desk has gone: that looks like something new.
    assert_eq!(bench.sheet().1, Trigger::Rest);
}

#[test]
fn a_camera_that_goes_silent_and_comes_back() {
    let bench = Bench::new(Pace { silence: Duration::from_millis(300), ..QUICK });
    bench.until(&Presence::Ready);
    bench.desk.hang();
    bench.until(&silent());
    assert!(bench.camera.preview().is_none());
    assert!(!bench.camera.capture());
    bench.desk.back();
    bench.until(&Presence::Ready);
    bench.desk.lay(paper(10));
    assert_eq!(stripe(&bench.sheet().0), 10);
}

/// A camera that opens and never gives a frame is found out as well.
#[test]
fn a_camera_that_never_begins() {
    let bench = Bench::new(Pace { silence: Duration::from_millis(300), ..QUICK });
    bench.desk.hang();
    bench.until(&silent());
}

#[test]
fn dropping_does_not_wait_for_a_driver_that_hangs() {
    let bench = Bench::new(Pace { silence: Duration::from_millis(300), ..QUICK });
    bench.until(&Presence::Ready);
    bench.desk.hang();
    bench.until(&silent());
    let Bench { camera, news, desk, .. } = bench;
    drop(camera);
    assert_ne!(news.try_recv().err(), Some(crossbeam_channel::TryRecvError::Disconnected));
    // The thread that was left behind ends when the driver comes back.
    desk.back();
    while news.recv_timeout(LONG).is_ok() {}
    assert_eq!(news.recv_timeout(LONG).err(), Some(RecvTimeoutError::Disconnected));
}

#[test]
fn unplugged_and_plugged_in_again() {
    let bench = Bench::new(QUICK);
    bench.desk.lay(paper(20));
    bench.sheet();
    bench.desk.vanish();
    bench.until(&Presence::Trouble(CameraError::NoCamera.into()));
    assert!(bench.camera.preview().is_none());
    bench.desk.back();
    bench.until(&Presence::Ready);
    // The same sheet lies there still, and what is under it is still known.
    bench.frames(40);
    bench.no_sheet();
    bench.desk.take_away();
    bench.frames(60);
    bench.no_sheet();
    bench.desk.lay(paper(20));
    assert_eq!(bench.sheet().1, Trigger::Rest);
    assert_eq!(bench.camera.name(), "Training desk");
}

#[test]
fn tried_again_until_it_is_there() {
    let tries = AtomicUsize::new(0);
    let (simulated, _desk) = SimulatedDesk::sized(64, 36);
    let open: OpenCamera = Box::new(move || match tries.fetch_add(1, Ordering::Relaxed) {
        0 | 1 => Err(CameraError::Busy("/dev/video0".to_owned())),
        _ => Ok(Box::new(simulated.open()?)),
    });
    let (camera, news, _woken) = start(QUICK, open, 16);
    let mut heard = Vec::new();
    while camera.presence() != Presence::Ready {
        heard.push(news.recv_timeout(LONG).unwrap());
    }
    let busy = Presence::Trouble(CameraError::Busy("/dev/video0".to_owned()).into());
    let told = heard.iter().filter(|it| matches!(it, CameraNews::Presence(it) if *it == busy));
    assert_eq!(told.count(), 1, "{heard:?}");
}

#[test]
fn news_end_with_the_camera() {
    let bench = Bench::new(QUICK);
    bench.until(&Presence::Ready);
    let Bench { camera, news, .. } = bench;
    drop(camera);
    while news.try_recv().is_ok() {}
    assert_eq!(news.try_recv().err(), Some(crossbeam_channel::TryRecvError::Disconnected));
}

/// A recording that says when it is asked for a picture.
struct Told {
    recording: Recording,
    asked: Sender<()>,
}

impl FrameSource for Told {
    fn next_frame(&mut self) -> Result<Frame, CameraError> {
        self.asked.send(()).ok();
        self.recording.next_frame()
    }

    fn name(&self) -> String {
        self.recording.name()
    }
}

fn desk_then_sheet() -> Vec<Arc<Luma>> {
    let desk = Arc::new(Luma::flat(320, 180, 90));
    let mut with_sheet = Luma::flat(320, 180, 90);
    for y in 50..130 {
        with_sheet.data[y * 320 + 80..y * 320 + 240].fill(220);
    }
    let with_sheet = Arc::new(with_sheet);
    [vec![desk; 20], vec![with_sheet; 5]].concat()
}

/// The camera is dropped while a picture waits for room in the channel.
#[test]
fn a_picture_that_waits_outlives_the_camera() {
    let (asked, was_asked) = bounded(64);
    let open: OpenCamera = Box::new(move || {
        let recording = Recording::new("desk", desk_then_sheet(), Duration::from_millis(66));
        Ok(Box::new(Told { recording, asked: asked.clone() }))
    });
    let pace = Pace { again: LONG, grace: LONG, ..QUICK };
    let (camera, news, _woken) = start(pace, open, 1);
    // The 25th picture is the one that is taken: the channel has held its only piece of news since the first.
    (0..25).for_each(|_| was_asked.recv_timeout(LONG).unwrap());
    // No further one is asked for, however long nobody listens.
    let moment = TRY * 6;
    assert!(was_asked.recv_timeout(moment).is_err());
    let dropping =
        thread::Builder::new().name("dropping".to_owned()).spawn(move || drop(camera)).unwrap();
    assert!(was_asked.recv_timeout(moment).is_err());
    let sheets = news.iter().filter(|news| matches!(news, CameraNews::Sheet { .. })).count();
    assert_eq!(sheets, 1);
    dropping.join().unwrap();
}

#[test]
fn a_recording_gives_its_sheets_and_ends() {
    let open: OpenCamera = Box::new(|| {
        let step = Duration::from_millis(66);
        Ok(Box::new(Recording::new("of monday", desk_then_sheet(), step)))
    });
    let (_camera, news, _woken) = start(Pace { again: LONG, ..QUICK }, open, 16);
    let mut sheets = 0;
    loop {
        match news.recv_timeout(LONG).unwrap() {
            CameraNews::Sheet { frame, by } => {
                assert_eq!((frame.no, by), (25, Trigger::Rest));
                sheets += 1;
            }
            CameraNews::Presence(Presence::Trouble(trouble)) => {
                let end = "The recording of monday is at its end; choose a camera.";
                assert_eq!(trouble.to_string(), end);
                break;
            }
            CameraNews::Presence(_) => {}
        }
    }
    assert_eq!(sheets, 1);
}
