//! 読取 as an operator has it: what is laid down is seen and told, a stop holds the lane.

use super::fixture::{Look, Window, envelope, open, person, picture, view};
use crate::world;
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::{Accepted, Counted, How, Place};
use kenban::flow::outcome::{Outcome, Via};
use kenban::flow::{EnvelopeId, SheetId};
use kenban::flow::{Input, View};
use kenban::ui::port::{Lane, Light, News, Order};
use kenban::ui::settings::{CameraSource, Language, Look as Colours, Settings};
use kenban::voucher::{Number, Reason, Verdict, Yen};

const SLIP: [(&str, u64, u64); 2] = [("1000", 70, 64), ("500", 38, 32)];

fn one_envelope() -> View {
    view(vec![envelope(124, "A0321004", &SLIP)])
}

/// Signs in, takes the envelope by the station's own news and opens Read.
fn at_read(look: &Look) -> Window {
    let mut window = open(one_envelope(), look);
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F2);
    window
}

fn number(serial: u64) -> Number {
    let profile = world::profile();
    world::number(&profile, profile.layouts[0].id.as_str(), serial)
}

fn outcome(no: u64, ordinal: u32, place: Place, reasons: &[Reason]) -> News {
    let profile = world::profile();
    News::Outcome(Outcome {
        no,
        sheet: SheetId { envelope: EnvelopeId(124), ordinal },
        verdict: Verdict::Accept,
        reasons: reasons.to_vec(),
        place,
        number: Some(number(6_900_602 + u64::from(ordinal))),
        read: None,
        kind: profile.kinds.first().map(|kind| kind.id.clone()),
        position: ordinal,
        picture: Some(picture(ordinal)),
        by: person("o1"),
        source: Via::Camera,
    })
}

pub fn accepted(no: u64, ordinal: u32) -> News {
    let number = Counted::Number(number(6_900_602 + u64::from(ordinal)));
    let place = Place::Accepted(Accepted { number, how: How::Machine, yen: Yen(1000) });
    outcome(no, ordinal, place, &[])
}

pub fn duplicate(no: u64, ordinal: u32) -> News {
    let others = vec![SheetId { envelope: EnvelopeId(98), ordinal: 12 }];
    let place = Place::Settle { reasons: vec![Reason::Duplicate], others, blocked: None };
    outcome(no, ordinal, place, &[])
}

#[test]
fn a_good_sheet_takes_no_key() {
    let mut window = at_read(&Look::default());
    window.orders();
    window.hear(accepted(1, 97));
    assert!(window.harness.query_all_by_label("Accepted").count() > 0);
    let acts = |order: &Order| !matches!(order, Order::Ask { .. });
    assert!(!window.orders().iter().any(acts), "something was done for a good sheet");
}

#[test]
fn a_stop_says_what_to_do_and_enter_goes_on() {
    let mut window = at_read(&Look::default());
    window.lights(|lights| {
        lights.stop_open = Some(SheetId { envelope: EnvelopeId(124), ordinal: 97 });
    });
    window.hear(duplicate(1, 97));
    assert!(window.harness.query_by_label("Put the sheet in tray 2 (repeated).").is_some());
    let repeat = "This number is already counted: sheet 01-00098-012.";
    assert!(window.harness.query_by_label(repeat).is_some());
    window.orders();
    window.press(Key::Enter);
    assert!(matches!(window.orders().as_slice(), [Order::GoOn(sheet)] if sheet.ordinal == 97));
}

#[test]
fn reading_begins_with_the_stage_and_ends_with_it() {
    let mut window = at_read(&Look::default());
    let lane = Lane { envelope: EnvelopeId(124), by: person("o1"), kind: None };
    let has = |orders: &[Order], wanted: &Option<Lane>| {
        orders.iter().any(|order| matches!(order, Order::Lane(lane) if lane == wanted))
    };
    assert!(has(&window.orders(), &Some(lane)));
    window.press(Key::F3);
    assert!(has(&window.orders(), &None), "the lane stays open while Check is shown");
}

#[test]
fn a_scan_is_a_sheet_here_and_nothing_elsewhere() {
    let mut window = at_read(&Look::default());
    window.orders();
    window.scan("A6900602672");
    let orders = window.orders();
    assert!(
        matches!(orders.as_slice(), [Order::Code(code)] if code == "A6900602672"),
        "{orders:?}"
    );
    window.press(Key::F3);
    window.orders();
    window.scan("A6900602672");
    let orders = window.orders();
    assert!(
        !orders.iter().any(|it| matches!(it, Order::Code(_) | Order::Act { .. })),
        "{orders:?}"
    );
    assert!(window.harness.query_by_label("A scan came. It counts only on Read (F2).").is_some());
}

/// Tab led the focus to a button, Enter pressed it (it took the last sheet back), and no other key acted.
#[test]
fn no_tab_leads_to_a_button() {
    let mut window = at_read(&Look::default());
    for _ in 0..3 {
        window.scan_with("A6900602672", Key::Tab);
        assert_eq!(window.focused(), None, "behind a code");
    }
    for _ in 0..9 {
        window.press(Key::Tab);
        assert_eq!(window.focused(), None, "by hand");
    }
    window.orders();
    window.press(Key::Enter);
    let orders = window.orders();
    assert!(!orders.iter().any(|it| matches!(it, Order::Act { .. })), "{orders:?}");
    window.type_text("0");
    assert!(matches!(window.orders().as_slice(), [Order::CannotRead]));
}

#[test]
fn full_width_keys_act_too() {
    let mut window = at_read(&Look::default());
    window.orders();
    window.type_text("０");
    assert!(matches!(window.orders().as_slice(), [Order::CannotRead]));
    window.type_text("－");
    let orders = window.orders();
    let undone = |order: &Order| matches!(order, Order::Act { input: Input::Undo { sheet }, .. } if sheet.ordinal == 96);
    assert!(orders.iter().any(undone), "{orders:?}");
}

#[test]
fn the_pile_can_be_sorted() {
    let mut window = at_read(&Look::default());
    window.orders();
    window.press(Key::Tab);
    let kinds = |orders: Vec<Order>| {
        orders
            .into_iter()
            .filter_map(|order| match order {
                Order::Lane(lane) => lane.and_then(|lane| lane.kind),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let profile = world::profile();
    assert_eq!(kinds(window.orders()), [profile.kinds[0].id.clone()]);
}

#[test]
fn shots_of_read() {
    for (name, language, look, size, scale) in [
        ("read-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("read-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("read-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("read-en-contrast-200", Language::En, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let camera = CameraSource { on: true, by_rest: true, ..CameraSource::default() };
        let settings = Settings { language, look, size: scale, camera, ..Settings::default() };
        let mut window = at_read(&Look { size, settings });
        window.shot(&format!("{name}-ready"));
        window.lights(|lights| {
            lights.camera = Light::Ready;
            lights.sound = Light::Ready;
        });
        window.desk_picture();
        for ordinal in 80..=96 {
            window.hear(accepted(u64::from(ordinal), ordinal));
        }
        window.shot(name);
        window.lights(|lights| {
            lights.stop_open = Some(SheetId { envelope: EnvelopeId(124), ordinal: 97 });
        });
        window.hear(duplicate(97, 97));
        window.shot(&format!("{name}-stop"));
    }
}
