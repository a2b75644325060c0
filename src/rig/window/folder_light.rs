//! Whether the scanner's folder is there, looked at on a thread of its own: a folder on another machine
//! may take its time, and no frame waits for it.

use super::Wake;
use super::lights::Board;
use crate::rig::RigError;
use crate::ui::port::Light;
use crate::ui::settings::FolderSource;
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use std::convert::Infallible;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// Looks as long as it lives.
pub(super) struct FolderLight {
    stop: Option<Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl FolderLight {
    /// # Errors
    /// If there can be no further thread.
    pub fn start(source: &FolderSource, board: Board, wake: Wake) -> Result<FolderLight, RigError> {
        let path = PathBuf::from(&source.path);
        let (stop, stopped) = bounded(0);
        let look = move || {
            let mut last = None;
            loop {
                let light = if path.is_dir() { Light::Waits } else { Light::Missing };
                if last.as_ref() != Some(&light) {
                    board.change(|lights| lights.folder = light.clone());
                    wake();
                    last = Some(light);
                }
                if stopped.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        };
        let builder = std::thread::Builder::new().name("folder-light".to_owned());
        let thread = builder.spawn(look).map_err(crate::rig::no_thread)?;
        Ok(FolderLight { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for FolderLight {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            crate::rig::join(thread);
        }
    }
}
