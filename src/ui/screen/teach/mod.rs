//! 新しい券を教える: a supervisor shows a few vouchers, looks at what the program makes of them, corrects
//! it, tries it on more vouchers, and saves it as a profile. No truth is touched: a profile counts only
//! once a campaign is begun with it.

mod face;
mod hand;
mod model;
mod parts;
mod proposal;
mod samples;
mod told;
mod trial;
mod typed;

use super::steps::{Step, take_steps};
use crate::ui::lesson::{Learned, Lesson, MOST_PICTURES, SampleFault, SamplePicture};
use crate::ui::port::{Answer, News, Order, Query, Ticket};
use crate::ui::session::Session;
use crate::ui::theme::Theme;
use crate::ui::words::Words;
use crate::voucher::Profile;
use crate::voucher::profile::Area;
use egui::{Id, TextureHandle, Ui};
use face::{Drag, Which};
use model::{Key, Model, State};
use std::path::PathBuf;
use std::sync::Arc;

/// What the screen draws with and asks through, in a station and before there is one.
pub struct Room<'a> {
    pub theme: &'a Theme,
    pub words: &'a Words,
    pub session: &'a mut Session,
    /// A desk camera is ready.
    pub camera: bool,
    /// What it sees.
    pub desk: Option<TextureHandle>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Samples,
    Proposal,
    Trial,
}

/// Where the hand is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Item {
    #[default]
    Name,
    Id,
    Kinds,
    Width,
    Height,
    Side,
    Path,
    Take,
    Sample(Key),
    ToProposal,
    Layout,
    Face,
    Box(Which),
    Place(usize),
    Groups,
    Check,
    Kind,
    ToTrial,
    TryPath,
    TryTake,
    Trial(Key),
    KeepAs,
    Keep,
}

/// What a box does with the arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holding {
    Moves,
    Sizes,
}

/// The one question that is on its way.
enum Asked {
    /// `typed`: from the page's field, which is then emptied.
    Pictures {
        page: Page,
        typed: bool,
    },
    Take(Page),
    /// A face, as the size was at that time.
    Look(Key, u32),
    Boxes(Area, Vec<Key>, u32),
    /// With the profile as it was.
    Try(Key, Arc<Profile>),
    Keep,
}

#[derive(Default)]
pub struct Teach {
    model: Model,
    page: Page,
    at: Item,
    /// The hand has just come here: it is scrolled to.
    arrived: bool,
    /// Where pictures are, as it is typed.
    path: String,
    groups: String,
    keep_as: String,
    /// What the screen itself put there.
    kept_as: String,
    /// A sample of the layout that is shown on the second page: layouts change their places.
    layout: Option<Key>,
    /// The groups for which the field stands.
    groups_of: Vec<usize>,
    /// How often boxes could not be read.
    failures: u8,
    face: Option<Key>,
    holding: Option<Holding>,
    drag: Option<Drag>,
    asked: Option<(Ticket, Asked)>,
    /// What a person asked for, before what the screen asks by itself.
    waiting: Vec<(Asked, Lesson)>,
    problem: Option<(Item, String)>,
    kept: Option<PathBuf>,
    /// Saved in this moment; taken by whoever opened the screen.
    just_kept: Option<PathBuf>,
    failed: Option<Fault>,
}

/// What is said of a question that came to nothing, once there are words.
enum Fault {
    Sample(Item, SampleFault),
    Keep(crate::ui::lesson::KeepFault),
    Known(Item),
    TooMany(Item),
}

impl std::fmt::Debug for Teach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Teach").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Teach {
    /// Where the profile was saved just now.
    pub fn just_kept(&mut self) -> Option<PathBuf> {
        self.just_kept.take()
    }

    pub fn hear(&mut self, news: &News) {
        match news {
            News::Found { ticket, answer }
                if self.asked.as_ref().is_some_and(|(asked, _)| asked == ticket) =>
            {
                if let Some((_, asked)) = self.asked.take() {
                    self.answered(asked, answer);
                }
            }
            _ => {}
        }
    }

    fn answered(&mut self, asked: Asked, answer: &Answer) {
        match (asked, answer) {
            (Asked::Pictures { page, typed }, Answer::Teach(Learned::Pictures(found))) => {
                let item = page.path();
                match found {
                    Ok(paths) => {
                        let pictures = paths.iter().cloned().map(SamplePicture::File);
                        self.shown(page, pictures.collect());
                        if typed && self.failed.is_none() {
                            self.path.clear();
                        }
                    }
                    Err(fault) => self.failed = Some(Fault::Sample(item, fault.clone())),
                }
            }
            (Asked::Take(page), Answer::Teach(Learned::Taken(taken))) => match taken {
                Ok(picture) => self.shown(page, vec![picture.clone()]),
                Err(fault) => self.failed = Some(Fault::Sample(page.take(), fault.clone())),
            },
            // Looked at with another size: it is asked for again.
            (Asked::Look(_, looks), Answer::Teach(_)) if looks != self.model.looks => {}
            (Asked::Boxes(_, _, looks), Answer::Teach(_)) if looks != self.model.looks => {}
            (Asked::Look(key, _), Answer::Teach(Learned::Looked(looked))) => {
                if let Some(one) = self.model.shown.iter_mut().find(|one| one.key == key) {
                    one.state = match looked {
                        Ok(looked) => State::Here(looked.clone()),
                        Err(fault) => State::Failed(fault.clone()),
                    };
                    self.model.learn();
                }
            }
            (Asked::Boxes(area, keys, _), Answer::Teach(Learned::Boxes(lines))) => {
                self.model.boxes_read(area, &keys, lines);
            }
            // Read by another profile: it is asked for again.
            (Asked::Try(_, profile), Answer::Teach(_)) if !self.is_current(&profile) => {}
            (Asked::Try(key, _), Answer::Teach(Learned::Tried(tried))) => {
                if let Some(one) = self.model.trials.iter_mut().find(|one| one.key == key) {
                    one.state = match tried {
                        Ok(tried) => State::Here(tried.clone()),
                        Err(fault) => State::Failed(fault.clone()),
                    };
                }
            }
            (Asked::Keep, Answer::Teach(Learned::Kept(kept))) => match kept {
                Ok(path) => {
                    self.kept = Some(path.clone());
                    self.just_kept = Some(path.clone());
                }
                Err(fault) => self.failed = Some(Fault::Keep(fault.clone())),
            },
            (asked, Answer::Failed(why)) => self.came_to_nothing(asked, why),
            _ => {}
        }
    }

    /// The station could not answer. What the screen asks by itself must not be asked for ever.
    fn came_to_nothing(&mut self, asked: Asked, why: &crate::ui::fault::Fault) {
        let fault = SampleFault::Unreadable(why.clone());
        let item = match asked {
            Asked::Look(key, _) => {
                if let Some(one) = self.model.shown.iter_mut().find(|one| one.key == key)
                    && one.fails_for_good(fault)
                {
                    self.model.learn();
                }
                return;
            }
            Asked::Try(key, _) => {
                if let Some(one) = self.model.trials.iter_mut().find(|one| one.key == key) {
                    one.fails_for_good(fault);
                }
                return;
            }
            Asked::Boxes(area, keys, _) => {
                self.failures += 1;
                if self.failures >= model::ASKED {
                    self.failures = 0;
                    self.model.boxes_read(area, &keys, &[]);
                }
                return;
            }
            Asked::Pictures { page, .. } => page.path(),
            Asked::Take(page) => page.take(),
            Asked::Keep => Item::Keep,
        };
        self.failed = Some(Fault::Sample(item, fault));
    }

    /// Pictures came: to learn from, or to try.
    fn shown(&mut self, page: Page, pictures: Vec<SamplePicture>) {
        let mut new = 0;
        for picture in pictures {
            if self.model.is_full(page == Page::Trial) {
                self.failed = Some(Fault::TooMany(page.path()));
                break;
            }
            let added = match page {
                Page::Trial => self.model.try_also(picture),
                _ => self.model.show(picture),
            };
            new += usize::from(added);
        }
        if new == 0 && self.failed.is_none() {
            self.failed = Some(Fault::Known(page.path()));
            return;
        }
        self.problem = None;
        self.model.learn();
    }

    fn is_current(&self, profile: &Arc<Profile>) -> bool {
        self.model.profile().is_some_and(|made| Arc::ptr_eq(&made.profile, profile))
    }

    /// Sends one question: what a person asked for first, then what the screen itself still lacks.
    fn ask(&mut self, room: &mut Room<'_>) {
        if self.asked.is_some() {
            return;
        }
        let next = (!self.waiting.is_empty()).then(|| self.waiting.remove(0));
        let Some((asked, lesson)) = next.or_else(|| self.lacking()) else { return };
        let ticket = room.session.ticket();
        let query = Query::Teach(lesson);
        room.session.orders.push(Order::Ask { ticket, query });
        self.asked = Some((ticket, asked));
    }

    fn lacking(&self) -> Option<(Asked, Lesson)> {
        let coming = |one: &&model::Shown<_>| matches!(one.state, State::Coming);
        // A size that is just being typed is not yet one.
        let typing = matches!(self.at, Item::Width | Item::Height);
        if let Some(face_mm) = self.model.typed.size().filter(|_| !typing)
            && let Some(one) = self.model.shown.iter().find(coming)
        {
            let (picture, side) = (one.picture.clone(), self.model.side());
            let asked = Asked::Look(one.key, self.model.looks);
            return Some((asked, Lesson::LookAt { picture, face_mm, side }));
        }
        if let Some((area, keys)) = self.model.unread_boxes() {
            let face = |key: &Key| {
                let one = self.model.shown.iter().find(|one| one.key == *key)?;
                Some(one.here()?.face.clone())
            };
            let faces = keys.iter().filter_map(face).collect();
            let asked = Asked::Boxes(area, keys, self.model.looks);
            return Some((asked, Lesson::ReadBoxes { faces, area }));
        }
        let made = self.model.profile().filter(|_| self.page == Page::Trial)?;
        let one = self.model.trials.iter().find(|one| matches!(one.state, State::Coming))?;
        let (profile, picture) = (made.profile.clone(), one.picture.clone());
        let side = self.model.side();
        Some((Asked::Try(one.key, profile.clone()), Lesson::Try { profile, picture, side }))
    }

    /// What is wrong at this item, in words, as soon as they are at hand.
    fn speak(&mut self, words: &Words) {
        let said = match self.failed.take() {
            None => return,
            Some(Fault::Sample(item, fault)) => (item, told::fault(words, &fault)),
            Some(Fault::Keep(fault)) => (Item::KeepAs, told::keep_fault(words, &fault)),
            Some(Fault::Known(item)) => (item, words.teach_known()),
            Some(Fault::TooMany(item)) => (item, words.teach_too_many(MOST_PICTURES)),
        };
        self.problem = Some(said);
    }

    /// The whole screen. `alone`: no window frame gives it keys, it takes all by itself.
    pub fn ui(&mut self, ui: &mut Ui, room: &mut Room<'_>, alone: bool) {
        // Without its field in focus a station's window has given the keys already.
        let typing = self.at.is_typed() && ui.memory(|memory| memory.has_focus(self.at.id()));
        if alone || typing {
            for step in take_steps(ui) {
                self.step(step, room);
            }
        }
        self.other_keys(ui, room, alone);
        self.dropped(ui);
        if !matches!(self.at, Item::Width | Item::Height) {
            self.model.follow_size();
        }
        if self.model.made.is_none() {
            self.model.remake();
        }
        self.stay(room.camera);
        self.speak(room.words);
        self.tabs(ui, room);
        let keys = egui::RichText::new(room.words.teach_keys()).font(room.theme.small());
        ui.label(keys.color(room.theme.quiet));
        match self.page {
            Page::Samples => self.samples(ui, room),
            Page::Proposal => self.proposal(ui, room),
            Page::Trial => self.trial(ui, room),
        }
        self.ask(room);
        room.session.looks_at_desk = room.camera && self.page != Page::Proposal;
        self.hold_focus(ui);
    }

    /// Files that were dropped on the window.
    fn dropped(&mut self, ui: &Ui) {
        let dropped = ui.input(|input| input.raw.dropped_files.clone());
        let page = if self.page == Page::Trial { Page::Trial } else { Page::Samples };
        for file in dropped {
            let path = file.path().to_owned();
            let asked = Asked::Pictures { page, typed: false };
            self.waiting.push((asked, Lesson::Pictures(path)));
        }
    }
}

impl Page {
    fn path(self) -> Item {
        if self == Page::Trial { Item::TryPath } else { Item::Path }
    }

    fn take(self) -> Item {
        if self == Page::Trial { Item::TryTake } else { Item::Take }
    }
}

impl Item {
    fn is_typed(self) -> bool {
        use Item::{Groups, Height, Id, KeepAs, Kinds, Name, Path, TryPath, Width};
        matches!(self, Name | Id | Kinds | Width | Height | Path | Groups | TryPath | KeepAs)
    }

    /// Both are of one list, or places of one number.
    fn is_of(self, other: Item) -> bool {
        matches!(
            (self, other),
            (Item::Sample(_), Item::Sample(_))
                | (Item::Trial(_), Item::Trial(_))
                | (Item::Place(_), Item::Place(_))
        )
    }

    fn id(self) -> Id {
        Id::unique(("teach", format!("{self:?}")))
    }
}

/// A step as the toolkit's events have it, or as the window gave it.
pub(super) fn step_of(pressed: crate::ui::command::Pressed) -> Option<Step> {
    use crate::ui::command::Pressed;
    use egui::Key;
    match pressed {
        Pressed::Key(Key::Enter) => Some(Step::Enter),
        Pressed::Key(Key::Tab) => Some(Step::Next),
        Pressed::Key(Key::ArrowUp) => Some(Step::Up),
        Pressed::Key(Key::ArrowDown) => Some(Step::Down),
        _ => None,
    }
}
