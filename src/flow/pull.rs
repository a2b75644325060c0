//! The papers to pull out of a pile that a document scanner has fed: where each lies, and into which
//! tray it goes.

use super::aside::Aside;
use super::event::{Place, Source};
use super::no_sheet::NoSheet;
use super::paper::Tray;
use super::state::{Envelope, Sheet};
use crate::voucher::Reason;

/// One paper to pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its place in the pile as it was fed, from 1; `None`: nobody can tell where, or that there is one.
    pub place: Option<u32>,
    pub what: Pulled,
    pub tray: Tray,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// A sheet that does not stay on the pile: why, and the file it came from.
    Sheet { ordinal: u32, place: Place, reasons: Vec<Reason>, file: String },
    /// A file that was set aside, by its number: its paper is not counted.
    Aside { no: u32, why: NoSheet, file: String },
}

/// What was fed, in the order of the pile.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fed<'a> {
    Sheet(&'a Sheet),
    Aside(&'a Aside),
}

/// Goes through the pile as it was fed: each sheet and each file set aside with its place, from 1.
pub(super) fn walk<'a>(envelope: &'a Envelope, mut visit: impl FnMut(Option<u32>, Fed<'a>)) {
    let mut asides = envelope.asides.iter().peekable();
    let mut place = 0;
    for sheet in envelope.live() {
        while let Some(aside) = asides.next_if(|aside| aside.after < sheet.id.ordinal) {
            place += u32::from(aside.has_place());
            visit(aside.has_place().then_some(place), Fed::Aside(aside));
        }
        place += 1;
        visit(Some(place), Fed::Sheet(sheet));
    }
    for aside in asides {
        place += u32::from(aside.has_place());
        visit(aside.has_place().then_some(place), Fed::Aside(aside));
    }
}

/// The paper of a sheet that does not belong on the pile as things stand. Only of what came from a
/// folder: at every other source the paper is in the hand when it is told.
pub(super) fn of_sheet(place: Option<u32>, sheet: &Sheet) -> Option<Pull> {
    let file = sheet.captures.iter().find_map(|capture| match &capture.source {
        Source::File { name, .. } => Some(name.clone()),
        Source::Camera { .. } | Source::Code {} | Source::Hand {} => None,
    })?;
    let tray = Tray::of(&sheet.place, &sheet.reasons).filter(|tray| *tray != Tray::Done)?;
    let (to, reasons) = (sheet.place.clone(), sheet.reasons.clone());
    let what = Pulled::Sheet { ordinal: sheet.id.ordinal, place: to, reasons, file };
    Some(Pull { place, what, tray })
}

/// The paper of a file that was set aside: whatever it was, it is fed again or keyed from tray 1.
pub(super) fn of_aside(place: Option<u32>, aside: &Aside) -> Pull {
    let (why, file) = (aside.file.why, aside.file.name.clone());
    Pull { place, what: Pulled::Aside { no: aside.no, why, file }, tray: Tray::Entry }
}
