//! Lists of numbers, against the sample profiles.

use super::*;
use crate::voucher::{Issued, profile_file};

fn sample() -> Profile {
    profile_file::parse(include_str!("../../assets/profiles/five-layouts.toml")).unwrap()
}

fn fourteen() -> Profile {
    profile_file::parse(include_str!("../../assets/profiles/fourteen-digits.toml")).unwrap()
}

fn numbered(profile: &Profile, serial: u64) -> Number {
    profile.layouts[0].number.compose("", serial).unwrap()
}

#[test]
fn issued_numbers_and_ranges() {
    let profile = sample();
    let [one, ten, twenty, forty] = [1, 10, 20, 40].map(|serial| numbered(&profile, serial));
    let plain = format!("{one}\n{ten},{twenty}\n{forty},\n");
    let ledger = issued(plain.as_bytes(), &profile).unwrap();
    assert_eq!(ledger.len(), 13);
    for (serial, held) in [(0, false), (1, true), (10, true), (15, true), (21, false), (40, true)] {
        let answer = ledger.holds(&profile, &numbered(&profile, serial));
        assert_eq!(answer == Issued::Yes, held, "{serial}");
    }
    let named = format!("備考,終了,開始\r\nx,{twenty},{ten}\r\ny,,{one}\r\nz,{forty},{forty}\r\n");
    assert_eq!(issued(named.as_bytes(), &profile).unwrap(), ledger);
    let lone = format!("券番号\n{one}\n");
    assert_eq!(issued(lone.as_bytes(), &profile).unwrap().len(), 1);
}

#[test]
fn issued_mistakes_have_lines_and_reasons() {
    let profile = sample();
    let (one, ten) = (numbered(&profile, 1), numbered(&profile, 10));
    let other = profile.layouts[1].number.compose("", 20).unwrap();
    let mut wrong = one.to_string().into_bytes();
    let last = wrong.last_mut().unwrap();
    *last = if *last == b'0' { b'1' } else { b'0' };
    let wrong = String::from_utf8(wrong).unwrap();
    let list = format!(
        "{one}\n6.9E+10\n{ten},{one}\n{one},{other}\n{wrong}\n=A1\n,{one}\nA12\n{one},{ten},{ten}\n"
    );
    let problems = issued(list.as_bytes(), &profile).unwrap_err();
    let lines = problems.iter().map(|problem| problem.line).collect::<Vec<_>>();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9], "{problems:#?}");
    assert!(problems[0].mistake.contains("spreadsheet rounded"), "{}", problems[0]);
    assert!(problems[1].mistake.contains("backwards"), "{}", problems[1]);
    assert!(problems[3].mistake.contains("check digit"), "{}", problems[3]);
    assert!(problems[4].mistake.contains("formula"), "{}", problems[4]);
}

#[test]
fn lost_leading_zeros_are_named() {
    let profile = fourteen();
    let number = numbered(&profile, 12345);
    let cut = number.as_str().trim_start_matches('0');
    assert!(cut.len() < number.as_str().len() && number.as_str().len() - cut.len() <= 12);
    let list = format!("{}\n", &number.as_str()[2..]);
    let problems = issued(list.as_bytes(), &profile).unwrap_err();
    assert!(problems[0].mistake.contains("leading zeros"), "{}", problems[0]);
}

#[test]
fn blocked_numbers_keep_their_reasons() {
    let profile = sample();
    let (one, ten) = (numbered(&profile, 1), numbered(&profile, 10));
    let list = format!("券番号,理由\n{ten},\"盗難, 飯田\"\n{one}\n{ten},偽造の疑い\n{ten},\n");
    let blocked = super::blocked(list.as_bytes(), &profile).unwrap();
    let right = [
        Blocked { number: one, reason: String::new() },
        Blocked { number: ten, reason: "盗難, 飯田／偽造の疑い".to_owned() },
    ];
    assert_eq!(blocked, right);
    assert_eq!(super::blocked(blocked_csv(&right).as_bytes(), &profile).unwrap(), right);
    let bare = format!("{}\n", right[0].number);
    assert_eq!(super::blocked(bare.as_bytes(), &profile).unwrap(), right[..1]);
}

proptest::proptest! {
    #[test]
    fn garbage_never_panics(bytes: Vec<u8>, text: String) {
        let profile = sample();
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            std::hint::black_box(issued(bytes, &profile).is_ok());
            std::hint::black_box(super::blocked(bytes, &profile).is_ok());
        }
    }
}
