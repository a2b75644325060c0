//! Made-up people, numbers and an outside world for tests of the flow.

use kenban::flow::event::{Capture, Counted, Place, Source};
use kenban::flow::facts::{FactError, Facts, Holder, Seen};
use kenban::flow::ids::{Sha256, SheetId, Station};
use kenban::flow::{Event, Person, PersonId, Role};
use kenban::voucher::profile::Profile;
use kenban::voucher::{BarcodeFinding, Issued, KindId, Number, Symbology, profile_file};
use std::collections::{BTreeMap, BTreeSet};

pub const PROFILE: &str = include_str!("../../assets/profiles/five-layouts.toml");

pub fn profile() -> Profile {
    profile_file::parse(PROFILE).unwrap()
}

pub fn person(id: &str) -> PersonId {
    PersonId::new(id).unwrap()
}

/// Three operators, a verifier, two supervisors, one for delivery, one for disposal.
pub fn people() -> Vec<Person> {
    let person =
        |id: &str, role| Person { id: self::person(id), name: format!("{id}さん"), role };
    vec![
        person("s1", Role::Supervisor),
        person("s2", Role::Supervisor),
        person("o1", Role::Operator),
        person("o2", Role::Operator),
        person("o3", Role::Operator),
        person("v1", Role::Verifier),
        person("d1", Role::Delivery),
        person("x1", Role::Disposal),
    ]
}

pub fn genesis(profile: &Profile) -> kenban::flow::event::Genesis {
    kenban::flow::event::Genesis {
        id: "0".repeat(32),
        campaign: profile.campaign.clone(),
        station: Station::new("01").unwrap(),
        mode: kenban::flow::event::Mode::Training,
        revision: profile.revision,
        profile: Sha256::of(PROFILE.as_bytes()),
        key: "none".to_owned(),
        program: "test".to_owned(),
    }
}

/// A number of a layout with this serial.
pub fn number(profile: &Profile, layout: &str, serial: u64) -> Number {
    let layout = profile.layouts.iter().find(|it| it.id.as_str() == layout).unwrap();
    layout.number.compose("", serial).unwrap()
}

/// The outside world: what is on the disk, kept apart from the state.
#[derive(Clone, Default)]
pub struct World {
    accepted: BTreeMap<String, BTreeSet<SheetId>>,
    pub place: BTreeMap<SheetId, Place>,
    files: BTreeMap<Sha256, SheetId>,
    pub issued: BTreeSet<Number>,
    pub blocked: BTreeSet<Number>,
}

impl World {
    fn put(&mut self, sheet: SheetId, place: &Place) {
        for holders in self.accepted.values_mut() {
            holders.remove(&sheet);
        }
        if let Place::Accepted(accepted) = place
            && let Counted::Number(number) = &accepted.number
        {
            self.accepted.entry(number.to_string()).or_default().insert(sheet);
        }
        self.place.insert(sheet, place.clone());
    }

    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::SheetTaken(taken) => {
                for sha256 in taken.captures.iter().filter_map(Capture::picture) {
                    self.files.insert(*sha256, taken.sheet);
                }
                self.put(taken.sheet, &taken.place);
            }
            Event::SheetUndone { sheet } => {
                self.put(*sheet, &Place::Undone);
                self.files.retain(|_, taken| taken != sheet);
            }
            Event::SheetsChecked { envelope, right, wrong } => {
                for moved in right.iter().chain(wrong) {
                    self.put(SheetId { envelope: *envelope, ordinal: moved.ordinal }, &moved.place);
                }
            }
            Event::SheetKeyed { sheet, place, .. } | Event::SheetSettled { sheet, place, .. } => {
                self.put(*sheet, place);
            }
            _ => {}
        }
    }
}

impl Facts for World {
    fn holders(&self, number: &Number, _: Option<&KindId>) -> Result<Vec<Holder>, FactError> {
        let holders = self.accepted.get(number.as_str()).into_iter().flatten();
        Ok(holders.map(|sheet| Holder { sheet: *sheet }).collect())
    }
    fn issued(&self, number: &Number) -> Result<Issued, FactError> {
        Ok(match self.issued.is_empty() {
            true => Issued::NoLedger,
            false if self.issued.contains(number) => Issued::Yes,
            false => Issued::No,
        })
    }
    fn blocked(&self, number: &Number) -> Result<Option<String>, FactError> {
        Ok(self.blocked.contains(number).then(|| "盗難".to_owned()))
    }
    fn blocked_holders(&self) -> Result<Vec<SheetId>, FactError> {
        let holders = self.blocked.iter().filter_map(|number| self.accepted.get(number.as_str()));
        Ok(holders.flatten().copied().collect())
    }
    fn shop_name(&self, _: &str) -> Result<Option<String>, FactError> {
        Ok(None)
    }
    fn shop_known(&self, code: &str) -> Result<bool, FactError> {
        Ok(code != "unknown")
    }
    fn seen(&self, _: Option<&str>, capture: &Capture) -> Result<Seen, FactError> {
        let seen = capture.picture().and_then(|sha256| self.files.get(sha256));
        Ok(match (seen, &capture.source) {
            (Some(sheet), Source::File { .. }) => Seen::SameFile(*sheet),
            (Some(sheet), _) => Seen::SamePicture(*sheet),
            (None, _) => Seen::New,
        })
    }
    fn is_sheet(&self, sheet: SheetId) -> Result<bool, FactError> {
        Ok(self.place.get(&sheet).is_some_and(Place::is_live))
    }
    fn free_space(&self) -> Result<(u64, u64), FactError> {
        Ok((1 << 40, 1 << 20))
    }
}

/// The code that a voucher of one of the first four layouts carries.
pub fn barcode_of(number: &Number) -> BarcodeFinding {
    let text = number.as_str();
    let (symbology, text) = match &text[..1] {
        "A" => (Symbology::Code128, text.to_owned()),
        "B" => (Symbology::Codabar, format!("A{}A", &text[1..])),
        "C" => (Symbology::Itf, text[1..].to_owned()),
        _ => (Symbology::QrCode, text.to_owned()),
    };
    BarcodeFinding { symbology, text }
}
