//! Who reads: ours and rxing in this process, those of Python and C in a child process.

use kenban::picture::{Luma, Picture};
use kenban::reader::read_barcodes;
use kenban::voucher::Symbology;
use rxing::common::HybridBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, Reader};
use serde_json::Value;
use std::collections::HashSet;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often each picture is read; the fastest counts.
pub const REPEAT: usize = 3;

/// What was read of one picture, and how long that took.
pub struct Answer {
    pub texts: Vec<String>,
    pub ms: f64,
}

/// Asks `peers.py`; the error says why the peer can't be had.
pub fn ask(peer: &str, options: &[&str], files: &[PathBuf]) -> Result<Vec<Answer>, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/peers.py");
    let mut child = Command::new("python3")
        .arg(script)
        .args(["--peer", peer])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("python3: {error}"))?;
    let list: String = files.iter().map(|file| format!("{}\n", file.display())).collect();
    if let Some(mut input) = child.stdin.take() {
        // A peer that ended early has closed its input; what it said of it follows.
        drop(input.write_all(list.as_bytes()));
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let answers: Vec<Answer> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .map(|line| Answer { texts: texts(&line["texts"]), ms: line["ms"].as_f64().unwrap_or(0.0) })
        .collect();
    if answers.len() == files.len() {
        return Ok(answers);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().last().unwrap_or("it ended without a word").to_owned())
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Ours, without a voucher's profile: the codes alone.
pub fn kenban(picture: &Picture, symbologies: &[Symbology]) -> Answer {
    let mut fastest = f64::MAX;
    let mut texts = Vec::new();
    for _ in 0..REPEAT {
        let begin = Instant::now();
        let found = read_barcodes(picture, symbologies);
        fastest = fastest.min(begin.elapsed().as_secs_f64() * 1_000.0);
        texts = found.into_iter().map(|it| it.text).collect();
    }
    Answer { texts, ms: fastest }
}

/// rxing as it comes: the whole picture, trying harder.
pub fn rxing(luma: &Luma, symbologies: &[Symbology]) -> Answer {
    let formats: HashSet<BarcodeFormat> = symbologies.iter().map(|it| format(*it)).collect();
    let hints = DecodeHints {
        PossibleFormats: Some(formats),
        TryHarder: Some(true),
        ReturnCodabarStartEnd: Some(true),
        ..DecodeHints::default()
    };
    let look = || {
        let (width, height) = (u32::try_from(luma.width).ok()?, u32::try_from(luma.height).ok()?);
        let source = Luma8Source::new_with_slice(&luma.data, width, height).ok()?;
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let found = MultiFormatReader::default().decode_with_hints(&mut bitmap, &hints).ok()?;
        let codabar = found.getBarcodeFormat() == &BarcodeFormat::CODABAR;
        Some(if codabar { codabar_text(found.getText()) } else { found.getText().to_owned() })
    };
    let mut fastest = f64::MAX;
    let mut text = None;
    for _ in 0..REPEAT {
        let begin = Instant::now();
        // It panics at some pictures.
        text = catch_unwind(AssertUnwindSafe(look)).unwrap_or(None);
        fastest = fastest.min(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    Answer { texts: text.into_iter().collect(), ms: fastest }
}

/// With start and stop it gives a Codabar's characters by their place in the code's table.
fn codabar_text(text: &str) -> String {
    let letter = |c: char| "0123456789-$:/.+ABCD".chars().nth(c as usize).unwrap_or(c);
    text.chars().map(letter).collect()
}

fn format(symbology: Symbology) -> BarcodeFormat {
    match symbology {
        Symbology::Codabar => BarcodeFormat::CODABAR,
        Symbology::Code128 => BarcodeFormat::CODE_128,
        Symbology::Code39 => BarcodeFormat::CODE_39,
        Symbology::Itf => BarcodeFormat::ITF,
        Symbology::Ean13 => BarcodeFormat::EAN_13,
        Symbology::Ean8 => BarcodeFormat::EAN_8,
        Symbology::QrCode => BarcodeFormat::QR_CODE,
        Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
    }
}
