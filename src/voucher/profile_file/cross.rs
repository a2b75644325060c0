//! What must fit together: layouts among themselves, barcodes with numbers, provisional numbers
//! with real ones.

use super::walk::{At, Node, Walk, quoted};
use crate::voucher::barcode::{BarcodeRule, ContentPart};
use crate::voucher::profile::Provisional;
use crate::voucher::{Grammar, Layout, Symbology};

/// Numbers that two layouts share must mean the same kind, because the number alone says which
/// layout a keyed or printed number is of.
pub(super) fn layouts_apart(walk: &mut Walk, layouts: &[At<Layout>]) {
    for (index, layout) in layouts.iter().enumerate() {
        for other in layouts.iter().take(index) {
            let (one, two) = (&other.it, &layout.it);
            if one.number.overlaps(&two.number) && one.kind != two.kind {
                walk.problem(
                    layout.at,
                    format!(
                        "numbers of the layouts {} and {} look alike, but their kinds are known in different ways",
                        quoted(one.id.as_str()),
                        quoted(two.id.as_str())
                    ),
                    "tell them apart by a literal or the length, or give both the same kind",
                );
            }
        }
    }
}

/// A provisional number is the prefix and digits; no layout may have such numbers.
pub(super) fn provisional_apart(
    walk: &mut Walk,
    provisional: &At<Provisional>,
    layouts: &[At<Layout>],
) {
    let prefix = provisional.it.prefix.as_str();
    for layout in layouts {
        let number = &layout.it.number;
        let alike = number.len() > prefix.len()
            && (0..number.len()).all(|at| {
                let allowed = number.allowed_at(at);
                match prefix.chars().nth(at) {
                    Some(letter) => allowed.contains(letter),
                    None => allowed.contains(|c: char| c.is_ascii_digit()),
                }
            });
        if alike {
            walk.problem(
                provisional.at,
                format!(
                    "a provisional number with the prefix {} would look like a number of the layout {}",
                    quoted(prefix),
                    quoted(layout.it.id.as_str())
                ),
                "choose letters with which no number starts",
            );
        }
    }
}

/// What the barcode carries must be able to make a number of the layout.
pub(super) fn barcode_fits(walk: &mut Walk, node: &Node, rule: &BarcodeRule, number: &Grammar) {
    let prefix = rule.add_prefix.as_str();
    let prefix_length = prefix.chars().count();
    let made = prefix_length + rule.length;
    // content that isn't digits alone may hold hyphens, which the number drops
    let fits = if rule.digits_only { made == number.len() } else { made >= number.len() };
    if !fits {
        walk.problem(
            node.place("length"),
            format!(
                "the prefix and {} characters of content make {made}, but the number has {}",
                rule.length,
                number.len()
            ),
            format!(
                "write length = {}, without start and stop letters",
                number.len().saturating_sub(prefix_length)
            ),
        );
        return;
    }
    let wrong =
        prefix.chars().enumerate().find(|(at, letter)| !number.allowed_at(*at).contains(*letter));
    if wrong.is_some() {
        walk.problem(
            node.place("add_prefix"),
            format!("no number of this layout starts with {}", quoted(prefix)),
            "write the characters that stand before the barcode's part of the number",
        );
        return;
    }
    let digits_possible = (prefix_length..number.len())
        .all(|at| number.allowed_at(at).contains(|c: char| c.is_ascii_digit()));
    if rule.digits_only && !digits_possible {
        walk.problem(
            node.place("digits_only"),
            "the content is digits only, but the number needs letters there",
            "write digits_only = false, or add the letters by add_prefix",
        );
    }
    if rule.part == ContentPart::Whole {
        whole_content(walk, node, rule);
    }
}

/// Lengths that a symbology fixes.
fn whole_content(walk: &mut Walk, node: &Node, rule: &BarcodeRule) {
    for symbology in &rule.symbologies {
        let possible = match symbology {
            Symbology::Ean13 => rule.length == 13,
            Symbology::Ean8 => rule.length == 8,
            Symbology::Itf => rule.length.is_multiple_of(2),
            _ => true,
        };
        if !possible {
            walk.problem(
                node.place("length"),
                format!("{} can't carry {} characters", symbology.word(), rule.length),
                "ean13 carries 13, ean8 carries 8, itf an even number of digits",
            );
        }
    }
}
