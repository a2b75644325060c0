//! What stands around every stage.

use super::fixture::{Look, envelope, open, view};
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};

#[test]
fn stages_by_function_keys_and_by_slash_and_digit() {
    let mut window = open(view(Vec::new()), &Look::default());
    window.sign_in("o1");
    window.press(Key::F3);
    assert_eq!(window.harness.state().session().stage, Stage::Check);
    window.type_text("/4");
    assert_eq!(window.harness.state().session().stage, Stage::Entry);
    window.press(Key::F8);
    assert_eq!(window.harness.state().session().stage, Stage::Supervisor);
}

#[test]
fn nobody_acts_before_signing_in() {
    let mut window = open(view(Vec::new()), &Look::default());
    window.press(Key::F3);
    assert_eq!(window.harness.state().session().stage, Stage::Open);
    assert!(window.harness.query_by_label("Who sits here?").is_some());
}

#[test]
fn change_of_person_takes_two_keys() {
    let mut window = open(view(Vec::new()), &Look::default());
    window.sign_in("o1");
    window.press(Key::F9);
    // The people are by id: d1, o1, o2 …
    window.type_text("3");
    assert!(window.harness.query_by_label("Training: just press Enter.").is_some());
}

#[test]
fn shots_of_the_frame() {
    for (name, language, look, size, scale) in [
        ("frame-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("frame-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("frame-ja-200", Language::Ja, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let slip = [("1000", 70, 64), ("500", 38, 32)];
        let envelopes = vec![envelope(124, "A0321999", &slip)];
        let mut window = open(view(envelopes), &Look { size, settings });
        window.shot(&format!("{name}-sign-in"));
        window.sign_in("o1");
        window.shot(name);
        window.type_text("?");
        window.shot(&format!("{name}-help"));
    }
}
