//! Recognition is held by a ratchet: for each set of pictures a minimum of right reads, and never a wrong
//! one accepted. The pictures are samples, so nothing here is tuned to a single one.

mod agree;
pub mod drawn;
mod faults;
mod faulty;
mod held;
mod laid;
mod many;
mod nothing;
mod odd;
mod ratchet;
pub mod score;
mod strange;
pub mod work;

use kenban::picture::{Limits, Luma, Picture, decode};
use kenban::reader::{Findings, Point, Quad, read, read_barcodes};
use kenban::voucher::reading::Fault;
use kenban::voucher::{Profile, Side, Symbology, profile_file};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of pictures; `None`, with a note, if this checkout has none.
fn pictures(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("KENBAN_PICTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pictures"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        Some(path)
    } else {
        eprintln!("no pictures in {}: nothing checked", path.display());
        None
    }
}

fn five_layouts() -> Profile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/profiles/five-layouts.toml");
    let text = fs::read_to_string(path).unwrap_or_default();
    profile_file::parse(&text).unwrap()
}

fn load(path: &Path) -> Picture {
    decode(&fs::read(path).unwrap(), &Limits::default()).unwrap()
}

fn quad_of(value: &Value) -> Quad {
    let points: Vec<Point> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p[0].as_f64().unwrap() as f32, p[1].as_f64().unwrap() as f32))
        .collect();
    Quad(points.try_into().unwrap())
}

fn furthest(a: &Quad, b: &Quad) -> f32 {
    a.0.iter().zip(&b.0).map(|(p, q)| (p.0 - q.0).hypot(p.1 - q.1)).fold(0.0, f32::max)
}

/// What a folder of vouchers gave.
#[derive(Debug, Default)]
struct Score {
    with_code: usize,
    right: usize,
    wrong: Vec<String>,
    /// Crops that hold the whole number.
    held: usize,
    /// The same, and cut from the number's box the right way up instead of the whole face.
    close: usize,
    /// Outlines of which no corner is further off than 4 pixels.
    outlined: usize,
    total: usize,
}

fn holds(findings: &Findings, number: &Quad) -> bool {
    // Without a quad the crop is the whole picture.
    findings.number_quad.is_none_or(|quad| {
        quad.area() > 0.0 && number.0.iter().all(|corner| quad.outside(*corner) <= 0.5)
    })
}

fn vouchers(folder: &str) -> Option<Score> {
    let path = pictures(folder)?;
    let profile = five_layouts();
    let truth: Value =
        serde_json::from_str(&fs::read_to_string(path.join("truth.json")).unwrap()).unwrap();
    let mut score = Score::default();
    for one in truth.as_array().unwrap() {
        let file = one["file"].as_str().unwrap();
        let findings = read(&load(&path.join(file)), Side::Front, &profile);
        let wanted = one["barcode"].as_str();
        let said = findings.reading.barcode.as_ref().map(|b| b.text.as_str());
        score.total += 1;
        score.with_code += usize::from(wanted.is_some());
        match (wanted, said) {
            (Some(wanted), Some(said)) if wanted == said => score.right += 1,
            (_, Some(said)) => score.wrong.push(format!("{file}: {said}, not {wanted:?}")),
            (Some(_), None) => eprintln!("{folder}/{file}: no barcode, {}", one["damage"]),
            (None, None) => {}
        }
        assert_eq!(findings.reading.faults, [], "{folder}/{file}");
        let number = quad_of(&one["number_quad"]);
        let face = quad_of(&one["face_quad"]);
        let held = holds(&findings, &number);
        let small = findings.number_quad.is_some_and(|q| q.area() < 0.3 * face.area());
        // The right way up: the cut's top left is the one nearest to the number's top left.
        let upright = findings
            .number_quad
            .is_some_and(|q| furthest(&q, &number) < furthest(&q.turned(2), &number));
        score.held += usize::from(held);
        score.close += usize::from(held && small && upright);
        let off = findings.outline.map_or(f32::INFINITY, |o| {
            (0..4).map(|i| furthest(&o.turned(i), &face)).fold(f32::INFINITY, f32::min)
        });
        score.outlined += usize::from(off <= 4.0);
        if !held || !small || !upright || off > 4.0 {
            eprintln!(
                "{folder}/{file}: holds the number {held}, close {}, upright {upright}, outline off by {off:.1}, {} {}",
                small, one["layout"], one["damage"]
            );
        }
    }
    eprintln!("{folder}: {score:?}");
    Some(score)
}

#[test]
fn corpus_camera() {
    if let Some(score) = vouchers("vouchers-camera") {
        assert_eq!(score.wrong, [] as [String; 0]);
        assert!(score.right >= 36 && score.held >= 49 && score.close >= 45, "{score:?}");
    }
}

#[test]
fn corpus_scan() {
    if let Some(score) = vouchers("vouchers-scan") {
        assert_eq!(score.wrong, [] as [String; 0]);
        assert!(score.right >= 23 && score.held >= 30 && score.close >= 27, "{score:?}");
    }
}

/// Reads each picture of a folder for these symbologies: right, wrong and nothing.
fn barcodes(folder: &str, symbologies: &[Symbology]) -> Option<(usize, Vec<String>, usize)> {
    let path = pictures("barcodes")?.join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|e| e != "txt"))
        // Code 32 is Code 39 written in another base; its text is not what the bars say.
        .filter(|file| !file.to_string_lossy().contains("code32"))
        .collect();
    files.sort();
    let (mut right, mut wrong, mut nothing) = (0, Vec::new(), 0);
    for file in files {
        let expected = fs::read_to_string(file.with_extension("txt")).ok();
        let found = read_barcodes(&load(&file), symbologies);
        match (expected, found.is_empty()) {
            (None, true) => right += 1,
            // Their text stands in a file of bytes, which text can't hold.
            (None, false) if !folder.starts_with("falsepositives") => {}
            (Some(_), true) => {
                eprintln!("{}: nothing", file.display());
                nothing += 1;
            }
            (Some(text), false) if found.iter().any(|f| f.text == text) => right += 1,
            (text, false) => wrong.push(format!("{}: {found:?}, not {text:?}", file.display())),
        }
    }
    eprintln!("{folder}: {right} right, {} wrong, {nothing} nothing {wrong:?}", wrong.len());
    Some((right, wrong, nothing))
}

#[test]
fn corpus_barcodes() {
    let sets: [(&str, Symbology, usize); 8] = [
        ("codabar-1", Symbology::Codabar, 11),
        ("code128-1", Symbology::Code128, 6),
        ("code128-2", Symbology::Code128, 14),
        ("code39-1", Symbology::Code39, 5),
        ("datamatrix-1", Symbology::DataMatrix, 28),
        ("ean13-1", Symbology::Ean13, 14),
        ("itf-1", Symbology::Itf, 14),
        ("qrcode-2", Symbology::QrCode, 53),
    ];
    for (folder, symbology, least) in sets {
        if let Some((right, wrong, _)) = barcodes(folder, &[symbology]) {
            assert!(right >= least, "{folder}: {right} of at least {least}");
            assert_eq!(wrong, [] as [String; 0], "{folder}");
        }
    }
}

#[test]
fn corpus_nothing_is_nothing() {
    if let Some((_, wrong, _)) = barcodes("falsepositives-1", &Symbology::ALL) {
        assert_eq!(wrong, [] as [String; 0]);
    }
}

/// Two pictures, one below the other.
fn stacked(above: &Picture, below: &Picture) -> Picture {
    let width = above.luma.width.min(below.luma.width);
    let mut data = above.luma.crop(0, 0, width, above.luma.height).data;
    data.extend(below.luma.crop(0, 0, width, below.luma.height).data);
    let height = above.luma.height + below.luma.height;
    Picture::grey(Luma { width, height, data })
}

#[test]
fn corpus_two_sheets_in_one_picture_are_a_fault() {
    let Some(path) = pictures("vouchers-scan") else {
        return;
    };
    let truth: Value =
        serde_json::from_str(&fs::read_to_string(path.join("truth.json")).unwrap()).unwrap();
    let whole: Vec<Picture> = truth
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["level"] == 0 && !one["barcode"].is_null())
        .map(|one| load(&path.join(one["file"].as_str().unwrap())))
        .collect();
    let profile = five_layouts();
    let pairs = whole.len() / 2;
    let seen = (0..pairs)
        .filter(|i| {
            let both = stacked(&whole[2 * i], &whole[2 * i + 1]);
            let findings = read(&both, Side::Front, &profile);
            let both_seen = findings.reading.faults.contains(&Fault::SeveralBarcodes);
            if !both_seen {
                eprintln!("pair {i}: only {:?}", findings.reading.barcode);
            }
            both_seen
        })
        .count();
    eprintln!("{seen} of {pairs} pairs were seen");
    assert!(seen + 1 >= pairs, "{seen} of {pairs}");
}
