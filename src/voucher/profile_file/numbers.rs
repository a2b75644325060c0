//! `number`: parts, check digit and printed groups.

use super::mistake::{Mistake, Want};
use super::walk::{Node, Value, Walk, list, text, whole};
use crate::voucher::check_digit::{CheckScheme, Modulus11Rule};
use crate::voucher::grammar::{Grammar, GrammarMistake, Part};

/// `number` of a layout or of a second number.
pub(super) fn grammar(walk: &mut Walk, owner: &Node) -> Option<Grammar> {
    let Some(value) = owner.get("number") else {
        walk.present(owner, "number", "number = { parts = [{ digits = 10, name = \"serial\" }] }");
        return None;
    };
    let node = walk.node(value, "number", &["parts", "groups", "separator"])?;
    let like = "parts = [{ literal = \"A\" }, { digits = 9, name = \"serial\" }]";
    let groups = groups(walk, &node);
    let separator = walk.get(&node, "separator", Want::Text, "separator = \"-\"", text);
    let found = walk.need(&node, "parts", Want::List, like, list)?;
    let parts: Vec<Option<Part>> = found.it.iter().map(|value| part(walk, value)).collect();
    let parts = parts.into_iter().collect::<Option<Vec<Part>>>()?;
    let separator = separator.map_or("", |separator| separator.it);
    match Grammar::new(parts, groups?, separator) {
        Ok(grammar) => Some(grammar),
        Err(mistake) => {
            let at = match &mistake {
                GrammarMistake::Groups { .. } | GrammarMistake::EmptyGroup => node.place("groups"),
                GrammarMistake::Separator(_) => node.place("separator"),
                _ => found.at,
            };
            walk.problem(at, Mistake::Number(mistake));
            None
        }
    }
}

fn groups(walk: &mut Walk, node: &Node) -> Option<Vec<usize>> {
    let like = "groups = [4, 8, 2]";
    if !node.has("groups") {
        return Some(Vec::new());
    }
    let found = walk.get(node, "groups", Want::List, like, list)?;
    let groups: Vec<usize> =
        found.it.iter().filter_map(|v| usize::try_from(whole(v.get_ref())?).ok()).collect();
    if groups.len() == found.it.len() && !groups.is_empty() {
        return Some(groups);
    }
    walk.problem(found.at, unfit("groups", Want::Lengths, like));
    None
}

fn unfit(key: &str, want: Want, like: &str) -> Mistake {
    Mistake::Unfit { key: key.to_owned(), want, like: like.to_owned() }
}

fn part(walk: &mut Walk, value: &Value<'_>) -> Option<Part> {
    let node = walk.open_node(value, "parts")?;
    let kinds = ["literal", "letters", "digits", "check"];
    let mut named = kinds.into_iter().filter(|key| node.has(key));
    let (Some(kind), None) = (named.next(), named.next()) else {
        // a misspelt key already says what is meant
        if !walk.only_keys(&node, &[&kinds[..], &["count", "name", "covers"]].concat()) {
            return None;
        }
        walk.problem(node.at, Mistake::PartWays);
        return None;
    };
    let count = |walk: &mut Walk, key: &str| {
        if !node.has(key) {
            return Some(1);
        }
        let count = walk.whole_within(&node, key, (1, 64))?;
        usize::try_from(count).ok()
    };
    match kind {
        "literal" => {
            walk.only_keys(&node, &["literal"]);
            let found = walk.get(&node, "literal", Want::Text, "literal = \"A\"", text)?;
            Some(Part::Literal(found.it.to_owned()))
        }
        "letters" => {
            walk.only_keys(&node, &["letters", "count", "name"]);
            let of = walk.get(&node, "letters", Want::Text, "letters = \"ABC\"", text);
            let name = walk.need(&node, "name", Want::Text, "name = \"area\"", text);
            Some(Part::Letters {
                count: count(walk, "count")?,
                of: of?.it.to_owned(),
                name: name?.it.to_owned(),
            })
        }
        "digits" => {
            walk.only_keys(&node, &["digits", "name"]);
            let name = walk.need(&node, "name", Want::Text, "name = \"serial\"", text);
            Some(Part::Digits { count: count(walk, "digits")?, name: name?.it.to_owned() })
        }
        _ => check_part(walk, &node),
    }
}

fn check_part(walk: &mut Walk, node: &Node) -> Option<Part> {
    let schemes = CheckScheme::ALL.map(|scheme| (scheme.word(), scheme));
    let scheme = walk.word(node, "check", &schemes);
    let mut known = vec!["check", "covers"];
    match scheme {
        Some(CheckScheme::Modulus11 { .. }) => known.extend(["weights", "rule"]),
        Some(CheckScheme::Nw7Modulus16 { .. }) => known.extend(["start", "stop"]),
        _ => {}
    }
    if scheme.is_some() {
        walk.only_keys(node, &known);
    }
    let scheme = scheme.and_then(|scheme| with_parameters(walk, node, scheme));
    let like = "covers = [\"serial\"]";
    let found = walk.need(node, "covers", Want::List, like, list)?;
    let covers: Vec<String> =
        found.it.iter().filter_map(|value| Some(text(value.get_ref())?.to_owned())).collect();
    if covers.len() != found.it.len() {
        walk.problem(found.at, unfit("covers", Want::PartNames, like));
        return None;
    }
    scheme.map(|scheme| Part::Check { scheme, covers })
}

fn with_parameters(walk: &mut Walk, node: &Node, scheme: CheckScheme) -> Option<CheckScheme> {
    match scheme {
        CheckScheme::Modulus11 { low, high, .. } => {
            let rules = Modulus11Rule::ALL.map(|rule| (rule.word(), rule));
            let like = "rule = \"04\"";
            walk.present(node, "rule", like);
            let rule = walk.word(node, "rule", &rules);
            if !node.has("weights") {
                return rule.map(|rule| CheckScheme::Modulus11 { low, high, rule });
            }
            let like = "weights = [2, 7]";
            let found = walk.get(node, "weights", Want::List, like, list)?;
            let ends: Vec<u8> = found
                .it
                .iter()
                .filter_map(|value| u8::try_from(whole(value.get_ref())?).ok())
                .collect();
            if let [low, high] = ends[..]
                && found.it.len() == 2
                && 1 <= low
                && low <= high
                && high <= 10
            {
                return rule.map(|rule| CheckScheme::Modulus11 { low, high, rule });
            }
            walk.problem(found.at, unfit("weights", Want::Weights, like));
            None
        }
        CheckScheme::Nw7Modulus16 { .. } => {
            let letters = [("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D')];
            walk.present(node, "start", "start = \"A\"");
            walk.present(node, "stop", "stop = \"A\"");
            let start = walk.word(node, "start", &letters);
            let stop = walk.word(node, "stop", &letters);
            start.zip(stop).map(|(start, stop)| CheckScheme::Nw7Modulus16 { start, stop })
        }
        other => Some(other),
    }
}
