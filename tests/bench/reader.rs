//! Ours and other readers on the same pictures in the same run: right, wrong, none, and the time of reading alone,
//! from pixels in memory to text. Nothing fails for being slow. A peer that can't be had is named and left out.
//!
//! `make bench-reader`, or `KENBAN_PICTURES=DIR cargo bench --bench reader`

#![expect(clippy::print_stdout, reason = "a bench prints")]

#[path = "reader/peers.rs"]
mod peers;
#[path = "reader/table.rs"]
mod table;

use kenban::picture::{Limits, Picture, decode, encode_png};
use kenban::reader::{Findings, read};
use kenban::voucher::profile::Identified;
use kenban::voucher::{Issued, Profile, Side, Symbology, Verdict, judge, profile_file};
use peers::{Answer, REPEAT, ask, kenban, rxing};
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use table::{Line, Mark, absent, head};

/// What a picture of a voucher shows, and what we read of it.
struct Sheet {
    file: PathBuf,
    picture: Picture,
    number: String,
    barcode: Option<String>,
    printed: String,
    forged: bool,
    findings: Findings,
    ms: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = std::env::var_os("KENBAN_PICTURES")
        .map_or_else(|| here.join("../shared/pictures"), PathBuf::from);
    let text = fs::read_to_string(here.join("assets/profiles/five-layouts.toml"))?;
    let profile = profile_file::parse(&text).map_err(|problems| format!("{problems:?}"))?;
    println!(
        "Times: decoded grey pixels to text, one thread, the fastest of {REPEAT} (Tesseract on whole pictures: once).\n\
         kenban and rxing are timed in this process; zxing-cpp (Python wheel), zbar and tesseract (C libraries through\n\
         ctypes) each in a process of its own with one start for all pictures. All readers are at their own standard\n\
         settings, for the symbologies of the profile or of the folder."
    );
    for folder in ["vouchers-camera", "vouchers-scan"] {
        let path = root.join(folder);
        match fs::read_to_string(path.join("truth.json")) {
            Ok(truth) => vouchers(folder, &path, &serde_json::from_str(&truth)?, &profile)?,
            Err(_) => println!("{folder}: no pictures in {}", root.display()),
        }
    }
    head("barcodes alone, a folder a line");
    for (folder, symbology) in FOLDERS {
        let path = root.join("barcodes").join(folder);
        if path.is_dir() {
            barcodes(folder, &path, symbology)?;
        }
    }
    Ok(())
}

fn vouchers(
    folder: &str,
    path: &Path,
    truth: &Value,
    profile: &Profile,
) -> Result<(), Box<dyn Error>> {
    let list = truth.as_array().cloned().unwrap_or_default();
    let sheets: Vec<Sheet> =
        list.iter().map(|one| sheet(path, one, profile)).collect::<Result<_, _>>()?;
    let files: Vec<PathBuf> = sheets.iter().map(|sheet| sheet.file.clone()).collect();
    let mut symbologies: Vec<Symbology> = profile
        .layouts
        .iter()
        .filter_map(|layout| layout.barcode.as_ref())
        .flat_map(|(rule, _)| rule.symbologies.clone())
        .collect();
    symbologies.dedup();
    let words: Vec<&str> = symbologies.iter().map(|it| it.word()).collect();
    let formats = words.join(",");

    head("barcodes (kenban: with the print)");
    let code = |sheet: &Sheet, texts: &[String]| mark(sheet.barcode.as_deref(), texts);
    let line = |answers: &[Answer], judge: &dyn Fn(&Sheet, &[String]) -> Mark| {
        let mut line = Line::default();
        for (sheet, answer) in sheets.iter().zip(answers) {
            line.add(judge(sheet, &answer.texts), answer.ms);
        }
        line
    };
    let said = |sheet: &Sheet| {
        let barcode = sheet.findings.reading.barcode.iter();
        Answer { texts: barcode.map(|it| it.text.clone()).collect(), ms: sheet.ms }
    };
    let ours = line(&sheets.iter().map(said).collect::<Vec<_>>(), &code);
    let zxing = ask("zxing-cpp", &["--formats", &formats], &files);
    let peer = zxing.as_ref().ok().map(|answers| line(answers, &code));
    ours.print(folder, "kenban", peer.as_ref());
    match (&peer, &zxing) {
        (Some(peer), _) => peer.print(folder, "zxing-cpp", None),
        (None, Err(why)) => absent(folder, "zxing-cpp", why),
        (None, Ok(_)) => {}
    }
    match ask("zbar", &["--formats", &formats], &files) {
        Ok(answers) => line(&answers, &code).print(folder, "zbar", peer.as_ref()),
        Err(why) => absent(folder, "zbar", &why),
    }
    let answers: Vec<Answer> =
        sheets.iter().map(|sheet| rxing(&sheet.picture.luma, &symbologies)).collect();
    line(&answers, &code).print(folder, "rxing", peer.as_ref());

    head("printed numbers");
    let print = |sheet: &Sheet, texts: &[String]| mark_print(profile, &sheet.printed, texts);
    let printed = |sheet: &Sheet| {
        let printed = sheet.findings.reading.printed.as_ref();
        let number = printed.and_then(|it| it.number.as_ref()).map(|it| it.to_string());
        let texts = number.into_iter().chain(printed.map(|it| it.free.clone())).collect();
        Answer { texts, ms: sheet.ms }
    };
    let answers: Vec<Answer> = sheets.iter().map(printed).collect();
    line(&answers, &print).print(folder, "kenban", peer.as_ref());
    let crops = tempfile::tempdir()?;
    let mut cut = Vec::new();
    for (place, sheet) in sheets.iter().enumerate() {
        let file = crops.path().join(format!("{place:04}.png"));
        fs::write(&file, encode_png(&sheet.findings.number_crop))?;
        cut.push(file);
    }
    for (who, psm, files) in
        [("tesseract, our crops", "7", &cut), ("tesseract, pictures", "11", &files)]
    {
        let repeat = if psm == "7" { REPEAT.to_string() } else { "1".to_owned() };
        match ask("tesseract", &["--psm", psm, "--repeat", &repeat], files) {
            Ok(answers) => line(&answers, &print).print(folder, who, peer.as_ref()),
            Err(why) => absent(folder, who, &why),
        }
    }
    verdicts(folder, &sheets, profile);
    Ok(())
}

fn sheet(path: &Path, one: &Value, profile: &Profile) -> Result<Sheet, Box<dyn Error>> {
    let text = |name: &str| one[name].as_str().map(str::to_owned);
    let file = path.join(text("file").unwrap_or_default());
    let picture = decode(&fs::read(&file)?, &Limits::default())?;
    let mut fastest = f64::MAX;
    let mut timed = || {
        let begin = Instant::now();
        let findings = read(&picture, Side::Front, profile);
        fastest = fastest.min(begin.elapsed().as_secs_f64() * 1_000.0);
        findings
    };
    for _ in 1..REPEAT {
        timed();
    }
    let findings = timed();
    Ok(Sheet {
        number: text("number").unwrap_or_default(),
        barcode: text("barcode"),
        printed: text("printed").unwrap_or_default(),
        forged: one["forged"] == true,
        ms: fastest,
        findings,
        picture,
        file,
    })
}

/// Where there is no barcode, nothing is right.
fn mark(wanted: Option<&str>, texts: &[String]) -> Mark {
    match (wanted, texts) {
        (Some(wanted), texts) if texts.iter().any(|text| text == wanted) => Mark::Right,
        (None, []) => Mark::Right,
        (Some(_), []) => Mark::None,
        _ => Mark::Wrong,
    }
}

/// Right if any line is what is printed; wrong only if one is another number that the profile's grammar takes, check
/// digit and all. So all readers have the same grammar to sort out what they read.
fn mark_print(profile: &Profile, printed: &str, texts: &[String]) -> Mark {
    let plain =
        |text: &String| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let texts: Vec<String> = texts.iter().map(plain).collect();
    if texts.iter().any(|text| text == printed) {
        return Mark::Right;
    }
    let number = |text: &String| matches!(profile.identify(text), Identified::Number { .. });
    if texts.iter().any(number) { Mark::Wrong } else { Mark::None }
}

/// What the sheets come to, without an issue ledger.
fn verdicts(folder: &str, sheets: &[Sheet], profile: &Profile) {
    let (mut right, mut wrong, mut accepted, mut wrong_accepted) = (0, 0, 0, 0);
    let (mut forged, mut forged_stopped, mut forged_accepted) = (0, 0, 0);
    let (mut honest, mut with_code, mut with_code_accepted) = (0, 0, 0);
    for sheet in sheets {
        let judged = judge(profile, &sheet.findings.reading, &|_| Issued::NoLedger, None);
        let accept = judged.verdict == Verdict::Accept;
        if sheet.forged {
            forged += 1;
            forged_stopped += usize::from(judged.verdict == Verdict::Stop);
            forged_accepted += usize::from(accept);
            continue;
        }
        honest += 1;
        let said = judged.number.filter(|_| accept || judged.verdict == Verdict::Check);
        let is = said.as_ref().is_some_and(|number| number.as_str() == sheet.number);
        right += usize::from(is);
        wrong += usize::from(said.is_some() && !is);
        accepted += usize::from(accept);
        wrong_accepted += usize::from(accept && !is);
        with_code += usize::from(sheet.barcode.is_some());
        with_code_accepted += usize::from(sheet.barcode.is_some() && accept && is);
    }
    println!();
    println!(
        "{folder}: of {honest} honest sheets {right} right (accepted or proposed), {wrong} wrong; {accepted} accepted \
         without a person, {wrong_accepted} of them wrongly"
    );
    println!(
        "{folder}: of {with_code} honest sheets with a barcode {with_code_accepted} accepted without a person; of \
         {forged} forged {forged_stopped} stopped, {forged_accepted} accepted"
    );
}

/// What must give nothing has no symbology of its own.
const FOLDERS: [(&str, Option<Symbology>); 9] = [
    ("codabar-1", Some(Symbology::Codabar)),
    ("code128-1", Some(Symbology::Code128)),
    ("code128-2", Some(Symbology::Code128)),
    ("code39-1", Some(Symbology::Code39)),
    ("itf-1", Some(Symbology::Itf)),
    ("ean13-1", Some(Symbology::Ean13)),
    ("qrcode-2", Some(Symbology::QrCode)),
    ("datamatrix-1", Some(Symbology::DataMatrix)),
    ("falsepositives-1", None),
];

fn barcodes(folder: &str, path: &Path, symbology: Option<Symbology>) -> Result<(), Box<dyn Error>> {
    let symbologies: Vec<Symbology> = symbology.map_or(Symbology::ALL.to_vec(), |it| vec![it]);
    let mut files: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|file| file.extension().is_some_and(|ending| ending != "txt"))
        // Code 32 is Code 39 written in another base; its text is not what the bars say.
        .filter(|file| !file.to_string_lossy().contains("code32"))
        // The text of some stands in a file of bytes, which text can't hold.
        .filter(|file| symbology.is_none() || file.with_extension("txt").is_file())
        .collect();
    files.sort();
    let mut pictures = Vec::new();
    let mut wanted = Vec::new();
    for file in &files {
        pictures.push(decode(&fs::read(file)?, &Limits::default())?);
        wanted.push(fs::read_to_string(file.with_extension("txt")).ok());
    }
    let line = |answers: &[Answer]| {
        let mut line = Line::default();
        for (wanted, answer) in wanted.iter().zip(answers) {
            line.add(mark(wanted.as_deref(), &answer.texts), answer.ms);
        }
        line
    };
    let ours: Vec<Answer> = pictures.iter().map(|picture| kenban(picture, &symbologies)).collect();
    let words: Vec<&str> = symbologies.iter().map(|it| it.word()).collect();
    let formats = words.join(",");
    let zxing = ask("zxing-cpp", &["--formats", &formats], &files);
    let peer = zxing.as_ref().ok().map(|answers| line(answers));
    line(&ours).print(folder, "kenban", peer.as_ref());
    match (&peer, &zxing) {
        (Some(peer), _) => peer.print(folder, "zxing-cpp", None),
        (None, Err(why)) => absent(folder, "zxing-cpp", why),
        (None, Ok(_)) => {}
    }
    // It has no Data Matrix, so of what must give nothing it looks for all but that.
    let known: Vec<&str> = words.iter().copied().filter(|word| *word != "datamatrix").collect();
    match known.is_empty() {
        true => absent(folder, "zbar", "it doesn't know Data Matrix"),
        false => match ask("zbar", &["--formats", &known.join(",")], &files) {
            Ok(answers) => line(&answers).print(folder, "zbar", peer.as_ref()),
            Err(why) => absent(folder, "zbar", &why),
        },
    }
    let answers: Vec<Answer> =
        pictures.iter().map(|picture| rxing(&picture.luma, &symbologies)).collect();
    line(&answers).print(folder, "rxing", peer.as_ref());
    Ok(())
}
