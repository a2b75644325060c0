//! A made-up campaign: profile, shops, issue ledger, blocked numbers, and envelopes of sheets whose
//! truth is known. Nothing is drawn here; a [`Studio`](super::Studio) draws sheet by sheet.

use super::damage::{Damage, Spot};
use super::draw::{Drawing, Print};
use super::draw_capture::{Device, Look};
use super::fonts::Words;
use super::series::{Series, barcode_content};
use super::shops::{self, Shop};
use super::trick::{Miscount, Trick, mix};
use crate::flow::event::Slip;
use crate::voucher::{KindId, LayoutId, Number, Profile, Symbology, profile_file};
use fastrand::Rng;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

/// The demo's profile.
pub const PROFILE: &str = include_str!("../../assets/profiles/demo.toml");

/// The most sheets that a demo makes.
pub const MOST_VOUCHERS: usize = 200_000;

/// Sheets in an envelope, on average.
const PER_ENVELOPE: usize = 38;

/// Why a campaign can't be made.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    #[error("a demo has 1 to {MOST_VOUCHERS} vouchers, not {0}")]
    Vouchers(usize),
    #[error("the demo's own profile is wrong: {0}")]
    Profile(String),
}

/// Everything of a made-up campaign but the pictures.
#[derive(Clone, Debug)]
pub struct Campaign {
    pub profile: Profile,
    pub shops: Vec<Shop>,
    /// `code,name,kana`
    pub shops_csv: String,
    /// `from,to`: ranges of issued numbers.
    pub issued_csv: String,
    /// `number,reason`
    pub blocked_csv: String,
    /// 営業日 of the shift.
    pub business_day: Date,
    pub envelopes: Vec<Envelope>,
}

/// A shop's envelope, as it lies on the table.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The shop's code.
    pub shop: String,
    /// What the shop declared.
    pub slip: Slip,
    /// 受付日
    pub arrived: Date,
    pub miscount: Miscount,
    /// In the order of the pile.
    pub sheets: Vec<Sheet>,
}

/// One piece of paper: what it really is, and how it is drawn.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub truth: Truth,
    pub drawing: Drawing,
}

/// What a sheet really is, for made-up people and for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    pub trick: Trick,
    /// The kind under which the shop counted it on its slip.
    pub counted_as: KindId,
    /// The kind that its face says; none on blank paper and on another scheme's voucher.
    pub kind: Option<KindId>,
    pub layout: Option<LayoutId>,
    /// The printed number, if it is one of this campaign.
    pub number: Option<Number>,
    /// Whether a person can read the printed number.
    pub legible: bool,
}

impl Truth {
    /// Whether it should be paid under its own number.
    pub fn honest(&self) -> bool {
        matches!(self.trick, Trick::None | Trick::StampedBarcode)
    }
}

impl Campaign {
    /// The same seed and number of vouchers always make the same campaign.
    pub fn make(seed: u64, vouchers: usize) -> Result<Campaign, DemoError> {
        if !(1..=MOST_VOUCHERS).contains(&vouchers) {
            return Err(DemoError::Vouchers(vouchers));
        }
        let profile = profile_file::parse(PROFILE).map_err(|problems| {
            let lines = problems.iter().map(ToString::to_string);
            DemoError::Profile(lines.collect::<Vec<_>>().join("; "))
        })?;
        let mut maker = Maker {
            rng: Rng::with_seed(seed),
            series: Series::of(&profile, vouchers),
            shops: shops::all(),
            profile: &profile,
        };
        let envelopes = maker.envelopes(vouchers)?;
        let (issued_csv, blocked_csv) =
            (maker.series.issued_csv(&profile)?, maker.series.blocked_csv(&profile)?);
        let shops = maker.shops;
        let rows =
            shops.iter().map(|shop| format!("{},{},{}\r\n", shop.code, shop.name, shop.kana));
        let shops_csv = std::iter::once("code,name,kana\r\n".to_owned()).chain(rows).collect();
        Ok(Campaign {
            profile,
            shops,
            shops_csv,
            issued_csv,
            blocked_csv,
            business_day: date(2026, 5, 15),
            envelopes,
        })
    }

    /// All sheets with the place of their envelope.
    pub fn sheets(&self) -> impl Iterator<Item = (usize, &Sheet)> {
        self.envelopes
            .iter()
            .enumerate()
            .flat_map(|(place, envelope)| envelope.sheets.iter().map(move |sheet| (place, sheet)))
    }
}

struct Maker<'p> {
    rng: Rng,
    series: Series,
    shops: Vec<Shop>,
    profile: &'p Profile,
}

/// A sheet before it gets its damages.
#[derive(Clone)]
struct Draft {
    envelope: usize,
    truth: Truth,
    print: Print,
}

impl Maker<'_> {
    fn envelopes(&mut self, vouchers: usize) -> Result<Vec<Envelope>, DemoError> {
        let sizes = self.sizes(vouchers);
        let drafts = self.drafts(&sizes)?;
        let first_shop = self.rng.usize(..self.shops.len());
        let short = self.rng.usize(..sizes.len());
        let over = (short + sizes.len() / 2) % sizes.len();
        let mut envelopes = Vec::with_capacity(sizes.len());
        let mut drafts = drafts.into_iter();
        for (place, size) in sizes.iter().enumerate() {
            // Seven has no divisor in common with the number of shops: all have their turn.
            let shop = self.shops[(first_shop + place * 7) % self.shops.len()].clone();
            let device = if place % 4 == 2 { Device::Camera } else { Device::Scanner };
            let sheets = drafts
                .by_ref()
                .take(*size)
                .map(|draft| self.finish(draft, &shop, device))
                .collect::<Vec<_>>();
            let miscount = match () {
                () if place == short && vouchers >= 5 => Miscount::Short,
                () if place == over && sizes.len() >= 3 => Miscount::Over,
                () => Miscount::None,
            };
            let slip = self.slip(&sheets, miscount);
            let days_ago = i64::try_from(place % 4).unwrap_or(0);
            let arrived = date(2026, 5, 15).saturating_sub(jiff::Span::new().days(days_ago));
            envelopes.push(Envelope { shop: shop.code, slip, arrived, miscount, sheets });
        }
        Ok(envelopes)
    }

    /// Sizes of envelopes, about 20 to 60, that sum to `vouchers`.
    fn sizes(&mut self, vouchers: usize) -> Vec<usize> {
        let count = ((vouchers + PER_ENVELOPE / 2) / PER_ENVELOPE).max(1);
        let mut sizes = vec![vouchers / count; count];
        for extra in &mut sizes[..vouchers % count] {
            *extra += 1;
        }
        // Pairs give and take, so the sum stays.
        for place in (1..count).step_by(2) {
            let gift = self.rng.usize(..=sizes[place].min(sizes[place - 1]) * 2 / 5);
            sizes[place] -= gift;
            sizes[place - 1] += gift;
        }
        self.rng.shuffle(&mut sizes);
        sizes
    }

    /// All sheets in order, the tricks spread among them.
    fn drafts(&mut self, sizes: &[usize]) -> Result<Vec<Draft>, DemoError> {
        let vouchers = sizes.iter().sum();
        let mut tricks = vec![Trick::None; vouchers];
        let counts = mix(vouchers);
        let mut free = 0;
        for (trick, count) in &counts {
            if !matches!(trick, Trick::RepeatedHere | Trick::RepeatedElsewhere) {
                tricks[free..free + count].fill(*trick);
                free += count;
            }
        }
        self.rng.shuffle(&mut tricks);
        let envelope_of =
            sizes.iter().enumerate().flat_map(|(place, size)| std::iter::repeat_n(place, *size));
        let mut drafts = Vec::with_capacity(vouchers);
        for (trick, envelope) in tricks.into_iter().zip(envelope_of) {
            drafts.push(self.draft(trick, envelope)?);
        }
        let mut paired = BTreeSet::new();
        for (trick, count) in counts {
            if matches!(trick, Trick::RepeatedHere | Trick::RepeatedElsewhere) {
                for _ in 0..count {
                    self.repeat(&mut drafts, &mut paired, trick);
                }
            }
        }
        Ok(drafts)
    }

    fn draft(&mut self, trick: Trick, envelope: usize) -> Result<Draft, DemoError> {
        let counted_as = self.series.kind_by_share(&mut self.rng);
        let nothing = |counted_as| Truth {
            trick,
            counted_as,
            kind: None,
            layout: None,
            number: None,
            legible: false,
        };
        match trick {
            Trick::Blank => Ok(Draft { envelope, truth: nothing(counted_as), print: Print::Blank }),
            Trick::OtherScheme => {
                let digits = format!(
                    "7{:03}{:08}{:02}",
                    self.rng.u32(..1000),
                    self.rng.u32(..100_000_000),
                    self.rng.u32(..100)
                );
                let number = format!("{}-{}-{}", &digits[..4], &digits[4..12], &digits[12..]);
                Ok(Draft {
                    envelope,
                    truth: nothing(counted_as),
                    print: Print::OtherScheme { number, barcode: (Symbology::Code128, digits) },
                })
            }
            Trick::None => self.voucher(trick, envelope, false),
            Trick::StampedBarcode
            | Trick::Unreadable
            | Trick::NeverIssued
            | Trick::Blocked
            | Trick::Forged
            | Trick::RepeatedHere
            | Trick::RepeatedElsewhere => self.voucher(trick, envelope, true),
        }
    }

    /// A voucher of this campaign; some tricks make sense only with a barcode.
    fn voucher(
        &mut self,
        trick: Trick,
        envelope: usize,
        with_barcode: bool,
    ) -> Result<Draft, DemoError> {
        let wrong = || DemoError::Profile("a layout has no room for its numbers".to_owned());
        let place = self.series.layout_by_share(&mut self.rng, with_barcode);
        let serial = match trick {
            Trick::NeverIssued => self.series.never_issued(place, &mut self.rng),
            Trick::Blocked => self.series.stolen(place, &mut self.rng),
            _ => self.series.issued(place, &mut self.rng),
        };
        let (layout, kind) = self.series.names(place);
        let grammar = self.profile.layout(&layout).ok_or_else(wrong)?;
        let number = grammar.number.compose("", serial).ok_or_else(wrong)?;
        let in_barcode = if trick == Trick::Forged {
            let made_up = self.series.never_issued(place, &mut self.rng);
            grammar.number.compose("", made_up).ok_or_else(wrong)?
        } else {
            number.clone()
        };
        let barcode = match &grammar.barcode {
            Some((rule, _)) => Some(barcode_content(rule, &in_barcode).ok_or_else(wrong)?),
            None => None,
        };
        Ok(Draft {
            envelope,
            print: Print::Voucher {
                layout: layout.clone(),
                kind: kind.clone(),
                number: grammar.number.printed(&number),
                barcode,
            },
            truth: Truth {
                trick,
                counted_as: kind.clone(),
                kind: Some(kind),
                layout: Some(layout),
                number: Some(number),
                legible: trick != Trick::Unreadable,
            },
        })
    }

    /// Turns an honest sheet into a second copy of an earlier one. Does nothing where there is no
    /// such pair. `paired` holds the places that are in a pair already.
    fn repeat(&mut self, drafts: &mut [Draft], paired: &mut BTreeSet<usize>, trick: Trick) {
        for _ in 0..200 {
            let copy = self.rng.usize(..drafts.len());
            let envelope = drafts[copy].envelope;
            let start = drafts.partition_point(|draft| draft.envelope < envelope);
            let earlier = match trick {
                Trick::RepeatedHere => start..copy,
                _ => 0..start,
            };
            if earlier.is_empty() {
                continue;
            }
            let first = self.rng.usize(earlier);
            let honest =
                |place: usize| drafts[place].truth.trick == Trick::None && !paired.contains(&place);
            let has_barcode =
                matches!(&drafts[first].print, Print::Voucher { barcode: Some(_), .. });
            if honest(copy) && honest(first) && has_barcode {
                paired.extend([first, copy]);
                drafts[copy] = drafts[first].clone();
                drafts[copy].envelope = envelope;
                drafts[copy].truth.trick = trick;
                return;
            }
        }
    }

    /// Gives a sheet its stamps, its life, and its picture.
    fn finish(&mut self, draft: Draft, shop: &Shop, device: Device) -> Sheet {
        let rng = &mut self.rng;
        let stamp = |spot| Damage::Box {
            spot,
            name: shop.stamp.clone(),
            below: Words::new("使用済 令和8年5月", "USED MAY 2026"),
        };
        let seal = |spot| Damage::Seal { spot, name: shop.seal.clone() };
        let mut damages = Vec::new();
        let mut chance = |percent: u8| rng.u8(..100) < percent;
        match draft.truth.trick {
            Trick::Blank => {}
            Trick::StampedBarcode => {
                damages.extend([stamp(Spot::Barcode), Damage::Strike(Spot::Barcode)]);
            }
            Trick::Unreadable if chance(40) => {
                damages.extend([Damage::Tear(Spot::Number), Damage::Tear(Spot::Barcode)]);
            }
            Trick::Unreadable => {
                damages.extend([Damage::Marker(Spot::Number), Damage::Marker(Spot::Barcode)]);
            }
            _ if chance(50) => damages.push(seal(Spot::Free)),
            _ if chance(70) => damages.push(stamp(Spot::Free)),
            _ if chance(50) => damages.push(seal(Spot::Number)),
            _ => {}
        }
        if chance(6) && draft.truth.trick == Trick::None {
            damages.push(Damage::Scribble(Spot::Free));
        }
        if chance(22) {
            damages.push(Damage::Crease);
        }
        if chance(5) {
            damages.push(Damage::Coffee);
        }
        if chance(5) {
            damages.insert(0, Damage::Fade(0.22));
        }
        let sharp = !chance(10);
        let dim = chance(10);
        let askew = chance(10);
        let upside_down = chance(14);
        let camera = device == Device::Camera;
        let lean = match (camera, askew) {
            (false, _) => 1.1,
            (true, false) => 6.0,
            (true, true) => 28.0,
        };
        Sheet {
            truth: draft.truth,
            drawing: Drawing {
                print: draft.print,
                damages,
                look: Look {
                    device,
                    upside_down,
                    tilt: (rng.f32() * 2.0 - 1.0) * lean,
                    blur: u8::from(camera && !sharp),
                    light: if camera && dim { 0.58 } else { 1.0 },
                    light_ground: rng.bool(),
                },
                seed: rng.u64(..),
            },
        }
    }

    /// The shop's own count, which may be wrong by one.
    fn slip(&mut self, sheets: &[Sheet], miscount: Miscount) -> Slip {
        let mut slip = Slip::new();
        for sheet in sheets {
            *slip.entry(sheet.truth.counted_as.clone()).or_default() += 1;
        }
        let chosen = &sheets[self.rng.usize(..sheets.len())].truth.counted_as;
        if let Some(count) = slip.get_mut(chosen) {
            match miscount {
                Miscount::None => {}
                Miscount::Short => *count += 1,
                Miscount::Over => *count -= 1,
            }
        }
        slip.retain(|_, count| *count > 0);
        slip
    }
}
