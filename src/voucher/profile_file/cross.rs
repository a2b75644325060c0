//! What must fit together: layouts among themselves, barcodes with numbers, provisional numbers
//! with real ones.

use super::mistake::Mistake;
use super::walk::{At, Node, Walk};
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
                let (one, two) = (one.id.to_string(), two.id.to_string());
                walk.problem(layout.at, Mistake::LayoutsAlike { one, two });
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
            let (prefix, layout) = (prefix.to_owned(), layout.it.id.to_string());
            walk.problem(provisional.at, Mistake::ProvisionalAlike { prefix, layout });
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
        let (content, number) = (rule.length, number.len());
        let right = number.saturating_sub(prefix_length);
        walk.problem(node.place("length"), Mistake::ContentLength { content, made, number, right });
        return;
    }
    let wrong =
        prefix.chars().enumerate().find(|(at, letter)| !number.allowed_at(*at).contains(*letter));
    if wrong.is_some() {
        walk.problem(node.place("add_prefix"), Mistake::ContentStart(prefix.to_owned()));
        return;
    }
    let digits_possible = (prefix_length..number.len())
        .all(|at| number.allowed_at(at).contains(|c: char| c.is_ascii_digit()));
    if rule.digits_only && !digits_possible {
        walk.problem(node.place("digits_only"), Mistake::ContentLetters);
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
            let (symbology, length) = (*symbology, rule.length);
            walk.problem(node.place("length"), Mistake::SymbologyLength { symbology, length });
        }
    }
}
