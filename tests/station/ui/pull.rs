//! The papers to pull out of a pile after a folder's run, as the operator ticks them off.

use super::fixture::{Look, Window, envelope, open, view, with_aside, with_pull};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::view::EnvelopeView;
use kenban::flow::{EnvelopeId, NoSheet, SheetId};
use kenban::ui::port::{Answer, FolderNews, News, Order, Query};
use kenban::ui::settings::{FolderSource, Language, Look as Colours, Settings};
use kenban::ui::text::TextToKeep;
use kenban::voucher::Reason;
use std::path::PathBuf;

const SLIP: [(&str, u64, u64); 1] = [("1000", 22, 22)];

fn fed() -> EnvelopeView {
    let other = SheetId { envelope: EnvelopeId(98), ordinal: 12 };
    let one = with_pull(envelope(124, "A0321004", &SLIP), 3, Reason::Duplicate, vec![other]);
    let two = with_pull(one, 9, Reason::OtherScheme, Vec::new());
    let three = with_pull(two, 13, Reason::ReadingsDiffer, Vec::new());
    with_aside(three, 1, "0023.jpg", Some(23), NoSheet::Broken)
}

fn settings(language: Language, size: u16) -> Settings {
    let folder = FolderSource { on: true, path: "/scans/in".to_owned(), duplex: false };
    Settings { language, size, folder, ..Settings::default() }
}

fn at_read(settings: Settings) -> Window {
    let look = Look { size: (1280.0, 720.0), settings };
    let mut window = open(view(vec![fed(), envelope(125, "A0321005", &SLIP)]), &look);
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F2);
    window
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

fn run(window: &mut Window) {
    window.hear(News::Folder(FolderNews::Started));
    window.hear(News::Folder(FolderNews::Ended { sheets: 22 }));
}

#[test]
fn after_a_run_the_list_stands_there_and_is_ticked_off_by_one_key() {
    let mut window = at_read(settings(Language::En, 100));
    run(&mut window);
    assert!(see(&window, "4 papers to pull (0 done)"));
    assert!(see(&window, "No. 3 Tray 2 01-00124-003: This number is already counted"));
    assert!(see(&window, "No. 9 Tray 4"));
    assert!(see(&window, "No. 23 Tray 1 0023.jpg: The picture is broken."));
    // Nobody sees what a sheet comes to while the list is shown, so none is taken.
    window.orders();
    window.scan("A0781171531");
    let codes = |orders: &[Order]| orders.iter().any(|it| matches!(it, Order::Code(_)));
    assert!(!codes(&window.orders()));
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(see(&window, "4 papers to pull (2 done)"));
    // A tick that was a slip is taken away again.
    window.press(Key::ArrowUp);
    window.press(Key::Enter);
    assert!(see(&window, "4 papers to pull (1 done)"));
    // It can be looked at again as long as the envelope is open.
    window.press(Key::Escape);
    assert!(!see(&window, "papers to pull (") && see(&window, "3 papers are to be pulled"));
    window.type_text("1");
    assert!(see(&window, "4 papers to pull (1 done)"));
    window.press(Key::Escape);
    window.orders();
    window.scan("A0781171531");
    assert!(codes(&window.orders()), "and then sheets are taken again");
}

#[test]
fn the_list_is_written_as_a_text_to_print() {
    let mut window = at_read(settings(Language::Ja, 100));
    let answer = |query: &Query| match query {
        Query::KeepText(text) => Some(Answer::Kept(PathBuf::from("/scans").join(&text.name))),
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
    window.type_text("1");
    window.press(Key::Enter);
    window.orders();
    window.type_text("+");
    let orders = window.orders();
    let kept = orders.iter().find_map(|order| match order {
        Order::Ask { query: Query::KeepText(text), .. } => Some(text),
        _ => None,
    });
    let TextToKeep { name, beside, head, body } = kept.unwrap();
    assert_eq!((name.as_str(), beside), ("pull-01-00124.txt", &PathBuf::from("/scans/in")));
    assert!(head.contains("封筒 01-00124") && head.contains("A0321004"), "{head}");
    // Law 8: training is marked in every file.
    assert!(head.contains("訓練"), "{head}");
    let lines = body.lines().filter(|line| line.starts_with('[')).collect::<Vec<_>>();
    assert_eq!(lines.len(), 4, "{body}");
    assert_eq!(
        lines[0],
        "[x] 3枚目  トレイ2  01-00124-003：この番号は受付済みです（01-00098-012）。"
    );
    assert!(lines[3].starts_with("[ ] 23枚目  トレイ1  0023.jpg："), "{body}");
    window.settle();
    assert!(see(&window, "/scans/pull-01-00124.txt"));
}

/// What was said of one envelope's run does not stand in the next one.
#[test]
fn the_end_of_a_run_stays_with_its_envelope() {
    let mut window = at_read(settings(Language::Ja, 100));
    run(&mut window);
    window.press(Key::Escape);
    assert!(see(&window, "フォルダを読み終えました（22枚）"));
    window.press(Key::F1);
    window.take_envelope(125);
    window.press(Key::F2);
    assert!(!see(&window, "フォルダを読み終えました"));
    assert!(!see(&window, "抜き取る紙"));
}

#[test]
fn pictures_of_the_list() {
    if std::env::var_os("KENBAN_SHOTS").is_none() {
        return;
    }
    for (name, language, size) in [
        ("ja", Language::Ja, 100),
        ("en", Language::En, 100),
        ("ja-200", Language::Ja, 200),
        ("en-200", Language::En, 200),
    ] {
        let settings = Settings { look: Colours::Light, ..settings(language, size) };
        let mut window = at_read(settings);
        window.shot(&format!("pull-{name}-note"));
        run(&mut window);
        window.press(Key::Enter);
        window.shot(&format!("pull-{name}"));
    }
}
