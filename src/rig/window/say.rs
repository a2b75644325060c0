//! News for the eyes.

use crate::ui::port::News;
use crossbeam_channel::{Sender, TrySendError};

/// For the eyes only: a window that is gone or thousands behind misses it, and nothing else depends on it.
pub(super) fn show(news: &Sender<News>, what: News) {
    match news.try_send(what) {
        Ok(()) => {}
        Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
    }
}
