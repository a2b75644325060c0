//! Pictures of sample vouchers for a scheme that is being taught: found, loaded, looked at.

use crate::picture::{DecodeError, Limits, Luma, Picture, decode, looks_like_picture};
use crate::reader::{Survey, TextLine, read_line};
use crate::ui::lesson::SampleFault;
use crate::voucher::profile::Area;
use crate::voucher::teach::{Line, Seen};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A line that was read less surely counts as not read: a guess must not contradict a barcode.
const SURE: f32 = 0.8;

/// More pictures of one folder are not looked at: a handful teaches as much as a campaign.
pub const MOST: usize = 60;

/// What a survey saw, as far as a scheme is learned from it. `face_mm`: width and height.
pub fn seen(survey: &Survey, face_mm: (f32, f32)) -> Seen {
    Seen {
        codes: survey.codes.iter().map(|code| (code.finding.clone(), code.area)).collect(),
        lines: survey.lines.iter().map(line).collect(),
        boxed: None,
        face_mm,
    }
}

fn line(line: &TextLine) -> Line {
    let text = line.text.clone().and_then(sure);
    Line { area: line.area, text, marks: line.marks }
}

fn sure((text, chance): (String, f32)) -> Option<String> {
    (chance >= SURE).then_some(text)
}

/// What is printed in a box of a straightened face.
pub fn read_box(face: &Luma, area: &Area) -> Line {
    let (w, h) = (face.width as f32, face.height as f32);
    let at = |share: f32, side: f32| (share.clamp(0.0, 1.0) * side).round() as usize;
    let (x, y) = (at(area.x, w), at(area.y, h));
    let crop = face.crop(x, y, at(area.w, w), at(area.h, h));
    let text = read_line(&crop).and_then(sure);
    let marks = text.as_ref().map_or(0, |text| text.chars().filter(|it| *it != ' ').count());
    Line { area: *area, text, marks }
}

/// The picture itself, or those of a folder by name, at most [`MOST`].
///
/// # Errors
/// If there is nothing, or no picture in it.
pub fn pictures(path: &Path) -> Result<Vec<PathBuf>, SampleFault> {
    if !std::fs::metadata(path).map_err(|error| fault(&error))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| fault(&error))? {
        let path = entry.map_err(|error| fault(&error))?.path();
        if path.is_file() && is_picture(&path) {
            found.push(path);
        }
    }
    found.sort();
    found.truncate(MOST);
    if found.is_empty() { Err(SampleFault::NoPictures) } else { Ok(found) }
}

/// By its first bytes, whatever its name.
fn is_picture(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut bytes));
    read.is_ok() && looks_like_picture(&bytes)
}

/// # Errors
/// If it can't be read, or is no picture.
pub fn load(path: &Path) -> Result<Picture, SampleFault> {
    let limits = Limits::default();
    let file = File::open(path).map_err(|error| fault(&error))?;
    let mut bytes = Vec::new();
    file.take(limits.max_bytes + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    of_bytes(&bytes)
}

/// # Errors
/// If it is no picture.
pub fn of_bytes(bytes: &[u8]) -> Result<Picture, SampleFault> {
    decode(bytes, &Limits::default()).map_err(|error| match error {
        DecodeError::Foreign => SampleFault::NotAPicture,
        DecodeError::TooLarge(_) => SampleFault::TooLarge,
        DecodeError::Broken(_) => SampleFault::Broken,
    })
}

fn fault(error: &std::io::Error) -> SampleFault {
    match error.kind() {
        ErrorKind::NotFound => SampleFault::NotThere,
        _ => SampleFault::Unreadable(error.to_string()),
    }
}
