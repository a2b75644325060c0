//! What the three pages share: tabs, fields, rows with a small picture, what is wrong where.

use super::model::{Key, Shown};
use super::{Item, Page, Room, Teach, told};
use crate::ui::port::Pixels;
use crate::ui::screen::edit::paint;
use crate::ui::theme::{GAP, GAP_STAGE, GAP_WIDE, Theme};
use crate::ui::widgets::{Para, Sign, TextField, choice, paint_sign, primary, ring};
use egui::{
    Color32, ColorImage, Image, Rect, RichText, ScrollArea, Sense, TextureHandle, TextureOptions,
    Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

/// A line of a row: its text and colour; the first is set stronger.
pub(super) type Line = (String, Color32);

/// What a row says.
pub(super) struct Row<'a> {
    pub item: Item,
    pub sign: Option<Sign>,
    pub lines: Vec<Line>,
    pub texture: Option<&'a TextureHandle>,
    /// It can be taken out.
    pub key: Option<Key>,
}

impl Teach {
    /// Title and pages.
    pub(super) fn tabs(&mut self, ui: &mut Ui, room: &Room<'_>) {
        let (theme, words) = (room.theme, room.words);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words.teach_title()).font(theme.heading()));
            ui.add_space(GAP_WIDE);
            for (page, word) in [
                (Page::Samples, words.teach_page_samples()),
                (Page::Proposal, words.teach_page_proposal()),
                (Page::Trial, words.teach_page_try()),
            ] {
                let open = page != Page::Trial || self.model.profile().is_some();
                let shown = self.page == page;
                let clicked =
                    ui.add_enabled_ui(open || shown, |ui| choice(ui, theme, &word, shown));
                if clicked.inner.clicked() && !shown {
                    self.open_page(page, room.camera);
                }
            }
        });
        ui.add_space(GAP);
    }

    /// A field with its name above it. True: something was typed.
    pub(super) fn field(
        &mut self,
        ui: &mut Ui,
        room: &Room<'_>,
        item: Item,
        (name, hint): (String, &str),
        value: fn(&mut Teach) -> &mut String,
    ) -> bool {
        let theme = room.theme;
        ui.label(RichText::new(&name).font(theme.small()).color(theme.quiet));
        let width = ui.available_width() / theme.scale;
        let field = TextField::new(value(self), name).hint(hint).width(width);
        let response = field.show(ui, theme, item.id());
        if response.clicked() || response.gained_focus() && self.at != item {
            self.go_to(item);
        }
        if self.at == item && std::mem::take(&mut self.arrived) {
            response.scroll_to_me(None);
        }
        let changed = response.changed();
        if changed {
            self.problem = None;
        }
        self.problem_at(ui, theme, item);
        changed
    }

    /// What is wrong at this item, said there.
    pub(super) fn problem_at(&self, ui: &mut Ui, theme: &Theme, item: Item) {
        if let Some((_, text)) = self.problem.as_ref().filter(|(at, _)| *at == item) {
            signed(ui, theme, Sign::Stop, text);
        }
    }

    /// The one thing to do on a page, or why it can't be done yet.
    pub(super) fn step_on(&mut self, ui: &mut Ui, room: &mut Room<'_>, item: Item, word: &str) {
        let here = self.at == item;
        let response = primary(ui, room.theme, word, if here { "Enter" } else { "" });
        if here {
            ring(ui, room.theme, response.rect);
            if std::mem::take(&mut self.arrived) {
                response.scroll_to_me(None);
            }
        }
        if response.clicked() {
            self.go_to(item);
            self.enter(room);
        }
    }

    /// Why there is no profile yet, in words.
    pub(super) fn missing(&self, room: &Room<'_>) -> Option<String> {
        let not_yet = self.model.made.as_ref()?.as_ref().err()?;
        let looking = self.model.looking();
        Some(told::not_yet(room.words, not_yet, looking, &|at| self.shown_no(at)))
    }

    /// Where the list shows the sample that a proposal names, from 1.
    pub(super) fn shown_no(&self, at: usize) -> usize {
        let key = self.model.named.get(at);
        let place = self.model.shown.iter().position(|one| Some(&one.key) == key);
        place.map_or(at, |place| place) + 1
    }

    /// A row of a list of pictures. True: it was clicked.
    pub(super) fn row(&mut self, ui: &mut Ui, room: &Room<'_>, row: &Row<'_>) -> bool {
        let (theme, words) = (room.theme, room.words);
        let chosen = self.at == row.item;
        let (pad, thumb) = (GAP, vec2(theme.size(132.0), theme.size(62.0)));
        let sign = theme.size(26.0);
        let out = theme.size(34.0);
        let left = thumb.x + sign + 4.0 * pad;
        let width = (ui.available_width() - left - out - pad).max(theme.size(120.0));
        let galleys: Vec<_> = row
            .lines
            .iter()
            .enumerate()
            .map(|(no, (text, colour))| {
                let font = if no == 0 { theme.strong() } else { theme.small() };
                ui.painter().layout(text.clone(), font, *colour, width)
            })
            .collect();
        let high: f32 = galleys.iter().map(|galley| galley.size().y).sum();
        let size = vec2(ui.available_width(), high.max(thumb.y) + 2.0 * pad);
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        paint::ground(ui, theme, rect, &response, chosen, true);
        if let Some(kind) = row.sign {
            let at = pos2(rect.left() + pad + sign / 2.0, rect.top() + pad + sign / 2.0);
            paint_sign(ui.painter(), kind, at, sign, kind.colour(theme));
        }
        if let Some(texture) = row.texture {
            let own = texture.size_vec2();
            let scale = (thumb.x / own.x.max(1.0)).min(thumb.y / own.y.max(1.0));
            let frame = Rect::from_min_size(rect.min + vec2(2.0 * pad + sign, pad), thumb);
            Image::new(texture).paint_at(ui, Rect::from_center_size(frame.center(), own * scale));
        }
        let mut y = rect.top() + pad;
        for galley in galleys {
            let height = galley.size().y;
            ui.painter().galley(pos2(rect.left() + left, y), galley, theme.ink);
            y += height;
        }
        let said: Vec<&str> = row.lines.iter().map(|(text, _)| text.as_str()).collect();
        let name = said.join(" · ");
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
        if let Some(key) = row.key {
            let at = rect.right_center() - vec2(out / 2.0 + pad / 2.0, 0.0);
            let at = Rect::from_center_size(at, Vec2::splat(out));
            let id = row.item.id().with("out");
            let cross = ui.interact(at, id, Sense::CLICK);
            let ink = if cross.hovered() { theme.stop } else { theme.quiet };
            paint_sign(ui.painter(), Sign::Stop, at.center(), theme.size(14.0), ink);
            let name = words.teach_take_out();
            cross.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
            if cross.on_hover_text(words.teach_take_out()).clicked() {
                self.remove(key);
                return false;
            }
        }
        if chosen && std::mem::take(&mut self.arrived) {
            response.scroll_to_me(None);
        }
        response.clicked()
    }
}

/// The name under which a picture stands in a list.
pub(super) fn name_of<T>(room: &Room<'_>, one: &Shown<T>) -> String {
    one.name().unwrap_or_else(|| room.words.teach_sample_camera())
}

/// A sentence behind a sign.
pub(super) fn signed(ui: &mut Ui, theme: &Theme, sign: Sign, text: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().interact_size.y = theme.size(20.0);
        let size = theme.size(18.0);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(size), Sense::hover());
        paint_sign(ui.painter(), sign, rect.center(), size, sign.colour(theme));
        ui.vertical(|ui| {
            Para::new(text, theme.small(), theme.ink).show(ui);
        });
    });
}

/// Pixels on the graphics card, brought there when they are first seen.
pub(super) fn texture(ui: &Ui, slot: &mut Option<TextureHandle>, pixels: &Pixels) {
    let whole = pixels.width > 0 && pixels.rgb.len() == pixels.width * pixels.height * 3;
    if slot.is_none() && whole {
        let image = ColorImage::from_rgb([pixels.width, pixels.height], &pixels.rgb);
        *slot = Some(ui.ctx().load_texture("sample", image, TextureOptions::LINEAR));
    }
}

/// Two columns that scroll by themselves, or in a narrow window one after the other. `left` is the
/// left one's share; `which` is called with 0 and 1, and the height that is seen at once.
pub(super) fn columns(
    ui: &mut Ui,
    theme: &Theme,
    (page, left): (Page, f32),
    mut which: impl FnMut(&mut Ui, usize, f32),
) {
    let rect = ui.available_rect_before_wrap();
    if rect.width() / theme.scale < 760.0 {
        ScrollArea::vertical().id_salt(("teach", page as u8)).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - GAP_WIDE);
            which(ui, 0, rect.height());
            ui.add_space(GAP_STAGE);
            which(ui, 1, rect.height());
        });
        return;
    }
    let middle = rect.left() + (rect.width() * left).round();
    let sides = [
        Rect::from_min_max(rect.min, pos2(middle - GAP_STAGE / 2.0, rect.bottom())),
        Rect::from_min_max(pos2(middle + GAP_STAGE / 2.0, rect.top()), rect.max),
    ];
    ui.painter().vline(middle, rect.y_range(), theme.hairline());
    for (no, side) in sides.into_iter().enumerate() {
        ui.scope_builder(UiBuilder::new().max_rect(side), |ui| {
            ScrollArea::vertical().id_salt(("teach", page as u8, no)).auto_shrink(false).show(
                ui,
                |ui| {
                    // Rings of the focus and the scroll bar need room.
                    ui.set_max_width(ui.available_width() - GAP_WIDE);
                    ui.add_space(6.0);
                    ui.horizontal(|ui| {
                        ui.add_space(6.0);
                        ui.vertical(|ui| which(ui, no, rect.height()));
                    });
                },
            );
        });
    }
}
