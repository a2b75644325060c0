//! Pictures on their way from the store to the screen: asked for once, kept as textures while they
//! are looked at, and dropped when many newer ones came.

use super::port::{Order, PictureSize, Pixels, Query, Ticket};
use super::session::Session;
use crate::flow::Sha256;
use egui::{ColorImage, TextureHandle, TextureOptions};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Textures that are kept; a contact sheet has forty, the next one is asked for ahead.
const KEPT: usize = 240;

#[derive(Default)]
pub struct Gallery {
    shown: HashMap<(Sha256, PictureSize), (TextureHandle, u64)>,
    asked: BTreeSet<(Sha256, PictureSize)>,
    /// Asked for, and not there.
    missing: BTreeSet<(Sha256, PictureSize)>,
    wanted: Vec<Sha256>,
    /// What each question asked for, until its answer.
    questions: BTreeMap<Ticket, Vec<(Sha256, PictureSize)>>,
    failures: BTreeMap<(Sha256, PictureSize), u8>,
    clock: u64,
}

impl std::fmt::Debug for Gallery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gallery").field("shown", &self.shown.len()).finish_non_exhaustive()
    }
}

/// What there is of a picture now.
#[derive(Clone)]
pub enum Shown {
    Ready(TextureHandle),
    Coming,
    Missing,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self {
            Shown::Ready(_) => "Ready",
            Shown::Coming => "Coming",
            Shown::Missing => "Missing",
        };
        f.write_str(word)
    }
}

impl Gallery {
    /// The small picture of the number. Asks for it if it was not asked for.
    pub fn crop(&mut self, picture: &Sha256) -> Shown {
        let key = (*picture, PictureSize::Crop);
        let shown = self.look(key);
        if matches!(shown, Shown::Coming) && self.asked.insert(key) {
            self.wanted.push(*picture);
        }
        shown
    }

    /// The whole picture as it was taken.
    pub fn whole(&mut self, picture: &Sha256, session: &mut Session) -> Shown {
        let key = (*picture, PictureSize::Whole);
        let shown = self.look(key);
        if matches!(shown, Shown::Coming) && self.asked.insert(key) {
            let ticket = session.ticket();
            self.questions.insert(ticket, vec![key]);
            session.orders.push(Order::Ask { ticket, query: Query::Picture(*picture) });
        }
        shown
    }

    fn look(&mut self, key: (Sha256, PictureSize)) -> Shown {
        self.clock += 1;
        if self.missing.contains(&key) {
            return Shown::Missing;
        }
        match self.shown.get_mut(&key) {
            Some((texture, used)) => {
                *used = self.clock;
                Shown::Ready(texture.clone())
            }
            None => Shown::Coming,
        }
    }

    /// Sends one question for all crops that this frame found lacking.
    pub fn ask(&mut self, session: &mut Session) {
        if !self.wanted.is_empty() {
            let ticket = session.ticket();
            let crops = self.wanted.iter().map(|picture| (*picture, PictureSize::Crop));
            self.questions.insert(ticket, crops.collect());
            let query = Query::Crops(std::mem::take(&mut self.wanted));
            session.orders.push(Order::Ask { ticket, query });
        }
    }

    /// A question could not be answered: what it asked for is asked again when it is next looked for, and
    /// after the third time said to be missing.
    pub fn failed(&mut self, ticket: Ticket) {
        for key in self.questions.remove(&ticket).into_iter().flatten() {
            self.asked.remove(&key);
            let failures = self.failures.entry(key).or_default();
            *failures += 1;
            if *failures >= 3 {
                self.missing.insert(key);
            }
        }
    }

    /// Pictures came. An empty one says that it is not there.
    pub fn take(&mut self, ctx: &egui::Context, came: Vec<(Sha256, PictureSize, Pixels)>) {
        for (picture, size, pixels) in came {
            let key = (picture, size);
            self.asked.remove(&key);
            self.failures.remove(&key);
            if pixels.width == 0 || pixels.rgb.len() != pixels.width * pixels.height * 3 {
                self.missing.insert(key);
                continue;
            }
            let image = ColorImage::from_rgb([pixels.width, pixels.height], &pixels.rgb);
            let texture = ctx.load_texture(format!("{picture}"), image, TextureOptions::LINEAR);
            self.clock += 1;
            self.shown.insert(key, (texture, self.clock));
        }
        // Answers come in the order of their questions; what was answered is not kept.
        let asked = &self.asked;
        self.questions.retain(|_, keys| keys.iter().any(|key| asked.contains(key)));
        self.forget_old();
    }

    fn forget_old(&mut self) {
        if self.shown.len() > KEPT {
            let mut used = self.shown.values().map(|(_, used)| *used).collect::<Vec<_>>();
            used.sort_unstable();
            let oldest = used[used.len() - KEPT];
            self.shown.retain(|_, (_, used)| *used >= oldest);
        }
    }
}
