//! Teaching a new scheme in the window, with real pictures of drawn vouchers and the real reader.

use super::fixture::{Look, Window, empty_view, open};
use crate::teach::Press;
use egui::{Key, Pos2, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use kenban::flow::View;
use kenban::rig::teaching;
use kenban::ui::lesson::{Learned, Lesson, MOST_PICTURES, SamplePicture};
use kenban::ui::port::{Answer, Order, ProfileSource, ProfileSummary, Query};
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::{Profile, Side, Symbology, profile_file, teach};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Lessons {
    window: Window,
    press: Press,
    site: TempDir,
}

impl Lessons {
    fn new(view: View, look: &Look) -> Lessons {
        let site = tempfile::tempdir().unwrap();
        for folder in ["samples", "more", "data"] {
            std::fs::create_dir(site.path().join(folder)).unwrap();
        }
        let window = open(view, look);
        let data = site.path().join("data");
        let answer = move |query: &Query| match query {
            Query::Teach(lesson) => Some(Answer::Teach(teaching::answer(lesson.clone(), &data))),
            Query::CheckProfile(ProfileSource::File(path)) => {
                let toml = std::fs::read_to_string(path).unwrap();
                let profile = profile_file::parse(&toml).unwrap();
                Some(Answer::Profile(Ok(Box::new(ProfileSummary { toml, profile }))))
            }
            _ => None,
        };
        window.shared.0.lock().unwrap().answers.push(Box::new(answer));
        Lessons { window, press: Press::new(), site }
    }

    /// Vouchers of these numbers into a folder.
    fn lay(&self, folder: &str, which: std::ops::Range<u64>) -> PathBuf {
        let folder = self.site.path().join(folder);
        for no in which {
            self.press.print(&folder, no, &self.press.number(no), Symbology::Code39);
        }
        folder
    }

    /// In the first start, to the empty first page.
    fn open_in_first_start(&mut self) {
        self.down(1);
        self.window.press(Key::Enter);
        self.down(5);
        self.window.press(Key::Enter);
        assert!(self.sees("Sample vouchers") || self.sees("見本の券"));
    }

    /// What no picture tells, and the pictures of a folder.
    fn show(&mut self, kinds: &str, folder: &Path) {
        for typed in ["Summer 2026", "", kinds, "146", "76"] {
            self.window.type_text(typed);
            self.down(1);
        }
        self.down(1);
        self.type_path(folder);
    }

    fn type_path(&mut self, path: &Path) {
        self.window.type_text(&path.display().to_string());
        self.window.press(Key::Enter);
        self.wait();
    }

    /// One question a frame: until all are answered.
    fn wait(&mut self) {
        for _ in 0..8 {
            self.window.settle();
        }
    }

    fn down(&mut self, times: usize) {
        for _ in 0..times {
            self.window.press(Key::ArrowDown);
        }
    }

    fn sees(&self, part: &str) -> bool {
        self.window.harness.query_all_by_label_contains(part).next().is_some()
    }

    fn saved(&self) -> Option<Profile> {
        let text = std::fs::read_to_string(self.site.path().join("summer-2026.toml")).ok()?;
        Some(profile_file::parse(&text).unwrap())
    }

    /// What the program proposes for a folder, without any hand.
    fn proposed(&self, folder: &Path) -> teach::LayoutProposal {
        let data = self.site.path();
        let Learned::Pictures(Ok(paths)) = teaching::answer(Lesson::Pictures(folder.into()), data)
        else {
            panic!()
        };
        let look = |path: PathBuf| {
            let picture = SamplePicture::File(path);
            let lesson = Lesson::LookAt { picture, face_mm: (146.0, 76.0), side: Side::Front };
            match teaching::answer(lesson, data) {
                Learned::Looked(Ok(looked)) => looked.seen,
                other => panic!("{other:?}"),
            }
        };
        let seen: Vec<teach::Seen> = paths.into_iter().map(look).collect();
        teach::propose(&teach::samples(&seen)).unwrap().layouts.remove(0)
    }

    fn middle_of(&self, role: Role, label: &str) -> egui::Rect {
        let mut found = self.window.harness.query_all_by_role(role);
        let named = |node: &egui_kittest::Node<'_>| {
            node.accesskit_node().label().is_some_and(|it| it.contains(label))
        };
        found.find(named).unwrap().rect()
    }
}

#[test]
fn a_scheme_is_taught_corrected_tried_and_saved() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.lay("samples", 0..7);
    let more = lessons.lay("more", 20..22);
    lessons.open_in_first_start();
    assert!(lessons.sees("Type width and height"));
    lessons.show("1000", &samples);
    for no in 0..7 {
        let number = lessons.press.number(no);
        assert!(lessons.sees(&format!("Barcode code39  {number}")), "{number}");
    }
    lessons.window.shot("teach-en-1");
    // Past the seven samples to the proposal.
    lessons.down(8);
    lessons.window.press(Key::Enter);
    for told in [
        "code39: the whole content, 10 characters",
        "Place 1: always Q",
        "Place 10: the check digit",
    ] {
        assert!(lessons.sees(told), "{told}");
    }
    assert!(lessons.sees("Proven by the samples."));
    lessons.window.shot("teach-en-2");
    // The number's box, four steps to the right and one lower, by keys alone.
    let proposed = lessons.proposed(&samples).number_area.unwrap();
    lessons.down(1);
    lessons.window.press(Key::Enter);
    for _ in 0..4 {
        lessons.window.press(Key::ArrowRight);
    }
    lessons.window.press(Key::Enter);
    lessons.window.press(Key::ArrowDown);
    lessons.window.press(Key::Enter);
    lessons.wait();
    // On to the trial.
    lessons.down(5);
    lessons.window.press(Key::Enter);
    lessons.wait();
    assert!(lessons.sees("7 of 7 samples read as they were taught."));
    assert!(lessons.sees("Try it on at least one voucher"));
    lessons.down(20);
    lessons.window.press(Key::Enter);
    lessons.wait();
    assert_eq!(lessons.saved(), None, "nothing is saved that was not tried");
    // From the button round to the path at the top.
    lessons.window.press(Key::Tab);
    lessons.type_path(&more);
    assert!(lessons.sees(&format!("{} · Accepted · voucher20.jpg", lessons.press.number(20))));
    lessons.window.shot("teach-en-3");
    lessons.down(20);
    lessons.window.press(Key::Enter);
    lessons.wait();
    let saved = lessons.saved().unwrap();
    assert_eq!(saved.name, "Summer 2026");
    let area = saved.layouts[0].number_area;
    assert!((area.x - proposed.x - 0.01).abs() < 2e-4, "{area:?} {proposed:?}");
    assert!((area.h - proposed.h - 0.0025).abs() < 2e-4, "{area:?} {proposed:?}");
    // The first start goes on with it.
    assert!(lessons.sees("summer-2026 · revision 1"));
    lessons.window.press(Key::Enter);
    assert!(lessons.sees("People"));
}

#[test]
fn a_box_is_dragged_and_what_it_holds_is_read_anew() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.lay("samples", 0..4);
    lessons.open_in_first_start();
    lessons.show("1000", &samples);
    lessons.down(5);
    lessons.window.press(Key::Enter);
    let proposed = lessons.proposed(&samples).number_area.unwrap();
    let face = lessons.middle_of(Role::Image, "The face of sample 1");
    let on_face = |x: f32, y: f32| face.min + egui::vec2(x * face.width(), y * face.height());
    let from = on_face(proposed.x + proposed.w / 2.0, proposed.y + proposed.h / 2.0);
    drag(&mut lessons, from, from - egui::vec2(0.3 * face.width(), 0.4 * face.height()));
    lessons.wait();
    // There is no number there any more, so the barcode alone is left to learn from.
    assert!(lessons.sees("Nothing printed was read"));
    let up = egui::vec2(0.3 * face.width(), 0.4 * face.height());
    drag(&mut lessons, from - up, from);
    lessons.wait();
    assert!(!lessons.sees("Nothing printed was read"));
}

fn drag(lessons: &mut Lessons, from: Pos2, to: Pos2) {
    let button = |pos: Pos2, pressed: bool| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    let harness = &mut lessons.window.harness;
    harness.event(egui::Event::PointerMoved(from));
    harness.step();
    harness.event(button(from, true));
    harness.step();
    for share in 1..=8 {
        let at = from + (to - from) * (share as f32 / 8.0);
        harness.event(egui::Event::PointerMoved(at));
        harness.step();
    }
    harness.event(button(to, false));
    lessons.window.settle();
}

/// Without barcodes the print is all there is: a box drawn beside it must not leave a page with nothing on it.
#[test]
fn a_box_on_blank_paper_is_told_and_can_be_moved_back() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.site.path().join("samples");
    for no in 0..4 {
        lessons.press.bare(&samples, no);
    }
    lessons.open_in_first_start();
    lessons.show("1000", &samples);
    lessons.down(5);
    lessons.window.press(Key::Enter);
    let proposed = lessons.proposed(&samples).number_area.unwrap();
    let face = lessons.middle_of(Role::Image, "The face of sample 1");
    let on_face = |x: f32, y: f32| face.min + egui::vec2(x * face.width(), y * face.height());
    let from = on_face(proposed.x + proposed.w / 2.0, proposed.y + proposed.h / 2.0);
    let up = egui::vec2(0.1 * face.width(), 0.5 * face.height());
    drag(&mut lessons, from, from - up);
    lessons.wait();
    assert!(lessons.sees("samples nothing can be read in the number’s box"));
    drag(&mut lessons, from - up, from);
    lessons.wait();
    assert!(!lessons.sees("nothing can be read in the number’s box"));
    assert!(lessons.sees("Place 1: always Q"));
}

/// A face that was looked at with the size before is looked at again.
#[test]
fn an_answer_for_another_size_is_not_taken() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.lay("samples", 0..1);
    // What is asked about a height of 70 is kept back.
    let kept: std::sync::Arc<std::sync::Mutex<Vec<Lesson>>> = std::sync::Arc::default();
    let keep = std::sync::Arc::clone(&kept);
    let slow = move |query: &Query| match query {
        Query::Teach(lesson @ Lesson::LookAt { face_mm: (_, 70.0), .. }) => {
            keep.lock().unwrap().push(lesson.clone());
            // No answer: something that no screen waits for.
            Some(Answer::Targets(Vec::new()))
        }
        _ => None,
    };
    lessons.open_in_first_start();
    for typed in ["Summer 2026", "", "1000", "146", "70"] {
        lessons.window.type_text(typed);
        lessons.down(1);
    }
    lessons.down(1);
    lessons.window.shared.0.lock().unwrap().answers.insert(0, Box::new(slow));
    lessons.window.type_text(&samples.display().to_string());
    lessons.window.press(Key::Enter);
    lessons.window.settle();
    assert!(lessons.sees("Looking …"));
    // The height is corrected, and the page left by the mouse: nothing of 70 is left.
    for _ in 0..2 {
        lessons.window.press(Key::ArrowUp);
    }
    for _ in 0..2 {
        lessons.window.press(Key::Backspace);
    }
    lessons.window.type_text("76");
    lessons.window.harness.get_by_label_contains("2  Proposal").click();
    lessons.wait();
    lessons.window.harness.get_by_label_contains("1  Samples").click();
    lessons.wait();
    assert!(lessons.sees(&format!("Barcode code39  {}", lessons.press.number(0))));
    assert!(!kept.lock().unwrap().is_empty());
}

#[test]
fn a_tab_is_one_step_wherever_the_hand_is() {
    let mut lessons = Lessons::new(empty_view(), &Look::default());
    lessons.window.sign_in("s1");
    lessons.window.press(Key::F8);
    lessons.window.press(Key::F12);
    // Past the five fields to the side, and from there to the path.
    for _ in 0..6 {
        lessons.window.press(Key::Tab);
    }
    lessons.window.type_text("/none");
    lessons.window.press(Key::Enter);
    lessons.wait();
    assert!(lessons.sees("There is nothing of this name."));
}

/// With many samples the button is one key away, up from the top or from wherever the hand is.
#[test]
fn saving_takes_no_walk_through_the_samples() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.lay("samples", 0..7);
    let more = lessons.lay("more", 7..9);
    lessons.open_in_first_start();
    lessons.show("1000", &samples);
    // Up from the top line, and Enter.
    for _ in 0..7 {
        lessons.window.press(Key::ArrowUp);
    }
    lessons.window.press(Key::Enter);
    assert!(lessons.sees("Check digit"), "up from the top is not the button");
    lessons.window.press(Key::F12);
    lessons.wait();
    lessons.type_path(&more);
    // A list is one stop: path, list, name, button, and round to the path again.
    for _ in 0..4 {
        lessons.window.press(Key::Tab);
    }
    lessons.window.type_text("/none");
    lessons.window.press(Key::Enter);
    lessons.wait();
    assert!(lessons.sees("There is nothing of this name."), "Tab does not go round");
    lessons.window.press(Key::F12);
    lessons.wait();
    assert!(lessons.saved().is_some(), "F12 did not save");
}

#[test]
fn a_sample_that_contradicts_is_named_and_taken_out() {
    let mut lessons = Lessons::new(View::default(), &Look::japanese());
    let samples = lessons.lay("samples", 0..5);
    // The print of one is another voucher's.
    let (one, other) = (lessons.press.number(2), lessons.press.number(9));
    lessons.press.differing(&samples, 2, &one, &other);
    lessons.open_in_first_start();
    lessons.show("1000", &samples);
    assert!(lessons.sees(&format!("印字は {other}、バーコードは {one} です")));
    lessons.window.shot("teach-ja-1-differs");
    // Third in the list.
    lessons.down(3);
    lessons.window.press(Key::Delete);
    lessons.wait();
    assert!(!lessons.sees(&format!("印字は {other}")));
    assert!(!lessons.sees("見本 5"));
    // Nothing is left that contradicts.
    lessons.down(5);
    lessons.window.press(Key::Enter);
    lessons.window.shot("teach-ja-2");
    assert!(lessons.sees("code39：中身の全部、10文字"));
}

#[test]
fn two_sorts_of_vouchers_are_two_layouts() {
    for (look, first, second, name) in [
        (Look::default(), "Layout 1 (3 samples)", "Layout 2 (2 samples)", "teach-2-layouts"),
        (Look::japanese(), "形 1（見本 3枚）", "形 2（見本 2枚）", "teach-ja-2-layouts"),
    ] {
        let mut lessons = Lessons::new(View::default(), &look);
        lessons.open_in_first_start();
        let folder = lessons.lay("samples", 0..3);
        for no in 3..5 {
            lessons.press.print(&folder, no, &lessons.press.number(no), Symbology::Code128);
        }
        lessons.show("1000", &folder);
        lessons.down(6);
        lessons.window.press(Key::Enter);
        lessons.window.shot(name);
        assert!(lessons.sees(first) && lessons.sees(second));
        assert!(lessons.sees("code39"));
        lessons.window.press(Key::ArrowRight);
        assert!(lessons.sees("code128"));
    }
}

#[test]
fn what_can_not_be_shown_says_why() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    lessons.open_in_first_start();
    let empty = lessons.site.path().join("more");
    lessons.show("1000", &empty);
    assert!(lessons.sees("There is no picture in this folder."));
    for _ in 0..200 {
        lessons.window.press(Key::Backspace);
    }
    lessons.window.type_text("/none/at/all");
    lessons.window.press(Key::Enter);
    lessons.wait();
    assert!(lessons.sees("There is nothing of this name."));
    // No picture, whatever its name.
    std::fs::write(empty.join("voucher.jpg"), b"not a picture").unwrap();
    for _ in 0..200 {
        lessons.window.press(Key::Backspace);
    }
    lessons.type_path(&empty.join("voucher.jpg"));
    assert!(lessons.sees("This is no picture."));
}

#[test]
fn of_a_folder_with_more_pictures_than_are_taken_the_rest_is_told() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    lessons.open_in_first_start();
    let full = lessons.site.path().join("more");
    let broken = b"\x89PNG\r\n\x1a\n and no more";
    for no in 0..=MOST_PICTURES {
        std::fs::write(full.join(format!("{no}.png")), broken).unwrap();
    }
    lessons.show("1000", &full);
    assert!(lessons.sees("60 pictures are enough."));
    lessons.window.shot("teach-1-too-many");
    std::fs::remove_file(full.join("0.png")).unwrap();
    let mut lessons = Lessons::new(View::default(), &Look::default());
    lessons.open_in_first_start();
    lessons.show("1000", &full);
    assert!(!lessons.sees("60 pictures are enough."));
}

#[test]
fn a_busy_station_is_asked_again() {
    let mut lessons = Lessons::new(View::default(), &Look::default());
    let samples = lessons.lay("samples", 0..2);
    lessons.open_in_first_start();
    // The first answer is that the station is busy.
    let told = std::sync::atomic::AtomicBool::new(false);
    let busy = move |query: &Query| {
        let look = matches!(query, Query::Teach(Lesson::LookAt { .. }));
        let first = look && !told.swap(true, std::sync::atomic::Ordering::Relaxed);
        first.then_some(Answer::Failed(kenban::ui::fault::Fault::Busy))
    };
    lessons.window.shared.0.lock().unwrap().answers.insert(0, Box::new(busy));
    lessons.show("1000", &samples);
    for no in 0..2 {
        assert!(lessons.sees(&format!("Barcode code39  {}", lessons.press.number(no))), "{no}");
    }
}

#[test]
fn a_supervisor_teaches_in_a_station_and_an_operator_does_not() {
    let mut lessons = Lessons::new(empty_view(), &Look::default());
    lessons.window.sign_in("o1");
    lessons.window.press(Key::F8);
    lessons.window.press(Key::F12);
    assert!(!lessons.sees("Sample vouchers"));
    let mut lessons = Lessons::new(empty_view(), &Look::default());
    let samples = lessons.lay("samples", 0..2);
    lessons.window.sign_in("s1");
    lessons.window.press(Key::F8);
    lessons.window.press(Key::F12);
    assert!(lessons.sees("Sample vouchers"));
    lessons.show("1000", &samples);
    lessons.window.shot("teach-en-station");
    assert!(lessons.sees(&format!("Barcode code39  {}", lessons.press.number(1))));
    // Another stage and back: nothing is lost.
    lessons.window.press(Key::Escape);
    assert!(!lessons.sees("Sample vouchers"));
    lessons.window.press(Key::F12);
    assert!(lessons.sees(&format!("Barcode code39  {}", lessons.press.number(1))));
    let acts = lessons.window.orders();
    assert!(!acts.iter().any(|order| matches!(order, Order::Act { .. })), "no fact is made");
}

#[test]
fn shots_of_teaching() {
    for (name, language, look, size, scale) in [
        ("teach-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("teach-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("teach-ja-150", Language::Ja, Colours::Contrast, (1280.0, 720.0), 150),
    ] {
        if std::env::var_os("KENBAN_SHOTS").is_none() {
            return;
        }
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let mut lessons = Lessons::new(View::default(), &Look { size, settings });
        let samples = lessons.lay("samples", 0..3);
        let more = lessons.lay("more", 20..22);
        lessons.open_in_first_start();
        lessons.window.shot(&format!("{name}-0"));
        lessons.show("1000 500", &samples);
        lessons.window.shot(&format!("{name}-1"));
        lessons.down(4);
        lessons.window.press(Key::Enter);
        lessons.down(1);
        lessons.window.shot(&format!("{name}-2"));
        lessons.down(6);
        lessons.window.press(Key::Enter);
        lessons.wait();
        lessons.type_path(&more);
        lessons.window.shot(&format!("{name}-3"));
    }
}
