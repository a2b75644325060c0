//! How a sheet's pictures were read: asked of the station when the page opens, never waited for.

use super::teller::Teller;
use crate::flow::{Sha256, SheetId};
use crate::ui::command::{Command, Pressed};
use crate::ui::fault::Fault;
use crate::ui::port::{Answer, News, Query, ReadStep, SheetFile, Ticket, Trouble, Unread};
use crate::ui::screen::Cx;
use crate::voucher::steps::Step;
use crate::voucher::{Reading, Side};
use egui::{Key, TextureHandle};

/// The page: every picture of one sheet, and the step that is shown large.
#[derive(Debug)]
pub struct Explained {
    pub sheet: SheetId,
    pub looks: Vec<Look>,
    /// Among the steps of all pictures.
    pub at: usize,
    /// Points to scroll in the next frame.
    pub scroll: Option<f32>,
    /// The list is to show the chosen step in the next frame.
    pub follow: bool,
}

#[derive(Debug)]
pub struct Look {
    picture: Sha256,
    side: Side,
    /// Front or back, and which of several.
    pub name: String,
    /// What the machine said when the sheet was taken.
    recorded: Reading,
    asked: Option<Ticket>,
    pub told: Told,
}

/// What is known of a picture's reading now.
#[derive(Debug)]
pub enum Told {
    Coming,
    Unread(Unread),
    Failed(Fault),
    Here {
        /// The machine says something else now than when the sheet was taken.
        differs: bool,
        steps: Vec<Shown>,
    },
}

/// A step, and its pixels once they were drawn.
pub struct Shown {
    pub it: ReadStep,
    pub texture: Option<TextureHandle>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown").field("step", &self.it.step).finish_non_exhaustive()
    }
}

/// Whether a sheet has a picture whose reading can be shown.
pub fn can_be(file: &SheetFile) -> bool {
    file.sheet.picture().is_some()
}

impl Explained {
    pub fn of(cx: &Cx<'_>, file: &SheetFile) -> Explained {
        let teller = Teller::new(cx);
        let pictured = file.sheet.captures.iter().filter(|capture| capture.picture().is_some());
        let sides = pictured.map(|capture| capture.side).collect::<Vec<_>>();
        let mut seen = Vec::new();
        let mut name = |side: Side| {
            seen.push(side);
            let of = |sides: &[Side]| sides.iter().filter(|it| **it == side).count();
            let name = teller.side(side);
            // A camera may have looked at one side more than once.
            if of(&sides) > 1 { format!("{name} {}", of(&seen)) } else { name }
        };
        let looks = file.sheet.captures.iter().filter_map(|capture| {
            Some(Look {
                picture: *capture.picture()?,
                side: capture.side,
                name: name(capture.side),
                recorded: capture.reading.clone(),
                asked: None,
                told: Told::Coming,
            })
        });
        let (sheet, looks) = (file.sheet.id, looks.collect());
        Explained { sheet, looks, at: 0, scroll: None, follow: false }
    }

    /// Asks for what was not asked for yet.
    pub fn ask(&mut self, cx: &mut Cx<'_>) {
        for look in &mut self.looks {
            if look.asked.is_none() && matches!(look.told, Told::Coming) {
                let query = Query::Explain { picture: look.picture, side: look.side };
                look.asked = Some(cx.ask(query));
            }
        }
    }

    pub fn hear(&mut self, news: &News) {
        match news {
            News::Found { ticket, answer } => {
                let asked = |look: &&mut Look| look.asked == Some(*ticket);
                if let Some(look) = self.looks.iter_mut().find(asked) {
                    look.hear(answer);
                }
            }
            // The station was too busy to take a question: it is asked again.
            News::Trouble(Trouble::Busy) => {
                for look in &mut self.looks {
                    look.asked = None;
                }
            }
            _ => {}
        }
    }

    /// Picture and step of each line of the list. `blind`: what the machine took the number for is not
    /// shown to those who may still key it.
    pub fn lines(&self, blind: bool) -> Vec<(usize, usize)> {
        let mut lines = Vec::new();
        for (no, look) in self.looks.iter().enumerate() {
            if let Told::Here { steps, .. } = &look.told {
                let told = |shown: &Shown| !blind || shown.it.step != Step::Answer;
                let own = steps.iter().enumerate().filter(|(_, shown)| told(shown));
                lines.extend(own.map(|(step, _)| (no, step)));
            }
        }
        lines
    }

    pub fn command(&mut self, command: Command, blind: bool) {
        match command {
            // Round again from the last: with large type the mouse has only this.
            Command::NextStep if self.at + 1 >= self.lines(blind).len() => self.to(0),
            Command::NextStep => self.step(1, blind),
            Command::Older => self.scroll = Some(-300.0),
            Command::Newer => self.scroll = Some(300.0),
            _ => {}
        }
    }

    pub fn pressed(&mut self, pressed: Pressed, blind: bool) {
        match pressed {
            Pressed::Key(Key::ArrowRight) => self.step(1, blind),
            Pressed::Key(Key::ArrowUp | Key::ArrowLeft) => self.step(-1, blind),
            Pressed::Key(Key::Home) => self.step(isize::MIN, blind),
            Pressed::Key(Key::End) => self.step(isize::MAX, blind),
            Pressed::Char(digit) => {
                let no = digit.to_digit(10).and_then(|no| (no as usize).checked_sub(1));
                if let Some(no) = no.filter(|no| *no < self.lines(blind).len()) {
                    self.to(no);
                }
            }
            Pressed::Key(_) => {}
        }
    }

    fn step(&mut self, by: isize, blind: bool) {
        let last = self.lines(blind).len().saturating_sub(1);
        self.to(self.at.saturating_add_signed(by).min(last));
    }

    pub fn to(&mut self, at: usize) {
        self.at = at;
        self.follow = true;
    }
}

impl Look {
    fn hear(&mut self, answer: &Answer) {
        self.told = match answer {
            Answer::Explained(Ok(explained)) => {
                let show = |step: &ReadStep| Shown { it: step.clone(), texture: None };
                let differs = said(&explained.reading) != said(&self.recorded);
                Told::Here { differs, steps: explained.steps.iter().map(show).collect() }
            }
            Answer::Explained(Err(why)) => Told::Unread(*why),
            Answer::Failed(why) => Told::Failed(why.clone()),
            _ => return,
        };
    }
}

/// What of a reading counts: not how sure it was.
fn said(reading: &Reading) -> impl PartialEq + use<'_> {
    let printed = reading.printed.as_ref().and_then(|printed| printed.number.as_ref());
    (reading.barcode.as_ref(), printed, reading.second.as_ref(), reading.kind_text.as_ref())
}
