//! 手入力 as people have it: digits and Enter, twice and blind, and nothing that was keyed is ever lost.

mod shots;
mod third;

use super::fixture::{
    Look, Window, envelope, open, open_with, person, view, with_checks, with_entry,
};
use crate::world;
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use kenban::flow::event::{Accepted, Counted, Event, How, Keyed, Place, Recorded};
use kenban::flow::view::EntryItem;
use kenban::flow::{EnvelopeId, Input, Refusal, SheetId, Stamp, View};
use kenban::ui::port::{Heard, News, Order, Ticket, Trouble};
use kenban::ui::session::Stage;
use kenban::voucher::{KindId, Number, Profile, Reason, Yen, profile_file};
use std::sync::Arc;

const SLIP: [(&str, u64, u64); 2] = [("1000", 70, 64), ("500", 38, 32)];
const FOURTEEN: &str = include_str!("../../../assets/profiles/fourteen-digits.toml");
const BOOK: &str = include_str!("../../../assets/profiles/book-and-branch.toml");

/// Sheets that wait to be keyed, with who has keyed them.
fn waiting(sheets: &[(u32, &[&str])]) -> View {
    let envelope = envelope(124, "A0321004", &SLIP);
    let add = |envelope, (ordinal, by): &(u32, &[&str])| with_entry(envelope, *ordinal, by);
    view(vec![sheets.iter().fold(envelope, add)])
}

fn at_entry(view: View, id: &str) -> Window {
    let mut window = open(view, &Look::default());
    window.print_numbers();
    window.sign_in(id);
    window.press(Key::F4);
    window
}

/// One sheet under another profile, without a hint.
fn at_entry_with(toml: &str, change: impl FnOnce(&mut EntryItem)) -> (Window, Profile) {
    let profile = profile_file::parse(toml).unwrap();
    let mut envelope = with_entry(envelope(124, "A0321004", &SLIP), 1, &[]);
    envelope.entry[0].layout = None;
    change(&mut envelope.entry[0]);
    let shared = Arc::new(profile.clone());
    let mut window = open_with(view(vec![envelope]), Some(shared), &Look::default());
    window.print_numbers();
    window.sign_in("o1");
    window.press(Key::F4);
    window.orders();
    (window, profile)
}

fn number(serial: u64) -> Number {
    world::number(&world::profile(), "A", serial)
}

fn sheet(ordinal: u32) -> SheetId {
    SheetId { envelope: EnvelopeId(124), ordinal }
}

fn there(window: &Window, name: &str) -> bool {
    window.harness.query_by_label(name).is_some()
}

fn says(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

/// What stands in the boxes.
fn boxes(window: &Window) -> String {
    let node = window.harness.get_by_label("Number");
    node.accesskit_node().value().unwrap_or_default()
}

type Sent = (Ticket, SheetId, Keyed, Option<KindId>);

fn sent(window: &mut Window) -> Option<Sent> {
    let acts = window.acts();
    assert!(acts.len() < 2, "{acts:?}");
    acts.into_iter().next().map(|(ticket, _, input)| match input {
        Input::Key { sheet, answer, kind } => (ticket, sheet, answer, kind),
        other => panic!("{other:?}"),
    })
}

fn refused_key(window: &mut Window) -> bool {
    let orders = window.orders();
    assert!(!orders.iter().any(|order| matches!(order, Order::Act { .. })), "{orders:?}");
    orders.iter().any(|order| matches!(order, Order::Try(Heard::Refused)))
}

fn recorded(seq: u64, by: &str, event: Event) -> Recorded {
    Recorded { seq, at: Stamp::default(), by: person(by), event }
}

fn keyed(ordinal: u32, by: &str, answer: Keyed, place: Place) -> Vec<Recorded> {
    let sheet = sheet(ordinal);
    let event = Event::SheetKeyed { sheet, answer, kind: None, settled_kind: None, place };
    vec![recorded(9, by, event)]
}

fn accepted(number: &Number) -> Place {
    let number = Counted::Number(number.clone());
    Place::Accepted(Accepted { number, how: How::Keyed, yen: Yen(1000) })
}

/// Strokes on the keyboard: characters and Enter.
struct Strokes(usize);

impl Strokes {
    fn digits(&mut self, window: &mut Window, text: &str) {
        self.0 += text.chars().count();
        window.type_text(text);
    }
    fn enter(&mut self, window: &mut Window) {
        self.0 += 1;
        window.press(Key::Enter);
    }
}

#[test]
fn a_number_costs_its_digits_and_enter() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.orders();
    let wanted = number(690_060_267);
    let mut strokes = Strokes(0);
    strokes.digits(&mut window, &wanted.as_str()[1..]);
    assert!(there(&window, "The check digit fits. Enter."));
    strokes.enter(&mut window);
    let (_, of, answer, kind) = sent(&mut window).unwrap();
    assert_eq!((of, answer, kind), (sheet(5), Keyed::Number(wanted), None));
    // Ten digits and Enter; the letter fills itself.
    assert_eq!(strokes.0, 11);
    // The next sheet is there at once, empty, while the answer comes.
    assert!(there(&window, "Envelope 01-00124 · sheet 6"));
    assert_eq!(boxes(&window), "A");
    assert!(there(&window, "1 sheet left") && there(&window, "1 answer is being saved"));
}

#[test]
fn full_width_digits_are_digits() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.type_text("６９０");
    assert_eq!(boxes(&window), "A690");
}

#[test]
fn what_cannot_stand_there_is_refused_without_a_dialog() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.type_text("6");
    window.orders();
    window.type_text("z");
    assert!(refused_key(&mut window));
    assert!(there(&window, "This character can't stand here."));
    assert_eq!(boxes(&window), "A6");
    // Typing goes on as if nothing had been.
    window.type_text("9");
    assert_eq!(boxes(&window), "A69");
    window.type_text("-");
    window.press(Key::Backspace);
    assert_eq!(boxes(&window), "A");
}

#[test]
fn only_a_whole_right_number_is_sent() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    let wanted = number(690_060_267);
    let last = wanted.as_str().chars().last().unwrap().to_digit(10).unwrap();
    window.type_text(&wanted.as_str()[1..10]);
    window.orders();
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    assert!(there(&window, "1 character to go"));
    window.type_text(&((last + 1) % 10).to_string());
    assert!(says(&window, "The check digit does not fit."));
    // What it should be is not said: the paper says it.
    assert!(!says(&window, &format!("should be {last}")));
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    window.type_text("0");
    assert!(refused_key(&mut window));
    window.type_text("-");
    window.type_text(&last.to_string());
    window.press(Key::Enter);
    assert!(sent(&mut window).is_some());
}

#[test]
fn the_second_person_sees_nothing_of_the_first() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    let wanted = number(690_060_267);
    assert!(there(&window, "1st person (another one keys it again)"));
    window.type_text(&wanted.as_str()[1..]);
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    let done = keyed(5, "o1", Keyed::Number(wanted.clone()), Place::Entry);
    window.hear(News::Done { ticket, events: done });
    window.change(124, |envelope| envelope.entry[0].keyed_by = vec![person("o1")]);
    assert!(there(&window, "1 sheet waits for another person. Change with F9."));
    window.press(Key::F9);
    window.sign_in("o2");
    assert!(there(&window, "2nd person"));
    assert_eq!(boxes(&window), "A");
    let all = everything(&window);
    for part in ["690060267", "69006", "6900 6026", "9006026"] {
        assert!(!all.contains(part), "{part} stands in {all}");
    }
    // And keys alike.
    window.orders();
    window.type_text(&wanted.as_str()[1..]);
    window.press(Key::Enter);
    let (_, of, answer, _) = sent(&mut window).unwrap();
    assert_eq!((of, answer), (sheet(5), Keyed::Number(wanted)));
}

/// All names and values on the screen.
fn everything(window: &Window) -> String {
    let root = window.harness.root();
    let mut nodes = vec![root];
    let mut all = String::new();
    while let Some(node) = nodes.pop() {
        let inner = node.accesskit_node();
        all.push_str(&inner.label().unwrap_or_default());
        all.push('\n');
        all.push_str(&inner.value().unwrap_or_default());
        all.push('\n');
        nodes.extend(node.children());
    }
    all
}

#[test]
fn half_a_number_is_nobody_elses() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.type_text("690");
    window.press(Key::F9);
    window.sign_in("o2");
    assert_eq!(boxes(&window), "A");
}

#[test]
fn a_refused_answer_comes_back_with_all_that_was_keyed() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    window
        .hear(News::Refused { ticket, why: Trouble::NotSaved(kenban::ui::fault::Fault::DiskFull) });
    assert!(says(&window, "The disk is full"));
    assert!(there(&window, "Envelope 01-00124 · sheet 5"));
    assert_eq!(boxes(&window), number(690_060_267).as_str());
    window.orders();
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, sheet(5));
    assert!(there(&window, "Envelope 01-00124 · sheet 6"));
}

#[test]
fn a_refused_answer_pulls_nothing_from_under_the_hand() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    window.type_text("12");
    window.hear(News::Refused { ticket, why: Trouble::Busy });
    assert!(says(&window, "Sheet 01-00124-005 was not saved"));
    assert_eq!(boxes(&window), "A12");
    window.type_text(&number(120_000_000).as_str()[3..]);
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, sheet(6));
    // Now the one that came back, as it was keyed.
    assert_eq!(boxes(&window), number(690_060_267).as_str());
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, sheet(5));
}

#[test]
fn what_came_back_to_another_person_waits_for_its_own() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let (ticket, ..) = sent(&mut window).unwrap();
    window.press(Key::F9);
    window.sign_in("o2");
    window.hear(News::Refused { ticket, why: Trouble::Busy });
    assert!(!everything(&window).contains("690060267"));
    assert_eq!(boxes(&window), "A");
    window.press(Key::F9);
    window.sign_in("o1");
    assert_eq!(boxes(&window), number(690_060_267).as_str());
}

#[test]
fn a_sheet_that_is_taken_away_is_said() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.type_text("69");
    window.change(124, |envelope| envelope.entry.retain(|item| item.ordinal != 5));
    assert!(says(&window, "does not wait for you any more"));
    assert_eq!(boxes(&window), "A69");
    window.orders();
    window.press(Key::Enter);
    assert!(sent(&mut window).is_none());
    assert!(there(&window, "Envelope 01-00124 · sheet 6"));
}

#[test]
fn claims_follow_the_hands() {
    let claims = |window: &mut Window| {
        let claim = |order| match order {
            Order::Claim { sheet, by } => Some((Some(sheet.ordinal), by.to_string())),
            Order::Unclaim { by } => Some((None, by.to_string())),
            _ => None,
        };
        window.orders().into_iter().filter_map(claim).collect::<Vec<_>>()
    };
    let o1 = || "o1".to_owned();
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    assert_eq!(claims(&mut window), [(Some(5), o1())]);
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let orders = window.orders();
    assert!(orders.iter().any(|it| matches!(it, Order::Claim { sheet, .. } if sheet.ordinal == 6)));
    // The one on its way is given back only when it is on the disk.
    assert!(!orders.iter().any(|it| matches!(it, Order::Unclaim { .. })));
    let ticket = Window::last_act(&orders);
    let done = keyed(5, "o1", Keyed::Number(number(690_060_267)), Place::Entry);
    window.hear(News::Done { ticket, events: done });
    assert_eq!(claims(&mut window), [(None, o1()), (Some(6), o1())]);
    window.press(Key::F3);
    assert_eq!(claims(&mut window), [(None, o1())]);
    window.press(Key::F4);
    assert_eq!(claims(&mut window).first(), Some(&(Some(6), o1())));
    window.press(Key::F9);
    assert_eq!(claims(&mut window).first(), Some(&(None, o1())));
}

#[test]
fn a_sheet_that_somebody_else_has_is_passed_over() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.hear(News::Trouble(Trouble::Claimed(sheet(5))));
    assert!(there(&window, "Envelope 01-00124 · sheet 6"));
    window.press(Key::F3);
    window.press(Key::F4);
    assert!(there(&window, "Envelope 01-00124 · sheet 5"));
}

#[test]
fn cannot_be_told_asks_for_the_kind() {
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[])]), "o1");
    window.type_text("69.");
    assert!(there(&window, "Nobody can tell this number"));
    window.orders();
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    window.press(Key::Escape);
    assert_eq!(boxes(&window), "A69");
    window.type_text(".");
    window.type_text("2");
    window.press(Key::Enter);
    let (_, of, answer, kind) = sent(&mut window).unwrap();
    assert_eq!((of, answer), (sheet(5), Keyed::Cannot));
    assert_eq!(kind, Some(KindId::new("500")));
    // Not even the kind.
    window.type_text(".0");
    window.press(Key::Enter);
    let (_, of, answer, kind) = sent(&mut window).unwrap();
    assert_eq!((of, answer, kind), (sheet(6), Keyed::Cannot, None));
}

#[test]
fn a_kind_that_is_known_is_not_asked_for() {
    let view = {
        let mut envelope = with_entry(envelope(124, "A0321004", &SLIP), 5, &[]);
        envelope.entry[0].kind = Some(KindId::new("500"));
        view(vec![envelope])
    };
    let mut window = at_entry(view, "o1");
    window.orders();
    window.type_text(".");
    window.press(Key::Enter);
    let (_, _, answer, kind) = sent(&mut window).unwrap();
    assert_eq!((answer, kind), (Keyed::Cannot, None));
}

#[test]
fn where_the_number_leaves_the_kind_open_one_digit_more_says_it() {
    let (mut window, profile) = at_entry_with(BOOK, |_| {});
    let wanted = profile.layouts[0].number.compose("T", 1_234_567_801).unwrap();
    // The second of two letters, then digits.
    assert!(there(&window, "1 N   2 T"));
    window.type_text("2");
    window.type_text(&wanted.as_str()[1..]);
    assert!(there(&window, "Which kind? Press its digit, or Tab."));
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    window.type_text("1");
    window.press(Key::Enter);
    let (_, _, answer, kind) = sent(&mut window).unwrap();
    assert_eq!((answer, kind), (Keyed::Number(wanted), Some(KindId::new("1000"))));
}

#[test]
fn a_kind_by_the_number_is_not_asked_for() {
    let (mut window, _) = at_entry_with(FOURTEEN, |_| {});
    window.type_text("51234567890123");
    assert!(there(&window, "The number is whole. Look once more, then Enter."));
    assert!(there(&window, "Kind: ギフト券 1,000円"));
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().3, None);
}

#[test]
fn hold_with_a_reason_of_the_list_or_a_typed_one() {
    let held = |window: &mut Window| match window.acts().pop() {
        Some((_, _, Input::Hold { sheet, reason })) => (sheet, reason),
        other => panic!("{other:?}"),
    };
    let mut window = at_entry(waiting(&[(5, &[]), (6, &[]), (7, &[])]), "o1");
    window.type_text("*");
    window.orders();
    window.press(Key::Enter);
    assert!(refused_key(&mut window));
    window.type_text("4");
    window.press(Key::Enter);
    assert_eq!(held(&mut window), (sheet(5), "破損（残りが三分の二に足りない）".to_owned()));
    window.type_text("*8");
    window.type_text("a7-3");
    window.press(Key::Enter);
    assert_eq!(held(&mut window), (sheet(6), "a7-3".to_owned()));
    // An empty one is no reason; Escape leaves the field, then the list.
    window.type_text("*8");
    window.press(Key::Enter);
    assert!(window.acts().is_empty());
    window.press(Key::Escape);
    window.press(Key::Escape);
    assert_eq!(boxes(&window), "A");
}

#[test]
fn a_sheet_without_a_picture_is_keyed_from_the_paper() {
    let mut envelope = with_entry(envelope(124, "A0321004", &SLIP), 40, &[]);
    envelope.entry[0].picture = None;
    envelope.entry[0].position = 37;
    let mut window = at_entry(view(vec![envelope]), "o1");
    assert!(there(&window, "Envelope 01-00124, sheet 37: the paper in tray 1"));
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.orders();
    window.press(Key::Enter);
    assert_eq!(sent(&mut window).unwrap().1, sheet(40));
}

#[test]
fn the_whole_sheet_while_keying_goes_on() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    assert!(there(&window, "Picture of the number"));
    window.type_text("+");
    assert!(there(&window, "Picture of the whole sheet"));
    window.type_text("69");
    assert_eq!(boxes(&window), "A69");
    window.press(Key::Escape);
    assert!(there(&window, "Picture of the number"));
}

#[test]
fn an_operator_is_no_third() {
    let window = at_entry(waiting(&[(5, &["o2", "o3"])]), "o1");
    assert!(there(&window, "1 sheet waits for another person. Change with F9."));
}

#[test]
fn a_stop_after_keying_says_the_tray() {
    let mut window = at_entry(waiting(&[(5, &["o2"]), (6, &[])]), "o1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let ticket = Window::last_act(&window.orders());
    let place =
        Place::Settle { reasons: vec![Reason::Duplicate], others: vec![sheet(2)], blocked: None };
    let done = keyed(5, "o1", Keyed::Number(number(690_060_267)), place);
    window.hear(News::Done { ticket, events: done });
    assert!(there(&window, "Sheet 01-00124-005: Put the sheet in tray 2 (repeated)."));
}

#[test]
fn a_refusal_of_the_flow_is_in_words() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.type_text(&number(690_060_267).as_str()[1..]);
    window.press(Key::Enter);
    let ticket = Window::last_act(&window.orders());
    let why = Refusal::KeyedAlready(person("o1"));
    window.change(124, |envelope| envelope.entry[0].keyed_by = vec![person("o1")]);
    window.hear(News::Refused { ticket, why: Trouble::Refused(Arc::new(why)) });
    assert!(says(&window, "has keyed this sheet already"));
    assert_eq!(boxes(&window), number(690_060_267).as_str());
    // Enter only goes on.
    window.press(Key::Enter);
    assert!(sent(&mut window).is_none());
    assert!(there(&window, "Nothing to key"));
}

#[test]
fn whoever_may_not_key_is_told_so() {
    let mut window = at_entry(waiting(&[(5, &[])]), "d1");
    assert!(there(&window, "Keying is for operators"));
    window.type_text("123");
    window.press(Key::Enter);
    assert!(window.acts().is_empty());
}

#[test]
fn an_empty_stage_says_what_comes_next() {
    let checks = with_checks(envelope(124, "A0321004", &SLIP), 1, 12);
    let mut window = at_entry(view(vec![checks]), "o1");
    assert!(there(&window, "12 numbers wait to be looked at. Press F3."));
    window.press(Key::F3);
    assert_eq!(window.harness.state().session().stage, Stage::Check);
}

#[test]
fn a_scan_keys_nothing() {
    let mut window = at_entry(waiting(&[(5, &[])]), "o1");
    window.orders();
    window.scan(number(690_060_267).as_str());
    assert!(refused_key(&mut window));
    assert_eq!(boxes(&window), "A");
}
