//! 開封: an envelope by its shop, the slip, the dates; and the open ones to go on with.

mod answers;
mod days;
mod form;
mod list;
mod search;
mod shop;
mod slip;
mod training;

use super::steps::{Step, hold_focus, take_steps};
use super::{Cx, Screen};
use crate::flow::rows::ShopEntry;
use crate::flow::{EnvelopeId, PersonId};
use crate::ui::command::{Command, Pressed};
use crate::ui::port::{Heard, News, Order, Query, Ticket, TrainingEnvelope};
use crate::ui::session::{Ask, Stage};
use crate::ui::theme::GAP_STAGE;
use crate::ui::wedge::scans::Code;
use crate::ui::widgets::{Sign, paint_sign};
use egui::{Id, Key, RichText, ScrollArea, Sense, Ui, UiBuilder, Vec2};
use form::{Fault, Field, Form};
use search::{Search, Taken};

/// From this width at 100 % on the list stands beside the form.
const WIDE: f32 = 900.0;
const FORM: f32 = 600.0;
const LIST: f32 = 640.0;

#[derive(Debug, Default)]
pub struct Open {
    form: Form,
    /// Who typed it: the next person begins anew.
    whose: Option<PersonId>,
    at: Field,
    /// The field was come to just now: what is typed replaces what stands in it.
    fresh: bool,
    search: Search,
    /// A scanned code that is being looked up.
    scanned: Option<(Ticket, String)>,
    problem: Option<(Field, String)>,
    /// The envelope is being opened.
    sent: Option<Ticket>,
    list: list::Chosen,
    /// In training: the envelope on the table.
    table: Option<TrainingEnvelope>,
    table_asked: Option<Ticket>,
}

/// The hand.
impl Open {
    fn go_to(&mut self, field: Field) {
        self.at = field;
        self.fresh = true;
    }

    fn clear(&mut self, cx: &Cx<'_>) {
        self.form = Form::new(cx.profile.kinds.len(), cx.today);
        self.search = Search::default();
        self.scanned = None;
        self.problem = None;
        self.go_to(Field::Shop);
    }

    /// A shop is wanted and something is typed: its hits are shown.
    fn searching(&self) -> bool {
        self.at == Field::Shop && self.form.shop.is_none() && !self.form.text.trim().is_empty()
    }

    fn step(&mut self, step: Step, cx: &mut Cx<'_>) {
        let kinds = cx.profile.kinds.len();
        match (self.at, step) {
            (Field::Shop, Step::Enter) => self.enter_shop(cx),
            (Field::Shop, Step::Next) if self.searching() => self.enter_shop(cx),
            (Field::Shop, Step::Down) if self.searching() => self.search.down(),
            (Field::Shop, Step::Up) if self.searching() => self.search.up(),
            (Field::Shop, Step::Down) => self.list.step(cx, 1),
            (Field::Shop, Step::Up) => self.list.step(cx, -1),
            (Field::Arrived | Field::BusinessDay, Step::Enter) if self.wrong_day(cx) => {}
            (_, Step::Enter) => self.go_to(self.at.after(kinds)),
            (_, Step::Next | Step::Down) => self.go_to(self.at.next(kinds)),
            (_, Step::Previous | Step::Up) => self.go_to(self.at.previous(kinds)),
        }
    }

    /// The date under the hand is none; says so there.
    fn wrong_day(&mut self, cx: &Cx<'_>) -> bool {
        let text = match self.at {
            Field::Arrived => &self.form.arrived,
            _ => &self.form.business_day,
        };
        let wrong = days::meant(text, cx.today).is_none();
        if wrong {
            self.problem = Some((self.at, cx.words.open_no_such_day()));
        }
        wrong
    }

    fn enter_shop(&mut self, cx: &mut Cx<'_>) {
        if self.form.shop.is_some() {
            self.go_to(Field::Shop.after(cx.profile.kinds.len()));
        } else if self.form.text.trim().is_empty() {
            self.resume(cx);
        } else {
            let taken = self.search.take();
            self.taken(taken, cx);
        }
    }

    fn taken(&mut self, taken: Taken, cx: &mut Cx<'_>) {
        match taken {
            Taken::Shop(shop) => self.choose(shop, cx),
            Taken::Nothing => self.no_such_shop(cx),
            Taken::Later => {}
        }
    }

    fn choose(&mut self, shop: ShopEntry, cx: &Cx<'_>) {
        self.form.choose(shop);
        self.search = Search::default();
        self.problem = None;
        self.go_to(Field::Shop.after(cx.profile.kinds.len()));
    }

    fn no_such_shop(&mut self, cx: &mut Cx<'_>) {
        self.problem = Some((Field::Shop, cx.words.open_no_hits()));
        self.go_to(Field::Shop);
        self.fresh = false;
        cx.order(Order::Try(Heard::Refused));
    }

    /// Goes on with the envelope that is marked in the list.
    fn resume(&mut self, cx: &mut Cx<'_>) {
        if let Some(envelope) = self.list.chosen(cx) {
            take(envelope, cx);
        }
    }

    /// Sends the act, once: until its answer comes there is no second one.
    fn open(&mut self, cx: &mut Cx<'_>) {
        if self.sent.is_some() {
            return;
        }
        match self.form.input(cx.profile, cx.today) {
            Ok(input) => {
                self.problem = None;
                self.sent = cx.act(input);
            }
            Err((field, fault)) => {
                let text = match fault {
                    Fault::NoShop => cx.words.open_choose_shop(),
                    Fault::NoSuchDay => cx.words.open_no_such_day(),
                };
                self.problem = Some((field, text));
                self.go_to(field);
            }
        }
    }
}

/// This envelope is on the desk, and is read.
fn take(envelope: EnvelopeId, cx: &mut Cx<'_>) {
    cx.session.asks.push(Ask::Take(envelope));
    cx.go(Stage::Read);
}

impl Screen for Open {
    fn offers(&self, cx: &Cx<'_>) -> Vec<Command> {
        let mut offered = Vec::new();
        match self.at {
            Field::Ready => offered.extend([Command::OpenEnvelope, Command::ClearForm]),
            Field::Shop | Field::Away if !self.form.begun() => {
                if self.list.chosen(cx).is_some() {
                    offered.push(Command::Resume);
                }
                if cx.view.counts.open > 0 {
                    offered.push(Command::ChooseLine);
                }
                if offered.is_empty() {
                    offered.push(Command::NextField);
                }
            }
            Field::Away => offered.push(Command::ClearForm),
            _ => offered.extend([Command::NextField, Command::ClearForm]),
        }
        if self.table.is_some() {
            offered.push(Command::FillSlip);
        }
        offered
    }

    fn command(&mut self, command: Command, cx: &mut Cx<'_>) {
        if self.sent.is_some() {
            return;
        }
        match command {
            Command::OpenEnvelope => self.open(cx),
            Command::ClearForm => self.clear(cx),
            Command::NextField => self.step(Step::Enter, cx),
            Command::Resume => self.resume(cx),
            Command::FillSlip => self.fill(cx),
            Command::ChooseLine => self.list.step(cx, 1),
            Command::Back => self.at = Field::Away,
            _ => {}
        }
    }

    fn pressed(&mut self, pressed: Pressed, cx: &mut Cx<'_>) {
        if self.sent.is_some() {
            return;
        }
        match (self.at, pressed) {
            (Field::Ready, Pressed::Key(Key::ArrowUp)) => self.step(Step::Previous, cx),
            (_, Pressed::Key(Key::ArrowDown)) => self.list.step(cx, 1),
            (_, Pressed::Key(Key::ArrowUp)) => self.list.step(cx, -1),
            (Field::Away, Pressed::Key(Key::Enter | Key::Tab)) => self.go_to(Field::Shop),
            (Field::Ready, Pressed::Key(Key::Tab)) => self.go_to(Field::Shop),
            // Typing begins at once, from wherever the hand was.
            (Field::Away, Pressed::Char(char)) => {
                self.form.text.push(char);
                self.shop_typed(cx);
                self.go_to(Field::Shop);
                self.fresh = false;
            }
            _ => {}
        }
    }

    /// A slip's barcode names the shop.
    fn code(&mut self, code: &Code, cx: &mut Cx<'_>) -> bool {
        let code = code.text.as_str();
        if self.sent.is_some() {
            return false;
        }
        let ticket = cx.ask(Query::Shop(code.to_owned()));
        self.scanned = Some((ticket, code.to_owned()));
        true
    }

    fn news(&mut self, news: &News, cx: &mut Cx<'_>) {
        match news {
            News::Done { ticket, events } if self.sent == Some(*ticket) => {
                self.opened(events, cx);
            }
            News::Refused { ticket, why } if self.sent == Some(*ticket) => self.refused(why, cx),
            News::Found { ticket, answer } => self.found(*ticket, answer, cx),
            _ => {}
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) {
        let me = cx.session.my_id();
        if self.whose != me || !self.form.begun() {
            self.whose = me;
            if self.sent.is_none() {
                self.clear(cx);
            }
        }
        if self.at == Field::Away {
            self.go_to(Field::Shop);
        }
        self.list.mark(cx.session.envelope);
        self.ask_table(cx);
    }

    fn leave(&mut self, _cx: &mut Cx<'_>) {
        self.problem = None;
    }

    fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.form.counts.len() != cx.profile.kinds.len() {
            // A new revision of the profile is in force.
            self.form.counts.resize(cx.profile.kinds.len(), String::new());
        }
        if self.at.is_typed()
            && self.sent.is_none()
            && ui.memory(|memory| memory.has_focus(field_id(self.at)))
        {
            for step in take_steps(ui) {
                self.step(step, cx);
            }
        }
        let whole = ui.available_rect_before_wrap();
        let theme = cx.theme;
        let scroll = || ScrollArea::vertical().id_salt("form").auto_shrink(false).animated(false);
        if whole.width() / theme.scale >= WIDE {
            let gap = 2.0 * GAP_STAGE;
            let form = theme.size(FORM).min(whole.width() * 0.58);
            let list = (whole.width() - form - gap).min(theme.size(LIST));
            let left = whole.with_max_x(whole.left() + form);
            let right = whole.with_min_x(left.right() + gap);
            let right = right.with_max_x(right.left() + list);
            ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
                scroll().show(ui, |ui| self.form(ui, cx));
            });
            ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
                self.beside(ui, cx, whole.height());
            });
        } else {
            scroll().show(ui, |ui| {
                self.form(ui, cx);
                ui.add_space(GAP_STAGE);
                self.beside(ui, cx, theme.size(320.0));
            });
        }
        self.hold_focus(ui);
    }
}

/// Drawing.
impl Open {
    fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.set_width(ui.available_width());
        self.shop_field(ui, cx);
        if self.searching() {
            self.hits(ui, cx);
        } else {
            self.slip(ui, cx);
            self.dates(ui, cx);
            self.ready(ui, cx);
        }
    }

    fn beside(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, height: f32) {
        let top = ui.cursor().top();
        if let Some(table) = &self.table
            && training::card(ui, cx, table)
            && self.sent.is_none()
        {
            self.fill(cx);
        }
        let left = (height - (ui.cursor().top() - top)).max(cx.theme.size(160.0));
        let enters = !self.form.begun();
        if let Some(envelope) = self.list.ui(ui, cx, left, enters) {
            take(envelope, cx);
        }
    }

    /// What is wrong at this field, said there.
    fn problem_at(&self, ui: &mut Ui, cx: &Cx<'_>, field: Field) {
        let Some((at, text)) = &self.problem else { return };
        if *at != field {
            return;
        }
        let theme = cx.theme;
        ui.horizontal_top(|ui| {
            let size = theme.size(20.0);
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
            paint_sign(ui.painter(), Sign::Stop, rect.center(), size, theme.stop);
            ui.vertical(|ui| {
                let text = RichText::new(text).font(theme.strong()).color(theme.stop);
                ui.label(text).scroll_to_me(None);
            });
        });
    }

    /// The focus is where the hand is, whatever the toolkit moved it to.
    fn hold_focus(&mut self, ui: &Ui) {
        let typed = self.at.is_typed() && self.sent.is_none();
        let wanted = typed.then(|| field_id(self.at));
        hold_focus(ui, wanted);
    }
}

/// The ids by which the focus is moved.
fn field_id(field: Field) -> Id {
    match field {
        Field::Shop => Id::unique("open-shop"),
        Field::Count(index) => Id::unique(("open-count", index)),
        Field::Arrived => Id::unique("open-arrived"),
        Field::BusinessDay => Id::unique("open-business-day"),
        Field::Ready | Field::Away => Id::unique("open-no-field"),
    }
}
