//! `read --explain DIR`: how each picture was read, stage by stage, as pictures and in words.

use super::{CliError, say};
use crate::picture::{Luma, Picture, encode_colour_png};
use crate::reader::Stage;
use crate::voucher::Judgement;
use crate::voucher::steps::Step;
use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The folder that is written, with a name for each picture of the call.
pub(super) struct Folder {
    path: PathBuf,
    /// In the order of the pictures.
    names: Vec<String>,
}

impl Folder {
    /// # Errors
    /// If the folder can't be made, or one of the pictures lies in it: then what is written would be read as a
    /// voucher the next time, or take a picture's place.
    pub fn make(path: &Path, pictures: &[PathBuf]) -> Result<Folder, CliError> {
        std::fs::create_dir_all(path)
            .map_err(|error| say(format!("{} can't be made: {error}", path.display())))?;
        let own = std::fs::canonicalize(path)
            .map_err(|error| say(format!("{} can't be found: {error}", path.display())))?;
        let lies_in = |picture: &&PathBuf| {
            let whole = std::fs::canonicalize(picture);
            whole.is_ok_and(|whole| whole.parent() == Some(own.as_path()))
        };
        if let Some(picture) = pictures.iter().find(lies_in) {
            let (picture, own) = (picture.display(), path.display());
            return Err(say(format!("{picture} lies in {own}; say another folder to --explain")));
        }
        Ok(Folder { path: path.to_owned(), names: names(pictures) })
    }

    /// Writes the stages of the `no`th picture, or why it can't be read.
    pub fn write(
        &self,
        no: usize,
        file: &str,
        judged: &Judgement,
        stages: Result<Vec<Stage>, String>,
    ) -> Result<(), CliError> {
        let name = self.names.get(no).map_or("", String::as_str);
        let mut text = vec![format!("file: {file}")];
        text.push(format!("verdict: {}", judged.verdict.word()));
        text.extend(judged.number.as_ref().map(|number| format!("number: {number}")));
        text.extend(judged.kind.as_ref().map(|kind| format!("kind: {kind}")));
        let reasons = judged.reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>();
        let reasons = if reasons.is_empty() { "none".to_owned() } else { reasons.join(" ") };
        text.push(format!("reasons: {reasons}"));
        match stages {
            Err(why) => text.push(format!("broken: {why}")),
            Ok(stages) => {
                for (index, stage) in stages.iter().enumerate() {
                    let picture = format!("{name}-{}-{}.png", index + 1, stage.step.word());
                    self.file(&picture, &encode_colour_png(&shown(&stages, index)))?;
                    text.push(format!("{picture}: {}{}", stage.note, marks(stage)));
                }
            }
        }
        text.push(String::new());
        self.file(&format!("{name}.txt"), text.join("\n").as_bytes())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<(), CliError> {
        let path = self.path.join(name);
        std::fs::write(&path, bytes)
            .map_err(|error| say(format!("{} can't be written: {error}", path.display())))
    }
}

/// A stage's picture; the answer has the line above it that it is the answer to.
fn shown(stages: &[Stage], index: usize) -> Cow<'_, Picture> {
    let stage = &stages[index];
    let above = stages[..index].iter().find(|above| above.step == Step::Line);
    let Some(above) = above.filter(|_| stage.step == Step::Answer) else {
        return Cow::Borrowed(&stage.picture);
    };
    let (upper, lower) = (&above.picture, &stage.picture);
    match (&upper.rgb, &lower.rgb) {
        (Some(one), Some(two)) if upper.luma.width == lower.luma.width => {
            let luma = Luma {
                width: upper.luma.width,
                height: upper.luma.height + lower.luma.height,
                data: [&upper.luma.data[..], &lower.luma.data[..]].concat(),
            };
            Cow::Owned(Picture::new(luma, Some([&one[..], &two[..]].concat())))
        }
        _ => Cow::Borrowed(lower),
    }
}

/// What the colours on it are.
fn marks(stage: &Stage) -> String {
    let marks = stage.marks.iter().map(ToString::to_string).collect::<Vec<_>>();
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) }
}

/// The pictures' names without folder and ending, each once, also where capitals are small letters: as on
/// a stick.
fn names(pictures: &[PathBuf]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |picture: &PathBuf| {
        let stem = picture.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut name = stem.clone();
        let mut again = 1;
        while !taken.insert(name.to_lowercase()) {
            again += 1;
            name = format!("{stem}-{again}");
        }
        name
    };
    pictures.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pictures_share_a_name() {
        let pictures = ["a/1.jpg", "b/1.jpg", "b/1.png", "b/1-2.png", "c/A.jpg", "c/a.jpg"];
        let names = names(&pictures.map(PathBuf::from));
        assert_eq!(names, ["1", "1-2", "1-3", "1-2-2", "A", "a-2"]);
    }
}
