//! In training the table holds made-up envelopes: the slip of the next one, to be typed as if it were
//! paper.

use crate::ui::port::TrainingEnvelope;
use crate::ui::screen::Cx;
use crate::ui::theme::{CORNER, GAP_WIDE};
use crate::ui::widgets::button;
use egui::{CornerRadius, Frame, Label, RichText, Ui};

/// Draws the slip; true: it goes into the form as it is.
pub(super) fn card(ui: &mut Ui, cx: &Cx<'_>, table: &TrainingEnvelope) -> bool {
    let theme = cx.theme;
    let mut fill = false;
    let frame = Frame::new()
        .fill(theme.surface)
        .stroke(theme.hairline())
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(theme.size(12.0));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let title = RichText::new(cx.words.open_table()).font(theme.small());
        ui.label(title.color(theme.quiet));
        let shop = format!("{} ({})", table.shop_name, table.shop);
        ui.add(Label::new(RichText::new(shop).font(theme.strong())).truncate());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_WIDE;
            for (kind, count) in &table.slip {
                let text = format!("{} {}", cx.kind_name(Some(kind)), cx.words.sheets(*count));
                ui.label(RichText::new(text).font(theme.text()));
            }
            let day = table.arrived.strftime("%m/%d").to_string();
            let day = RichText::new(cx.words.arrived_on(day)).font(theme.text());
            ui.label(day);
        });
        fill = button(ui, theme, &cx.words.cmd_fill_slip(), "F11").clicked();
    });
    ui.add_space(GAP_WIDE);
    fill
}
