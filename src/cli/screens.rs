//! Every screen as a picture, in both languages: the real window on a real training campaign in which
//! something waits at every stage, driven by keys, drawn without a display.

use super::{CliError, say};
use crate::rig::shift::{Far, Plan, play};
use crate::rig::window::StationPort;
use crate::ui::settings::{Language, Look};
use crate::ui::{Kenban, fonts};
use crossbeam_channel::{Receiver, bounded};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The window in these pictures, points.
const SIZE: (f32, f32) = (1280.0, 800.0);
/// So long may an answer take; then the picture shows what is there.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// A frame of quiet between two looks.
const FRAME: Duration = Duration::from_millis(16);

/// Draws all screens into `out`, a folder for each language; gives how many.
pub(super) fn draw(out: &Path, tell: &mut dyn FnMut(String)) -> Result<u64, CliError> {
    let mut drawn = 0;
    for (folder, language, look) in [
        ("ja", Language::Ja, Look::Light),
        ("en", Language::En, Look::Light),
        ("ja-dark", Language::Ja, Look::Dark),
    ] {
        let data = out.join(format!(".data-{folder}"));
        let plan = Plan {
            vouchers: 1,
            seed: 1,
            data: data.clone(),
            out: out.join(format!(".delivery-{folder}")),
            readers: super::read::cores(),
            far: Far::Everywhere,
        };
        make(&plan.out)?;
        play(&plan, &mut |_| {})?;
        tell(format!("screens: {folder}"));
        drawn += album(&data, &out.join(folder), language, look)?;
        for folder in [&data, &plan.out] {
            std::fs::remove_dir_all(folder)
                .map_err(|error| say(format!("{} stays: {error}", folder.display())))?;
        }
    }
    Ok(drawn)
}

fn make(folder: &Path) -> Result<(), CliError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| say(format!("{} can't be made: {error}", folder.display())))
}

/// Where the pictures' deliveries would go.
fn plan_out(data: &Path) -> std::path::PathBuf {
    data.with_file_name("stick")
}

/// One language's pictures.
fn album(data: &Path, out: &Path, language: Language, look: Look) -> Result<u64, CliError> {
    make(out)?;
    let (woken, wakes) = bounded(1);
    let wake = Arc::new(move || if woken.try_send(()).is_err() {});
    let mut port = StationPort::training(data, &plan_out(data), wake)?;
    port.set_look(language, look);
    let harness = Harness::builder()
        .with_size(SIZE)
        .with_step_dt(FRAME.as_secs_f32())
        .allow_missing_glyphs()
        .wgpu()
        .build_eframe(|cc| {
            let (definitions, faces) = fonts::load();
            cc.egui_ctx.set_fonts(definitions);
            Kenban::new(Box::new(port), faces)
        });
    let mut camera = Camera { harness, wakes, out, drawn: 0 };
    camera.whole_album()?;
    Ok(camera.drawn)
}

struct Camera<'a> {
    harness: Harness<'static, Kenban>,
    wakes: Receiver<()>,
    out: &'a Path,
    drawn: u64,
}

impl Camera<'_> {
    /// The people are by id: endo, izumi, kitamura, mizuno, sakura, takanashi.
    fn whole_album(&mut self) -> Result<(), CliError> {
        self.take("00-sign-in")?;
        self.sign_in("5");
        self.take("01-open")?;
        // The last envelope of the table: its slip, and some of its sheets under the camera.
        self.key(Key::F11);
        self.take("01-open-slip")?;
        self.key(Key::Enter);
        for _ in 0..5 {
            self.key(Key::Enter);
            self.settle();
        }
        self.take("02-read")?;
        self.key(Key::F3);
        self.take("03-check")?;
        self.key(Key::F4);
        self.take("04-entry")?;
        self.key(Key::F5);
        self.take("05-edit")?;
        self.key(Key::Enter);
        self.take("05-edit-envelope")?;
        self.key(Key::Enter);
        self.take("05-edit-sheet")?;
        self.type_text(".");
        self.pictured();
        self.take("05-edit-how-read")?;
        self.key(Key::End);
        self.take("05-edit-how-read-last")?;
        self.type_text("/7");
        self.take("07-dispose")?;
        self.key(Key::F10);
        self.take("10-settings")?;
        self.type_text("?");
        self.take("11-keys")?;
        self.key(Key::Escape);
        self.key(Key::F9);
        self.sign_in("6");
        self.key(Key::F8);
        self.take("08-supervisor")?;
        self.key(Key::F6);
        self.take("06-deliver")
    }

    fn sign_in(&mut self, number: &str) {
        self.type_text(number);
        self.key(Key::Enter);
    }

    fn key(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::NONE, key);
        self.settle();
    }

    fn type_text(&mut self, text: &str) {
        for char in text.chars() {
            self.harness.event(egui::Event::Text(char.to_string()));
            self.settle();
        }
    }

    /// Draws frames until the station has been quiet for a while.
    fn settle(&mut self) {
        let mut quiet = Duration::ZERO;
        let mut spent = Duration::ZERO;
        while quiet < FRAME * 8 && spent < PATIENCE {
            self.harness.step();
            spent += FRAME;
            quiet = match self.wakes.recv_timeout(FRAME) {
                Ok(()) => Duration::ZERO,
                Err(_) => quiet + FRAME,
            };
        }
    }

    /// Waits for a picture, which may take longer than a look-up.
    fn pictured(&mut self) {
        for _ in 0..20 {
            if self.harness.query_all_by_role(Role::Image).next().is_some() {
                return;
            }
            self.settle();
        }
    }

    fn take(&mut self, name: &str) -> Result<(), CliError> {
        self.settle();
        let image = self.harness.render().map_err(say)?;
        let path = self.out.join(format!("{name}.png"));
        image.save(&path).map_err(|error| say(format!("{}: {error}", path.display())))?;
        self.drawn += 1;
        Ok(())
    }
}
