//! The desk's channels: who may send what, how many, and what happens when one is full.

use crate::flow::ids::Sha256;
use crate::flow::{Act, Recorded, Refusal, View};
use crate::store::{Head, StoreError};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::sync::{Arc, Mutex, PoisonError};

/// Acts that may wait for the desk; then the caller waits.
pub(super) const ACTS: usize = 256;

/// What came of an act.
pub type Answer = Result<Done, DeskError>;

/// It is on the disk.
#[derive(Clone, Debug)]
pub struct Done {
    pub events: Vec<Recorded>,
    /// The log's head with the group that held this act.
    pub head: Head,
}

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The act may not be done; nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be saved; nothing of it was written, it may be tried again.
    #[error("not saved, so not counted: {0}")]
    NotSaved(Arc<StoreError>),
    #[error("the station has stopped: {0}")]
    Stopped(Arc<str>),
    #[error("the station is busy; try again")]
    Busy,
}

pub(super) struct Request {
    pub act: Act,
    /// Bytes that the act names by hash; stored in the same transaction.
    pub attachments: Vec<Arc<[u8]>>,
    pub reply: Sender<Answer>,
}

/// A handle to the desk; when the last one is gone the desk drains what waits and ends.
#[derive(Clone, Debug)]
pub struct Desk {
    pub(super) acts: Sender<Request>,
    pub(super) board: Board,
}

/// An answer that is still to come.
#[derive(Debug)]
pub struct Pending {
    reply: Receiver<Answer>,
    board: Board,
}

impl Desk {
    /// Hands an act over and waits for its answer.
    pub fn ask(&self, act: Act) -> Answer {
        self.submit(act, Vec::new()).wait()
    }

    pub fn ask_with(&self, act: Act, attachments: Vec<Arc<[u8]>>) -> Answer {
        self.submit(act, attachments).wait()
    }

    /// Hands an act over, waiting only while the desk's queue is full. Acts of one caller are done
    /// in the order in which they were submitted.
    pub fn submit(&self, act: Act, attachments: Vec<Arc<[u8]>>) -> Pending {
        let (reply, answer) = bounded(1);
        if self.acts.send(Request { act, attachments, reply }).is_err() {
            // The desk is gone, and the reply's sender with the request: `wait` says so.
        }
        Pending { reply: answer, board: self.board.clone() }
    }

    /// For a window: never waits.
    pub fn try_submit(&self, act: Act) -> Result<Pending, DeskError> {
        let (reply, answer) = bounded(1);
        match self.acts.try_send(Request { act, attachments: Vec::new(), reply }) {
            Ok(()) => Ok(Pending { reply: answer, board: self.board.clone() }),
            Err(TrySendError::Full(_)) => Err(DeskError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(self.board.stopped()),
        }
    }

    pub fn board(&self) -> &Board {
        &self.board
    }
}

impl Pending {
    pub fn wait(self) -> Answer {
        self.reply.recv().unwrap_or_else(|_gone| Err(self.board.stopped()))
    }

    /// The answer if it is there.
    pub fn poll(&self) -> Option<Answer> {
        match self.reply.try_recv() {
            Ok(answer) => Some(answer),
            Err(crossbeam_channel::TryRecvError::Empty) => None,
            Err(crossbeam_channel::TryRecvError::Disconnected) => Some(Err(self.board.stopped())),
        }
    }
}

/// The newest view; older ones are replaced, never queued.
#[derive(Clone, Debug, Default)]
pub struct Board(Arc<Mutex<Arc<View>>>);

impl Board {
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn put(&self, view: View) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
    }

    pub(super) fn stopped(&self) -> DeskError {
        let why = self.view().stopped.clone();
        DeskError::Stopped(Arc::from(why.as_deref().unwrap_or("it was closed")))
    }
}

/// A head that the station's key has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    pub seq: u64,
    pub head: Sha256,
    pub signature: String,
    /// The counters that were given out by then, so that a restored station goes on after them.
    pub last_envelope: u64,
    pub last_delivery: u64,
}

/// The station's key, and where signed heads are kept outside the data folder.
pub trait Signing: Send {
    /// A minisign signature of the message.
    fn sign(&self, message: &str) -> Result<String, String>;
    /// Called after the commit that holds the signature.
    fn keep(&mut self, head: &SignedHead) -> Result<(), String>;
}
