//! What `verify` finds.

use super::fixture::*;
use kenban::delivery::signature::KeyPair;
use kenban::delivery::verify::{Finding, Proof};
use kenban::delivery::{Disk, VerifyError, verify};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const RESULTS: &str = "回収券読取結果データ_20201225_0007.csv";

fn delivered() -> (tempfile::TempDir, PathBuf) {
    let out = tempfile::tempdir().unwrap();
    let written = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap();
    (out, written.dir)
}

fn findings(dir: &Path) -> Vec<Finding> {
    verify(dir, None).unwrap().findings
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What anyone can do with `sha256sum`.
fn remake_sums(dir: &Path) {
    let mut lines = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name != "SHA256SUMS" {
            let hash = hex(&fs::read(dir.join(&name)).unwrap());
            lines.push((name.clone(), format!("{hash}  {name}\n")));
        }
    }
    lines.sort();
    let text = lines.into_iter().map(|(_, line)| line).collect::<String>();
    fs::write(dir.join("SHA256SUMS"), text).unwrap();
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// A manifest that fits a changed results file.
fn remake_manifest(dir: &Path) {
    let path = dir.join("manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let bytes = fs::read(dir.join(RESULTS)).unwrap();
    let file = &mut manifest["files"][1];
    assert_eq!(file["name"], RESULTS);
    file["sha256"] = hex(&bytes).into();
    file["bytes"] = bytes.len().into();
    fs::write(&path, serde_json::to_vec_pretty(&manifest).unwrap()).unwrap();
}

#[test]
fn stock_tools_can_check_it() {
    let (_out, dir) = delivered();
    let checked = std::process::Command::new("sha256sum")
        .args(["-c", "--strict", "SHA256SUMS"])
        .current_dir(&dir)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    let signature = fs::read_to_string(dir.join("manifest.json.minisig")).unwrap();
    let lines = signature.lines().collect::<Vec<_>>();
    assert!(lines[0].starts_with("untrusted comment: "));
    assert!(
        lines[1].starts_with("RUQ") && lines[1].len() == 100,
        "prehashed Ed25519: {}",
        lines[1]
    );
    assert_eq!(lines[2], "trusted comment: kenban delivery 01-0007");
}

/// Only where the stock tool is installed.
#[test]
fn stock_minisign_agrees() {
    let (_out, dir) = delivered();
    let check = || {
        let mut tool = std::process::Command::new("minisign");
        tool.args(["-V", "-q", "-p", "kenban.pub", "-m", "manifest.json"])
            .current_dir(&dir)
            .status()
    };
    match check() {
        Ok(status) => assert!(status.success()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => panic!("{error}"),
    }
    edit(&dir.join("manifest.json"), "sato", "sata");
    assert!(!check().unwrap().success());
}

#[test]
fn a_changed_byte_anywhere_is_found() {
    let (_out, dir) = delivered();
    let mut tried = 0;
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let whole = fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(13).chain([whole.len() - 1]) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            fs::write(&path, &changed).unwrap();
            assert!(!findings(&dir).is_empty(), "byte {at} of {}", path.display());
            tried += 1;
        }
        for changed in [&whole[..whole.len() - 1], &[&whole[..], b"\n"].concat()] {
            fs::write(&path, changed).unwrap();
            assert!(!findings(&dir).is_empty(), "{}", path.display());
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(tried > 200);
    assert_eq!(findings(&dir), []);
}

#[test]
fn missing_and_extra_files_are_found() {
    let (_out, dir) = delivered();
    for entry in fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let whole = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(findings(&dir).contains(&Finding::Missing(name.clone())), "{name}");
        if name != "SHA256SUMS" && name != "manifest.json" {
            remake_sums(&dir);
            assert!(findings(&dir).contains(&Finding::Missing(name.clone())), "{name}");
        }
        fs::write(&path, whole).unwrap();
        remake_sums(&dir);
    }
    fs::write(dir.join("extra.csv"), "x").unwrap();
    assert!(findings(&dir).contains(&Finding::Extra("extra.csv".into())));
    remake_sums(&dir);
    assert!(findings(&dir).contains(&Finding::Extra("extra.csv".into())));
}

#[test]
fn links_and_folders_are_refused() {
    let (out, dir) = delivered();
    let path = dir.join(RESULTS);
    let elsewhere = out.path().join("elsewhere.csv");
    fs::rename(&path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    assert!(findings(&dir).contains(&Finding::NotAFile(RESULTS.into())));
    fs::remove_file(&path).unwrap();
    fs::rename(&elsewhere, &path).unwrap();
    fs::create_dir(dir.join("sub")).unwrap();
    assert!(findings(&dir).contains(&Finding::NotAFile("sub".into())));
    let link = out.path().join("link");
    std::os::unix::fs::symlink(&dir, &link).unwrap();
    assert!(matches!(verify(&link, None), Err(VerifyError::NotAFolder(_))));
    assert!(matches!(verify(out.path(), None), Err(VerifyError::NotADelivery(_))));
}

#[test]
fn remade_sums_do_not_hide_an_edit() {
    let (_out, dir) = delivered();
    edit(&dir.join(RESULTS), ",1000,A00000000001,", ",1000,A00000000002,");
    remake_sums(&dir);
    let found = findings(&dir);
    assert!(
        found.iter().any(|it| matches!(it, Finding::File { what: "the SHA-256", .. })),
        "{found:?}"
    );
    assert!(
        found.iter().any(|it| matches!(it, Finding::Total { what: "the hash total", .. })),
        "{found:?}"
    );
}

#[test]
fn a_remade_manifest_needs_the_key() {
    let (_out, dir) = delivered();
    // The number that the machine read stays, so no total is touched but the hash total.
    edit(&dir.join(RESULTS), ",受付,,手入力,", ",受付,,目視,");
    remake_manifest(&dir);
    remake_sums(&dir);
    let found = findings(&dir);
    assert!(matches!(found[..], [Finding::Signature(_)]), "{found:?}");

    // With a key of one's own all is consistent; only the station's key, given, tells.
    let thief = KeyPair::generate().unwrap();
    let path = dir.join("manifest.json");
    let own = key().public_text();
    let line = own.lines().nth(1).unwrap();
    edit(&path, line, thief.public_text().lines().nth(1).unwrap());
    fs::write(dir.join("kenban.pub"), thief.public_text()).unwrap();
    let signature = thief.sign(&fs::read(&path).unwrap(), "kenban delivery 01-0007").unwrap();
    fs::write(dir.join("manifest.json.minisig"), signature).unwrap();
    remake_sums(&dir);
    let report = verify(&dir, None).unwrap();
    assert_eq!(report.findings, []);
    assert!(matches!(report.proof, Proof::Own { .. }));
    assert!(report.looked_at.iter().any(|line| line.contains("not who made it")));
    let report = verify(&dir, Some(&own)).unwrap();
    assert!(report.findings.contains(&Finding::NotGivenKey), "{:?}", report.findings);
    assert!(report.findings.iter().any(|it| matches!(it, Finding::Signature(_))));
    assert_eq!(report.proof, Proof::Nothing);
}

#[test]
fn the_given_key_proves_the_station() {
    let (_out, dir) = delivered();
    let report = verify(&dir, Some(&key().public_text())).unwrap();
    assert_eq!(report.findings, []);
    assert!(matches!(report.proof, Proof::Given { .. }));
    assert!(matches!(verify(&dir, Some("nonsense")), Err(VerifyError::Key(_))));
}

#[test]
fn wrong_totals_are_found_even_if_signed() {
    let (_out, dir) = delivered();
    let path = dir.join("manifest.json");
    let whole = fs::read(&path).unwrap();
    for (from, to, what) in [
        ("\"sheets\": 9", "\"sheets\": 8", "sheets"),
        ("\"accepted\": 6", "\"accepted\": 5", "accepted sheets"),
        ("\"total\": 4500", "\"total\": 5500", "an amount of yen"),
        ("\"hash_total\": \"1", "\"hash_total\": \"2", "the hash total"),
        ("\"envelopes\": 2", "\"envelopes\": 3", "envelopes"),
        ("\"held\": 1", "\"held\": 0", "held sheets"),
    ] {
        fs::write(&path, &whole).unwrap();
        edit(&path, from, to);
        let signature = key().sign(&fs::read(&path).unwrap(), "x").unwrap();
        fs::write(dir.join("manifest.json.minisig"), signature).unwrap();
        remake_sums(&dir);
        let found = findings(&dir);
        assert!(
            matches!(&found[..], [Finding::Total { what: told, .. }] if *told == what),
            "{what}: {found:?}"
        );
    }
}

#[test]
fn envelope_and_shop_totals_are_held_against_the_sheets() {
    for (file, from, to) in [
        ("封筒別集計_20201225_0007.csv", ",2500,", ",2600,"),
        ("店舗別集計_20201225_0007.csv", ",2500,62,", ",2400,62,"),
        ("読取券番号データ_20201225_0007.csv", "01-00124-002", "01-00124-009"),
        // What was read stands in both, what counts is made sure of and repeats nothing.
        (RESULTS, "01-00124-001,A69006026720,", "01-00124-001,A69006026721,"),
        (RESULTS, ",受付,,機械,", ",受付,,,"),
        (RESULTS, ",受付,,機械,", ",受付,,machine,"),
        (RESULTS, "01-00124-001,A69006026720,", "01-00124-001,A69006026720,01-00124-002"),
        (RESULTS, "A69006026738,01-00125-001", "A69006026738,01-00124-005"),
    ] {
        let (_out, dir) = delivered();
        edit(&dir.join(file), from, to);
        let found = findings(&dir);
        assert!(found.iter().any(|it| matches!(it, Finding::Row { .. })), "{file}: {found:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever lies in the folder, the check ends with an answer.
    #[test]
    fn garbage_never_panics(file in 0usize..8, bytes: Vec<u8>) {
        let (_out, dir) = delivered();
        let mut paths = fs::read_dir(&dir).unwrap().map(|it| it.unwrap().path()).collect::<Vec<_>>();
        paths.sort();
        fs::write(&paths[file], bytes).unwrap();
        proptest::prop_assert!(!findings(&dir).is_empty());
    }
}
