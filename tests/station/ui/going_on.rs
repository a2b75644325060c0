//! After any end of the program the window opens where the work was.

use super::files::{accepted, envelope_of, made};
use super::fixture::{Look, Window, envelope, open_again, person, view, with_aside};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::view::EnvelopeView;
use kenban::flow::{EnvelopeId, NoSheet};
use kenban::ui::port::{Answer, Lane, Order, Query};
use kenban::ui::resume::Desk;
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Settings};

const SLIP: [(&str, u64, u64); 1] = [("1000", 70, 45)];

fn desk(stage: Stage) -> Desk {
    Desk { stage, envelope: Some(124), ..Desk::default() }
}

fn started(envelopes: Vec<EnvelopeView>, desk: Desk, look: &Look) -> Window {
    let mut window = open_again(view(envelopes), look, desk);
    let answer = |query: &Query| match query {
        Query::Envelope(_) => {
            let sheets = (1..=45).map(|it| made(it, accepted(it.into())).sheet).collect();
            Some(Answer::Envelope(Some(Box::new(envelope_of(124, sheets)))))
        }
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
    window.sign_in("o1");
    window
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

fn lanes(orders: &[Order]) -> Vec<Option<Lane>> {
    let lane = |order: &Order| match order {
        Order::Lane(lane) => Some(lane.clone()),
        _ => None,
    };
    orders.iter().filter_map(lane).collect()
}

#[test]
fn it_goes_on_where_it_was_and_takes_nothing_before_somebody_says_so() {
    let envelopes = vec![envelope(124, "A0321004", &SLIP)];
    let mut window = started(envelopes, desk(Stage::Read), &Look::japanese());
    assert_eq!(window.harness.state().session().stage, Stage::Read);
    assert!(see(&window, "01-00124 を続ける（46枚目から）"));
    assert!(see(&window, "最後に数えた紙は45枚目です"));
    // The last sheets stand in the strip again.
    assert!(see(&window, "45 受付") && see(&window, "44 受付"));
    assert!(lanes(&window.orders()).iter().all(Option::is_none));
    window.scan("A0781171531");
    assert!(!window.orders().iter().any(|it| matches!(it, Order::Code(_))));
    window.press(Key::Enter);
    let lane = Lane { envelope: EnvelopeId(124), by: person("o1"), kind: None };
    assert_eq!(lanes(&window.orders()), [Some(lane)]);
    assert!(!see(&window, "を続ける（"));
    window.scan("A0781171531");
    assert!(window.orders().iter().any(|it| matches!(it, Order::Code(_))));
}

#[test]
fn another_stage_opens_as_it_was() {
    let envelopes = vec![envelope(124, "A0321004", &SLIP)];
    let window = started(envelopes, desk(Stage::Edit), &Look::default());
    let session = window.harness.state();
    assert_eq!(session.session().stage, Stage::Edit);
    assert_eq!(session.session().envelope, Some(EnvelopeId(124)));
}

/// An old or wrong value does no harm.
#[test]
fn what_is_not_open_any_more_is_not_gone_on_with() {
    let closed = EnvelopeView { open: false, ..envelope(124, "A0321004", &SLIP) };
    for envelopes in [vec![closed], Vec::new(), vec![envelope(7, "A0321004", &SLIP)]] {
        let window = started(envelopes, desk(Stage::Read), &Look::default());
        let session = window.harness.state().session();
        assert_eq!((session.stage, session.envelope), (Stage::Open, None));
        assert!(!see(&window, "Go on with"));
    }
}

/// Where the work is, is kept at each change; an envelope that is taken from the list is gone on with.
#[test]
fn where_the_work_is_is_remembered() {
    let envelopes = vec![envelope(124, "A0321004", &SLIP)];
    let mut window = started(envelopes, Desk::default(), &Look::default());
    window.take_envelope(124);
    window.press(Key::F2);
    assert_eq!(window.shared.0.lock().unwrap().desk, desk(Stage::Read));
    assert!(!see(&window, "Go on with"), "it was just chosen");
    assert!(see(&window, "45 Accepted"), "but its last sheets are shown");
    window.press(Key::F5);
    assert_eq!(window.shared.0.lock().unwrap().desk, desk(Stage::Edit));
}

#[test]
fn papers_set_aside_count_among_the_fed_ones() {
    let fed = with_aside(envelope(124, "A0321004", &SLIP), 1, "x.jpg", Some(40), NoSheet::Broken);
    let window = started(vec![fed], desk(Stage::Read), &Look::default());
    assert!(see(&window, "Go on with 01-00124 from sheet 47"));
}

#[test]
fn pictures_of_going_on() {
    if std::env::var_os("KENBAN_SHOTS").is_none() {
        return;
    }
    for (name, language, size) in [
        ("ja", Language::Ja, 100),
        ("en", Language::En, 100),
        ("ja-200", Language::Ja, 200),
        ("en-200", Language::En, 200),
    ] {
        let settings = Settings { language, size, ..Settings::default() };
        let look = Look { size: (1280.0, 720.0), settings };
        let envelopes = vec![envelope(124, "A0321004", &SLIP)];
        let mut window = started(envelopes, desk(Stage::Read), &look);
        window.shot(&format!("going-on-{name}"));
    }
}
