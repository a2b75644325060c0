//! What the window may ask of the station, and what it hears. `rig` implements [`Port`]; tests hand
//! in one of their own. Nothing here ever waits: an order that can't be taken comes back as news.

use super::fault::Fault;
pub use super::lights::{Light, Lights};

use super::lesson::{Learned, Lesson};
use super::resume::Desk;
use super::settings::Settings;
use super::text::TextToKeep;
use super::wedge::Typed;
use crate::flow::event::Mode;
use crate::flow::outcome::Outcome;
use crate::flow::rows::ShopEntry;
use crate::flow::state::{Envelope, Sheet};
use crate::flow::{
    DeliveryId, EnvelopeId, Input, NoSheet, Person, PersonId, Recorded, Refusal, Sha256, SheetId,
    View,
};
use crate::voucher::profile_file::Problem;
use crate::voucher::steps::{Mark, Note, Step};
use crate::voucher::{KindId, Profile, Reading, Side, Yen};
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// The station as the window sees it.
pub trait Port {
    /// The newest view; before there is a campaign, an empty one (`station` is `None`).
    fn view(&self) -> Arc<View>;
    /// The profile in force.
    fn profile(&self) -> Option<Arc<Profile>>;
    /// Today where the station stands.
    fn today(&self) -> Date;
    /// Hands an order over. Never waits; what comes of it arrives as [`News`].
    fn send(&mut self, order: Order);
    /// The next piece of news, oldest first.
    fn news(&mut self) -> Option<News>;
    /// Acts are under way whose answers nobody wakes the window for.
    fn busy(&self) -> bool;
    fn lights(&self) -> Lights;
    /// The newest camera picture, if there is a newer one than number `seen`.
    fn preview(&self, seen: u64) -> Option<Preview>;
    /// Whether the campaign has an empty data folder, and where that is.
    fn place(&self) -> PathBuf;
    /// Settings as they were read at the start.
    fn settings(&self) -> Settings;
    /// The next that the system told of its keyboards, oldest first.
    fn typed(&mut self) -> Option<Typed> {
        None
    }
    /// The system tells keys with their own times.
    fn hears_keys(&self) -> bool {
        false
    }
    /// Asks for a [`Typed::Fence`] with this number.
    fn fence(&mut self, _no: u64) {}
    /// What lay on the desk when the program ended last.
    fn desk(&self) -> Desk;
}

/// Tells an answer's order; given by whoever sends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the window asks for.
#[derive(Clone, Debug)]
pub enum Order {
    /// An act of the flow; comes back as `Done` or `Refused`.
    Act {
        ticket: Ticket,
        by: PersonId,
        with: Option<PersonId>,
        input: Input,
    },
    /// A look-up; comes back as `Found`.
    Ask {
        ticket: Ticket,
        query: Query,
    },
    /// A person signs in; comes back as `SignedIn` or `PinWrong`.
    SignIn {
        person: PersonId,
        pin: String,
    },
    /// A person without a PIN chooses one and is signed in.
    /// `beside`: the supervisor who stands beside, and their PIN, where the flow asks for one.
    ChoosePin {
        person: PersonId,
        pin: String,
        beside: Option<(PersonId, String)>,
    },
    /// The second person at an act proves who it is; comes back as `Vouched` or `PinWrong`.
    Vouch {
        ticket: Ticket,
        person: PersonId,
        pin: String,
    },
    SignOut,
    /// From now on sheets that are laid down go into this envelope. `None`: nobody reads.
    Lane(Option<Lane>),
    /// A code that the keyboard scanner typed.
    Code(String),
    /// What the keyboard scanner typed was not whole: it is heard and counts nothing.
    Torn,
    /// Takes the picture under the camera as a sheet.
    Capture,
    /// The sheet in hand can't be read by any device: it goes to keying.
    CannotRead,
    /// The paper of the stop lies in its tray: the lane goes on.
    GoOn(SheetId),
    /// Counts what is in the document scanner's folder, and what still comes.
    StartFolder,
    StopFolder,
    /// Writes all closed envelopes to a medium; progress comes as `Delivering`.
    Deliver {
        by: PersonId,
        with: PersonId,
        target: PathBuf,
    },
    /// Gives a prepared delivery up.
    Abandon {
        ticket: Ticket,
        by: PersonId,
        with: PersonId,
        reason: String,
    },
    /// A new campaign, from the first screen.
    Begin(Beginning),
    /// Settings changed: they are kept and the devices started anew.
    Save(Settings),
    /// Where the work is, for the next start.
    Remember(Desk),
    /// Plays a tone once, to try the volume.
    Try(Heard),
    /// In training, lays the next made-up sheet under the simulated camera.
    LayTrainingSheet,
    /// A session's work on a sheet begins or ends, so that nobody else gets it.
    Claim {
        sheet: SheetId,
        by: PersonId,
    },
    Unclaim {
        by: PersonId,
    },
}

/// Into which envelope the sheets go that come by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub envelope: EnvelopeId,
    pub by: PersonId,
    /// The kind of the pile, where the operator sorted it.
    pub kind: Option<KindId>,
}

#[derive(Clone, Debug)]
pub struct Beginning {
    pub profile_toml: String,
    pub station: String,
    pub mode: Mode,
    pub people: Vec<Person>,
    /// A made-up training campaign with lists and sheets, as `kenban demo` plays it.
    pub made_up: bool,
}

/// Sounds that the window itself asks for; outcomes are heard without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Accepted,
    Refused,
    Stop,
    Complete,
}

#[derive(Clone, Debug)]
pub enum Query {
    /// Shops by code, name or kana; the first ones for an empty text.
    Shops(String),
    Shop(String),
    /// Anything typed into the search field.
    Search(String),
    /// One sheet with its story.
    Sheet(SheetId),
    /// One envelope with its sheets.
    Envelope(EnvelopeId),
    /// Small pictures of the number.
    Crops(Vec<Sha256>),
    /// The whole picture.
    Picture(Sha256),
    /// How the picture of one side is read, step by step.
    Explain {
        picture: Sha256,
        side: Side,
    },
    Deliveries,
    Preflight,
    /// Folders and sticks that a delivery can go to.
    Targets,
    /// The first lines of each file that a delivery would hold.
    FirstLines,
    /// What a profile says, or which lines are wrong. A path or the text itself.
    CheckProfile(ProfileSource),
    /// Serial ports and cameras that are there.
    Devices,
    /// In a made-up training campaign: the next envelope on the table, as its slip says.
    TrainingEnvelope,
    /// For a scheme that is being taught.
    Teach(Lesson),
    /// Writes a text to print beside the scanner's folder, else into the data folder.
    KeepText(TextToKeep),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileSource {
    File(PathBuf),
    /// One of the samples that come with the program, by name.
    Sample(&'static str),
}

#[derive(Clone, Debug)]
pub enum Answer {
    Shops {
        text: String,
        shops: Vec<ShopEntry>,
    },
    Shop {
        code: String,
        shop: Option<ShopEntry>,
    },
    Search {
        text: String,
        found: Vec<FoundSheet>,
        more: bool,
    },
    Sheet(Option<Box<SheetFile>>),
    Envelope(Option<Box<Envelope>>),
    Pixels(Vec<(Sha256, PictureSize, Pixels)>),
    Explained(Result<Box<Explained>, Unread>),
    Deliveries(Vec<DeliveryLine>),
    Preflight(Vec<PreflightPoint>),
    Targets(Vec<Target>),
    FirstLines(Vec<FileHead>),
    Profile(Result<Box<ProfileSummary>, BadProfile>),
    Devices(DeviceList),
    TrainingEnvelope(Option<TrainingEnvelope>),
    Teach(Learned),
    /// Where the text lies now.
    Kept(PathBuf),
    /// The question could not be answered.
    Failed(Fault),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PictureSize {
    Crop,
    Whole,
}

/// A decoded picture: RGB, three bytes a pixel, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgb: Arc<[u8]>,
}

/// A kept picture, read once more with the reader and the profile of today.
#[derive(Clone, Debug)]
pub struct Explained {
    pub reading: Reading,
    pub steps: Vec<ReadStep>,
}

#[derive(Clone, Debug)]
pub struct ReadStep {
    pub step: Step,
    pub note: Note,
    pub pixels: Pixels,
    /// What is drawn on the pixels.
    pub marks: Vec<Mark>,
}

/// Why a kept picture can't be read once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not kept any more.
    Gone,
    /// What is kept is no whole picture.
    Broken,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FoundSheet {
    pub sheet: SheetId,
    pub number: Option<String>,
    pub kind: Option<KindId>,
    /// `Place::word`
    pub place: String,
    /// The sheet that it repeats, where it does not count.
    pub repeats: Option<SheetId>,
    pub shop: String,
    pub shop_name: String,
    pub arrived: Date,
    pub delivered: Option<DeliveryId>,
}

/// A sheet with all that happened to it.
#[derive(Clone, Debug)]
pub struct SheetFile {
    pub sheet: Sheet,
    pub shop: String,
    pub shop_name: String,
    /// Place in the pile, from 1.
    pub position: u32,
    pub delivered: Option<DeliveryId>,
    /// Oldest first.
    pub story: Vec<Recorded>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DeliveryLine {
    pub id: DeliveryId,
    pub date: Date,
    pub state: DeliveryState,
    pub sheets: u64,
    pub amount: Yen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    Prepared,
    Done,
    Failed,
}

/// A thing to know before a delivery; those that block must be mended first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreflightPoint {
    Unfinished(DeliveryId),
    NothingClosed,
    Blocked(Vec<SheetId>),
    NoShopName(Vec<String>),
    InHand { check: usize, entry: usize, settle: usize },
    Open(Vec<EnvelopeId>),
    Held(u64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub path: PathBuf,
    pub name: String,
    pub removable: bool,
    /// Free bytes.
    pub free: u64,
    pub room: Room,
}

/// Whether a delivery of all closed envelopes can go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Enough,
    /// It may need so many bytes.
    TooFull {
        needed: u64,
    },
    /// Write-protected, or this user may not write there.
    NotWritable,
}

/// One file of a delivery, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHead {
    pub name: String,
    pub lines: Vec<String>,
    pub rows: u64,
}

/// Why there is no profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadProfile {
    /// Its file can't be read.
    File(Fault),
    /// In the order of its lines.
    Mistakes(Vec<Problem>),
}

/// What the first screen shows of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileSummary {
    pub toml: String,
    pub profile: Profile,
}

/// An envelope of the made-up campaign that nobody has opened yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingEnvelope {
    pub shop: String,
    pub shop_name: String,
    pub slip: crate::flow::event::Slip,
    pub arrived: Date,
    pub sheets: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceList {
    /// Path and name.
    pub serial: Vec<(String, String)>,
    /// Path, name and formats in words.
    pub cameras: Vec<(String, String, Vec<String>)>,
}

/// What the window hears.
#[derive(Clone, Debug)]
pub enum News {
    /// An act is on the disk.
    Done {
        ticket: Ticket,
        events: Vec<Recorded>,
    },
    /// An act was not done; nothing was written.
    Refused {
        ticket: Ticket,
        why: Trouble,
    },
    Found {
        ticket: Ticket,
        answer: Answer,
    },
    SignedIn(PersonId),
    Vouched {
        ticket: Ticket,
        person: PersonId,
    },
    /// `wait_s`: no further try before so many seconds.
    PinWrong {
        person: PersonId,
        wait_s: u64,
    },
    /// A committed sheet, in order, never coalesced.
    Outcome(Outcome),
    /// A sheet was not taken, and why: the lane waits at a stop, nobody reads, the code is empty …
    NotTaken(NotTaken),
    /// The folder's count: a file set aside, trouble, or the end.
    Folder(FolderNews),
    Delivering(DeliveryStep),
    /// The campaign is open (after `Begin`).
    Begun,
    /// Something failed that has no ticket.
    Trouble(Trouble),
}

/// Why an order came to nothing.
#[derive(Clone, Debug)]
pub enum Trouble {
    Refused(Arc<Refusal>),
    /// Not saved, so not counted.
    NotSaved(Fault),
    Stopped(String),
    Busy,
    /// Somebody else has this sheet before them.
    Claimed(SheetId),
    Other(Fault),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The last stop's paper is not in its tray yet.
    StopOpen,
    /// No envelope is being read.
    NoLane,
    /// The camera is not ready.
    NoCamera,
    /// What the scanner sent is no text.
    Garbage,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderNews {
    Started,
    /// A file was set aside: its paper is not counted.
    Aside {
        file: String,
        why: NoSheet,
    },
    Already {
        file: String,
    },
    /// Files left in the folder whose names say that they are not finished.
    Unfinished {
        files: Vec<String>,
    },
    Ended {
        sheets: u64,
    },
    /// Several files in a row were of a kind that can't be read; the rest is still in the folder.
    Stopped {
        why: NoSheet,
    },
    Failed(Fault),
}

/// How far a delivery is, in this order; `Done` or `Failed` is the last.
#[derive(Clone, Debug)]
pub enum DeliveryStep {
    /// The envelopes are frozen and both persons named.
    Prepared {
        id: DeliveryId,
    },
    /// Sheets so far and in all.
    Writing {
        sheets: u64,
        of: u64,
    },
    /// What the system still holds goes to the medium.
    Flushing,
    /// Bytes so far and in all.
    ReadingBack {
        bytes: u64,
        of: u64,
    },
    Done {
        id: DeliveryId,
        folder: PathBuf,
        sheets: u64,
        amount: Yen,
    },
    Failed {
        fault: DeliveryFault,
        /// The station's own words, for whoever is asked for help.
        why: String,
        /// Only the same delivery may follow, or it is given up.
        still_prepared: bool,
    },
}

/// What went wrong with a delivery, as far as it changes what a person does next.
#[derive(Clone, Debug)]
pub enum DeliveryFault {
    /// There is no such folder.
    NoFolder,
    Full,
    /// Pulled out.
    Gone,
    WriteProtected,
    NotAllowed,
    /// It can't be written to or read any more.
    WornOut,
    /// It reads back differently from what was written.
    ReadBack,
    /// It may be there, but could not be read to the end.
    Uncertain,
    /// Something else has the delivery's name there.
    AlreadyThere,
    /// This text has this character, which the delivery's encoding has not.
    Text {
        text: String,
        found: char,
    },
    /// Totals or rows don't agree; the log must be audited.
    Data,
    /// The station's key is not on this machine, or not right.
    Key,
    /// The profile's file names can't be used.
    Names,
    /// The station refused it, could not save it, or has stopped.
    Station(Trouble),
}

/// A camera picture for the eye.
#[derive(Clone, Debug)]
pub struct Preview {
    pub no: u64,
    pub width: usize,
    pub height: usize,
    pub luma: Arc<[u8]>,
    /// The found outline and boxes of the last sheet, corners in pixels of this picture.
    pub outline: Option<[(f32, f32); 4]>,
}
