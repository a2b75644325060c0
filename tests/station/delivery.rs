//! Deliveries: the golden files, the totals, the folder that is absent or whole, and what `verify`
//! finds.

mod fixture;
mod media;
mod tampering;

use fixture::*;
use kenban::delivery::encoding::decode;
use kenban::delivery::preview::preview;
use kenban::delivery::{self, DeliveryError, Disk, Progress, verify};
use kenban::flow::event::Place;
use kenban::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow};
use kenban::voucher::Yen;
use kenban::voucher::profile::{Encoding, Fee, FeePer, FeeRate, Profile, Rounding};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Writes to a fresh folder and gives every file but the signature; the sums without its line.
fn files_of(
    head: &DeliveryHead,
    profile: &Profile,
    rows: &[Envelope],
) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().unwrap();
    let written = write(&Disk, out.path(), head, profile, rows).unwrap();
    let report = verify(&written.dir, None).unwrap();
    assert_eq!(report.findings, [], "a fresh delivery is right");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&written.dir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        match name.as_str() {
            "manifest.json.minisig" => {}
            "SHA256SUMS" => {
                let text = String::from_utf8(bytes).unwrap();
                let kept = text.lines().filter(|line| !line.ends_with(".minisig"));
                let kept = kept.map(|line| format!("{line}\n")).collect::<String>();
                files.insert(name, kept.into_bytes());
            }
            _ => drop(files.insert(name, bytes)),
        }
    }
    files
}

fn golden(folder: &str, encoding: Encoding) {
    let mut profile = profile();
    profile.delivery.encoding = encoding;
    let files = files_of(&head(), &profile, &envelopes());
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/station/golden").join(folder);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _unused = fs::remove_dir_all(&golden);
        fs::create_dir_all(&golden).unwrap();
        for (name, bytes) in &files {
            fs::write(golden.join(name), bytes).unwrap();
        }
    }
    let mut kept = BTreeMap::new();
    for entry in fs::read_dir(&golden).unwrap() {
        let entry = entry.unwrap();
        kept.insert(entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    }
    assert_eq!(kept.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, bytes) in &files {
        assert!(
            kept[name] == *bytes,
            "{folder}/{name} differs:\n{}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn golden_delivery() {
    golden("utf8", Encoding::Utf8);
    golden("cp932", Encoding::Cp932);
    golden("utf8-bom", Encoding::Utf8Bom);
}

fn results_of(files: &BTreeMap<String, Vec<u8>>) -> Vec<Vec<String>> {
    let text = &files["回収券読取結果データ_20201225_0007.csv"];
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
    let fields = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    rows.into_records().map(|row| fields(row.unwrap())).collect()
}

/// A shop asks which voucher was not paid: its number stands there, and the sheet that it repeats.
#[test]
fn a_sheet_that_does_not_count_says_what_was_read() {
    let results = results_of(&files_of(&head(), &profile(), &envelopes()));
    let of = |sheet: &str| {
        let row = results.iter().find(|row| row[12] == sheet).unwrap();
        [6, 8, 10, 13, 14].map(|at| row[at].clone())
    };
    assert_eq!(results[0][13..], ["読取券番号", "関連券ID"], "what is new stands at the end");
    assert_eq!(of("01-00124-001"), ["A69006026720", "受付", "機械", "A69006026720", ""]);
    assert_eq!(of("01-00124-002"), ["00012345678901", "受付", "目視", "00012345678901", ""]);
    assert_eq!(of("01-00124-005"), ["", "返却", "", "A69006026738", "01-00125-001"]);
    assert_eq!(of("01-00125-001"), ["A69006026738", "受付", "手入力", "A69006026738", ""]);
    assert_eq!(of("01-00125-002"), ["", "保留", "", "A69006026746", ""]);
    assert_eq!(of("01-00125-005"), ["A00000000001", "受付", "責任者", "", ""]);
}

/// Chosen from the list of defects, a reason is the defect's own name.
#[test]
fn a_reason_is_not_said_twice() {
    let said = |reason: &str| {
        let mut rows = envelopes();
        let defect = Some("no_stamp".to_owned());
        rows[0].1[3].place = Place::Rejected { reason: reason.into(), defect, returned: true };
        results_of(&files_of(&head(), &profile(), &rows))[4][9].clone()
    };
    assert_eq!(said("判子なし"), "判子なし");
    assert_eq!(said(" 判子なし "), "判子なし");
    assert_eq!(said(""), "判子なし");
    assert_eq!(said("店に返す"), "判子なし：店に返す");
}

#[test]
fn a_loose_pile_is_no_bundle() {
    let files = files_of(&head(), &profile(), &envelopes());
    let text = String::from_utf8(files["封筒別集計_20201225_0007.csv"].clone()).unwrap();
    let at = |line: usize| text.lines().nth(line).unwrap().split(',').collect::<Vec<_>>();
    assert_eq!((at(0)[5], at(0).last()), ("束数", Some(&"端数枚数")));
    assert_eq!((at(2)[5], at(2).last()), ("0", Some(&"5")));
}

/// What Excel, certutil and a person of the client see.
#[test]
fn the_client_reads_it_without_this_program() {
    let mut profile = profile();
    profile.delivery.encoding = Encoding::Utf8Bom;
    let files = files_of(&head(), &profile, &envelopes());
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        assert!(bytes.starts_with("\u{FEFF}".as_bytes()), "{name} is no UTF-8 to Excel");
    }
    let page = String::from_utf8(files["README.txt"].clone()).unwrap();
    assert!(page.starts_with('\u{FEFF}') && page.ends_with("\r\n"), "{page}");
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let sum = kenban::flow::Sha256::of(bytes);
        let said = format!("     certutil -hashfile \"{name}\" SHA256\r\n       {sum}\r\n");
        assert!(page.contains(&said), "{name}\n{page}");
    }
    for said in ["枚数 9", "金額 4,500円", "受付 6（うち仮券番 1）　却下 1　返却 1　保留 1"]
    {
        assert!(page.contains(said), "{said}\n{page}");
    }
    assert!(!page.contains("訓練"));
    let training = DeliveryHead { training: true, ..head() };
    let files = files_of(&training, &profile, &envelopes());
    assert!(String::from_utf8(files["README.txt"].clone()).unwrap().contains("訓練の納品です"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["readme"]["name"], "README.txt");
    assert_eq!(manifest["files"].as_array().unwrap().len(), 4);
}

/// What is shown before is, line by line, what comes after.
#[test]
fn preview_is_the_beginning_of_what_is_delivered() {
    for encoding in [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Cp932] {
        let mut profile = profile();
        profile.delivery.encoding = encoding;
        let files = files_of(&head(), &profile, &envelopes());
        // The head's totals are not known before a delivery is prepared.
        let unknown = DeliveryHead { sheets: 0, amount: Yen(0), ..head() };
        for most in [0, 3, 12] {
            let mut rows = envelopes().into_iter().map(Ok::<_, std::convert::Infallible>);
            let shown = preview(&unknown, &profile, &mut rows, most).unwrap();
            assert_eq!(shown.len(), 4);
            for file in shown {
                let whole = decode(&files[&file.name], encoding).unwrap();
                let whole = whole.trim_start_matches('\u{FEFF}');
                let lines = whole.lines().take(most).collect::<Vec<_>>();
                assert_eq!(file.lines, lines, "{}", file.name);
                assert_eq!(file.rows as usize, whole.lines().count() - 1, "{}", file.name);
            }
        }
    }
    let mut profile = profile();
    profile.delivery.encoding = Encoding::Cp932;
    let mut rows = envelopes();
    rows[1].0.shop_name = "寿司🍣".to_owned();
    let mut rows = rows.into_iter().map(Ok::<_, std::convert::Infallible>);
    let error = preview(&head(), &profile, &mut rows, 12).unwrap_err();
    assert!(matches!(error, DeliveryError::Unwritable { .. }), "{error}");
}

/// Written, flushed, read back, in this order; at the end every byte on the medium was read.
#[test]
fn progress_comes_in_order_and_to_its_end() {
    let out = tempfile::tempdir().unwrap();
    let mut rows = envelopes().into_iter().map(Ok::<_, std::convert::Infallible>);
    let sign = |bytes: &[u8]| key().sign(bytes, "x").map_err(|error| error.to_string());
    let mut told = Vec::new();
    let (head, profile) = (head(), profile());
    let written =
        delivery::write(&Disk, out.path(), &head, &profile, &mut rows, &sign, &mut |progress| {
            told.push(progress);
        });
    let dir = written.unwrap().dir;
    let sizes = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
    let all = sizes.sum::<u64>();
    assert_eq!(
        told[..3],
        [
            Progress::Written { envelopes: 1, sheets: 4, of: 9 },
            Progress::Written { envelopes: 2, sheets: 9, of: 9 },
            Progress::Flushing
        ]
    );
    let read = told[3..].iter().map(|it| match it {
        Progress::ReadBack { bytes, of } if *of == all => *bytes,
        other => panic!("{other:?}"),
    });
    let read = read.collect::<Vec<_>>();
    assert!(read.is_sorted());
    assert_eq!(read.last(), Some(&all));
}

#[test]
fn golden_delivery_says_what_it_should() {
    let files = files_of(&head(), &profile(), &envelopes());
    let results =
        String::from_utf8(files["回収券読取結果データ_20201225_0007.csv"].clone()).unwrap();
    assert!(results.contains(",00012345678901,"), "leading zeros stay:\n{results}");
    assert!(results.contains(",K01-00124-003,受付,"), "{results}");
    assert!(results.contains(",判子なし,"), "a defect is named, not its id:\n{results}");
    assert!(results.lines().all(|line| !line.contains("&#")));
    assert!(results.ends_with("\r\n"));
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["counts"]["sheets"], 9);
    assert_eq!(manifest["amounts"]["total"], 4500);
    // 69006026720 + 12345678901 + 69006026738 + 1: all accepted numbers' digits
    assert_eq!(manifest["hash_total"], "150357732360");
    let shops = String::from_utf8(files["店舗別集計_20201225_0007.csv"].clone()).unwrap();
    // 2.5 % of 2,500 and of 2,000 at the closing, rounded down once a shop
    assert!(shops.contains(",2500,62,2438,"), "{shops}");
    assert!(shops.contains(",2000,50,1950,"), "{shops}");
}

#[test]
fn training_mark_is_in_every_name() {
    let head = DeliveryHead { training: true, ..head() };
    let out = tempfile::tempdir().unwrap();
    let written = write(&Disk, out.path(), &head, &profile(), &envelopes()).unwrap();
    assert!(written.dir.ends_with("TRAINING_naganogte_20201225_01-0007"));
    for entry in fs::read_dir(&written.dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.ends_with(".csv") || name.starts_with("TRAINING_"), "{name}");
    }
    assert!(verify(&written.dir, None).unwrap().manifest.unwrap().training);
}

#[test]
fn what_cp932_has_not_is_named_with_file_row_and_field() {
    let mut profile = profile();
    profile.delivery.encoding = Encoding::Cp932;
    let mut rows = envelopes();
    rows[1].0.difference_reason = Some("伝票🍣違い".to_owned());
    let out = tempfile::tempdir().unwrap();
    let error = write(&Disk, out.path(), &head(), &profile, &rows).unwrap_err();
    let DeliveryError::Unwritable { file, row, column, source, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (file.as_str(), *row, column.as_str(), source.0),
        ("封筒別集計_20201225_0007.csv", 2, "差異理由", '🍣')
    );
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0, "nothing is left on the medium");
}

#[test]
fn totals_that_do_not_close_name_the_envelope() {
    type Spoil = fn(&mut DeliveryHead, &mut Vec<(EnvelopeRow, Vec<SheetRow>)>);
    let cases: [(&str, Spoil); 10] = [
        ("01-00125", |_, rows| rows[1].0.totals.amount = Yen(1)),
        ("01-00124", |_, rows| drop(rows[0].1.pop())),
        ("01-00124", |_, rows| rows[0].0.totals.held += 1),
        ("01-00124", |_, rows| *rows[0].0.totals.by_kind.entry("500".into()).or_default() += 2),
        ("01-00124-002", |_, rows| rows[0].1[1].place = Place::Entry),
        ("01-00125", |_, rows| rows[1].1[0].position = 2),
        ("01-00125-001", |_, rows| {
            let row = rows[1].1[0].clone();
            rows[0].1[0] = row
        }),
        ("01-00124", |_, rows| {
            let row = rows[0].clone();
            rows.push(row)
        }),
        ("sheets 10", |head, _| head.sheets += 1),
        ("yen 4,501", |head, _| head.amount = Yen(head.amount.0 + 1)),
    ];
    for (named, spoil) in cases {
        let (mut head, mut rows) = (head(), envelopes());
        spoil(&mut head, &mut rows);
        let out = tempfile::tempdir().unwrap();
        let error = write(&Disk, out.path(), &head, &profile(), &rows).unwrap_err();
        assert!(matches!(error, DeliveryError::Totals(_)), "{error}");
        assert!(error.to_string().contains(named), "{named} in: {error}");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
    }
}

#[test]
fn fees_are_rounded_where_the_profile_says() {
    let payable = |per| {
        let mut profile = profile();
        profile.fee = Some(Fee { rate: FeeRate::BasisPoints(333), rounding: Rounding::Up, per });
        let files = files_of(&head(), &profile, &envelopes());
        let shops = String::from_utf8(files["店舗別集計_20201225_0007.csv"].clone()).unwrap();
        let row = shops.lines().nth(1).unwrap().split(',').map(str::to_owned).collect::<Vec<_>>();
        (row[12].clone(), row[13].clone())
    };
    // 3.33 % of 1,000 + 1,000 yen (the third sheet is not paid): 34 + 34, or 67 at once
    assert_eq!(payable(FeePer::Sheet), ("68".into(), "1932".into()));
    assert_eq!(payable(FeePer::Envelope), ("67".into(), "1933".into()));
    assert_eq!(payable(FeePer::Closing), ("67".into(), "1933".into()));
}

#[test]
fn file_names_fit_every_medium() {
    for bad in ["a/b", "", "..", "a:b", "x\ny"] {
        let mut profile = profile();
        profile.delivery.results_file = bad.to_owned();
        let out = tempfile::tempdir().unwrap();
        let error = write(&Disk, out.path(), &head(), &profile, &envelopes()).unwrap_err();
        assert!(matches!(error, DeliveryError::BadName(_)), "{bad}: {error}");
    }
    let mut profile = profile();
    profile.delivery.results_file = profile.delivery.numbers_file.clone();
    let out = tempfile::tempdir().unwrap();
    let error = write(&Disk, out.path(), &head(), &profile, &envelopes()).unwrap_err();
    assert!(matches!(error, DeliveryError::SameName(_)), "{error}");
}

#[test]
fn a_signature_of_another_key_is_refused() {
    let out = tempfile::tempdir().unwrap();
    let other = delivery::signature::KeyPair::generate().unwrap();
    let error =
        write_signed(&Disk, out.path(), &head(), &profile(), &envelopes(), &other).unwrap_err();
    assert!(matches!(error, DeliveryError::Key(_)), "{error}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever became of the sheets: the delivery is written, verifies, and comes to what was paid.
    #[test]
    fn any_delivery_verifies(
        sheets in proptest::collection::vec(proptest::collection::vec(any_place(), 0..8), 1..6),
        encoding in prop_oneof![
            Just(Encoding::Utf8), Just(Encoding::Utf8Bom), Just(Encoding::Cp932)
        ],
        header: bool,
    ) {
        let mut profile = profile();
        profile.delivery.header = header;
        profile.delivery.encoding = encoding;
        let rows = made_of(&sheets);
        let amount = rows.iter().map(|(row, _)| row.totals.amount.0).sum();
        let head = DeliveryHead {
            sheets: sheets.iter().map(|it| it.len() as u64).sum(),
            amount: Yen(amount),
            ..head()
        };
        let out = tempfile::tempdir().unwrap();
        let written = write(&Disk, out.path(), &head, &profile, &rows).unwrap();
        let report = verify(&written.dir, Some(&head.key)).unwrap();
        prop_assert_eq!(report.findings, []);
        prop_assert_eq!(report.manifest.unwrap().amounts.total, Yen(amount));
    }
}
