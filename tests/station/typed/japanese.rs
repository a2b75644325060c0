//! A real input method, fcitx5 with anthy over XIM: Japanese arrives where words are asked for, and neither a
//! number nor a scan becomes another one while it is on.

use super::has_all;
use super::keyboard::{Keyboard, Stroke, sym};
use super::log::Came;
use super::scan::{Boards, Kind, Manner, strokes};
use super::station::{Around, Station, ms};
use crate::display::{Ends, x_server};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// fcitx5's own file: a US keyboard, and anthy after Ctrl and Space.
const PROFILE: &str = "\
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=anthy

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=anthy
Layout=

[GroupOrder]
0=Default
";
const SCANS: usize = 12;

/// The input method's processes; they end with the test.
struct InputMethod {
    _server: Ends,
    _bus: Ends,
    around: Around,
}

impl InputMethod {
    fn start(display: &str, home: &Path) -> InputMethod {
        let run = home.join("run");
        fs::create_dir_all(home.join("fcitx5")).unwrap();
        fs::create_dir_all(&run).unwrap();
        fs::write(home.join("fcitx5/profile"), PROFILE).unwrap();
        // As dbus-run-session does, and it ends for certain.
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--print-address", "--nofork"]);
        let mut bus = bus.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let locale = |command: &mut Command| {
            command.env("LC_ALL", "C.UTF-8").env("XMODIFIERS", "@im=fcitx");
        };
        let mut server = Command::new("fcitx5");
        server.args(["--disable=wayland", "--keep"]).env("DISPLAY", display);
        server.env("DBUS_SESSION_BUS_ADDRESS", address.trim()).env("HOME", home);
        server.env("XDG_CONFIG_HOME", home).env("XDG_RUNTIME_DIR", &run);
        server.env_remove("WAYLAND_DISPLAY").stdout(Stdio::null()).stderr(Stdio::null());
        locale(&mut server);
        let server = Ends(server.spawn().unwrap());
        let keyboard = Keyboard::new(display);
        let start = Instant::now();
        while !keyboard.has_input_method() {
            assert!(start.elapsed() < Duration::from_secs(60), "fcitx5 did not come");
            sleep(ms(100));
        }
        sleep(ms(1_000));
        let vars = [("LC_ALL", "C.UTF-8"), ("XMODIFIERS", "@im=fcitx")];
        let vars = vars.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        InputMethod { _server: server, _bus: Ends(bus), around: Around { vars, campaign: None } }
    }
}

/// Ctrl and Space: on, or off again.
fn toggle(station: &Station) {
    let control = station.layout.sym(sym::CONTROL).unwrap();
    let space = station.layout.key(' ').unwrap().0;
    let stroke = |code, down| Stroke { wait: 40, code, down };
    station.keyboard.play(&[
        stroke(control, true),
        stroke(space, true),
        stroke(space, false),
        stroke(control, false),
    ]);
    sleep(ms(500));
}

/// A field that got the focus by a key takes Japanese; the Enter that ends the conversion is the method's.
fn japanese_finds_a_shop(station: &mut Station) {
    station.tap(sym::F1);
    sleep(ms(1_000));
    toggle(station);
    station.type_text("syokudou ", 120);
    sleep(ms(800));
    station.tap(sym::RETURN);
    sleep(ms(800));
    toggle(station);
    // There are 食堂 and 食堂2. Had that Enter acted, this 2 were the slip's count.
    station.type_text("2", 120);
    sleep(ms(1_000));
    for text in ["", "73", "", ""] {
        station.type_text(text, 120);
        station.tap(sym::RETURN);
        sleep(ms(900));
    }
    let opened = station.log.wait_for("envelope.opened", ms(5_000));
    let opened = opened.expect("no envelope was opened for a shop that was typed in Japanese");
    assert_eq!((&opened["shop"], &opened["slip"]["none"]), (&"T2".into(), &73.into()), "{opened}");
}

/// Scans on Read while the method is on: each whole or told, and no key of them acts.
fn scans_with_the_method_on(station: &mut Station) {
    let mut rng = fastrand::Rng::with_seed(7);
    toggle(station);
    station.log.came();
    let mut lost = 0;
    for _ in 0..SCANS {
        let kind = Kind::usual(&mut rng, Boards::Us);
        let text = kind.text(&mut rng, Boards::Us);
        let told = station.told();
        let manner = Manner::random(&mut rng);
        let all = strokes(&mut rng, &station.scanner, manner, &text, false);
        station.keyboard.play(&all);
        let start = Instant::now();
        let mut whole = false;
        while start.elapsed() < ms(5_000) && !whole && station.told() == told {
            for came in station.log.came() {
                match &came {
                    Came::Code(code) if code.is(&text) && !whole => whole = true,
                    other => panic!("{text:?} with the input method on: {other:?}"),
                }
            }
            sleep(ms(5));
        }
        sleep(ms(600));
        assert_eq!(station.log.came(), [], "after {text:?}");
        let said = station.told() - told;
        assert_eq!(
            said,
            u64::from(!whole),
            "{text:?} with the input method on: neither whole nor told"
        );
        lost += usize::from(!whole);
    }
    println!(
        "with the input method on {} of {SCANS} scans came whole, {lost} were told",
        SCANS - lost
    );
    toggle(station);
}

/// A number keyed while the method is on is that number, or none.
fn numbers_with_the_method_on(station: &mut Station) {
    // A sheet that nobody can read waits for keying.
    station.type_text("0", 120);
    station.log.wait_for("sheet.taken", ms(8_000)).expect("no sheet for 0");
    sleep(ms(800));
    station.tap(sym::F1 + 3);
    sleep(ms(1_200));
    toggle(station);
    let number = "408213765901";
    station.type_text(number, 150);
    // The first ends what the method shows, if it shows anything.
    for _ in 0..3 {
        sleep(ms(700));
        station.tap(sym::RETURN);
    }
    sleep(ms(2_500));
    let came = station.log.came();
    println!("a number keyed with the input method on: {came:?}");
    let right = [Came::Keyed(number.to_owned())];
    assert!(came.is_empty() || came == right, "{came:?} is not {number}");
    toggle(station);
    if came.is_empty() {
        // Whoever is told turns it off, and keys.
        for _ in 0..number.len() {
            station.tap(sym::BACKSPACE);
        }
        station.type_text(number, 150);
        station.until("sheet.keyed", |it| {
            it.tap(sym::RETURN);
        });
    }
}

#[test]
fn a_real_input_method() {
    if !has_all(&["Xvfb", "dbus-daemon", "fcitx5"]) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (server, display) = x_server();
    let method = InputMethod::start(&display, home.path());
    let mut station = Station::on(server, &display, Boards::Us, &method.around);
    japanese_finds_a_shop(&mut station);
    scans_with_the_method_on(&mut station);
    numbers_with_the_method_on(&mut station);
}
