//! 責任者: what waits by reason, one key for the usual, two people where the flow wants them.

mod alike;
mod differ;

use super::files::{self, Made, answer, made, number, person_second, settled, sheet_id, taken};
use super::fixture::{Look, Window, envelope, open, person, view, with_settle};
use alike::foreign;
use differ::differing;
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::Place;
use kenban::flow::input::Settlement;
use kenban::flow::view::EnvelopeView;
use kenban::flow::{Input, Recorded, Refusal, View};
use kenban::ui::port::{Answer, Explained, News, Order, Pixels, Query, ReadStep, Trouble};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::steps::{self, Note};
use kenban::voucher::{BarcodeFinding, Number, PrintedFinding, Reading, Reason, Symbology};
use std::sync::Arc;

/// Envelope 124 with two repeats, a held sheet and one whose keyings differ; 125 differs by one.
fn queue() -> View {
    let mut it = envelope(124, "A0321004", &[("1000", 70, 60), ("500", 38, 30)]);
    it = with_settle(it, 9, Reason::Duplicate);
    it = with_settle(it, 10, Reason::Duplicate);
    it = with_settle(it, 11, Reason::KeyingsDiffer);
    it = with_settle(it, 12, Reason::HeldByPerson);
    for item in &mut it.settle {
        item.number = Some(number(u64::from(item.ordinal)));
        if item.reasons.contains(&Reason::Duplicate) {
            item.others = vec![sheet_id(124, 2)];
        }
    }
    it.held = vec![3, 4];
    let differs: EnvelopeView = envelope(125, "A0321005", &[("1000", 20, 19)]);
    view(vec![it, differs])
}

/// What a barcode and a print said.
fn readings(barcode: &Number, print: &Number) -> Reading {
    let found = BarcodeFinding { symbology: Symbology::Code128, text: barcode.to_string() };
    let printed =
        PrintedFinding { free: print.to_string(), number: Some(print.clone()), confidence: 999 };
    Reading { barcode: Some(found), printed: Some(printed), ..Reading::default() }
}

/// At a window with these envelopes and the files of their sheets.
fn at(view: View, sheets: Vec<Made>, by: &str, look: &Look) -> Window {
    let mut window = open(view, look);
    answer(&mut window, sheets);
    window.shared.0.lock().unwrap().answers.push(Box::new(|query| match query {
        Query::Explain { .. } => Some(Answer::Explained(Ok(Box::new(cuts())))),
        _ => None,
    }));
    window.sign_in(by);
    window.press(Key::F8);
    window.orders();
    window
}

/// The places of barcode and number, as a station cuts them out.
fn cuts() -> Explained {
    let striped = |width: usize, height: usize, step: usize| {
        let dark = |at: usize| (at % width * step / 10).is_multiple_of(3);
        let grey = |at: usize| if dark(at) { 40 } else { 225 };
        let rgb = (0..width * height).flat_map(|at| [grey(at); 3]).collect::<Vec<u8>>();
        Pixels { width, height, rgb: rgb.into() }
    };
    let note = || Note::NoBarcode;
    let step = |step, pixels| ReadStep { step, note: note(), pixels, marks: Vec::new() };
    let steps = vec![
        step(steps::Step::Barcode, striped(640, 120, 4)),
        step(steps::Step::Line, striped(640, 72, 2)),
    ];
    Explained { reading: Reading::default(), steps }
}

fn at_supervisor(by: &str, look: &Look) -> Window {
    let place = |reason| Place::Settle {
        reasons: vec![reason],
        others: if reason == Reason::Duplicate { vec![sheet_id(124, 2)] } else { Vec::new() },
        blocked: None,
    };
    let waiting = |ordinal, reason| {
        let mut it = made(ordinal, place(reason));
        it.sheet.captures = files::look(ordinal);
        let read = number(u64::from(ordinal));
        it.sheet.captures[0].reading = readings(&read, &read);
        it.sheet.read = Some(read);
        it.story = vec![taken(ordinal, it.sheet.place.clone(), &[])];
        it
    };
    let mut other = made(2, files::accepted(2));
    other.sheet.captures = files::look(2);
    other.story = vec![taken(2, other.sheet.place.clone(), &[])];
    let mut held = waiting(12, Reason::HeldByPerson);
    held.story.push(settled(12, "o1", held.sheet.place.clone(), "I am not sure", None));
    let sheets = vec![
        waiting(9, Reason::Duplicate),
        waiting(10, Reason::Duplicate),
        waiting(11, Reason::KeyingsDiffer),
        held,
        other,
    ];
    at(queue(), sheets, by, look)
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

/// Acts with who stood beside them.
fn settles(orders: &[Order]) -> Vec<(u32, Settlement, String, Option<String>)> {
    let settle = |order: &Order| match order {
        Order::Act { input: Input::Settle { sheet, decision, reason, .. }, with, .. } => Some((
            sheet.ordinal,
            decision.clone(),
            reason.clone(),
            with.as_ref().map(ToString::to_string),
        )),
        _ => None,
    };
    orders.iter().filter_map(settle).collect()
}

#[test]
fn what_waits_stands_by_reason_with_its_count() {
    let window = at_supervisor("s1", &Look::default());
    for row in ["Repeated 2", "Keyings differ 1", "Held sheets (not paid) 2", "01-00125 −1"] {
        assert!(see(&window, row), "not there: {row}");
    }
    assert!(see(&window, "already counted as sheet 01-00124-002"));
    let own = window.harness.get_by_label("Picture of 01-00124-009").rect();
    let other = window.harness.get_by_label("Picture of 01-00124-002").rect();
    assert!(own.right() <= other.left(), "both pictures side by side");
}

#[test]
fn arrows_and_pages_move_among_what_waits() {
    let mut window = at_supervisor("s1", &Look::default());
    window.press(Key::ArrowDown);
    assert!(see(&window, "01-00124-010 · sheet 10"));
    window.press(Key::PageDown);
    assert!(see(&window, "01-00124-011 · sheet 11"));
    window.press(Key::PageUp);
    assert!(see(&window, "01-00124-009 · sheet 9"), "the first of its reason");
    window.press(Key::End);
    assert!(see(&window, "01-00124-012 · sheet 12"));
    assert!(see(&window, "o1さん: I am not sure"), "who handed it over, and why");
}

#[test]
fn the_same_paper_takes_its_reason_and_a_second_person() {
    let mut window = at_supervisor("s1", &Look::default());
    window.type_text("1");
    window.press(Key::Enter);
    assert!(settles(&window.orders()).is_empty(), "no reason stands ready");
    window.type_text("1");
    window.press(Key::Enter);
    let orders = window.orders();
    let reason = "The same paper was read twice".to_owned();
    let same = Settlement::Same(sheet_id(124, 2));
    assert_eq!(settles(&orders), [(9, same.clone(), reason.clone(), None)]);
    let why = Trouble::Refused(Arc::new(Refusal::SecondPersonMissing));
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why });
    person_second(&mut window, "s1", "o2");
    let orders = window.orders();
    assert_eq!(settles(&orders), [(9, same, reason, Some("o2".to_owned()))]);
    let place = Place::Same { sheet: sheet_id(124, 2) };
    let Recorded { event, .. } = settled(9, "s1", place, "x", Some("o2"));
    let mut after = queue();
    let own = after.envelopes.values_mut().next().unwrap();
    Arc::make_mut(own).settle.remove(0);
    window.show(after);
    let at = kenban::flow::Stamp::default();
    let events = vec![Recorded { seq: 9, at, by: person("s1"), event }];
    window.hear(News::Done { ticket: Window::last_ticket(&orders), events });
    assert!(see(&window, "01-00124-009 is settled."));
    assert!(see(&window, "01-00124-010 · sheet 10"), "the next one has come to its place");
}

#[test]
fn each_digit_has_its_decision_and_only_the_stops_own_reason_stands_ready() {
    let keys = [
        // The stop is that the number is paid already: that is true, and ready.
        ("3", "", Settlement::Reject { returned: false, defect: None }),
        ("4", "1", Settlement::Reject { returned: true, defect: None }),
        ("5", "1", Settlement::Hold { defect: None }),
        ("6", "1", Settlement::Rekey),
    ];
    for (digit, reason, decision) in keys {
        let mut window = at_supervisor("s1", &Look::default());
        window.type_text(digit);
        if !reason.is_empty() {
            window.press(Key::Enter);
            assert!(settles(&window.orders()).is_empty(), "{digit}: a reason stands ready");
            window.type_text(reason);
        }
        window.press(Key::Enter);
        let orders = window.orders();
        let settles = settles(&orders);
        assert_eq!(settles.len(), 1, "{digit}");
        assert_eq!((settles[0].0, &settles[0].1), (9, &decision), "{digit}");
        assert!(!settles[0].2.is_empty());
    }
    // A number, and the kind of a provisional one, are confirmed before the reason.
    for (digit, decision) in [("2", Settlement::Accept(number(9))), ("7", Settlement::Provisional)]
    {
        let mut window = at_supervisor("s1", &Look::default());
        window.type_text(digit);
        window.press(Key::Enter);
        window.press(Key::Enter);
        assert!(settles(&window.orders()).is_empty(), "{digit}: a reason stands ready");
        window.type_text("1");
        window.press(Key::Enter);
        let orders = window.orders();
        assert_eq!(settles(&orders)[0].1, decision, "{digit}");
    }
}

#[test]
fn the_same_picture_asks_for_one_paper_or_two() {
    let mut it = envelope(125, "A0321005", &[("1000", 70, 60)]);
    it = with_settle(it, 9, Reason::SamePicture);
    it.settle[0].others = vec![sheet_id(124, 2)];
    let mut own = made(9, Place::Entry);
    own.sheet.id = sheet_id(125, 9);
    own.sheet.reasons = vec![Reason::SamePicture];
    own.sheet.place =
        Place::Settle { reasons: Vec::new(), others: vec![sheet_id(124, 2)], blocked: None };
    own.sheet.captures = files::look(9);
    let mut other = made(2, files::accepted(2));
    other.sheet.captures = files::look(2);
    let mut window = at(view(vec![it]), vec![own, other], "s1", &Look::default());
    assert!(see(&window, "1 One, read again") && see(&window, "2 Two papers"));
    // The paper of another envelope is named by the stop itself; its reason is the stop's.
    window.type_text("1");
    window.press(Key::Enter);
    let reason = "The same paper was read twice".to_owned();
    let same = Settlement::Same(sheet_id(124, 2));
    assert_eq!(settles(&window.orders()), [(9, same, reason, None)]);
}

#[test]
fn a_sheet_of_another_envelope_can_be_named() {
    let mut window = differing(Reason::HeldByPerson, 9, &Look::default());
    window.type_text("1");
    window.type_text("1.37");
    assert!(see(&window, "01-00001-037"));
    window.press(Key::Enter);
    window.type_text("1");
    window.press(Key::Enter);
    let orders = window.orders();
    assert_eq!(settles(&orders)[0].1, Settlement::Same(sheet_id(1, 37)));
    // Refused, it is named as people write it.
    let why = Trouble::Refused(Arc::new(Refusal::UnknownSheet(sheet_id(1, 37))));
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why });
    assert!(see(&window, "There is no sheet 01-00001-037."));
}

#[test]
fn a_blocked_number_says_why_its_list_has_it() {
    let mut it = envelope(124, "A0321004", &[("1000", 70, 60)]);
    it = with_settle(it, 9, Reason::Blocked);
    it.settle[0].blocked = Some("盗難届".to_owned());
    let place = Place::Settle {
        reasons: vec![Reason::Blocked],
        others: Vec::new(),
        blocked: Some("盗難届".to_owned()),
    };
    let mut made = made(9, place.clone());
    made.sheet.captures = files::look(9);
    made.sheet.captures[0].reading = readings(&number(9), &number(9));
    made.story = vec![taken(9, place, &[])];
    let mut window = at(view(vec![it]), vec![made], "s1", &Look::default());
    assert!(see(&window, "The list of blocked numbers says: 盗難届"));
    window.type_text("3");
    assert!(see(&window, "1 Blocked number (盗難届)"));
    window.press(Key::Enter);
    let orders = window.orders();
    assert_eq!(settles(&orders)[0].2, "Blocked number (盗難届)", "the stop's own reason is ready");
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why: Trouble::Busy });
    window.press(Key::Escape);
    window.press(Key::Enter);
    assert!(see(&window, "Blocked number (盗難届)"), "in the story too");
}

#[test]
fn a_defect_of_the_profile_is_named_as_one() {
    let mut window = at_supervisor("s1", &Look::default());
    // Hold: two usual reasons, then the profile's 不備 that are held.
    window.type_text("55");
    window.press(Key::Enter);
    let decision = Settlement::Hold { defect: Some("no-stamp".to_owned()) };
    let orders = window.orders();
    assert_eq!(settles(&orders), [(9, decision, "店舗印なし".to_owned(), None)]);
}

#[test]
fn escape_takes_a_decision_back() {
    let mut window = at_supervisor("s1", &Look::default());
    window.type_text("3");
    window.press(Key::Escape);
    window.type_text("6");
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert!(settles(&window.orders()).is_empty());
    window.press(Key::ArrowDown);
    assert!(see(&window, "01-00124-010 · sheet 10"), "the arrows are the list's again");
}

#[test]
fn others_see_it_and_decide_nothing() {
    let mut window = at_supervisor("o1", &Look::default());
    assert!(see(&window, "A supervisor decides here."));
    window.type_text("1");
    window.press(Key::Enter);
    assert!(settles(&window.orders()).is_empty());
    assert!(!see(&window, "1 Same paper"), "the keys are not offered");
}

#[test]
fn enter_opens_the_whole_story() {
    let mut window = at_supervisor("s1", &Look::default());
    window.press(Key::Enter);
    assert_eq!(window.harness.state().session().stage, Stage::Edit);
    assert!(see(&window, "01-00124-009 · sheet 9"));
    assert!(see(&window, "Read from a scan"));
}

#[test]
fn a_differing_envelope_leads_to_its_tie_out() {
    let mut window = at_supervisor("s1", &Look::default());
    window.harness.get_by_label_contains("01-00125 −1").click();
    window.settle();
    assert_eq!(window.harness.state().session().stage, Stage::Edit);
    assert!(see(&window, "Slip 20, found 19, difference −1"));
}

#[test]
fn nothing_waits() {
    let mut window = open(view(Vec::new()), &Look::default());
    window.sign_in("s1");
    window.press(Key::F8);
    assert!(see(&window, "Nothing waits for a decision"));
    window.type_text("1");
    window.press(Key::Enter);
    assert!(settles(&window.orders()).is_empty());
}

#[test]
fn shots_of_the_supervisor() {
    for (name, language, look, size, scale) in [
        ("sup-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("sup-ja-dark-wide", Language::Ja, Colours::Dark, (1920.0, 1080.0), 100),
        ("sup-en", Language::En, Colours::Light, (1280.0, 720.0), 100),
        ("sup-en-200", Language::En, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let mut window = at_supervisor("s1", &Look { size, settings: settings.clone() });
        window.shot(name);
        window.type_text("3");
        window.shot(&format!("{name}-why"));
        window.press(Key::Escape);
        window.press(Key::End);
        window.shot(&format!("{name}-held"));
        window.type_text("2");
        window.shot(&format!("{name}-number"));
        let mut window =
            differing(Reason::ReadingsDiffer, 8, &Look { size, settings: settings.clone() });
        window.shot(&format!("{name}-differ"));
        window.type_text("2");
        window.shot(&format!("{name}-differ-which"));
        window.type_text("2");
        window.press(Key::Enter);
        window.shot(&format!("{name}-differ-why"));
        let mut window = at(foreign(25), Vec::new(), "s1", &Look { size, settings });
        window.type_text("8");
        window.shot(&format!("{name}-alike"));
        for _ in 0..12 {
            window.press(Key::PageDown);
        }
        window.type_text("4");
        window.press(Key::Enter);
        window.shot(&format!("{name}-alike-count"));
    }
}
