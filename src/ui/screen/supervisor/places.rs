//! Where on a sheet its barcode and its number were read: the station reads its pictures once more, off
//! the window's thread, and gives the two places enlarged.

use crate::flow::{Sha256, SheetId};
use crate::ui::port::{Answer, News, Pixels, Query, SheetFile, Ticket, Trouble};
use crate::ui::screen::Cx;
use crate::voucher::Side;
use crate::voucher::steps::Step;
use egui::{ColorImage, TextureHandle, TextureOptions, Ui};

/// The places of one sheet; those of the one before are dropped.
#[derive(Debug, Default)]
pub struct Places {
    sheet: Option<SheetId>,
    looks: Vec<Look>,
}

#[derive(Debug)]
struct Look {
    picture: Sha256,
    side: Side,
    asked: Option<Ticket>,
    /// Every answer came, or there will be none.
    done: bool,
    cuts: Vec<Cut>,
}

struct Cut {
    step: Step,
    pixels: Pixels,
    texture: Option<TextureHandle>,
}

impl std::fmt::Debug for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cut").field("step", &self.step).finish_non_exhaustive()
    }
}

/// What there is of a place now.
pub enum Place {
    Here(TextureHandle),
    Coming,
    Nowhere,
}

impl Places {
    /// Asks for the places of this sheet, if they were not asked for.
    pub fn ask(&mut self, file: &SheetFile, cx: &mut Cx<'_>) {
        if self.sheet != Some(file.sheet.id) {
            let looks = file.sheet.captures.iter().filter_map(|capture| {
                let picture = *capture.picture()?;
                Some(Look {
                    picture,
                    side: capture.side,
                    asked: None,
                    done: false,
                    cuts: Vec::new(),
                })
            });
            *self = Places { sheet: Some(file.sheet.id), looks: looks.collect() };
        }
        for look in self.looks.iter_mut().filter(|look| look.asked.is_none() && !look.done) {
            let query = Query::Explain { picture: look.picture, side: look.side };
            look.asked = Some(cx.ask(query));
        }
    }

    pub fn hear(&mut self, news: &News) {
        match news {
            News::Found { ticket, answer } => {
                let asked = |look: &&mut Look| look.asked == Some(*ticket);
                let Some(look) = self.looks.iter_mut().find(asked) else { return };
                look.done = true;
                if let Answer::Explained(Ok(explained)) = answer {
                    let cuts = explained.steps.iter().filter(|it| cut(it.step)).map(|it| Cut {
                        step: it.step,
                        pixels: it.pixels.clone(),
                        texture: None,
                    });
                    look.cuts = cuts.collect();
                }
            }
            // The station was too busy to take a question: it is asked again.
            News::Trouble(Trouble::Busy) => {
                for look in self.looks.iter_mut().filter(|look| !look.done) {
                    look.asked = None;
                }
            }
            _ => {}
        }
    }

    /// The barcode or the line of the number on this side, as it was cut out of the picture.
    pub fn of(&mut self, ui: &Ui, side: Side, step: Step) -> Place {
        let mut own = self.looks.iter_mut().filter(|look| look.side == side).peekable();
        if own.peek().is_none() {
            return Place::Nowhere;
        }
        let mut coming = false;
        for look in own {
            coming |= !look.done;
            if let Some(cut) = look.cuts.iter_mut().find(|cut| cut.step == step) {
                return Place::Here(cut.shown(ui));
            }
        }
        if coming { Place::Coming } else { Place::Nowhere }
    }
}

fn cut(step: Step) -> bool {
    matches!(step, Step::Barcode | Step::Line)
}

impl Cut {
    fn shown(&mut self, ui: &Ui) -> TextureHandle {
        let pixels = &self.pixels;
        let load = || {
            let size = [pixels.width, pixels.height];
            let image = if pixels.rgb.len() == pixels.width * pixels.height * 3 {
                ColorImage::from_rgb(size, &pixels.rgb)
            } else {
                ColorImage::default()
            };
            ui.ctx().load_texture(self.step.word(), image, TextureOptions::LINEAR)
        };
        self.texture.get_or_insert_with(load).clone()
    }
}
