//! The first start: no campaign yet. Training is one key away; a campaign of one's own begins with its
//! profile, checked line by line, then the station and its people.

mod orders;
mod people;
mod profile;
mod station;
mod ways;

use super::steps::{Step, hold_focus, take_steps};
use super::teach::{Room, Teach};
use crate::flow::event::Mode;
use crate::ui::port::{Answer, BadProfile, News, ProfileSource, ProfileSummary, Ticket};
use crate::ui::session::Session;
use crate::ui::settings::Language;
use crate::ui::theme::{GAP, Theme};
use crate::ui::widgets::{Sign, paint_sign};
use crate::ui::words::Words;
use egui::{Id, Key, RichText, ScrollArea, Sense, Ui, Vec2};
use people::{Part, Row};
use std::path::{Path, PathBuf};

/// Profiles that come with the program, to look at.
const SAMPLES: [&str; 4] =
    ["five-layouts", "twelve-digits-nw7", "fourteen-digits", "book-and-branch"];
const COLUMN: f32 = 820.0;
/// So many people can be named at the start; more are added later.
const MOST_PEOPLE: usize = 12;

/// Where the hand is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Item {
    Language,
    #[default]
    Training,
    Own,
    Path,
    /// There is no profile yet: it is made from sample vouchers.
    Teach,
    Sample(usize),
    Next,
    Code,
    Mode,
    Person(usize, Part),
    AddPerson,
    Begin,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Ways,
    Profile,
    Teach,
    Station,
}

#[derive(Debug)]
pub struct FirstStart {
    language: Option<Language>,
    page: Page,
    at: Item,
    moved: bool,
    path: String,
    source: Option<ProfileSource>,
    asked: Option<Ticket>,
    checked: Option<Result<Box<ProfileSummary>, BadProfile>>,
    code: String,
    mode: Mode,
    people: Vec<Row>,
    problem: Option<(Item, String)>,
    /// The campaign is being begun.
    begun: bool,
    teach: Teach,
}

impl Default for FirstStart {
    fn default() -> FirstStart {
        FirstStart {
            language: None,
            page: Page::default(),
            at: Item::default(),
            moved: false,
            path: String::new(),
            source: None,
            asked: None,
            checked: None,
            code: "01".to_owned(),
            mode: Mode::Training,
            people: Vec::new(),
            problem: None,
            begun: false,
            teach: Teach::default(),
        }
    }
}

/// What the pages draw with.
struct Desk<'a> {
    theme: &'a Theme,
    words: &'a Words,
    session: &'a mut Session,
    place: &'a Path,
}

impl FirstStart {
    /// A language was chosen that is not the shown one.
    pub fn language(&mut self, shown: Language) -> Option<Language> {
        self.language.take().filter(|chosen| *chosen != shown)
    }

    pub fn news(&mut self, news: &News, words: &Words) {
        self.teach.hear(news);
        match news {
            News::Found { ticket, answer } if self.asked == Some(*ticket) => {
                self.asked = None;
                self.checked = match answer {
                    Answer::Profile(checked) => Some(checked.clone()),
                    Answer::Failed(why) => Some(Err(BadProfile::File(why.clone()))),
                    _ => None,
                };
                if let Some(Ok(_)) = &self.checked {
                    self.go_to(Item::Next);
                }
            }
            News::Begun => self.begun = false,
            News::Trouble(why) => {
                self.begun = false;
                self.problem = Some((self.at, words.trouble(why)));
            }
            _ => {}
        }
    }

    pub fn ui(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        words: &Words,
        session: &mut Session,
        place: &Path,
    ) {
        if self.page == Page::Teach {
            self.teach(ui, theme, words, session);
            return;
        }
        let mut desk = Desk { theme, words, session, place };
        self.keys(ui, &mut desk);
        let width = theme.size(COLUMN).min(ui.available_width());
        let aside = ((ui.available_width() - width) / 2.0).max(0.0);
        // The title stays where it is while the page is scrolled.
        ui.add_space(theme.size(GAP));
        ui.horizontal(|ui| {
            ui.add_space(aside);
            ui.allocate_ui(Vec2::new(width, 0.0), |ui| {
                ui.vertical(|ui| match self.page {
                    Page::Ways => self.welcome(ui, &desk),
                    Page::Profile | Page::Teach => title(ui, theme, &words.first_profile()),
                    Page::Station => title(ui, theme, &words.first_next()),
                });
            });
        });
        // Each page has a place of its own to be scrolled to.
        let area = ScrollArea::vertical().id_salt(("first", self.page as u8)).auto_shrink(false);
        area.animated(false).show(ui, |ui| {
            let width = width.min(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.add_space(aside);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.add_space(GAP);
                    match self.page {
                        Page::Ways => self.ways(ui, &mut desk),
                        Page::Profile | Page::Teach => self.profile(ui, &mut desk),
                        Page::Station => self.station(ui, &mut desk),
                    }
                });
            });
        });
        self.hold_focus(ui);
    }
}

/// The hand.
impl FirstStart {
    fn go_to(&mut self, item: Item) {
        self.at = item;
        self.moved = true;
    }

    fn show_page(&mut self, page: Page, words: &Words) {
        self.page = page;
        self.problem = None;
        self.go_to(match page {
            Page::Ways => Item::Own,
            Page::Profile | Page::Teach => Item::Path,
            Page::Station => Item::Code,
        });
        if page == Page::Station && self.people.is_empty() {
            self.people = people::usual(words);
        }
    }

    /// A scheme is taught; its profile, once saved, is the one that is checked.
    fn teach(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, session: &mut Session) {
        // There are no devices before there is a campaign.
        let mut room = Room { theme, words, session, camera: false, desk: None };
        self.teach.ui(ui, &mut room, true);
        if escaped(ui) && !self.teach.back(false) {
            self.show_page(Page::Profile, words);
            self.go_to(Item::Teach);
        }
        if let Some(path) = self.teach.just_kept() {
            self.show_page(Page::Profile, words);
            self.path = path.display().to_string();
            self.check(session, ProfileSource::File(path));
        }
    }

    /// The items of the shown page, in order.
    fn items(&self) -> Vec<Item> {
        match self.page {
            Page::Ways => vec![Item::Language, Item::Training, Item::Own],
            Page::Profile | Page::Teach => {
                let mut items = vec![Item::Path];
                items.extend((0..SAMPLES.len()).map(Item::Sample));
                items.push(Item::Teach);
                if matches!(self.checked, Some(Ok(_))) {
                    items.push(Item::Next);
                }
                items
            }
            Page::Station => {
                let mut items = vec![Item::Code];
                if self.may_be_live() {
                    items.push(Item::Mode);
                }
                let parts = [Part::Id, Part::Name, Part::Role];
                let rows = 0..self.people.len();
                items.extend(rows.flat_map(|row| parts.map(|part| Item::Person(row, part))));
                if self.people.len() < MOST_PEOPLE {
                    items.push(Item::AddPerson);
                }
                items.push(Item::Begin);
                items
            }
        }
    }

    fn keys(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let steps = take_steps(ui);
        let fresh = |wanted: Key| {
            ui.input(|input| {
                let pressed = |event: &egui::Event| matches!(event, egui::Event::Key { key, pressed: true, repeat: false, .. } if *key == wanted);
                input.events.iter().any(pressed)
            })
        };
        if self.begun {
            return;
        }
        for step in steps {
            match step {
                Step::Enter => self.enter(desk),
                Step::Next | Step::Down => self.step(1),
                Step::Previous | Step::Up => self.step(-1),
            }
        }
        if fresh(Key::Escape) {
            match self.page {
                Page::Ways => {}
                Page::Profile | Page::Teach => self.show_page(Page::Ways, desk.words),
                Page::Station => self.show_page(Page::Profile, desk.words),
            }
        }
        if !self.at.is_typed() {
            if fresh(Key::Delete) {
                self.remove_person();
            }
            if fresh(Key::ArrowRight) {
                self.turn(desk, 1);
            } else if fresh(Key::ArrowLeft) {
                self.turn(desk, -1);
            }
        }
    }

    fn step(&mut self, by: isize) {
        let items = self.items();
        let now = items.iter().position(|item| *item == self.at).unwrap_or(0);
        let next = now.saturating_add_signed(by).min(items.len().saturating_sub(1));
        if let Some(item) = items.get(next) {
            self.go_to(*item);
        }
    }

    fn enter(&mut self, desk: &mut Desk<'_>) {
        match self.at {
            Item::Language => self.turn(desk, 1),
            Item::Training => self.begin_training(desk),
            Item::Own => self.show_page(Page::Profile, desk.words),
            Item::Path => {
                let path = people::plain(&self.path);
                let path = path.trim_matches('"').to_owned();
                if path.is_empty() {
                    self.problem = Some((Item::Path, desk.words.first_path_missing()));
                } else {
                    self.check(desk.session, ProfileSource::File(PathBuf::from(path)));
                }
            }
            Item::Teach => self.page = Page::Teach,
            Item::Sample(index) => {
                if let Some(name) = SAMPLES.get(index) {
                    self.check(desk.session, ProfileSource::Sample(name));
                }
            }
            Item::Next => self.show_page(Page::Station, desk.words),
            Item::AddPerson => {
                self.people.push(Row::default());
                self.go_to(Item::Person(self.people.len() - 1, Part::Id));
            }
            Item::Begin => self.begin(desk),
            Item::Code | Item::Mode | Item::Person(..) => self.step(1),
        }
    }

    /// The person in whose role the hand is goes out of the list.
    fn remove_person(&mut self) {
        if let Item::Person(row, _) = self.at
            && row < self.people.len()
        {
            self.people.remove(row);
            self.problem = None;
            let left = self.people.len();
            let at = |row| Item::Person(row, Part::Role);
            self.go_to(if left == 0 { Item::AddPerson } else { at(row.min(left - 1)) });
        }
    }

    /// Left or right: another value.
    fn turn(&mut self, desk: &Desk<'_>, by: isize) {
        match self.at {
            Item::Language => {
                self.language = Some(match desk.words.language {
                    Language::Ja => Language::En,
                    Language::En => Language::Ja,
                });
            }
            Item::Mode => {
                self.mode = match self.mode {
                    Mode::Training => Mode::Live,
                    Mode::Live => Mode::Training,
                };
            }
            Item::Person(row, Part::Role) => {
                if let Some(row) = self.people.get_mut(row) {
                    row.turn(by);
                }
            }
            _ => {}
        }
    }
}

/// Drawing.
impl FirstStart {
    /// What is wrong at this item, said there.
    fn problem_at(&self, ui: &mut Ui, theme: &Theme, item: Item) {
        let Some((at, text)) = &self.problem else { return };
        if *at != item {
            return;
        }
        ui.horizontal_top(|ui| {
            let size = theme.size(20.0);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
            paint_sign(ui.painter(), Sign::Stop, rect.center(), size, theme.stop);
            ui.vertical(|ui| {
                let text = RichText::new(text).font(theme.strong()).color(theme.stop);
                ui.label(text).scroll_to_me(None);
            });
        });
        ui.add_space(GAP);
    }

    fn hold_focus(&self, ui: &Ui) {
        let wanted = (self.at.is_typed() && !self.begun).then(|| self.at.id());
        hold_focus(ui, wanted);
    }
}

fn title(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.label(RichText::new(text).font(theme.heading()));
}

/// A held key is pressed once.
fn escaped(ui: &Ui) -> bool {
    let fresh = |event: &egui::Event| {
        matches!(event, egui::Event::Key { key: Key::Escape, pressed: true, repeat: false, .. })
    };
    ui.input(|input| input.events.iter().any(fresh))
}

impl Item {
    fn is_typed(self) -> bool {
        matches!(
            self,
            Item::Path | Item::Code | Item::Person(_, Part::Id) | Item::Person(_, Part::Name)
        )
    }

    /// The id by which the focus is moved.
    fn id(self) -> Id {
        match self {
            Item::Path => Id::unique("first-path"),
            Item::Code => Id::unique("first-code"),
            Item::Person(row, Part::Id) => Id::unique(("first-person-id", row)),
            Item::Person(row, Part::Name) => Id::unique(("first-person-name", row)),
            _ => Id::unique("first-no-field"),
        }
    }
}
