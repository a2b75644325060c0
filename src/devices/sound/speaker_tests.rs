//! Players that write down what would be heard.

use super::*;

/// So long only where something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// Says what it plays, then waits for what becomes of it.
struct Scripted {
    found: Result<(), Unheard>,
    begun: Sender<Sound>,
    ends: Receiver<Result<(), Unheard>>,
}

impl Player for Scripted {
    fn find(&mut self, _: &Receiver<Infallible>) -> Result<(), Unheard> {
        self.found
    }

    fn play(
        &mut self,
        sound: Sound,
        limit: Duration,
        stopped: &Receiver<Infallible>,
    ) -> Result<(), Unheard> {
        assert_eq!(limit, sound.tone.length() + GRACE);
        self.begun.send(sound).unwrap();
        crossbeam_channel::select_biased! {
            recv(self.ends) -> end => end.unwrap_or(Ok(())),
            recv(stopped) -> _ => Err(Unheard::Stopped),
        }
    }
}

struct Room {
    speaker: Speaker,
    begun: Receiver<Sound>,
    ends: Sender<Result<(), Unheard>>,
    woken: Receiver<()>,
}

impl Room {
    fn new(found: Result<(), Unheard>) -> Room {
        let (begun, begins) = bounded(100);
        let (ends, ended) = bounded(100);
        let (wake, woken) = bounded(100);
        let wake: Wake = Arc::new(move || wake.send(()).unwrap());
        let speaker = Speaker::with(Scripted { found, begun, ends: ended }, wake).unwrap();
        Room { speaker, begun: begins, ends, woken }
    }

    #[track_caller]
    fn begins(&self) -> Sound {
        self.begun.recv_timeout(PATIENCE).unwrap()
    }

    /// The light after it has changed.
    #[track_caller]
    fn light(&self) -> Presence {
        self.woken.recv_timeout(PATIENCE).unwrap();
        self.speaker.presence()
    }
}

fn trouble(why: Unheard) -> Presence {
    Presence::Trouble(why.into())
}

#[test]
fn each_sound_is_heard_in_order() {
    let room = Room::new(Ok(()));
    // Equal ones too: ten sheets are ten sounds.
    let tones = [Tone::Accepted, Tone::Accepted, Tone::Duplicate, Tone::Accepted, Tone::Look];
    for tone in tones {
        room.speaker.play(tone, 70);
        room.ends.send(Ok(())).unwrap();
    }
    for tone in tones {
        assert_eq!(room.begins(), Sound { tone, volume: 70 });
    }
    assert_eq!(room.speaker.dropped(), 0);
}

#[test]
fn volume_zero_is_nothing_and_there_is_no_more_than_full() {
    let room = Room::new(Ok(()));
    room.speaker.play(Tone::Stop, 0);
    room.speaker.play(Tone::Look, 255);
    assert_eq!(room.begins(), Sound { tone: Tone::Look, volume: 100 });
    assert_eq!(room.speaker.dropped(), 0);
}

#[test]
fn when_full_the_new_sound_is_dropped_and_counted() {
    let room = Room::new(Ok(()));
    room.speaker.play(Tone::Stop, 10);
    assert_eq!(room.begins().volume, 10);
    for volume in 1..=WAITING as u8 {
        room.speaker.play(Tone::Accepted, volume);
    }
    assert_eq!(room.speaker.dropped(), 0);
    room.speaker.play(Tone::Complete, 100);
    assert_eq!(room.speaker.dropped(), 1);
    for volume in 1..=WAITING as u8 {
        room.ends.send(Ok(())).unwrap();
        assert_eq!(room.begins(), Sound { tone: Tone::Accepted, volume });
    }
    assert!(room.begun.is_empty());
}

#[test]
fn a_late_sound_is_dropped_and_counted() {
    let (begun, begins) = bounded(2);
    let (ends, ended) = bounded(2);
    let (_stop, stopped) = bounded(0);
    let said = Arc::new(Said { presence: Mutex::default(), dropped: AtomicU64::new(0) });
    let player = Scripted { found: Ok(()), begun, ends: ended };
    let mut voice = Voice { player, wake: Arc::new(|| ()), said: Arc::clone(&said), stopped };
    let sound = Sound { tone: Tone::Accepted, volume: 50 };
    drop(ends);
    let long_ago = Instant::now().checked_sub(LATE + Duration::from_millis(1)).unwrap();
    voice.play(&Asked { sound, since: long_ago });
    assert_eq!((begins.len(), said.dropped.load(Ordering::Relaxed)), (0, 1));
    voice.play(&Asked { sound, since: Instant::now() });
    assert_eq!((begins.len(), said.dropped.load(Ordering::Relaxed)), (1, 1));
}

#[test]
fn the_light_is_about_the_last_sound() {
    let room = Room::new(Ok(()));
    assert_eq!(room.light(), Presence::Ready);
    let ends = [
        (Err(Unheard::Failed), trouble(Unheard::Failed)),
        (Err(Unheard::TooLong), trouble(Unheard::TooLong)),
        (Ok(()), Presence::Ready),
    ];
    for (end, light) in ends {
        room.speaker.play(Tone::Accepted, 50);
        room.ends.send(end).unwrap();
        assert_eq!(room.light(), light);
    }
    room.speaker.play(Tone::Accepted, 50);
    room.ends.send(Ok(())).unwrap();
    let Room { speaker, woken, .. } = room;
    drop(speaker);
    assert!(woken.recv().is_err(), "the light did not change");
}

#[test]
fn no_player_is_no_error() {
    let room = Room::new(Err(Unheard::NoPlayer));
    assert_eq!(room.light(), trouble(Unheard::NoPlayer));
    room.speaker.play(Tone::Accepted, 50);
    room.ends.send(Err(Unheard::NoPlayer)).unwrap();
    room.begins();
    room.speaker.play(Tone::Accepted, 50);
    room.ends.send(Ok(())).unwrap();
    assert_eq!(room.light(), Presence::Ready);
    assert_eq!(room.speaker.dropped(), 0);
}

#[test]
fn closing_cuts_off_and_plays_nothing_more() {
    let room = Room::new(Ok(()));
    room.speaker.play(Tone::Complete, 1);
    assert_eq!(room.begins().volume, 1);
    room.speaker.play(Tone::Complete, 2);
    let Room { speaker, begun, ends: _ends, .. } = room;
    let (done, closed) = bounded(1);
    let closer = Builder::new()
        .name("closer".to_owned())
        .spawn(move || {
            drop(speaker);
            done.send(()).unwrap();
        })
        .unwrap();
    closed.recv_timeout(PATIENCE).expect("the speaker does not close");
    closer.join().unwrap();
    assert!(begun.recv().is_err());
}

/// With whatever this machine has: a loudspeaker, none, or not even a player.
#[test]
fn the_real_one_starts_and_closes() {
    let (wake, woken) = bounded(8);
    let speaker = Speaker::start(Arc::new(move || wake.send(()).unwrap())).unwrap();
    woken.recv_timeout(PATIENCE).unwrap();
    assert_ne!(speaker.presence(), Presence::Searching);
    speaker.play(Tone::Accepted, 1);
    drop(speaker);
}
