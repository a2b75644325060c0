//! A profile's TOML file: raw form, every mistake with its line and its mend, then a right `Profile`;
//! and back again.
//!
//! The file is walked with the place of every value, so that all mistakes come out in one go.
//! `walk` knows TOML, `tables` the parts about the campaign, `layouts` and `numbers` the paper, `cross` what must
//! fit together; `mistake` is all that can be wrong; `write` goes the other way.

mod cross;
mod layouts;
mod mistake;
mod numbers;
mod tables;
mod walk;
mod write;

pub use mistake::{BadFileName, Choice, Mistake, Shape, Want};
pub use write::write;

use super::Profile;
use toml::de::DeTable;
use walk::{Node, Walk};

/// Largest profile file in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// One mistake in a profile file. `line` counts from 1; 0 means the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {mistake}; {}", mistake.mend())]
pub struct Problem {
    pub line: usize,
    pub mistake: Mistake,
}

const TOP: [&str; 11] = [
    "format",
    "campaign",
    "number",
    "accept",
    "provisional",
    "bundle",
    "kind",
    "layout",
    "defect",
    "fee",
    "delivery",
];

/// Parses and checks a profile. All mistakes that can be seen together are given together.
pub fn parse(toml: &str) -> Result<Profile, Vec<Problem>> {
    if toml.len() > MAX_BYTES {
        return Err(vec![Problem { line: 0, mistake: Mistake::TooLarge(toml.len()) }]);
    }
    let toml = toml.strip_prefix('\u{FEFF}').unwrap_or(toml);
    let mut walk = Walk::new(toml);
    let (root, errors) = DeTable::parse_recoverable(toml);
    for error in errors.iter().take(walk::MOST_PROBLEMS) {
        let at = error.span().map_or(0, |span| span.start);
        walk.problem(at, Mistake::NotToml(error.message().to_owned()));
    }
    // what stands behind a broken line would only be guessed at
    walk.done()?;
    let root = Node::root(root.get_ref());
    walk.only_keys(&root, &TOP);
    let profile = profile(&mut walk, &root);
    walk.done()?;
    profile.ok_or_else(|| vec![Problem { line: 0, mistake: Mistake::Incomplete }])
}

/// Every part is looked at before the first missing one counts.
fn profile(walk: &mut Walk, root: &Node) -> Option<Profile> {
    if let Some(format) = walk.need(root, "format", Want::Whole, "format = 1", walk::whole)
        && format.it != 1
    {
        walk.problem(format.at, Mistake::Format(format.it));
    }
    let campaign = tables::campaign(walk, root);
    let id = campaign.as_ref().map(|c| c.id.clone()).unwrap_or_default();
    let identity = tables::identity(walk, root, &id);
    let (accept, eye_check) = tables::accept(walk, root);
    let provisional = tables::provisional(walk, root);
    let bundle = tables::bundle(walk, root);
    let kinds = tables::kinds(walk, root);
    let defects = tables::defects(walk, root);
    let fee = tables::fee(walk, root);
    let delivery = tables::delivery(walk, root);
    let layouts = layouts::layouts(walk, root, &kinds);
    cross::layouts_apart(walk, &layouts);
    if let Some(provisional) = &provisional {
        cross::provisional_apart(walk, provisional, &layouts);
    }
    let campaign = campaign?;
    Some(Profile {
        campaign: campaign.id,
        name: campaign.name,
        revision: campaign.revision,
        validity: campaign.validity,
        kinds,
        layouts: layouts.into_iter().map(|layout| layout.it).collect(),
        namespace: identity.namespace,
        kind_in_identity: identity.kind_in_identity,
        copies: identity.copies,
        accept,
        eye_check,
        provisional: provisional?.it,
        bundle,
        defects,
        fee,
        delivery,
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
