//! The third page: the station's code, training or live, and the people.

use super::people::Part;
use super::ways::command;
use super::{Desk, FirstStart, Item, MOST_PEOPLE};
use crate::flow::event::Mode;
use crate::ui::theme::{CORNER, GAP, GAP_STAGE, GAP_WIDE, Theme};
use crate::ui::widgets::{
    Para, Sign, TextField, button, choice, elided, paint_line, paint_sign, primary, ring,
};
use crate::ui::words::Words;
use egui::{
    Align2, CornerRadius, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

impl FirstStart {
    pub(super) fn station(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        ui.label(RichText::new(words.first_station()).font(theme.strong()));
        ui.horizontal(|ui| {
            ui.label(RichText::new(words.first_code()).font(theme.text()));
            let field = TextField::new(&mut self.code, words.first_code()).width(96.0);
            let response = field.show(ui, theme, Item::Code.id());
            self.landed(&response, Item::Code);
        });
        Para::new(&words.first_code_what(), theme.small(), theme.quiet).show(ui);
        self.problem_at(ui, theme, Item::Code);
        ui.add_space(GAP);
        self.mode(ui, theme, words);
        ui.add_space(GAP_STAGE);
        ui.label(RichText::new(words.first_people()).font(theme.strong()));
        Para::new(&words.first_people_what(), theme.text(), theme.quiet).show(ui);
        headings(ui, theme, words);
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
        Para::new(&words.first_then(), theme.text(), theme.quiet).show(ui);
        let place = desk.place.display();
        command(ui, theme, &format!("kenban --data \"{place}\" --as s1 import shops shops.csv"));
        ui.add_space(GAP_WIDE);
        Para::new(&words.first_keys_people(), theme.small(), theme.quiet).show(ui);
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
            let [id_width, left, role_width, out] = columns(ui, theme);
            let Some(person) = self.people.get_mut(row) else { return };
            let role = words.role(person.role);
            let name = words.first_person_id((row + 1).to_string());
            let field = TextField::new(&mut person.id, name).width(id_width / theme.scale);
            let id = field.show(ui, theme, Item::Person(row, Part::Id).id());
            let name = words.first_person_name((row + 1).to_string());
            let field = TextField::new(&mut person.name, name).width(left / theme.scale);
            let name = field.show(ui, theme, Item::Person(row, Part::Name).id());
            self.landed(&id, Item::Person(row, Part::Id));
            self.landed(&name, Item::Person(row, Part::Name));
            self.role(ui, theme, row, &role, role_width);
            let id = Item::Person(row, Part::Role).id().with((row, "out"));
            if cross(ui, theme, id, out, &words.first_remove_person((row + 1).to_string())) {
                self.go_to(Item::Person(row, Part::Role));
                self.remove_person();
            }
        });
        for part in [Part::Id, Part::Name, Part::Role] {
            self.problem_at(ui, theme, Item::Person(row, part));
        }
    }

    /// The role, between two arrows.
    fn role(&mut self, ui: &mut Ui, theme: &Theme, row: usize, role: &str, width: f32) {
        let item = Item::Person(row, Part::Role);
        let size = Vec2::new(width.min(ui.available_width()), theme.hit());
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
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

/// Widths of id, name, role, and of what takes the person out, points.
fn columns(ui: &Ui, theme: &Theme) -> [f32; 4] {
    let (id, role, out) = (theme.size(110.0), theme.size(200.0), theme.size(30.0));
    let left = ui.available_width() - id - role - out - 3.0 * GAP;
    [id, left.max(theme.size(80.0)), role, out]
}

fn headings(ui: &mut Ui, theme: &Theme, words: &Words) {
    let columns = columns(ui, theme);
    let names = ["ID".to_owned(), words.first_heading_name(), words.first_heading_role()];
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = theme.size(18.0);
        for (width, name) in columns.into_iter().zip(names) {
            let size = Vec2::new(width, theme.size(20.0));
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let galley = elided(ui, &name, theme.small(), theme.quiet, width);
            paint_line(ui, galley, Align2::LEFT_CENTER, rect.left_center());
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &name));
        }
    });
}

/// Takes a person out of the list; the keyboard does it with Del on the role.
fn cross(ui: &mut Ui, theme: &Theme, id: egui::Id, width: f32, name: &str) -> bool {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, theme.hit()), Sense::hover());
    let response = ui.interact(rect, id, Sense::CLICK);
    let ink = if response.hovered() { theme.stop } else { theme.quiet };
    paint_sign(ui.painter(), Sign::Stop, rect.center(), theme.size(16.0), ink);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name));
    response.on_hover_text(name).clicked()
}
