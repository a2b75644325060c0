//! Who sits here: the PIN field, the seat left by mistake, first PINs, and the key line meanwhile.

use super::fixture::{Look, Window, envelope, open, person, view};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::View;
use kenban::ui::port::{News, Order};
use kenban::ui::session::Stage;

/// A campaign that pays, in which these have a PIN.
fn live(with_pin: &[&str]) -> View {
    let mut view = view(vec![envelope(124, "A0321004", &[("1000", 70, 64)])]);
    view.training = false;
    view.pins = with_pin.iter().map(|id| person(id)).collect();
    view
}

/// Presses the number under which the list has this person.
fn choose(window: &mut Window, id: &str) {
    let people = window.shared.0.lock().unwrap().view.people.clone();
    let number = people.iter().position(|it| it.id == person(id)).unwrap() + 1;
    window.type_text(&number.to_string());
}

fn signed_in(orders: &[Order]) -> Vec<(String, String)> {
    let sign_in = |order: &Order| match order {
        Order::SignIn { person, pin } => Some((person.to_string(), pin.clone())),
        _ => None,
    };
    orders.iter().filter_map(sign_in).collect()
}

fn seconds(window: &mut Window, seconds: f64) {
    for _ in 0..(seconds * 60.0) as usize {
        window.harness.step();
    }
}

fn me(window: &Window) -> Option<String> {
    window.harness.state().session().my_id().map(|id| id.to_string())
}

fn sees(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn no_key_takes_the_pin_field_out_of_the_hand_and_half_a_pin_is_no_try() {
    let mut window = open(live(&["s1", "o1"]), &Look::default());
    choose(&mut window, "o1");
    for key in [Key::ArrowDown, Key::Tab, Key::ArrowUp, Key::ArrowRight] {
        window.press(key);
    }
    window.press(Key::Enter);
    window.type_text("04");
    window.press(Key::Enter);
    assert!(signed_in(&window.orders()).is_empty(), "what can't be a PIN was tried");
    assert!(sees(&window, "4 to 8"));
    window.press(Key::ArrowDown);
    window.type_text("27");
    window.press(Key::Enter);
    assert_eq!(signed_in(&window.orders()), [("o1".to_owned(), "0427".to_owned())]);
}

#[test]
fn who_left_the_seat_by_mistake_is_back_by_escape() {
    let mut window = open(live(&["s1", "o1"]), &Look::default());
    choose(&mut window, "o1");
    window.type_text("0427");
    window.press(Key::Enter);
    window.press(Key::F5);
    window.orders();
    window.press(Key::F9);
    assert_eq!(me(&window), None);
    assert!(sees(&window, "Esc Back"), "nobody says how to come back");
    window.press(Key::Escape);
    assert_eq!(me(&window).as_deref(), Some("o1"));
    assert_eq!(window.harness.state().session().stage, Stage::Edit);
    let left = |order: &Order| matches!(order, Order::SignOut | Order::SignIn { .. });
    assert!(!window.orders().iter().any(left), "who came back was signed out");
}

#[test]
fn later_or_after_another_key_the_seat_is_free() {
    let mut window = open(live(&["s1", "o1"]), &Look::default());
    let sit = |window: &mut Window| {
        choose(window, "o1");
        window.type_text("0427");
        window.press(Key::Enter);
        assert_eq!(me(window).as_deref(), Some("o1"));
        window.orders();
        window.press(Key::F9);
    };
    sit(&mut window);
    seconds(&mut window, 3.5);
    let out = |orders: &[Order]| orders.iter().filter(|it| matches!(it, Order::SignOut)).count();
    assert_eq!(out(&window.orders()), 1, "nobody was signed out");
    window.press(Key::Escape);
    assert_eq!(me(&window), None);
    assert!(!sees(&window, "Esc Back"));

    sit(&mut window);
    choose(&mut window, "s1");
    assert_eq!(out(&window.orders()), 1);
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(me(&window), None, "the next person's Esc brought the last one back");
}

#[test]
fn the_key_line_tells_the_keys_of_what_covers_the_stage() {
    let mut window = open(live(&["s1", "o1"]), &Look::default());
    let keys = |window: &Window, there: &[&str], gone: &[&str]| {
        for key in there {
            assert!(sees(window, key), "{key} is not there");
        }
        for key in gone {
            assert!(window.harness.query_by_label(key).is_none(), "{key} is there");
        }
    };
    keys(&window, &["1–9 By number"], &["? Keys", "↑ ↓ Line", "Enter Next field"]);
    choose(&mut window, "o1");
    keys(&window, &["Enter Go on", "Esc Back"], &["1–9 By number", "Enter Next field"]);
    window.type_text("0427");
    window.press(Key::Enter);
    keys(&window, &["? Keys"], &["1–9 By number", "Enter Go on"]);
    window.press(Key::F5);
    window.type_text("?");
    keys(&window, &["Esc Back"], &["? Keys"]);
    // The key line is buttons too.
    window.harness.get_by_label("Esc Back").click();
    window.settle();
    keys(&window, &["? Keys"], &[]);
}

#[test]
fn the_first_pin_of_a_campaign_is_a_supervisors() {
    let mut window = open(live(&[]), &Look::default());
    assert!(sees(&window, "no PIN yet"));
    choose(&mut window, "o1");
    assert!(sees(&window, "A supervisor chooses the first PIN"));
    window.type_text("0427");
    window.press(Key::Enter);
    assert!(window.orders().is_empty(), "an operator came in first");
    window.press(Key::Escape);
    choose(&mut window, "s1");
    for _ in 0..2 {
        window.type_text("0427");
        window.press(Key::Enter);
    }
    let orders = window.orders();
    let alone = |order: &Order| matches!(order, Order::ChoosePin { person, beside: None, .. } if person.as_str() == "s1");
    assert!(orders.iter().any(alone), "{orders:?}");
}

#[test]
fn a_first_pin_is_chosen_beside_a_supervisor_who_proves_who_they_are() {
    let mut window = open(live(&["s2", "v1"]), &Look::default());
    choose(&mut window, "o1");
    for _ in 0..2 {
        window.type_text("0427");
        window.press(Key::Enter);
    }
    assert!(window.orders().is_empty(), "nobody stood beside");
    assert!(sees(&window, "A supervisor, please"));
    // Only who has a PIN and may: the one supervisor.
    assert!(sees(&window, "1 s2さん"));
    assert!(
        !sees(&window, "v1さん") && !sees(&window, "s1さん"),
        "somebody else could stand beside"
    );
    window.type_text("1");
    window.type_text("9999");
    window.press(Key::Enter);
    let beside = |orders: &[Order]| {
        orders.iter().find_map(|order| match order {
            Order::ChoosePin { person, pin, beside: Some((who, theirs)) } => {
                Some([person.as_str(), pin, who.as_str(), theirs].map(str::to_owned))
            }
            _ => None,
        })
    };
    let wanted = ["o1", "0427", "s2", "9999"].map(str::to_owned);
    assert_eq!(beside(&window.orders()), Some(wanted));
}

#[test]
fn a_supervisors_wrong_pin_loses_nothing_that_was_typed() {
    let mut window = open(live(&["s2"]), &Look::default());
    // The made-up station lets everybody in at once; this one has its own answer.
    choose(&mut window, "o1");
    for _ in 0..2 {
        window.type_text("0427");
        window.press(Key::Enter);
    }
    window.type_text("1");
    window.hear(News::PinWrong { person: person("s2"), wait_s: 0 });
    assert!(sees(&window, "A supervisor, please"));
    window.type_text("1234");
    window.press(Key::Enter);
    assert!(window.orders().iter().any(|it| matches!(it, Order::ChoosePin { .. })));
}
