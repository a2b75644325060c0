//! The station behind the window: what the window orders and what it hears, with the real desk, store and
//! simulated devices.

use crossbeam_channel::{Receiver, bounded};
use kenban::flow::event::Place;
use kenban::flow::outcome::{Outcome, Via};
use kenban::flow::{EnvelopeId, Input, PersonId};
use kenban::rig::window::{StationPort, training};
use kenban::ui::lesson::{Learned, Lesson};
use kenban::ui::port::{
    Answer, FolderNews, Lane, Light, News, NotTaken, Order, Port, Query, Ticket,
};
use kenban::voucher::Side;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// One folder of keys for all stations of this process.
static KEYS: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

struct Station {
    port: StationPort,
    wakes: Receiver<()>,
    _dir: tempfile::TempDir,
}

/// A training station with its first envelope open and read by an operator.
fn station() -> Station {
    let dir = tempfile::tempdir().unwrap();
    assert!(kenban::rig::keys::keep_in(KEYS.path()));
    let (woken, wakes) = bounded(1);
    let wake = Arc::new(move || if woken.try_send(()).is_err() {});
    let out = dir.path().join("stick");
    let port = StationPort::training(&dir.path().join("data"), &out, wake).unwrap();
    let mut station = Station { port, wakes, _dir: dir };
    let campaign = training::campaign().unwrap();
    let made = &campaign.envelopes[0];
    let input = Input::OpenEnvelope {
        shop: made.shop.clone(),
        slip: made.slip.clone(),
        arrived: made.arrived,
        business_day: made.arrived,
    };
    let (ticket, by) = (Ticket(1), operator());
    station.port.send(Order::Act { ticket, by, with: None, input });
    station.hear("the envelope is open", |news| matches!(news, News::Done { .. }).then_some(()));
    let lane = Lane { envelope: EnvelopeId(1), by: operator(), kind: None };
    station.port.send(Order::Lane(Some(lane)));
    station
}

fn operator() -> PersonId {
    PersonId::new("sakura").unwrap()
}

impl Station {
    fn camera_is_ready(&self) {
        let start = Instant::now();
        while self.port.lights().camera != Light::Ready {
            assert!(start.elapsed() < PATIENCE, "the camera never came");
            self.pause();
        }
    }

    /// Until the station has something to say, or a moment.
    fn pause(&self) {
        match self.wakes.recv_timeout(Duration::from_millis(20)) {
            Ok(()) | Err(_) => {}
        }
    }

    /// Waits for a piece of news.
    #[track_caller]
    fn hear<T>(&mut self, what: &str, wanted: impl Fn(&News) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            while let Some(news) = self.port.news() {
                if let Some(found) = wanted(&news) {
                    return found;
                }
            }
            assert!(start.elapsed() < PATIENCE, "{what}: never heard");
            self.pause();
        }
    }

    #[track_caller]
    fn outcome(&mut self) -> Outcome {
        self.hear("an outcome", |news| match news {
            News::Outcome(outcome) => Some(outcome.clone()),
            _ => None,
        })
    }

    #[track_caller]
    fn not_taken(&mut self) -> NotTaken {
        self.hear("a refusal", |news| match news {
            News::NotTaken(why) => Some(why.clone()),
            _ => None,
        })
    }
}

/// A barcode number of the training campaign that is issued and has a check digit, and one that nobody issued.
fn numbers() -> (String, String) {
    let campaign = training::campaign().unwrap();
    let never = kenban::demo::Trick::NeverIssued;
    let sheets = campaign.envelopes.iter().flat_map(|it| &it.sheets);
    let number = |wanted| {
        let mut fit = sheets.clone().filter(|sheet| sheet.truth.trick == wanted);
        fit.find_map(|sheet| sheet.truth.number.as_ref()).unwrap().to_string()
    };
    (number(kenban::demo::Trick::None), number(never))
}

/// Three states: it is not there, it waits for its key, it is read; and after its end it waits again.
#[test]
fn the_folders_light_says_what_is_true() {
    let mut station = station();
    let light = |station: &Station, wanted: Light| {
        let start = Instant::now();
        while station.port.lights().folder != wanted {
            let now = station.port.lights().folder;
            assert!(start.elapsed() < PATIENCE, "{now:?} and never {wanted:?}");
            station.pause();
        }
    };
    light(&station, Light::Off);
    let scans = station._dir.path().join("scans");
    let mut settings = station.port.settings();
    settings.folder.on = true;
    settings.folder.path = scans.to_str().unwrap().to_owned();
    station.port.send(Order::Save(settings));
    light(&station, Light::Missing);
    std::fs::create_dir(&scans).unwrap();
    light(&station, Light::Waits);
    station.port.send(Order::StartFolder);
    light(&station, Light::Ready);
    station.port.send(Order::StopFolder);
    light(&station, Light::Waits);
    // Whoever signs out ends it.
    station.port.send(Order::StartFolder);
    light(&station, Light::Ready);
    station.port.send(Order::SignOut);
    light(&station, Light::Waits);
    std::fs::remove_dir(&scans).unwrap();
    light(&station, Light::Missing);
}

/// A file that a run sets aside stands at the envelope, in the log before it is moved.
#[test]
fn what_a_run_sets_aside_stands_at_the_envelope() {
    let mut station = station();
    let scans = station._dir.path().join("scans");
    std::fs::create_dir(&scans).unwrap();
    for name in ["1.txt", "2.jpg"] {
        std::fs::write(scans.join(name), b"no picture at all").unwrap();
        crate::common::old(&scans.join(name));
    }
    let mut settings = station.port.settings();
    settings.folder.on = true;
    settings.folder.path = scans.to_str().unwrap().to_owned();
    station.port.send(Order::Save(settings));
    station.port.send(Order::StartFolder);
    for _ in 0..2 {
        station.hear("a file is aside", |news| match news {
            News::Folder(FolderNews::Aside { why, .. }) => Some(*why),
            _ => None,
        });
    }
    let view = station.port.view();
    let seen = &view.envelopes[&EnvelopeId(1)];
    let aside = seen.aside.iter().map(|it| (it.name.as_str(), it.position)).collect::<Vec<_>>();
    // By its name the second one was a paper of the pile.
    assert_eq!(aside, [("1.txt", None), ("2.jpg", Some(1))]);
    assert_eq!((seen.pull.len(), seen.fed, seen.position), (2, 1, 0));
}

#[test]
fn the_lane_never_runs_ahead_of_a_stop() {
    let mut station = station();
    let (good, never) = numbers();
    station.port.send(Order::Code(never));
    let stop = station.outcome();
    assert!(matches!(stop.place, Place::Settle { .. }), "{:?}", stop.place);
    assert_eq!(stop.source, Via::Scanner);
    station.port.send(Order::Code(good.clone()));
    assert_eq!(station.not_taken(), NotTaken::StopOpen);
    assert_eq!(station.port.lights().stop_open, Some(stop.sheet));
    let taken = station.port.view().envelopes[&EnvelopeId(1)].tally.sum().taken;
    assert_eq!(taken, 1, "a sheet was taken before the stop's paper was in its tray");
    station.port.send(Order::Lane(None));
    let lane = Lane { envelope: EnvelopeId(1), by: operator(), kind: None };
    station.port.send(Order::Lane(Some(lane)));
    station.port.send(Order::Code(good.clone()));
    assert_eq!(station.not_taken(), NotTaken::StopOpen, "another stage lifted the stop");
    station.port.send(Order::GoOn(stop.sheet));
    station.port.send(Order::Code(good));
    let next = station.outcome();
    assert_eq!(next.sheet.ordinal, 2);
}

#[test]
fn nobody_reads_without_a_lane() {
    let mut station = station();
    station.port.send(Order::Lane(None));
    station.port.send(Order::Code(numbers().0));
    assert_eq!(station.not_taken(), NotTaken::NoLane);
    station.port.send(Order::CannotRead);
    assert_eq!(station.not_taken(), NotTaken::NoLane);
}

/// A picture for a scheme that is being taught is no sheet, and holds no lane up.
#[test]
fn a_sample_is_taken_under_the_camera_and_counts_nothing() {
    let mut station = station();
    station.camera_is_ready();
    station.port.send(Order::LayTrainingSheet);
    let outcome = station.outcome();
    station.port.send(Order::GoOn(outcome.sheet));
    let (ticket, query) = (Ticket(9), Query::Teach(Lesson::Take));
    station.port.send(Order::Ask { ticket, query });
    let picture = station.hear("the camera's picture", |news| match news {
        News::Found { ticket: Ticket(9), answer: Answer::Teach(Learned::Taken(taken)) } => {
            Some(taken.clone().unwrap())
        }
        _ => None,
    });
    // The same picture is looked at and tried as often as it is needed.
    for ticket in [Ticket(10), Ticket(11)] {
        let (picture, side) = (picture.clone(), Side::Front);
        let query = Query::Teach(Lesson::LookAt { picture, face_mm: (152.0, 70.0), side });
        station.port.send(Order::Ask { ticket, query });
        let looked = station.hear("what is on it", |news| match news {
            News::Found { ticket: it, answer: Answer::Teach(Learned::Looked(looked)) }
                if *it == ticket =>
            {
                Some(looked.clone().unwrap())
            }
            _ => None,
        });
        assert!(looked.outlined, "the sheet under the camera is found");
    }
    assert_eq!(station.port.view().envelopes[&EnvelopeId(1)].position, 1);
}

#[test]
fn the_simulated_camera_gives_one_sheet_for_each_that_is_laid() {
    let mut station = station();
    station.camera_is_ready();
    for ordinal in 1..=3 {
        station.port.send(Order::LayTrainingSheet);
        let outcome = station.outcome();
        assert_eq!((outcome.sheet.ordinal, outcome.source), (ordinal, Via::Camera));
        assert!(outcome.picture.is_some());
        station.port.send(Order::GoOn(outcome.sheet));
    }
}

#[test]
fn a_pin_is_chosen_once_and_wrong_ones_are_slowed_down() {
    let mut station = station();
    let person = operator();
    let sign_in = |pin: &str| Order::SignIn { person: operator(), pin: pin.to_owned() };
    station.port.send(Order::ChoosePin {
        person: person.clone(),
        pin: "0427".to_owned(),
        beside: None,
    });
    let signed = |news: &News| matches!(news, News::SignedIn(_)).then_some(());
    station.hear("signed in", signed);
    station.port.send(Order::ChoosePin { person, pin: "9999".to_owned(), beside: None });
    station
        .hear("a second choice is refused", |news| matches!(news, News::Trouble(_)).then_some(()));
    station.port.send(sign_in(""));
    let wrong = |news: &News| match news {
        News::PinWrong { wait_s, .. } => Some(*wait_s),
        _ => None,
    };
    assert_eq!(station.hear("no PIN is a wrong PIN", wrong), 0);
    for _ in 0..5 {
        station.port.send(sign_in("9999"));
        station.hear("wrong", wrong);
    }
    station.port.send(sign_in("0427"));
    assert!(station.hear("the right one has to wait now", wrong) > 0);
}
