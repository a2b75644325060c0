//! The tables about the campaign: who, when, how strict, how paid, how delivered.

use super::mistake::{BadFileName, Mistake, Want};
use super::walk::{At, Node, Walk, choose, list, text, truth};
use crate::voucher::profile::{
    AcceptRule, Defect, DefectOutcome, DeliveryForm, Encoding, EyeCheck, Fee, FeePer, FeeRate,
    Provisional, Rounding,
};
use crate::voucher::{Kind, KindId, Yen};
use jiff::civil::Date;
use toml::de::DeValue;

/// Largest face value in yen; more is surely a slip.
const MOST_FACE: i64 = 1_000_000;

pub(super) struct Campaign {
    pub id: String,
    pub name: String,
    pub revision: u32,
    pub validity: Vec<(Date, Date)>,
}

pub(super) fn campaign(walk: &mut Walk, root: &Node) -> Option<Campaign> {
    let Some(node) = walk.section(root, "campaign", &["id", "name", "revision", "valid"]) else {
        if !root.has("campaign") {
            walk.problem(0, Mistake::NoCampaign);
        }
        return None;
    };
    let id = walk.id(&node);
    let name = walk.name(&node);
    walk.present(&node, "revision", "revision = 1");
    let revision = walk.whole_within(&node, "revision", (1, i64::from(u32::MAX)));
    let validity = validity(walk, &node);
    Some(Campaign { id: id?.it, name: name?, revision: u32::try_from(revision?).ok()?, validity })
}

fn validity(walk: &mut Walk, node: &Node) -> Vec<(Date, Date)> {
    let like = "valid = [{ from = 2026-04-01, until = 2026-09-30 }]";
    let Some(periods) = walk.get(node, "valid", Want::List, like, list) else {
        return Vec::new();
    };
    if periods.it.is_empty() || periods.it.len() > 100 {
        walk.problem(periods.at, Mistake::Periods);
    }
    let mut validity = Vec::new();
    for period in periods.it.iter().take(100) {
        let Some(period) = walk.node(period, "valid", &["from", "until"]) else {
            continue;
        };
        let like = |key: &str| format!("{key} = 2026-04-01");
        let from = walk.need(&period, "from", Want::Date, &like("from"), date);
        let until = walk.need(&period, "until", Want::Date, &like("until"), date);
        let (Some(from), Some(until)) = (from, until) else {
            continue;
        };
        if from.it > until.it {
            walk.problem(from.at, Mistake::Period { from: from.it, until: until.it });
        }
        validity.push((from.it, until.it));
    }
    validity
}

fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::String(text) => text.parse().ok(),
        DeValue::Datetime(datetime) => {
            let day = datetime.date.filter(|_| datetime.time.is_none())?;
            let year = i16::try_from(day.year).ok()?;
            let month = i8::try_from(day.month).ok()?;
            Date::new(year, month, i8::try_from(day.day).ok()?).ok()
        }
        _ => None,
    }
}

pub(super) struct Identity {
    pub namespace: String,
    pub copies: u32,
    pub kind_in_identity: bool,
}

pub(super) fn identity(walk: &mut Walk, root: &Node, campaign: &str) -> Identity {
    let mut identity =
        Identity { namespace: campaign.to_owned(), copies: 1, kind_in_identity: false };
    let known = ["namespace", "copies", "kind_in_identity"];
    if let Some(node) = walk.section(root, "number", &known) {
        let like = "namespace = \"summer-2026\"";
        if let Some(found) = walk.get(&node, "namespace", Want::Text, like, text)
            && let Some(namespace) = walk.safe_id(found.at, "namespace", found.it)
        {
            identity.namespace = namespace;
        }
        if let Some(copies) = walk.whole_within(&node, "copies", (1, 1000)) {
            identity.copies = u32::try_from(copies).unwrap_or(1);
        }
        let like = "kind_in_identity = true";
        if let Some(found) = walk.get(&node, "kind_in_identity", Want::Truth, like, truth) {
            identity.kind_in_identity = found.it;
        }
    }
    identity
}

pub(super) fn accept(walk: &mut Walk, root: &Node) -> (AcceptRule, EyeCheck) {
    let (mut rule, mut eye_check) = (AcceptRule::Standard, EyeCheck::Doubtful);
    let known = ["rule", "eye_check", "sample_every"];
    let Some(node) = root.get("accept").and_then(|value| walk.open_node(value, "[accept]")) else {
        return (rule, eye_check);
    };
    for (key, _) in node.entries() {
        if !known.contains(&key.it) {
            let choice = choose(key.it, &known);
            walk.problem(key.at, Mistake::Looser { key: key.it.to_owned(), choice });
        }
    }
    let rules = [
        ("standard", AcceptRule::Standard),
        ("two-readings", AcceptRule::TwoReadings),
        ("person", AcceptRule::Person),
    ];
    if let Some(found) = walk.get(&node, "rule", Want::Text, "rule = \"standard\"", text) {
        match rules.iter().find(|(word, _)| *word == found.it) {
            Some((_, known)) => rule = *known,
            None => {
                let words = rules.map(|(word, _)| word);
                let choice = choose(found.it, &words);
                walk.problem(found.at, Mistake::Rule { found: found.it.to_owned(), choice });
            }
        }
    }
    let every = walk.whole_within(&node, "sample_every", (1, 1_000_000));
    let words = [("all", 'a'), ("doubtful", 'd'), ("sample", 's')];
    let word = walk.word(&node, "eye_check", &words);
    match (word, every.and_then(|n| u32::try_from(n).ok())) {
        (Some('s'), Some(n)) => eye_check = EyeCheck::Sample(n),
        (Some('s'), None) if !node.has("sample_every") => {
            walk.problem(node.place("eye_check"), Mistake::SampleOfWhat);
        }
        (Some('a'), _) => eye_check = EyeCheck::All,
        _ => {}
    }
    if node.has("sample_every") && word != Some('s') {
        walk.problem(node.place("sample_every"), Mistake::SampleOfNone);
    }
    (rule, eye_check)
}

pub(super) fn provisional(walk: &mut Walk, root: &Node) -> Option<At<Provisional>> {
    let Some(node) = walk.section(root, "provisional", &["prefix", "paid"]) else {
        if !root.has("provisional") {
            walk.problem(0, Mistake::NoProvisional);
        }
        return None;
    };
    let paid = walk.need(&node, "paid", Want::Truth, "paid = true", truth);
    let prefix = walk.need(&node, "prefix", Want::Text, "prefix = \"K\"", text)?;
    let good = (1..=4).contains(&prefix.it.len())
        && prefix.it.bytes().all(|byte| byte.is_ascii_uppercase());
    if !good {
        walk.problem(prefix.at, Mistake::Prefix(prefix.it.to_owned()));
        return None;
    }
    Some(At { at: prefix.at, it: Provisional { prefix: prefix.it.to_owned(), paid: paid?.it } })
}

pub(super) fn bundle(walk: &mut Walk, root: &Node) -> u32 {
    walk.section(root, "bundle", &["size"])
        .and_then(|node| walk.whole_within(&node, "size", (1, 10_000)))
        .and_then(|size| u32::try_from(size).ok())
        .unwrap_or(100)
}

pub(super) fn kinds(walk: &mut Walk, root: &Node) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    if !root.has("kind") {
        walk.problem(0, Mistake::NoKind);
    }
    for node in walk.sections(root, "kind", &["id", "name", "face"], 100) {
        let id = walk.id(&node);
        let name = walk.name(&node);
        walk.present(&node, "face", "face = 1000");
        let face = walk.whole_within(&node, "face", (1, MOST_FACE));
        let Some(id) = id else { continue };
        if kinds.iter().any(|kind| kind.id.as_str() == id.it) {
            twice(walk, &id);
            continue;
        }
        // a kind with another mistake still counts as named
        kinds.push(Kind {
            id: KindId::new(&id.it),
            name: name.unwrap_or_default(),
            face: Yen(face.unwrap_or(0)),
        });
    }
    kinds
}

pub(super) fn twice(walk: &mut Walk, id: &At<String>) {
    walk.problem(id.at, Mistake::Twice(id.it.clone()));
}

pub(super) fn defects(walk: &mut Walk, root: &Node) -> Vec<Defect> {
    let mut defects: Vec<Defect> = Vec::new();
    for node in walk.sections(root, "defect", &["id", "name", "outcome"], 100) {
        let id = walk.id(&node);
        let name = walk.name(&node);
        let outcomes = [
            ("rejected-kept", DefectOutcome::RejectedKept),
            ("rejected-returned", DefectOutcome::RejectedReturned),
            ("held", DefectOutcome::Held),
        ];
        walk.present(&node, "outcome", "outcome = \"held\"");
        let outcome = walk.word(&node, "outcome", &outcomes);
        let Some(id) = id else { continue };
        if defects.iter().any(|defect| defect.id == id.it) {
            twice(walk, &id);
        }
        if let (Some(name), Some(outcome)) = (name, outcome) {
            let id = id.it;
            defects.push(Defect { id, name, outcome });
        }
    }
    defects
}

pub(super) fn fee(walk: &mut Walk, root: &Node) -> Option<Fee> {
    let known = ["percent", "yen_per_sheet", "rounding", "per"];
    let node = walk.section(root, "fee", &known)?;
    let roundings = [("down", Rounding::Down), ("half-up", Rounding::HalfUp), ("up", Rounding::Up)];
    let pers =
        [("sheet", FeePer::Sheet), ("envelope", FeePer::Envelope), ("closing", FeePer::Closing)];
    let rounding = walk.word(&node, "rounding", &roundings);
    let per = walk.word(&node, "per", &pers);
    let percent = node.has("percent");
    if percent == node.has("yen_per_sheet") {
        walk.problem(node.at, Mistake::FeeWays);
        return None;
    }
    if percent {
        if !node.has("per") {
            walk.problem(node.at, Mistake::FeePer);
        }
        let like = "percent = \"2.5\"";
        let found = walk.get(&node, "percent", Want::QuotedText, like, text)?;
        let points = basis_points(found.it);
        if points.is_none() {
            walk.problem(found.at, Mistake::Percent(found.it.to_owned()));
        }
        return Some(Fee {
            rate: FeeRate::BasisPoints(points?),
            rounding: rounding.unwrap_or(Rounding::Down),
            per: per?,
        });
    }
    let each = walk.whole_within(&node, "yen_per_sheet", (0, MOST_FACE))?;
    Some(Fee {
        rate: FeeRate::YenPerSheet(Yen(each)),
        rounding: rounding.unwrap_or(Rounding::Down),
        per: per.unwrap_or(FeePer::Sheet),
    })
}

/// "2.5" is 250 hundredths of a percent.
fn basis_points(text: &str) -> Option<u32> {
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(places) || whole.len() > 3 || places.len() > 2 {
        return None;
    }
    let points = whole.parse::<u32>().ok()? * 100 + format!("{places:0<2}").parse::<u32>().ok()?;
    (points <= 10_000).then_some(points)
}

pub(super) fn delivery(walk: &mut Walk, root: &Node) -> DeliveryForm {
    const FILES: [(&str, &str); 4] = [
        ("numbers_file", "YOMITORI_{date}_{no}"),
        ("results_file", "KAISHU_{date}_{no}"),
        ("shops_file", "TENPO_{date}_{no}"),
        ("envelopes_file", "FUUTOU_{date}_{no}"),
    ];
    let mut names = FILES.map(|(_, name)| name.to_owned());
    let (mut encoding, mut header) = (Encoding::Utf8, true);
    let mut known = vec!["encoding", "header"];
    known.extend(FILES.map(|(key, _)| key));
    if let Some(node) = walk.section(root, "delivery", &known) {
        let words = [
            ("utf-8", Encoding::Utf8),
            ("utf-8-bom", Encoding::Utf8Bom),
            ("cp932", Encoding::Cp932),
        ];
        encoding = walk.word(&node, "encoding", &words).unwrap_or(encoding);
        if let Some(found) = walk.get(&node, "header", Want::Truth, "header = true", truth) {
            header = found.it;
        }
        for ((key, default), name) in FILES.iter().zip(names.iter_mut()) {
            let like = format!("{key} = \"{default}\"");
            if let Some(found) = walk.get(&node, key, Want::Text, &like, text) {
                if let Some(why) = unsafe_name(found.it) {
                    let bad = Mistake::FileName { found: found.it.to_owned(), why, like: default };
                    walk.problem(found.at, bad);
                }
                *name = found.it.to_owned();
            }
        }
        for (index, (key, _)) in FILES.iter().enumerate() {
            let same = |other: &String| names.get(index).is_some_and(|name| one_file(name, other));
            if names.iter().take(index).any(same) {
                walk.problem(node.place(key), Mistake::SameFile(key));
            }
        }
    }
    let [numbers_file, results_file, shops_file, envelopes_file] = names;
    DeliveryForm { encoding, header, numbers_file, results_file, shops_file, envelopes_file }
}

/// Sticks don't tell upper from lower case.
fn one_file(one: &str, two: &str) -> bool {
    one.to_lowercase() == two.to_lowercase()
}

/// Why a name can't be a file's on a stick for any computer.
fn unsafe_name(name: &str) -> Option<BadFileName> {
    let rest = name.replace("{date}", "").replace("{no}", "");
    let bare = name.split('.').next().unwrap_or("").to_ascii_uppercase();
    if name.is_empty() || name.len() > 100 {
        return Some(BadFileName::Length);
    }
    if rest.contains(['{', '}']) {
        return Some(BadFileName::Braces);
    }
    if rest.contains(|c: char| !(c.is_alphanumeric() || "_-. ()".contains(c))) {
        return Some(BadFileName::Character);
    }
    if name.starts_with(['.', ' ', '-']) || name.ends_with(['.', ' ']) {
        return Some(BadFileName::Ends);
    }
    let device = bare.strip_prefix("COM").or(bare.strip_prefix("LPT"));
    let numbered = device.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    if numbered || ["CON", "PRN", "AUX", "NUL"].contains(&bare.as_str()) {
        return Some(BadFileName::Device);
    }
    None
}
