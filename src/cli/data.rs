//! `audit`, `end-day`, `backup`, `restore`.

use super::args::{Audit, Backup, Restore, Restored};
use super::campaign::read_text;
use super::hand::print_head;
use super::{CliError, End, Who, say};
use crate::flow::{Input, Sha256};
use crate::rig::{self, keys};
use crate::store::audit::{Outside, audit as audit_data};
use crate::store::{StoreError, backup};

pub(super) fn audit(who: &Who, args: &Audit) -> Result<End, CliError> {
    let head = match &args.head {
        None => None,
        Some(text) => Some(
            Sha256::from_hex(&text.trim().to_lowercase())
                .ok_or_else(|| say("a head is 64 hexadecimal digits"))?,
        ),
    };
    let key = args.key.as_deref().map(read_text).transpose()?;
    if let Some(key) = &key {
        keys::is_public_key(key)?;
    }
    let heads = args.key.as_deref().map_or(Ok(Vec::new()), keys::kept_heads)?;
    let kept = heads.len();
    let heads = heads.into_iter().map(|kept| (kept.seq, kept.head)).collect();
    let outside = Outside { head, heads, pictures: args.pictures };
    let verify = |message: &str, signature: &str| {
        keys::verify(key.as_deref().unwrap_or_default(), message, signature)
    };
    let audited = audit_data(&who.data, &outside, key.is_some().then_some(&verify));
    let report = match audited {
        Ok(report) => report,
        Err(
            error @ (StoreError::NoCampaign(_) | StoreError::Newer { .. } | StoreError::Io { .. }),
        ) => {
            return Err(error.into());
        }
        // Data that can't even be walked is an answer too.
        Err(error) => {
            say_line!("FOUND: {error}");
            return Ok(End::No);
        }
    };
    if report.training {
        say_line!("this is a TRAINING campaign");
    }
    say_line!(
        "{} events, {} signed heads, {} pictures looked at",
        report.events,
        report.signed_heads,
        report.pictures
    );
    if let Some(head) = report.head {
        say_line!("head: {head}");
    }
    for note in &report.notes {
        say_line!("note: {note}");
    }
    for finding in &report.findings {
        say_line!("FOUND: {finding}");
    }
    if !report.findings.is_empty() {
        return Ok(End::No);
    }
    say_line!("{}", proves(args.head.is_some(), key.is_some(), kept));
    Ok(End::Done)
}

/// What a clean audit proves, and what not.
fn proves(head: bool, key: bool, kept: usize) -> String {
    let mut text = "the log holds together, and replay gives what the tables say".to_owned();
    if head {
        text.push_str("; it contains the head that you gave");
    }
    if key {
        text.push_str("; every signed head is of the key that you gave");
        if kept > 0 {
            text.push_str(&format!(", and all {kept} heads kept beside it are in the log"));
        }
    }
    if !head && !key {
        text.push_str(
            ". Without --head or --key this does not prove that nobody re-computed the whole log or cut its end",
        );
    }
    text
}

pub(super) fn end_day(who: &Who) -> Result<End, CliError> {
    let (rig, by) = who.open()?;
    let business_day = rig::today();
    let done = rig.act(&by, who.with.as_ref(), Input::EndDay { business_day });
    super::finish(rig)?;
    done?;
    say_line!("{business_day} is ended");
    print_head(who)?;
    Ok(End::Done)
}

pub(super) fn backup(who: &Who, args: &Backup) -> Result<End, CliError> {
    let held = backup::backup(&who.data, &args.file, args.pictures)?;
    say_line!(
        "{} holds {} events, {} sheets, {}",
        args.file.display(),
        held.events,
        held.sheets,
        pictures_words(&held)
    );
    say_line!("the station's key is not in it: {} keeps that", keys::folder()?.display());
    Ok(End::Done)
}

pub(super) fn restore(who: &Who, args: &Restore) -> Result<End, CliError> {
    let held = backup::restore(&args.file, &who.data)?;
    say_line!(
        "{} holds {} events, {} sheets, {} again",
        who.data.display(),
        held.events,
        held.sheets,
        pictures_words(&held)
    );
    Ok(End::Done)
}

pub(super) fn restored(who: &Who, args: &Restored) -> Result<End, CliError> {
    let lost = rig::accept_restored(&who.data, who.by.as_ref(), who.with.as_ref(), &args.reason)?;
    say_line!(
        "the log goes on after event {}, which was lost; envelopes after {}, deliveries after {}",
        lost.seq,
        lost.last_envelope,
        lost.last_delivery
    );
    print_head(who)?;
    Ok(End::Done)
}

fn pictures_words(held: &backup::Held) -> String {
    held.pictures.map_or_else(
        || "no pictures (--pictures takes them in)".to_owned(),
        |it| format!("{it} pictures"),
    )
}
