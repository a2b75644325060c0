//! What is typed: the shop, the slip's counts, the two dates. It knows what is wrong and where.

use super::days;
use crate::flow::Input;
use crate::flow::event::Slip;
use crate::flow::rows::ShopEntry;
use crate::voucher::{KindId, Profile, Yen};
use jiff::civil::Date;

/// Digits of a count: an envelope holds at most 99,999 sheets.
pub(super) const COUNT_DIGITS: usize = 5;

/// Where the hand is, in the order in which Tab goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Field {
    #[default]
    Shop,
    /// The slip's count of the profile's n-th kind.
    Count(usize),
    Arrived,
    BusinessDay,
    /// Everything is typed: Enter opens.
    Ready,
    /// No field has the focus: the list has the keys.
    Away,
}

/// What can't be sent like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NoShop,
    NoSuchDay,
}

#[derive(Debug, Default)]
pub(super) struct Form {
    /// The shop as it is typed.
    pub text: String,
    /// The shop, once it is chosen.
    pub shop: Option<ShopEntry>,
    /// By kind of the profile, in its order; empty is 0.
    pub counts: Vec<String>,
    /// Month and day.
    pub arrived: String,
    pub business_day: String,
}

impl Form {
    pub fn new(kinds: usize, today: Date) -> Form {
        Form {
            counts: vec![String::new(); kinds],
            arrived: days::typed(today),
            business_day: days::typed(today),
            ..Form::default()
        }
    }

    /// Somebody has typed something.
    pub fn begun(&self) -> bool {
        self.shop.is_some()
            || !self.text.is_empty()
            || self.counts.iter().any(|count| !count.is_empty())
    }

    /// Takes the shop. Counts that were typed for another shop don't stay.
    pub fn choose(&mut self, shop: ShopEntry) {
        if self.shop.as_ref().is_some_and(|before| before.code != shop.code) {
            self.counts.iter_mut().for_each(String::clear);
        }
        self.text.clone_from(if shop.name.is_empty() { &shop.code } else { &shop.name });
        self.shop = Some(shop);
    }

    pub fn count(&self, index: usize) -> u32 {
        self.counts.get(index).and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// All sheets of the slip.
    pub fn sheets(&self) -> u64 {
        (0..self.counts.len()).map(|index| u64::from(self.count(index))).sum()
    }

    /// What the slip's sheets are worth, to compare with the slip. `None`: more than money can be.
    pub fn amount(&self, profile: &Profile) -> Option<Yen> {
        let kinds = profile.kinds.iter().enumerate();
        kinds.into_iter().try_fold(Yen::ZERO, |sum, (index, kind)| {
            let part = kind.face.times(u64::from(self.count(index))).ok()?;
            sum.plus(part).ok()
        })
    }

    /// The act that opens the envelope; else where and what is wrong.
    pub fn input(&self, profile: &Profile, today: Date) -> Result<Input, (Field, Fault)> {
        let shop = self.shop.as_ref().ok_or((Field::Shop, Fault::NoShop))?;
        let day = |text: &str, field| days::meant(text, today).ok_or((field, Fault::NoSuchDay));
        let arrived = day(&self.arrived, Field::Arrived)?;
        let business_day = day(&self.business_day, Field::BusinessDay)?;
        let kinds = profile.kinds.iter().enumerate();
        let slip: Slip = kinds.map(|(index, kind)| (kind.id.clone(), self.count(index))).collect();
        Ok(Input::OpenEnvelope { shop: shop.code.clone(), slip, arrived, business_day })
    }

    pub fn fill(&mut self, profile: &Profile, slip: &Slip, arrived: Date) {
        let count = |kind: &KindId| slip.get(kind).map(ToString::to_string).unwrap_or_default();
        self.counts = profile.kinds.iter().map(|kind| count(&kind.id)).collect();
        self.arrived = days::typed(arrived);
    }
}

impl Field {
    /// It has the focus when the hand is there.
    pub fn is_typed(self) -> bool {
        !matches!(self, Field::Ready | Field::Away)
    }

    /// The next field by Tab, of a form with so many kinds.
    pub fn next(self, kinds: usize) -> Field {
        match self {
            Field::Shop | Field::Away if kinds > 0 => Field::Count(0),
            Field::Count(index) if index + 1 < kinds => Field::Count(index + 1),
            Field::Shop | Field::Away | Field::Count(_) => Field::Arrived,
            Field::Arrived => Field::BusinessDay,
            Field::BusinessDay => Field::Ready,
            Field::Ready => Field::Shop,
        }
    }

    pub fn previous(self, kinds: usize) -> Field {
        match self {
            Field::Shop | Field::Away => Field::Ready,
            Field::Count(0) => Field::Shop,
            Field::Count(index) => Field::Count(index - 1),
            Field::Arrived if kinds > 0 => Field::Count(kinds - 1),
            Field::Arrived => Field::Shop,
            Field::BusinessDay => Field::Arrived,
            Field::Ready => Field::BusinessDay,
        }
    }

    /// The next field by Enter, which leaves out what is prefilled: after the last count all is ready.
    pub fn after(self, kinds: usize) -> Field {
        match self {
            Field::Count(index) if index + 1 >= kinds => Field::Ready,
            Field::Shop if kinds == 0 => Field::Ready,
            other => other.next(kinds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voucher::profile_file;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn profile() -> Profile {
        let toml = include_str!("../../../../assets/profiles/five-layouts.toml");
        profile_file::parse(toml).unwrap()
    }

    fn shop(code: &str) -> ShopEntry {
        ShopEntry { code: code.to_owned(), name: String::new(), kana: String::new() }
    }

    #[test]
    fn the_way_through_the_form() {
        let walk = |step: fn(Field, usize) -> Field, kinds: usize| {
            let mut field = Field::Shop;
            let mut way = vec![field];
            while field != Field::Ready && way.len() < 20 {
                field = step(field, kinds);
                way.push(field);
            }
            way
        };
        let all = [
            Field::Shop,
            Field::Count(0),
            Field::Count(1),
            Field::Arrived,
            Field::BusinessDay,
            Field::Ready,
        ];
        assert_eq!(walk(Field::next, 2), all);
        assert_eq!(walk(Field::after, 2), [all[0], all[1], all[2], Field::Ready]);
        assert_eq!(walk(Field::after, 0), [Field::Shop, Field::Ready]);
        for (one, other) in all.iter().zip(&all[1..]) {
            assert_eq!(other.previous(2), *one);
        }
    }

    #[test]
    fn an_empty_count_is_none_and_the_sum_is_checked() {
        let profile = profile();
        let mut form = Form::new(profile.kinds.len(), TODAY);
        assert_eq!(form.input(&profile, TODAY).unwrap_err(), (Field::Shop, Fault::NoShop));
        form.choose(shop("A1"));
        form.counts[0] = "64".to_owned();
        assert_eq!((form.sheets(), form.amount(&profile)), (64, Some(Yen(64_000))));
        let Ok(Input::OpenEnvelope { shop, slip, arrived, business_day }) =
            form.input(&profile, TODAY)
        else {
            panic!("not opened")
        };
        assert_eq!((shop.as_str(), arrived, business_day), ("A1", TODAY, TODAY));
        assert_eq!(slip.values().copied().collect::<Vec<_>>(), [64, 0]);
        form.arrived = "1399".to_owned();
        let wrong = form.input(&profile, TODAY).unwrap_err();
        assert_eq!(wrong, (Field::Arrived, Fault::NoSuchDay));
    }

    #[test]
    fn another_shop_takes_no_counts_over() {
        let mut form = Form::new(2, TODAY);
        form.choose(shop("A1"));
        form.counts[0] = "64".to_owned();
        form.choose(shop("A1"));
        assert_eq!(form.sheets(), 64);
        form.choose(shop("A2"));
        assert_eq!(form.sheets(), 0);
    }
}
