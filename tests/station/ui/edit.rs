//! 編集 as it is used: searching by keys, stories, corrections, the tie-out, closing.

use super::files::{
    self, Made, accepted, answer, found, keyed, made, number, person_second, settled, sheet_id,
    taken,
};
use super::fixture::{Look, Window, envelope, open, person, view, with_checks};
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use kenban::flow::event::{Event, Keyed, Place};
use kenban::flow::input::Settlement;
use kenban::flow::state::LogHead;
use kenban::flow::{
    DeliveryId, EnvelopeId, Input, Recorded, Refusal, Sha256, SheetId, Stamp, View,
};
use kenban::ui::port::{Answer, News, Order, Query, Trouble};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::{Reason, Yen};
use std::sync::Arc;

const EVEN: [(&str, u64, u64); 2] = [("1000", 70, 70), ("500", 38, 38)];
const SHORT: [(&str, u64, u64); 2] = [("1000", 70, 69), ("500", 38, 38)];

/// At Edit, with these sheets in envelope 124.
fn at_edit(by: &str, slip: &[(&str, u64, u64)], sheets: Vec<Made>, look: &Look) -> Window {
    let mut window = open(view(vec![envelope(124, "A0321004", slip)]), look);
    answer(&mut window, sheets);
    window.sign_in(by);
    window.take_envelope(124);
    window.press(Key::F5);
    window.orders();
    window
}

fn searched(orders: &[Order]) -> Vec<String> {
    let text = |order: &Order| match order {
        Order::Ask { query: Query::Search(text), .. } => Some(text.clone()),
        _ => None,
    };
    orders.iter().filter_map(text).collect()
}

fn acts(orders: &[Order]) -> Vec<(Input, Option<String>)> {
    let act = |order: &Order| match order {
        Order::Act { input, with, .. } => {
            Some((input.clone(), with.as_ref().map(ToString::to_string)))
        }
        _ => None,
    };
    orders.iter().filter_map(act).collect()
}

fn refuse(window: &mut Window, orders: &[Order], why: Refusal) {
    let ticket = Window::last_ticket(orders);
    window.hear(News::Refused { ticket, why: Trouble::Refused(Arc::new(why)) });
}

fn done(window: &mut Window, orders: &[Order], event: Event) {
    let ticket = Window::last_ticket(orders);
    let at = Stamp { ms: 1_795_496_700_000, offset_min: 540 };
    let events = vec![Recorded { seq: 900, at, by: person("s1"), event }];
    window.hear(News::Done { ticket, events });
}

fn closed(difference: &[(&str, i64)]) -> Event {
    Event::EnvelopeClosed {
        envelope: EnvelopeId(124),
        difference: difference.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect(),
        reason: None,
        with: None,
        held: Vec::new(),
        sheets: 108,
        amount: Yen(89_000),
    }
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn typing_searches_and_arrows_and_enter_open() {
    let sheets = vec![made(1, accepted(1)), made(2, accepted(2)), made(3, accepted(3))];
    let mut window = at_edit("o1", &EVEN, sheets, &Look::default());
    window.type_text("A69");
    assert_eq!(searched(&window.orders()), ["A", "A6", "A69"], "each change is asked for");
    assert!(see(&window, "3 sheets"));
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(see(&window, "01-00124-002 · sheet 2"), "the second one's page is open");
    window.shot("edit-en-sheet");
    window.press(Key::Escape);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(see(&window, "01-00124-003 · sheet 3"));
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert!(see(&window, "1 envelope not delivered"), "an empty field shows the envelopes");
}

#[test]
fn an_answer_to_what_was_typed_before_is_ignored() {
    let mut window = at_edit("o1", &EVEN, vec![made(7, accepted(7))], &Look::default());
    window.type_text("A6");
    let found = vec![found(&made(1, accepted(1))); 5];
    let answer = Answer::Search { text: "A".to_owned(), found, more: false };
    window.hear(News::Found { ticket: kenban::ui::port::Ticket(1), answer });
    assert!(see(&window, "1 sheet"));
    assert!(!see(&window, "5 sheets"));
}

#[test]
fn a_scan_only_searches() {
    let mut window = at_edit("s1", &EVEN, vec![made(7, accepted(7))], &Look::default());
    window.scan(number(7).as_str());
    let orders = window.orders();
    assert_eq!(searched(&orders), [number(7).to_string()]);
    assert!(acts(&orders).is_empty());
    assert!(see(&window, "01-00124-007"));
}

#[test]
fn of_a_hundred_thousand_results_only_the_seen_ones_are_built() {
    let mut window = at_edit("o1", &EVEN, Vec::new(), &Look::default());
    let one = found(&made(1, accepted(1)));
    let many = (1..=100_000_u32).map(|ordinal| {
        let sheet = sheet_id(124, ordinal);
        kenban::ui::port::FoundSheet { sheet, ..one.clone() }
    });
    let many = many.collect::<Vec<_>>();
    window.shared.0.lock().unwrap().answers.insert(
        0,
        Box::new(move |query| match query {
            Query::Search(text) => {
                let found = many.clone();
                Some(Answer::Search { text: text.clone(), found, more: true })
            }
            _ => None,
        }),
    );
    window.type_text("A");
    window.press(Key::Enter);
    let rows = |window: &Window| window.harness.query_all_by_label_contains("01-00124-").count();
    let nodes = window.harness.root().children_recursive().count();
    assert!(rows(&window) < 30, "{} rows", rows(&window));
    assert!(nodes < 200, "{nodes} nodes");
    window.press(Key::End);
    assert!(see(&window, "01-00124-100000"), "the last row is seen");
    assert!(rows(&window) < 30);
    window.press(Key::PageUp);
    window.press(Key::Enter);
    let asked = window.orders();
    let wanted = |order: &Order| matches!(order, Order::Ask { query: Query::Sheet(id), .. } if id.ordinal == 99_992);
    assert!(asked.iter().any(wanted), "eight rows up from the last");
}

/// Read by the machine, keyed by two who differ, settled by a supervisor with a second one.
fn keyed_and_settled() -> Made {
    let mut it = made(5, accepted(5));
    it.sheet.captures = files::look(5);
    it.story = vec![
        taken(5, Place::Entry, &[Reason::NothingRead]),
        keyed(5, "o1", Keyed::Number(number(5)), Place::Entry),
        keyed(5, "o2", Keyed::Cannot, Place::Entry),
        settled(5, "s1", it.sheet.place.clone(), "Number checked on the paper", Some("s2")),
    ];
    it
}

#[test]
fn the_story_says_who_did_what_and_when() {
    let mut window = at_edit("s1", &EVEN, vec![keyed_and_settled()], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let grouped = number(5).to_string();
    for text in [
        "Read from a scan",
        &format!("Keyed {grouped}"),
        "Keyed: can’t be told",
        "o2さん",
        &format!("Settled: Accepted as {grouped} (supervisor), ¥1,000"),
        "Reason: Number checked on the paper",
        "Second person: s2さん",
        "11/24 14:05",
    ] {
        assert!(see(&window, text), "not told: {text}");
    }
    window.shot("edit-en-story");
}

#[test]
fn what_others_keyed_is_hidden_while_a_sheet_is_being_keyed() {
    let mut it = keyed_and_settled();
    it.story.truncate(2);
    it.sheet.place = Place::Entry;
    it.sheet.agreed = None;
    let mut window = at_edit("s1", &EVEN, vec![it], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(see(&window, "Keyed; what, is shown when keying is over"));
    assert!(!see(&window, &number(5).to_string()), "the first person's number is seen");
}

#[test]
fn what_a_machine_read_is_hidden_while_a_sheet_is_being_keyed() {
    let mut it = made(5, Place::Entry);
    // A number was proposed, and someone at the contact sheet said that it is wrong.
    it.story = vec![taken(5, Place::Check { number: number(5) }, &[Reason::OneReading])];
    it.sheet.read = Some(number(5));
    let read = || number(5).to_string();
    let mut window = at_edit("s1", &EVEN, vec![it.clone()], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(see(&window, "What the machine takes the number for is shown when keying is over"));
    let titled = |window: &Window| window.harness.query_all_by_label_contains(&read()).count();
    let hidden = read();
    let said = window.harness.query_all_by_label_contains(&hidden);
    // The row of the search is the made-up station's; the real one leaves the number out.
    let told = said.filter_map(|it| it.accesskit_node().label());
    let said: Vec<String> = told.filter(|it| !it.contains("01-00124-005 ·")).collect();
    assert_eq!(said, [] as [String; 0], "the machine’s number is seen");
    // Anywhere else it is told.
    it.sheet.place = Place::Check { number: number(5) };
    let mut window = at_edit("s1", &EVEN, vec![it], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(titled(&window) > 2);
}

/// What is held is in no figure with what is paid; the head is there to be noted.
#[test]
fn closing_says_what_is_paid_and_shows_the_head_of_the_log() {
    let mut window = at_edit("o1", &EVEN, Vec::new(), &Look::default());
    let signed = Some(LogHead { seq: 4711, hash: Sha256([0xAB; 32]) });
    window.show(View { signed, ..view(vec![envelope(124, "A0321004", &EVEN)]) });
    window.type_text(".");
    window.press(Key::Enter);
    let orders = window.orders();
    let mut event = closed(&[]);
    if let Event::EnvelopeClosed { held, .. } = &mut event {
        held.push(SheetId { envelope: EnvelopeId(124), ordinal: 7 });
    }
    done(&mut window, &orders, event);
    assert!(see(&window, "107 sheets accepted, 1 held · ¥89,000"));
    assert!(see(&window, "Head of the log after event 4,711: note it on the closing sheet."));
    assert!(see(&window, "abababab"));
}

#[test]
fn closing_without_a_difference_takes_one_enter() {
    let mut window = at_edit("o1", &EVEN, Vec::new(), &Look::default());
    assert!(see(&window, "Slip 108, found 108, difference ±0"));
    window.shot("edit-en-even");
    window.type_text(".");
    assert!(acts(&window.orders()).is_empty(), "the point alone closes nothing");
    window.press(Key::Enter);
    let orders = window.orders();
    let [(Input::CloseEnvelope { envelope, reason: None }, None)] =
        acts(&orders).as_slice().to_vec()[..]
    else {
        panic!("{orders:?}");
    };
    assert_eq!(envelope, EnvelopeId(124));
    window.press(Key::Enter);
    assert!(acts(&window.orders()).is_empty(), "a second Enter while it is on its way");
    done(&mut window, &orders, closed(&[]));
    assert!(window.harness.query_by_label("Closed").is_some());
    assert!(see(&window, "108 sheets accepted · ¥89,000"));
    window.shot("edit-en-closed");
    window.press(Key::Enter);
    assert!(!see(&window, "108 sheets accepted · ¥89,000"), "Enter leaves it");
}

#[test]
fn closing_with_a_difference_takes_a_reason_and_a_second_person() {
    let mut window = at_edit("o1", &SHORT, Vec::new(), &Look::default());
    assert!(see(&window, "Slip 108, found 107, difference −1"));
    window.type_text(".");
    window.press(Key::Enter);
    assert!(see(&window, "Choose a reason, or press 0 and write one."));
    assert!(acts(&window.orders()).is_empty());
    window.type_text("0");
    window.type_text("x7");
    window.press(Key::Enter);
    assert!(acts(&window.orders()).is_empty(), "nothing before the second person");
    assert!(see(&window, "Reason: x7"), "the second person reads what it is about");
    person_second(&mut window, "o1", "o2");
    let orders = window.orders();
    let acts = acts(&orders);
    let [(Input::CloseEnvelope { reason: Some(reason), .. }, Some(with))] = &acts[..] else {
        panic!("{orders:?}");
    };
    assert_eq!((reason.as_str(), with.as_str()), ("x7", "o2"));
    done(&mut window, &orders, closed(&[("1000", -1)]));
    assert!(see(&window, "食事券 1,000円 −1"));
}

#[test]
fn nothing_is_closed_while_sheets_are_in_hand() {
    let with_hand = with_checks(envelope(124, "A0321004", &EVEN), 109, 3);
    let mut window = open(view(vec![with_hand]), &Look::default());
    answer(&mut window, Vec::new());
    window.sign_in("o1");
    window.press(Key::F5);
    window.type_text(".");
    window.press(Key::Enter);
    assert!(see(&window, "3 sheets are still in hand"));
    assert!(acts(&window.orders()).is_empty());
    window.press(Key::Escape);
    window.harness.query_all_by_label_contains("Check 3").last().unwrap().click();
    window.settle();
    window.settle();
    assert_eq!(window.harness.state().session().stage, Stage::Check, "a way there");
}

#[test]
fn a_closed_envelope_is_opened_again_by_two() {
    let mut it = envelope(124, "A0321004", &SHORT);
    it.open = false;
    it.closed_reason = Some("counted twice".to_owned());
    let mut window = open(view(vec![it]), &Look::default());
    answer(&mut window, Vec::new());
    window.sign_in("o1");
    window.press(Key::F5);
    assert!(see(&window, "counted twice"));
    window.type_text("-");
    assert!(!see(&window, "Open this envelope again?"), "an operator may not");
    window.press(Key::F9);
    window.sign_in("s1");
    window.type_text("-1");
    window.press(Key::Enter);
    person_second(&mut window, "s1", "o1");
    let orders = window.orders();
    let [(Input::ReopenEnvelope { reason, .. }, Some(with))] = &acts(&orders)[..] else {
        panic!("{orders:?}");
    };
    assert_eq!((reason.as_str(), with.as_str()), ("More paper was found", "o1"));
}

#[test]
fn a_correction_goes_again_with_a_second_person_where_the_flow_wants_one() {
    let mut window = at_edit("s1", &EVEN, vec![made(5, accepted(5))], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.type_text("*2");
    window.type_text("x");
    window.type_text(&number(6).to_string());
    window.shot("edit-en-correct-number");
    window.press(Key::Enter);
    window.shot("edit-en-correct-reason");
    window.press(Key::Enter);
    assert!(acts(&window.orders()).is_empty(), "no reason stands ready");
    window.type_text("1");
    window.press(Key::Enter);
    let orders = window.orders();
    let settle = |orders: &[Order]| match &acts(orders)[..] {
        [(Input::Settle { sheet, decision, reason, .. }, with)] => {
            (*sheet, decision.clone(), reason.clone(), with.clone())
        }
        _ => panic!("{orders:?}"),
    };
    let wanted =
        (sheet_id(124, 5), Settlement::Accept(number(6)), "Number checked on the paper".to_owned());
    let (sheet, decision, reason, with) = settle(&orders);
    assert_eq!((sheet, decision, reason), wanted);
    assert_eq!(with, None);
    refuse(&mut window, &orders, Refusal::SecondPersonMissing);
    person_second(&mut window, "s1", "s2");
    let orders = window.orders();
    let (sheet, decision, reason, with) = settle(&orders);
    assert_eq!((sheet, decision, reason), wanted);
    assert_eq!(with.as_deref(), Some("s2"));
    let Made { sheet, .. } = made(5, accepted(6));
    let Recorded { event, .. } = settled(5, "s1", sheet.place, "x", Some("s2"));
    done(&mut window, &orders, event);
    assert!(see(&window, "01-00124-005 is settled."));
    assert!(!see(&window, "Press a digit."), "the form is closed");
}

#[test]
fn a_wrong_number_is_not_sent() {
    let mut window = at_edit("s1", &EVEN, vec![made(5, accepted(5))], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.type_text("*2A12");
    window.press(Key::Enter);
    assert!(see(&window, "8 characters are missing."));
    window.press(Key::Backspace);
    window.type_text("-");
    let right = number(6).to_string();
    let (before, last) = right.split_at(right.len() - 1);
    window.type_text(&before[1..]);
    window.type_text(if last == "0" { "1" } else { "0" });
    window.press(Key::Enter);
    assert!(see(&window, "The check digit does not fit."));
    assert!(acts(&window.orders()).is_empty());
}

#[test]
fn another_refusal_is_said_in_the_form() {
    let mut window = at_edit("s1", &EVEN, vec![made(5, accepted(5))], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.type_text("*61");
    window.press(Key::Enter);
    let orders = window.orders();
    refuse(&mut window, &orders, Refusal::Closed(EnvelopeId(124)));
    assert!(see(&window, "124 is closed"), "why is not said");
    window.press(Key::Enter);
    assert_eq!(acts(&window.orders()).len(), 1, "it can be tried again");
}

#[test]
fn a_delivered_sheet_refuses_and_says_so() {
    let mut it = made(5, accepted(5));
    it.delivered = Some(DeliveryId(7));
    let mut window = open(view(Vec::new()), &Look::default());
    answer(&mut window, vec![it]);
    window.sign_in("s1");
    window.press(Key::F5);
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(see(&window, "Delivered in 01-0007 and frozen"));
    window.type_text("*");
    window.press(Key::Enter);
    assert!(!see(&window, "Press a digit."));
    assert!(acts(&window.orders()).is_empty());
    assert!(!see(&window, "* Correct"), "the key line does not offer it");
}

#[test]
fn an_operator_hands_a_waiting_sheet_over() {
    let number = number(5);
    let it = made(5, Place::Check { number });
    let mut window = at_edit("o1", &EVEN, vec![it], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.type_text("*2");
    window.press(Key::Enter);
    let orders = window.orders();
    let [(Input::Hold { sheet, reason }, None)] = &acts(&orders)[..] else {
        panic!("{orders:?}");
    };
    assert_eq!((*sheet, reason.as_str()), (sheet_id(124, 5), "Torn or soiled"));
}

#[test]
fn an_operator_does_not_touch_what_counts() {
    let mut window = at_edit("o1", &EVEN, vec![made(5, accepted(5))], &Look::default());
    window.type_text("5");
    window.press(Key::Enter);
    window.type_text("*1");
    window.press(Key::Enter);
    assert!(acts(&window.orders()).is_empty());
}

/// A repeat beside the sheet that counts under its number.
fn repeat() -> Vec<Made> {
    let mut other = made(2, accepted(9));
    other.sheet.captures = files::look(2);
    other.shop_name = "食堂まつ".to_owned();
    other.story = vec![taken(2, other.sheet.place.clone(), &[])];
    let place = Place::Settle {
        reasons: vec![Reason::Duplicate],
        others: vec![sheet_id(124, 2)],
        blocked: None,
    };
    let mut own = made(9, place.clone());
    own.sheet.captures = files::look(9);
    own.sheet.read = Some(number(9));
    own.story = vec![taken(9, place, &[])];
    vec![own, other]
}

#[test]
fn a_repeat_shows_both_sheets_side_by_side() {
    let mut window = at_edit("s1", &EVEN, repeat(), &Look::default());
    window.type_text("9");
    window.press(Key::Enter);
    window.press(Key::Enter);
    let own = window.harness.get_by_label("Picture of 01-00124-009").rect();
    let other = window.harness.get_by_label("Picture of 01-00124-002").rect();
    assert!((own.top() - other.top()).abs() < 1.0, "beside each other");
    assert!(own.right() <= other.left());
    assert!(see(&window, "食堂まつ"));
    window.shot("edit-en-repeat");
    window.type_text("+");
    assert!(see(&window, "1 of 2"));
    window.press(Key::ArrowRight);
    assert!(see(&window, "2 of 2"));
    window.press(Key::Escape);
    assert!(!see(&window, "2 of 2"));
}

#[test]
fn an_envelopes_sheets_lead_to_their_stories_and_back() {
    let sheets = vec![made(1, accepted(1)), made(2, accepted(2))];
    let mut window = at_edit("s1", &EVEN, sheets, &Look::default());
    window.press(Key::Enter);
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(see(&window, "01-00124-002 · sheet 2"));
    window.press(Key::Escape);
    assert!(see(&window, "Slip 108, found 108"));
}

#[test]
fn shots_of_edit() {
    let long = "A0321999";
    for (name, language, look, size, scale) in [
        ("edit-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("edit-ja-dark-wide", Language::Ja, Colours::Dark, (1920.0, 1080.0), 100),
        ("edit-en-contrast", Language::En, Colours::Contrast, (1280.0, 720.0), 100),
        ("edit-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("edit-en-200", Language::En, Colours::Dark, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let mut held = envelope(126, "A0321005", &[("1000", 40, 30), ("500", 10, 12)]);
        files::stand(&mut held, "1000", 4, 3, 2);
        let mut closed = envelope(125, "A0321005", &EVEN);
        closed.open = false;
        let mut envelopes = vec![envelope(124, long, &SHORT), held, closed];
        envelopes.push(envelope(127, "A0321004", &[("1000", 99_999, 99_998)]));
        let mut window = open(view(envelopes), &Look { size, settings });
        let mut sheets = repeat();
        sheets.push(keyed_and_settled());
        answer(&mut window, sheets);
        window.sign_in("s1");
        window.take_envelope(124);
        window.press(Key::F5);
        window.shot(&format!("{name}-list"));
        window.press(Key::Enter);
        window.shot(&format!("{name}-envelope"));
        window.type_text(".");
        window.shot(&format!("{name}-closing"));
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.press(Key::ArrowDown);
        window.press(Key::Enter);
        window.shot(&format!("{name}-in-hand"));
        window.press(Key::Escape);
        window.type_text("9");
        window.press(Key::Enter);
        window.shot(&format!("{name}-results"));
        window.press(Key::Enter);
        window.shot(&format!("{name}-repeat"));
        window.type_text("*");
        window.shot(&format!("{name}-correct"));
        window.type_text("1");
        window.shot(&format!("{name}-correct-why"));
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.type_text("5");
        window.press(Key::Enter);
        window.press(Key::Enter);
        window.shot(&format!("{name}-story"));
        files::inside(&window, size);
    }
}
