//! A station made of nothing: a view, scripted answers, and a record of what the window ordered.

use crate::world;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use jiff::civil::{Date, date};
use kenban::flow::event::{Place, Slip};
use kenban::flow::ids::Station;
use kenban::flow::paper::Tray;
use kenban::flow::pull::{Pull, Pulled};
use kenban::flow::rows::ShopEntry;
use kenban::flow::tally::{Line, Tally};
use kenban::flow::view::{AsideItem, CheckItem, EntryItem, EnvelopeView, SettleItem, StageCounts};
use kenban::flow::{EnvelopeId, NoSheet, PersonId, Sha256, SheetId, View};
use kenban::ui::Kenban;
use kenban::ui::fonts;
use kenban::ui::port::{
    Answer, Lights, News, Order, PictureSize, Pixels, Port, Preview, Query, Ticket,
};
use kenban::ui::resume::Desk;
use kenban::ui::settings::{Language, Settings};
use kenban::ui::wedge::Typed;
use kenban::ui::wedge::scans::{Meaning, Stroke};
use kenban::voucher::{KindId, Profile, Reason, Yen};
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What test and window share.
#[derive(Default)]
pub struct Shared {
    pub view: Arc<View>,
    pub orders: Vec<Order>,
    pub news: VecDeque<News>,
    pub lights: Lights,
    /// Answers to questions, tried in turn; the first that gives something is sent.
    #[expect(clippy::type_complexity, reason = "it is said once, here")]
    pub answers: Vec<Box<dyn Fn(&Query) -> Option<Answer> + Send>>,
    pub preview: Option<Preview>,
    /// What the system tells of its keyboards, while it does.
    pub typed: VecDeque<Typed>,
    pub hears_keys: bool,
    pub clock: u64,
    /// What lay on the desk when the program ended; then what is to be remembered.
    pub desk: Desk,
}

#[derive(Clone, Default)]
pub struct Stage(pub Arc<Mutex<Shared>>);

pub struct FixturePort {
    shared: Stage,
    profile: Option<Arc<Profile>>,
    settings: Settings,
}

impl Port for FixturePort {
    fn view(&self) -> Arc<View> {
        Arc::clone(&self.shared.0.lock().unwrap().view)
    }
    fn profile(&self) -> Option<Arc<Profile>> {
        self.profile.clone()
    }
    fn today(&self) -> Date {
        TODAY
    }
    fn typed(&mut self) -> Option<Typed> {
        self.shared.0.lock().unwrap().typed.pop_front()
    }
    fn hears_keys(&self) -> bool {
        self.shared.0.lock().unwrap().hears_keys
    }
    fn fence(&mut self, no: u64) {
        let mut shared = self.shared.0.lock().unwrap();
        let now = shared.clock;
        shared.typed.push_back(Typed::Fence { no, now });
    }
    fn send(&mut self, order: Order) {
        let mut shared = self.shared.0.lock().unwrap();
        match &order {
            // Everyone is who they say they are.
            Order::SignIn { person, .. } | Order::ChoosePin { person, .. } => {
                shared.news.push_back(News::SignedIn(person.clone()));
            }
            Order::Vouch { ticket, person, .. } => {
                let (ticket, person) = (*ticket, person.clone());
                shared.news.push_back(News::Vouched { ticket, person });
            }
            Order::Ask { ticket, query } => {
                let answer = shared.answers.iter().find_map(|it| it(query));
                let answer = answer.or_else(|| usual(query));
                if let Some(answer) = answer {
                    let ticket = *ticket;
                    shared.news.push_back(News::Found { ticket, answer });
                }
            }
            Order::Remember(desk) => {
                shared.desk = desk.clone();
                return;
            }
            _ => {}
        }
        shared.orders.push(order);
    }
    fn news(&mut self) -> Option<News> {
        self.shared.0.lock().unwrap().news.pop_front()
    }
    fn busy(&self) -> bool {
        false
    }
    fn lights(&self) -> Lights {
        self.shared.0.lock().unwrap().lights.clone()
    }
    fn preview(&self, seen: u64) -> Option<Preview> {
        self.shared.0.lock().unwrap().preview.clone().filter(|it| it.no > seen)
    }
    fn place(&self) -> PathBuf {
        PathBuf::from("/data")
    }
    fn settings(&self) -> Settings {
        self.settings.clone()
    }
    fn desk(&self) -> Desk {
        self.shared.0.lock().unwrap().desk.clone()
    }
}

pub const TODAY: Date = date(2026, 11, 24);

/// Shops by code with long and short names; crops as grey stripes.
fn usual(query: &Query) -> Option<Answer> {
    match query {
        Query::Shop(code) => {
            let shop = shops().into_iter().find(|shop| shop.code == *code);
            Some(Answer::Shop { code: code.clone(), shop })
        }
        Query::Shops(text) => {
            let fits = |shop: &ShopEntry| {
                shop.code.starts_with(text) || shop.name.contains(text) || shop.kana.contains(text)
            };
            let shops = shops().into_iter().filter(fits).collect();
            Some(Answer::Shops { text: text.clone(), shops })
        }
        Query::Crops(pictures) => {
            let crops = pictures.iter().map(|it| (*it, PictureSize::Crop, stripes(it)));
            Some(Answer::Pixels(crops.collect()))
        }
        Query::Picture(picture) => {
            Some(Answer::Pixels(vec![(*picture, PictureSize::Whole, stripes(picture))]))
        }
        _ => None,
    }
}

/// A small made-up picture.
fn stripes(picture: &Sha256) -> Pixels {
    let (width, height) = (320, 64);
    let seed = usize::from(picture.0[0]);
    let grey = |index: usize| 120 + (((index % width) / 8 + seed) % 7 * 18) as u8;
    let rgb = (0..width * height).flat_map(|index| [grey(index); 3]).collect::<Vec<_>>();
    Pixels { width, height, rgb: rgb.into() }
}

pub fn shops() -> Vec<ShopEntry> {
    let shop = |code: &str, name: &str, kana: &str| ShopEntry {
        code: code.to_owned(),
        name: name.to_owned(),
        kana: kana.to_owned(),
    };
    vec![
        shop("A0321004", "そば処 しなの", "ソバドコロシナノ"),
        shop("A0321005", "食堂まつ", "ショクドウマツ"),
        shop(
            "A0321999",
            "株式会社信州味噌煮込みうどんと郷土料理の店いろり庵 長野駅前東急百貨店別館地下一階店",
            "カブシキガイシャイロリアン",
        ),
    ]
}

pub fn person(id: &str) -> PersonId {
    world::person(id)
}

/// A station with people and no envelope.
pub fn empty_view() -> View {
    View {
        station: Some(Station::new("01").unwrap()),
        campaign: "five-layouts".to_owned(),
        training: true,
        revision: 1,
        people: world::people(),
        ..View::default()
    }
}

/// An open envelope of `shop`: of each kind declared and accepted so many.
pub fn envelope(id: u64, shop: &str, kinds: &[(&str, u64, u64)]) -> EnvelopeView {
    let mut tally = Tally::default();
    let mut slip = Slip::new();
    for (kind, declared, accepted) in kinds {
        let line =
            Line { declared: *declared, taken: *accepted, accepted: *accepted, ..Line::default() };
        tally.lines.insert((*kind).to_owned(), line);
        slip.insert(KindId::new(kind), u32::try_from(*declared).unwrap());
    }
    let taken: u64 = kinds.iter().map(|(_, _, accepted)| accepted).sum();
    let last = u32::try_from(taken).unwrap();
    EnvelopeView {
        id: EnvelopeId(id),
        shop: shop.to_owned(),
        slip,
        arrived: date(2026, 11, 20),
        business_day: TODAY,
        bundle: 100,
        open: true,
        delivering: false,
        closed_reason: None,
        last: (last > 0).then_some(last),
        position: last,
        fed: last,
        amount: Yen(i64::from(last) * 1000),
        tally,
        check: Vec::new(),
        entry: Vec::new(),
        settle: Vec::new(),
        held: Vec::new(),
        aside: Vec::new(),
        pull: Vec::new(),
        undone: 0,
    }
}

/// `count` sheets of the envelope wait to be checked, with numbers of a layout.
pub fn with_checks(mut envelope: EnvelopeView, first: u32, count: u32) -> EnvelopeView {
    let profile = world::profile();
    let layout = profile.layouts[0].clone();
    for ordinal in first..first + count {
        let number =
            world::number(&profile, layout.id.as_str(), u64::from(ordinal) * 7 + 6_900_000);
        envelope.check.push(CheckItem {
            ordinal,
            kind: profile.kind_of(&number, &layout.id),
            number,
            layout: Some(layout.id.clone()),
            reasons: vec![Reason::OneReading],
            picture: Some(picture(ordinal)),
        });
        in_hand(&mut envelope);
    }
    envelope
}

/// One sheet waits to be keyed, already keyed by these.
pub fn with_entry(mut envelope: EnvelopeView, ordinal: u32, keyed_by: &[&str]) -> EnvelopeView {
    let profile = world::profile();
    envelope.entry.push(EntryItem {
        ordinal,
        position: ordinal,
        keyed_by: keyed_by.iter().map(|id| person(id)).collect(),
        kind: None,
        layout: Some(profile.layouts[0].id.clone()),
        reasons: vec![Reason::NothingRead],
        picture: Some(picture(ordinal)),
    });
    in_hand(&mut envelope);
    envelope
}

/// A file that was set aside after the sheet with this ordinal; its paper lay at this place.
pub fn with_aside(
    mut envelope: EnvelopeView,
    no: u32,
    name: &str,
    position: Option<u32>,
    why: NoSheet,
) -> EnvelopeView {
    let name = name.to_owned();
    let what = Pulled::Aside { no, why, file: name.clone() };
    let after = position.map_or(0, |place| place - 1);
    envelope.aside.push(AsideItem { no, name, why, position, after });
    envelope.pull.push(Pull { place: position, what, tray: Tray::Entry });
    envelope.fed += u32::from(position.is_some());
    envelope
}

/// A sheet to pull out of the pile.
pub fn with_pull(
    mut envelope: EnvelopeView,
    ordinal: u32,
    reason: Reason,
    others: Vec<SheetId>,
) -> EnvelopeView {
    let place = Place::Settle { reasons: vec![reason], others, blocked: None };
    let tray = Tray::of(&place, &[]).unwrap();
    let file = format!("{ordinal:04}.jpg");
    let what = Pulled::Sheet { ordinal, place, reasons: vec![reason], file };
    envelope.pull.push(Pull { place: Some(ordinal), what, tray });
    envelope
}

/// One sheet waits for a supervisor.
pub fn with_settle(mut envelope: EnvelopeView, ordinal: u32, reason: Reason) -> EnvelopeView {
    let profile = world::profile();
    envelope.settle.push(SettleItem {
        ordinal,
        position: ordinal,
        reasons: vec![reason],
        others: Vec::new(),
        blocked: None,
        code: None,
        number: Some(world::number(&profile, profile.layouts[0].id.as_str(), u64::from(ordinal))),
        kind: profile.kinds.first().map(|kind| kind.id.clone()),
        picture: Some(picture(ordinal)),
    });
    in_hand(&mut envelope);
    envelope
}

fn in_hand(envelope: &mut EnvelopeView) {
    let kind = envelope.tally.lines.keys().next().cloned().unwrap_or_default();
    let line = envelope.tally.lines.entry(kind).or_default();
    line.taken += 1;
    line.in_hand += 1;
    envelope.position += 1;
    envelope.fed += 1;
    envelope.last = Some(envelope.position);
}

pub fn picture(no: u32) -> Sha256 {
    Sha256::of(&no.to_le_bytes())
}

/// A view with these envelopes, and the counts that follow from them.
pub fn view(envelopes: Vec<EnvelopeView>) -> View {
    let mut view = empty_view();
    let mut counts = StageCounts::default();
    for envelope in &envelopes {
        counts.check += envelope.check.len();
        counts.entry += envelope.entry.len();
        counts.settle += envelope.settle.len();
        match envelope.open {
            true => {
                counts.open += 1;
                counts.edit += usize::from(envelope.in_hand() == 0);
            }
            false => counts.deliver += 1,
        }
    }
    view.counts = counts;
    view.envelopes =
        envelopes.into_iter().map(|it| (it.id, Arc::new(it))).collect::<BTreeMap<_, _>>();
    view
}

/// A window on a made-up station.
pub struct Window {
    pub harness: Harness<'static, Kenban>,
    pub shared: Stage,
}

/// How the window is to look.
#[derive(Clone)]
pub struct Look {
    pub size: (f32, f32),
    pub settings: Settings,
}

impl Default for Look {
    fn default() -> Look {
        let settings = Settings { language: Language::En, ..Settings::default() };
        Look { size: (1280.0, 720.0), settings }
    }
}

impl Look {
    pub fn japanese() -> Look {
        Look { settings: Settings::default(), ..Look::default() }
    }
}

pub fn open(view: View, look: &Look) -> Window {
    let profile = view.station.is_some().then(|| Arc::new(world::profile()));
    open_with(view, profile, look)
}

pub fn open_with(view: View, profile: Option<Arc<Profile>>, look: &Look) -> Window {
    window(view, profile, look, (drawn(), false), Desk::default())
}

/// With the guided tour.
pub fn open_guided(view: View, look: &Look) -> Window {
    let profile = Some(Arc::new(world::profile()));
    window(view, profile, look, (drawn(), true), Desk::default())
}

/// A window that is started anew: this lay on the desk when it ended.
pub fn open_again(view: View, look: &Look, desk: Desk) -> Window {
    window(view, Some(Arc::new(world::profile())), look, (drawn(), false), desk)
}

/// With `KENBAN_SHOTS=DIR` every window can be drawn, for people to look at.
fn drawn() -> Drawn {
    let wanted = std::env::var_os("KENBAN_SHOTS").is_some();
    if wanted { Drawn::ToPixels } else { Drawn::Not }
}

/// A window that is drawn to pixels.
pub fn open_drawn(view: View, look: &Look) -> Window {
    let profile = Some(Arc::new(world::profile()));
    window(view, profile, look, (Drawn::ToPixels, false), Desk::default())
}

#[derive(PartialEq)]
enum Drawn {
    Not,
    ToPixels,
}

fn window(
    view: View,
    profile: Option<Arc<Profile>>,
    look: &Look,
    (drawn, guided): (Drawn, bool),
    desk: Desk,
) -> Window {
    let shared = Stage::default();
    shared.0.lock().unwrap().view = Arc::new(view);
    shared.0.lock().unwrap().desk = desk;
    let settings = look.settings.clone();
    let port = FixturePort { shared: shared.clone(), profile, settings };
    let mut builder =
        Harness::builder().with_size(look.size).with_max_steps(64).with_step_dt(1.0 / 60.0);
    if drawn == Drawn::ToPixels {
        builder = builder.wgpu();
    }
    let harness = builder.build_eframe(|cc| {
        let (definitions, faces) = fonts::load();
        cc.egui_ctx.set_fonts(definitions);
        let window = Kenban::new(Box::new(port), faces);
        if guided { window.with_tour() } else { window }
    });
    let mut window = Window { harness, shared };
    window.settle();
    window
}

impl Window {
    /// Draws until nothing more happens: a key is held back for a tenth of a second.
    pub fn settle(&mut self) {
        for _ in 0..10 {
            self.harness.step();
        }
    }

    /// Signs in with the keys alone: the person's number, and Enter (training asks for no PIN).
    pub fn sign_in(&mut self, id: &str) {
        let people = self.shared.0.lock().unwrap().view.people.clone();
        let number = people.iter().position(|it| it.id == person(id)).unwrap() + 1;
        self.type_text(&number.to_string());
        self.press(Key::Enter);
        assert_eq!(self.harness.state().session().my_id(), Some(person(id)));
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press_modifiers(Modifiers::NONE, key);
        self.settle();
    }

    /// Types as a person does: slower than any scanner.
    pub fn type_text(&mut self, text: &str) {
        for char in text.chars() {
            self.harness.event(egui::Event::Text(char.to_string()));
            self.settle();
        }
    }

    /// What keys go to before any other.
    pub fn focused(&self) -> Option<egui::Id> {
        self.harness.ctx.memory(egui::Memory::focused)
    }

    /// A keyboard scanner, each key with the system's own time; all of them in one frame.
    pub fn scan(&mut self, code: &str) {
        self.scan_with(code, Key::Enter);
    }

    /// The same with Enter or Tab behind the code.
    pub fn scan_with(&mut self, code: &str, end: Key) {
        // Keys that the toolkit has no name for come as texts alone; the ten-key pad's * is one.
        const NAMELESS: u8 = 63;
        let last = if end == Key::Tab { 23 } else { 36 };
        let keys = code.chars().map(|char| (NAMELESS, Meaning::Char(char)));
        {
            let mut shared = self.shared.0.lock().unwrap();
            shared.hears_keys = true;
            shared.clock += 10_000;
            for (code, meaning) in keys.chain([(last, Meaning::End)]) {
                shared.clock += 5;
                let (at, device) = (shared.clock, "scanner".into());
                let stroke = Stroke { at, device, code, meaning, pressed: true };
                shared.typed.push_back(Typed::Stroke(stroke));
            }
        }
        for char in code.chars() {
            self.harness.event(egui::Event::Text(char.to_string()));
        }
        let (key, modifiers) = (end, Modifiers::NONE);
        for pressed in [true, false] {
            let (physical_key, repeat) = (Some(key), false);
            self.harness.event(egui::Event::Key { key, physical_key, pressed, repeat, modifiers });
        }
        self.settle();
        self.shared.0.lock().unwrap().hears_keys = false;
    }

    /// Chooses an open envelope as Open's list does it: the arrow and Enter.
    pub fn take_envelope(&mut self, id: u64) {
        self.harness.state_mut().put_on_desk(EnvelopeId(id));
        self.settle();
    }

    pub fn lights(&mut self, change: impl FnOnce(&mut Lights)) {
        change(&mut self.shared.0.lock().unwrap().lights);
        self.settle();
    }

    /// A made-up picture under the camera: a light sheet on a dark desk.
    pub fn desk_picture(&mut self) {
        let (width, height) = (640, 360);
        let inside = |x: usize, y: usize| (80..560).contains(&x) && (70..290).contains(&y);
        let grey = |index: usize| {
            let (x, y) = (index % width, index / width);
            if inside(x, y) { 225 - ((x / 16 + y / 16) % 2 * 12) as u8 } else { 70 }
        };
        let luma = (0..width * height).map(grey).collect::<Vec<_>>().into();
        let preview = Preview { no: 1, width, height, luma, outline: None };
        self.shared.0.lock().unwrap().preview = Some(preview);
        self.settle();
    }

    /// Orders since the last call.
    pub fn orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.shared.0.lock().unwrap().orders)
    }

    pub fn hear(&mut self, news: News) {
        self.shared.0.lock().unwrap().news.push_back(news);
        self.settle();
    }

    pub fn show(&mut self, view: View) {
        self.shared.0.lock().unwrap().view = Arc::new(view);
        self.settle();
    }

    /// The ticket of the newest order that is an act.
    pub fn last_ticket(orders: &[Order]) -> Ticket {
        let ticket = |order: &Order| match order {
            Order::Act { ticket, .. } | Order::Ask { ticket, .. } => Some(*ticket),
            _ => None,
        };
        orders.iter().rev().find_map(ticket).unwrap()
    }

    /// With `KENBAN_SHOTS=DIR` a picture of the window goes there, for people to look at.
    pub fn shot(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("KENBAN_SHOTS") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        let image = self.harness.render().unwrap();
        image.save(PathBuf::from(folder).join(format!("{name}.png"))).unwrap();
    }
}
