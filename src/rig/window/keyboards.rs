//! The keyboards' own times, from their thread to the window.

use super::StationPort;
use crate::devices::keyboard::layout::Layout;
use crate::devices::keyboard::{KeyNews, Keyboards, Meaning};
use crate::ui::wedge::{Typed, scans};
use std::io::Write;
use std::sync::Arc;

impl StationPort {
    /// Hears the keyboards for the window with this number on its X server; without one, or if that can't
    /// be, the window tells scans without times.
    pub fn listen(&mut self, x11_window: Option<u32>) {
        self.keyboards = x11_window.and_then(|window| {
            Keyboards::start(window, self.layout(), Arc::clone(&self.wake)).ok()
        });
    }

    fn layout(&self) -> Layout {
        match self.settings.wedge.layout.as_str() {
            "us" => Layout::Us,
            "jp" => Layout::Jp,
            _ => Layout::Computer,
        }
    }

    pub(super) fn set_layout(&self) {
        if let Some(keyboards) = &self.keyboards {
            keyboards.set_layout(self.layout());
        }
    }

    pub(super) fn next_typed(&mut self) -> Option<Typed> {
        Some(match self.keyboards.as_ref()?.news()? {
            KeyNews::Fence { no, now } => Typed::Fence { no, now },
            KeyNews::Away => Typed::Away,
            KeyNews::Stroke(stroke) => Typed::Stroke(scans::Stroke {
                at: stroke.at,
                device: stroke.device,
                code: stroke.code,
                meaning: match stroke.meaning {
                    Meaning::Char(char) => scans::Meaning::Char(char),
                    Meaning::End => scans::Meaning::End,
                    Meaning::Other => scans::Meaning::Other,
                },
                pressed: stroke.pressed,
            }),
        })
    }
}

/// For whoever looks into a scanner's trouble: each torn scan is a line.
pub(super) fn note_torn() {
    let line = "kenban: a scan was torn and not counted";
    if writeln!(std::io::stderr(), "{line}").is_err() {
        // Nobody reads it.
    }
}
