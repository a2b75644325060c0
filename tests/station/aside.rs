//! Files that were set aside: a paper that nobody has counted is not forgotten, by nobody and after
//! nothing.

use crate::common::{Site, old, small_picture, text, texts};
use crate::hands::{key_both, line, number};

/// A picture that ends in the middle.
fn broken(seed: u64) -> Vec<u8> {
    let whole = small_picture(seed);
    whole[..whole.len() / 2].to_vec()
}

fn write(site: &Site, name: &str, bytes: &[u8]) {
    let path = site.path("scans").join(name);
    std::fs::write(&path, bytes).unwrap();
    old(&path);
}

/// What `aside --json` says of each.
fn listed(site: &Site, envelope: &str) -> Vec<serde_json::Value> {
    let out = site.ok(&["aside", envelope, "--json"]);
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Four papers, of which the second one's picture is broken, and a file that is no picture.
fn counted(site: &Site, slip: &str) -> String {
    site.scan("scan1.png", 1);
    write(site, "scan2.png", &broken(2));
    site.scan("scan3.png", 3);
    site.scan("scan4.png", 4);
    write(site, "scan5.txt", b"a note");
    let out = site.count("A0321004", slip);
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    for ordinal in 1..=3 {
        key_both(site, &envelope, ordinal, &number(ordinal));
    }
    envelope
}

#[test]
fn an_envelope_stays_open_until_each_file_set_aside_is_settled() {
    let site = Site::begun();
    let envelope = counted(&site, "1000=4");
    // Each has its place in the pile; what is no picture is not taken for a paper.
    let open = listed(&site, &envelope);
    let told = open.iter().map(|it| (it["file"].as_str(), it["why"].as_str(), &it["position"]));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (Some("scan2.png"), Some("broken"), &2.into()),
            (Some("scan5.txt"), Some("foreign"), &serde_json::Value::Null)
        ]
    );
    assert!(open.iter().all(|it| it["open"] == true));
    // Not even two with a reason close over it.
    let close = ["close", &envelope, "--as", "o1", "--with", "o2", "--reason", "現物優先"];
    let refused = site.fails(2, &close);
    assert!(refused.contains("scan2.png, scan5.txt") && refused.contains("not counted"));
    // Sheets that were counted before are not its paper, and nothing is said without a reason.
    assert!(site.fails(2, &["aside", &envelope, "1", "fed", "1"]).contains("counted before"));
    assert!(site.fails(2, &["aside", &envelope, "3", "paper"]).contains("number 3"));
    assert!(site.fails(2, &["aside", &envelope, "1", "fed", "9"]).contains("no sheet 9"));
    site.fails(2, &["aside", &envelope, "2", "none"]);
    // While the count is short of the slip a file that is said to be none takes two.
    let none = ["aside", &envelope, "2", "none", "--reason", "控え", "--as", "o1"];
    assert!(site.fails(2, &none).contains("two people"));
    site.ok(&[&none[..], &["--with", "o2"]].concat());
    assert!(site.fails(2, &[&none[..], &["--with", "o2"]].concat()).contains("said already"));
    // The paper is fed again and stands for it.
    site.scan("scan6.png", 6);
    let scans = site.path("scans");
    site.ok(&["count", "--envelope", &envelope, "--folder", text(&scans)]);
    assert!(site.fails(2, &["close", &envelope, "--as", "o1"]).contains("in hand"));
    key_both(&site, &envelope, 4, &number(4));
    assert!(site.fails(2, &["close", &envelope, "--as", "o1"]).contains("1 file is set aside"));
    site.ok(&["aside", &envelope, "1", "fed", "4", "--as", "o1"]);
    assert!(listed(&site, &envelope).iter().all(|it| it["open"] == false));
    let story = site.ok(&["story", &envelope, "4"]);
    assert!(story.contains("aside.settled"), "{story}");
    site.ok(&["close", &envelope, "--as", "o1"]);
    site.ok(&["audit"]);
}

#[test]
fn a_paper_is_keyed_and_one_taken_back_is_uncounted_again() {
    let site = Site::begun();
    let envelope = counted(&site, "1000=4");
    let none = ["aside", &envelope, "2", "none", "--reason", "控え", "--as", "o1", "--with", "o2"];
    site.ok(&none);
    let laid = site.ok(&["aside", &envelope, "1", "paper", "--kind", "1000", "--as", "o1"]);
    assert!(laid.contains("01-00001-004 entry") && laid.contains("tray 1"), "{laid}");
    assert_eq!(listed(&site, &envelope)[0]["sheet"], "01-00001-004");
    // Its sheet is taken back: nobody counts the paper any more.
    site.ok(&["undo", &envelope]);
    assert_eq!(listed(&site, &envelope)[0]["open"], true);
    assert!(site.fails(2, &["close", &envelope, "--as", "o1"]).contains("scan2.png"));
    site.ok(&["aside", &envelope, "1", "paper", "--as", "o2"]);
    key_both(&site, &envelope, 5, &number(4));
    site.ok(&["close", &envelope, "--as", "o1"]);
    site.ok(&["audit"]);
}

/// The disk as it is when the program is killed after the event and before the move.
#[test]
fn a_run_ended_between_event_and_move_records_nothing_twice() {
    let site = Site::begun();
    site.scan("scan1.png", 1);
    write(&site, "scan2.png", &broken(2));
    write(&site, "empty.png", b"");
    let out = site.count("A0321004", "1000=3");
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    let scans = site.path("scans");
    for name in ["scan2.png", "empty.png"] {
        std::fs::rename(scans.join("aside").join(name), scans.join(name)).unwrap();
    }
    // Also where the next run is another envelope's: the log knows the folder.
    let again = ["count", "--shop", "A1", "--slip", "1000=1", "--folder", text(&scans)];
    for args in [&again[..], &[&again[..], &["--new"]].concat()] {
        let (_, err) = texts(&site.run(args));
        assert!(err.contains("scan2.png") || args.contains(&"--new"), "{err}");
    }
    assert_eq!(listed(&site, &envelope).len(), 2);
    assert_eq!(listed(&site, "2").len(), 0);
    for name in ["scan2.png", "empty.png"] {
        assert!(!scans.join(name).exists() && scans.join("aside").join(name).exists(), "{name}");
    }
    // The next paper that comes under the same name and just as broken is another one.
    write(&site, "empty.png", b"");
    site.ok(&["count", "--envelope", &envelope, "--folder", text(&scans)]);
    assert_eq!(listed(&site, &envelope).len(), 3);
    assert!(scans.join("aside/empty.png.2").exists());
    site.ok(&["audit"]);
}

/// Where one side of a paper is spoiled its other side counts: no paper is missing. (A spoiled side is no
/// reason to pair the sheets after it wrongly, so it ends the count and stays in the folder.)
#[test]
fn a_count_of_two_sides_ends_before_a_file_that_is_no_picture() {
    let site = Site::begun();
    site.scan("scan1.png", 1);
    write(&site, "scan2.png", b"");
    let scans = site.path("scans");
    let count = ["count", "--shop", "A1", "--slip", "1000=1", "--folder", text(&scans), "--duplex"];
    assert!(site.fails(2, &count).contains("paired wrongly"));
    assert!(scans.join("scan2.png").exists());
    // A picture that is only cut off is a side all the same.
    write(&site, "scan2.png", &broken(2));
    site.ok(&count);
    let aside = listed(&site, "1");
    assert_eq!((&aside[0]["open"], &aside[0]["sheet"]), (&false.into(), &"01-00001-001".into()));
}
