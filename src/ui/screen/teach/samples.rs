//! First page: what no picture tells, and the samples with what was seen on each.

use super::model::State;
use super::parts::{Line, Row, columns, name_of, signed, texture};
use super::{Item, Page, Room, Teach, told};
use crate::ui::lesson::Looked;
use crate::ui::theme::{CORNER, GAP, GAP_WIDE};
use crate::ui::widgets::{Sign, button, choice, ring};
use crate::voucher::Side;
use egui::{
    CornerRadius, Image, Label, Rect, RichText, Sense, StrokeKind, TextureHandle, Ui, vec2,
};

impl Teach {
    pub(super) fn samples(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        columns(ui, room.theme, (Page::Samples, 0.34), |ui, no, _| match no {
            0 => self.about(ui, room),
            _ => self.list(ui, room),
        });
    }

    fn about(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        let (theme, words) = (room.theme, room.words);
        ui.label(RichText::new(words.teach_about()).font(theme.strong()));
        let mut changed = self
            .field(ui, room, Item::Name, (words.teach_name(), ""), |it| &mut it.model.typed.name);
        let id = self.model.typed.id().unwrap_or_else(|| words.teach_id_hint());
        changed |=
            self.field(ui, room, Item::Id, (words.teach_id(), &id), |it| &mut it.model.typed.id);
        let hint = words.teach_kinds_hint();
        changed |= self.field(ui, room, Item::Kinds, (words.teach_kinds(), &hint), |it| {
            &mut it.model.typed.kinds
        });
        // As they were understood: a face value is money.
        let yen = self.model.typed.yen();
        if !yen.is_empty() {
            let yen: Vec<String> = yen.iter().map(|yen| words.yen(*yen)).collect();
            let text = RichText::new(yen.join("  ·  ")).font(theme.small());
            ui.label(text.color(theme.quiet));
        }
        ui.horizontal_top(|ui| {
            let half = (ui.available_width() - GAP_WIDE) / 2.0;
            ui.vertical(|ui| {
                ui.set_width(half);
                self.field(ui, room, Item::Width, (words.teach_width(), "150"), |it| {
                    &mut it.model.typed.width
                });
            });
            ui.vertical(|ui| {
                ui.set_width(half);
                self.field(ui, room, Item::Height, (words.teach_height(), "70"), |it| {
                    &mut it.model.typed.height
                });
            });
        });
        ui.label(RichText::new(words.teach_side()).font(theme.small()).color(theme.quiet));
        let shown = ui.horizontal(|ui| {
            for (side, word) in
                [(Side::Front, words.teach_front()), (Side::Back, words.teach_back())]
            {
                if choice(ui, theme, &word, self.model.side() == side).clicked() {
                    self.go_to(Item::Side);
                    self.model.side = Some(side);
                }
            }
        });
        if self.at == Item::Side {
            ring(ui, theme, shown.response.rect);
            if std::mem::take(&mut self.arrived) {
                shown.response.scroll_to_me(None);
            }
        }
        if changed {
            self.model.remake();
        }
        self.desk(ui, room);
    }

    /// What lies under the camera, so that a person sees what will be taken.
    pub(super) fn desk(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        if !room.camera {
            return;
        }
        let theme = room.theme;
        let item = self.page.take();
        ui.add_space(GAP);
        if let Some(desk) = &room.desk {
            preview(ui, room, desk);
        }
        let here = self.at == item;
        let key = if here { "Enter" } else { "" };
        let response = button(ui, theme, &room.words.teach_take(), key);
        if here {
            ring(ui, theme, response.rect);
            if std::mem::take(&mut self.arrived) {
                response.scroll_to_me(None);
            }
        }
        if response.clicked() {
            self.go_to(item);
            self.enter(room);
        }
        self.problem_at(ui, theme, item);
    }

    fn list(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        let (theme, words) = (room.theme, room.words);
        ui.label(RichText::new(words.teach_samples()).font(theme.strong()));
        let what = RichText::new(words.teach_samples_what()).font(theme.small());
        ui.add(Label::new(what.color(theme.quiet)).wrap());
        let hint = words.teach_path_hint();
        self.field(ui, room, Item::Path, (words.teach_path(), &hint), |it| &mut it.path);
        ui.add_space(GAP);
        for no in 0..self.model.shown.len() {
            let Some(one) = self.model.shown.get_mut(no) else { break };
            if let State::Here(looked) = &one.state {
                texture(ui, &mut one.texture, &looked.face);
            }
            let (sign, lines) = self.told(room, no);
            let Some(one) = self.model.shown.get(no) else { break };
            let (item, thumb) = (Item::Sample(one.key), one.texture.clone());
            let row = Row { item, sign, lines, texture: thumb.as_ref(), key: Some(one.key) };
            if self.row(ui, room, &row) {
                self.go_to(item);
            }
        }
        ui.add_space(GAP_WIDE);
        if let Some(why) = self.missing(room).filter(|_| self.page == Page::Samples) {
            signed(ui, theme, Sign::Look, &why);
            ui.add_space(GAP);
        }
        if !self.model.layouts().is_empty() {
            self.step_on(ui, room, Item::ToProposal, &words.teach_next_proposal());
        }
    }

    /// A sample in words: what was seen, and what speaks against it.
    fn told(&self, room: &Room<'_>, no: usize) -> (Option<Sign>, Vec<Line>) {
        let (theme, words) = (room.theme, room.words);
        let Some(one) = self.model.shown.get(no) else { return (None, Vec::new()) };
        let title = format!("{}  {}", words.teach_sample(no + 1), name_of(room, one));
        let mut lines = vec![(title, theme.ink)];
        let looked = match &one.state {
            State::Coming => {
                let what = match self.model.typed.size() {
                    Some(_) => words.teach_looking(),
                    None => words.teach_need_size(),
                };
                lines.push((what, theme.quiet));
                return (None, lines);
            }
            State::Failed(fault) => {
                lines.push((told::fault(words, fault), theme.stop));
                return (Some(Sign::Stop), lines);
            }
            State::Here(looked) => looked,
        };
        let (code, print) = self.seen(one.key, looked);
        let read = print.is_some();
        lines.push((
            code.map_or_else(|| words.teach_sees_no_code(), |it| words.teach_sees_code(it)),
            theme.ink,
        ));
        lines.push((
            print.map_or_else(|| words.teach_sees_no_print(), |it| words.teach_sees_print(it)),
            theme.ink,
        ));
        let more = looked.seen.codes.len().saturating_sub(1);
        if more > 0 {
            lines.push((words.teach_more_codes(more), theme.quiet));
        }
        let mut sign = if read { Sign::Accepted } else { Sign::Look };
        if !looked.outlined {
            lines.push((words.teach_no_outline(), theme.look_at));
            sign = Sign::Look;
        } else if !looked.upright {
            lines.push((words.teach_upside_down(), theme.look_at));
            sign = Sign::Look;
        }
        if let Some(against) = self.model.against(one.key) {
            lines.push((told::contradiction(words, against), theme.stop));
            sign = Sign::Stop;
        }
        (Some(sign), lines)
    }

    /// The number's barcode and print as they were read on a sample.
    fn seen(&self, key: super::Key, looked: &Looked) -> (Option<String>, Option<String>) {
        let sample = self.model.sample(key);
        let code = match &sample {
            Some(sample) => sample.barcode.clone(),
            None => looked.seen.codes.first().map(|(code, _)| code.clone()),
        };
        let code = code.map(|it| format!("{}  {}", it.symbology.word(), it.text));
        (code, sample.and_then(|sample| sample.printed))
    }
}

fn preview(ui: &mut Ui, room: &Room<'_>, desk: &TextureHandle) {
    let own = desk.size_vec2();
    let width = ui.available_width().min(room.theme.size(320.0));
    let size = vec2(width, width * own.y / own.x.max(1.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    Image::new(desk).paint_at(ui, Rect::from_min_size(rect.min, size));
    let corner = CornerRadius::same(CORNER);
    ui.painter().rect_stroke(rect, corner, room.theme.hairline(), StrokeKind::Outside);
}
