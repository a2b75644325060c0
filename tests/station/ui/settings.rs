//! Settings, by keys: each change is saved at once.

use super::fixture::{Look, Window, open, view};
use egui::Key;
use egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT, Queryable};
use kenban::ui::fault::Fault;
use kenban::ui::port::{Answer, DeviceList, Heard, Light, Order, Query};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};

fn devices() -> DeviceList {
    DeviceList {
        serial: vec![
            ("/dev/ttyACM0".to_owned(), "Barcode reader".to_owned()),
            ("/dev/ttyS0".to_owned(), String::new()),
        ],
        cameras: vec![(
            "/dev/video0".to_owned(),
            "Document camera with a very long name that somebody was proud of".to_owned(),
            vec!["1280x720@30 yuyv".to_owned(), "1920x1080@30 mjpg".to_owned()],
        )],
    }
}

fn window(look: &Look) -> Window {
    let mut window = open(view(Vec::new()), look);
    let answer = |query: &Query| match query {
        Query::Devices => Some(Answer::Devices(devices())),
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
    window.sign_in("o1");
    window.press(Key::F10);
    window.orders();
    window
}

fn saved(orders: &[Order]) -> Vec<Settings> {
    let save = |order: &Order| match order {
        Order::Save(settings) => Some(settings.clone()),
        _ => None,
    };
    orders.iter().filter_map(save).collect()
}

fn sees(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

/// Moves down to the line whose text begins like this.
fn go_to(window: &mut Window, line: &str) {
    window.press(Key::Home);
    for _ in 0..20 {
        let rows = window.harness.query_all_by_label_contains(line);
        let here =
            rows.into_iter().any(|row| row.accesskit_node().toggled() == Some(Toggled::True));
        if here {
            return;
        }
        window.press(Key::ArrowDown);
    }
    panic!("no line {line}");
}

#[test]
fn a_change_is_seen_and_saved_at_once() {
    let mut window = window(&Look::default());
    window.press(Key::ArrowRight);
    // The language: the whole window speaks it now.
    assert!(sees(&window, "キー一覧"));
    assert_eq!(saved(&window.orders())[0].language, Language::Ja);
    window.press(Key::ArrowLeft);
    go_to(&mut window, "Look: light");
    window.press(Key::ArrowRight);
    assert!(sees(&window, "Look: dark"));
    go_to(&mut window, "Size: 100 %");
    window.press(Key::ArrowRight);
    window.press(Key::Enter);
    assert!(sees(&window, "Size: 150 %"));
    let last = saved(&window.orders()).pop().unwrap();
    assert_eq!((last.look, last.size, last.language), (Colours::Dark, 150, Language::En));
}

#[test]
fn two_keys_in_one_frame_are_two_steps() {
    let mut window = window(&Look::default());
    go_to(&mut window, "Size");
    for _ in 0..2 {
        for pressed in [true, false] {
            let (key, physical_key, repeat) = (Key::ArrowRight, None, false);
            let modifiers = egui::Modifiers::NONE;
            window.harness.event(egui::Event::Key {
                key,
                physical_key,
                pressed,
                repeat,
                modifiers,
            });
        }
    }
    window.settle();
    assert!(sees(&window, "Size: 150 %"));
}

#[test]
fn a_volume_is_heard_and_is_ones_own() {
    let mut window = window(&Look::default());
    go_to(&mut window, "Your volume: 60 %");
    window.press(Key::ArrowRight);
    let orders = window.orders();
    let last = saved(&orders).pop().unwrap();
    assert_eq!((last.volume_of("o1"), last.volume_of("o2")), (70, 60));
    assert!(matches!(orders.last(), Some(Order::Try(Heard::Accepted))));
    // Enter only plays it.
    window.press(Key::Enter);
    let orders = window.orders();
    assert!(saved(&orders).is_empty() && matches!(orders[0], Order::Try(Heard::Accepted)));
}

#[test]
fn the_scanners_folder_is_typed() {
    let mut window = window(&Look::default());
    window.press(Key::End);
    go_to(&mut window, "In use: no");
    window.press(Key::ArrowRight);
    go_to(&mut window, "Folder: not chosen yet");
    window.press(Key::Enter);
    window.type_text("/scan/in");
    // Nothing is saved before Enter, and Escape drops it.
    window.press(Key::Escape);
    assert!(sees(&window, "Folder: not chosen yet"));
    window.press(Key::Enter);
    window.type_text("/scan/２番");
    window.press(Key::Enter);
    assert!(sees(&window, "Folder: /scan/２番"));
    let last = saved(&window.orders()).pop().unwrap();
    assert!(last.folder.on && last.folder.path == "/scan/２番");
    // The keys are the screen's again.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(saved(&window.orders())[0].folder.duplex);
    window.press(Key::F1);
    assert_eq!(window.harness.state().session().stage, Stage::Open);
}

#[test]
fn a_serial_port_is_chosen_from_what_is_there_or_typed() {
    let mut window = window(&Look::default());
    let mut settings = Settings { language: Language::En, ..Settings::default() };
    settings.serial.on = true;
    drop(std::mem::replace(&mut window, self::window(&Look { settings, ..Look::default() })));
    go_to(&mut window, "Port: not chosen yet");
    window.press(Key::ArrowRight);
    assert!(sees(&window, "Port: Barcode reader (/dev/ttyACM0)"));
    window.press(Key::Enter);
    window.type_text("7");
    window.press(Key::Enter);
    assert!(sees(&window, "Port: /dev/ttyACM07"));
    go_to(&mut window, "Speed: 9600");
    window.press(Key::ArrowRight);
    go_to(&mut window, "End of a code: CR");
    window.press(Key::ArrowRight);
    let last = saved(&window.orders()).pop().unwrap();
    assert_eq!(
        (last.serial.port.as_str(), last.serial.baud, last.serial.terminator.as_str()),
        ("/dev/ttyACM07", 19_200, "lf")
    );
}

#[test]
fn lights_and_what_to_do_stand_at_their_source() {
    let mut window = window(&Look::default());
    let fault = Fault::CameraBusy("/dev/video0".to_owned());
    window.shared.0.lock().unwrap().lights.camera = Light::Trouble(fault);
    window.settle();
    assert!(sees(&window, "Another program is using the camera /dev/video0. Close it."));
}

#[test]
fn the_mouse_turns_lines_too() {
    let mut window = window(&Look::default());
    window.harness.get_by_label("Look: light").click();
    window.settle();
    assert!(sees(&window, "Look: dark"));
}

#[test]
fn shots_of_settings() {
    for (name, language, look, size, scale) in [
        ("settings-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("settings-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("settings-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
        ("settings-en-200", Language::En, Colours::Contrast, (1280.0, 720.0), 200),
    ] {
        let mut settings = Settings { language, look, size: scale, ..Settings::default() };
        settings.folder.on = true;
        settings.folder.path = "/srv/scan/desk-1/in".to_owned();
        settings.serial.on = true;
        settings.serial.port = "/dev/ttyACM0".to_owned();
        settings.camera.on = true;
        settings.camera.device = "/dev/video0".to_owned();
        let mut window = window(&Look { size, settings });
        {
            let lights = &mut window.shared.0.lock().unwrap().lights;
            lights.folder = Light::Ready;
            lights.sound = Light::Ready;
            lights.wedge = Light::Ready;
            lights.serial = Light::Searching;
            lights.camera = Light::Trouble(Fault::CameraNone);
        }
        window.settle();
        window.shot(&format!("{name}-1"));
        for _ in 0..11 {
            window.press(Key::ArrowDown);
        }
        window.shot(&format!("{name}-2"));
        window.press(Key::Enter);
        window.shot(&format!("{name}-3-typing"));
    }
}
