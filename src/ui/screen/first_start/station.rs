//! The third page: the station's code, training or live, and the people.

use super::people::Part;
use super::ways::command;
use super::{Desk, FirstStart, Item, MOST_PEOPLE};
use crate::flow::event::Mode;
use crate::ui::theme::{CORNER, GAP, GAP_STAGE, GAP_WIDE, Theme};
use crate::ui::widgets::{TextField, button, choice, elided, paint_line, primary, ring};
use crate::ui::words::Words;
use egui::{
    Align2, CornerRadius, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

impl FirstStart {
    pub(super) fn station(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        ui.label(RichText::new(words.first_station()).font(theme.heading()));
        ui.horizontal(|ui| {
            ui.label(RichText::new(words.first_code()).font(theme.text()));
            let field = TextField::new(&mut self.code, words.first_code()).width(96.0);
            let response = field.show(ui, theme, Item::Code.id());
            self.landed(&response, Item::Code);
        });
        ui.label(RichText::new(words.first_code_what()).font(theme.small()).color(theme.quiet));
        self.problem_at(ui, theme, Item::Code);
        ui.add_space(GAP);
        self.mode(ui, theme, words);
        ui.add_space(GAP_STAGE);
        ui.label(RichText::new(words.first_people()).font(theme.heading()));
        ui.label(RichText::new(words.first_people_what()).font(theme.text()).color(theme.quiet));
        for row in 0..self.people.len() {
            self.person(ui, theme, words, row);
        }
        if self.people.len() < MOST_PEOPLE {
            let response = button(ui, theme, &words.first_add_person(), "");
            if self.at == Item::AddPerson {
                ring(ui, theme, response.rect);
                self.follow(&response);
            }
            if response.clicked() {
                self.go_to(Item::AddPerson);
                self.enter(desk);
            }
        }
        ui.add_space(GAP_STAGE);
        let word = if self.begun { words.first_beginning() } else { words.first_begin() };
        let key = if self.at == Item::Begin { "Enter" } else { "" };
        let response = primary(ui, theme, &word, key);
        if self.at == Item::Begin {
            ring(ui, theme, response.rect);
            self.follow(&response);
        }
        if response.clicked() && !self.begun {
            self.go_to(Item::Begin);
            self.begin(desk);
        }
        ui.add_space(GAP);
        self.problem_at(ui, theme, Item::Begin);
        ui.label(RichText::new(words.first_then()).font(theme.text()).color(theme.quiet));
        let place = desk.place.display();
        command(ui, theme, &format!("kenban --data \"{place}\" --as s1 import shops shops.csv"));
        ui.add_space(GAP_WIDE);
        ui.label(RichText::new(words.first_keys_back()).font(theme.small()).color(theme.quiet));
    }

    fn mode(&mut self, ui: &mut Ui, theme: &Theme, words: &Words) {
        if !self.may_be_live() {
            let text = RichText::new(words.first_sample_trains()).font(theme.text());
            ui.label(text.color(theme.quiet));
            return;
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            for (mode, word) in [(Mode::Training, words.training()), (Mode::Live, words.live())] {
                let response = choice(ui, theme, &word, self.mode == mode);
                if self.at == Item::Mode && self.mode == mode {
                    ring(ui, theme, response.rect);
                    self.follow(&response);
                }
                if response.clicked() {
                    self.mode = mode;
                    self.go_to(Item::Mode);
                }
            }
        });
        let what = match self.mode {
            Mode::Training => words.first_training_mode(),
            Mode::Live => words.first_live_mode(),
        };
        ui.label(RichText::new(what).font(theme.small()).color(theme.quiet));
    }

    fn person(&mut self, ui: &mut Ui, theme: &Theme, words: &Words, row: usize) {
        ui.horizontal(|ui| {
            let role_width = theme.size(200.0);
            let id_width = 110.0;
            let left = ui.available_width() - theme.size(id_width) - role_width - 2.0 * GAP;
            let Some(person) = self.people.get_mut(row) else { return };
            let role = words.role(person.role);
            let name = words.first_person_id((row + 1).to_string());
            let field = TextField::new(&mut person.id, name).width(id_width);
            let id = field.show(ui, theme, Item::Person(row, Part::Id).id());
            let name = words.first_person_name((row + 1).to_string());
            let field = TextField::new(&mut person.name, name).width(left / theme.scale);
            let name = field.show(ui, theme, Item::Person(row, Part::Name).id());
            self.landed(&id, Item::Person(row, Part::Id));
            self.landed(&name, Item::Person(row, Part::Name));
            self.role(ui, theme, row, &role, role_width);
        });
        for part in [Part::Id, Part::Name, Part::Role] {
            self.problem_at(ui, theme, Item::Person(row, part));
        }
    }

    /// The role, between two arrows.
    fn role(&mut self, ui: &mut Ui, theme: &Theme, row: usize, role: &str, width: f32) {
        let item = Item::Person(row, Part::Role);
        let size = Vec2::new(width.min(ui.available_width()), theme.hit());
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let here = self.at == item;
        let line = if here { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
        let corner = CornerRadius::same(CORNER);
        ui.painter().rect(rect, corner, theme.surface, line, StrokeKind::Inside);
        let shown = if here { format!("← {role} →") } else { role.to_owned() };
        let galley = elided(ui, &shown, theme.text(), theme.ink, rect.width() - 16.0);
        paint_line(ui, galley, Align2::CENTER_CENTER, rect.center());
        let name = format!("{} {role}", row + 1);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, &name));
        if here {
            self.follow(&response);
        }
        if response.clicked() {
            self.go_to(item);
            if let Some(person) = self.people.get_mut(row) {
                person.turn(1);
            }
        }
    }

    /// The hand came to this item: it is brought into sight.
    fn follow(&mut self, response: &Response) {
        if std::mem::take(&mut self.moved) {
            response.scroll_to_me(None);
        }
    }

    fn landed(&mut self, response: &Response, item: Item) {
        if response.changed() {
            self.problem = None;
        }
        if (response.clicked() || response.gained_focus()) && self.at != item {
            self.at = item;
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }
}
