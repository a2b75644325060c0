//! Large type in a small window, and a small type on a large screen: what must be seen is seen.

use super::fixture::{Look, Window, envelope, open, open_guided, view, with_entry, with_settle};
use super::read::{accepted, duplicate};
use egui::accesskit::Role;
use egui::{Key, Rect};
use egui_kittest::kittest::{NodeT, Queryable};
use kenban::flow::{DeliveryId, EnvelopeId, SheetId, View};
use kenban::ui::port::{DeliveryStep, FolderNews, Light, News, NotTaken};
use kenban::ui::settings::{CameraSource, Language, Look as Colours, Settings};
use kenban::voucher::{Reason, Yen};

const SLIP: [(&str, u64, u64); 2] = [("1000", 70, 64), ("500", 38, 32)];

fn large(language: Language) -> Look {
    let camera = CameraSource { on: true, by_rest: true, ..CameraSource::default() };
    let settings = Settings { size: 200, language, camera, ..Settings::default() };
    Look { size: (1280.0, 720.0), settings }
}

fn one_envelope() -> View {
    let sheets = with_entry(envelope(124, "A0321999", &SLIP), 97, &[]);
    view(vec![with_settle(sheets, 98, Reason::Duplicate)])
}

/// Where the stage ends: at the key line.
fn foot(window: &Window, help: &str) -> f32 {
    window.harness.get_by_label(help).rect().top()
}

fn within(inner: Rect, window: &Window, help: &str) {
    let foot = foot(window, help);
    assert!(inner.bottom() <= foot && inner.top() >= 0.0, "{inner:?} is not above {foot}");
    assert!(inner.left() >= 0.0 && inner.right() <= 1280.0, "{inner:?}");
}

#[test]
fn a_stop_shows_sign_and_tray_at_200_percent() {
    for (language, help, tray) in [
        (Language::Ja, "? キー一覧", "紙をトレイ2（重複）に置いてください。"),
        (Language::En, "? Keys", "Put the sheet in tray 2 (repeated)."),
    ] {
        let mut window = open(one_envelope(), &large(language));
        window.sign_in("o1");
        window.take_envelope(124);
        window.press(Key::F2);
        window.lights(|lights| {
            lights.camera = Light::Ready;
            lights.sound = Light::Ready;
        });
        window.desk_picture();
        window.hear(accepted(96, 96));
        window.lights(|lights| {
            lights.stop_open = Some(SheetId { envelope: EnvelopeId(124), ordinal: 97 });
        });
        window.hear(duplicate(97, 97));
        let tray = window.harness.get_by_label(tray).rect();
        within(tray, &window, help);
        let sign = if language == Language::Ja { "重複" } else { "Repeated" };
        let sign = window.harness.get_all_by_label(sign).next().unwrap().rect();
        within(sign, &window, help);
        let live =
            if language == Language::Ja { "カメラの今の映像" } else { "live picture" };
        within(window.harness.get_by_label(live).rect(), &window, help);
    }
}

#[test]
fn no_key_is_lost_at_200_percent() {
    for language in [Language::Ja, Language::En] {
        let mut window = open(one_envelope(), &large(language));
        window.sign_in("s1");
        window.press(Key::F8);
        let screen = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 720.0));
        let mut places: Vec<Rect> = Vec::new();
        for key in ["1", "2", "3", "4", "5", "6", "7", "+", "PgDn", "PgUp", "F12", "?"] {
            let begins = format!("{key} ");
            let named = |node: &egui_kittest::Node<'_>| {
                let name = node.accesskit_node().label();
                name.is_some_and(|name| name.starts_with(&begins))
            };
            let found = window.harness.query_all_by_role(Role::Button).filter(named);
            // The key line's is the flat one: what is decided on the page may lie under it.
            let lowest = found
                .map(|it| it.rect())
                .filter(|it| it.top() > 500.0)
                .min_by(|one, two| one.height().total_cmp(&two.height()))
                .unwrap_or_else(|| panic!("{key} is lost"));
            assert!(screen.contains_rect(lowest), "{key}: {lowest:?}");
            assert!(lowest.top() > 500.0, "{key} is not on the key line: {lowest:?}");
            assert!(
                !places.iter().any(|it| it.intersects(lowest.shrink(1.0))),
                "{key} at {lowest:?} lies on another: {places:?}"
            );
            places.push(lowest);
        }
    }
}

#[test]
fn the_line_under_the_hand_is_seen_when_its_own_change_moves_it() {
    let settings = Settings { language: Language::En, ..Settings::default() };
    let mut window = open(view(Vec::new()), &Look { size: (1280.0, 720.0), settings });
    window.sign_in("o1");
    window.press(Key::F10);
    for _ in 0..2 {
        window.press(Key::ArrowDown);
    }
    for _ in 0..6 {
        window.press(Key::ArrowRight);
        let size = window.harness.query_all_by_label_contains("Size: ").next().unwrap().rect();
        within(size, &window, "? Keys");
    }
    assert!(window.harness.query_by_label("Size: 200 %").is_some());
    // From the last line on, everything shrinks again.
    window.press(Key::End);
    let last = window.harness.query_all_by_label_contains("In use: ").last().unwrap().rect();
    within(last, &window, "? Keys");
}

#[test]
fn a_large_screen_has_larger_type() {
    let settings = Settings { language: Language::En, ..Settings::default() };
    let size = |size| {
        let mut window = open(one_envelope(), &Look { size, settings: settings.clone() });
        window.sign_in("o1");
        window.harness.get_by_label("? Keys").rect().height()
    };
    assert!(size((1920.0, 1080.0)) > 1.15 * size((1280.0, 720.0)));
}

#[test]
fn what_is_told_takes_no_room_and_goes_with_its_page() {
    let settings = Settings { language: Language::En, ..Settings::default() };
    let mut window = open(one_envelope(), &Look { size: (1280.0, 720.0), settings });
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F2);
    for ordinal in 90..=96 {
        window.hear(accepted(u64::from(ordinal), ordinal));
    }
    let strip = |window: &Window| {
        let cells = window.harness.query_all_by_label_contains("Accepted A");
        cells.map(|it| it.rect()).collect::<Vec<_>>()
    };
    let before = (strip(&window), foot(&window, "? Keys"));
    let scan = "A scan came. It counts only on Read (F2).";
    let told = "Put the last sheet in its tray and press Enter first.";
    window.hear(News::NotTaken(NotTaken::StopOpen));
    assert!(window.harness.query_all_by_label_contains(&told[..20]).next().is_some());
    assert_eq!((strip(&window), foot(&window, "? Keys")), before, "it took room");
    // The next sheet is taken: the cause is gone.
    window.hear(accepted(97, 97));
    assert!(window.harness.query_all_by_label_contains(&told[..20]).next().is_none());
    window.press(Key::F3);
    window.scan("A6900602672");
    assert!(window.harness.query_by_label(scan).is_some());
    window.press(Key::F5);
    assert!(window.harness.query_by_label(scan).is_none(), "it went along to another page");
}

#[test]
fn what_the_folder_said_stays_with_its_envelope() {
    let settings = Settings { language: Language::En, ..Settings::default() };
    let other = envelope(125, "A0321005", &SLIP);
    let both = view(vec![envelope(124, "A0321004", &SLIP), other]);
    let mut window = open(both, &Look { size: (1280.0, 720.0), settings });
    window.sign_in("o1");
    window.take_envelope(124);
    window.press(Key::F2);
    window.hear(News::Folder(FolderNews::Ended { sheets: 22 }));
    let said =
        |window: &Window| window.harness.query_all_by_label_contains("22 sheets").next().is_some();
    assert!(said(&window));
    window.press(Key::F1);
    window.press(Key::F2);
    assert!(said(&window), "a look at another page is no other envelope");
    window.press(Key::F1);
    window.take_envelope(125);
    window.press(Key::F2);
    assert!(!said(&window));
}

/// A newcomer's first envelope: with the bands of training and guide the button is seen without scrolling.
#[test]
fn the_form_of_an_envelope_is_whole_beside_the_guide() {
    for (language, button, help) in
        [(Language::Ja, "開封する", "? キー一覧"), (Language::En, "Open it", "? Keys")]
    {
        let settings = Settings { language, ..Settings::default() };
        let look = Look { size: (1280.0, 720.0), settings };
        let mut window = open_guided(view(Vec::new()), &look);
        window.sign_in("o1");
        window.type_text("しなの");
        window.press(Key::Enter);
        let found = window.harness.query_all_by_label_contains(button);
        let lowest = found.map(|it| it.rect()).max_by(|a, b| a.height().total_cmp(&b.height()));
        within(lowest.unwrap(), &window, help);
        window.shot(&format!("guided-open-{help}").replace(['?', ' '], ""));
    }
}

/// The count of the guide goes up only, and the band goes when its end is reached.
#[test]
fn the_guide_counts_up_and_can_be_closed_at_its_end() {
    let settings = Settings { language: Language::En, ..Settings::default() };
    let look = Look { size: (1280.0, 720.0), settings };
    let mut window = open_guided(view(Vec::new()), &look);
    let count = |window: &Window| {
        (1..=8).find(|at| window.harness.query_by_label(&format!("{at} / 8")).is_some())
    };
    let mut counts = vec![count(&window).unwrap()];
    window.sign_in("o1");
    counts.push(count(&window).unwrap());
    let half = envelope(124, "A0321004", &[("1000", 4, 1)]);
    window.show(view(vec![with_settle(half.clone(), 2, Reason::Duplicate)]));
    counts.push(count(&window).unwrap());
    window.show(view(vec![half]));
    counts.push(count(&window).unwrap());
    let read = envelope(124, "A0321004", &[("1000", 4, 3)]);
    window.show(view(vec![with_entry(read.clone(), 4, &["o1"])]));
    counts.push(count(&window).unwrap());
    // The next person sits down, as if it were the first.
    window.press(Key::F9);
    counts.push(count(&window).unwrap());
    window.press(Key::Escape);
    window.show(view(vec![with_settle(read, 4, Reason::Duplicate)]));
    counts.push(count(&window).unwrap());
    assert!(counts.is_sorted(), "{counts:?}");
    assert_eq!(counts[..4], [1, 2, 3, 3]);
    window.press(Key::F6);
    window.hear(News::Delivering(DeliveryStep::Done {
        id: DeliveryId(1),
        folder: "/stick".into(),
        sheets: 4,
        amount: Yen(4_000),
    }));
    assert_eq!(count(&window), Some(8));
    window.press(Key::F3);
    let header = window.harness.get_by_label("Esc Close the guide").rect();
    assert!(header.top() > 0.0);
    window.press(Key::Escape);
    assert_eq!(count(&window), None);
    assert!(window.harness.query_by_label("Esc Close the guide").is_none());
}

#[test]
fn shots_of_large_type() {
    for (name, language) in [("large-ja", Language::Ja), ("large-en", Language::En)] {
        let look = large(language);
        let look = Look { settings: Settings { look: Colours::Contrast, ..look.settings }, ..look };
        let mut window = open(one_envelope(), &look);
        window.shot(&format!("{name}-sign-in"));
        window.sign_in("s1");
        for (key, page) in [
            (Key::F1, "open"),
            (Key::F3, "check"),
            (Key::F4, "entry"),
            (Key::F5, "edit"),
            (Key::F6, "deliver"),
            (Key::F8, "supervisor"),
            (Key::F10, "settings"),
        ] {
            window.press(key);
            window.shot(&format!("{name}-{page}"));
        }
    }
}
