//! Pictures of the stage, for people to look at.

use super::super::fixture::{Look, Window, envelope, open, view, with_entry};
use super::third::story;
use super::{BOOK, SLIP, accepted, at_entry_with, keyed, number};
use egui::Key;
use kenban::flow::event::Keyed;
use kenban::ui::port::News;
use kenban::ui::settings::{Language, Look as Colours, Settings};

#[test]
fn shots_of_entry() {
    for (name, language, look, size, scale) in [
        ("entry-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("entry-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("entry-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("entry-en-200", Language::En, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let look = Look { size, settings };
        let mut two = with_entry(envelope(124, "A0321999", &SLIP), 37, &[]);
        two = with_entry(two, 38, &["o1", "o2"]);
        two = with_entry(two, 39, &[]);
        two.entry[2].picture = None;
        let mut window = open(view(vec![two]), &look);
        window.print_numbers();
        window.sign_in("o1");
        window.take_envelope(124);
        window.press(Key::F4);
        window.type_text("690");
        window.look();
        window.shot(name);
        window.type_text("0602673");
        window.look();
        window.shot(&format!("{name}-wrong"));
        window.type_text("-");
        window.type_text(&number(690_060_267).as_str()[10..]);
        window.look();
        window.shot(&format!("{name}-right"));
        window.type_text(".");
        window.look();
        window.shot(&format!("{name}-cannot"));
        window.press(Key::Escape);
        window.type_text("*");
        window.look();
        window.shot(&format!("{name}-hold"));
        window.type_text("8");
        window.look();
        window.shot(&format!("{name}-hold-typing"));
        window.press(Key::Escape);
        window.press(Key::Escape);
        window.press(Key::Enter);
        window.look();
        window.shot(&format!("{name}-paper"));
        third_shot(&mut window, name);
    }
}

fn third_shot(window: &mut Window, name: &str) {
    let all = [690_060_267, 690_060_261, 690_060_267].map(number);
    let three = ["o1", "o2", "v1"].into_iter().zip(all.iter().cloned().map(Keyed::Number));
    story(window, three.collect());
    window.press(Key::F9);
    window.sign_in("v1");
    window.type_text(&all[2].as_str()[1..]);
    window.orders();
    window.press(Key::Enter);
    let ticket = Window::last_act(&window.orders());
    let events = keyed(38, "v1", Keyed::Number(all[2].clone()), accepted(&all[2]));
    window.hear(News::Done { ticket, events });
    window.look();
    window.shot(&format!("{name}-third"));
    window.press(Key::F9);
    window.sign_in("x1");
    window.look();
    window.shot(&format!("{name}-not-yours"));
}

#[test]
fn shots_of_kinds() {
    let (mut window, profile) = at_entry_with(BOOK, |_| {});
    window.look();
    window.shot("entry-letters");
    let wanted = profile.layouts[0].number.compose("T", 1_234_567_801).unwrap();
    window.type_text(wanted.as_str());
    window.look();
    window.shot("entry-kinds");
}
