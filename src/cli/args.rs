//! The command line, word for word.

use clap::{Args as ClapArgs, Parser, Subcommand};
use std::path::PathBuf;

/// Kenban (券番): the scanning station of a voucher counting room.
#[derive(Debug, Parser)]
#[command(name = "kenban", version, about, max_term_width = 100)]
pub struct Args {
    /// The data folder (default: the user's)
    #[arg(long, global = true, value_name = "DIR", env = "KENBAN_DATA")]
    pub data: Option<PathBuf>,
    /// The person who acts (default: the first of the campaign)
    #[arg(long = "as", global = true, value_name = "ID", env = "KENBAN_AS")]
    pub by: Option<String>,
    /// The second person, where two must act
    #[arg(long, global = true, value_name = "ID")]
    pub with: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// A training campaign made up by the program, through all stages
    Demo(Demo),
    /// Start a new campaign
    Init(Init),
    /// Add a person to the campaign
    Person(Person),
    /// Check a campaign's profile, or adopt a new revision of it
    Profile(Profile),
    /// Read pictures, keep nothing
    Read(Read),
    /// Take in a list, all or nothing
    Import(Import),
    /// Count a folder of pictures into an envelope
    Count(Count),
    /// Files of an envelope that were set aside, and what became of their papers
    Aside(Aside),
    /// Sheets that wait for a person
    Queue(Queue),
    /// Say of proposed numbers which are right and which are wrong
    Check(Check),
    /// Key a number from the paper; two people, blind
    Key(Key),
    /// An operator hands a sheet that waits to the supervisor
    Hold(Hold),
    /// A supervisor settles a sheet
    Settle(Settle),
    /// Take the last sheet of an envelope back
    Undo(Undo),
    /// Everything that happened to a sheet
    Story(Story),
    /// Close an envelope
    Close(Close),
    /// Re-open a closed envelope; two people
    Reopen(Reopen),
    /// Deliver all closed envelopes; two people
    Deliver(Deliver),
    /// Check a delivery
    Verify(Verify),
    /// Check that the log holds and replay gives the same state
    Audit(Audit),
    /// End the business day: the log's head is signed
    EndDay,
    /// Go on after a backup was brought back that lacks signed events; two people
    Restored(Restored),
    /// Write the whole campaign to one file
    Backup(Backup),
    /// Bring a backup into a folder without a campaign
    Restore(Restore),
}

#[derive(Debug, ClapArgs)]
pub struct Demo {
    /// Play the shift without a window, even where there is a display
    #[arg(long)]
    pub headless: bool,
    /// So many vouchers
    #[arg(long, value_name = "N", default_value_t = 300)]
    pub vouchers: u32,
    /// Where the delivery goes (default: beside the data)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Draw no screens to PNG beside the delivery
    #[arg(long)]
    pub no_screens: bool,
    /// Another seed makes another campaign
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, ClapArgs)]
pub struct Init {
    /// The campaign's profile
    #[arg(long, value_name = "FILE")]
    pub profile: PathBuf,
    /// A campaign for practice; it never mixes with a live one
    #[arg(long)]
    pub training: bool,
    /// The station's code, printed on every id
    #[arg(long, value_name = "CODE", default_value = "01")]
    pub station: String,
    /// A person as ID:NAME:ROLE (operator, verifier, supervisor, delivery, disposal); again for
    /// each. Without any: supervisors s1 and s2, operators o1 and o2
    #[arg(long = "person", value_name = "ID:NAME:ROLE")]
    pub people: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub struct Person {
    #[command(subcommand)]
    pub command: PersonCommand,
}

#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Add someone: ID NAME ROLE
    Add { id: String, name: String, role: String },
    /// Who is registered
    List,
}

#[derive(Debug, ClapArgs)]
pub struct Profile {
    #[command(subcommand)]
    pub command: ProfileCommand,
}

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// A profile is right, or which line is not
    Check { file: PathBuf },
    /// Put a higher revision of the profile in force
    Adopt { file: PathBuf },
    /// A profile for a new scheme, learned from pictures of a few vouchers
    New(Box<ProfileNew>),
}

#[derive(Debug, ClapArgs)]
pub struct ProfileNew {
    /// The campaign's name
    #[arg(long)]
    pub name: String,
    /// Its id (default: from the name, or the profile's file)
    #[arg(long)]
    pub id: Option<String>,
    /// Kinds of voucher with their face values, one or more
    #[arg(long, value_name = "KIND=YEN", num_args = 1.., required = true)]
    pub kind: Vec<String>,
    /// Width and height of the face in millimetres, as it is read
    #[arg(long, value_name = "WxH")]
    pub size: String,
    /// Where the number is, as fractions of the face from its top left (default: found)
    #[arg(long, value_name = "X,Y,W,H")]
    pub number_box: Option<String>,
    /// The same for the barcode
    #[arg(long, value_name = "X,Y,W,H")]
    pub barcode_box: Option<String>,
    /// Look only for these barcodes: a list such as codabar,code128
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub symbology: Option<Vec<String>>,
    /// Take this check digit of those that fit, by its place in the list, or none (default: the
    /// first, if it is proven)
    #[arg(long, value_name = "N|none")]
    pub check: Option<String>,
    /// The pictures show the back
    #[arg(long)]
    pub back: bool,
    /// Where the profile goes; a file that is there is never overwritten
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The proposal as a line of JSON, then a line for each sample
    #[arg(long)]
    pub json: bool,
    /// Pictures of different vouchers, a few of each layout
    #[arg(required = true, value_name = "SAMPLE-PICTURE")]
    pub pictures: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Read {
    /// The campaign's profile
    #[arg(long, value_name = "FILE", conflicts_with = "symbology")]
    pub profile: Option<PathBuf>,
    /// Barcodes alone: a list such as codabar,code128
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub symbology: Option<Vec<String>>,
    /// Issued numbers, a CSV file
    #[arg(long, value_name = "FILE", requires = "profile")]
    pub issued: Option<PathBuf>,
    /// Also show how: each stage of each reading goes into this folder, as a PNG and in words
    #[arg(long, value_name = "DIR")]
    pub explain: Option<PathBuf>,
    /// So many pictures at a time (default: one for each core)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// One line of JSON for each picture
    #[arg(long)]
    pub json: bool,
    /// Pictures, or folders of pictures
    #[arg(required = true, value_name = "PICTURE|FOLDER")]
    pub pictures: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Import {
    /// shops, issued or blocked
    #[arg(value_parser = ["shops", "issued", "blocked"])]
    pub list: String,
    pub file: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct Count {
    /// The shop's code
    #[arg(long, value_name = "CODE", required_unless_present = "envelope")]
    pub shop: Option<String>,
    /// Declared sheets by kind, one or more
    #[arg(long, value_name = "KIND=N", num_args = 1..)]
    pub slip: Vec<String>,
    /// Go on with this open envelope
    #[arg(long, value_name = "ENVELOPE", conflicts_with_all = ["shop", "slip"])]
    pub envelope: Option<String>,
    /// Open a new envelope even if one of the same shop and slip was cut short
    #[arg(long, conflicts_with = "envelope")]
    pub new: bool,
    /// The folder that the document scanner fills, or has filled
    #[arg(long, value_name = "DIR")]
    pub folder: PathBuf,
    /// Day of arrival (default: today)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub arrived: Option<String>,
    /// Business day (default: today)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub business_day: Option<String>,
    /// The kind of the pile, if it was sorted
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Front and back of each sheet are two files, one after the other
    #[arg(long)]
    pub duplex: bool,
    /// Wait so many seconds for more files before ending
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub wait: u64,
    /// So many readers (default: one for each core)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// One line of JSON for each sheet
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Aside {
    pub envelope: String,
    /// Only the one with this number
    pub no: Option<u32>,
    /// What became of its paper: fed (again, as SHEET), paper (it is keyed from the paper), none
    /// (there is no sheet, with --reason; two people where the count is short of the slip)
    #[arg(value_parser = ["fed", "paper", "none"])]
    pub answer: Option<String>,
    /// The ordinal of the sheet that was counted for it, for `fed`
    #[arg(required_if_eq("answer", "fed"))]
    pub sheet: Option<u32>,
    /// The sheet's kind, for `paper`
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    #[arg(long, value_name = "TEXT", required_if_eq("answer", "none"))]
    pub reason: Option<String>,
    /// One line of JSON for each
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Queue {
    /// Only this envelope
    pub envelope: Option<String>,
    #[arg(long)]
    pub json: bool,
    /// Write each sheet's number crop into this folder
    #[arg(long, value_name = "DIR")]
    pub crops: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Check {
    pub envelope: String,
    /// Ordinals whose proposed number is right
    #[arg(long, value_delimiter = ',', value_name = "N,N...")]
    pub right: Vec<u32>,
    /// Ordinals whose proposed number is wrong
    #[arg(long, value_delimiter = ',', value_name = "N,N...")]
    pub wrong: Vec<u32>,
}

#[derive(Debug, ClapArgs)]
pub struct Key {
    pub envelope: String,
    pub ordinal: u32,
    /// The number as printed
    #[arg(required_unless_present = "cannot")]
    pub number: Option<String>,
    /// The number can't be told (判別不能)
    #[arg(long, conflicts_with = "number")]
    pub cannot: bool,
    /// The sheet's kind, where the number doesn't tell
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct Hold {
    pub envelope: String,
    pub ordinal: u32,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, ClapArgs)]
pub struct Settle {
    pub envelope: String,
    pub ordinal: u32,
    /// accept NUMBER, provisional, reject (kept), return, hold, rekey, same (the same paper as
    /// another sheet, with --of)
    #[arg(value_parser = ["accept", "provisional", "reject", "return", "hold", "rekey", "same"])]
    pub decision: String,
    #[arg(required_if_eq("decision", "accept"))]
    pub number: Option<String>,
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The profile's id of the defect (不備)
    #[arg(long, value_name = "ID")]
    pub defect: Option<String>,
    /// The other sheet, for `same`: its ordinal in this envelope, or 01-00001-034
    #[arg(long, value_name = "SHEET", required_if_eq("decision", "same"))]
    pub of: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, ClapArgs)]
pub struct Undo {
    pub envelope: String,
}

#[derive(Debug, ClapArgs)]
pub struct Story {
    pub envelope: String,
    pub ordinal: u32,
}

#[derive(Debug, ClapArgs)]
pub struct Close {
    pub envelope: String,
    /// Why the count differs from the slip
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct Reopen {
    pub envelope: String,
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, ClapArgs)]
pub struct Deliver {
    /// The stick, or any folder
    #[arg(long, value_name = "DIR", required_unless_present = "abandon")]
    pub out: Option<PathBuf>,
    /// Give a prepared delivery up, with the reason; nothing of it may have left the room
    #[arg(long, value_name = "REASON", conflicts_with = "out")]
    pub abandon: Option<String>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Verify {
    pub dir: PathBuf,
    /// The station's public key, from another way than the delivery
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct Audit {
    /// A head that was printed or noted
    #[arg(long, value_name = "HASH")]
    pub head: Option<String>,
    /// The station's public key from outside the data folder; heads kept beside it are checked too
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Also hash every picture
    #[arg(long)]
    pub pictures: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Backup {
    pub file: PathBuf,
    /// With the pictures
    #[arg(long)]
    pub pictures: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Restored {
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

#[derive(Debug, ClapArgs)]
pub struct Restore {
    pub file: PathBuf,
}
