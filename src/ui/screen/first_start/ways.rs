//! The first page: the language, and the ways to begin.

use super::{Desk, FirstStart, Item};
use crate::ui::settings::Language;
use crate::ui::theme::{CORNER, GAP, GAP_STAGE, GAP_WIDE, Theme};
use crate::ui::widgets::{Para, choice, ring};
use egui::{CornerRadius, Frame, Label, RichText, Sense, Ui, Vec2, WidgetInfo};

impl FirstStart {
    /// The title, and the languages beside it.
    pub(super) fn welcome(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        ui.horizontal(|ui| {
            ui.label(RichText::new(words.first_title()).font(theme.verdict()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // Each in its own language.
                for (language, name) in [(Language::En, "English"), (Language::Ja, "日本語")] {
                    let response = choice(ui, theme, name, words.language == language);
                    if response.clicked() {
                        self.go_to(Item::Language);
                        self.language = Some(language);
                    }
                    if self.at == Item::Language && words.language == language {
                        ring(ui, theme, response.rect);
                    }
                }
            });
        });
    }

    pub(super) fn ways(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (theme, words) = (desk.theme, desk.words);
        let place = words.first_place(desk.place.display().to_string());
        ui.add(Label::new(RichText::new(place).font(theme.small()).color(theme.quiet)).truncate());
        ui.add_space(GAP_WIDE);
        let word = if self.begun { words.first_beginning() } else { words.first_training() };
        let training =
            Card { item: Item::Training, title: word, what: words.first_training_what() };
        if self.card(ui, theme, &training) {
            self.begin_training(desk);
        }
        self.problem_at(ui, theme, Item::Training);
        let (title, what) = (words.first_own(), words.first_own_what());
        if self.card(ui, theme, &Card { item: Item::Own, title, what }) {
            self.enter(desk);
        }
        ui.add_space(GAP_STAGE);
        ui.label(RichText::new(words.first_restore()).font(theme.strong()));
        Para::new(&words.first_restore_what(), theme.text(), theme.quiet).show(ui);
        let place = desk.place.display();
        command(ui, theme, &format!("kenban --data \"{place}\" restore backup.kenban"));
        ui.add_space(GAP_STAGE);
        ui.label(RichText::new(words.first_keys()).font(theme.small()).color(theme.quiet));
    }

    /// A way to begin, as a large button. True: it was clicked.
    fn card(&mut self, ui: &mut Ui, theme: &Theme, card: &Card) -> bool {
        let here = self.at == card.item;
        let (fill, ink, quiet) = if here {
            (theme.accent, theme.on_accent, theme.on_accent)
        } else {
            (theme.surface, theme.ink, theme.quiet)
        };
        let frame = Frame::new()
            .fill(fill)
            .stroke(theme.hairline())
            .corner_radius(CornerRadius::same(CORNER))
            .inner_margin(theme.size(16.0));
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal(|ui| {
                ui.label(RichText::new(&card.title).font(theme.heading()).color(ink));
                if here && !self.begun {
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        ui.label(RichText::new("Enter").font(theme.small()).color(ink));
                    });
                }
            });
            Para::new(&card.what, theme.text(), quiet).show(ui);
        });
        let response = ui.interact(shown.response.rect, card.item.card_id(), Sense::CLICK);
        let name = &card.title;
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, here, name));
        if here && std::mem::take(&mut self.moved) {
            response.scroll_to_me(None);
        }
        ui.add_space(GAP);
        let clicked = response.clicked() && !self.begun;
        if clicked {
            self.go_to(card.item);
        }
        clicked
    }
}

struct Card {
    item: Item,
    title: String,
    what: String,
}

impl Item {
    fn card_id(self) -> egui::Id {
        egui::Id::unique(match self {
            Item::Training => "first-training",
            _ => "first-own",
        })
    }
}

/// A command to be typed elsewhere, as it is typed; it can be marked and copied.
pub(super) fn command(ui: &mut Ui, theme: &Theme, text: &str) {
    let frame = Frame::new()
        .fill(theme.surface)
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(Vec2::new(12.0, 8.0));
    frame.show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).font(theme.digits(15.0))).wrap().selectable(true));
    });
}
