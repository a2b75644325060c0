//! The window: hears the station, sorts keys, draws the frame and the stage in it.

mod desk;
mod draw;
mod people;
mod size;
mod told;
mod typing;

use crate::flow::View;
use crate::ui::command::{self, Command, Pressed, Stroke};
use crate::ui::fonts::Faces;
use crate::ui::frame::{Chooser, Purpose};
use crate::ui::gallery::Gallery;
use crate::ui::keys;
use crate::ui::port::{Answer, Light, Lights, News, NotTaken, Order, Port, Ticket};
use crate::ui::resume::Desk;
use crate::ui::screen::{
    Check, Cx, Deliver, Dispose, Edit, Entry, FirstStart, Open, Read, Screen, SettingsScreen,
    Supervisor,
};
use crate::ui::session::{Ask, Errand, Session, Stage, Told};
use crate::ui::settings::{Language, Settings};
use crate::ui::shops::ShopNames;
use crate::ui::theme::Theme;
use crate::ui::tour::Tour;
use crate::ui::wedge::Wedge;
use crate::ui::widgets::take_help_wanted;
use crate::ui::words::Words;
use crate::voucher::Profile;
use egui::{Frame, Ui};
use jiff::civil::Date;
use std::sync::Arc;

/// So much news is heard in one frame; the rest waits for the next.
const NEWS_A_FRAME: usize = 512;
/// The digit after `/` comes within so many seconds, or it is none of its own.
const SLASH_FOR: f64 = 2.0;

/// The station's window.
pub struct Kenban {
    port: Box<dyn Port>,
    words: Words,
    theme: Theme,
    settings: Settings,
    faces: Faces,
    session: Session,
    gallery: Gallery,
    shops: ShopNames,
    screens: Screens,
    first: FirstStart,
    wedge: Wedge,
    /// What the frame before cost, seconds.
    cost: f64,
    /// A field for words has the focus.
    words_asked: bool,
    overlay: Overlay,
    told: Option<told::Shown>,
    /// Who pressed F9, while they can come back.
    left: Option<people::Left>,
    /// The whole screen is to be taken, or given back.
    turn_full: bool,
    /// By how much everything is larger than was set, for the size of the window.
    grown: f32,
    /// When `/` was pressed: the next digit is a stage, if it comes soon.
    slash: Option<f64>,
    lights: Lights,
    preview: Option<(u64, egui::TextureHandle)>,
    tour: Option<Tour>,
    styled: bool,
    /// Where the work was when the program ended, until the first person has signed in.
    at_start: Option<Desk>,
    /// Where it was when it was last remembered.
    remembered: Desk,
}

impl std::fmt::Debug for Kenban {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kenban").field("session", &self.session).finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
enum Overlay {
    #[default]
    None,
    Help,
    SignIn(Chooser),
    Second {
        chooser: Chooser,
        ticket: Ticket,
        errand: Errand,
    },
}

#[derive(Default)]
struct Screens {
    open: Open,
    read: Read,
    check: Check,
    entry: Entry,
    edit: Edit,
    deliver: Deliver,
    dispose: Dispose,
    supervisor: Supervisor,
    settings: SettingsScreen,
}

impl Screens {
    fn of(&mut self, stage: Stage) -> &mut dyn Screen {
        match stage {
            Stage::Open => &mut self.open,
            Stage::Read => &mut self.read,
            Stage::Check => &mut self.check,
            Stage::Entry => &mut self.entry,
            Stage::Edit => &mut self.edit,
            Stage::Deliver => &mut self.deliver,
            Stage::Dispose => &mut self.dispose,
            Stage::Supervisor => &mut self.supervisor,
            Stage::Settings => &mut self.settings,
        }
    }
}

/// What a frame works with, taken from the station at its beginning so that all of it agrees.
struct Now {
    view: Arc<View>,
    profile: Arc<Profile>,
    today: Date,
    time: f64,
}

/// Lends the parts of the window that a screen may use.
macro_rules! cx {
    ($self:ident, $now:ident) => {
        Cx {
            view: &$now.view,
            profile: &$now.profile,
            words: &$self.words,
            theme: &$self.theme,
            settings: &$self.settings,
            lights: &$self.lights,
            session: &mut $self.session,
            gallery: &mut $self.gallery,
            shops: &mut $self.shops,
            preview: $self.preview.as_ref().map(|(_, texture)| texture.clone()),
            today: $now.today,
            now: $now.time,
        }
    };
}

use cx;

impl Kenban {
    pub fn new(port: Box<dyn Port>, faces: Faces) -> Kenban {
        let settings = port.settings();
        let language = match faces {
            Faces::Japanese => settings.language,
            Faces::LatinOnly => Language::En,
        };
        Kenban {
            words: Words::new(language),
            theme: Theme::new(settings.look, settings.scale()),
            settings,
            faces,
            session: Session::default(),
            gallery: Gallery::default(),
            shops: ShopNames::default(),
            screens: Screens::default(),
            first: FirstStart::default(),
            wedge: Wedge::default(),
            cost: 0.0,
            words_asked: false,
            overlay: Overlay::SignIn(Chooser::new(Purpose::SignIn)),
            told: None,
            left: None,
            turn_full: false,
            grown: 1.0,
            slash: None,
            lights: Lights::default(),
            preview: None,
            tour: None,
            styled: false,
            at_start: Some(port.desk()),
            remembered: Desk::default(),
            port,
        }
    }

    /// With the guided tour over each stage.
    #[must_use]
    pub fn with_tour(mut self) -> Kenban {
        self.tour = Some(Tour::default());
        self
    }

    /// Who is signed in and where; for tests and the guided tour.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Puts an open envelope on the desk, as Open does; for tests and the guided tour.
    pub fn put_on_desk(&mut self, envelope: crate::flow::EnvelopeId) {
        self.session.envelope = Some(envelope);
    }

    pub fn port(&mut self) -> &mut dyn Port {
        &mut *self.port
    }

    /// One frame: hears, acts on keys, draws, hands orders over.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.grow(ui.available_size());
        self.full_screen(&ctx);
        if !self.styled {
            self.theme.apply(&ctx);
            self.styled = true;
        }
        let codes = self.sort_keys(&ctx);
        let profile = self.port.profile();
        let view = self.port.view();
        if self.words.station != view.station {
            self.words.station.clone_from(&view.station);
        }
        self.lights = self.port.lights();
        self.look_at_desk(&ctx);
        match profile {
            Some(profile) if view.station.is_some() => {
                let time = ctx.input(|input| input.time);
                let now = Now { view, profile, today: self.port.today(), time };
                self.hear(&ctx, &now);
                self.scanned(codes, &now);
                self.keys(&ctx, &now);
                self.see_off(&ctx, time);
                self.draw(ui, &now);
                if take_help_wanted(&ctx) && matches!(self.overlay, Overlay::None) {
                    self.overlay = Overlay::Help;
                }
                self.answer_asks(&now);
            }
            _ => self.first_start(ui),
        }
        self.keep_input_method(&ctx);
        self.gallery.ask(&mut self.session);
        if self.port.busy() {
            ctx.request_repaint_after_secs(0.01);
        }
        self.remember();
        for order in std::mem::take(&mut self.session.orders) {
            if let Order::Save(settings) = &order {
                self.adopt(settings.clone());
            }
            self.port.send(order);
        }
    }

    /// The camera's newest picture, only while a screen shows it.
    fn look_at_desk(&mut self, ctx: &egui::Context) {
        let shown = std::mem::take(&mut self.session.looks_at_desk);
        let shown = shown || self.session.stage == Stage::Read;
        if !shown || self.lights.camera == Light::Off {
            self.preview = None;
            return;
        }
        let seen = self.preview.as_ref().map_or(0, |(no, _)| *no);
        let Some(new) = self.port.preview(seen) else { return };
        if new.width * new.height != new.luma.len() || new.luma.is_empty() {
            return;
        }
        let image = egui::ColorImage::from_gray([new.width, new.height], &new.luma);
        match &mut self.preview {
            Some((no, texture)) => {
                texture.set(image, egui::TextureOptions::LINEAR);
                *no = new.no;
            }
            None => {
                let texture = ctx.load_texture("desk", image, egui::TextureOptions::LINEAR);
                self.preview = Some((new.no, texture));
            }
        }
    }

    fn first_start(&mut self, ui: &mut Ui) {
        while let Some(news) = self.port.news() {
            self.first.news(&news, &self.words);
        }
        let language = self.words.language;
        let place = self.port.place();
        let paper = Frame::new().fill(self.theme.paper).inner_margin(self.theme.stage_margin());
        egui::CentralPanel::default().frame(paper).show(ui, |ui| {
            self.first.ui(ui, &self.theme, &self.words, &mut self.session, &place);
        });
        // The language can be changed before anything else.
        if let Some(chosen) = self.first.language(language) {
            let settings = Settings { language: chosen, ..self.settings.clone() };
            self.session.orders.push(Order::Save(settings));
        }
    }

    fn hear(&mut self, ctx: &egui::Context, now: &Now) {
        for _ in 0..NEWS_A_FRAME {
            let Some(news) = self.port.news() else { return };
            self.shops.hear(&news);
            if let Some(tour) = &mut self.tour {
                tour.hear(&news);
            }
            match &news {
                News::Found { answer: Answer::Pixels(came), .. } => {
                    self.gallery.take(ctx, came.clone());
                }
                News::Found { ticket, answer: Answer::Failed(_) } => self.gallery.failed(*ticket),
                News::SignedIn(person) => self.signed_in(person, now),
                News::PinWrong { wait_s, .. } => {
                    let problem = match wait_s {
                        0 => self.words.pin_wrong(),
                        wait => self.words.pin_wrong_wait(*wait),
                    };
                    if let Overlay::SignIn(chooser) | Overlay::Second { chooser, .. } =
                        &mut self.overlay
                    {
                        chooser.wrong(problem);
                    }
                }
                // Nobody hears of a proof that came too late for its act.
                News::Vouched { ticket, person } if !self.vouched(*ticket, person) => continue,
                News::NotTaken(why) => self.not_taken(why, now.time),
                News::Trouble(why) => {
                    if let Overlay::SignIn(chooser) | Overlay::Second { chooser, .. } =
                        &mut self.overlay
                    {
                        chooser.unanswered();
                    }
                    let text = self.words.trouble(why);
                    self.tell(Told { text, good: false }, now.time);
                }
                // What went wrong before is over.
                News::Done { .. } | News::Outcome(_) => self.forget_refusal(),
                _ => {}
            }
            for stage in Stage::RAIL.into_iter().chain([Stage::Supervisor, Stage::Settings]) {
                let mut cx = cx!(self, now);
                self.screens.of(stage).news(&news, &mut cx);
            }
        }
        ctx.request_repaint();
    }

    fn not_taken(&mut self, why: &NotTaken, time: f64) {
        let text = self.words.not_taken(why);
        self.tell(Told { text, good: false }, time);
    }

    fn keys(&mut self, ctx: &egui::Context, now: &Now) {
        let typing = ctx.memory(|memory| memory.focused().is_some());
        for pressed in keys::pressed(ctx, typing) {
            match &self.overlay {
                Overlay::Help => self.overlay = Overlay::None,
                Overlay::SignIn(_) | Overlay::Second { .. } => self.key_for_chooser(pressed, now),
                Overlay::None => self.key(pressed, now),
            }
        }
    }

    fn key(&mut self, pressed: Pressed, now: &Now) {
        let armed = self.slash.take().is_some_and(|at| now.time - at < SLASH_FOR);
        if armed
            && let Pressed::Char(digit) = pressed
            && let Some(index) = digit.to_digit(10)
        {
            let stage = match index {
                8 => Some(Stage::Supervisor),
                0 => Some(Stage::Settings),
                index => Stage::RAIL.get((index as usize).wrapping_sub(1)).copied(),
            };
            if let Some(stage) = stage {
                self.go(stage, now);
            }
            return;
        }
        if pressed == Pressed::Char('/') {
            self.slash = Some(now.time);
            return;
        }
        let offered = self.offers(now);
        match command::find(&offered, pressed) {
            // Which digit it was matters, so the screen takes it itself.
            Some(command) if command.info().stroke != Stroke::Digit => self.run(command, now),
            _ => {
                let stage = self.session.stage;
                let mut cx = cx!(self, now);
                self.screens.of(stage).pressed(pressed, &mut cx);
            }
        }
    }

    /// The stage's commands as things stand.
    fn offers(&mut self, now: &Now) -> Vec<Command> {
        let stage = self.session.stage;
        let cx = cx!(self, now);
        let mut offered = self.screens.of(stage).offers(&cx);
        let escape = |command: &Command| command.info().stroke == Stroke::Key(egui::Key::Escape);
        if self.tour.as_ref().is_some_and(Tour::over) && !offered.iter().any(escape) {
            offered.push(Command::LeaveTour);
        }
        offered
    }

    fn run(&mut self, command: Command, now: &Now) {
        let go = match command {
            Command::GoOpen => Some(Stage::Open),
            Command::GoRead => Some(Stage::Read),
            Command::GoCheck => Some(Stage::Check),
            Command::GoEntry => Some(Stage::Entry),
            Command::GoEdit => Some(Stage::Edit),
            Command::GoDeliver => Some(Stage::Deliver),
            Command::GoDispose => Some(Stage::Dispose),
            Command::GoSupervisor => Some(Stage::Supervisor),
            Command::GoSettings => Some(Stage::Settings),
            _ => None,
        };
        match (go, command) {
            (Some(stage), _) => self.go(stage, now),
            (None, Command::Help) => self.overlay = Overlay::Help,
            (None, Command::FullScreen) => self.turn_full = true,
            (None, Command::LeaveTour) => self.tour = None,
            (None, Command::ChangePerson) => self.change_person(now),
            (None, command) => {
                let stage = self.session.stage;
                let mut cx = cx!(self, now);
                self.screens.of(stage).command(command, &mut cx);
            }
        }
    }

    fn go(&mut self, stage: Stage, now: &Now) {
        self.slash = None;
        self.told = None;
        let before = self.session.stage;
        let mut cx = cx!(self, now);
        if before != stage {
            self.screens.of(before).leave(&mut cx);
        }
        cx.session.stage = stage;
        self.screens.of(stage).enter(&mut cx);
    }

    fn answer_asks(&mut self, now: &Now) {
        let asks = std::mem::take(&mut self.session.asks);
        // What is told is told on the page that is come to.
        let (tell, rest): (Vec<Ask>, Vec<Ask>) =
            asks.into_iter().partition(|ask| matches!(ask, Ask::Tell(_)));
        for ask in rest.into_iter().chain(tell) {
            match ask {
                Ask::Go(stage) => self.go(stage, now),
                Ask::Take(envelope) => {
                    if self.session.envelope.replace(envelope) != Some(envelope) {
                        self.told = None;
                    }
                    self.session.resumed = false;
                }
                Ask::Edit(what) => {
                    self.session.look_for = Some(what);
                    self.go(Stage::Edit, now);
                }
                Ask::Tell(told) => self.tell_of_screen(told, now.time),
                Ask::Second { ticket, errand, what } => {
                    if let Some(first) = self.session.my_id() {
                        let purpose = Purpose::Second { first, what, duty: errand.duty() };
                        let chooser = Chooser::new(purpose);
                        self.overlay = Overlay::Second { chooser, ticket, errand };
                    }
                }
            }
        }
    }

    /// New settings are seen at once.
    fn adopt(&mut self, settings: Settings) {
        if self.faces == Faces::Japanese && settings.language != self.words.language {
            let station = self.words.station.take();
            self.words = Words::new(settings.language);
            self.words.station = station;
        }
        self.theme = Theme::new(settings.look, settings.scale() * self.grown);
        self.settings = settings;
        self.styled = false;
    }
}

impl eframe::App for Kenban {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.cost = frame.info().cpu_usage.map_or(0.0, f64::from);
        self.frame(ui);
    }
}
