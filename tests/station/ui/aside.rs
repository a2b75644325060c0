//! Files that were set aside, as the window has them: in the head, in Edit, and before closing.

use super::files::{accepted, envelope_of, made};
use super::fixture::{Look, Window, envelope, open, person, view, with_aside};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::aside::{Aside, AsideAnswer, AsideEnd, AsideFile};
use kenban::flow::event::Event;
use kenban::flow::view::EnvelopeView;
use kenban::flow::{EnvelopeId, FeedId, Input, NoSheet, Recorded, Refusal, Stamp};
use kenban::ui::port::{Answer, FolderNews, News, Order, Query, Trouble};
use kenban::ui::settings::{Language, Look as Colours, Settings};
use std::sync::Arc;

const EVEN: [(&str, u64, u64); 2] = [("1000", 3, 3), ("500", 0, 0)];

/// Of three sheets, the second paper's picture is broken; and a file that is no picture.
fn two_aside() -> EnvelopeView {
    let one = with_aside(envelope(124, "A0321004", &EVEN), 1, "0002.jpg", Some(2), NoSheet::Broken);
    with_aside(one, 2, "0034.pdf", None, NoSheet::Foreign)
}

/// The same on disk: sheets 2 and 3 came after the broken one.
fn on_disk() -> kenban::flow::state::Envelope {
    let sheets = (1..=3).map(|ordinal| made(ordinal, accepted(ordinal.into())).sheet).collect();
    let aside = |no, name: &str, after, paper| Aside {
        no,
        feed: FeedId(1),
        file: AsideFile {
            name: name.to_owned(),
            sha256: None,
            why: NoSheet::Broken,
            said: "cut".to_owned(),
            paper,
        },
        after,
        end: None,
    };
    let asides = vec![aside(1, "0002.jpg", 1, true), aside(2, "0034.pdf", 3, false)];
    kenban::flow::state::Envelope { asides, ..envelope_of(124, sheets) }
}

fn at_edit(by: &str, look: &Look) -> Window {
    let mut window = open(view(vec![two_aside()]), look);
    let answer = |query: &Query| match query {
        Query::Envelope(_) => Some(Answer::Envelope(Some(Box::new(on_disk())))),
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
    window.sign_in(by);
    window.take_envelope(124);
    window.press(Key::F5);
    window.orders();
    window
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

fn said(orders: &[Order]) -> Option<(u32, AsideAnswer, Option<String>)> {
    orders.iter().find_map(|order| match order {
        Order::Act { input: Input::SettleAside { no, answer, .. }, with, .. } => {
            Some((*no, answer.clone(), with.as_ref().map(ToString::to_string)))
        }
        _ => None,
    })
}

fn done(window: &mut Window, orders: &[Order], no: u32, end: AsideEnd) {
    let ticket = Window::last_ticket(orders);
    let event = Event::AsideSettled { envelope: EnvelopeId(124), no, end, with: None };
    let at = Stamp { ms: 1_795_496_700_000, offset_min: 540 };
    let events = vec![Recorded { seq: 900, at, by: person("o1"), event }];
    window.hear(News::Done { ticket, events });
}

#[test]
fn the_head_says_it_on_every_page() {
    let mut window = at_edit("o1", &Look::default());
    for key in [Key::F1, Key::F2, Key::F3, Key::F5, Key::F8, Key::F10] {
        window.press(key);
        assert!(see(&window, "2 set aside, not counted"), "{key:?}");
    }
}

#[test]
fn what_is_set_aside_while_a_folder_runs_is_told_in_the_windows_words() {
    let mut window = at_edit("o1", &Look::japanese());
    window.press(Key::F2);
    let (file, why) = ("0002.jpg".to_owned(), NoSheet::Broken);
    window.hear(News::Folder(FolderNews::Aside { file, why }));
    assert!(see(&window, "0002.jpg を別に置きました。"));
    assert!(see(&window, "この紙はまだ数えていません。"));
}

#[test]
fn closing_asks_for_each_and_takes_the_answers_by_keys() {
    let mut window = at_edit("o1", &Look::default());
    assert!(see(&window, "2 set aside · not counted yet"));
    assert!(see(&window, "No. 2 0002.jpg: The picture is broken."));
    window.type_text(".");
    assert!(see(&window, "2 files are set aside."), "why it is not closed");
    assert!(see(&window, "Set aside 1/2: No. 2 0002.jpg"));
    assert!(said(&window.orders()).is_none());
    // Fed again: the newest sheet stands ready, and only those that came after it are offered.
    window.type_text("1");
    assert!(see(&window, "01-00124-003 · place 4") && see(&window, "01-00124-002 · place 3"));
    assert!(!see(&window, "01-00124-001 · place"));
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    let orders = window.orders();
    assert_eq!(said(&orders), Some((1, AsideAnswer::Fed(2), None)));
    done(&mut window, &orders, 1, AsideEnd::Fed { sheet: 2 });
    // The next one follows by itself.
    assert!(see(&window, "Set aside 2/2: place? 0034.pdf"));
    window.type_text("3");
    window.press(Key::Enter);
    assert!(said(&window.orders()).is_none(), "nothing without a reason");
    window.type_text("1");
    window.press(Key::Enter);
    let orders = window.orders();
    let reason = "no voucher (a note, a divider)".to_owned();
    assert_eq!(said(&orders), Some((2, AsideAnswer::NoSheet(reason), None)));
    // The count is short: a second person makes sure.
    let ticket = Window::last_ticket(&orders);
    let why = Trouble::Refused(Arc::new(Refusal::SecondPersonMissing));
    window.hear(News::Refused { ticket, why });
    assert!(see(&window, "Envelope 01-00124: no sheet for 0034.pdf."));
}

#[test]
fn a_paper_is_laid_down_to_be_keyed_and_escape_is_one_step_back() {
    let mut window = at_edit("o1", &Look::default());
    window.type_text("*");
    window.press(Key::ArrowDown);
    assert!(see(&window, "Set aside 2/2"));
    window.press(Key::ArrowUp);
    window.type_text("2");
    assert!(see(&window, "Put the paper in tray 1 (keying) and press Enter."));
    window.press(Key::Escape);
    assert!(see(&window, "What became of it?"));
    window.press(Key::Escape);
    assert!(!see(&window, "What became of it?"));
    window.type_text("*");
    window.type_text("2");
    window.press(Key::Enter);
    assert_eq!(said(&window.orders()), Some((1, AsideAnswer::FromPaper, None)));
}

#[test]
fn settled_by_somebody_else_it_asks_no_more() {
    let mut window = at_edit("o1", &Look::default());
    window.type_text("*");
    assert!(see(&window, "What became of it?"));
    window.show(view(vec![envelope(124, "A0321004", &EVEN)]));
    assert!(!see(&window, "What became of it?") && !see(&window, "set aside"));
}

/// With nothing aside, closing asks whether the envelope is empty; Enter says that it is.
#[test]
fn closing_asks_whether_the_envelope_is_empty() {
    let mut window = at_edit("o1", &Look::default());
    window.show(view(vec![envelope(124, "A0321004", &EVEN)]));
    window.type_text(".");
    assert!(see(&window, "Is the envelope empty? Look inside."));
    let closes = |orders: &[Order]| {
        let is =
            |order: &Order| matches!(order, Order::Act { input: Input::CloseEnvelope { .. }, .. });
        orders.iter().any(is)
    };
    assert!(!closes(&window.orders()));
    window.press(Key::Enter);
    assert!(closes(&window.orders()));
}

#[test]
fn the_key_that_closes_says_why_it_does_nothing() {
    let closed = EnvelopeView { open: false, ..envelope(123, "A0321005", &EVEN) };
    let mut window = open(view(vec![closed, envelope(124, "A0321004", &EVEN)]), &Look::default());
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F5);
    window.press(Key::ArrowDown);
    window.type_text(".");
    assert!(see(&window, "Envelope 01-00123 is closed; there is nothing more to close."));
    // Whatever was looked at last: Edit opens on the envelope on the desk.
    window.press(Key::Enter);
    window.press(Key::F2);
    window.press(Key::F5);
    window.type_text(".");
    assert!(see(&window, "Is the envelope empty?"));
}

#[test]
fn pictures_of_what_is_set_aside() {
    if std::env::var_os("KENBAN_SHOTS").is_none() {
        return;
    }
    for (name, language, size) in [
        ("ja", Language::Ja, 100),
        ("en", Language::En, 100),
        ("ja-200", Language::Ja, 200),
        ("en-200", Language::En, 200),
    ] {
        let settings = Settings { language, size, look: Colours::Light, ..Settings::default() };
        let look = Look { size: (1280.0, 720.0), settings };
        let mut window = at_edit("o1", &look);
        window.shot(&format!("aside-{name}-page"));
        window.type_text(".");
        window.shot(&format!("aside-{name}-choose"));
        window.type_text("1");
        window.shot(&format!("aside-{name}-fed"));
        window.press(Key::Escape);
        window.type_text("3");
        window.shot(&format!("aside-{name}-none"));
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.show(view(vec![envelope(124, "A0321004", &EVEN)]));
        window.type_text(".");
        window.shot(&format!("aside-{name}-closing"));
    }
}
