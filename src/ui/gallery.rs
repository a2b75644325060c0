//! Pictures on their way from the store to the screen: asked for once, kept as textures while they
//! are looked at, and dropped when newer ones need the room.

use super::port::{Order, PictureSize, Pixels, Query, Ticket};
use super::session::Session;
use crate::flow::Sha256;
use egui::{ColorImage, TextureHandle, TextureOptions};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Bytes of textures that are kept, four a pixel: three whole sheets, or a contact sheet of forty numbers with the
/// next one ahead. What is on the screen is kept in any case.
const KEPT: usize = 16 << 20;

#[derive(Default)]
pub struct Gallery {
    shown: HashMap<(Sha256, PictureSize), Texture>,
    /// What they hold, bytes.
    bytes: usize,
    asked: BTreeSet<(Sha256, PictureSize)>,
    /// Asked for, and not there.
    missing: BTreeSet<(Sha256, PictureSize)>,
    wanted: Vec<Sha256>,
    /// What each question asked for, until its answer.
    questions: BTreeMap<Ticket, Vec<(Sha256, PictureSize)>>,
    failures: BTreeMap<(Sha256, PictureSize), u8>,
    /// Frames so far.
    frame: u64,
}

struct Texture {
    handle: TextureHandle,
    /// The frame in which it was last looked at, or came.
    used: u64,
    bytes: usize,
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
        if self.missing.contains(&key) {
            return Shown::Missing;
        }
        match self.shown.get_mut(&key) {
            Some(texture) => {
                texture.used = self.frame;
                Shown::Ready(texture.handle.clone())
            }
            None => Shown::Coming,
        }
    }

    /// Ends a frame: sends one question for all crops that it found lacking.
    pub fn ask(&mut self, session: &mut Session) {
        self.frame += 1;
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
            let handle = ctx.load_texture(format!("{picture}"), image, TextureOptions::LINEAR);
            let bytes = pixels.width * pixels.height * 4;
            let texture = Texture { handle, used: self.frame, bytes };
            let before = self.shown.insert(key, texture).map_or(0, |it| it.bytes);
            self.bytes = self.bytes + bytes - before;
        }
        // Answers come in the order of their questions; what was answered is not kept.
        let asked = &self.asked;
        self.questions.retain(|_, keys| keys.iter().any(|key| asked.contains(key)));
        self.forget_old();
    }

    /// Drops what was looked at longest ago, but nothing that this frame or the one before showed.
    fn forget_old(&mut self) {
        if self.bytes <= KEPT {
            return;
        }
        let old = self.shown.iter().filter(|(_, texture)| texture.used + 1 < self.frame);
        let mut old = old.map(|(key, texture)| (texture.used, *key)).collect::<Vec<_>>();
        old.sort_unstable();
        for (_, key) in old {
            if self.bytes <= KEPT {
                return;
            }
            self.bytes -= self.shown.remove(&key).map_or(0, |it| it.bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(
        no: u64,
        size: PictureSize,
        width: usize,
        height: usize,
    ) -> (Sha256, PictureSize, Pixels) {
        let rgb = vec![128; width * height * 3].into();
        (Sha256::of(&no.to_le_bytes()), size, Pixels { width, height, rgb })
    }

    /// A shift's sheets come and go; the memory that they take doesn't grow with them.
    #[test]
    fn a_shift_of_pictures_keeps_to_its_room() {
        let (ctx, mut gallery, mut session) =
            (egui::Context::default(), Gallery::default(), Session::default());
        for no in 0..1_000 {
            gallery.take(&ctx, vec![came(no, PictureSize::Whole, 800, 400)]);
            let (shown, _, _) = came(no, PictureSize::Crop, 1, 1);
            assert!(matches!(gallery.whole(&shown, &mut session), Shown::Ready(_)));
            gallery.ask(&mut session);
            assert!(gallery.bytes <= KEPT + 2 * 800 * 400 * 4, "after {no}: {}", gallery.bytes);
        }
        let held = gallery.shown.values().map(|it| it.bytes).sum::<usize>();
        assert_eq!(gallery.bytes, held);
        let textures = ctx.tex_manager().read().allocated().map(|(_, it)| it.bytes_used()).sum();
        assert!(held <= textures && textures < held + (4 << 20), "{textures} bytes are allocated");
        assert!(gallery.questions.is_empty() && gallery.asked.is_empty());
    }

    /// However large the sheet that is shown: it is not dropped and asked for again with every frame.
    #[test]
    fn what_is_shown_stays() {
        let (ctx, mut gallery, mut session) =
            (egui::Context::default(), Gallery::default(), Session::default());
        let many = (0..60).map(|no| came(no, PictureSize::Crop, 400, 300)).collect::<Vec<_>>();
        gallery.take(&ctx, many.clone());
        assert!(gallery.bytes > KEPT);
        for frame in 0..3 {
            for (picture, ..) in &many {
                assert!(matches!(gallery.crop(picture), Shown::Ready(_)), "lost in frame {frame}");
            }
            gallery.ask(&mut session);
            gallery.take(&ctx, vec![came(100 + frame, PictureSize::Crop, 400, 300)]);
        }
        assert!(session.orders.is_empty(), "asked again for what is there");
        for _ in 0..3 {
            gallery.ask(&mut session);
        }
        gallery.take(&ctx, vec![came(200, PictureSize::Crop, 400, 300)]);
        assert!(gallery.bytes <= KEPT, "nobody looks any more, and yet {} bytes", gallery.bytes);
    }
}
