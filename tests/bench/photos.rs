//! Ours and other readers on a folder of somebody's own photographs: right, wrong, none and times, for each set and
//! symbology. A peer that can't be had is named and left out.
//!
//! `make bench-photos DIR=FOLDER`. The folder holds `truth.csv`, in UTF-8, with a line of names and a line for each
//! code:
//!
//! | column | what stands there |
//! |---|---|
//! | `file` | the picture: a path from the folder on. Its own folder is the set's name |
//! | `symbology` | `codabar`, `code128`, `code39`, `itf`, `ean13`, `ean8`, `qrcode`, `datamatrix`; empty: the picture has no code, and all are looked for |
//! | `text` | what the code says, NW-7 with its start and stop letters; empty: nothing must be read |
//!
//! A picture with several codes has several lines. Another text than the picture's own is wrong.

#![expect(clippy::print_stdout, reason = "a bench prints")]

#[path = "reader/peers.rs"]
mod peers;
#[path = "reader/table.rs"]
mod table;

use kenban::picture::{Limits, Picture, decode};
use kenban::voucher::Symbology;
use peers::{Answer, REPEAT, ask, kenban, rxing};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use table::{Line, Mark, absent, head};

/// What one code of a picture says.
struct Photo {
    file: PathBuf,
    /// `None`: there is no code.
    text: Option<String>,
}

/// The codes of one set and symbology.
type Sets = BTreeMap<(String, Option<Symbology>), Vec<Photo>>;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::var_os("KENBAN_PHOTOS").map(PathBuf::from) else {
        println!("photographs: none were named; make bench-photos DIR=FOLDER");
        return Ok(());
    };
    let sets = sets(&folder)?;
    println!(
        "Times: decoded grey pixels to text, one thread, the fastest of {REPEAT}. Each reader at its own standard settings,\n\
         for the line's symbology alone."
    );
    head("photographs, a set and symbology a line");
    for ((set, symbology), photos) in &sets {
        line(set, *symbology, photos, &sets)?;
    }
    Ok(())
}

/// Reads `truth.csv`.
fn sets(folder: &Path) -> Result<Sets, Box<dyn Error>> {
    let list = folder.join("truth.csv");
    let mut rows =
        csv::Reader::from_path(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let names = rows.headers()?.clone();
    let column = |name: &str| {
        let place = names.iter().position(|it| it.trim_start_matches('\u{feff}') == name);
        place.ok_or_else(|| format!("{}: there is no column {name}", list.display()))
    };
    let (file, symbology, text) = (column("file")?, column("symbology")?, column("text")?);
    let mut sets = Sets::new();
    for row in rows.records() {
        let row = row?;
        let at = |place: usize| row.get(place).unwrap_or_default();
        let word = at(symbology);
        let known = Symbology::ALL.into_iter().find(|it| it.word() == word);
        if known.is_none() && !word.is_empty() {
            return Err(format!("{}: there is no symbology {word}", list.display()).into());
        }
        let inside = Path::new(at(file)).parent().map(|it| it.display().to_string());
        let own = || folder.file_name().map(|it| it.to_string_lossy().into_owned());
        let set = inside.filter(|it| !it.is_empty()).or_else(own).unwrap_or_default();
        let text = Some(at(text).to_owned()).filter(|it| !it.is_empty());
        sets.entry((set, known)).or_default().push(Photo { file: folder.join(at(file)), text });
    }
    Ok(sets)
}

fn line(
    set: &str,
    symbology: Option<Symbology>,
    photos: &[Photo],
    sets: &Sets,
) -> Result<(), Box<dyn Error>> {
    let symbologies = symbology.map_or(Symbology::ALL.to_vec(), |it| vec![it]);
    let name = format!("{set} {}", symbology.map_or("none", Symbology::word));
    let mut pictures: Vec<Picture> = Vec::new();
    for photo in photos {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", photo.file.display());
        let bytes = std::fs::read(&photo.file).map_err(|error| told(&error))?;
        pictures.push(decode(&bytes, &Limits::default()).map_err(|error| told(&error))?);
    }
    let truths: Vec<Vec<&str>> = photos.iter().map(|photo| truths(&photo.file, sets)).collect();
    let count = |answers: &[Answer]| {
        let mut line = Line::default();
        for ((photo, truths), answer) in photos.iter().zip(&truths).zip(answers) {
            line.add(mark(photo.text.as_deref(), truths, &answer.texts), answer.ms);
        }
        line
    };
    let files: Vec<PathBuf> = photos.iter().map(|photo| photo.file.clone()).collect();
    let ours: Vec<Answer> = pictures.iter().map(|picture| kenban(picture, &symbologies)).collect();
    let words: Vec<&str> = symbologies.iter().map(|it| it.word()).collect();
    let zxing = ask("zxing-cpp", &["--formats", &words.join(",")], &files);
    let peer = zxing.as_ref().ok().map(|answers| count(answers));
    count(&ours).print(&name, "kenban", peer.as_ref());
    match (&peer, &zxing) {
        (Some(peer), _) => peer.print(&name, "zxing-cpp", None),
        (None, Err(why)) => absent(&name, "zxing-cpp", why),
        (None, Ok(_)) => {}
    }
    // It has no Data Matrix, so of what must give nothing it looks for all but that.
    let known: Vec<&str> = words.iter().copied().filter(|word| *word != "datamatrix").collect();
    match known.is_empty() {
        true => absent(&name, "zbar", "it doesn't know Data Matrix"),
        false => match ask("zbar", &["--formats", &known.join(",")], &files) {
            Ok(answers) => count(&answers).print(&name, "zbar", peer.as_ref()),
            Err(why) => absent(&name, "zbar", &why),
        },
    }
    let answers: Vec<Answer> =
        pictures.iter().map(|picture| rxing(&picture.luma, &symbologies)).collect();
    count(&answers).print(&name, "rxing", peer.as_ref());
    Ok(())
}

/// All that a picture says, in whatever symbology.
fn truths<'s>(file: &Path, sets: &'s Sets) -> Vec<&'s str> {
    let photos = sets.values().flatten().filter(|photo| photo.file == file);
    photos.filter_map(|photo| photo.text.as_deref()).collect()
}

fn mark(wanted: Option<&str>, truths: &[&str], texts: &[String]) -> Mark {
    let known = |text: &String| truths.contains(&text.as_str());
    match wanted {
        _ if !texts.iter().all(known) => Mark::Wrong,
        Some(wanted) if texts.iter().any(|text| text == wanted) => Mark::Right,
        Some(_) => Mark::None,
        None => Mark::Right,
    }
}
