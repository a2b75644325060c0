//! The first start, by keys: training, a profile of one's own, station and people.

use super::fixture::{Look, Window, open};
use crate::world;
use egui::Key;
use egui_kittest::kittest::Queryable;
use kenban::flow::event::Mode;
use kenban::flow::{Role, View};
use kenban::ui::fault::Fault;
use kenban::ui::port::{
    Answer, BadProfile, Beginning, News, Order, ProfileSource, ProfileSummary, Query, Trouble,
};
use kenban::ui::settings::{Language, Look as Colours, Settings};
use kenban::voucher::profile_file;
use std::path::PathBuf;

/// Every profile is the one with five layouts; a path with "wrong" in it has two wrong lines.
fn window(look: &Look) -> Window {
    let window = open(View::default(), look);
    let answer = |query: &Query| match query {
        Query::CheckProfile(ProfileSource::File(path)) if path.ends_with("wrong.toml") => {
            let wrong = world::PROFILE.replacen("face = 1000", "face = \"1000\"", 1);
            let wrong = wrong.replacen("copies = 1", "copys = 1", 1);
            let problems = profile_file::parse(&wrong).unwrap_err();
            Some(Answer::Profile(Err(BadProfile::Mistakes(problems))))
        }
        Query::CheckProfile(_) => {
            let profile = profile_file::parse(world::PROFILE).unwrap();
            let summary = ProfileSummary { toml: world::PROFILE.to_owned(), profile };
            Some(Answer::Profile(Ok(Box::new(summary))))
        }
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
    window
}

fn begun(orders: &[Order]) -> Vec<Beginning> {
    let begin = |order: &Order| match order {
        Order::Begin(beginning) => Some(beginning.clone()),
        _ => None,
    };
    orders.iter().filter_map(begin).collect()
}

fn asked(orders: &[Order]) -> Vec<ProfileSource> {
    let ask = |order: &Order| match order {
        Order::Ask { query: Query::CheckProfile(source), .. } => Some(source.clone()),
        _ => None,
    };
    orders.iter().filter_map(ask).collect()
}

fn sees(window: &Window, part: &str) -> bool {
    window.harness.query_all_by_label_contains(part).next().is_some()
}

fn down(window: &mut Window, times: usize) {
    for _ in 0..times {
        window.press(Key::ArrowDown);
    }
}

/// To the page of station and people, with a profile file.
fn to_the_station(window: &mut Window) {
    down(window, 1);
    window.press(Key::Enter);
    window.type_text("/profiles/summer.toml");
    window.press(Key::Enter);
    window.press(Key::Enter);
}

#[test]
fn one_enter_begins_training() {
    let mut window = window(&Look::default());
    window.press(Key::Enter);
    // A second one begins nothing twice.
    window.press(Key::Enter);
    let begun = begun(&window.orders());
    assert_eq!(begun.len(), 1);
    let Beginning { profile_toml, station, mode, people, made_up } = &begun[0];
    assert!(*made_up && profile_toml.is_empty() && people.is_empty());
    assert_eq!((station.as_str(), *mode), ("01", Mode::Training));
    assert!(sees(&window, "Getting ready"));
    // What went wrong is said, and the hand is free again.
    window.hear(News::Trouble(Trouble::Other(Fault::DiskFull)));
    assert!(sees(&window, "The disk is full."));
    window.press(Key::Enter);
    assert_eq!(self::begun(&window.orders()).len(), 1);
}

#[test]
fn the_language_comes_first() {
    let mut window = window(&Look::japanese());
    assert!(sees(&window, "券番へようこそ"));
    window.press(Key::ArrowUp);
    window.press(Key::ArrowRight);
    assert!(sees(&window, "Welcome to Kenban"));
    window.press(Key::ArrowLeft);
    assert!(sees(&window, "券番へようこそ"));
}

#[test]
fn the_command_that_restores_names_the_data_folder() {
    let window = window(&Look::default());
    assert!(sees(&window, "kenban --data \"/data\" restore"));
}

#[test]
fn a_profile_is_checked_and_what_is_wrong_is_shown_as_it_came() {
    let mut window = window(&Look::default());
    down(&mut window, 1);
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(sees(&window, "Type where the profile file is"));
    window.type_text("\"/profiles/wrong.toml\"");
    window.press(Key::Enter);
    assert_eq!(
        asked(&window.orders()),
        [ProfileSource::File(PathBuf::from("/profiles/wrong.toml"))]
    );
    assert!(sees(&window, "2 lines are wrong"));
    assert!(sees(&window, "In [number] nothing is called copys. Did you mean copies?"));
    // Nothing goes on from there.
    window.press(Key::Escape);
    down(&mut window, 9);
    window.press(Key::Enter);
    assert!(!sees(&window, "People"));
}

#[test]
fn a_sample_is_looked_at_and_only_for_training() {
    let mut window = window(&Look::default());
    down(&mut window, 1);
    window.press(Key::Enter);
    down(&mut window, 2);
    window.press(Key::Enter);
    assert_eq!(asked(&window.orders()), [ProfileSource::Sample("twelve-digits-nw7")]);
    assert!(sees(&window, "食事券 1,000円 (face ¥1,000)"));
    assert!(sees(&window, "11 characters · with check digit (C)"));
    window.press(Key::Enter);
    assert!(sees(&window, "A sample is for training only."));
}

#[test]
fn a_campaign_of_ones_own_begins_with_station_and_people() {
    let mut window = window(&Look::default());
    to_the_station(&mut window);
    // The code: full width and small letters are what they mean.
    window.press(Key::Backspace);
    window.press(Key::Backspace);
    window.type_text("ａ２");
    window.press(Key::Enter);
    window.press(Key::ArrowRight);
    assert!(sees(&window, "What is counted is paid."));
    // The first person's name.
    window.press(Key::Enter);
    window.press(Key::Enter);
    window.type_text(" Yamada");
    window.press(Key::Enter);
    window.press(Key::Enter);
    down(&mut window, 10);
    window.press(Key::Enter);
    let begun = begun(&window.orders());
    assert_eq!(begun.len(), 1);
    let Beginning { profile_toml, station, mode, people, made_up } = &begun[0];
    assert_eq!((station.as_str(), *mode, *made_up), ("A2", Mode::Live, false));
    assert_eq!(profile_toml, world::PROFILE);
    let people = people.iter().map(|it| (it.id.as_str(), it.name.as_str(), it.role));
    assert_eq!(
        people.collect::<Vec<_>>(),
        [
            ("s1", "supervisor 1 Yamada", Role::Supervisor),
            ("s2", "supervisor 2", Role::Supervisor),
            ("o1", "operator 1", Role::Operator),
            ("o2", "operator 2", Role::Operator),
        ]
    );
}

#[test]
fn what_is_wrong_with_station_and_people_is_said_there() {
    let mut window = window(&Look::default());
    to_the_station(&mut window);
    window.type_text("234");
    down(&mut window, 30);
    window.press(Key::Enter);
    assert!(begun(&window.orders()).is_empty());
    assert!(sees(&window, "The code has 1 to 4"));
    // The hand is there.
    window.press(Key::Backspace);
    assert!(!sees(&window, "The code has 1 to 4"));
    // Nobody is a supervisor.
    window.press(Key::Enter);
    for _ in 0..2 {
        down(&mut window, 3);
        window.press(Key::ArrowRight);
    }
    down(&mut window, 30);
    window.press(Key::Enter);
    assert!(sees(&window, "Make one of them a supervisor."));
    assert!(begun(&window.orders()).is_empty());
}

#[test]
fn escape_goes_back_and_keeps_what_was_typed() {
    let mut window = window(&Look::default());
    to_the_station(&mut window);
    window.type_text("9");
    window.press(Key::Escape);
    assert!(sees(&window, "Profile file"));
    window.press(Key::Escape);
    assert!(sees(&window, "Welcome"));
    window.press(Key::Enter);
    down(&mut window, 6);
    window.press(Key::Enter);
    let code = window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Code");
    assert_eq!(code.value().unwrap(), "019");
}

#[test]
fn a_person_is_taken_out_and_the_title_stays() {
    let mut window = window(&Look::default());
    to_the_station(&mut window);
    let top = window.harness.get_by_label("Station and people").rect();
    assert!(sees(&window, "Name") && sees(&window, "Role"));
    let people = |window: &Window| {
        let out = window.harness.query_all_by_label_contains("Take out person");
        out.count()
    };
    assert_eq!(people(&window), 4);
    // Code, mode, then id, name and role of the first.
    down(&mut window, 4);
    window.press(Key::Delete);
    assert_eq!(people(&window), 3);
    window.harness.get_by_label("Take out person 3").click();
    window.settle();
    assert_eq!(people(&window), 2);
    down(&mut window, 40);
    window.press(Key::Enter);
    let begun = begun(&window.orders());
    let ids = begun[0].people.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids, ["s2", "o1"]);
    assert_eq!(window.harness.get_by_label("Station and people").rect(), top);
}

#[test]
fn shots_of_the_first_start() {
    for (name, language, look, size, scale) in [
        ("first-ja", Language::Ja, Colours::Light, (1280.0, 720.0), 100),
        ("first-en-dark", Language::En, Colours::Dark, (1920.0, 1080.0), 100),
        ("first-ja-200", Language::Ja, Colours::Light, (1280.0, 720.0), 200),
    ] {
        let settings = Settings { language, look, size: scale, ..Settings::default() };
        let mut window = window(&Look { size, settings });
        window.shot(&format!("{name}-1"));
        down(&mut window, 1);
        window.shot(&format!("{name}-2-own"));
        window.press(Key::Enter);
        window.type_text("/profiles/wrong.toml");
        window.press(Key::Enter);
        window.shot(&format!("{name}-3-wrong"));
        for _ in 0..10 {
            window.press(Key::Backspace);
        }
        window.press(Key::Enter);
        window.shot(&format!("{name}-4-right"));
        window.press(Key::Enter);
        window.shot(&format!("{name}-5-station"));
        down(&mut window, 4);
        window.shot(&format!("{name}-6-role"));
        down(&mut window, 40);
        window.press(Key::Enter);
        window.hear(News::Trouble(Trouble::Other(Fault::DiskFull)));
        window.shot(&format!("{name}-7-trouble"));
    }
}
