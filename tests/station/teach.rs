//! `kenban profile new`: from a handful of drawn vouchers of a scheme that no one knows to a profile
//! that reads another one.

use crate::common::{Site, text};
use kenban::demo::{Device, Drawing, Fonts, Look, Print, Studio};
use kenban::voucher::{KindId, LayoutId, Profile, Symbology, profile_file};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A made-up scheme: CODE39 with the whole number, a sevens check digit over the eight digits.
const SECRET: &str = r#"
format = 1
[campaign]
id = "secret"
name = "秘密の券"
revision = 1
[provisional]
prefix = "K"
paid = true
[[kind]]
id = "1000"
name = "食事券 1,000円"
face = 1000
[[layout]]
id = "Q"
size_mm = [146, 76]
kind = "1000"
number_box = [0.52, 0.73, 0.42, 0.16]
[layout.number]
parts = [
  { literal = "Q" },
  { digits = 8, name = "serial" },
  { check = "7dr", covers = ["serial"] },
]
groups = [1, 4, 5]
separator = " "
[layout.barcode]
symbology = ["code39"]
length = 10
box = [0.05, 0.66, 0.44, 0.24]
"#;

pub struct Press {
    profile: Profile,
    studio: Studio,
}

impl Press {
    pub fn new() -> Press {
        let profile = profile_file::parse(SECRET).unwrap();
        let studio = Studio::new(&profile, Fonts::of_system().unwrap());
        Press { profile, studio }
    }

    pub fn number(&self, no: u64) -> String {
        let layout = &self.profile.layouts[0];
        layout.number.compose("", 20_400_017 + no * 7_919).unwrap().to_string()
    }

    /// Voucher `no` as a scanner or a camera sees it, with any number on it.
    pub fn print(&self, folder: &Path, no: u64, number: &str, symbology: Symbology) -> PathBuf {
        self.draw(folder, no, number, Some((symbology, number.to_owned())))
    }

    fn draw(
        &self,
        folder: &Path,
        no: u64,
        number: &str,
        barcode: Option<(Symbology, String)>,
    ) -> PathBuf {
        let layout = &self.profile.layouts[0];
        let spaced = format!("{} {} {}", &number[..1], &number[1..5], &number[5..]);
        let look = Look {
            device: if no.is_multiple_of(2) { Device::Scanner } else { Device::Camera },
            upside_down: no % 3 == 1,
            tilt: no as f32 * 0.6 - 1.8,
            blur: 0,
            light: 0.95,
            light_ground: false,
        };
        let print = Print::Voucher {
            layout: LayoutId::new("Q"),
            kind: KindId::new("1000"),
            number: spaced,
            barcode,
        };
        assert_eq!(layout.id, LayoutId::new("Q"));
        let drawing = Drawing { print, damages: Vec::new(), look, seed: no };
        let path = folder.join(format!("voucher{no}.jpg"));
        std::fs::write(&path, self.studio.draw(&drawing).unwrap()).unwrap();
        path
    }

    /// A sheet whose print is not what its barcode says.
    pub fn differing(&self, folder: &Path, no: u64, barcode: &str, number: &str) -> PathBuf {
        self.draw(folder, no, number, Some((Symbology::Code39, barcode.to_owned())))
    }

    /// A sheet with print alone.
    pub fn bare(&self, folder: &Path, no: u64) -> PathBuf {
        self.draw(folder, no, &self.number(no), None)
    }

    fn voucher(&self, site: &Site, no: u64) -> PathBuf {
        self.print(&site.path("scans"), no, &self.number(no), Symbology::Code39)
    }
}

fn call<'a>(out: &'a std::path::Path, pictures: &'a [PathBuf], more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["profile", "new", "--name", "Summer 2026", "--kind", "1000=1000"];
    args.extend(["--size", "146x76", "--out", text(out)]);
    args.extend(more);
    args.extend(pictures.iter().map(|path| text(path)));
    args
}

#[test]
fn a_handful_of_vouchers_makes_a_profile_that_reads_another() {
    let (site, press) = (Site::empty(), Press::new());
    let pictures: Vec<PathBuf> = (0..7).map(|no| press.voucher(&site, no)).collect();
    let out = site.path("new.toml");
    let said = site.ok(&call(&out, &pictures, &[]));
    for line in [
        "barcode  code39, the whole content, 10 characters",
        "number   Q########*",
        "check    proven",
        "*1 7dr at position 10 over 2 to 9; by chance 1 in ",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    for no in 0..7 {
        let tried = format!("accept     {:<14} ", press.number(no));
        assert!(said.lines().any(|line| line.starts_with(&tried)), "{tried}\n{said}");
    }
    assert!(!said.contains("NOT AS LEARNED"), "{said}");

    // The file is a profile like any other, with its guesses as comments.
    assert!(site.ok(&["profile", "check", text(&out)]).contains("summer-2026"));
    let written = std::fs::read_to_string(&out).unwrap();
    assert!(written.starts_with("# Learned from 7 sample vouchers"), "{written}");
    let profile = profile_file::parse(&written).unwrap();
    let (learned, secret) = (&profile.layouts[0], &press.profile.layouts[0]);
    assert_eq!(learned.number.parts(), secret.number.parts());
    let holds = |area: &kenban::voucher::profile::Area, middle: (f32, f32)| {
        area.x < middle.0
            && middle.0 < area.x + area.w
            && area.y < middle.1
            && middle.1 < area.y + area.h
    };
    assert!(holds(&learned.number_area, (0.73, 0.81)), "{:?}", learned.number_area);
    assert!(holds(&learned.barcode.as_ref().unwrap().1, (0.27, 0.78)));

    // A voucher that it has never seen.
    let other = press.voucher(&site, 99);
    let read = site.ok(&["read", "--profile", text(&out), "--json", text(&other)]);
    let read: Value = serde_json::from_str(&read).unwrap();
    assert_eq!(read["number"], press.number(99), "{read}");
    assert_eq!(read["kind"], "1000");

    // What is there is never overwritten.
    let said = site.fails(2, &call(&out, &pictures, &[]));
    assert!(said.contains("is there already"), "{said}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), written);
}

#[test]
fn samples_that_contradict_write_nothing() {
    let (site, press) = (Site::empty(), Press::new());
    let mut pictures: Vec<PathBuf> = (0..5).map(|no| press.voucher(&site, no)).collect();
    pictures.push(press.print(&site.path("scans"), 6, "Q204000174", Symbology::Code128));
    pictures.push(press.print(&site.path("scans"), 8, "Q20400017", Symbology::Code39));
    let out = site.path("new.toml");
    let said = site.fails(2, &call(&out, &pictures, &[]));
    assert!(said.contains("sample 6: it is like no other sample"), "{said}");
    assert!(said.contains("sample 7: its number Q20400017 has 9 characters"), "{said}");
    assert!(said.contains("nothing is written"), "{said}");
    assert!(!out.exists());
}

#[test]
fn json_says_the_same() {
    let (site, press) = (Site::empty(), Press::new());
    let pictures: Vec<PathBuf> = (0..3).map(|no| press.voucher(&site, no)).collect();
    let out = site.path("new.toml");
    let more = ["--json", "--symbology", "code39", "--number-box", "0.5,0.7,0.45,0.2"];
    let said = site.ok(&call(&out, &pictures, &more));
    let lines: Vec<Value> = said.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 4, "{said}");
    let layout = &lines[0]["layouts"][0];
    assert_eq!(layout["samples"], serde_json::json!([1, 2, 3]));
    assert_eq!(layout["barcode"]["symbology"], serde_json::json!(["code39"]));
    assert_eq!(layout["number_box"], serde_json::json!([0.5, 0.7, 0.45, 0.2]));
    // Three vouchers prove nothing, so the digit is left as a digit.
    assert_eq!((&layout["check"], &layout["check_taken"]), (&"not_proven".into(), &Value::Null));
    assert_eq!(layout["number"], "Q#########");
    assert!(layout["check_more"].as_u64().unwrap() >= 1);
    assert!(layout["checks"].as_array().unwrap().iter().any(|it| it["scheme"] == "7dr"));
    assert!(lines[1..].iter().all(|line| line["as_learned"] == true));
    // A person who knows says which it is.
    let place = layout["checks"].as_array().unwrap().iter().position(|it| it["scheme"] == "7dr");
    let place = (place.unwrap() + 1).to_string();
    let out = site.path("known.toml");
    site.ok(&call(&out, &pictures, &["--check", &place]));
    let profile = profile_file::parse(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(profile.layouts[0].number.parts(), press.profile.layouts[0].number.parts());
}

#[test]
fn a_wrong_call_is_one_clear_line() {
    let (site, press) = (Site::empty(), Press::new());
    let pictures = [press.voucher(&site, 0)];
    let out = site.path("new.toml");
    let wrong = |from: &str, to: &str| -> String {
        let args = call(&out, &pictures, &[]);
        let args: Vec<&str> = args.into_iter().map(|it| if it == from { to } else { it }).collect();
        site.fails(2, &args)
    };
    assert!(wrong("146x76", "146").contains("is no size"));
    assert!(wrong("1000=1000", "1000").contains("is no kind"));
    assert!(wrong("Summer 2026", "夏").contains("nothing is written: one number"));
    assert!(wrong(text(&pictures[0]), "missing.jpg").contains("missing.jpg can't be read"));
    let said = site.fails(2, &call(&out, &pictures, &["--number-box", "0.5,0.7,0.6,0.2"]));
    assert!(said.contains("is no box"), "{said}");
    assert!(!out.exists());
}
