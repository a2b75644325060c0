//! The thread that plays, one sound after another, in the order of what happened.

use super::super::presence::{Presence, Wake};
use super::tone::{Tone, wav};
use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded};
use std::convert::Infallible;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// The most sounds that wait. When it is full the new one is dropped and counted: what waits is
/// never reordered, joined or replaced.
const WAITING: usize = 32;

/// A sound that comes so late would be taken for that of another sheet: dropped and counted.
const LATE: Duration = Duration::from_secs(5);

/// How much longer than its pattern a sound may take: players wait for the device to run dry.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// One thing to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    pub tone: Tone,
    /// 1 to 100.
    pub volume: u8,
}

impl Sound {
    /// See [`wav`].
    pub fn wav(self) -> Vec<u8> {
        wav(self.tone, self.volume)
    }
}

/// Why nothing was heard, as what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    #[error(
        "Install the package alsa-utils, pulseaudio-utils or pipewire-bin, then start Kenban again."
    )]
    NoPlayer,
    #[error("Plug in a loudspeaker and choose it in the sound settings of this computer.")]
    Failed,
    #[error("Plug the loudspeaker in anew and choose it in the sound settings of this computer.")]
    TooLong,
    #[error("The program is being closed.")]
    Stopped,
}

/// What turns sounds into air. Tests put one here that writes down what would be heard.
pub trait Player: Send {
    /// Called once, before the first sound: looks for what can play and tries it with silence, so that
    /// the light is true before anybody waits for a sound. May take as long as a sound; ends when
    /// `stopped` is closed.
    ///
    /// # Errors
    /// If there is nothing to play with. Sounds are given to [`Player::play`] all the same.
    fn find(&mut self, stopped: &Receiver<Infallible>) -> Result<(), Unheard>;

    /// Plays to the end, but not longer than `limit`, and no longer when `stopped` is closed.
    ///
    /// # Errors
    /// If it was not heard to the end.
    fn play(
        &mut self,
        sound: Sound,
        limit: Duration,
        stopped: &Receiver<Infallible>,
    ) -> Result<(), Unheard>;
}

/// The station's loudspeaker. It never makes anyone wait and never fails: without a device there is
/// only a light.
#[derive(Debug)]
pub struct Speaker {
    queue: Option<Sender<Asked>>,
    /// Dropped to stop; nothing is ever sent.
    stop: Option<Sender<Infallible>>,
    said: Arc<Said>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread says to the others.
#[derive(Debug)]
struct Said {
    presence: Mutex<Presence>,
    dropped: AtomicU64,
}

#[derive(Debug)]
struct Asked {
    sound: Sound,
    since: Instant,
}

impl Speaker {
    /// Plays with what the system has: the first of `pw-play`, `paplay` and `aplay` that works.
    /// `wake` is called when the light has changed.
    ///
    /// Dropping it stops at once: what plays is cut off, what waits is not played.
    ///
    /// # Errors
    /// If the thread can't be made. No player and no device are no errors.
    pub fn start(wake: Wake) -> io::Result<Speaker> {
        #[cfg(target_os = "linux")]
        let player = super::platform::Programs::default();
        #[cfg(not(target_os = "linux"))]
        let player = Mute;
        Speaker::with(player, wake)
    }

    /// As [`Speaker::start`], with this player.
    ///
    /// # Errors
    /// If the thread can't be made.
    pub fn with(player: impl Player + 'static, wake: Wake) -> io::Result<Speaker> {
        let (queue, asked) = bounded(WAITING);
        let (stop, stopped) = bounded(0);
        let presence = Mutex::new(Presence::Searching);
        let said = Arc::new(Said { presence, dropped: AtomicU64::new(0) });
        let mut voice = Voice { player, wake, said: Arc::clone(&said), stopped };
        let thread =
            Builder::new().name("sound".to_owned()).spawn(move || voice.play_all(&asked))?;
        Ok(Speaker { queue: Some(queue), stop: Some(stop), said, thread: Some(thread) })
    }

    /// Asks for a tone, at a volume of 0 (nothing) to 100. Returns at once.
    pub fn play(&self, tone: Tone, volume: u8) {
        if volume == 0 {
            return;
        }
        let sound = Sound { tone, volume: volume.min(100) };
        let asked = Asked { sound, since: Instant::now() };
        if self.queue.as_ref().is_none_or(|queue| queue.try_send(asked).is_err()) {
            self.said.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The light. It is about the last sound that was tried; at the start that is a silent one.
    pub fn presence(&self) -> Presence {
        self.said.presence.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many sounds were not even tried, because too many waited or they came too late.
    pub fn dropped(&self) -> u64 {
        self.said.dropped.load(Ordering::Relaxed)
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        drop((self.stop.take(), self.queue.take()));
        if let Some(Err(_panic)) = self.thread.take().map(JoinHandle::join) {
            // The panic hook has said it; there is nobody here to tell.
        }
    }
}

/// What the thread has.
struct Voice<P> {
    player: P,
    wake: Wake,
    said: Arc<Said>,
    stopped: Receiver<Infallible>,
}

impl<P: Player> Voice<P> {
    fn play_all(&mut self, queue: &Receiver<Asked>) {
        let found = self.player.find(&self.stopped);
        self.show(found);
        while let Ok(asked) = queue.recv() {
            if self.stopped.try_recv() == Err(TryRecvError::Disconnected) {
                return;
            }
            self.play(&asked);
        }
    }

    fn play(&mut self, asked: &Asked) {
        if asked.since.elapsed() > LATE {
            self.said.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let limit = asked.sound.tone.length() + GRACE;
        let heard = self.player.play(asked.sound, limit, &self.stopped);
        self.show(heard);
    }

    fn show(&self, heard: Result<(), Unheard>) {
        let presence = match heard {
            Ok(()) => Presence::Ready,
            Err(Unheard::Stopped) => return,
            Err(why) => Presence::Trouble(why.into()),
        };
        let mut shown = self.said.presence.lock().unwrap_or_else(PoisonError::into_inner);
        if *shown != presence {
            *shown = presence;
            drop(shown);
            (self.wake)();
        }
    }
}

/// For systems that nobody has taught yet how to play.
#[cfg(not(target_os = "linux"))]
struct Mute;

#[cfg(not(target_os = "linux"))]
impl Player for Mute {
    fn find(&mut self, _: &Receiver<Infallible>) -> Result<(), Unheard> {
        Err(Unheard::NoPlayer)
    }

    fn play(&mut self, _: Sound, _: Duration, _: &Receiver<Infallible>) -> Result<(), Unheard> {
        Err(Unheard::NoPlayer)
    }
}

#[cfg(test)]
#[path = "speaker_tests.rs"]
mod tests;
