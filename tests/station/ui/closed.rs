//! What a window shows that has no station behind it.

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kenban::ui::fonts;
use kenban::ui::not_opened::{Cause, NotOpened, NotOpenedPage};
use kenban::ui::settings::{Language, Look, Settings};
use std::path::PathBuf;

fn page(cause: Cause, settings: Settings, size: (f32, f32)) -> Harness<'static, NotOpenedPage> {
    let why = NotOpened {
        cause,
        said: "the database refused: disk I/O error".to_owned(),
        settings,
        place: PathBuf::from("/data"),
    };
    let mut builder = Harness::builder().with_size(size);
    if std::env::var_os("KENBAN_SHOTS").is_some() {
        builder = builder.wgpu();
    }
    let mut harness = builder.build_eframe(|cc| {
        let (definitions, faces) = fonts::load();
        cc.egui_ctx.set_fonts(definitions);
        NotOpenedPage::new(why, faces)
    });
    for _ in 0..3 {
        harness.step();
    }
    harness
}

#[test]
fn a_second_start_is_told_in_the_language_of_the_window() {
    for (language, title, close) in [
        (Language::Ja, "このデータは、ほかの券番が使っています", "閉じる"),
        (Language::En, "Another Kenban works on this data folder", "Close"),
    ] {
        let settings = Settings { language, ..Settings::default() };
        let harness = page(Cause::InUse, settings, (1280.0, 720.0));
        assert!(harness.query_by_label(title).is_some());
        assert!(harness.query_by_label_contains(close).is_some());
        assert!(harness.query_by_label_contains("/data").is_some());
        // Nobody needs the database's own words for this.
        assert!(harness.query_by_label_contains("disk I/O").is_none());
    }
}

#[test]
fn what_has_no_sentence_of_its_own_is_shown_as_it_came() {
    let harness = page(Cause::Other, Settings::default(), (1280.0, 720.0));
    assert!(harness.query_by_label_contains("disk I/O").is_some());
}

#[test]
fn shots_of_no_station() {
    let Some(folder) = std::env::var_os("KENBAN_SHOTS").map(PathBuf::from) else { return };
    for (name, language, look, size) in [
        ("closed-ja", Language::Ja, Look::Light, 100),
        ("closed-en-200", Language::En, Look::Dark, 200),
        ("closed-ja-200", Language::Ja, Look::Light, 200),
    ] {
        let settings = Settings { language, look, size, ..Settings::default() };
        for (cause, of) in [(Cause::InUse, "in-use"), (Cause::Restored, "restored")] {
            let mut harness = page(cause, settings.clone(), (1280.0, 720.0));
            let image = harness.render().unwrap();
            std::fs::create_dir_all(&folder).unwrap();
            image.save(folder.join(format!("{name}-{of}.png"))).unwrap();
        }
    }
}
