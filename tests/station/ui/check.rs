//! 目視 as an operator has it: forty numbers with one key, a wrong one with two more, and nothing that
//! was not seen is ever called right.

use super::fixture::{Look, Window, envelope, open, picture, view, with_checks, with_entry};
use super::printed::printed;
use crate::world;
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::{Event, Moved, Place, Recorded};
use kenban::flow::view::EnvelopeView;
use kenban::flow::{EnvelopeId, Input, Refusal, SheetId, Stamp, View};
use kenban::ui::port::{Answer, Heard, News, Order, PictureSize, Pixels, Query, Ticket, Trouble};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::Reason;
use std::sync::Arc;

const SLIP: [(&str, u64, u64); 2] = [("1000", 190, 0), ("500", 38, 32)];

fn waiting(count: u32) -> View {
    view(vec![with_checks(envelope(124, "A0321004", &SLIP), 1, count)])
}

fn at_check(view: View, look: &Look) -> Window {
    at_check_as(view, look, "o1")
}

fn at_check_as(view: View, look: &Look, id: &str) -> Window {
    let mut window = open(view, look);
    window.print_numbers();
    window.sign_in(id);
    window.press(Key::F3);
    window.look();
    window.orders();
    window
}

/// The cell's accessible name.
fn cell(index: u32, ordinal: u32) -> String {
    let profile = world::profile();
    let layout = profile.layouts[0].id.as_str();
    let number = world::number(&profile, layout, u64::from(ordinal) * 7 + 6_900_000);
    format!("{index:02} {number}")
}

fn wrong(index: u32, ordinal: u32) -> String {
    format!("{} wrong", cell(index, ordinal))
}

fn there(window: &Window, name: &str) -> bool {
    window.harness.query_by_label(name).is_some()
}

/// What was sent: ordinals of right and of wrong sheets.
fn sent(window: &mut Window) -> Option<(Ticket, Vec<u32>, Vec<u32>)> {
    let acts = window.acts();
    assert!(acts.len() < 2, "{acts:?}");
    acts.into_iter().next().map(|(ticket, _, input)| match input {
        Input::Check { envelope: EnvelopeId(124), right, wrong } => (ticket, right, wrong),
        other => panic!("{other:?}"),
    })
}

fn refused_key(window: &mut Window) -> bool {
    let orders = window.orders();
    assert!(!orders.iter().any(|order| matches!(order, Order::Act { .. })), "{orders:?}");
    orders.iter().any(|order| matches!(order, Order::Try(Heard::Refused)))
}

fn without(ordinals: impl Fn(u32) -> bool) -> impl FnOnce(&mut EnvelopeView) {
    move |envelope| envelope.check.retain(|item| !ordinals(item.ordinal))
}

#[test]
fn forty_right_crops_are_one_key() {
    let mut window = at_check(waiting(57), &Look::default());
    assert!(there(&window, &cell(39, 40)));
    assert!(!there(&window, &cell(40, 41)));
    window.press(Key::Enter);
    let (_, right, wrong) = sent(&mut window).unwrap();
    assert_eq!(right, (1..=40).collect::<Vec<_>>());
    assert_eq!(wrong, Vec::<u32>::new());
}

#[test]
fn a_wrong_one_is_two_keys_more() {
    let mut window = at_check(waiting(57), &Look::default());
    window.type_text("07");
    assert!(there(&window, &wrong(7, 8)));
    window.press(Key::Enter);
    let (_, right, wrong) = sent(&mut window).unwrap();
    assert_eq!(right.len(), 39);
    assert_eq!(wrong, [8]);
}

#[test]
fn a_mark_is_taken_back_by_its_label_by_the_mouse_and_by_minus() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("0303");
    assert!(there(&window, &cell(3, 4)));
    window.harness.get_by_label(&cell(5, 6)).click();
    window.settle();
    assert!(there(&window, &wrong(5, 6)));
    window.harness.get_by_label(&wrong(5, 6)).click();
    window.settle();
    assert!(there(&window, &cell(5, 6)));
    window.type_text("0102-");
    assert!(there(&window, &cell(1, 2)) && there(&window, &cell(2, 3)));
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().2, Vec::<u32>::new());
}

#[test]
fn full_width_digits_mark_too_and_a_label_that_is_not_there_is_refused() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("０９");
    assert!(there(&window, &wrong(9, 10)));
    window.type_text("10");
    assert!(refused_key(&mut window));
    assert!(there(&window, "There is no 10 on this page."));
}

#[test]
fn half_a_label_confirms_nothing() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("0");
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    window.press(Key::Escape);
    window.press(Key::Enter);
    assert!(sent(&mut window).is_some());
}

#[test]
fn the_next_page_is_there_at_once_and_its_pictures_were_asked_for_before() {
    let mut window = open(waiting(57), &Look::default());
    window.sign_in("o1");
    window.press(Key::F3);
    window.look();
    let asked = window.orders().into_iter().filter_map(|order| match order {
        Order::Ask { query: Query::Crops(pictures), .. } => Some(pictures),
        _ => None,
    });
    let asked = asked.flatten().collect::<Vec<_>>();
    assert!(asked.contains(&picture(41)) && asked.contains(&picture(57)));
    window.press(Key::Enter);
    window.orders();
    // The station has not answered yet, and the view still holds all.
    assert!(there(&window, &cell(0, 41)) && there(&window, &cell(16, 57)));
    assert!(!there(&window, &cell(17, 1)));
    window.change(124, without(|ordinal| ordinal <= 40));
    assert!(there(&window, &cell(0, 41)));
    window.look();
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, (41..=57).collect::<Vec<_>>());
    assert!(there(&window, "Nothing to check"));
}

#[test]
fn a_refused_page_comes_back_with_its_marks() {
    let mut window = at_check(waiting(57), &Look::default());
    window.type_text("07");
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    assert!(there(&window, &cell(0, 41)));
    window
        .hear(News::Refused { ticket, why: Trouble::NotSaved(kenban::ui::fault::Fault::DiskFull) });
    assert!(there(&window, &wrong(7, 8)));
    assert!(window.harness.query_by_label_contains("The disk is full").is_some());
    assert!(refused_key(&mut window));
    window.look();
    window.press(Key::Enter);
    let (_, right, wrong) = sent(&mut window).unwrap();
    assert_eq!((right.len(), wrong), (39, vec![8]));
}

#[test]
fn a_sheet_that_was_settled_elsewhere_is_not_in_the_page_that_comes_back() {
    let mut window = at_check(waiting(3), &Look::default());
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    window.change(124, without(|ordinal| ordinal == 2));
    let sheet = SheetId { envelope: EnvelopeId(124), ordinal: 2 };
    let why = Trouble::Refused(Arc::new(Refusal::NotWaitingForThis(sheet)));
    window.hear(News::Refused { ticket, why });
    window.look();
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, [1, 3]);
}

#[test]
fn a_scan_confirms_nothing() {
    let mut window = at_check(waiting(57), &Look::default());
    window.scan("A6900602672");
    window.scan("0123456789");
    assert!(refused_key(&mut window));
    assert!(there(&window, &cell(1, 2)) && there(&window, &cell(23, 24)));
}

#[test]
fn a_held_enter_confirms_once_and_a_bouncing_one_too() {
    let mut window = at_check(waiting(90), &Look::default());
    window.press(Key::Enter);
    for _ in 0..40 {
        let (key, physical_key, modifiers) = (Key::Enter, None, egui::Modifiers::NONE);
        window.harness.event(egui::Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat: true,
            modifiers,
        });
        window.harness.step();
    }
    let (key, physical_key, modifiers) = (Key::Enter, None, egui::Modifiers::NONE);
    let (pressed, repeat) = (false, false);
    window.harness.event(egui::Event::Key { key, physical_key, pressed, repeat, modifiers });
    window.settle();
    assert_eq!(sent(&mut window).unwrap().1.len(), 40);
    window.press(Key::Enter);
    window.orders();
    // Nobody has looked at the third page yet.
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
}

/// Crops of some sheets never come, or come as missing.
fn at_check_with(coming: &'static [u32], missing: &'static [u32]) -> Window {
    let mut window = open(waiting(5), &Look::default());
    let pictures = |of: &[u32]| of.iter().map(|no| picture(*no)).collect::<Vec<_>>();
    let (coming, missing) = (pictures(coming), pictures(missing));
    window.shared.0.lock().unwrap().answers.push(Box::new(move |query| {
        let Query::Crops(asked) = query else { return None };
        let pixels = |picture| match missing.contains(picture) {
            true => Pixels { width: 0, height: 0, rgb: Vec::new().into() },
            false => printed("A6900602672"),
        };
        let come = asked.iter().filter(|picture| !coming.contains(picture));
        let come = come.map(|picture| (*picture, PictureSize::Crop, pixels(picture)));
        Some(Answer::Pixels(come.collect()))
    }));
    window.sign_in("o1");
    window.press(Key::F3);
    window.look();
    window.orders();
    window
}

#[test]
fn nothing_is_right_before_every_picture_is_here() {
    let mut window = at_check_with(&[4], &[]);
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    assert!(there(&window, "Wait until every picture is here."));
    let came = vec![(picture(4), PictureSize::Crop, printed("A6900602672"))];
    window.hear(News::Found { ticket: Ticket(0), answer: Answer::Pixels(came) });
    window.look();
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1.len(), 5);
}

#[test]
fn a_picture_that_comes_together_with_enter_was_not_seen() {
    let mut window = at_check_with(&[4], &[]);
    let came = vec![(picture(4), PictureSize::Crop, printed("A6900602672"))];
    let news = News::Found { ticket: Ticket(0), answer: Answer::Pixels(came) };
    window.shared.0.lock().unwrap().news.push_back(news);
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
}

#[test]
fn without_a_picture_a_number_can_only_be_wrong() {
    let mut window = at_check_with(&[], &[3]);
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    let said = window.harness.query_by_label_contains("02 has no picture");
    assert!(said.is_some());
    window.type_text("02");
    window.press(Key::Enter);
    let (_, right, wrong) = sent(&mut window).unwrap();
    assert_eq!((right, wrong), (vec![1, 2, 4, 5], vec![3]));
}

#[test]
fn nothing_slips_under_the_finger() {
    let mut window = at_check(waiting(3), &Look::default());
    // A sheet of another layout comes in; it would stand first.
    window.change(124, |envelope| {
        let mut first = envelope.check[0].clone();
        first.ordinal = 4;
        first.picture = Some(picture(4));
        first.layout = None;
        envelope.check.push(first);
    });
    assert!(there(&window, &cell(0, 1)));
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, [1, 2, 3]);
    // One of the page is taken back before Enter.
    let mut window = at_check(waiting(3), &Look::default());
    window.change(124, without(|ordinal| ordinal == 2));
    assert!(there(&window, "01 taken away") && there(&window, &cell(2, 3)));
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, [1, 3]);
}

#[test]
fn the_whole_sheet_of_the_cell_marked_last() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("07");
    window.type_text("+");
    assert!(there(&window, "Sheet 07"));
    // Enter belongs to the page, which nobody sees now.
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    // Another one, by its label; its own label marks it.
    window.type_text("0303");
    assert!(there(&window, "Sheet 03"));
    window.press(Key::Escape);
    assert!(there(&window, &wrong(3, 4)) && there(&window, &wrong(7, 8)));
    window.type_text("+");
    assert!(there(&window, "Sheet 03"));
    window.press(Key::ArrowRight);
    assert!(there(&window, "Sheet 04"));
    window.type_text("+");
    assert!(there(&window, &cell(4, 5)));
}

#[test]
fn plus_before_any_mark_asks_which() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("+");
    window.type_text("05");
    assert!(there(&window, "Sheet 05"));
    window.press(Key::Escape);
    assert!(there(&window, &cell(5, 6)));
}

#[test]
fn marks_are_one_persons() {
    let mut window = at_check(waiting(10), &Look::default());
    window.type_text("03");
    window.press(Key::F4);
    window.press(Key::F3);
    assert!(there(&window, &wrong(3, 4)));
    window.press(Key::F9);
    window.sign_in("o2");
    assert!(there(&window, &cell(3, 4)));
}

#[test]
fn the_envelope_on_the_desk_comes_first() {
    let older = with_checks(envelope(98, "A0321005", &SLIP), 1, 2);
    let desk = with_checks(envelope(124, "A0321004", &SLIP), 1, 2);
    let mut window = open(view(vec![older, desk]), &Look::default());
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F3);
    // Once above the stage, once on it.
    assert_eq!(window.harness.query_all_by_label("Envelope 01-00124").count(), 2);
    window.look();
    window.press(Key::Enter);
    assert!(there(&window, "Envelope 01-00098"));
}

#[test]
fn whoever_may_not_check_is_told_so() {
    let mut window = at_check_as(waiting(10), &Look::default(), "d1");
    assert!(there(&window, "Checking is for operators"));
    window.press(Key::Enter);
    window.type_text("07");
    assert!(window.acts().is_empty());
}

#[test]
fn an_empty_stage_says_what_comes_next() {
    let window = at_check(view(vec![envelope(124, "A0321004", &SLIP)]), &Look::default());
    assert!(window.harness.query_by_label_contains("Close it in Edit").is_some());
    let entry = with_entry(envelope(124, "A0321004", &SLIP), 5, &[]);
    let mut window = at_check(view(vec![entry]), &Look::default());
    assert!(there(&window, "1 sheet waits to be keyed. Press F4."));
    window.press(Key::F4);
    assert_eq!(window.harness.state().session().stage, Stage::Entry);
}

#[test]
fn right_numbers_that_may_not_count_are_told() {
    let mut window = at_check(waiting(3), &Look::default());
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    let place =
        Place::Settle { reasons: vec![Reason::Duplicate], others: Vec::new(), blocked: None };
    let right = vec![Moved { ordinal: 2, place }];
    let event = Event::SheetsChecked { envelope: EnvelopeId(124), right, wrong: Vec::new() };
    let recorded =
        Recorded { seq: 9, at: Stamp::default(), by: super::fixture::person("o1"), event };
    window.hear(News::Done { ticket, events: vec![recorded] });
    assert!(there(&window, "1 of these sheets goes to the supervisor (F8)."));
}

#[test]
fn shots_of_check() {
    for (name, language, look, size, scale, count) in [
        ("check-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100, 57),
        ("check-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100, 9_057),
        ("check-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200, 57),
        ("check-en-contrast", Language::En, Colours::Contrast, (1280.0, 720.0), 100, 7),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let look = Look { size, settings };
        let envelopes = vec![with_checks(envelope(124, "A0321999", &SLIP), 1, count)];
        let mut window = open(view(envelopes), &look);
        window.print_numbers();
        window.sign_in("o1");
        window.take_envelope(124);
        window.press(Key::F3);
        window.look();
        window.shot(name);
        window.type_text("02");
        window.shot(&format!("{name}-marked"));
        window.type_text("05");
        window.type_text("99");
        window.shot(&format!("{name}-refused"));
        window.type_text("+");
        window.look();
        window.shot(&format!("{name}-zoom"));
        window.press(Key::F9);
        window.sign_in("d1");
        window.look();
        window.shot(&format!("{name}-not-yours"));
    }
    let mut window = at_check(view(vec![envelope(124, "A0321004", &SLIP)]), &Look::japanese());
    window.shot("check-ja-nothing");
}
