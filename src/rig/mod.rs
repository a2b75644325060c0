//! The only wiring: opens the store, starts the threads, fixes the order of stopping.

mod aside;
pub mod counting;
pub mod delivering;
pub mod importing;
pub mod keys;
pub mod shift;
pub mod teaching;
pub mod unfit;
pub mod window;

use crate::desk::{Board, Desk, DeskError, Office, Outcome};
use crate::flow::event::{Genesis, Mode};
use crate::flow::ids::BadStation;
use crate::flow::{Act, Input, Person, PersonId, Recorded, Stamp, Station};
use crate::reader::READER;
use crate::store::pictures::Pictures;
use crate::store::{Lock, Reader, StoreError, Writer};
use crate::voucher::Profile;
use crate::voucher::profile_file;
use crossbeam_channel::Sender;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// Name and version of this program, as the log keeps it.
pub const PROGRAM: &str = concat!("kenban/", env!("CARGO_PKG_VERSION"));

/// Below so many free bytes no envelope is opened, unless `settings.toml` says otherwise.
const FREE_FLOOR: u64 = 256 << 20;

#[derive(Debug, thiserror::Error)]
pub enum RigError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Station(#[from] BadStation),
    #[error("{0}")]
    Key(String),
    #[error("{what}: {source}")]
    Io { what: String, source: std::io::Error },
    /// The same with the file's or folder's own place.
    #[error("{what}: {source}")]
    File { what: String, path: PathBuf, source: std::io::Error },
    #[error("a thread can't be started: {0}")]
    Thread(std::io::Error),
    #[error(transparent)]
    Folder(#[from] crate::devices::folder::FolderError),
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Profile(Vec<profile_file::Problem>),
    /// The heads kept beside the key know of events that the log has not.
    #[error(
        "the log lacks event {seq}, which this station has signed: a backup was brought back, or the end was cut off. \
         Nothing is counted until two people go on with `kenban restored --reason TEXT --as ID --with ID`"
    )]
    Restored { seq: u64 },
    #[error("{0}")]
    Input(String),
}

impl RigError {
    /// For `map_err`: what can't be done, and with which file or folder.
    pub(crate) fn file(what: String, path: &Path) -> impl FnOnce(std::io::Error) -> RigError {
        let path = path.to_owned();
        move |source| RigError::File { what, path, source }
    }
}

/// The clock, for acts.
pub fn now() -> Stamp {
    let now = jiff::ZonedDateTime::now();
    Stamp {
        ms: now.timestamp().as_millisecond(),
        offset_min: i16::try_from(now.offset().seconds() / 60).unwrap_or_default(),
    }
}

/// Today where the station stands.
pub fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

/// A running station without a window.
#[derive(Debug)]
pub struct Rig {
    pub desk: Desk,
    pub data: PathBuf,
    pub profile: Arc<Profile>,
    pub genesis: Genesis,
    /// The station's key is on this machine: envelopes can be closed and delivered.
    pub signs: bool,
    desk_thread: JoinHandle<()>,
    _lock: Lock,
}

/// What a new campaign begins with.
#[derive(Debug)]
pub struct Beginning<'a> {
    pub profile_toml: &'a str,
    pub station: &'a str,
    pub mode: Mode,
    /// At least two, one of them a supervisor; the first one acts.
    pub people: Vec<Person>,
}

/// Starts a new campaign in `data` and leaves it running.
pub fn begin(data: &Path, beginning: Beginning<'_>) -> Result<Rig, RigError> {
    begin_heard(data, beginning, None)
}

/// The same, with ears for what the sheets come to.
pub fn begin_heard(
    data: &Path,
    beginning: Beginning<'_>,
    ears: Option<Sender<Outcome>>,
) -> Result<Rig, RigError> {
    let profile = profile_file::parse(beginning.profile_toml).map_err(RigError::Profile)?;
    let station = Station::new(beginning.station)?;
    let made = std::fs::create_dir_all(data);
    made.map_err(RigError::file(
        format!("the data folder {} can't be made", data.display()),
        data,
    ))?;
    let lock = Lock::take(data)?;
    let writer = Writer::create(data, free_floor(data)?)?;
    let key = keys::StationKey::make(&station)?;
    let text: Arc<[u8]> = Arc::from(beginning.profile_toml.as_bytes());
    let genesis = Genesis {
        id: campaign_id(),
        campaign: profile.campaign.clone(),
        station,
        mode: beginning.mode,
        revision: profile.revision,
        profile: crate::flow::Sha256::of(&text),
        key: key.public().to_owned(),
        program: PROGRAM.to_owned(),
    };
    let by = beginning.people.first().map(|person| person.id.clone());
    let by = by.ok_or(RigError::Desk(DeskError::Refused(crate::flow::Refusal::PeopleMissing)))?;
    let input = Input::Begin { genesis: genesis.clone(), people: beginning.people };
    let rig = start(data, writer, lock, profile, genesis, key, ears)?;
    rig.desk.ask_with(Act { by: by.clone(), with: None, at: now(), input }, vec![text])?;
    rig.session(by)?;
    Ok(rig)
}

/// Opens a campaign. `by` is who starts the station; `None` takes the first person of the log.
pub fn open(data: &Path, by: Option<&PersonId>) -> Result<Rig, RigError> {
    open_any(data, by, Missing::Refuse, None)
}

/// The same, with ears for what the sheets come to.
pub fn open_heard(
    data: &Path,
    by: Option<&PersonId>,
    ears: Option<Sender<Outcome>>,
) -> Result<Rig, RigError> {
    open_any(data, by, Missing::Refuse, ears)
}

/// What is done about a log that lacks what the station has signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Refuse,
    GoOn,
}

/// Goes on with a campaign that a backup brought back, by two people: the counters jump over what was
/// lost, so that no id is given twice. What the lost part counted must be counted again or looked up
/// in the deliveries that left.
pub fn accept_restored(
    data: &Path,
    by: Option<&PersonId>,
    with: Option<&PersonId>,
    reason: &str,
) -> Result<keys::KeptHead, RigError> {
    let reader = Reader::open(data)?;
    let genesis = reader.genesis()?;
    let key = keys::StationKey::find(&genesis.station, &genesis.key)?;
    let lost = lost_head(&reader, &key)?.ok_or_else(|| {
        RigError::Input("nothing is lost: the log has every kept head".to_owned())
    })?;
    let rig = open_any(data, by, Missing::GoOn, None)?;
    let by = by.map_or_else(|| rig.first_person(), |by| Ok(by.clone()))?;
    let input = Input::AcceptRestored {
        lost_seq: lost.seq,
        lost_head: lost.head,
        last_envelope: lost.last_envelope,
        last_delivery: lost.last_delivery,
        reason: reason.to_owned(),
    };
    let done = rig.act(&by, with, input);
    rig.close()?;
    done.map(|_| lost)
}

/// The newest kept head that the log lacks and that no event has accounted for.
fn lost_head(reader: &Reader, key: &keys::StationKey) -> Result<Option<keys::KeptHead>, RigError> {
    // What was lost before stands in the file up to the line that the log names; what was signed
    // since stands after it.
    let known = reader.lost_head()?;
    let mut lost = None;
    for kept in keys::kept_heads(&key.public_file())? {
        let stands = reader.head_at(kept.seq)?.is_some_and(|head| head.hash == kept.head);
        if !stands {
            lost = Some(kept);
        }
        if Some(kept.head) == known {
            lost = None;
        }
    }
    Ok(lost)
}

fn open_any(
    data: &Path,
    by: Option<&PersonId>,
    missing: Missing,
    ears: Option<Sender<Outcome>>,
) -> Result<Rig, RigError> {
    if !data.join(crate::store::DATABASE).exists() {
        return Err(StoreError::NoCampaign(data.display().to_string()).into());
    }
    let lock = Lock::take(data)?;
    let writer = Writer::open(data, free_floor(data)?)?;
    let reader = Reader::open(data)?;
    let genesis = reader.genesis()?;
    let profile = reader.profile()?;
    let key = keys::StationKey::find(&genesis.station, &genesis.key)?;
    if let Some(lost) = lost_head(&reader, &key)?
        && missing == Missing::Refuse
    {
        return Err(RigError::Restored { seq: lost.seq });
    }
    Pictures::open(data)?.sweep(&reader)?;
    let rig = start(data, writer, lock, profile, genesis, key, ears)?;
    let by = match by {
        Some(by) => by.clone(),
        None => rig.first_person()?,
    };
    rig.session(by)?;
    Ok(rig)
}

fn start(
    data: &Path,
    writer: Writer,
    lock: Lock,
    profile: Profile,
    genesis: Genesis,
    key: keys::StationKey,
    outcomes: Option<Sender<Outcome>>,
) -> Result<Rig, RigError> {
    let signs = key.signs();
    let office = Office { writer, profile: profile.clone(), signing: Box::new(key), outcomes };
    let (desk, desk_thread) = crate::desk::start(office)?;
    Ok(Rig {
        desk,
        data: data.to_owned(),
        profile: Arc::new(profile),
        genesis,
        signs,
        desk_thread,
        _lock: lock,
    })
}

impl Rig {
    /// Does an act and gives its events.
    pub fn act(
        &self,
        by: &PersonId,
        with: Option<&PersonId>,
        input: Input,
    ) -> Result<Vec<Recorded>, RigError> {
        let act = Act { by: by.clone(), with: with.cloned(), at: now(), input };
        Ok(self.desk.ask(act)?.events)
    }

    /// Does an act that names bytes by their hash.
    pub fn act_with(
        &self,
        by: &PersonId,
        with: Option<&PersonId>,
        input: Input,
        bytes: Vec<u8>,
    ) -> Result<Vec<Recorded>, RigError> {
        let act = Act { by: by.clone(), with: with.cloned(), at: now(), input };
        Ok(self.desk.ask_with(act, vec![Arc::from(bytes)])?.events)
    }

    pub fn board(&self) -> &Board {
        self.desk.board()
    }

    pub fn training(&self) -> bool {
        self.genesis.mode == Mode::Training
    }

    /// A read-only look at the data.
    pub fn reader(&self) -> Result<Reader, RigError> {
        Ok(Reader::open(&self.data)?)
    }

    pub fn first_person(&self) -> Result<PersonId, RigError> {
        let first = self.reader()?.first_person()?;
        first.ok_or_else(|| RigError::Input("nobody is registered in this campaign".to_owned()))
    }

    fn session(&self, by: PersonId) -> Result<(), RigError> {
        let input = Input::StartSession { program: PROGRAM.to_owned(), reader: READER.to_owned() };
        self.act(&by, None, input)?;
        Ok(())
    }

    /// Ends in order: no more acts, the desk drains, its thread ends, the lock goes last.
    pub fn close(self) -> Result<(), RigError> {
        let Rig { desk, desk_thread, _lock: lock, .. } = self;
        let board = desk.board().clone();
        drop(desk);
        let ended = desk_thread.join();
        drop(lock);
        match (ended, board.view().stopped.clone()) {
            (Ok(()), None) => Ok(()),
            (_, why) => Err(RigError::Desk(DeskError::Stopped(Arc::from(
                why.as_deref().unwrap_or("an inner fault").to_owned(),
            )))),
        }
    }
}

/// A thread that could not be made.
pub(crate) fn no_thread(source: std::io::Error) -> RigError {
    RigError::Thread(source)
}

/// Waits for a thread that was told to end. One that panicked has said so on the way.
pub(crate) fn join(thread: JoinHandle<()>) {
    if thread.join().is_err() {}
}

/// 128 random bits as 32 hexadecimal digits.
fn campaign_id() -> String {
    let mut rng = fastrand::Rng::new();
    format!("{:016x}{:016x}", rng.u64(..), rng.u64(..))
}

/// The floor of free bytes from `settings.toml` (`free_floor_mib = 256`), if that is there.
fn free_floor(data: &Path) -> Result<u64, RigError> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        free_floor_mib: Option<u32>,
    }
    let path = data.join("settings.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(FREE_FLOOR),
        Err(source) => {
            return Err(RigError::Io { what: format!("{} can't be read", path.display()), source });
        }
    };
    let settings: Settings = toml::from_str(&text)
        .map_err(|error| RigError::Input(format!("{}: {}", path.display(), error.message())))?;
    Ok(settings.free_floor_mib.map_or(FREE_FLOOR, |mib| u64::from(mib) << 20))
}
