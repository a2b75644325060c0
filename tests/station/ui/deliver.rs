//! 納品 as the people have it who deliver: ready, what, where; two people; the steps; what is done about
//! trouble.

use super::fixture::{Look, TODAY, Window, envelope, open, person, view};
use egui::Key;
use egui_kittest::kittest::Queryable;
use jiff::civil::date;
use kenban::flow::view::EnvelopeView;
use kenban::flow::{DeliveryId, EnvelopeId, PersonId, SheetId, View};
use kenban::ui::fault::Fault;
use kenban::ui::port::{
    Answer, DeliveryFault, DeliveryLine, DeliveryState, DeliveryStep, FileHead, News, Order,
    PreflightPoint, Query, Room, Target, Trouble,
};
use kenban::ui::session::Stage;
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::Yen;
use std::path::PathBuf;

const SLIP: [(&str, u64, u64); 2] = [("1000", 70, 70), ("500", 38, 38)];

fn closed(id: u64, shop: &str, kinds: &[(&str, u64, u64)]) -> EnvelopeView {
    EnvelopeView { open: false, ..envelope(id, shop, kinds) }
}

fn two_closed() -> View {
    view(vec![closed(124, "A0321004", &SLIP), closed(125, "A0321005", &SLIP)])
}

/// The same with delivery 7 begun and not finished.
fn begun() -> View {
    let mut view = view(vec![
        EnvelopeView { delivering: true, ..closed(124, "A0321004", &SLIP) },
        closed(125, "A0321005", &SLIP),
    ]);
    view.delivering = Some(DeliveryId(7));
    view
}

fn stick(name: &str, room: Room) -> Target {
    let free = if room == Room::Enough { 14_600_000_000 } else { 200_000 };
    let (path, name) = (PathBuf::from("/media/aoi").join(name), name.to_owned());
    Target { path, name, removable: true, free, room }
}

fn files() -> Vec<FileHead> {
    let file = |name: &str, lines: &[&str], rows| FileHead {
        name: name.to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        rows,
    };
    vec![
        file(
            "TRAINING_読取券番号データ_20261124_0008.csv",
            &["封筒番号,位置,券ID,読取券番号", "01-00124,1,01-00124-001,A69006026720"],
            216,
        ),
        file(
            "TRAINING_回収券読取結果データ_20261124_0008.csv",
            &[
                "封筒番号,店舗コード,受付日,位置,券種,額面,券番号,仮券番,結果,理由,確定方法,金額,券ID",
                "01-00124,A0321004,2026-11-20,1,1000,1000,A69006026720,,受付,,machine,1000,01-00124-001",
                "01-00124,A0321004,2026-11-20,2,500,500,00012345678901,,受付,,eye,500,01-00124-002",
            ],
            216,
        ),
        file(
            "TRAINING_店舗別集計_20261124_0008.csv",
            &["店舗コード,店舗名", "A0321004,\"しなの, 本店\""],
            2,
        ),
        file("TRAINING_封筒別集計_20261124_0008.csv", &["封筒番号", "01-00124"], 2),
    ]
}

fn earlier() -> Vec<DeliveryLine> {
    let line = |id, day, state, sheets: u64| DeliveryLine {
        id: DeliveryId(id),
        date: date(2026, 11, day),
        state,
        sheets,
        amount: Yen(i64::try_from(sheets).unwrap() * 833),
    };
    vec![
        line(7, 23, DeliveryState::Done, 1_204),
        line(6, 22, DeliveryState::Failed, 99_999),
        line(5, 20, DeliveryState::Done, 10_312),
        line(4, 19, DeliveryState::Done, 873),
    ]
}

/// What the station would say.
#[derive(Clone)]
struct Station {
    points: Vec<PreflightPoint>,
    targets: Vec<Target>,
    files: Result<Vec<FileHead>, Fault>,
}

impl Default for Station {
    fn default() -> Station {
        Station {
            points: Vec::new(),
            targets: vec![stick("KENBAN", Room::Enough)],
            files: Ok(files()),
        }
    }
}

/// Signs in and goes to Deliver.
fn at_deliver(shown: View, station: Station, id: &str, look: &Look) -> Window {
    let mut window = open(shown, look);
    answers(&window, station);
    window.sign_in(id);
    window.press(Key::F6);
    window
}

fn answers(window: &Window, station: Station) {
    let mut shared = window.shared.0.lock().unwrap();
    shared.answers = vec![Box::new(move |query| match query {
        Query::Preflight => Some(Answer::Preflight(station.points.clone())),
        Query::Targets => Some(Answer::Targets(station.targets.clone())),
        Query::FirstLines => Some(match &station.files {
            Ok(files) => Answer::FirstLines(files.clone()),
            Err(why) => Answer::Failed(why.clone()),
        }),
        Query::Deliveries => Some(Answer::Deliveries(earlier())),
        _ => None,
    })];
}

fn shows(window: &Window, text: &str) -> bool {
    window.harness.query_all_by_label_contains(text).next().is_some()
}

#[track_caller]
fn see(window: &Window, text: &str) {
    assert!(shows(window, text), "not there: {text}");
}

/// Where each delivery that was ordered goes, with the second person.
fn deliveries(window: &mut Window) -> Vec<(PathBuf, PersonId, PersonId)> {
    let orders = window.orders().into_iter();
    let delivery = orders.filter_map(|order| match order {
        Order::Deliver { by, with, target } => Some((target, by, with)),
        _ => None,
    });
    delivery.collect()
}

/// The first one offered stands beside; in training there is no PIN.
fn second(window: &mut Window) {
    see(window, "A second person, please");
    window.type_text("1");
    window.press(Key::Enter);
}

/// Draws on until the screen has looked for sticks once more.
#[track_caller]
fn looked_again(window: &mut Window) {
    window.orders();
    let asked = |order: &Order| matches!(order, Order::Ask { query: Query::Targets, .. });
    for _ in 0..1_000 {
        window.settle();
        if window.orders().iter().any(asked) {
            return window.settle();
        }
    }
    panic!("nobody looks for sticks any more");
}

fn hear(window: &mut Window, step: DeliveryStep) {
    window.hear(News::Delivering(step));
}

fn done() -> DeliveryStep {
    DeliveryStep::Done {
        id: DeliveryId(8),
        folder: PathBuf::from("/media/aoi/KENBAN/TRAINING_five-layouts_20261124_01-0008"),
        sheets: 216,
        amount: Yen(178_000),
    }
}

#[test]
fn only_those_who_may_deliver_see_it() {
    let mut window = at_deliver(two_closed(), Station::default(), "o1", &Look::default());
    see(&window, "Delivering is for delivery staff and supervisors");
    window.orders();
    window.press(Key::Enter);
    window.type_text("+-0");
    assert!(window.orders().is_empty());
    assert!(!shows(&window, "KENBAN"));
}

#[test]
fn two_people_deliver_to_the_stick_that_was_chosen() {
    let targets = vec![stick("FIRST", Room::Enough), stick("OTHER", Room::Enough)];
    let station = Station { targets, ..Station::default() };
    let mut window = at_deliver(two_closed(), station, "d1", &Look::default());
    see(&window, "Ready to deliver");
    window.type_text("2");
    window.orders();
    window.press(Key::Enter);
    assert_eq!(deliveries(&mut window), [], "delivered by one person alone");
    see(&window, "Deliver to OTHER: 2 envelopes, 216 sheets, ¥216,000.");
    // Only who may deliver is asked: the two supervisors.
    assert!(!shows(&window, "o1さん"));
    second(&mut window);
    let to = PathBuf::from("/media/aoi/OTHER");
    assert_eq!(deliveries(&mut window), [(to, person("d1"), person("s1"))]);
    see(&window, "Preparing the delivery");
}

#[test]
fn enter_does_nothing_while_a_line_is_in_the_way() {
    let sheet = SheetId { envelope: EnvelopeId(124), ordinal: 3 };
    let points = vec![PreflightPoint::Blocked(vec![sheet])];
    let station = Station { points, ..Station::default() };
    let mut window = at_deliver(two_closed(), station, "d1", &Look::default());
    see(&window, "Not ready yet");
    see(&window, "In the way: 1 sheet counts under a number that is blocked by now.");
    window.press(Key::Enter);
    assert!(!shows(&window, "A second person, please"));
    see(&window, "Something marked × is in the way.");
    // And the line leads to the sheet.
    window.type_text(".");
    assert_eq!(window.harness.state().session().stage, Stage::Edit);
}

#[test]
fn each_line_leads_to_where_it_is_mended() {
    let points = vec![
        PreflightPoint::NoShopName(vec!["A0321004".to_owned()]),
        PreflightPoint::InHand { check: 0, entry: 4, settle: 1 },
        PreflightPoint::Open(vec![EnvelopeId(126)]),
        PreflightPoint::Held(3),
    ];
    let station = Station { points, ..Station::default() };
    // As they stand on the screen: names, held, in hand, open.
    let stages = [Stage::Supervisor, Stage::Edit, Stage::Entry, Stage::Edit];
    for (down, stage) in stages.into_iter().enumerate() {
        let mut window = at_deliver(two_closed(), station.clone(), "d1", &Look::default());
        see(&window, "Ready to deliver");
        for _ in 0..down {
            window.press(Key::ArrowDown);
        }
        window.type_text(".");
        assert_eq!(window.harness.state().session().stage, stage, "{down} down");
    }
    let station = Station { points: vec![PreflightPoint::NothingClosed], ..Station::default() };
    let open_ones = view(vec![envelope(124, "A0321004", &SLIP)]);
    let mut window = at_deliver(open_ones, station, "d1", &Look::default());
    see(&window, "In the way: No envelope is closed yet.");
    window.type_text(".");
    assert_eq!(window.harness.state().session().stage, Stage::Edit);
}

#[test]
fn without_a_second_person_it_says_so_before() {
    let mut alone = two_closed();
    alone.people.retain(|it| it.id == person("d1") || it.id == person("o1"));
    let mut window = at_deliver(alone, Station::default(), "d1", &Look::default());
    see(&window, "In the way: Nobody else here may deliver.");
    window.press(Key::Enter);
    assert!(!shows(&window, "A second person, please"));
}

#[test]
fn progress_is_seen_and_not_interrupted_and_the_end_is_large() {
    let mut window = at_deliver(two_closed(), Station::default(), "d1", &Look::default());
    window.press(Key::Enter);
    second(&mut window);
    window.orders();
    hear(&mut window, DeliveryStep::Prepared { id: DeliveryId(8) });
    see(&window, "Delivery 01-0008 is being written");
    hear(&mut window, DeliveryStep::Writing { sheets: 54, of: 216 });
    see(&window, "Envelopes fixed: done");
    see(&window, "Writing 25 %");
    for key in [Key::Enter, Key::Escape] {
        window.press(key);
    }
    window.type_text("-.0+1");
    assert!(window.orders().is_empty(), "a delivery under way took keys");
    // Another stage may be looked at meanwhile.
    window.press(Key::F3);
    hear(&mut window, DeliveryStep::Flushing);
    window.press(Key::F6);
    see(&window, "Flushing to the medium: now");
    hear(&mut window, DeliveryStep::ReadingBack { bytes: 300, of: 400 });
    see(&window, "Reading back 75 %");
    see(&window, "Leave the medium in until it says done.");
    hear(&mut window, DeliveryStep::ReadingBack { bytes: 400, of: 400 });
    see(&window, "Sealing: now");
    hear(&mut window, done());
    see(&window, "Delivery 01-0008 is done. You may take the medium out.");
    see(&window, "216 sheets, ¥178,000");
    see(&window, "TRAINING_five-layouts_20261124_01-0008");
    let saved = window.orders().into_iter().find_map(|order| match order {
        Order::Save(settings) => Some(settings.target),
        _ => None,
    });
    assert_eq!(saved.as_deref(), Some("/media/aoi/KENBAN"), "the place is remembered");
    window.show(view(Vec::new()));
    window.press(Key::Enter);
    see(&window, "No envelope is closed yet.");
}

#[test]
fn a_failure_says_what_to_do_and_leaves_the_way_open() {
    let mut window = at_deliver(two_closed(), Station::default(), "d1", &Look::default());
    window.press(Key::Enter);
    second(&mut window);
    let failed = |fault, still_prepared| DeliveryStep::Failed {
        fault,
        why: "os error 28".to_owned(),
        still_prepared,
    };
    hear(&mut window, failed(DeliveryFault::Full, false));
    see(&window, "The medium is full. Use an emptier one.");
    see(&window, "Nothing was delivered.");
    see(&window, "os error 28");
    // Enter tries again.
    window.orders();
    window.press(Key::Enter);
    second(&mut window);
    assert_eq!(deliveries(&mut window).len(), 1);
    window.show(begun());
    hear(&mut window, failed(DeliveryFault::Uncertain, true));
    see(&window, "Put the same medium back in; it is checked byte by byte.");
    see(&window, "Delivery 01-0007 stays begun.");
    let why = Trouble::NotSaved(Fault::DiskFull);
    hear(&mut window, failed(DeliveryFault::Station(why), true));
    see(&window, "Not saved, so not counted: The disk is full. Make room");
}

#[test]
fn what_was_begun_is_finished_or_given_up_with_a_reason_by_two() {
    let points = vec![PreflightPoint::Unfinished(DeliveryId(7))];
    let station = Station { points, ..Station::default() };
    let mut window = at_deliver(begun(), station, "s2", &Look::default());
    see(&window, "Delivery 01-0007 was begun and is not finished.");
    // Only what is in it.
    see(&window, "108 sheets");
    window.press(Key::Enter);
    window.orders();
    second(&mut window);
    assert_eq!(deliveries(&mut window).len(), 1, "it is finished by two");
    let failed = DeliveryStep::Failed {
        fault: DeliveryFault::Gone,
        why: "gone".to_owned(),
        still_prepared: true,
    };
    hear(&mut window, failed);
    window.type_text("-");
    see(&window, "Give up delivery 01-0007?");
    window.press(Key::Enter);
    see(&window, "Type a reason.");
    assert!(!shows(&window, "A second person, please"));
    window.type_text("stick broke");
    window.press(Key::Enter);
    second(&mut window);
    let orders = window.orders();
    let given_up = orders.iter().find_map(|order| match order {
        Order::Abandon { ticket, by, with, reason } => Some((*ticket, by, with, reason.as_str())),
        _ => None,
    });
    let (ticket, by, with, reason) = given_up.expect("it was not given up");
    assert_eq!((by, with, reason), (&person("s2"), &person("s1"), "stick broke"));
    window.hear(News::Done { ticket, events: Vec::new() });
    see(&window, "The delivery is given up.");
    assert!(!shows(&window, "Give up delivery"));
}

#[test]
fn escape_leaves_giving_up_and_no_key_acts_under_it() {
    let mut window = at_deliver(begun(), Station::default(), "d1", &Look::default());
    window.type_text("-");
    window.orders();
    window.type_text("0-+.");
    window.press(Key::Escape);
    assert!(!shows(&window, "Give up delivery"));
    let asks = |order: &Order| matches!(order, Order::Ask { .. });
    assert!(window.orders().iter().all(asks));
    see(&window, "was begun and is not finished");
}

#[test]
fn sticks_come_and_go_by_themselves() {
    let none = Station { targets: Vec::new(), ..Station::default() };
    let mut window = at_deliver(two_closed(), none, "d1", &Look::default());
    see(&window, "Put a stick in. It shows here by itself.");
    window.press(Key::Enter);
    assert!(!shows(&window, "A second person, please"));
    let targets = vec![
        stick("LOCKED", Room::NotWritable),
        stick("TINY", Room::TooFull { needed: 1_500_000 }),
    ];
    answers(&window, Station { targets: targets.clone(), ..Station::default() });
    looked_again(&mut window);
    see(&window, "Write-protected. Move its switch, or use another one.");
    see(&window, "Too full: 200 KB free, 1.5 MB needed.");
    window.type_text("1");
    window.press(Key::Enter);
    assert!(!shows(&window, "A second person, please"), "a stick that can't take it was taken");
    let targets = [targets, vec![stick("GOOD", Room::Enough)]].concat();
    answers(&window, Station { targets, ..Station::default() });
    looked_again(&mut window);
    see(&window, "14.6 GB free");
    window.press(Key::Enter);
    see(&window, "Deliver to GOOD");
}

#[test]
fn a_folder_can_be_typed() {
    let none = Station { targets: Vec::new(), ..Station::default() };
    let mut window = at_deliver(two_closed(), none, "d1", &Look::default());
    window.type_text("0");
    window.type_text("out");
    window.press(Key::Enter);
    see(&window, "Type the whole path of the folder");
    for _ in 0..3 {
        window.press(Key::Backspace);
    }
    window.type_text("/srv/out");
    window.press(Key::Enter);
    assert!(!shows(&window, "A second person, please"), "one Enter did two things");
    window.press(Key::Enter);
    second(&mut window);
    let to = deliveries(&mut window).pop().unwrap().0;
    assert_eq!(to, PathBuf::from("/srv/out"));
}

#[test]
fn first_lines_are_shown_large_field_by_field() {
    let mut window = at_deliver(two_closed(), Station::default(), "d1", &Look::default());
    see(&window, "216 rows");
    window.type_text("+");
    see(&window, "A69006026720");
    window.type_text("3");
    see(&window, "しなの, 本店");
    assert!(!shows(&window, "A69006026720"));
    window.type_text("+");
    assert!(!shows(&window, "しなの, 本店"));
    see(&window, "Ready to deliver");
}

#[test]
fn what_could_not_be_written_is_told_before_anything_is_begun() {
    let files = Err(Fault::Text { text: "カフェé".to_owned(), found: 'é' });
    let station = Station { files, ..Station::default() };
    let window = at_deliver(two_closed(), station, "d1", &Look::default());
    see(&window, "These envelopes can't be delivered as they are.");
    see(&window, "In \"カフェé\" the character \"é\" can't stand in the delivery's files.");
}

#[test]
fn earlier_deliveries_stand_below() {
    let window = at_deliver(two_closed(), Station::default(), "d1", &Look::default());
    see(&window, "01-0007 2026-11-23 1,204 sheets ¥1,002,932 delivered");
    assert!(TODAY > date(2026, 11, 23));
}

#[test]
fn it_speaks_japanese() {
    let mut window = at_deliver(two_closed(), Station::default(), "d1", &Look::japanese());
    see(&window, "納品できます");
    window.press(Key::Enter);
    see(&window, "KENBAN に納品します（2封筒・216枚・216,000円）。");
    window.type_text("1");
    window.press(Key::Enter);
    hear(&mut window, done());
    see(&window, "納品 01-0008 できました。媒体を抜いてください。");
}

#[test]
fn shots_of_deliver() {
    let sheet = SheetId { envelope: EnvelopeId(124), ordinal: 3 };
    let all = vec![
        PreflightPoint::Blocked(vec![sheet]),
        PreflightPoint::NoShopName(vec!["A0321004".to_owned(), "A0321005".to_owned()]),
        PreflightPoint::InHand { check: 12, entry: 4, settle: 2 },
        PreflightPoint::Open(vec![EnvelopeId(126), EnvelopeId(127)]),
        PreflightPoint::Held(3),
    ];
    for (name, language, look, size, scale) in [
        ("deliver-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("deliver-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("deliver-en", Language::En, Colours::Light, (1280.0, 720.0), 100),
        ("deliver-ja-200", Language::Ja, Colours::Contrast, (1280.0, 720.0), 200),
        ("deliver-ja-150", Language::Ja, Colours::Dark, (1920.0, 1080.0), 150),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let look = Look { size, settings };
        let mut many = two_closed();
        let big = closed(126, "A0321999", &[("1000", 99_999, 99_999)]);
        many.envelopes.insert(big.id, big.into());
        let targets = vec![
            stick("KENBAN", Room::Enough),
            stick("とても長い名前の付いた青いスティック (SanDisk Cruzer Blade)", Room::NotWritable),
        ];
        let station = Station { targets, points: all.clone(), ..Station::default() };
        let good = Station { points: vec![PreflightPoint::Held(3)], ..station.clone() };
        let mut window = at_deliver(many.clone(), good, "d1", &look);
        window.shot(&format!("{name}-ready"));
        window.type_text("+");
        window.type_text("2");
        window.shot(&format!("{name}-files"));
        window.type_text("+");
        window.press(Key::Enter);
        window.shot(&format!("{name}-second"));
        window.type_text("1");
        window.press(Key::Enter);
        hear(&mut window, DeliveryStep::Prepared { id: DeliveryId(8) });
        hear(&mut window, DeliveryStep::Writing { sheets: 10_000, of: 100_215 });
        window.harness.run_steps(200);
        hear(&mut window, DeliveryStep::Writing { sheets: 42_300, of: 100_215 });
        window.shot(&format!("{name}-writing"));
        hear(&mut window, done());
        window.shot(&format!("{name}-done"));
        let mut window = at_deliver(many, station.clone(), "d1", &look);
        window.shot(&format!("{name}-not-ready"));
        let mut window = at_deliver(begun(), station, "d1", &look);
        hear(
            &mut window,
            DeliveryStep::Failed {
                fault: DeliveryFault::Uncertain,
                why: "reading back /media/aoi/KENBAN/TRAINING_x: Input/output error".to_owned(),
                still_prepared: true,
            },
        );
        window.shot(&format!("{name}-failed"));
        window.type_text("-");
        window.type_text("stick broke");
        window.shot(&format!("{name}-give-up"));
        let nothing = Station { points: vec![PreflightPoint::NothingClosed], ..Station::default() };
        let mut window = at_deliver(view(Vec::new()), nothing, "d1", &look);
        window.shot(&format!("{name}-nothing"));
    }
}
