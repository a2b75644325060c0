//! The third person: blind as the others, until the own answer is on the disk.

use super::super::fixture::{Window, person};
use super::{accepted, at_entry, boxes, everything, keyed, number, sent, there, waiting};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::{Keyed, Place};
use kenban::flow::state::{Keying, Sheet};
use kenban::ui::port::{Answer, News, Order, Query, SheetFile, Trouble};
use kenban::voucher::{Reason, Verdict};

/// What the station answers to the question for a sheet's story.
pub fn story(window: &mut Window, answers: Vec<(&'static str, Keyed)>) {
    window.shared.0.lock().unwrap().answers.push(Box::new(move |query| {
        let Query::Sheet(id) = query else { return None };
        let keyings = answers.iter().map(|(by, answer)| Keying {
            by: person(by),
            answer: answer.clone(),
            kind: None,
        });
        let sheet = Sheet {
            id: *id,
            kind: None,
            layout: None,
            captures: Vec::new(),
            read: None,
            verdict: Verdict::Unreadable,
            reasons: Vec::new(),
            revision: 1,
            place: Place::Entry,
            keyings: keyings.collect(),
            touched: true,
            agreed: None,
            over: Vec::new(),
            repeats: None,
            stopped: Vec::new(),
        };
        let file = SheetFile {
            sheet,
            shop: "A0321004".to_owned(),
            shop_name: String::new(),
            position: 5,
            delivered: None,
            story: Vec::new(),
        };
        Some(Answer::Sheet(Some(Box::new(file))))
    }));
}

#[test]
fn the_third_sees_both_only_after_keying() {
    let mut window = at_entry(waiting(&[(5, &["o1", "o2"]), (6, &[])]), "v1");
    let (one, two) = (number(690_060_267), number(690_060_261));
    let three = vec![
        ("o1", Keyed::Number(one.clone())),
        ("o2", Keyed::Number(two.clone())),
        ("v1", Keyed::Number(one.clone())),
    ];
    story(&mut window, three);
    assert!(there(&window, "3rd person"));
    assert!(!everything(&window).contains("690060267"));
    let asked = |orders: &[Order]| {
        orders.iter().any(|it| matches!(it, Order::Ask { query: Query::Sheet(_), .. }))
    };
    window.type_text(&one.as_str()[1..]);
    let orders = window.orders();
    assert!(!asked(&orders), "nothing is asked for before one's own answer");
    window.press(Key::Enter);
    let orders = window.orders();
    assert!(!asked(&orders), "nor before it is on the disk");
    assert!(there(&window, "Your answer is being saved"));
    let ticket = Window::last_act(&orders);
    let done = keyed(5, "v1", Keyed::Number(one.clone()), accepted(&one));
    window.change(124, |envelope| envelope.entry.retain(|item| item.ordinal != 5));
    window.hear(News::Done { ticket, events: done });
    assert!(there(&window, "Two of three agree"));
    assert!(there(&window, "you") && there(&window, "o1さん") && there(&window, "o2さん"));
    assert_eq!(window.harness.query_all_by_label(one.as_str()).count(), 2);
    assert!(there(&window, two.as_str()));
    // As long as the person wants.
    window.look();
    assert!(there(&window, "Two of three agree"));
    window.press(Key::Enter);
    assert!(there(&window, "Envelope 01-00124 · sheet 6"));
    assert!(!everything(&window).contains("690060267"));
}

#[test]
fn a_third_answer_that_differs_goes_to_the_supervisor() {
    let mut window = at_entry(waiting(&[(5, &["o1", "o2"])]), "v1");
    let all = [690_060_267, 690_060_261, 690_060_297].map(number);
    let three = ["o1", "o2", "v1"].into_iter().zip(all.iter().cloned().map(Keyed::Number));
    story(&mut window, three.collect());
    window.type_text(&all[2].as_str()[1..]);
    window.press(Key::Enter);
    let orders = window.orders();
    let place =
        Place::Settle { reasons: vec![Reason::KeyingsDiffer], others: Vec::new(), blocked: None };
    let done = keyed(5, "v1", Keyed::Number(all[2].clone()), place);
    window.hear(News::Done { ticket: Window::last_act(&orders), events: done });
    assert!(there(&window, "The three answers differ"));
    assert!(there(&window, "Put the sheet in tray 3 (supervisor)."));
}

#[test]
fn a_third_answer_that_was_refused_comes_back() {
    let mut window = at_entry(waiting(&[(5, &["o1", "o2"])]), "v1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let ticket = Window::last_act(&window.orders());
    window.hear(News::Refused { ticket, why: Trouble::Busy });
    assert_eq!(boxes(&window), number(690_060_267).as_str());
    window.press(Key::Enter);
    assert!(sent(&mut window).is_some());
}
