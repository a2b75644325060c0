//! Teaching a new scheme: pictures of sample vouchers are found, looked at and tried, and the profile
//! is written. What the window's screen and `profile new` share.

use super::window::{LONGEST, faults, fitted};
use crate::picture::{DecodeError, Limits, Luma, Picture, decode, encode_png, looks_like_picture};
use crate::reader::{self, Survey, TextLine, read_line};
use crate::ui::lesson::{
    KeepFault, Learned, Lesson, Looked, MOST_PICTURES, SampleFault, SamplePicture, Tried,
};
use crate::ui::port::Pixels;
use crate::voucher::profile::Area;
use crate::voucher::teach::{Line, Seen};
use crate::voucher::{Issued, Profile, Side, Symbology, judge, profile_file};
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// A line that was read less surely counts as not read: a guess must not contradict a barcode.
const SURE: f32 = 0.8;

/// `data`: the data folder, beside which a profile goes that is given a name alone.
pub fn answer(lesson: Lesson, data: &Path) -> Learned {
    match lesson {
        Lesson::Pictures(path) => Learned::Pictures(pictures(&path)),
        // Where there is a camera, its picture is taken before anybody is asked.
        Lesson::Take => Learned::Taken(Err(SampleFault::NoCamera)),
        Lesson::LookAt { picture, face_mm, side } => {
            Learned::Looked(load(&picture).map(|it| Box::new(look_at(&it, face_mm, side))))
        }
        Lesson::ReadBoxes { faces, area } => {
            let faces = faces.iter().map(grey);
            Learned::Boxes(faces.map(|face| read_box(&face, &area)).collect())
        }
        Lesson::Try { profile, picture, side } => {
            Learned::Tried(load(&picture).map(|it| Box::new(try_on(&it, side, &profile))))
        }
        Lesson::Keep { path, toml } => Learned::Kept(keep(&path, &toml, data)),
    }
}

/// What the camera saw, kept as a file would be: it is looked at again when the size was corrected, and
/// tried with the finished profile.
pub fn taken(frame: &Luma) -> Learned {
    Learned::Taken(Ok(SamplePicture::Taken(encode_png(frame).into())))
}

fn load(picture: &SamplePicture) -> Result<Picture, SampleFault> {
    match picture {
        SamplePicture::File(path) => load_file(path),
        SamplePicture::Taken(bytes) => of_bytes(bytes),
    }
}

fn look_at(picture: &Picture, face_mm: (f32, f32), side: Side) -> Looked {
    let ratio = face_mm.0 / face_mm.1.max(1.0);
    let survey = reader::survey(picture, ratio, side, &Symbology::ALL, &reader::read_line);
    Looked {
        seen: seen(&survey, face_mm),
        outlined: survey.outline.is_some(),
        upright: survey.upright.is_some(),
        face: fitted(&Picture::grey(survey.face), LONGEST),
    }
}

fn try_on(picture: &Picture, side: Side, profile: &Profile) -> Tried {
    let findings = reader::read(picture, side, profile);
    // Where a pile says the kind, any will do here: it is not what is tried.
    let pile = profile.kinds.first().map(|kind| &kind.id);
    let judged = judge(profile, &findings.reading, &|_| Issued::NoLedger, pile);
    Tried { judged, crop: fitted(&Picture::grey(findings.number_crop), LONGEST) }
}

/// Grey pixels came as three equal bytes each.
fn grey(pixels: &Pixels) -> Luma {
    let data = pixels.rgb.iter().step_by(3).copied().collect::<Vec<u8>>();
    if data.len() == pixels.width * pixels.height {
        Luma { width: pixels.width, height: pixels.height, data }
    } else {
        Luma::flat(0, 0, 0)
    }
}

fn keep(path: &Path, toml: &str, data: &Path) -> Result<PathBuf, KeepFault> {
    let beside = data.parent().unwrap_or(Path::new(""));
    let path = beside.join(path);
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => KeepFault::AlreadyThere(path.clone()),
        ErrorKind::NotFound => KeepFault::NoFolder(path.parent().unwrap_or(&path).to_owned()),
        _ => KeepFault::Failed(faults::file(&path, &error)),
    };
    // What is written must be what the station reads, whoever made it.
    if let Err(mut problems) = profile_file::parse(toml)
        && !problems.is_empty()
    {
        return Err(KeepFault::Wrong(problems.swap_remove(0)));
    }
    let mut file = File::create_new(&path).map_err(failed)?;
    file.write_all(toml.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // A half is worse than none; if it can't be taken away either, the words say what was wrong.
        std::fs::remove_file(&path).ok();
        failed(error)
    })?;
    Ok(path)
}

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
fn read_box(face: &Luma, area: &Area) -> Line {
    let (w, h) = (face.width as f32, face.height as f32);
    let at = |share: f32, side: f32| (share.clamp(0.0, 1.0) * side).round() as usize;
    let (x, y) = (at(area.x, w), at(area.y, h));
    let crop = face.crop(x, y, at(area.w, w), at(area.h, h));
    let text = read_line(&crop).and_then(sure);
    let marks = text.as_ref().map_or(0, |text| text.chars().filter(|it| *it != ' ').count());
    Line { area: *area, text, marks }
}

/// The picture itself, or those of a folder by name, at most one more than
/// [`MOST_PICTURES`].
///
/// # Errors
/// If there is nothing, or no picture in it.
fn pictures(path: &Path) -> Result<Vec<PathBuf>, SampleFault> {
    // One picture by two names is one picture.
    let path = path.canonicalize().map_err(|error| fault(path, &error))?;
    if !path.is_dir() {
        return Ok(vec![path]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&path).map_err(|error| fault(&path, &error))? {
        let path = entry.map_err(|error| fault(&path, &error))?.path();
        if path.is_file() && is_picture(&path) {
            found.push(path);
        }
    }
    found.sort();
    found.truncate(MOST_PICTURES + 1);
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
fn load_file(path: &Path) -> Result<Picture, SampleFault> {
    // A pipe or a device would never end.
    if !std::fs::metadata(path).map_err(|error| fault(path, &error))?.is_file() {
        return Err(SampleFault::NotAPicture);
    }
    let limits = Limits::default();
    let file = File::open(path).map_err(|error| fault(path, &error))?;
    let mut bytes = Vec::new();
    file.take(limits.max_bytes + 1).read_to_end(&mut bytes).map_err(|error| fault(path, &error))?;
    of_bytes(&bytes)
}

/// # Errors
/// If it is no picture.
fn of_bytes(bytes: &[u8]) -> Result<Picture, SampleFault> {
    decode(bytes, &Limits::default()).map_err(|error| match error {
        DecodeError::Foreign => SampleFault::NotAPicture,
        DecodeError::TooLarge(_) => SampleFault::TooLarge,
        DecodeError::Broken(_) => SampleFault::Broken,
        DecodeError::Unreadable(kind, _) => SampleFault::OfKind(super::unfit::of_kind(kind)),
    })
}

fn fault(path: &Path, error: &std::io::Error) -> SampleFault {
    match error.kind() {
        ErrorKind::NotFound => SampleFault::NotThere,
        _ => SampleFault::Unreadable(faults::file(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_full_folder_comes_one_picture_more_than_can_be_shown() {
        let dir = tempfile::tempdir().unwrap();
        let picture = encode_png(&Luma::flat(2, 2, 9));
        for no in 0..MOST_PICTURES + 3 {
            std::fs::write(dir.path().join(format!("{no:03}.png")), &picture).unwrap();
        }
        std::fs::write(dir.path().join("000.txt"), "no picture").unwrap();
        let Learned::Pictures(Ok(found)) =
            answer(Lesson::Pictures(dir.path().to_owned()), Path::new("data"))
        else {
            panic!("the folder has pictures");
        };
        assert_eq!(found.len(), MOST_PICTURES + 1);
        assert!(found.iter().all(|path| path.extension().is_some_and(|it| it == "png")));
        assert!(found.is_sorted());
    }
}
