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

#[test]
fn the_screens_look_as_they_did() {
    let slip = [("1000", 70, 64), ("500", 38, 32)];
    let checks = with_checks(envelope(124, "A0321004", &slip), 97, 10);
    let settle = with_settle(checks, 107, Reason::Duplicate);
    for (name, language, colours, person, key) in [
        ("check-ja", Language::Ja, Colours::Light, "o1", Key::F3),
        ("edit-en-dark", Language::En, Colours::Dark, "o1", Key::F5),
        ("settings-en-contrast", Language::En, Colours::Contrast, "s1", Key::F10),
    ] {
        let mut window = open_drawn(view(vec![settle.clone()]), &look(language, colours));
        window.sign_in(person);
        window.press(key);
        window.harness.snapshot_options(name, &tolerance());
    }
}
