//! The window: hears the station, sorts keys, draws the frame and the stage in it.

mod draw;
mod typing;

use crate::flow::View;
use crate::ui::command::{self, Command, Pressed, Stroke};
use crate::ui::fonts::Faces;
use crate::ui::frame::{Chooser, Purpose, Wish};
use crate::ui::gallery::Gallery;
use crate::ui::keys;
use crate::ui::port::{Answer, Light, Lights, News, NotTaken, Order, Port, Ticket};
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
/// A passing sentence stays for so many seconds.
const TOLD_FOR: f64 = 6.0;

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
    told: Option<(Told, f64)>,
    /// When `/` was pressed: the next digit is a stage, if it comes soon.
    slash: Option<f64>,
    lights: Lights,
    preview: Option<(u64, egui::TextureHandle)>,
    tour: Option<Tour>,
    styled: bool,
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
            slash: None,
            lights: Lights::default(),
            preview: None,
            tour: None,
            styled: false,
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
        if !self.styled {
            self.theme.apply(&ctx);
            self.styled = true;
        }
        let codes = self.sort_keys(&ctx);
        let profile = self.port.profile();
        let view = self.port.view();
        self.lights = self.port.lights();
        self.look_at_desk(&ctx);
        match profile {
            Some(profile) if view.station.is_some() => {
                let time = ctx.input(|input| input.time);
                let now = Now { view, profile, today: self.port.today(), time };
                self.hear(&ctx, &now);
                self.scanned(codes, &now);
                self.keys(&ctx, &now);
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
                    let text = self.words.trouble(why);
                    self.tell(Told { text, good: false }, now.time);
                }
                _ => {}
            }
            for stage in Stage::RAIL.into_iter().chain([Stage::Supervisor, Stage::Settings]) {
                let mut cx = cx!(self, now);
                self.screens.of(stage).news(&news, &mut cx);
            }
        }
        ctx.request_repaint();
    }

    fn signed_in(&mut self, person: &crate::flow::PersonId, now: &Now) {
        // An answer that comes after its person has gone signs nobody in.
        let Overlay::SignIn(chooser) = &self.overlay else { return };
        if !chooser.waits_for(person) {
            return;
        }
        self.session.me = now.view.people.iter().find(|it| it.id == *person).cloned();
        self.overlay = Overlay::None;
        let stage = self.session.stage;
        self.go(stage, now);
    }

    /// Sends the act that waited for its second person. False: none waits any more.
    fn vouched(&mut self, ticket: Ticket, person: &crate::flow::PersonId) -> bool {
        let by = self.session.my_id();
        match (std::mem::take(&mut self.overlay), by) {
            (Overlay::Second { ticket: waiting, errand, chooser }, Some(by))
                if waiting == ticket && chooser.waits_for(person) =>
            {
                self.session.orders.push(errand.order(ticket, by, person.clone()));
                true
            }
            (other, _) => {
                self.overlay = other;
                false
            }
        }
    }

    fn not_taken(&mut self, why: &NotTaken, time: f64) {
        let text = self.words.not_taken(why);
        self.tell(Told { text, good: false }, time);
    }

    fn tell(&mut self, told: Told, time: f64) {
        self.told = Some((told, time + TOLD_FOR));
    }

    fn keys(&mut self, ctx: &egui::Context, now: &Now) {
        let typing = ctx.memory(|memory| memory.focused().is_some());
        for pressed in keys::pressed(ctx, typing) {
            match &mut self.overlay {
                Overlay::Help => self.overlay = Overlay::None,
                Overlay::SignIn(chooser) | Overlay::Second { chooser, .. } => {
                    let wish = chooser.pressed(pressed, &now.view, &self.words);
                    self.grant(wish);
                }
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
        let stage = self.session.stage;
        let mut cx = cx!(self, now);
        let screen = self.screens.of(stage);
        let offered = screen.offers(&cx);
        match command::find(&offered, pressed) {
            // Which digit it was matters, so the screen takes it itself.
            Some(command) if command.info().stroke != Stroke::Digit => self.run(command, now),
            _ => screen.pressed(pressed, &mut cx),
        }
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
            (None, Command::ChangePerson) => self.change_person(now),
            (None, command) => {
                let stage = self.session.stage;
                let mut cx = cx!(self, now);
                self.screens.of(stage).command(command, &mut cx);
            }
        }
    }

    /// The next person sits down: the stage and the envelope stay, claims and drafts don't.
    fn change_person(&mut self, now: &Now) {
        self.slash = None;
        let stage = self.session.stage;
        let mut cx = cx!(self, now);
        self.screens.of(stage).leave(&mut cx);
        if let Some(by) = self.session.my_id() {
            self.session.orders.push(Order::Unclaim { by });
        }
        self.session.orders.push(Order::SignOut);
        self.session.me = None;
        self.overlay = Overlay::SignIn(Chooser::new(Purpose::SignIn));
    }

    fn go(&mut self, stage: Stage, now: &Now) {
        self.slash = None;
        let before = self.session.stage;
        let mut cx = cx!(self, now);
        if before != stage {
            self.screens.of(before).leave(&mut cx);
        }
        cx.session.stage = stage;
        self.screens.of(stage).enter(&mut cx);
    }

    fn grant(&mut self, wish: Option<Wish>) {
        let Some(wish) = wish else { return };
        let order = match (wish, &self.overlay) {
            (Wish::Leave, Overlay::Second { .. }) => {
                self.overlay = Overlay::None;
                return;
            }
            (Wish::SignIn { person, pin }, Overlay::Second { ticket, .. }) => {
                Order::Vouch { ticket: *ticket, person, pin }
            }
            (Wish::SignIn { person, pin }, _) => Order::SignIn { person, pin },
            (Wish::ChoosePin { person, pin }, _) => Order::ChoosePin { person, pin },
            (Wish::Leave, _) => return,
        };
        self.session.orders.push(order);
    }

    fn answer_asks(&mut self, now: &Now) {
        for ask in std::mem::take(&mut self.session.asks) {
            match ask {
                Ask::Go(stage) => self.go(stage, now),
                Ask::Take(envelope) => self.session.envelope = Some(envelope),
                Ask::Edit(what) => {
                    self.session.look_for = Some(what);
                    self.go(Stage::Edit, now);
                }
                Ask::Tell(told) => self.tell(told, now.time),
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
            self.words = Words::new(settings.language);
        }
        self.theme = Theme::new(settings.look, settings.scale());
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
