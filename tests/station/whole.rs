//! The program as its users call it: a whole campaign by commands, and everything that goes wrong.

use crate::common::{PROFILE_PATH, Site, old, text};
use crate::hands::{
    database, delivery_dir, head, key_both, keyed_envelope, line, number, settle_if_stopped,
};
use std::process::Stdio;

#[test]
fn envelope_in_delivery_out() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    site.ok(&["close", &envelope, "--as", "o1"]);
    let stick = site.path("stick");
    let deliver = ["deliver", "--out", text(&stick), "--as", "s1"];
    let alone = site.fails(2, &deliver);
    assert!(alone.contains("two people"), "{alone}");
    site.ok(&[&deliver[..], &["--with", "s2"]].concat());
    let dir = delivery_dir(&site);
    site.ok(&["verify", text(&dir)]);
    site.ok(&["verify", text(&dir), "--key", text(&site.public_key())]);
    let sums = std::process::Command::new("sha256sum")
        .args(["-c", "--strict", "SHA256SUMS"])
        .current_dir(&dir)
        .output()
        .unwrap();
    assert!(sums.status.success(), "{sums:?}");
    site.ok(&["audit", "--key", text(&site.public_key()), "--head", &head(&site)]);
    // Law 7: nothing about it can be changed any more.
    for args in [
        vec!["reopen", &envelope, "--reason", "x", "--as", "s1", "--with", "s2"],
        vec!["close", &envelope, "--as", "s1"],
        vec!["settle", &envelope, "1", "hold", "--reason", "x", "--as", "s1"],
        vec!["undo", &envelope],
    ] {
        let out = site.fails(2, &args);
        assert!(out.contains("delivered and frozen"), "{out}");
    }
    let nothing = site.fails(2, &[&deliver[..], &["--with", "s2"]].concat());
    assert!(nothing.contains("no closed envelope"), "{nothing}");
}

#[test]
fn delivered_is_frozen() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    site.ok(&["close", &envelope]);
    site.ok(&["deliver", "--out", text(&site.path("stick")), "--as", "s1", "--with", "s2"]);
    // Law 3 over earlier deliveries: the same number on new paper waits for the supervisor.
    site.scan("again.png", 77);
    let out = site.count("A0321004", "1000=1");
    let second = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    settle_if_stopped(&site, &second, "1");
    site.ok(&["key", &second, "1", &number(2), "--as", "o1"]);
    let told = site.ok(&["key", &second, "1", &number(2), "--as", "o2"]);
    assert!(told.contains("duplicate") && told.contains("tray 2"), "{told}");
    let accept = ["settle", &second, "1", "accept", &number(2), "--reason", "x"];
    let refused = site.fails(2, &[&accept[..], &["--as", "s1", "--with", "s2"]].concat());
    assert!(refused.contains("paid once"), "{refused}");
}

#[test]
fn two_people_close_a_difference() {
    let site = Site::begun();
    site.scan("one.png", 1);
    let out = site.count("A0321004", "1000=2");
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    let in_hand = site.fails(2, &["close", &envelope]);
    assert!(in_hand.contains("in hand"), "{in_hand}");
    key_both(&site, &envelope, 1, &number(9));
    let close = ["close", &envelope, "--as", "o1"];
    assert!(site.fails(2, &close).contains("1000: -1"));
    let alone = [&close[..], &["--reason", "現物優先"]].concat();
    assert!(site.fails(2, &alone).contains("second person"));
    let same = [&alone[..], &["--with", "o1"]].concat();
    assert!(site.fails(2, &same).contains("someone else"));
    site.ok(&[&alone[..], &["--with", "o2"]].concat());
}

#[test]
fn files_that_are_no_sheets_are_set_aside_and_named() {
    let site = Site::begun();
    let scans = site.path("scans");
    site.scan("scan1.png", 1);
    let whole = crate::common::small_picture(5);
    for (name, bytes) in [
        ("scan2.png", &whole[..whole.len() / 2]),
        ("notes.txt", b"not a picture".as_slice()),
        ("scan4.jpg", b"\xFF\xD8\xFF\xE0 and no more".as_slice()),
        ("empty.png", b"".as_slice()),
    ] {
        std::fs::write(scans.join(name), bytes).unwrap();
        old(&scans.join(name));
    }
    site.scan("scan10.png", 10);
    let output = site.run(&[
        "count",
        "--shop",
        "A1",
        "--slip",
        "1000=2",
        "--folder",
        text(&scans),
        "--json",
    ]);
    let (out, err) = crate::common::texts(&output);
    assert!(output.status.success(), "{err}");
    assert_eq!(out.lines().count(), 2, "{out}");
    assert_eq!(line(&out, 0)["file"], "scan1.png");
    assert_eq!(line(&out, 1)["file"], "scan10.png");
    for name in ["scan2.png", "notes.txt", "scan4.jpg", "empty.png"] {
        assert!(err.contains(name), "{name} is not named: {err}");
        assert!(scans.join("aside").join(name).exists(), "{name} is not set aside");
    }
    assert!(scans.join("done/scan1.png").exists());
}

#[test]
fn the_same_file_is_never_counted_twice() {
    let site = Site::begun();
    site.scan("scan1.png", 1);
    site.scan("scan2.png", 2);
    site.count("A1", "1000=3");
    // As after a crash between commit and move: the file is in the folder again.
    let scans = site.path("scans");
    std::fs::copy(scans.join("done/scan1.png"), scans.join("scan1.png")).unwrap();
    // And a copy of a picture under another name is another sheet, and a stop.
    std::fs::copy(scans.join("done/scan2.png"), scans.join("scan3.png")).unwrap();
    old(&scans.join("scan1.png"));
    old(&scans.join("scan3.png"));
    let out = site.count("A1", "1000=3");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert_eq!(line(&out, 0)["file"], "scan3.png");
    assert_eq!(line(&out, 0)["verdict"], "stop");
    assert!(line(&out, 0)["reasons"].to_string().contains("same_picture"), "{out}");
    assert_eq!(line(&out, 0)["sheet"], "01-00001-003", "the cut short envelope goes on");
    // Nor into another envelope: the log knows the file by folder, name, size and hash.
    std::fs::copy(scans.join("done/scan1.png"), scans.join("scan1.png")).unwrap();
    old(&scans.join("scan1.png"));
    let another =
        ["count", "--shop", "A1", "--slip", "1000=3", "--folder", text(&scans), "--json", "--new"];
    let output = site.run(&another);
    let (out, err) = crate::common::texts(&output);
    assert_eq!(out, "", "{err}");
    assert!(err.contains("already counted as sheet 01-00001-001"), "{err}");
}

#[test]
fn undo_lays_the_same_file_again() {
    let site = Site::begun();
    site.scan("scan1.png", 1);
    let out = site.count("A1", "1000=1");
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    site.ok(&["undo", &envelope]);
    assert!(site.fails(2, &["undo", &envelope]).contains("no sheet to take back"));
    let scans = site.path("scans");
    std::fs::copy(scans.join("done/scan1.png"), scans.join("scan1.png")).unwrap();
    old(&scans.join("scan1.png"));
    let out = site.count("A1", "1000=1");
    assert_eq!(line(&out, 0)["sheet"], "01-00001-002");
    assert_eq!(line(&out, 0)["position"], 1);
    site.ok(&["audit"]);
}

#[test]
fn a_second_station_is_kept_out() {
    let site = Site::begun();
    site.scan("scan1.png", 1);
    let scans = site.path("scans");
    let mut first = site
        .command(&[
            "count",
            "--shop",
            "A1",
            "--slip",
            "1000=9",
            "--folder",
            text(&scans),
            "--wait",
            "20",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The first line says that the first station is at work.
    let mut line = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(first.stdout.as_mut().unwrap()),
        &mut line,
    )
    .unwrap();
    let refused = site.fails(2, &["close", "1"]);
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(refused.contains("another station works on this data folder"), "{refused}");
    // The system lets go of the lock with the process.
    site.fails(2, &["close", "1"]);
    site.ok(&["audit"]);
}

#[test]
fn backup_and_back() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    let file = site.path("backup.kenban");
    let held = site.ok(&["backup", text(&file), "--pictures"]);
    assert!(held.contains("5 sheets") && held.contains("5 pictures"), "{held}");
    assert!(site.fails(2, &["backup", text(&file)]).contains("never overwrites"));
    let live = site.fails(2, &["restore", text(&file)]);
    assert!(live.contains("live data"), "{live}");
    let other = site.path("other");
    site.ok(&["restore", text(&file), "--data", text(&other)]);
    site.ok(&["audit", "--pictures", "--data", text(&other)]);
    // Meanwhile the old station went on: its signed heads are not in the backup.
    site.ok(&["close", &envelope]);
    site.scan("later.png", 99);
    site.count("A0321004", "1000=1");
    site.ok(&["end-day", "--as", "s1"]);
    let refused = site.fails(2, &["close", &envelope, "--data", text(&other)]);
    assert!(refused.contains("a backup was brought back"), "{refused}");
    let restored = ["restored", "--reason", "媒体の故障", "--as", "s1", "--data", text(&other)];
    assert!(site.fails(2, &restored).contains("two people"));
    site.ok(&[&restored[..], &["--with", "s2"]].concat());
    site.ok(&["close", &envelope, "--data", text(&other)]);
    // Envelope 2 was given out by the lost part; it is not given out again.
    site.scan("again.png", 100);
    let scans = site.path("scans");
    let count = ["count", "--shop", "A1", "--slip", "1000=1", "--folder", text(&scans), "--json"];
    let out = site.ok(&[&count[..], &["--data", text(&other)]].concat());
    assert_eq!(line(&out, 0)["envelope"], "01-00003");
    let noted = site.ok(&["audit", "--key", text(&site.public_key()), "--data", text(&other)]);
    assert!(noted.contains("lost with a backup"), "{noted}");
    // Something that is no backup changes nothing.
    let third = site.path("third");
    std::fs::write(site.path("junk"), b"SQLite format 3\0 junk").unwrap();
    site.fails(2, &["restore", text(&site.path("junk")), "--data", text(&third)]);
    assert!(!third.join("kenban.db").exists());
}

#[test]
fn training_mark_everywhere() {
    let site = Site::begun();
    let envelope = keyed_envelope(&site, 1);
    let output = site.run(&["close", &envelope]);
    assert!(crate::common::texts(&output).1.contains("TRAINING"), "{output:?}");
    site.ok(&["deliver", "--out", text(&site.path("stick")), "--as", "s1", "--with", "s2"]);
    let dir = delivery_dir(&site);
    assert!(dir.file_name().unwrap().to_string_lossy().starts_with("TRAINING_"));
    let manifest = std::fs::read_to_string(dir.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"training\": true"), "{manifest}");
    assert!(site.ok(&["audit"]).contains("TRAINING"));
    // Live and training can't be in one folder, and the mode is in the first event of the log.
    let again = site.fails(2, &["init", "--profile", PROFILE_PATH]);
    assert!(again.contains("already holds a campaign"), "{again}");
}

#[test]
fn wrong_calls_change_nothing() {
    let site = Site::empty();
    for args in [
        vec!["count", "--shop", "A1", "--slip", "1000=1", "--folder", "."],
        vec!["close", "1"],
        vec!["audit"],
        vec!["deliver", "--out", "."],
        vec!["verify", "/nowhere"],
        vec!["restore", "/nowhere"],
        vec!["profile", "check", "/nowhere"],
        vec!["read", "--profile", "/nowhere", "x.jpg"],
        vec!["read", "--symbology", "morse", "x.jpg"],
        vec!["nonsense"],
    ] {
        let out = site.fails(2, &args);
        assert!(!out.trim().is_empty(), "{args:?} says nothing");
        assert!(!site.data().join("kenban.db").exists());
    }
    let site = Site::begun();
    let before = head(&site);
    let scans = site.path("scans");
    let folder = text(&scans);
    for args in [
        vec!["count", "--shop", "A1", "--slip", "1000", "--folder", folder],
        vec!["count", "--shop", "A1", "--slip", "999=5", "--folder", folder],
        vec!["count", "--shop", "A1", "--slip", "1000=1", "--folder", "/nowhere"],
        vec!["close", "01-00009"],
        vec!["close", "02-00001"],
    ] {
        site.fails(2, &args);
    }
    let unknown = site.fails(2, &["close", "1", "--as", "ghost"]);
    assert!(unknown.contains("ghost"), "{unknown}");
    // Only sessions were added: no envelope, no sheet.
    let out = site.ok(&["audit", "--head", &before]);
    assert!(out.contains("head that you gave"), "{out}");
    let reader = kenban::store::Reader::open(&site.data()).unwrap();
    assert_eq!(reader.envelope_counts().unwrap().len(), 0);
}

#[test]
fn too_little_room_opens_no_envelope() {
    let site = Site::begun();
    // A floor that no disk has.
    std::fs::write(site.data().join("settings.toml"), "free_floor_mib = 4294967295\n").unwrap();
    site.scan("scan1.png", 1);
    let scans = site.path("scans");
    let out =
        site.fails(2, &["count", "--shop", "A1", "--slip", "1000=1", "--folder", text(&scans)]);
    assert!(out.contains("make room"), "{out}");
    assert!(scans.join("scan1.png").exists());
}

#[test]
fn two_sides_are_never_paired_wrongly() {
    let site = Site::begun();
    let scans = site.path("scans");
    for no in 1..=6 {
        site.scan(&format!("scan{no}.png"), no);
    }
    // The back of the second sheet came out empty: to go on would read fronts as backs.
    std::fs::write(scans.join("scan4.png"), b"").unwrap();
    std::fs::write(scans.join("Thumbs.db"), b"no picture").unwrap();
    old(&scans.join("scan4.png"));
    old(&scans.join("Thumbs.db"));
    let count = [
        "count",
        "--shop",
        "A1",
        "--slip",
        "1000=3",
        "--folder",
        text(&scans),
        "--json",
        "--duplex",
    ];
    let stopped = site.fails(2, &count);
    assert!(stopped.contains("scan4.png") && stopped.contains("paired wrongly"), "{stopped}");
    assert!(scans.join("done/scan2.png").exists() && scans.join("scan3.png").exists());
    site.scan("scan4.png", 44);
    let out = site.ok(&count);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert_eq!(line(&out, 0)["file"], "scan3.png + scan4.png");
    assert_eq!(line(&out, 1)["file"], "scan5.png + scan6.png");
    // A last sheet without its back is a stop.
    site.scan("scan7.png", 7);
    let out = site.ok(&[&count[..], &["--new"]].concat());
    assert!(line(&out, 0)["reasons"].to_string().contains("side_missing"), "{out}");
    assert_eq!(line(&out, 0)["verdict"], "stop");
    site.ok(&["audit", "--pictures"]);
}

#[test]
fn what_two_people_told_is_not_paid_as_untold() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    // The same number on other paper: two people read it, so it has a number, and that is paid.
    site.scan("again.png", 77);
    let out = site.ok(&[
        "count",
        "--shop",
        "A0321004",
        "--slip",
        "1000=1",
        "--json",
        "--folder",
        text(&site.path("scans")),
        "--new",
    ]);
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    key_both(&site, &envelope, 1, &number(2));
    let provisional = [
        "settle",
        &envelope,
        "1",
        "provisional",
        "--kind",
        "1000",
        "--reason",
        "x",
        "--as",
        "s1",
        "--with",
        "s2",
    ];
    let refused = site.fails(2, &provisional);
    assert!(
        refused.contains("already counts under") || refused.contains("nobody can tell"),
        "{refused}"
    );
    // Nor after it was keyed anew.
    site.ok(&["settle", &envelope, "1", "rekey", "--reason", "x", "--as", "s1"]);
    let refused = site.fails(2, &provisional);
    assert!(refused.contains("nobody can tell"), "{refused}");
    for by in ["o1", "o2"] {
        site.ok(&["key", &envelope, "1", "--cannot", "--kind", "1000", "--as", by]);
    }
    let queue = site.ok(&["queue", &envelope, "--json"]);
    assert!(line(&queue, 0)["reasons"].to_string().contains("cannot_be_told"), "{queue}");
}

#[test]
fn output_that_is_lost_changes_no_answer() {
    let site = Site::begun();
    keyed_envelope(&site, 1);
    let to_full = |args: &[&str]| {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        site.command(args).stdout(full).stderr(Stdio::null()).status().unwrap().code()
    };
    assert_eq!(to_full(&["audit"]), Some(2), "a line was lost, so the call did not do all");
    database(&site).execute_batch("UPDATE sheet SET kind = '500' WHERE ordinal = 3").unwrap();
    assert_eq!(to_full(&["audit"]), Some(1), "the answer is no, whoever reads it");
}

#[test]
fn lists_are_all_or_nothing_and_audited() {
    let site = Site::begun();
    let write = |name: &str, text: &str| {
        let path = site.path(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let shops =
        write("shops.csv", "店舗コード,店舗名,カナ\r\nA0321004,そば処 しなの,ソバドコロ\r\n");
    site.ok(&["import", "shops", text(&shops)]);
    let issued = write("issued.csv", &format!("from,to\n{},{}\n", number(1), number(900)));
    site.ok(&["import", "issued", text(&issued)]);
    let bad = write("bad.csv", &format!("number,reason\n{},盗難\nA123,盗難\n=1+1,x\n", number(5)));
    let told = site.fails(2, &["import", "blocked", text(&bad)]);
    assert!(told.contains("line 3") && told.contains("line 4"), "{told}");
    let blocked = write("blocked.csv", &format!("number,reason\n{},盗難\n", number(5)));
    site.ok(&["import", "blocked", text(&blocked)]);
    site.scan("scan1.png", 1);
    let scans = site.path("scans");
    let unknown =
        site.fails(2, &["count", "--shop", "B9", "--slip", "1000=1", "--folder", text(&scans)]);
    assert!(unknown.contains("no shop has the code"), "{unknown}");
    // A stolen number and one that was never issued wait for the supervisor, and pay nobody alone.
    site.scan("scan2.png", 2);
    let out = site.count("A0321004", "1000=2");
    let envelope = line(&out, 0)["envelope"].as_str().unwrap().to_owned();
    for (ordinal, serial, why) in [(1, 5, "blocked"), (2, 5_000, "not_issued")] {
        key_both(&site, &envelope, ordinal, &number(serial));
        let queue = site.ok(&["queue", &envelope, "--json"]);
        let waits = line(&queue, ordinal as usize - 1);
        assert!(waits["reasons"].to_string().contains(why), "{waits}");
        let ordinal = ordinal.to_string();
        let accept = [
            "settle",
            &envelope,
            &ordinal,
            "accept",
            &number(serial),
            "--reason",
            "x",
            "--as",
            "s1",
        ];
        assert!(site.fails(2, &accept).contains("two people"));
    }
    site.ok(&["audit", "--pictures"]);
    // A list that comes later names what is accepted already, and closing waits for it.
    site.ok(&["settle", &envelope, "1", "hold", "--reason", "照会", "--as", "s1"]);
    site.ok(&["settle", &envelope, "2", "rekey", "--reason", "読み直し", "--as", "s1"]);
    key_both(&site, &envelope, 2, &number(7));
    let later = write("later.csv", &format!("{}\n", number(7)));
    let told = site.ok(&["import", "blocked", text(&later)]);
    assert!(told.contains("01-00001-002"), "{told}");
    let waits = site.fails(2, &["close", &envelope]);
    assert!(waits.contains("blocked by now"), "{waits}");
}

#[test]
fn sheets_of_real_pictures_are_never_wrong() {
    let Some(pictures) = crate::common::pictures() else {
        println!("the sample pictures are not here: nothing was counted");
        return;
    };
    for folder in ["vouchers-scan", "vouchers-camera"] {
        let truth = std::fs::read_to_string(pictures.join(folder).join("truth.json")).unwrap();
        let truth: Vec<serde_json::Value> = serde_json::from_str(&truth).unwrap();
        // Every honest number is issued; a forged sheet's is not.
        let honest = truth.iter().filter(|it| it["forged"] == false);
        let issued = honest.map(|it| it["number"].as_str().unwrap()).collect::<Vec<_>>().join("\n");
        let site = Site::begun();
        let list = site.path("issued.csv");
        std::fs::write(&list, issued).unwrap();
        site.ok(&["import", "issued", text(&list)]);
        for it in &truth {
            let name = it["file"].as_str().unwrap();
            let to = site.path("scans").join(name);
            std::fs::copy(pictures.join(folder).join(name), &to).unwrap();
            std::fs::set_permissions(&to, std::os::unix::fs::PermissionsExt::from_mode(0o644))
                .unwrap();
            old(&to);
        }
        let out = site.count("A0321004", "1000=1");
        assert_eq!(out.lines().count(), truth.len());
        let mut accepted = 0;
        for (row, it) in out.lines().zip(&truth) {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            assert_eq!(row["file"], it["file"]);
            if row["place"] == "accepted" {
                accepted += 1;
                assert_eq!(row["number"], it["number"], "{folder}: {row}");
                assert_eq!(it["forged"], false, "{folder}: a forged sheet was accepted: {row}");
            }
        }
        println!("{folder}: {accepted} of {} accepted by machine, none wrong", truth.len());
        assert!(accepted * 2 > truth.len(), "{folder}: {accepted}");
        site.ok(&["audit", "--pictures"]);
    }
}

/// A real disk that becomes full, if a small one can be mounted here.
#[test]
fn full_disk_loses_nothing_that_was_told() {
    let site = Site::empty();
    let data = site.data();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs", text(&data)])
        .output()
        .is_ok_and(|it| it.status.success());
    if !mounted {
        println!("no small disk can be mounted here: the limit on pages is the test instead");
        return;
    }
    std::fs::write(data.join("settings.toml"), "free_floor_mib = 0\n").unwrap();
    site.ok(&["init", "--profile", PROFILE_PATH, "--training"]);
    for no in 1..=1_500 {
        site.scan(&format!("scan{no}.png"), no);
    }
    let scans = site.path("scans");
    let args = ["count", "--shop", "A1", "--slip", "1000=1500", "--folder", text(&scans), "--json"];
    let output = site.run(&args);
    let (out, err) = crate::common::texts(&output);
    let told = out.lines().count() as u64;
    let unmounted = |site: &Site| {
        let done = std::process::Command::new("umount").arg(site.data()).status().unwrap();
        assert!(done.success());
    };
    let held = kenban::store::Reader::open(&data).and_then(|it| it.sheet_count());
    let audit = kenban::store::audit::audit(&data, &Default::default(), None);
    let checked = (output.status.code(), told, held.as_ref().ok().copied());
    let findings = audit.map(|it| it.findings);
    unmounted(&site);
    assert_eq!(checked.0, Some(2), "{err}");
    assert!(err.contains("the disk is full"), "{err}");
    assert!(told > 0 && Some(told) <= checked.2, "{checked:?}: {err}");
    assert_eq!(findings.unwrap(), Vec::<String>::new());
}
