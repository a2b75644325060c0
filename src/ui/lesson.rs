//! What the screen that teaches a new scheme asks of the station, and what it hears. Questions and
//! answers travel like all others, see [`port`](super::port).

use super::fault::Fault;
use super::port::Pixels;
use crate::flow::NoSheet;
use crate::voucher::profile::Area;
use crate::voucher::profile_file::Problem;
use crate::voucher::teach::{Line, Seen};
use crate::voucher::{Judgement, Profile, Side};
use std::path::PathBuf;
use std::sync::Arc;

/// So many pictures are learned from, and as many tried: a handful teaches as much as a campaign.
pub const MOST_PICTURES: usize = 60;

/// A picture of one sample voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SamplePicture {
    File(PathBuf),
    /// What the desk camera saw, as a file's bytes.
    Taken(Arc<[u8]>),
}

#[derive(Clone, Debug)]
pub enum Lesson {
    /// The pictures of a folder, or the one picture that this is. Of too many, one more than can be
    /// shown, so that the person hears of it.
    Pictures(PathBuf),
    /// What lies under the desk camera now.
    Take,
    /// Everything on one face, without a profile.
    LookAt {
        picture: SamplePicture,
        /// Width and height of the face in millimetres.
        face_mm: (f32, f32),
        side: Side,
    },
    /// What is printed in this box of each straightened face.
    ReadBoxes { faces: Vec<Pixels>, area: Area },
    /// One picture, read as the station will read it with this profile.
    Try { profile: Arc<Profile>, picture: SamplePicture, side: Side },
    /// Writes the profile's file. A name alone goes beside the data folder.
    Keep { path: PathBuf, toml: String },
}

#[derive(Clone, Debug)]
pub enum Learned {
    Pictures(Result<Vec<PathBuf>, SampleFault>),
    Taken(Result<SamplePicture, SampleFault>),
    Looked(Result<Box<Looked>, SampleFault>),
    /// In the order of the faces.
    Boxes(Vec<Line>),
    Tried(Result<Box<Tried>, SampleFault>),
    Kept(Result<PathBuf, KeepFault>),
}

/// What was found on one picture.
#[derive(Clone, Debug)]
pub struct Looked {
    pub seen: Seen,
    /// The straightened face, or the whole picture.
    pub face: Pixels,
    /// Its edges were found, so boxes can be told.
    pub outlined: bool,
    /// A barcode or print told which way is up.
    pub upright: bool,
}

#[derive(Clone, Debug)]
pub struct Tried {
    pub judged: Judgement,
    /// The number as it is cut out for people's eyes.
    pub crop: Pixels,
}

/// Why there is no picture to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleFault {
    NotThere,
    /// A folder without any.
    NoPictures,
    /// No file that the station can read.
    NotAPicture,
    TooLarge,
    Broken,
    /// A whole picture of a kind that can't be read here.
    OfKind(NoSheet),
    /// The station or the system could not give it.
    Unreadable(Fault),
    NoCamera,
}

/// Why a profile was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepFault {
    /// A file of that name stays as it is.
    AlreadyThere(PathBuf),
    NoFolder(PathBuf),
    /// The station would not read it.
    Wrong(Problem),
    Failed(Fault),
}
