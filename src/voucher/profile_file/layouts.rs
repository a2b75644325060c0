//! `[[layout]]`: the number, the boxes and the barcodes of each face.

use super::mistake::{Mistake, Want};
use super::numbers::grammar;
use super::tables::twice;
use super::walk::{At, Node, Value, Walk, choose, list, measure, text, truth};
use crate::voucher::barcode::{BarcodeRule, ContentPart};
use crate::voucher::grammar::Grammar;
use crate::voucher::profile::{Area, KindRule, SecondNumber};
use crate::voucher::{Kind, KindId, Layout, LayoutId, Side, Symbology};
use toml::de::DeValue;

const LAYOUT_KEYS: [&str; 10] = [
    "id",
    "size_mm",
    "kind",
    "number",
    "number_box",
    "number_side",
    "kind_box",
    "kind_side",
    "barcode",
    "second",
];
const RULE_KEYS: [&str; 6] =
    ["symbology", "start_stop", "length", "digits_only", "add_prefix", "part"];

pub(super) fn layouts(walk: &mut Walk, root: &Node, kinds: &[Kind]) -> Vec<At<Layout>> {
    if !root.has("layout") {
        walk.problem(0, Mistake::NoLayout);
    }
    let mut layouts: Vec<At<Layout>> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for node in walk.sections(root, "layout", &LAYOUT_KEYS, 64) {
        let id = walk.id(&node);
        if let Some(id) = &id {
            if ids.contains(&id.it) {
                twice(walk, id);
            }
            ids.push(id.it.clone());
        }
        if let Some(layout) = layout(walk, &node, id, kinds) {
            let at = node.at;
            layouts.push(At { at, it: layout });
        }
    }
    layouts
}

fn layout(walk: &mut Walk, node: &Node, id: Option<At<String>>, kinds: &[Kind]) -> Option<Layout> {
    let size_mm = size(walk, node);
    let number = grammar(walk, node);
    let kind = kind_rule(walk, node, kinds, number.as_ref());
    need_box(walk, node, "number_box");
    let number_area = area(walk, node, "number_box", "number_side");
    let kind_area = area(walk, node, "kind_box", "kind_side");
    if kind == Some(KindRule::ByText) && !node.has("kind_box") {
        walk.problem(node.place("kind"), Mistake::KindTextNowhere);
    }
    let barcode = match node.get("barcode") {
        None => Some(None),
        Some(value) => barcode(walk, value, number.as_ref()).map(Some),
    };
    let second = match node.get("second") {
        None => Some(None),
        Some(value) => second(walk, value, number.as_ref()).map(Some),
    };
    Some(Layout {
        id: LayoutId::new(&id?.it),
        kind: kind?,
        size_mm: size_mm?,
        number: number?,
        number_area: number_area?,
        barcode: barcode?,
        second: second?,
        kind_area,
    })
}

fn size(walk: &mut Walk, node: &Node) -> Option<(f32, f32)> {
    let like = "size_mm = [150, 66]";
    let found = walk.need(node, "size_mm", Want::List, like, list)?;
    let sides: Vec<f32> = found.it.iter().filter_map(|v| measure(v.get_ref())).collect();
    if let [w, h] = sides[..]
        && found.it.len() == 2
        && (20.0..=500.0).contains(&w)
        && (20.0..=500.0).contains(&h)
    {
        return Some((w, h));
    }
    let (key, like) = ("size_mm".to_owned(), like.to_owned());
    walk.problem(found.at, Mistake::Unfit { key, want: Want::Size, like });
    None
}

fn need_box(walk: &mut Walk, node: &Node, key: &'static str) {
    if !node.has(key) {
        walk.problem(node.at, Mistake::NoBox { section: node.name.clone(), key });
    }
}

fn area(walk: &mut Walk, node: &Node, key: &str, side_key: &str) -> Option<Area> {
    let sides = [("front", Side::Front), ("back", Side::Back)];
    let side = walk.word(node, side_key, &sides).unwrap_or_default();
    let like = format!("{key} = [0.6, 0.7, 0.3, 0.2]");
    let found = walk.get(node, key, Want::List, &like, list)?;
    let box_: Vec<f32> = found.it.iter().filter_map(|v| measure(v.get_ref())).collect();
    if let [x, y, w, h] = box_[..]
        && found.it.len() == 4
        && x >= 0.0
        && y >= 0.0
        && w > 0.0
        && h > 0.0
        && x + w <= 1.0001
        && y + h <= 1.0001
    {
        return Some(Area { side, x, y, w, h });
    }
    walk.problem(found.at, Mistake::BoxOutside(key.to_owned()));
    None
}

/// A kind that is there, by its id.
fn kind(walk: &mut Walk, at: usize, id: &str, kinds: &[Kind]) -> Option<KindId> {
    let found = kinds.iter().find(|kind| kind.id.as_str() == id);
    if found.is_none() {
        let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
        let choice = choose(id, &ids);
        walk.problem(at, Mistake::KindUnknown { id: id.to_owned(), choice });
    }
    found.map(|kind| kind.id.clone())
}

fn kind_rule(
    walk: &mut Walk,
    node: &Node,
    kinds: &[Kind],
    number: Option<&Grammar>,
) -> Option<KindRule> {
    let like = "kind = \"1000\"";
    let value = walk.need(node, "kind", Want::TextOrTable, like, Some)?;
    let named = node.get("kind")?;
    if let DeValue::String(id) = value.it {
        return kind(walk, value.at, id, kinds).map(KindRule::Fixed);
    }
    let known = ["fixed", "number", "text", "operator"];
    let rule = walk.node(named, "kind", &known)?;
    if rule.entries().count() != 1 {
        walk.problem(value.at, Mistake::KindWays);
        return None;
    }
    if let Some(id) = walk.get(&rule, "fixed", Want::Text, "fixed = \"1000\"", text) {
        return kind(walk, id.at, id.it, kinds).map(KindRule::Fixed);
    }
    if let Some(value) = rule.get("number") {
        let prefixes = walk.open_node(value, "number")?;
        return by_number(walk, &prefixes, kinds, number);
    }
    for (key, outcome) in [("text", KindRule::ByText), ("operator", KindRule::ByOperator)] {
        let like = format!("{key} = true");
        match walk.get(&rule, key, Want::True, &like, |v| truth(v).filter(|t| *t)) {
            Some(_) => return Some(outcome),
            None => continue,
        }
    }
    None
}

fn by_number(
    walk: &mut Walk,
    node: &Node,
    kinds: &[Kind],
    number: Option<&Grammar>,
) -> Option<KindRule> {
    let mut prefixes = Vec::new();
    let mut whole_rule = true;
    for (prefix, value) in node.entries() {
        let possible = number.is_none_or(|number| starts(number, 0, prefix.it));
        if prefix.it.is_empty() || !possible {
            walk.problem(prefix.at, Mistake::KindStart(prefix.it.to_owned()));
            whole_rule = false;
        }
        let at = value.span().start;
        let Some(id) = text(value.get_ref()) else {
            walk.problem(at, not_text("kind", "A = \"1000\""));
            whole_rule = false;
            continue;
        };
        match kind(walk, at, id, kinds) {
            Some(kind) => prefixes.push((prefix.it.to_owned(), kind)),
            None => whole_rule = false,
        }
    }
    if prefixes.is_empty() && whole_rule {
        walk.problem(node.at, Mistake::KindByNothing);
    }
    (whole_rule && !prefixes.is_empty()).then_some(KindRule::ByNumber(prefixes))
}

fn not_text(key: &str, like: &str) -> Mistake {
    Mistake::Unfit { key: key.to_owned(), want: Want::Text, like: like.to_owned() }
}

/// Whether a number can have this text from a position on.
fn starts(number: &Grammar, from: usize, text: &str) -> bool {
    text.chars().enumerate().all(|(at, found)| number.allowed_at(from + at).contains(found))
}

fn barcode(
    walk: &mut Walk,
    value: &Value<'_>,
    number: Option<&Grammar>,
) -> Option<(BarcodeRule, Area)> {
    let known = [&RULE_KEYS[..], &["box", "side"]].concat();
    let node = walk.node(value, "[layout.barcode]", &known)?;
    need_box(walk, &node, "box");
    let area = area(walk, &node, "box", "side");
    let rule = barcode_rule(walk, &node, number);
    Some((rule?, area?))
}

fn barcode_rule(walk: &mut Walk, node: &Node, number: Option<&Grammar>) -> Option<BarcodeRule> {
    let symbologies = symbologies(walk, node);
    let part = content_part(walk, node);
    let letters = |text: &str| {
        let mut letters = text.chars();
        let pair = (letters.next()?, letters.next()?);
        let good = |letter| ('A'..='D').contains(&letter);
        (letters.next().is_none() && good(pair.0) && good(pair.1)).then_some(pair)
    };
    let like = "start_stop = \"AA\"";
    let start_stop =
        walk.get(node, "start_stop", Want::Letters, like, |value| text(value).and_then(letters));
    if node.has("start_stop")
        && symbologies.as_ref().is_some_and(|all| !all.contains(&Symbology::Codabar))
    {
        walk.problem(node.place("start_stop"), Mistake::StartStop);
    }
    walk.present(node, "length", "length = 10");
    let length = walk.whole_within(node, "length", (1, 200));
    let like = "digits_only = true";
    let digits_only = walk.get(node, "digits_only", Want::Truth, like, truth);
    let add_prefix = walk.get(node, "add_prefix", Want::Text, "add_prefix = \"B\"", text);
    let rule = BarcodeRule {
        symbologies: symbologies?,
        start_stop: start_stop.map(|found| found.it),
        part: part?,
        length: usize::try_from(length?).ok()?,
        digits_only: digits_only.is_some_and(|found| found.it),
        add_prefix: add_prefix.map_or("", |found| found.it).to_owned(),
    };
    if let Some(number) = number {
        super::cross::barcode_fits(walk, node, &rule, number);
    }
    Some(rule)
}

fn symbologies(walk: &mut Walk, node: &Node) -> Option<Vec<Symbology>> {
    let words = Symbology::ALL.map(|symbology| (symbology.word(), symbology));
    let like = "symbology = [\"codabar\"]";
    let value = walk.need(node, "symbology", Want::List, like, Some)?;
    if text(value.it).is_some() {
        return walk.word(node, "symbology", &words).map(|one| vec![one]);
    }
    let found = walk.get(node, "symbology", Want::List, like, list)?;
    let mut all = Vec::new();
    for value in found.it.iter().take(20) {
        let at = value.span().start;
        match text(value.get_ref()) {
            Some(word) => all.extend(walk.known_word(at, "symbology", word, &words)),
            None => walk.problem(at, not_text("symbology", like)),
        }
    }
    if found.it.is_empty() {
        walk.problem(found.at, Mistake::NoSymbology);
    }
    (!all.is_empty()).then_some(all)
}

fn content_part(walk: &mut Walk, node: &Node) -> Option<ContentPart> {
    let Some(value) = node.get("part") else {
        return Some(ContentPart::Whole);
    };
    if text(value.get_ref()).is_some() {
        return walk.word(node, "part", &[("whole", ())]).map(|()| ContentPart::Whole);
    }
    let known = ["query", "last_segment", "after"];
    let part = walk.node(value, "part", &known)?;
    let filled = |value| text(value).filter(|text| !text.is_empty() && text.len() <= 200);
    let query = walk.get(&part, "query", Want::SomeText, "query = \"n\"", filled);
    let like = "after = \"https://example.jp/\"";
    let after = walk.get(&part, "after", Want::SomeText, like, filled);
    let like = "last_segment = true";
    let last = walk
        .get(&part, "last_segment", Want::True, like, |value| truth(value).filter(|last| *last));
    match (query, after, last, part.entries().count()) {
        (Some(field), None, None, 1) => Some(ContentPart::Query(field.it.to_owned())),
        (None, Some(before), None, 1) => Some(ContentPart::After(before.it.to_owned())),
        (None, None, Some(_), 1) => Some(ContentPart::LastSegment),
        (_, _, _, 1) => None,
        _ => {
            walk.problem(value.span().start, Mistake::ContentWays);
            None
        }
    }
}

fn second(walk: &mut Walk, value: &Value<'_>, first: Option<&Grammar>) -> Option<SecondNumber> {
    let known = ["number", "box", "side", "barcode", "same"];
    let node = walk.node(value, "[layout.second]", &known)?;
    need_box(walk, &node, "box");
    let area = area(walk, &node, "box", "side");
    let number = grammar(walk, &node);
    let same = walk.need(&node, "same", Want::Truth, "same = true", truth);
    let barcode = match node.get("barcode") {
        None => Some(None),
        Some(value) => walk
            .node(value, "[layout.second.barcode]", &RULE_KEYS)
            .and_then(|rule| barcode_rule(walk, &rule, number.as_ref()))
            .map(Some),
    };
    let (number, same) = (number?, same?);
    if same.it && first.is_some_and(|first| !first.overlaps(&number)) {
        walk.problem(same.at, Mistake::SecondDiffers);
    }
    Some(SecondNumber { number, area: area?, barcode: barcode?, same: same.it })
}
