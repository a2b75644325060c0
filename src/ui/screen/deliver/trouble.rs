//! A delivery that failed, one that was begun and not finished, and giving one up: a band above the
//! columns that says what to do.

use super::{Deliver, delivery_name};
use crate::ui::frame::fresh_enter;
use crate::ui::port::DeliveryFault;
use crate::ui::screen::Cx;
use crate::ui::session::Errand;
use crate::ui::settings::Language;
use crate::ui::theme::{CORNER, GAP};
use crate::ui::widgets::{Sign, TextField, paint_sign};
use crate::ui::words::Words;
use egui::{CornerRadius, Frame, Id, RichText, Sense, Ui, Vec2};

#[derive(Debug)]
pub(super) struct Failure {
    fault: DeliveryFault,
    why: String,
    still_prepared: bool,
}

impl Failure {
    pub fn new(fault: &DeliveryFault, why: &str, still_prepared: bool) -> Failure {
        Failure { fault: fault.clone(), why: why.to_owned(), still_prepared }
    }
}

/// The reason is being typed.
#[derive(Debug)]
pub(super) struct GivingUp {
    reason: String,
    pub focus: bool,
}

impl GivingUp {
    pub fn new() -> GivingUp {
        GivingUp { reason: String::new(), focus: true }
    }
}

/// What to do about a fault, in one sentence.
fn what_to_do(words: &Words, fault: &DeliveryFault) -> String {
    match fault {
        DeliveryFault::NoFolder => words.deliver_fault_no_folder(),
        DeliveryFault::Full => words.deliver_fault_full(),
        DeliveryFault::Gone => words.deliver_fault_gone(),
        DeliveryFault::WriteProtected => words.deliver_fault_write_protected(),
        DeliveryFault::NotAllowed => words.deliver_fault_not_allowed(),
        DeliveryFault::WornOut => words.deliver_fault_worn_out(),
        DeliveryFault::ReadBack => words.deliver_fault_read_back(),
        DeliveryFault::Uncertain => words.deliver_fault_uncertain(),
        DeliveryFault::AlreadyThere => words.deliver_fault_already_there(),
        DeliveryFault::Text { text, found } => words.deliver_fault_text(text, found.to_string()),
        DeliveryFault::Data => words.deliver_fault_data(),
        DeliveryFault::Key => words.deliver_fault_key(),
        DeliveryFault::Names => words.deliver_fault_names(),
        DeliveryFault::Station(trouble) => words.trouble(trouble),
    }
}

pub(super) fn show(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver) {
    if screen.giving_up.is_some() {
        give_up(ui, cx, screen);
    } else if let Some(failure) = &screen.failure {
        let state = match (failure.still_prepared, cx.view.delivering) {
            (true, Some(id)) => cx.words.deliver_still_prepared(delivery_name(cx, id)),
            (true, None) => cx.words.deliver_checking(),
            (false, _) => cx.words.deliver_nothing_left(),
        };
        let told = what_to_do(cx.words, &failure.fault);
        // What the station said in its own words is said once, and to who reads them.
        let said = matches!(failure.fault, DeliveryFault::Station(_));
        let own = !said && cx.words.language == Language::En;
        let why = own.then_some(failure.why.as_str());
        band(ui, cx, Sign::Stop, &told, &[Some(state.as_str()), why]);
    } else if let Some(id) = cx.view.delivering {
        let name = delivery_name(cx, id);
        let told = cx.words.deliver_unfinished(&name);
        band(ui, cx, Sign::Look, &told, &[Some(&cx.words.deliver_unfinished_what())]);
    }
}

fn frame(cx: &Cx<'_>) -> Frame {
    let theme = cx.theme;
    Frame::new()
        .fill(theme.surface)
        .stroke(theme.hairline())
        .corner_radius(CornerRadius::same(CORNER))
        .inner_margin(12.0)
}

fn band(ui: &mut Ui, cx: &Cx<'_>, sign: Sign, told: &str, more: &[Option<&str>]) {
    let theme = cx.theme;
    let colour = sign.colour(theme);
    frame(cx).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal_top(|ui| {
            let size = Vec2::splat(theme.size(30.0));
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            paint_sign(ui.painter(), sign, rect.center(), rect.width(), colour);
            ui.vertical(|ui| {
                ui.label(RichText::new(told).font(theme.strong()).color(colour));
                let [first, rest @ ..] = more else { return };
                if let Some(first) = first {
                    ui.label(RichText::new(*first).font(theme.text()));
                }
                for small in rest.iter().flatten() {
                    ui.label(RichText::new(*small).font(theme.small()).color(theme.quiet));
                }
            });
        });
    });
    ui.add_space(GAP);
}

fn give_up(ui: &mut Ui, cx: &mut Cx<'_>, screen: &mut Deliver) {
    let theme = cx.theme;
    let words = cx.words;
    let Some(id) = cx.view.delivering else {
        screen.giving_up = None;
        return;
    };
    let name = delivery_name(cx, id);
    let Some(giving_up) = &mut screen.giving_up else { return };
    let field = Id::unique("deliver-reason");
    let mut enter = false;
    frame(cx).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = words.deliver_give_up(&name);
        ui.label(RichText::new(title).font(theme.strong()).color(theme.stop));
        ui.label(RichText::new(words.deliver_give_up_what()).font(theme.text()));
        let text = TextField::new(&mut giving_up.reason, words.deliver_reason());
        let text = text.hint(words.deliver_reason_hint()).width(720.0);
        let response = text.show(ui, theme, field);
        if std::mem::take(&mut giving_up.focus) {
            ui.memory_mut(|memory| memory.request_focus(field));
        }
        let keys = RichText::new(words.deliver_give_up_keys()).font(theme.small());
        ui.label(keys.color(theme.quiet));
        // A field of one line lets go of the focus with Enter.
        enter = (response.has_focus() || response.lost_focus()) && fresh_enter(ui);
    });
    ui.add_space(GAP);
    if !enter {
        return;
    }
    let reason = giving_up.reason.trim().to_owned();
    if reason.is_empty() {
        giving_up.focus = true;
        cx.warn(words.deliver_reason_missing());
        return;
    }
    let what = words.deliver_second_for_giving_up(&name);
    screen.asked.give_up = Some(cx.with_second(Errand::Abandon { reason }, what));
}
