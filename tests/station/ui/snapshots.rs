//! A few screens as pictures, so that a change that nobody meant is seen. Fonts and drivers differ between
//! machines; what may differ is written below. `UPDATE_SNAPSHOTS=1` draws them anew.

use super::fixture::{Look, envelope, open_drawn, view, with_checks, with_settle};
use egui::Key;
use egui_kittest::SnapshotOptions;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::Reason;

/// Some letters may sit a pixel elsewhere; a panel, a sign or a colour may not.
fn tolerance() -> SnapshotOptions {
    SnapshotOptions::new()
        .threshold(2.0)
        .max_failed_pixels(4_000)
        .output_path("tests/station/ui/snapshots")
}

fn look(language: Language, colours: Colours) -> Look {
    let settings = Settings { language, look: colours, ..Settings::default() };
    Look { size: (1024.0, 600.0), settings }
}

fn looks_as_it_did(name: &str, person: &str, key: Key, look: &Look) {
    let slip = [("1000", 70, 64), ("500", 38, 32)];
    let checks = with_checks(envelope(124, "A0321004", &slip), 97, 10);
    let settle = with_settle(checks, 107, Reason::Duplicate);
    let mut window = open_drawn(view(vec![settle]), look);
    window.sign_in(person);
    window.press(key);
    window.harness.snapshot_options(name, &tolerance());
}

#[test]
fn check_in_japanese() {
    looks_as_it_did("check-ja", "o1", Key::F3, &look(Language::Ja, Colours::Light));
}

#[test]
fn edit_in_the_dark() {
    looks_as_it_did("edit-en-dark", "o1", Key::F5, &look(Language::En, Colours::Dark));
}

#[test]
fn settings_in_high_contrast() {
    let look = look(Language::En, Colours::Contrast);
    looks_as_it_did("settings-en-contrast", "s1", Key::F10, &look);
}
