//! Questions on a real small campaign: counted, closed, delivered in folders of its own.

use super::super::keep::{self, DeliveryJob};
use super::*;
use crate::flow::event::{Capture, Keyed, List, Mode, Source};
use crate::flow::input::{Settlement, TakeSheet};
use crate::flow::{DeliveryId, EnvelopeId, Event, Input, Person, PersonId, Role, Sha256, SheetId};
use crate::picture::{Luma, encode_jpeg};
use crate::rig::{self, Beginning, importing, keys, today};
use crate::store::pictures::Entry;
use crate::ui::fault::{Fault, Io};
use crate::ui::port::{
    BadProfile, DeliveryFault, DeliveryState, DeliveryStep, News, PictureSize, PreflightPoint,
    ProfileSource, Room,
};
use crate::ui::settings::Settings;
use crate::voucher::{KindId, Number, Reading, Side, Yen};
use crossbeam_channel::{Receiver, bounded};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

const PROFILE: &str = include_str!("../../../../assets/profiles/five-layouts.toml");

/// A campaign with a data folder and a stick, and one envelope of shop S1.
struct Site {
    dir: tempfile::TempDir,
    rig: Arc<Rig>,
    envelope: EnvelopeId,
}

fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

/// Keys of all campaigns of this test go to one folder that goes away with it.
fn keys() {
    static KEYS: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = KEYS.get_or_init(|| tempfile::tempdir().unwrap());
    assert!(keys::keep_in(folder.path()));
}

fn site(slip: u32) -> Site {
    keys();
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("stick")).unwrap();
    let people = [
        ("s1", Role::Supervisor),
        ("s2", Role::Supervisor),
        ("o1", Role::Operator),
        ("o2", Role::Operator),
        ("d1", Role::Delivery),
    ];
    let named = |(id, role)| Person { id: person(id), name: format!("{id}さん"), role };
    let beginning = Beginning {
        profile_toml: PROFILE,
        station: "01",
        mode: Mode::Training,
        people: people.map(named).into(),
    };
    let rig = rig::begin(&dir.path().join("data"), beginning).unwrap();
    let shops = "code,name,kana\nS1,\"しなの, 本店\",シナノ\nS2,食堂まつ,ショクドウマツ\n";
    let listed = importing::read(List::Shops, shops.as_bytes(), &rig.profile).unwrap();
    let (input, bytes) = listed.into_act();
    rig.act_with(&person("s1"), None, input, bytes).unwrap();
    let input = Input::OpenEnvelope {
        shop: "S1".to_owned(),
        slip: [(KindId::new("1000"), slip)].into(),
        arrived: today(),
        business_day: today(),
    };
    let events = rig.act(&person("o1"), None, input).unwrap();
    let envelope = events.iter().find_map(|it| it.event.envelope()).unwrap();
    Site { dir, rig: Arc::new(rig), envelope }
}

impl Site {
    fn act(&self, by: &str, with: Option<&str>, input: Input) -> Vec<crate::flow::Recorded> {
        let with = with.map(person);
        self.rig.act(&person(by), with.as_ref(), input).unwrap()
    }

    fn number(&self, serial: u64) -> Number {
        let layout = self.rig.profile.layouts.iter().find(|it| it.id.as_str() == "A").unwrap();
        layout.number.compose("", serial).unwrap()
    }

    /// A sheet that waits for keying; with a picture under the desk camera, or without.
    fn take(&self, picture: Option<&[u8]>) -> SheetId {
        let source = match picture {
            None => Source::Hand {},
            Some(bytes) => {
                let sha256 = Sha256::of(bytes);
                let crop = encode_jpeg(&Luma::flat(40, 10, 90), 85);
                let mut pictures = Pictures::open(&self.rig.data).unwrap();
                let entry = Entry { sha256, bytes: bytes.to_vec(), crop };
                pictures.put("2026-11-24", &[entry]).unwrap();
                Source::Camera { size: bytes.len() as u64, sha256 }
            }
        };
        let capture = Capture { side: Side::Front, source, reading: Reading::default() };
        let input = Input::TakeSheet(TakeSheet {
            envelope: self.envelope,
            captures: vec![capture],
            operator_kind: Some(KindId::new("1000")),
        });
        let events = self.act("o1", None, input);
        let taken = events.iter().find_map(|it| match &it.event {
            Event::SheetTaken(taken) => Some(taken.sheet),
            _ => None,
        });
        taken.unwrap()
    }

    fn key(&self, sheet: SheetId, serial: u64) {
        for by in ["o1", "o2"] {
            let answer = Keyed::Number(self.number(serial));
            self.act(by, None, Input::Key { sheet, answer, kind: None });
        }
    }

    /// Two sheets are counted under numbers, one is held; then the envelope is closed.
    fn counted_and_closed() -> Site {
        let site = site(3);
        site.key(site.take(None), 6_900_602);
        site.key(site.take(None), 6_900_603);
        let held = site.take(None);
        let decision = Settlement::Hold { defect: None };
        let reason = "照会".to_owned();
        let input = Input::Settle { sheet: held, decision, kind: None, reason };
        site.act("s1", Some("s2"), input);
        site.act("o1", None, Input::CloseEnvelope { envelope: site.envelope, reason: None });
        site
    }

    #[track_caller]
    fn ask(&self, query: Query) -> Answer {
        Questions::open(&self.rig).unwrap().answer(&self.rig, query).unwrap()
    }

    fn stick(&self) -> PathBuf {
        self.dir.path().join("stick")
    }

    fn deliver_to(&self, target: PathBuf) -> (DeliveryJob, Receiver<News>) {
        let (news, heard) = bounded(64);
        let rig = Arc::clone(&self.rig);
        let wake = Arc::new(|| {});
        let job = DeliveryJob::start(rig, person("d1"), person("s1"), target, news, wake);
        (job.unwrap(), heard)
    }

    /// All steps of a delivery, to its end.
    fn steps(&self, target: PathBuf) -> Vec<DeliveryStep> {
        let (job, heard) = self.deliver_to(target);
        drop(job);
        let step = |news| match news {
            News::Delivering(step) => step,
            other => panic!("{other:?}"),
        };
        heard.try_iter().map(step).collect()
    }

    fn close(self) {
        Arc::try_unwrap(self.rig).unwrap().close().unwrap();
    }
}

#[test]
fn shops_sheets_and_envelopes_as_they_are_on_the_disk() {
    let site = site(2);
    let Answer::Shops { shops, .. } = site.ask(Query::Shops("まつ".to_owned())) else { panic!() };
    assert_eq!(shops.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["S2"]);
    let Answer::Shop { shop, .. } = site.ask(Query::Shop("S1".to_owned())) else { panic!() };
    assert_eq!(shop.unwrap().name, "しなの, 本店");
    let sheet = site.take(None);
    site.key(sheet, 6_900_602);
    let number = site.number(6_900_602);
    let Answer::Search { found, more, .. } = site.ask(Query::Search(number.to_string())) else {
        panic!()
    };
    assert!(!more);
    let found = &found[0];
    assert_eq!((found.sheet, found.place.as_str()), (sheet, "accepted"));
    assert_eq!(found.number.as_deref(), Some(number.as_str()));
    assert_eq!(found.shop_name, "しなの, 本店");
    let Answer::Sheet(Some(file)) = site.ask(Query::Sheet(sheet)) else { panic!() };
    assert_eq!((file.position, file.story.len(), file.delivered), (1, 3, None));
    // One that was taken back has its story too.
    let undone = site.take(None);
    site.act("o1", None, Input::Undo { sheet: undone });
    let Answer::Sheet(Some(file)) = site.ask(Query::Sheet(undone)) else { panic!() };
    assert_eq!(file.story.len(), 2);
    let beyond = SheetId { ordinal: 99, ..sheet };
    assert!(matches!(site.ask(Query::Sheet(beyond)), Answer::Sheet(None)));
    let Answer::Envelope(Some(envelope)) = site.ask(Query::Envelope(site.envelope)) else {
        panic!()
    };
    assert_eq!(envelope.live().count(), 1);
    assert!(matches!(site.ask(Query::Envelope(EnvelopeId(77))), Answer::Envelope(None)));
    assert!(matches!(site.ask(Query::TrainingEnvelope), Answer::TrainingEnvelope(None)));
    site.close();
}

#[test]
fn pictures_come_small_enough_and_what_is_missing_is_empty() {
    let site = site(1);
    let large = encode_jpeg(&Luma::flat(3_300, 900, 200), 85);
    let sha256 = Sha256::of(&large);
    site.take(Some(&large));
    let missing = Sha256::of(b"nothing");
    let Answer::Pixels(crops) = site.ask(Query::Crops(vec![missing, sha256])) else { panic!() };
    let sizes = crops.iter().map(|(of, size, it)| (*of, *size, it.width, it.height, it.rgb.len()));
    assert_eq!(
        sizes.collect::<Vec<_>>(),
        [(missing, PictureSize::Crop, 0, 0, 0), (sha256, PictureSize::Crop, 40, 10, 1_200)]
    );
    let Answer::Pixels(whole) = site.ask(Query::Picture(sha256)) else { panic!() };
    let [(_, PictureSize::Whole, pixels)] = &whole[..] else { panic!() };
    assert_eq!((pixels.width, pixels.height), (1_100, 300));
    assert_eq!(pixels.rgb.len(), 1_100 * 300 * 3);
    assert!(pixels.rgb.iter().all(|grey| grey.abs_diff(200) < 3));
    let Answer::Pixels(none) = site.ask(Query::Picture(missing)) else { panic!() };
    assert_eq!(none[0].2.width, 0);
    assert_eq!(picture::seen(b"no picture", 100).width, 0);
    site.close();
}

#[test]
fn how_a_kept_picture_was_read() {
    use crate::ui::port::Unread;
    use crate::voucher::steps::{Note, Step};
    let site = site(2);
    let plain = encode_jpeg(&Luma::flat(3_300, 900, 200), 85);
    let broken = b"no picture".as_slice();
    site.take(Some(&plain));
    site.take(Some(broken));
    let ask = |bytes: &[u8]| {
        let query = Query::Explain { picture: Sha256::of(bytes), side: Side::Front };
        match site.ask(query) {
            Answer::Explained(explained) => explained,
            other => panic!("{other:?}"),
        }
    };
    let explained = ask(&plain).unwrap();
    assert_eq!(explained.reading.barcode, None);
    let first = &explained.steps[0];
    assert_eq!((first.step, &first.note), (Step::Outline, &Note::NoOutline));
    for step in &explained.steps {
        let pixels = &step.pixels;
        assert!(pixels.width.max(pixels.height) <= 1_600, "{step:?}");
        assert!(pixels.width > 0 && pixels.rgb.len() == pixels.width * pixels.height * 3);
    }
    assert_eq!(ask(broken).unwrap_err(), Unread::Broken);
    assert_eq!(ask(b"never taken").unwrap_err(), Unread::Gone);
    site.close();
}

#[test]
fn what_a_delivery_would_be_and_where_it_can_go() {
    let open = site(5);
    open.take(None);
    let Answer::Preflight(points) = open.ask(Query::Preflight) else { panic!() };
    assert_eq!(
        points,
        [
            PreflightPoint::NothingClosed,
            PreflightPoint::InHand { check: 0, entry: 1, settle: 0 },
            PreflightPoint::Open(vec![open.envelope]),
        ]
    );
    let Answer::FirstLines(none) = open.ask(Query::FirstLines) else { panic!() };
    assert_eq!(none, []);
    open.close();

    let site = Site::counted_and_closed();
    let Answer::Preflight(points) = site.ask(Query::Preflight) else { panic!() };
    assert_eq!(points, [PreflightPoint::Held(1)]);
    let Answer::FirstLines(files) = site.ask(Query::FirstLines) else { panic!() };
    assert_eq!(files.iter().map(|file| file.rows).collect::<Vec<_>>(), [3, 3, 1, 1]);
    assert!(files.iter().all(|file| file.name.contains("0001")), "{files:?}");
    let number = site.number(6_900_602);
    assert!(files[1].lines[1].contains(number.as_str()), "{files:?}");
    assert!(files[2].lines[1].contains("\"しなの, 本店\""), "{files:?}");
    // Nothing was begun by looking.
    assert_eq!(site.rig.board().view().delivering, None);
    let settings = Settings { target: site.stick().display().to_string(), ..Settings::default() };
    keep::write_settings(&site.rig.data, &settings).unwrap();
    let Answer::Targets(targets) = site.ask(Query::Targets) else { panic!() };
    let ours = targets.iter().find(|target| target.path == site.stick()).unwrap();
    assert_eq!((ours.name.as_str(), ours.removable, ours.room), ("stick", false, Room::Enough));
    std::fs::remove_dir(site.stick()).unwrap();
    let Answer::Targets(targets) = site.ask(Query::Targets) else { panic!() };
    assert!(targets.iter().all(|target| target.path != site.stick()));
    site.close();
}

#[test]
fn a_delivery_tells_its_steps_and_then_stands_among_the_earlier() {
    let site = Site::counted_and_closed();
    let Answer::FirstLines(before) = site.ask(Query::FirstLines) else { panic!() };
    let steps = site.steps(site.stick());
    assert!(matches!(steps[0], DeliveryStep::Prepared { id: DeliveryId(1) }), "{steps:?}");
    assert!(matches!(steps[1], DeliveryStep::Writing { sheets: 3, of: 3 }), "{steps:?}");
    assert!(steps.iter().any(|step| matches!(step, DeliveryStep::Flushing)), "{steps:?}");
    let whole = |step: &DeliveryStep| matches!(step, DeliveryStep::ReadingBack { bytes, of } if bytes == of && *of > 0);
    assert!(steps.iter().any(whole), "{steps:?}");
    let Some(DeliveryStep::Done { id, folder, sheets: 3, amount: Yen(2_000) }) = steps.last()
    else {
        panic!("{steps:?}")
    };
    assert_eq!(*id, DeliveryId(1));
    let report = crate::delivery::verify(folder, None).unwrap();
    assert_eq!(report.findings, []);
    // What was shown before is what is there.
    for file in before {
        let text = std::fs::read(folder.join(&file.name)).unwrap();
        let text = crate::delivery::encoding::decode(&text, site.rig.profile.delivery.encoding);
        // The mark that Excel wants is no part of what is read.
        let text = text.unwrap();
        let text = text.trim_start_matches('\u{feff}');
        assert_eq!(file.lines, text.lines().collect::<Vec<_>>());
    }
    let Answer::Deliveries(earlier) = site.ask(Query::Deliveries) else { panic!() };
    assert_eq!(earlier.len(), 1);
    assert_eq!((earlier[0].state, earlier[0].sheets), (DeliveryState::Done, 3));
    let Answer::Preflight(points) = site.ask(Query::Preflight) else { panic!() };
    assert_eq!(points, [PreflightPoint::NothingClosed]);
    site.close();
}

/// A folder of the delivery's name that holds something else.
fn in_the_way(site: &Site) -> PathBuf {
    let date = today().strftime("%Y%m%d").to_string();
    let name = format!("TRAINING_{}_{date}_01-0001", site.rig.genesis.campaign);
    let folder = site.stick().join(name);
    std::fs::create_dir(&folder).unwrap();
    folder
}

#[test]
fn a_delivery_that_fails_says_what_is_to_be_done() {
    let site = Site::counted_and_closed();
    let failed = |steps: &[DeliveryStep]| match steps.last() {
        Some(DeliveryStep::Failed { fault, still_prepared, .. }) => {
            (fault.clone(), *still_prepared)
        }
        other => panic!("{other:?}"),
    };
    let steps = site.steps(site.dir.path().join("nowhere"));
    assert!(matches!(failed(&steps), (DeliveryFault::NoFolder, false)), "{steps:?}");
    let folder = in_the_way(&site);
    let steps = site.steps(site.stick());
    assert!(matches!(failed(&steps), (DeliveryFault::AlreadyThere, false)), "{steps:?}");
    // Its number is not used again; the next one goes through.
    std::fs::remove_dir(folder).unwrap();
    let steps = site.steps(site.stick());
    let done = matches!(steps.last(), Some(DeliveryStep::Done { id: DeliveryId(2), .. }));
    assert!(done, "{steps:?}");
    site.close();
}

#[test]
fn a_delivery_that_was_begun_stays_begun_until_it_is_finished() {
    let site = Site::counted_and_closed();
    let input = Input::PrepareDelivery { envelopes: None, date: today() };
    site.act("d1", Some("s1"), input);
    let Answer::Preflight(points) = site.ask(Query::Preflight) else { panic!() };
    assert_eq!(points[0], PreflightPoint::Unfinished(DeliveryId(1)));
    let Answer::FirstLines(files) = site.ask(Query::FirstLines) else { panic!() };
    assert!(files[0].name.contains("0001") && files[0].rows == 3, "{files:?}");
    let folder = in_the_way(&site);
    let steps = site.steps(site.stick());
    let stays = matches!(
        steps.last(),
        Some(DeliveryStep::Failed { fault: DeliveryFault::AlreadyThere, still_prepared: true, .. })
    );
    assert!(stays, "{steps:?}");
    std::fs::remove_dir(folder).unwrap();
    let steps = site.steps(site.stick());
    let done = matches!(steps.last(), Some(DeliveryStep::Done { id: DeliveryId(1), .. }));
    assert!(done, "{steps:?}");
    site.close();
}

/// What can be asked while there is no campaign.
fn asked(query: Query) -> Answer {
    before_campaign(query, Path::new("data"))
}

#[test]
fn profiles_are_looked_at_before_there_is_a_campaign() {
    let sample = asked(Query::CheckProfile(ProfileSource::Sample("demo")));
    let Answer::Profile(Ok(summary)) = sample else { panic!("{sample:?}") };
    assert_eq!(summary.toml, crate::demo::PROFILE);
    let dir = tempfile::tempdir().unwrap();
    let check = |text: &[u8]| {
        let path = dir.path().join("p.toml");
        std::fs::write(&path, text).unwrap();
        match asked(Query::CheckProfile(ProfileSource::File(path))) {
            Answer::Profile(checked) => checked.map(|_| ()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(check(PROFILE.as_bytes()), Ok(()));
    assert!(matches!(check(b"campaign = 7\n"), Err(BadProfile::Mistakes(all)) if !all.is_empty()));
    let unfit = |text: &[u8]| match check(text) {
        Err(BadProfile::File(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert!(matches!(unfit(b"\xFF\xFE"), Fault::FileNotText(_)));
    let large = "# too much\n".repeat(100_000);
    assert!(matches!(unfit(large.as_bytes()), Fault::FileTooLarge(_)));
    let gone = ProfileSource::File(dir.path().join("none"));
    let Answer::Profile(Err(why)) = asked(Query::CheckProfile(gone)) else { panic!() };
    assert!(matches!(why, BadProfile::File(Fault::File { why: Io::NotThere, .. })), "{why:?}");
    let folder = ProfileSource::File(dir.path().to_owned());
    let Answer::Profile(Err(why)) = asked(Query::CheckProfile(folder)) else { panic!() };
    assert!(matches!(why, BadProfile::File(Fault::File { why: Io::IsFolder, .. })), "{why:?}");
    assert!(matches!(asked(Query::Devices), Answer::Devices(_)));
    assert!(matches!(asked(Query::Preflight), Answer::Failed(_)));
}

#[test]
fn every_sample_is_right() {
    for name in ["demo", "five-layouts", "twelve-digits-nw7", "fourteen-digits", "book-and-branch"]
    {
        let answer = profile::check(&ProfileSource::Sample(name));
        assert!(matches!(answer, Answer::Profile(Ok(_))), "{name}: {answer:?}");
    }
    assert!(matches!(profile::check(&ProfileSource::Sample("none")), Answer::Profile(Err(_))));
}

#[test]
fn the_made_up_campaign_has_its_people_shops_and_envelopes() {
    keys();
    let dir = tempfile::tempdir().unwrap();
    let (ears, _outcomes) = bounded(8);
    let beginning = crate::ui::port::Beginning {
        profile_toml: String::new(),
        station: "07".to_owned(),
        mode: Mode::Live,
        people: Vec::new(),
        made_up: true,
    };
    let rig = keep::begin(dir.path(), beginning, ears).unwrap();
    assert!(rig.training(), "made-up sheets in a live campaign");
    assert_eq!(rig.genesis.station.as_str(), "07");
    assert_eq!(rig.board().view().people.len(), 6);
    let mut questions = Questions::open(&rig).unwrap();
    let next = questions.answer(&rig, Query::TrainingEnvelope).unwrap();
    let Answer::TrainingEnvelope(Some(first)) = next else { panic!("{next:?}") };
    let Ok(Answer::Shop { shop: Some(shop), .. }) =
        questions.answer(&rig, Query::Shop(first.shop.clone()))
    else {
        panic!()
    };
    assert_eq!(shop.name, first.shop_name);
    let input = Input::OpenEnvelope {
        shop: first.shop.clone(),
        slip: first.slip.clone(),
        arrived: first.arrived,
        business_day: first.arrived,
    };
    let by = rig.first_person().unwrap();
    rig.act(&by, None, input).unwrap();
    let next = questions.answer(&rig, Query::TrainingEnvelope).unwrap();
    let Answer::TrainingEnvelope(Some(second)) = next else { panic!("{next:?}") };
    assert_ne!(first, second);
    drop(questions);
    rig.close().unwrap();
}
