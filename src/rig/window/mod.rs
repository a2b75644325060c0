//! The station behind the window: implements the window's [`Port`] with the desk, the store and the devices, each on threads of their own. Nothing here makes a frame wait.

mod clerk;
mod desk;
mod devices;
mod ears;
pub(super) mod faults;
mod folder;
mod folder_light;
mod keep;
mod keyboards;
mod lane;
mod lights;
mod people;
mod questions;
mod say;
mod told;
pub mod training;

use super::{Rig, RigError, now};
use crate::desk::{Outcome, Pending};
use crate::devices::keyboard::Keyboards;
use crate::devices::sound::{Speaker, Tone};
use crate::flow::claims::Claims;
use crate::flow::{Act, EnvelopeId, Input, PersonId, View};
use crate::ui::fault::Fault;
use crate::ui::lesson::{Learned, Lesson, SampleFault};
use crate::ui::port::{
    Answer, Beginning, Heard, Lane, Lights, News, NotTaken, Order, Port, Preview, Query, Ticket,
    Trouble,
};
use crate::ui::resume::Desk;
use crate::ui::settings::Settings;
use crate::ui::wedge::Typed;
use crate::voucher::Profile;
use clerk::{Clerk, Errand};
use crossbeam_channel::{Receiver, Sender, bounded};
use ears::{Ears, Volume, is_complete};
use folder::FolderJob;
use jiff::civil::Date;
use keep::DeliveryJob;
use lane::{CameraSlot, Laid, LaneThread};
use say::show;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::devices::presence::Wake;
pub(super) use questions::picture::{LONGEST, fitted};
pub use told::not_opened;
use told::{trouble, why};

/// News that may wait for the window. Answers wait for room; outcomes for the eyes are dropped.
const NEWS: usize = 4096;
/// Outcomes that may wait for the ears, see the table in ARCHITECTURE.md.
const OUTCOMES: usize = 1024;

/// The station as the window has it.
pub struct StationPort {
    data: PathBuf,
    wake: Wake,
    settings: Settings,
    heard: Receiver<News>,
    news: Sender<News>,
    /// News that this side made itself.
    own: VecDeque<News>,
    running: Option<Running>,
    /// Answers while there is no campaign, once something was asked.
    before: Option<Clerk>,
    empty: Arc<View>,
    /// Hears the keys of an X server with their own times.
    keyboards: Option<Keyboards>,
}

impl std::fmt::Debug for StationPort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StationPort").field("data", &self.data).finish_non_exhaustive()
    }
}

/// An open campaign. Fields are dropped in this order: first who asks, the desk's rig last.
struct Running {
    pending: Vec<(Ticket, Pending)>,
    lane: Option<Lane>,
    claims: Claims,
    devices: devices::Devices,
    folder: Option<FolderJob>,
    /// For whom and into what the folder is counted.
    folder_into: Option<Lane>,
    /// A lane that did not fit into the queue yet; until it does nothing is laid.
    lane_due: Option<Option<Lane>>,
    delivery: Option<DeliveryJob>,
    hand: LaneThread,
    clerk: Clerk,
    speaker: Arc<Speaker>,
    volume: Volume,
    board: lights::Board,
    rig: Arc<Rig>,
    ears: Ears,
    me: Option<PersonId>,
}

impl StationPort {
    /// Opens the campaign in `data`, or waits for [`Order::Begin`] where there is none.
    ///
    /// # Errors
    /// If there is a campaign and it can't be opened: another station has it, it is damaged, or it lacks what the station has signed.
    pub fn open(data: &Path, wake: Wake) -> Result<StationPort, RigError> {
        let (news, heard) = bounded(NEWS);
        let mut port = StationPort {
            data: data.to_owned(),
            wake,
            settings: keep::read_settings(data),
            heard,
            news,
            own: VecDeque::new(),
            running: None,
            before: None,
            empty: Arc::default(),
            keyboards: None,
        };
        if data.join(crate::store::DATABASE).exists() {
            let (ears, outcomes) = bounded(OUTCOMES);
            let rig = super::open_heard(data, None, Some(ears))?;
            port.run(rig, outcomes)?;
        }
        Ok(port)
    }

    /// How the window is to look, without keeping it.
    pub fn set_look(
        &mut self,
        language: crate::ui::settings::Language,
        look: crate::ui::settings::Look,
    ) {
        self.settings.language = language;
        self.settings.look = look;
    }

    /// The training campaign in `data`, begun if it is not there, with the simulated camera; deliveries go to `out` unless another place was used before.
    ///
    /// # Errors
    /// As [`StationPort::open`], or if the campaign can't be begun.
    pub fn training(data: &Path, out: &Path, wake: Wake) -> Result<StationPort, RigError> {
        let mut settings = keep::read_settings(data);
        if settings.target.is_empty() {
            settings.target = out.display().to_string();
        }
        settings.camera.on = true;
        settings.camera.device = devices::SIMULATED.to_owned();
        settings.camera.by_rest = true;
        keep::write_settings(data, &settings)?;
        let mut port = StationPort::open(data, wake)?;
        if port.running.is_none() {
            let (ears, outcomes) = bounded(OUTCOMES);
            let beginning = Beginning {
                profile_toml: String::new(),
                station: "01".to_owned(),
                mode: crate::flow::event::Mode::Training,
                people: Vec::new(),
                made_up: true,
            };
            let rig = keep::begin(&port.data, beginning, ears)?;
            port.run(rig, outcomes)?;
        }
        Ok(port)
    }

    fn run(&mut self, rig: Rig, outcomes: Receiver<Outcome>) -> Result<(), RigError> {
        self.before = None;
        let rig = Arc::new(rig);
        let board = lights::Board::default();
        let volume = Volume::default();
        volume.set(&self.settings, "");
        let speaker = Arc::new(Speaker::start(Arc::clone(&self.wake)).map_err(super::no_thread)?);
        let sound = lights::light(&speaker.presence());
        board.change(|lights| lights.sound = sound);
        let views = rig.board().clone();
        let complete = Box::new(move |id: EnvelopeId| is_complete(&views.view(), id));
        let (news, wake) = (&self.news, &self.wake);
        let camera = CameraSlot::default();
        let hand = LaneThread::start(
            Arc::clone(&rig),
            Arc::clone(&camera),
            Arc::clone(&speaker),
            volume.clone(),
            board.clone(),
            news.clone(),
            Arc::clone(wake),
        )?;
        let clerk = Clerk::start(Arc::clone(&rig), news.clone(), Arc::clone(wake))?;
        // The last that can fail: it ends only with the desk.
        let ears = Ears::start(
            outcomes,
            Arc::clone(&speaker),
            volume.clone(),
            complete,
            news.clone(),
            Arc::clone(wake),
        )?;
        let mut devices =
            devices::Devices::new(camera, hand.laid.clone(), board.clone(), Arc::clone(wake));
        devices.follow(&self.settings, &rig);
        self.running = Some(Running {
            pending: Vec::new(),
            lane: None,
            claims: Claims::default(),
            devices,
            folder: None,
            folder_into: None,
            lane_due: None,
            delivery: None,
            hand,
            clerk,
            speaker,
            volume,
            board,
            rig,
            ears,
            me: None,
        });
        Ok(())
    }

    /// Asks what can be asked while there is no campaign.
    fn ask_before(&mut self, ticket: Ticket, query: Query) {
        let clerk = self.before.take().map_or_else(
            || Clerk::before_campaign(self.data.clone(), self.news.clone(), Arc::clone(&self.wake)),
            Ok,
        );
        match clerk {
            Ok(clerk) => {
                clerk.ask(Errand::Ask(ticket, query), &mut self.own);
                self.before = Some(clerk);
            }
            Err(error) => {
                let answer = Answer::Failed(faults::of(&error));
                self.own.push_back(News::Found { ticket, answer });
            }
        }
    }

    fn begin(&mut self, beginning: Beginning) {
        let (ears, outcomes) = bounded(OUTCOMES);
        let begun =
            keep::begin(&self.data, beginning, ears).and_then(|rig| self.run(rig, outcomes));
        self.own.push_back(match begun {
            Ok(()) => News::Begun,
            Err(error) => News::Trouble(trouble(error)),
        });
    }
}

/// Ends in order: devices, hands, clerk, delivery; then the desk drains what waits; then the ears.
impl Drop for StationPort {
    fn drop(&mut self) {
        // Nobody hears any more: threads that wait to tell end at once.
        drop(std::mem::replace(&mut self.heard, crossbeam_channel::never()));
        self.before = None;
        if let Some(running) = self.running.take()
            && running.close().is_err()
        {
            // The desk had stopped before, and the window has said so.
        }
    }
}

impl Running {
    fn close(self) -> Result<(), RigError> {
        let Running { devices, folder, delivery, hand, clerk, rig, ears, .. } = self;
        drop(devices);
        drop(folder);
        drop(delivery);
        drop(hand);
        drop(clerk);
        let closed = match Arc::try_unwrap(rig) {
            Ok(rig) => rig.close(),
            // Every thread that had it is joined.
            Err(_) => Err(RigError::Input("a thread still uses the station".to_owned())),
        };
        drop(ears);
        closed
    }

    fn order(&mut self, order: Order, settings: &Settings, own: &mut VecDeque<News>, out: &Out) {
        match order {
            Order::Act { ticket, by, with, input } => self.act(ticket, by, with, input, own),
            Order::Ask { ticket, query: Query::Teach(Lesson::Take) } => {
                match self.devices.frame() {
                    Some(frame) => self.errand(Errand::Taken(ticket, frame), own),
                    None => {
                        let learned = Learned::Taken(Err(SampleFault::NoCamera));
                        own.push_back(News::Found { ticket, answer: Answer::Teach(learned) });
                    }
                }
            }
            Order::Ask { ticket, query } => self.errand(Errand::Ask(ticket, query), own),
            Order::SignIn { person, pin } => self.errand(Errand::SignIn { person, pin }, own),
            Order::ChoosePin { person, pin, beside } => {
                self.errand(Errand::ChoosePin { person, pin, beside }, own);
            }
            Order::Vouch { ticket, person, pin } => {
                self.errand(Errand::Vouch { ticket, person, pin }, own);
            }
            Order::SignOut => {
                self.me = None;
                self.lane = None;
                // Nothing more is taken in the name of who leaves.
                if let Some(job) = &self.folder {
                    job.stop();
                }
                self.set_lane(None);
            }
            Order::Lane(lane) => {
                // The folder goes on while another stage is shown, but not into another envelope.
                let other = |lane: &Lane| self.folder_into.as_ref().is_some_and(|it| it != lane);
                if let Some(job) = &self.folder
                    && lane.as_ref().is_some_and(other)
                {
                    job.stop();
                }
                self.lane = lane.clone();
                self.set_lane(lane);
            }
            Order::Code(text) => self.lay(Laid::Code(text), own),
            Order::CannotRead => self.lay(Laid::CannotRead, own),
            Order::GoOn(sheet) => self.lay(Laid::GoOn(sheet), own),
            Order::Capture => {
                if !self.devices.capture() {
                    self.speaker.play(Tone::Refused, self.volume.get());
                    own.push_back(News::NotTaken(NotTaken::NoCamera));
                }
            }
            Order::StartFolder => self.start_folder(settings, own, out),
            Order::StopFolder => {
                if let Some(job) = &self.folder {
                    job.stop();
                }
            }
            Order::Deliver { .. }
                if self.delivery.as_ref().is_some_and(DeliveryJob::is_running) =>
            {
                own.push_back(News::Trouble(Trouble::Busy));
            }
            Order::Deliver { by, with, target } => {
                let job = DeliveryJob::start(
                    Arc::clone(&self.rig),
                    by,
                    with,
                    target,
                    out.news.clone(),
                    Arc::clone(&out.wake),
                );
                match job {
                    Ok(job) => self.delivery = Some(job),
                    // The window waits for the end of a delivery, so it must hear one.
                    Err(error) => {
                        own.push_back(News::Delivering(keep::not_begun(&self.rig, error)))
                    }
                }
            }
            Order::Abandon { ticket, by, with, reason } => {
                let pending = self.rig.board().view().delivering;
                match pending {
                    Some(delivery) => {
                        let input = Input::FailDelivery { delivery, why: reason };
                        self.act(ticket, by, Some(with), input, own);
                    }
                    None => own.push_back(News::Trouble(Trouble::Other(Fault::NoDelivery))),
                }
            }
            Order::Save(_) => {
                let me = self.me.as_ref().map_or("", |me| me.as_str());
                self.volume.set(settings, me);
                self.devices.follow(settings, &self.rig);
            }
            Order::Try(heard) => {
                let tone = match heard {
                    Heard::Accepted => Tone::Accepted,
                    Heard::Refused => Tone::Refused,
                    Heard::Stop => Tone::Stop,
                    Heard::Complete => Tone::Complete,
                };
                let me = self.me.as_ref().map_or("", |me| me.as_str());
                self.volume.set(settings, me);
                self.speaker.play(tone, self.volume.get());
            }
            Order::Torn => self.speaker.play(Tone::Refused, self.volume.get()),
            Order::LayTrainingSheet => {
                let envelope = self.lane.as_ref().map(|lane| lane.envelope);
                if !envelope.is_some_and(|id| self.devices.lay_training_sheet(id)) {
                    own.push_back(News::NotTaken(NotTaken::NoCamera));
                }
            }
            Order::Claim { sheet, by } => {
                if !self.claims.claim(sheet, &by) {
                    own.push_back(News::Trouble(Trouble::Claimed(sheet)));
                }
            }
            Order::Unclaim { by } => self.claims.release(&by),
            Order::Begin(_) | Order::Remember(_) => {}
        }
    }

    fn act(
        &mut self,
        ticket: Ticket,
        by: PersonId,
        with: Option<PersonId>,
        input: Input,
        own: &mut VecDeque<News>,
    ) {
        // Nobody keys what somebody else has before them.
        if let Input::Key { sheet, .. } = &input
            && self.claims.claimed_by_other(*sheet, &by)
        {
            own.push_back(News::Refused { ticket, why: Trouble::Claimed(*sheet) });
            return;
        }
        match self.rig.desk.try_submit(Act { by, with, at: now(), input }) {
            Ok(pending) => self.pending.push((ticket, pending)),
            Err(error) => own.push_back(News::Refused { ticket, why: why(error) }),
        }
    }

    fn errand(&self, errand: Errand, own: &mut VecDeque<News>) {
        self.clerk.ask(errand, own);
    }

    /// A lane is never lost: what does not fit now is tried again with every frame.
    fn set_lane(&mut self, lane: Option<Lane>) {
        self.lane_due = Some(lane);
        self.send_due_lane();
    }

    fn send_due_lane(&mut self) {
        if let Some(lane) = self.lane_due.take()
            && self.hand.laid.try_send(Laid::Set(lane.clone())).is_err()
        {
            self.lane_due = Some(lane);
        }
    }

    fn lay(&self, laid: Laid, own: &mut VecDeque<News>) {
        if self.lane_due.is_some() || self.hand.laid.try_send(laid).is_err() {
            self.speaker.play(Tone::Refused, self.volume.get());
            own.push_back(News::Trouble(Trouble::Busy));
        }
    }

    fn start_folder(&mut self, settings: &Settings, own: &mut VecDeque<News>, out: &Out) {
        if self.folder.as_ref().is_some_and(FolderJob::is_running) {
            own.push_back(News::Trouble(Trouble::Busy));
            return;
        }
        let Some(lane) = self.lane.clone() else {
            own.push_back(News::NotTaken(NotTaken::NoLane));
            return;
        };
        self.folder_into = Some(lane.clone());
        let sides = if settings.folder.duplex { 2 } else { 1 };
        let job = FolderJob::start(
            Arc::clone(&self.rig),
            lane,
            PathBuf::from(&settings.folder.path),
            sides,
            out.news.clone(),
            Arc::clone(&out.wake),
        );
        match job {
            Ok(job) => self.folder = Some(job),
            Err(error) => own.push_back(News::Trouble(trouble(error))),
        }
    }

    /// Answers that have come, in the order in which their acts were sent.
    fn answers(&mut self, own: &mut VecDeque<News>) {
        self.send_due_lane();
        let mut waiting = Vec::new();
        for (ticket, pending) in std::mem::take(&mut self.pending) {
            match pending.poll() {
                None => waiting.push((ticket, pending)),
                Some(Ok(done)) => own.push_back(News::Done { ticket, events: done.events }),
                Some(Err(error)) => own.push_back(News::Refused { ticket, why: why(error) }),
            }
        }
        self.pending = waiting;
    }
}

/// Where threads that an order starts send their news.
struct Out {
    news: Sender<News>,
    wake: Wake,
}

impl Port for StationPort {
    fn view(&self) -> Arc<View> {
        match &self.running {
            Some(running) => running.rig.board().view(),
            None => Arc::clone(&self.empty),
        }
    }

    fn profile(&self) -> Option<Arc<Profile>> {
        self.running.as_ref().map(|running| Arc::clone(&running.rig.profile))
    }

    fn today(&self) -> Date {
        super::today()
    }

    fn send(&mut self, order: Order) {
        match order {
            Order::Begin(beginning) => return self.begin(beginning),
            Order::Save(ref settings) => {
                self.settings = settings.clone();
                if let Err(error) = keep::write_settings(&self.data, settings) {
                    self.own.push_back(News::Trouble(trouble(error)));
                }
                self.set_layout();
            }
            Order::Torn => keyboards::note_torn(),
            Order::Remember(desk) => return desk::keep(&self.data, &desk),
            _ => {}
        }
        let out = Out { news: self.news.clone(), wake: Arc::clone(&self.wake) };
        match (&mut self.running, order) {
            (Some(running), order) => {
                running.order(order, &self.settings, &mut self.own, &out);
            }
            (None, Order::Ask { ticket, query }) => {
                self.ask_before(ticket, query);
            }
            (None, _) => {}
        }
        (self.wake)();
    }

    fn news(&mut self) -> Option<News> {
        if let Some(running) = &mut self.running {
            running.answers(&mut self.own);
        }
        let news = self.own.pop_front().or_else(|| self.heard.try_recv().ok())?;
        if let (News::SignedIn(person), Some(running)) = (&news, &mut self.running) {
            running.me = Some(person.clone());
            running.volume.set(&self.settings, person.as_str());
        }
        Some(news)
    }

    fn busy(&self) -> bool {
        let waits = |it: &Running| !it.pending.is_empty() || it.lane_due.is_some();
        self.running.as_ref().is_some_and(waits)
    }

    fn lights(&self) -> Lights {
        let Some(running) = &self.running else { return Lights::default() };
        let mut lights = running.board.lights();
        lights.sound = lights::light(&running.speaker.presence());
        lights.key_missing = !running.rig.signs;
        lights.folder = match (&running.folder, self.settings.folder.on) {
            (Some(job), _) if job.is_running() => crate::ui::port::Light::Ready,
            (_, true) => lights.folder,
            (_, false) => crate::ui::port::Light::Off,
        };
        lights
    }

    fn preview(&self, seen: u64) -> Option<Preview> {
        self.running.as_ref()?.devices.preview(seen)
    }

    fn place(&self) -> PathBuf {
        self.data.clone()
    }

    fn settings(&self) -> Settings {
        self.settings.clone()
    }

    fn typed(&mut self) -> Option<Typed> {
        self.next_typed()
    }

    fn hears_keys(&self) -> bool {
        self.keyboards.as_ref().is_some_and(Keyboards::hears)
    }

    fn fence(&mut self, no: u64) {
        if let Some(keyboards) = &self.keyboards {
            keyboards.fence(no);
        }
    }

    fn desk(&self) -> Desk {
        desk::read(&self.data)
    }
}
