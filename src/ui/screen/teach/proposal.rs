//! Second page: what all samples of a layout have in common, drawn over a face and beside it in words.

use super::face::{self, Drawn, Face, Which};
use super::parts::{columns, signed, texture};
use super::{Holding, Item, Page, Room, Teach, told};
use crate::ui::theme::{CORNER, GAP, GAP_WIDE, Theme};
use crate::ui::widgets::{Sign, button, choice, ring};
use crate::voucher::teach::{LayoutProposal, Standing};
use crate::voucher::{KindId, Symbology};
use egui::{
    Align2, Color32, CornerRadius, Label, Rect, RichText, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Dark enough for white letters, told apart by the colour-blind, and far from what is printed.
const NUMBER: Color32 = Color32::from_rgb(0x00, 0x63, 0xA8);
const BARCODE: Color32 = Color32::from_rgb(0xB0, 0x3A, 0x00);

impl Teach {
    pub(super) fn proposal(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        let Some(layout) = self.proposed().cloned() else {
            let why = self.missing(room).unwrap_or_else(|| room.words.teach_need_samples());
            signed(ui, room.theme, Sign::Look, &why);
            return;
        };
        columns(ui, room.theme, (Page::Proposal, 0.55), |ui, no, height| match no {
            0 => self.picture(ui, room, &layout, height),
            _ => self.facts(ui, room, &layout),
        });
    }

    fn picture(&mut self, ui: &mut Ui, room: &mut Room<'_>, layout: &LayoutProposal, height: f32) {
        let (theme, words) = (room.theme, room.words);
        self.which_layout(ui, room);
        let Some(key) = self.face_shown() else { return };
        let no = self.model.shown.iter().position(|one| one.key == key).map_or(0, |at| at + 1);
        let title = words.teach_face_of(no);
        let height = (height - theme.size(210.0)).max(theme.size(200.0));
        if let Some(one) = self.model.shown.iter_mut().find(|one| one.key == key)
            && let Some(pixels) = one.here().map(|it| it.face.clone())
        {
            texture(ui, &mut one.texture, &pixels);
            if let Some(texture) = one.texture.clone() {
                // On a picture that was not straightened a box would mean nothing.
                let straight = self.model.is_straight(key);
                let boxes = if straight { self.drawn(room, layout) } else { Vec::new() };
                let side = self.model.side();
                let face = Face { texture: &texture, name: &title, side, boxes: &boxes };
                // Room for the name of a box at the face's upper edge.
                ui.add_space(theme.size(22.0));
                if let Some((which, area)) = face::show(ui, theme, &face, height, &mut self.drag) {
                    self.go_to(Item::Box(which));
                    self.put_box(which, area);
                }
            }
        }
        ui.add_space(GAP);
        ui.horizontal_wrapped(|ui| {
            let shown = choice(ui, theme, &format!("◀ ▶  {title}"), false);
            self.chosen(ui, theme, Item::Face, shown.rect);
            if shown.clicked() {
                self.go_to(Item::Face);
                self.turn(1);
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(GAP_WIDE);
            let both = [Which::Number, Which::Barcode];
            for which in
                both.into_iter().filter(|it| *it == Which::Number || layout.barcode.is_some())
            {
                let item = Item::Box(which);
                let response = choice(ui, theme, &self.box_name(room, which), self.at == item);
                self.chosen(ui, theme, item, response.rect);
                if response.clicked() {
                    self.go_to(item);
                }
            }
        });
        if !self.model.is_straight(key) {
            signed(ui, theme, Sign::Look, &words.teach_no_outline());
        }
        let empty = self.model.empty_boxes(layout);
        if empty > 0 {
            signed(ui, theme, Sign::Look, &words.teach_box_empty(empty));
        }
        let how = match self.holding {
            None => words.teach_box_how(),
            Some(Holding::Moves) => words.teach_box_moves(),
            Some(Holding::Sizes) => words.teach_box_sizes(),
        };
        let ink = if self.holding.is_some() { theme.ink } else { theme.quiet };
        ui.add(Label::new(RichText::new(how).font(theme.small()).color(ink)).wrap());
    }

    fn which_layout(&mut self, ui: &mut Ui, room: &Room<'_>) {
        let count = self.model.layouts().len();
        if count < 2 {
            return;
        }
        let row = ui.horizontal_wrapped(|ui| {
            for no in 0..count {
                let samples = self.model.layouts().get(no).map_or(0, |it| it.samples.len());
                let word = room.words.teach_layout(samples, no + 1);
                if choice(ui, room.theme, &word, self.layout_no() == no).clicked() {
                    self.go_to(Item::Layout);
                    self.show_layout(no);
                }
            }
        });
        self.chosen(ui, room.theme, Item::Layout, row.response.rect);
        ui.add_space(GAP);
    }

    fn box_name(&self, room: &Room<'_>, which: Which) -> String {
        let name = match which {
            Which::Number => room.words.teach_box_number(),
            Which::Barcode => room.words.teach_box_barcode(),
        };
        match self.box_of(which) {
            Some(_) => name,
            None => format!("{name}: {}", room.words.teach_box_unknown()),
        }
    }

    fn drawn(&self, room: &Room<'_>, layout: &LayoutProposal) -> Vec<Drawn> {
        // With no box chosen a new one is the number's.
        let barcode = self.at == Item::Box(Which::Barcode);
        let mut boxes = vec![Drawn {
            which: Which::Number,
            area: layout.number_area,
            name: room.words.teach_box_number(),
            colour: NUMBER,
            chosen: !barcode,
        }];
        if layout.barcode.is_some() {
            boxes.push(Drawn {
                which: Which::Barcode,
                area: layout.barcode_area,
                name: room.words.teach_box_barcode(),
                colour: BARCODE,
                chosen: barcode,
            });
        }
        boxes
    }

    fn facts(&mut self, ui: &mut Ui, room: &mut Room<'_>, layout: &LayoutProposal) {
        let (theme, words) = (room.theme, room.words);
        heading(ui, theme, &words.teach_barcode());
        ui.add(Label::new(RichText::new(barcode(room, layout)).font(theme.text())).wrap());
        ui.add_space(GAP);
        self.number(ui, room, layout);
        ui.add_space(GAP);
        self.check(ui, room, layout);
        if self.model.typed.yen().len() > 1 {
            ui.add_space(GAP);
            self.kind(ui, room, layout);
        }
        ui.add_space(GAP_WIDE);
        if let Some(why) = self.missing(room) {
            signed(ui, theme, Sign::Stop, &why);
        }
        self.step_on(ui, room, Item::ToTrial, &words.teach_next_try());
        if !layout.guesses.is_empty() {
            ui.add_space(GAP_WIDE);
            heading(ui, theme, &words.teach_guesses());
            for guess in &layout.guesses {
                let text = told::guess(words, guess, &|at| self.shown_no(at));
                signed(ui, theme, Sign::Look, &text);
            }
        }
    }

    /// The number place by place, and its groups.
    fn number(&mut self, ui: &mut Ui, room: &Room<'_>, layout: &LayoutProposal) {
        let (theme, words) = (room.theme, room.words);
        heading(ui, theme, &words.teach_number());
        let signs = told::signs(&layout.form, layout.check_taken());
        let width = theme.size(34.0);
        let mut clicked = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(3.0, GAP);
            let mut ends = Vec::new();
            for group in &layout.form.groups {
                ends.push(ends.last().copied().unwrap_or(0_usize).saturating_add(*group));
            }
            for (at, sign) in signs.iter().enumerate() {
                let size = vec2(width, theme.hit());
                let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
                let here = self.at == Item::Place(at);
                cell(ui, theme, rect, *sign, here);
                let is_check = layout.check_taken().is_some_and(|check| check.place == at);
                let what = match layout.form.places.get(at) {
                    _ if is_check => words.teach_place_check(),
                    Some(place) => told::place(words, place),
                    None => String::new(),
                };
                let name = words.teach_place(at + 1, what);
                response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
                if response.on_hover_text(&name).clicked() {
                    clicked = Some(at);
                }
                if ends.contains(&(at + 1)) && at + 1 < signs.len() {
                    ui.add_space(theme.size(12.0));
                }
            }
        });
        if let Some(at) = clicked {
            self.go_to(Item::Place(at));
            self.turn_place(at);
        }
        let here = match self.at {
            Item::Place(at) => layout.form.places.get(at).map(|place| (at, place)),
            _ => None,
        };
        let is_check = |at: usize| layout.check_taken().is_some_and(|check| check.place == at);
        let text = match here {
            Some((at, _)) if is_check(at) => words.teach_place(at + 1, words.teach_place_check()),
            Some((at, place)) => words.teach_place(at + 1, told::place(words, place)),
            None => words.teach_number_how(),
        };
        let ink = if here.is_some() { theme.ink } else { theme.quiet };
        ui.add(Label::new(RichText::new(text).font(theme.small()).color(ink)).wrap());
        let hint = words.teach_groups_hint();
        self.field(ui, room, Item::Groups, (words.teach_groups(), &hint), |it| &mut it.groups);
        if !self.groups_fit() {
            signed(ui, theme, Sign::Stop, &words.teach_groups_wrong(layout.form.len()));
        }
    }

    fn check(&mut self, ui: &mut Ui, room: &Room<'_>, layout: &LayoutProposal) {
        let (theme, words) = (room.theme, room.words);
        heading(ui, theme, &words.teach_check());
        let taken = layout.check_taken();
        let word = taken.map_or_else(|| words.teach_check_none(), |fit| told::check(words, fit));
        let fits = layout.checks.fits.len();
        if fits > 0 {
            let response = button(ui, theme, &word, "◀ ▶");
            self.chosen(ui, theme, Item::Check, response.rect);
            if response.clicked() {
                self.go_to(Item::Check);
                self.turn(1);
            }
        } else {
            let response = ui.label(RichText::new(&word).font(theme.text()));
            self.chosen(ui, theme, Item::Check, response.rect);
        }
        let standing = layout.checks.standing();
        let sign = match standing {
            Standing::Proven => Sign::Accepted,
            Standing::NoneFits => Sign::Away,
            Standing::NotProven { .. } | Standing::Several { .. } => Sign::Look,
        };
        signed(ui, theme, sign, &told::standing(words, standing));
        if fits > 1 {
            let text = RichText::new(words.teach_check_choices(fits)).font(theme.small());
            ui.label(text.color(theme.quiet));
        }
    }

    fn kind(&mut self, ui: &mut Ui, room: &Room<'_>, layout: &LayoutProposal) {
        let (theme, words) = (room.theme, room.words);
        heading(ui, theme, &words.teach_kind());
        let yen = self.model.typed.yen();
        let is = |yen: &&crate::voucher::Yen| layout.kind == Some(KindId::new(&yen.0.to_string()));
        let word = yen.iter().find(is).map(|yen| words.yen(*yen));
        let word = word.unwrap_or_else(|| words.teach_kind_operator());
        let response = button(ui, theme, &word, "◀ ▶");
        self.chosen(ui, theme, Item::Kind, response.rect);
        if response.clicked() {
            self.go_to(Item::Kind);
            self.turn(1);
        }
    }

    /// The focus round what is not typed into, and into view with it.
    fn chosen(&mut self, ui: &Ui, theme: &Theme, item: Item, rect: Rect) {
        if self.at == item {
            ring(ui, theme, rect);
            if std::mem::take(&mut self.arrived) {
                ui.scroll_to_rect(rect.expand(GAP), None);
            }
        }
    }
}

fn heading(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.label(RichText::new(text).font(theme.small()).color(theme.quiet));
}

/// A box with one sign of the number.
fn cell(ui: &Ui, theme: &Theme, rect: Rect, sign: char, here: bool) {
    let line = if here { Stroke::new(3.0, theme.accent) } else { theme.hairline() };
    let corner = CornerRadius::same(CORNER);
    ui.painter().rect(rect, corner, theme.surface, line, StrokeKind::Inside);
    let at = pos2(rect.center().x, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, sign, theme.digits(22.0), theme.ink);
}

fn barcode(room: &Room<'_>, layout: &LayoutProposal) -> String {
    let words = room.words;
    let Some(rule) = &layout.barcode else { return words.teach_sees_no_code() };
    let symbologies: Vec<&str> = rule.symbologies.iter().map(|it| Symbology::word(*it)).collect();
    let symbologies = symbologies.join(&words.list_comma());
    let mut text = words.teach_barcode_is(symbologies, told::part(words, &rule.part), rule.length);
    if !rule.add_prefix.is_empty() {
        text.push_str(&words.list_comma());
        text.push_str(&words.teach_barcode_prefix(&rule.add_prefix));
    }
    text
}
