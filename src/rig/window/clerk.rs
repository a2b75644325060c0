//! Look-ups and proofs of person: what takes longer than a frame may, on a thread of its own with a
//! read-only connection of its own.

use super::questions::{Questions, before_campaign};
use super::{Wake, people};
use crate::flow::PersonId;
use crate::picture::Luma;
use crate::rig::teaching::taken;
use crate::rig::{Rig, RigError};
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, News, Query, Ticket, Trouble};
use crossbeam_channel::{Receiver, Sender, bounded};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Errands that may wait; when they do not fit, the window hears "busy".
const ERRANDS: usize = 256;

pub(super) enum Errand {
    Ask(Ticket, Query),
    /// What the camera saw, for a scheme that is being taught.
    Taken(Ticket, Luma),
    SignIn {
        person: PersonId,
        pin: String,
    },
    ChoosePin {
        person: PersonId,
        pin: String,
        beside: Option<(PersonId, String)>,
    },
    Vouch {
        ticket: Ticket,
        person: PersonId,
        pin: String,
    },
}

/// The clerk's thread; ends when its errands' channel closes.
pub(super) struct Clerk {
    errands: Sender<Errand>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    pub fn start(rig: Arc<Rig>, news: Sender<News>, wake: Wake) -> Result<Clerk, RigError> {
        let (errands, queue) = bounded(ERRANDS);
        let questions = Questions::open(&rig)?;
        let thread = std::thread::Builder::new()
            .name("clerk".to_owned())
            .spawn(move || work(&rig, questions, &queue, &news, &wake))
            .map_err(crate::rig::no_thread)?;
        Ok(Clerk { errands, thread: Some(thread) })
    }

    /// A clerk of no campaign yet: only what can be asked without one is answered. `data`: its folder.
    pub fn before_campaign(
        data: PathBuf,
        news: Sender<News>,
        wake: Wake,
    ) -> Result<Clerk, RigError> {
        let (errands, queue) = bounded(ERRANDS);
        let work = move || {
            for errand in queue {
                let Errand::Ask(ticket, query) = errand else { continue };
                let answer = before_campaign(query, &data);
                if news.send(News::Found { ticket, answer }).is_err() {
                    return;
                }
                wake();
            }
        };
        let builder = std::thread::Builder::new().name("clerk".to_owned());
        let thread = builder.spawn(work).map_err(crate::rig::no_thread)?;
        Ok(Clerk { errands, thread: Some(thread) })
    }

    /// Hands an errand over; a clerk with too much to do says so.
    pub fn ask(&self, errand: Errand, own: &mut VecDeque<News>) {
        let asked = match &errand {
            Errand::Ask(ticket, _) | Errand::Taken(ticket, _) => Some(*ticket),
            _ => None,
        };
        if self.errands.try_send(errand).is_err() {
            own.push_back(match asked {
                Some(ticket) => News::Found { ticket, answer: Answer::Failed(Fault::Busy) },
                None => News::Trouble(Trouble::Busy),
            });
        }
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.errands = bounded(0).0;
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}

fn work(
    rig: &Rig,
    mut questions: Questions,
    queue: &Receiver<Errand>,
    news: &Sender<News>,
    wake: &Wake,
) {
    let mut door = people::Door::default();
    for errand in queue {
        let heard = match errand {
            Errand::Ask(ticket, query) => {
                let answer = questions.answer(rig, query);
                News::Found { ticket, answer: answer.unwrap_or_else(Answer::Failed) }
            }
            Errand::Taken(ticket, frame) => {
                News::Found { ticket, answer: Answer::Teach(taken(&frame)) }
            }
            Errand::SignIn { person, pin } => door.sign_in(rig, &person, &pin),
            Errand::ChoosePin { person, pin, beside } => {
                door.choose_pin(rig, &person, &pin, beside.as_ref())
            }
            Errand::Vouch { ticket, person, pin } => door.vouch(rig, ticket, &person, &pin),
        };
        // The window is gone: nobody wants the answer.
        if news.send(heard).is_err() {
            return;
        }
        wake();
    }
}
