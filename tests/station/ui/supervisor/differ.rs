//! Readings that differ: both are seen, neither stands ready, and Escape is one step.

use super::super::files::{self, made, number, person_second, taken};
use super::super::fixture::{Look, Window, envelope, open, view, with_settle};
use super::{at, readings, see, settles};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::Refusal;
use kenban::flow::event::Place;
use kenban::flow::input::Settlement;
use kenban::ui::port::{News, Trouble};
use kenban::voucher::Reason;
use std::sync::Arc;

/// One sheet whose barcode says the ninth number and whose print the eighth.
pub fn differing(reason: Reason, print: u64, look: &Look) -> Window {
    let mut it = envelope(124, "A0321004", &[("1000", 70, 60), ("500", 38, 30)]);
    it = with_settle(it, 9, reason);
    it.settle[0].number = Some(number(9));
    let place = Place::Settle { reasons: vec![reason], others: Vec::new(), blocked: None };
    let mut made = made(9, place);
    made.sheet.captures = files::look(9);
    made.sheet.captures[0].reading = readings(&number(9), &number(print));
    made.sheet.read = Some(number(9));
    made.sheet.reasons = vec![reason];
    made.story = vec![taken(9, made.sheet.place.clone(), &[reason])];
    at(view(vec![it]), vec![made], "s1", look)
}

#[test]
fn both_readings_stand_under_each_other_with_their_places() {
    let window = differing(Reason::ReadingsDiffer, 8, &Look::default());
    let barcode = window.harness.get_by_label(&format!("Barcode (code128) {}", number(9))).rect();
    let print = window.harness.get_by_label(&format!("Print (99.9 %) {}", number(8))).rect();
    assert!(barcode.bottom() <= print.top() && barcode.left() == print.left());
    let place = |name| window.harness.get_by_label(name).rect();
    let [code, line] = ["Place of the barcode", "Place of the printed number"].map(place);
    assert!(barcode.bottom() <= code.top() && code.bottom() <= print.top());
    assert!(print.bottom() <= line.top() && code.height() > 40.0 && line.height() > 40.0);
    let whole = place("Picture of 01-00124-009");
    assert!(whole.left() > line.right() && whole.height() > 200.0, "{whole:?}");
}

#[test]
fn nothing_stands_ready_where_readings_differ() {
    let mut window = differing(Reason::ReadingsDiffer, 8, &Look::default());
    window.type_text("2");
    window.press(Key::Enter);
    assert!(see(&window, "Choose a number."));
    window.type_text("2");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(settles(&window.orders()).is_empty(), "no reason stands ready either");
    window.type_text("1");
    window.press(Key::Enter);
    let orders = window.orders();
    let reason = "Number checked on the paper".to_owned();
    assert_eq!(settles(&orders), [(9, Settlement::Accept(number(8)), reason, None)]);
    let why = Trouble::Refused(Arc::new(Refusal::SecondPersonMissing));
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why });
    person_second(&mut window, "s1", "o2");
    assert_eq!(settles(&window.orders())[0].3.as_deref(), Some("o2"));

    // Neither is right: the person keys another one.
    let mut window = differing(Reason::ReadingsDiffer, 8, &Look::default());
    window.type_text("20");
    window.press(Key::Enter);
    assert!(!see(&window, "Why?"), "boxes are empty");
    window.type_text(&number(7).to_string());
    window.press(Key::Enter);
    window.type_text("1");
    window.press(Key::Enter);
    assert_eq!(settles(&window.orders())[0].1, Settlement::Accept(number(7)));

    // Nor is a reason offered that is not true of it.
    let mut window = differing(Reason::ReadingsDiffer, 8, &Look::default());
    window.type_text("3");
    assert!(!see(&window, "The number is counted already") && see(&window, "1 Readings differ"));
    window.press(Key::Enter);
    assert!(settles(&window.orders()).is_empty());
}

/// As a hurried person does who wants out and then to hold: the digits never land in a number.
#[test]
fn two_escapes_and_a_hold_accept_nothing() {
    for reason in [Reason::ReadingsDiffer, Reason::HeldByPerson, Reason::OneReading] {
        let print = if reason == Reason::ReadingsDiffer { 8 } else { 9 };
        let mut window = differing(reason, print, &Look::default());
        window.type_text("2");
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.type_text("5");
        window.press(Key::Enter);
        window.press(Key::Enter);
        assert!(settles(&window.orders()).is_empty(), "{reason:?}");
        assert!(see(&window, "Why?"), "{reason:?}: the hold's reason is asked for");
        window.type_text("1");
        window.press(Key::Enter);
        let hold = Settlement::Hold { defect: None };
        assert_eq!(settles(&window.orders())[0].1, hold, "{reason:?}");
    }
}

#[test]
fn escape_goes_back_to_where_the_hand_came_from() {
    let mut window = differing(Reason::HeldByPerson, 9, &Look::default());
    for keys in ["1", "2", "3", "4", "5", "6", "7"] {
        window.type_text(keys);
        assert!(!see(&window, "Press a digit."), "{keys}");
        window.press(Key::Escape);
        assert!(see(&window, "Press a digit."), "{keys}: one step in, one step out");
    }
    window.type_text("20");
    window.press(Key::Enter);
    window.type_text(&number(7).to_string());
    window.press(Key::Enter);
    for question in ["Why?", "Key the number", "Is this the number?", "Press a digit."] {
        assert!(see(&window, question), "{question}");
        window.press(Key::Escape);
    }
    assert!(settles(&window.orders()).is_empty());
}

#[test]
fn what_a_file_does_not_say_yet_is_not_preset() {
    // The station has not answered with the sheet's file.
    let mut it = envelope(124, "A0321004", &[("1000", 70, 60)]);
    it = with_settle(it, 9, Reason::ReadingsDiffer);
    let mut window = open(view(vec![it]), &Look::default());
    window.shared.0.lock().unwrap().answers.push(Box::new(|_| None));
    window.sign_in("s1");
    window.press(Key::F8);
    window.type_text("2");
    for _ in 0..4 {
        window.press(Key::Enter);
    }
    assert!(settles(&window.orders()).is_empty());
}
