//! Right, wrong and none, and the time of reading alone (decoded pixels to findings), a folder of vouchers a
//! line: ours, and zxing-cpp on the same pictures in the same run where Python has its wheel.
//!
//! `KENBAN_PICTURES=DIR cargo bench --bench reader`

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a bench prints, and may stop at once"
)]

use kenban::picture::{Limits, decode};
use kenban::reader::read;
use kenban::voucher::{Profile, Side, profile_file};
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often each picture is read; the fastest counts.
const REPEAT: usize = 3;

#[derive(Default)]
struct Line {
    right: usize,
    wrong: usize,
    none: usize,
    ms: Vec<f64>,
}

impl Line {
    fn add(&mut self, wanted: Option<&str>, said: Option<&str>, ms: f64) {
        self.ms.push(ms);
        match (wanted, said) {
            (wanted, said) if wanted == said => self.right += 1,
            (_, None) => self.none += 1,
            _ => self.wrong += 1,
        }
    }

    fn print(&mut self, folder: &str, who: &str) {
        self.ms.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let last = self.ms.len().saturating_sub(1);
            self.ms.get((last as f64 * part).round() as usize).copied().unwrap_or(0.0)
        };
        let mean = self.ms.iter().sum::<f64>() / self.ms.len().max(1) as f64;
        println!(
            "{folder:18} {who:10} {:6} {:6} {:6} {mean:8.2} {:8.2} {:8.2}",
            self.right,
            self.wrong,
            self.none,
            at(0.5),
            at(0.95)
        );
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = std::env::var_os("KENBAN_PICTURES")
        .map_or_else(|| here.join("../shared/pictures"), PathBuf::from);
    let text =
        fs::read_to_string(here.join("assets/profiles/five-layouts.toml")).unwrap_or_default();
    let profile = profile_file::parse(&text).map_err(|problems| format!("{problems:?}"))?;
    println!(
        "folder             reader      right  wrong   none     mean   median      p95  (ms a picture)"
    );
    for folder in ["vouchers-camera", "vouchers-scan"] {
        let path = root.join(folder);
        let Ok(truth) = fs::read_to_string(path.join("truth.json")) else {
            println!("{folder:18} no pictures in {}", root.display());
            continue;
        };
        let truth: Value = serde_json::from_str(&truth)?;
        let truth = truth.as_array().cloned().unwrap_or_default();
        ours(&path, &truth, &profile)?.print(folder, "kenban");
        match peer(here, &path, &truth) {
            Ok(mut line) => line.print(folder, "zxing-cpp"),
            Err(why) => println!("{folder:18} zxing-cpp  not here: {why}"),
        }
    }
    Ok(())
}

fn ours(path: &Path, truth: &[Value], profile: &Profile) -> Result<Line, Box<dyn Error>> {
    let mut line = Line::default();
    for one in truth {
        let file = one["file"].as_str().unwrap_or_default();
        let picture = decode(&fs::read(path.join(file))?, &Limits::default())?;
        let mut fastest = f64::MAX;
        let mut said = None;
        for _ in 0..REPEAT {
            let begin = Instant::now();
            let findings = read(&picture, Side::Front, profile);
            fastest = fastest.min(begin.elapsed().as_secs_f64() * 1000.0);
            said = findings.reading.barcode.map(|barcode| barcode.text);
        }
        line.add(one["barcode"].as_str(), said.as_deref(), fastest);
    }
    Ok(line)
}

fn peer(here: &Path, path: &Path, truth: &[Value]) -> Result<Line, Box<dyn Error>> {
    let mut child = Command::new("python3")
        .arg(here.join("tests/bench/zxing_peer.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let files: String = truth
        .iter()
        .filter_map(|one| one["file"].as_str())
        .map(|file| format!("{}\n", path.join(file).display()))
        .collect();
    let input = child.stdin.take();
    // A peer that ended early has closed its input; its empty answer says so below.
    if let Some(mut input) = input
        && input.write_all(files.as_bytes()).is_err()
    {
        eprintln!("the peer did not take its list");
    }
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout)?;
    let answers: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    if answers.len() != truth.len() {
        return Err("python3 with the wheels zxing-cpp, numpy and pillow".into());
    }
    let mut line = Line::default();
    for (one, answer) in truth.iter().zip(&answers) {
        let ms = answer["ms"].as_f64().unwrap_or_default();
        line.add(one["barcode"].as_str(), answer["text"].as_str(), ms);
    }
    Ok(line)
}
