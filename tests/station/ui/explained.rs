//! How a sheet was read: opened from its story, walked through by keys, closed again.

use super::files::{Made, accepted, answer, inside, look, made, number, taken};
use super::fixture::{Look, Window, envelope, open, picture, view};
use crate::world;
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::{Place, Source};
use kenban::ui::port::{Answer, Explained, News, Order, Pixels, Query, ReadStep, Trouble, Unread};
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::steps::{Mark, Note, Step};
use kenban::voucher::{BarcodeFinding, KindId, LayoutId, PrintedFinding, Reading, Side, Symbology};

/// What the station says of a picture.
type Told = fn() -> Result<Box<Explained>, Unread>;

fn flat(width: usize, height: usize) -> Pixels {
    Pixels { width, height, rgb: vec![200; width * height * 3].into() }
}

/// A reading in which barcode and print say the number of sheet 5.
fn reading() -> Reading {
    let text = number(5).to_string();
    let printed = PrintedFinding { free: text.clone(), number: Some(number(5)), confidence: 993 };
    let barcode = BarcodeFinding { symbology: Symbology::Code128, text };
    Reading { barcode: Some(barcode), printed: Some(printed), ..Reading::default() }
}

/// All steps, with everything that they can say of a good sheet.
fn all_steps() -> Result<Box<Explained>, Unread> {
    let reading = reading();
    let found = reading.barcode.clone().unwrap();
    let kind = Some(KindId::new("1000"));
    let layout = LayoutId::new("A");
    let free = found.text.clone();
    let rows = "0256790A".chars().collect();
    let numbers = vec![(number(5), 993), (number(6), 104)];
    let steps = [
        (Step::Outline, Note::Outline { firm: true, beside: true }, (640, 360)),
        (Step::Face, Note::Layout { layout, by_code: false, kind }, (640, 280)),
        (Step::Barcode, Note::Barcode { found, votes: 9, in_box: true }, (640, 120)),
        (Step::Line, Note::Line { free }, (800, 128)),
        (Step::Answer, Note::Answer { rows, numbers, firm: true }, (800, 160)),
    ];
    let step = |(step, note, (width, height))| {
        let marks =
            if step == Step::Outline { vec![Mark::Sheet, Mark::Number] } else { Vec::new() };
        ReadStep { step, note, pixels: flat(width, height), marks }
    };
    Ok(Box::new(Explained { reading, steps: steps.map(step).into() }))
}

fn gone() -> Result<Box<Explained>, Unread> {
    Err(Unread::Gone)
}

fn broken() -> Result<Box<Explained>, Unread> {
    Err(Unread::Broken)
}

/// Sheet 5 with one picture, as it was read.
fn read_sheet() -> Made {
    let mut it = made(5, accepted(5));
    it.sheet.captures = look(5);
    it.sheet.captures[0].reading = reading();
    it.story = vec![taken(5, it.sheet.place.clone(), &[])];
    it
}

/// At the story of sheet 5; the station answers what is asked of its pictures, if it is to.
fn at_story(sheets: Vec<Made>, told: Option<Told>, look: &Look) -> Window {
    let slip = [("1000", 70, 70), ("500", 38, 38)];
    let mut window = open(view(vec![envelope(124, "A0321004", &slip)]), look);
    answer(&mut window, sheets);
    window.shared.0.lock().unwrap().answers.push(Box::new(move |query| match query {
        Query::Explain { .. } => told.map(|told| Answer::Explained(told())),
        _ => None,
    }));
    window.sign_in("s1");
    window.take_envelope(124);
    window.press(Key::F5);
    window.type_text("5");
    window.press(Key::Enter);
    window.press(Key::Enter);
    window.orders();
    window
}

fn see(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

fn asked(orders: &[Order]) -> Vec<(u8, Side)> {
    let question = |order: &Order| match order {
        Order::Ask { query: Query::Explain { picture, side }, .. } => Some((picture.0[0], *side)),
        _ => None,
    };
    orders.iter().filter_map(question).collect()
}

#[test]
fn a_story_leads_to_how_its_sheet_was_read_and_back() {
    let mut window = at_story(vec![read_sheet()], Some(all_steps), &Look::default());
    assert!(see(&window, "How it was read"), "neither button nor key is offered");
    assert!(asked(&window.orders()).is_empty(), "asked before anybody wants to know");
    window.type_text(".");
    assert_eq!(asked(&window.orders()), [(picture(5).0[0], Side::Front)], "asked once");
    assert!(see(&window, "How 01-00124-005 was read"));
    for text in [
        "The edge of the sheet stands out clearly.",
        "Something else lies in the picture.",
        "The sheet is laid out like A",
        "Its text says 食事券 1,000円.",
        &format!("It says code128 {}.", number(5)),
        "9 scans say the same.",
        &format!("the machine reads {}.", number(5)),
        "just as it was read",
        "sure to 99.3 %",
        "edge of the sheet",
    ] {
        assert!(see(&window, text), "not told: {text}");
    }
    assert!(!see(&window, "differently"), "it reads as it did");
    let large = |window: &Window, title: &str| {
        window.harness.query_all_by_role_and_label(egui::accesskit::Role::Image, title).count() == 1
    };
    assert!(large(&window, "The sheet in the picture"));
    window.press(Key::ArrowDown);
    assert!(large(&window, "The face, straightened"));
    window.press(Key::ArrowUp);
    window.press(Key::ArrowUp);
    assert!(large(&window, "The sheet in the picture"), "before the first is the first");
    window.type_text("5");
    assert!(large(&window, "The number, character by character"));
    window.press(Key::Home);
    window.press(Key::End);
    assert!(large(&window, "The number, character by character"));
    window.type_text("9");
    assert!(large(&window, "The number, character by character"), "there is no ninth");
    window.press(Key::ArrowRight);
    assert!(large(&window, "The number, character by character"), "the last");
    window.press(Key::ArrowDown);
    assert!(large(&window, "The sheet in the picture"), "round again");
    window.harness.get_by_label_contains("3  The barcode").click();
    window.settle();
    assert!(large(&window, "The barcode"));
    // Nothing else can be begun from here.
    window.type_text("*");
    window.scan(number(7).as_str());
    assert!(see(&window, "How 01-00124-005 was read"));
    window.press(Key::Escape);
    assert!(!see(&window, "How 01-00124-005 was read"));
    assert!(see(&window, "01-00124-005 · sheet 5"), "where one was");
    let orders = window.orders();
    assert!(!orders.iter().any(|order| matches!(order, Order::Act { .. })), "{orders:?}");
    window.type_text("..");
    assert!(see(&window, "01-00124-005 · sheet 5"), "the key that opens it closes it");
}

#[test]
fn the_button_opens_it_too_and_it_speaks_japanese() {
    let mut window = at_story(vec![read_sheet()], Some(all_steps), &Look::japanese());
    window.harness.query_all_by_label_contains("読取の根拠").next().unwrap().click();
    window.settle();
    for text in [
        "01-00124-005 の読取の根拠",
        "画像の中の紙",
        "紙の縁がはっきり見えます。",
        "券面の文字は「食事券 1,000円」です。",
        "9回走査して同じ内容でした。",
        "一文字ずつの読み",
        "確かさ 99.3 %",
    ] {
        assert!(see(&window, text), "not told: {text}");
    }
    window.press(Key::Escape);
    assert!(!see(&window, "画像の中の紙"));
}

#[test]
fn a_picture_that_is_gone_or_broken_says_so() {
    for (told, text) in [
        (gone as Told, "This picture is not kept here any more"),
        (broken as Told, "What is kept of this picture is damaged"),
    ] {
        let mut window = at_story(vec![read_sheet()], Some(told), &Look::default());
        window.type_text(".");
        assert!(see(&window, text), "not told: {text}");
        window.press(Key::ArrowDown);
        window.press(Key::Escape);
        assert!(see(&window, "01-00124-005 · sheet 5"));
    }
}

#[test]
fn it_waits_for_nobody_and_asks_again_when_the_station_was_busy() {
    let mut window = at_story(vec![read_sheet()], None, &Look::default());
    window.type_text(".");
    assert!(see(&window, "Reading the picture once more"));
    assert_eq!(asked(&window.orders()).len(), 1);
    window.hear(News::Trouble(Trouble::Busy));
    let orders = window.orders();
    assert_eq!(asked(&orders).len(), 1, "asked again");
    // An answer to another question is none to this one.
    let ticket = kenban::ui::port::Ticket(1);
    window.hear(News::Found { ticket, answer: Answer::Explained(all_steps()) });
    assert!(see(&window, "Reading the picture once more"));
    let answer = Answer::Failed(kenban::ui::fault::Fault::DataFails);
    window.hear(News::Found { ticket: Window::last_ticket(&orders), answer });
    assert!(see(&window, "The data can't be read or written."));
    window.press(Key::Escape);
    assert!(see(&window, "01-00124-005 · sheet 5"));
}

#[test]
fn a_machine_that_reads_otherwise_today_is_told() {
    let mut it = read_sheet();
    it.sheet.captures[0].reading.printed = None;
    let mut window = at_story(vec![it], Some(all_steps), &Look::default());
    window.type_text(".");
    assert!(see(&window, "read this picture differently"));
}

#[test]
fn both_sides_stand_one_below_the_other() {
    let mut it = read_sheet();
    let mut back = look(6).remove(0);
    back.side = Side::Back;
    it.sheet.captures.push(back);
    let mut window = at_story(vec![it], Some(all_steps), &Look::default());
    window.type_text(".");
    let wanted = [(picture(5).0[0], Side::Front), (picture(6).0[0], Side::Back)];
    assert_eq!(asked(&window.orders()), wanted);
    assert!(see(&window, "front") && see(&window, "back"));
    window.press(Key::End);
    assert!(see(&window, "10  The number, character by character"));
}

#[test]
fn several_looks_at_one_side_are_told_apart() {
    let mut it = read_sheet();
    it.sheet.captures.extend(look(6));
    let mut window = at_story(vec![it], Some(all_steps), &Look::default());
    window.type_text(".");
    assert!(see(&window, "front 1") && see(&window, "front 2"));
    window.type_text("6");
    assert!(see(&window, "6  The sheet in the picture"));
}

#[test]
fn who_may_still_key_a_sheet_is_not_told_its_number() {
    let mut it = read_sheet();
    it.sheet.place = Place::Entry;
    it.story = vec![taken(5, Place::Entry, &[])];
    let mut window = at_story(vec![it], Some(all_steps), &Look::default());
    window.type_text(".");
    assert!(see(&window, "is shown when keying is over"));
    assert!(!see(&window, number(5).as_str()) && !see(&window, "99.3"), "the number is told");
    assert!(!see(&window, "character by character"));
}

#[test]
fn a_sheet_without_a_picture_has_nothing_to_show() {
    let mut it = read_sheet();
    it.sheet.captures[0].source = Source::Hand {};
    let mut window = at_story(vec![it], Some(all_steps), &Look::default());
    assert!(!see(&window, "How it was read"));
    window.type_text(".");
    assert!(asked(&window.orders()).is_empty());
    assert!(see(&window, "01-00124-005 · sheet 5"));
}

/// A made-up voucher as the reader really reads it.
fn really_read() -> Result<Box<Explained>, Unread> {
    let folder = crate::common::pictures().ok_or(Unread::Gone)?;
    let bytes = std::fs::read(folder.join("vouchers-camera/0000.jpg")).unwrap();
    let picture = kenban::picture::decode(&bytes, &kenban::picture::Limits::default()).unwrap();
    let explained = kenban::reader::explain(&picture, Side::Front, &world::profile());
    let step = |stage: kenban::reader::Stage| {
        let luma = &stage.picture.luma;
        let (width, height) = (luma.width, luma.height);
        let rgb = stage.picture.rgb.clone().unwrap().into();
        let pixels = Pixels { width, height, rgb };
        ReadStep { step: stage.step, note: stage.note, pixels, marks: stage.marks }
    };
    let steps = explained.stages.into_iter().map(step).collect();
    Ok(Box::new(Explained { reading: explained.findings.reading, steps }))
}

#[test]
fn shots_of_how_it_was_read() {
    let drawn = std::env::var_os("KENBAN_SHOTS").is_some();
    let told = if drawn { really_read as Told } else { all_steps };
    for (name, language, look, size, scale) in [
        ("how-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("how-en", Language::En, Colours::Light, (1280.0, 720.0), 100),
        ("how-ja-dark-wide", Language::Ja, Colours::Dark, (1920.0, 1080.0), 100),
        ("how-en-contrast", Language::En, Colours::Contrast, (1280.0, 720.0), 100),
        ("how-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("how-en-200", Language::En, Colours::Dark, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let mut window = at_story(vec![read_sheet()], Some(told), &Look { size, settings });
        window.shot(&format!("{name}-0-story"));
        window.type_text(".");
        for step in ["1", "2", "3", "4", "5"] {
            window.type_text(step);
            window.shot(&format!("{name}-{step}"));
            inside(&window, size);
        }
    }
}
