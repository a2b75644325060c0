//! `kenban read --explain`: how pictures were read, written as pictures and in words.

use crate::common::{Site, small_picture, text, texts};
use kenban::demo::{Campaign, Fonts, PROFILE, Studio};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Two vouchers of the same name in two folders, and beside the first something that is no picture.
fn site() -> Site {
    let site = Site::empty();
    let campaign = Campaign::make(3, 20).unwrap();
    let studio = Studio::new(&campaign.profile, Fonts::of_system().unwrap());
    std::fs::write(site.path("profile.toml"), PROFILE).unwrap();
    let mut honest = campaign.sheets().filter(|(_, sheet)| sheet.truth.honest());
    for folder in ["scans", "stick"] {
        let (_, sheet) = honest.next().unwrap();
        let picture = studio.draw(&sheet.drawing).unwrap();
        std::fs::write(site.path(folder).join("0001.jpg"), picture).unwrap();
    }
    std::fs::write(site.path("scans").join("broken.jpg"), b"\xFF\xD8\xFF\xE0 and no more").unwrap();
    site
}

/// The lines of JSON, without how long each took.
fn lines(out: &str) -> Vec<Value> {
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        assert!(line.as_object_mut().unwrap().remove("ms").unwrap().is_number());
        line
    };
    out.lines().map(line).collect()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).unwrap();
    names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn each_stage_is_written_and_nothing_else_changes() {
    let site = site();
    let (profile, scans, second) =
        (site.path("profile.toml"), site.path("scans"), site.path("stick").join("0001.jpg"));
    let read = ["read", "--json", "--profile", text(&profile), text(&scans), text(&second)];
    let plain = lines(&site.ok(&read));
    let shown = site.path("made/for it");
    let explained = lines(&site.ok(&[&read[..], &["--explain", text(&shown)]].concat()));
    assert_eq!(plain, explained, "another answer because it was explained");
    assert_eq!(names(&scans), ["0001.jpg", "broken.jpg"].map(str::to_owned).into());

    let names = names(&shown);
    for name in [
        "0001-1-outline.png",
        "0001-2-face.png",
        "0001.txt",
        "0001-2-1-outline.png",
        "0001-2-2-face.png",
        "0001-2.txt",
        "broken.txt",
    ] {
        assert!(names.contains(name), "{name} is not there: {names:?}");
    }
    assert!(!names.iter().any(|name| name.starts_with("broken-")), "{names:?}");
    for name in names.iter().filter(|name| !name.ends_with(".txt")) {
        let picture = image::open(shown.join(name)).unwrap();
        assert!(name.ends_with(".png") && picture.color() == image::ColorType::Rgb8, "{name}");
    }
    for (no, name) in [(0, "0001.txt"), (1, "broken.txt"), (2, "0001-2.txt")] {
        let told = std::fs::read_to_string(shown.join(name)).unwrap();
        let said = |field: &str| explained[no][field].as_str().unwrap().to_owned();
        assert!(told.contains(&format!("file: {}\n", said("file"))), "{told}");
        assert!(told.contains(&format!("verdict: {}\n", said("verdict"))), "{told}");
        for reason in explained[no]["reasons"].as_array().unwrap() {
            assert!(told.contains(reason.as_str().unwrap()), "{told}");
        }
        // Each stage's line names its picture.
        for line in told.lines().filter(|line| line.contains(".png: ")) {
            assert!(names.contains(line.split(": ").next().unwrap()), "{line}");
        }
    }
    let told = std::fs::read_to_string(shown.join("0001.txt")).unwrap();
    assert!(told.contains("0001-1-outline.png: an outline"), "{told}");
    let broken = std::fs::read_to_string(shown.join("broken.txt")).unwrap();
    assert!(broken.contains("reasons: broken_picture\nbroken: "), "{broken}");
}

#[test]
fn a_wrong_call_says_so_in_one_line_and_writes_nothing() {
    let site = Site::empty();
    let scans = site.path("scans");
    let picture = scans.join("1.png");
    std::fs::write(&picture, small_picture(1)).unwrap();
    std::fs::write(site.path("profile.toml"), PROFILE).unwrap();
    let (profile, shown) = (site.path("profile.toml"), site.path("shown"));
    let explain = ["read", text(&picture), "--explain"];
    for (rest, why) in [
        (vec![text(&shown)], "say --profile FILE"),
        (vec![text(&shown), "--symbology", "codabar"], "say --profile FILE"),
        (vec![text(&shown), "--profile", "/nowhere"], "/nowhere"),
        (vec![text(&picture), "--profile", text(&profile)], "can't be made"),
        // What is written would be a voucher to the next call.
        (vec![text(&scans), "--profile", text(&profile)], "say another folder"),
    ] {
        let output = site.run(&[&explain[..], &rest[..]].concat());
        let (out, err) = texts(&output);
        assert_eq!(output.status.code(), Some(2), "{rest:?}");
        assert!(out.is_empty() && err.lines().count() == 1 && err.contains(why), "{rest:?}: {err}");
        assert!(!shown.exists() && names(&scans).len() == 1, "{rest:?} wrote something");
    }
}
