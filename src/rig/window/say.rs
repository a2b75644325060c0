//! What the window hears of what came to nothing, or must not wait.

use super::clerk::{Clerk, Errand};
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, News, Trouble};
use crossbeam_channel::{Sender, TrySendError};
use std::collections::VecDeque;

/// For the eyes only: a window that is gone or thousands behind misses it, and nothing else depends on it.
pub(super) fn show(news: &Sender<News>, what: News) {
    match news.try_send(what) {
        Ok(()) => {}
        Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
    }
}

/// Hands an errand to the clerk; one with too much to do says so.
pub(super) fn ask(clerk: &Clerk, errand: Errand, own: &mut VecDeque<News>) {
    let asked = match &errand {
        Errand::Ask(ticket, _) | Errand::Taken(ticket, _) => Some(*ticket),
        _ => None,
    };
    if !clerk.send(errand) {
        own.push_back(match asked {
            Some(ticket) => News::Found { ticket, answer: Answer::Failed(Fault::Busy) },
            None => News::Trouble(Trouble::Busy),
        });
    }
}
