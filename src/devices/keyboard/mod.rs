//! The keys of all keyboards with their own times, as the X server tells them on a connection of their
//! own (XInput2 raw events): each press and release with the server's millisecond and the keyboard that
//! it was on, however slow the window is.
//!
//! Source: "The X Input Extension 2.2", section "RawEvent". Seen on X.Org 21.1: a held key that repeats
//! itself is told once, a second press without a release between is told twice.

pub mod layout;
mod x11;

use super::presence::Wake;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use layout::Layout;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use x11::Line;

/// Keys that wait for the window. One that is so far behind has lost them.
const WAITING: usize = 16_384;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Char(char),
    /// Return, Tab or a line feed.
    End,
    Other,
}

/// A key that was pressed or let go while the window had the keyboards. Shift and its like are no keys
/// here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The server's time, milliseconds; it never goes back.
    pub at: u64,
    /// The keyboard's name.
    pub device: Arc<str>,
    /// The server's key code.
    pub code: u8,
    pub meaning: Meaning,
    pub pressed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyNews {
    Stroke(Stroke),
    /// All keys up to `now`, the server's time, were told.
    Fence {
        no: u64,
        now: u64,
    },
    /// The window lost the keyboards, or keys were lost.
    Away,
}

/// What the window and the thread share.
#[derive(Debug, Default)]
struct Shared {
    line: OnceLock<Line>,
    layout: AtomicU8,
    hears: AtomicBool,
    stop: AtomicBool,
}

/// Hears all keyboards for one window, on a thread of its own.
#[derive(Debug)]
pub struct Keyboards {
    shared: Arc<Shared>,
    heard: Receiver<KeyNews>,
    thread: Option<JoinHandle<()>>,
}

impl Keyboards {
    /// For the window with this number on the X server of the environment's `DISPLAY`.
    ///
    /// # Errors
    /// If there is no thread to be had.
    pub fn start(window: u32, layout: Layout, wake: Wake) -> io::Result<Keyboards> {
        let (news, heard) = bounded(WAITING);
        let shared = Arc::<Shared>::default();
        shared.layout.store(layout as u8, Ordering::Relaxed);
        let theirs = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("keyboards".to_owned()).spawn(move || {
            let out = Out { news, wake: Arc::clone(&wake), lost: false };
            // A server that does not tell, or is gone: the window goes on with a frame's time.
            drop(x11::listen(window, &theirs, out));
            theirs.hears.store(false, Ordering::Release);
            wake();
        })?;
        Ok(Keyboards { shared, heard, thread: Some(thread) })
    }

    /// Whether keys are heard with their own times.
    pub fn hears(&self) -> bool {
        self.shared.hears.load(Ordering::Acquire)
    }

    /// The next that was heard, oldest first.
    pub fn news(&self) -> Option<KeyNews> {
        self.heard.try_recv().ok()
    }

    /// Asks for a [`KeyNews::Fence`] with this number.
    pub fn fence(&self, no: u64) {
        if let Some(line) = self.shared.line.get() {
            line.send(no);
        }
    }

    pub fn set_layout(&self, layout: Layout) {
        self.shared.layout.store(layout as u8, Ordering::Relaxed);
    }
}

impl Drop for Keyboards {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.fence(0);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            // It has nothing that could be lost.
        }
    }
}

/// Where the thread tells.
struct Out {
    news: Sender<KeyNews>,
    wake: Wake,
    /// The window did not take a key.
    lost: bool,
}

impl Out {
    fn tell(&mut self, news: KeyNews) {
        if self.lost {
            self.lost = self.news.try_send(KeyNews::Away).is_err();
        }
        if let Err(TrySendError::Full(_)) = self.news.try_send(news) {
            self.lost = true;
        }
    }
}
