//! What the screen that teaches asks: pictures of sample vouchers, with and without a profile.

use super::picture::{LONGEST, fitted};
use crate::picture::{Luma, Picture, encode_png};
use crate::reader;
use crate::rig::teaching;
use crate::ui::lesson::{KeepFault, Learned, Lesson, Looked, SampleFault, SamplePicture, Tried};
use crate::ui::port::Pixels;
use crate::voucher::{Issued, Profile, Side, Symbology, judge, profile_file};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// `data`: the data folder, beside which a profile goes that is given a name alone.
pub(super) fn answer(lesson: Lesson, data: &Path) -> Learned {
    match lesson {
        Lesson::Pictures(path) => Learned::Pictures(teaching::pictures(&path)),
        // Where there is a camera, its picture is taken before anybody is asked.
        Lesson::Take => Learned::Taken(Err(SampleFault::NoCamera)),
        Lesson::LookAt { picture, face_mm, side } => {
            Learned::Looked(load(&picture).map(|it| Box::new(look_at(&it, face_mm, side))))
        }
        Lesson::ReadBoxes { faces, area } => {
            let faces = faces.iter().map(grey);
            Learned::Boxes(faces.map(|face| teaching::read_box(&face, &area)).collect())
        }
        Lesson::Try { profile, picture, side } => {
            Learned::Tried(load(&picture).map(|it| Box::new(try_on(&it, side, &profile))))
        }
        Lesson::Keep { path, toml } => Learned::Kept(keep(&path, &toml, data)),
    }
}

/// What the camera saw, kept as a file would be: it is looked at again when the size was corrected, and
/// tried with the finished profile.
pub(in crate::rig::window) fn taken(frame: &Luma) -> Learned {
    Learned::Taken(Ok(SamplePicture::Taken(encode_png(frame).into())))
}

fn load(picture: &SamplePicture) -> Result<Picture, SampleFault> {
    match picture {
        SamplePicture::File(path) => teaching::load(path),
        SamplePicture::Taken(bytes) => teaching::of_bytes(bytes),
    }
}

fn look_at(picture: &Picture, face_mm: (f32, f32), side: Side) -> Looked {
    let ratio = face_mm.0 / face_mm.1.max(1.0);
    let survey = reader::survey(picture, ratio, side, &Symbology::ALL, &reader::read_line);
    Looked {
        seen: teaching::seen(&survey, face_mm),
        outlined: survey.outline.is_some(),
        upright: survey.upright.is_some(),
        face: fitted(&Picture::grey(survey.face), LONGEST),
    }
}

fn try_on(picture: &Picture, side: Side, profile: &Profile) -> Tried {
    let findings = reader::read(picture, side, profile);
    let judged = judge(profile, &findings.reading, &|_| Issued::NoLedger, None);
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
        _ => KeepFault::Failed(error.to_string()),
    };
    // What is written must be what the station reads, whoever made it.
    if let Err(problems) = profile_file::parse(toml) {
        let first = problems.first().map(ToString::to_string);
        return Err(KeepFault::Failed(first.unwrap_or_default()));
    }
    let mut file = File::create_new(&path).map_err(failed)?;
    file.write_all(toml.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // A half is worse than none; if it can't be taken away either, the words say what was wrong.
        std::fs::remove_file(&path).ok();
        failed(error)
    })?;
    Ok(path)
}
