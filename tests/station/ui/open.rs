//! Opening envelopes, by keys.

use super::fixture::{
    Look, TODAY, Window, envelope, open, person, shops, view, with_checks, with_entry, with_settle,
};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiff::civil::{Date, date};
use kenban::flow::event::Event as Fact;
use kenban::flow::{EnvelopeId, Input, Recorded, Refusal, View, ids::Stamp};
use kenban::ui::port::{Answer, Heard, News, Order, Query, Ticket, TrainingEnvelope, Trouble};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::{KindId, Reason};
use std::sync::Arc;

fn window(view: View) -> Window {
    let mut window = open(view, &Look::default());
    window.sign_in("o1");
    window.orders();
    window
}

/// The envelopes that were ordered: shop, counts in the profile's order, dates.
fn opened(orders: &[Order]) -> Vec<(String, Vec<u32>, Date, Date)> {
    let input = |order: &Order| match order {
        Order::Act { input: Input::OpenEnvelope { shop, slip, arrived, business_day }, .. } => {
            let count = |kind: &str| slip[&KindId::new(kind)];
            Some((shop.clone(), vec![count("1000"), count("500")], *arrived, *business_day))
        }
        _ => None,
    };
    orders.iter().filter_map(input).collect()
}

fn sees(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

/// What stands in a field.
fn typed(window: &Window, field: &str) -> String {
    let node = window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, field);
    node.value().unwrap_or_default()
}

fn done(window: &mut Window, ticket: Ticket, id: u64, shop: &str) {
    let event = Fact::EnvelopeOpened {
        envelope: EnvelopeId(id),
        shop: shop.to_owned(),
        slip: [(KindId::new("1000"), 64)].into(),
        arrived: TODAY,
        business_day: TODAY,
        bundle: 100,
    };
    let recorded =
        Recorded { seq: 9, at: Stamp { ms: 0, offset_min: 540 }, by: person("o1"), event };
    window.hear(News::Done { ticket, events: vec![recorded] });
}

#[test]
fn the_usual_envelope_takes_few_keys() {
    let mut window = window(view(Vec::new()));
    let mut keys = 0;
    // Typing starts at once; the name is not counted.
    window.type_text("しなの");
    for key in ["⏎", "6", "4", "⏎", "3", "8", "⏎", "⏎"] {
        keys += 1;
        if key == "⏎" {
            window.press(Key::Enter);
        } else {
            window.type_text(key);
        }
    }
    assert!(keys <= 12, "{keys}");
    let orders = window.orders();
    assert_eq!(opened(&orders), [("A0321004".to_owned(), vec![64, 38], TODAY, TODAY)]);
    // It is open: reading begins, with this envelope on the desk.
    done(&mut window, Window::last_ticket(&orders), 125, "A0321004");
    let session = window.harness.state().session();
    assert_eq!((session.stage, session.envelope), (Stage::Read, Some(EnvelopeId(125))));
    // The next one begins with an empty form.
    window.press(Key::F1);
    assert_eq!(typed(&window, "Shop"), "");
}

#[test]
fn an_empty_count_is_none_and_full_width_digits_are_digits() {
    let mut window = window(view(Vec::new()));
    window.type_text("まつ");
    window.press(Key::Enter);
    window.type_text("６４");
    for _ in 0..3 {
        window.press(Key::Enter);
    }
    let orders = window.orders();
    assert_eq!(opened(&orders), [("A0321005".to_owned(), vec![64, 0], TODAY, TODAY)]);
}

#[test]
fn shops_by_kana_and_by_full_width_code() {
    for (typed, name) in [("ソバドコロ", "しなの"), ("Ａ０３２１００５", "食堂まつ")]
    {
        let mut window = window(view(Vec::new()));
        window.type_text(typed);
        assert!(sees(&window, name));
        window.press(Key::Enter);
        assert!(sees(&window, &format!("Shop {}", shops_named(name))));
    }
}

fn shops_named(part: &str) -> String {
    shops().into_iter().find(|shop| shop.name.contains(part)).unwrap().name
}

#[test]
fn arrows_choose_among_several() {
    let mut window = window(view(Vec::new()));
    window.type_text("A0321");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    for _ in 0..4 {
        window.press(Key::Enter);
    }
    assert_eq!(opened(&window.orders())[0].0, "A0321005");
}

#[test]
fn a_stale_answer_chooses_nothing_and_enter_waits_for_the_right_one() {
    let mut window = window(view(Vec::new()));
    let stale = |query: &Query| match query {
        Query::Shops(_) => Some(Answer::Shops { text: "A".to_owned(), shops: shops() }),
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(stale));
    window.type_text("ま");
    window.press(Key::Enter);
    assert!(!sees(&window, "しなの") && !sees(&window, "食堂まつ"));
    let ticket = Window::last_ticket(&window.orders());
    let answer = Answer::Shops { text: "ま".to_owned(), shops: vec![shops()[1].clone()] };
    window.hear(News::Found { ticket, answer });
    assert!(sees(&window, "Shop 食堂まつ A0321005"));
}

#[test]
fn a_shop_that_is_not_there_is_said_at_the_field() {
    let mut window = window(view(Vec::new()));
    window.type_text("zzz");
    assert!(sees(&window, "No shop is found"));
    window.press(Key::Enter);
    assert!(sees(&window, "No shop is found"));
    assert!(window.orders().iter().any(|it| matches!(it, Order::Try(Heard::Refused))));
    // And typing goes on in the same field.
    for _ in 0..3 {
        window.press(Key::Backspace);
    }
    window.type_text("しなの");
    assert!(sees(&window, "そば処 しなの"));
}

#[test]
fn a_scan_names_the_shop() {
    let mut window = window(view(Vec::new()));
    window.type_text("A03");
    window.scan("A0321005");
    assert!(sees(&window, "Shop 食堂まつ A0321005"));
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    // Another slip is scanned: the counts of the first don't stay.
    window.scan("A0321004");
    assert!(sees(&window, "Shop そば処 しなの A0321004"));
    for _ in 0..3 {
        window.press(Key::Enter);
    }
    assert_eq!(opened(&window.orders()), [("A0321004".to_owned(), vec![0, 0], TODAY, TODAY)]);
}

#[test]
fn a_scan_of_something_else_names_no_shop() {
    let mut window = window(view(Vec::new()));
    window.scan("A6900602672");
    assert!(sees(&window, "No shop has the code A6900602672"));
    assert!(window.orders().iter().any(|it| matches!(it, Order::Try(Heard::Refused))));
}

/// The toolkit marks a press without a release before it as held.
fn hold(window: &mut Window, key: Key, frames: usize) {
    for _ in 0..frames {
        let (physical_key, modifiers) = (None, Modifiers::NONE);
        let (pressed, repeat) = (true, false);
        window.harness.event(Event::Key { key, physical_key, pressed, repeat, modifiers });
        window.settle();
    }
}

#[test]
fn a_held_enter_goes_one_step_and_opens_nothing() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    hold(&mut window, Key::Enter, 8);
    assert_eq!(opened(&window.orders()), []);
    // One step: the first count has the focus.
    window.type_text("7");
    assert_eq!(typed(&window, "食事券 1,000円, sheets"), "7");
}

#[test]
fn nothing_opens_twice() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    for _ in 0..3 {
        window.press(Key::Enter);
    }
    hold(&mut window, Key::Enter, 5);
    window.press(Key::Enter);
    window.press(Key::Enter);
    let orders = window.orders();
    assert_eq!(opened(&orders).len(), 1);
    // A refusal gives the hand back.
    let why = Trouble::Refused(Arc::new(Refusal::NoSpace { free: 12, floor: 512 }));
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why });
    assert!(sees(&window, "The disk is nearly full: 12 MiB free, 512 MiB needed."));
    window.press(Key::Enter);
    assert_eq!(opened(&window.orders()).len(), 1);
}

#[test]
fn a_refusal_stands_where_the_mistake_is() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    window.press(Key::Enter);
    window.type_text("99999");
    window.press(Key::Enter);
    window.type_text("12");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let ticket = Window::last_ticket(&window.orders());
    let why = Trouble::Refused(Arc::new(Refusal::SlipTooLarge(100_011)));
    window.hear(News::Refused { ticket, why });
    assert!(sees(&window, "The slip counts 100,011 sheets."));
    // The hand is in the largest count, and what is typed replaces it.
    window.type_text("64");
    assert_eq!(typed(&window, "食事券 1,000円, sheets"), "64");
    assert!(!sees(&window, "The slip counts"));
}

#[test]
fn dates_are_typed_as_four_digits() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    for _ in 0..3 {
        window.press(Key::Enter);
    }
    window.press(Key::ArrowUp);
    window.press(Key::ArrowUp);
    window.type_text("1340");
    window.press(Key::Enter);
    assert!(sees(&window, "Type month and day"));
    for _ in 0..4 {
        window.press(Key::Backspace);
    }
    window.type_text("1120");
    assert!(sees(&window, "2026/11/20 Fri · 4 days ago"));
    window.press(Key::Enter);
    window.type_text("1125");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let (arrived, business_day) = (date(2026, 11, 20), date(2026, 11, 25));
    let wanted = ("A0321004".to_owned(), vec![0, 0], arrived, business_day);
    assert_eq!(opened(&window.orders()), [wanted]);
}

#[test]
fn escape_clears_and_function_keys_work_while_typing() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    window.press(Key::Enter);
    window.type_text("64");
    window.press(Key::Escape);
    assert_eq!(typed(&window, "Shop"), "");
    window.type_text("まつ");
    assert_eq!(typed(&window, "Shop"), "まつ");
    window.press(Key::F3);
    assert_eq!(window.harness.state().session().stage, Stage::Check);
    // The same person comes back to what was typed.
    window.press(Key::F1);
    assert_eq!(typed(&window, "Shop"), "まつ");
}

#[test]
fn the_next_person_begins_anew() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    window.press(Key::Enter);
    window.type_text("64");
    window.press(Key::F9);
    window.sign_in("o2");
    assert_eq!(typed(&window, "Shop"), "");
    assert!(sees(&window, "0 sheets in all"));
}

#[test]
fn an_open_envelope_is_gone_on_with() {
    let slip = [("1000", 70, 64), ("500", 38, 32)];
    let envelopes = vec![
        envelope(124, "A0321004", &slip),
        envelope(125, "A0321005", &slip),
        EnvelopeView { open: false, ..envelope(126, "A0321005", &slip) },
    ];
    let mut window = window(view(envelopes));
    // A stray Enter goes nowhere.
    window.press(Key::Enter);
    assert_eq!(window.harness.state().session().stage, Stage::Open);
    // Newest first, and only open ones.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let session = window.harness.state().session();
    assert_eq!((session.stage, session.envelope), (Stage::Read, Some(EnvelopeId(124))));
    // Back on the form: the arrows of a begun form are not the list's.
    window.press(Key::F1);
    window.type_text("A0321");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(sees(&window, "Shop 食堂まつ"));
}

use kenban::flow::view::EnvelopeView;

#[test]
fn hundreds_are_open_and_only_the_seen_ones_are_drawn() {
    let envelopes = (1..=400).map(|id| envelope(id, &format!("S{id}"), &[("1000", 70, 64)]));
    let mut window = window(view(envelopes.collect()));
    let rows = |window: &Window| window.harness.query_all_by_label_contains("taken 64").count();
    assert!(sees(&window, "01-00400"));
    let drawn = rows(&window);
    assert!(drawn < 40, "{drawn}");
    for _ in 0..60 {
        window.harness.key_press_modifiers(Modifiers::NONE, Key::ArrowDown);
        window.harness.step();
        window.harness.step();
    }
    window.settle();
    assert!(sees(&window, "01-00341") && !sees(&window, "01-00400"));
    window.press(Key::Enter);
    assert_eq!(window.harness.state().session().envelope, Some(EnvelopeId(341)));
}

#[test]
fn bundles_and_sum_follow_the_counts() {
    let mut window = window(view(Vec::new()));
    window.type_text("しなの");
    window.press(Key::Enter);
    window.type_text("164");
    window.press(Key::Enter);
    window.type_text("38");
    assert!(sees(&window, "202 sheets in all"));
    assert!(sees(&window, "¥183,000"));
    assert!(sees(&window, "makes 2 bundles and 2 sheets (bundles of 100)"));
}

#[test]
fn in_training_the_slip_on_the_table_can_be_copied() {
    let mut window = open(view(Vec::new()), &Look::default());
    let table = |query: &Query| match query {
        Query::TrainingEnvelope => Some(Answer::TrainingEnvelope(Some(TrainingEnvelope {
            shop: "A0321004".to_owned(),
            shop_name: "そば処 しなの".to_owned(),
            slip: [(KindId::new("1000"), 9), (KindId::new("500"), 6)].into(),
            arrived: date(2026, 11, 20),
            sheets: 15,
        }))),
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(table));
    window.sign_in("o1");
    assert!(sees(&window, "the slip of the next envelope"));
    window.press(Key::F11);
    window.press(Key::Enter);
    let wanted = ("A0321004".to_owned(), vec![9, 6], date(2026, 11, 20), TODAY);
    assert_eq!(opened(&window.orders()), [wanted]);
}

#[test]
fn shots_of_open() {
    for (name, language, look, size, scale) in [
        ("open-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("open-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("open-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("open-en-200", Language::En, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let slip = [("1000", 70, 64), ("500", 38, 32)];
        let envelopes = vec![
            envelope(121, "A0321005", &[("1000", 70, 0), ("500", 38, 0)]),
            with_settle(
                with_entry(envelope(122, "A0321999", &slip), 97, &[]),
                98,
                Reason::Duplicate,
            ),
            with_checks(envelope(123, "A0321004", &slip), 97, 12),
            envelope(124, "A0321999", &[("1000", 99_999, 99_999)]),
        ];
        let mut window = open(view(envelopes), &Look { size, settings });
        window.sign_in("o1");
        window.shot(&format!("{name}-1"));
        window.press(Key::ArrowDown);
        window.shot(&format!("{name}-2-resume"));
        window.type_text("A0321");
        window.shot(&format!("{name}-3-hits"));
        window.press(Key::ArrowDown);
        window.press(Key::ArrowDown);
        window.press(Key::Enter);
        window.type_text("64");
        window.press(Key::Enter);
        window.shot(&format!("{name}-4-counts"));
        window.type_text("38");
        window.press(Key::Enter);
        window.shot(&format!("{name}-5-ready"));
        window.press(Key::Enter);
        let ticket = Window::last_ticket(&window.orders());
        let why = Trouble::Refused(Arc::new(Refusal::NoSpace { free: 12, floor: 512 }));
        window.hear(News::Refused { ticket, why });
        window.shot(&format!("{name}-6-refused"));
    }
}
