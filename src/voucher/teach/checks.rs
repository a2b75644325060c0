//! Which check digit schemes fit all samples, and how unlikely that is by chance.
//!
//! A scheme without meaning fits one voucher by chance as often as a random remainder gives the
//! character that stands there: 1 in 10 for modulus 10, 1 in 7 for the sevens. Over `k` different
//! vouchers these chances multiply; times the schemes, places and covers that were tried (at equally
//! plausible places or better), that is the chance that the fit means nothing. Below 1 in 1000 it
//! counts as proven.

use super::form::{Form, Place};
use super::said::Contradiction;
use crate::voucher::check_digit::{CheckScheme, Modulus11Rule};
use std::collections::BTreeSet;

/// A scheme at a place, over some places, that fits all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckFit {
    pub scheme: CheckScheme,
    /// Where the check character is, from 0.
    pub place: usize,
    /// The places that it is computed over, in order.
    pub cover: Vec<usize>,
    /// The chance that it fits all samples though it means nothing, 0..=1.
    pub chance: f64,
    /// 0: last place over all before it; 1: last place over a part; 2: any other place.
    tier: u8,
}

/// All fits, the least likely by chance first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    pub fits: Vec<CheckFit>,
    /// Schemes, places and covers that were tried.
    pub tried: usize,
    /// Different numbers that they were tried on.
    pub numbers: usize,
    standing: Option<Standing>,
}

/// How sure the best fit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No scheme fits all samples.
    NoneFits,
    Proven,
    /// It may be chance; so many more different vouchers would prove it, if it is true.
    NotProven {
        more: usize,
    },
    /// So many fit that only some vouchers tell apart; about so many more would do.
    Several {
        fits: usize,
        more: usize,
    },
}

/// The chance below which a fit counts as proven.
pub const PROOF: f64 = 1e-3;

/// Fewer covered characters are not tried: every short number is the check digit of something.
const LEAST_COVER: usize = 3;

/// A misread is told from a wrong scheme only if so many other vouchers fit.
const LEAST_FOR_MISREAD: usize = 3;

impl Checks {
    pub fn standing(&self) -> Standing {
        self.standing.unwrap_or(Standing::NoneFits)
    }
}

/// A scheme with its place and cover, not yet tried.
#[derive(Clone)]
struct Try {
    scheme: CheckScheme,
    place: usize,
    cover: Vec<usize>,
    tier: u8,
}

/// Tries every scheme that the crate knows. `ends` are the start and stop letters of a Codabar, which
/// NW-7's modulus 16 adds. If the symbology's readers check the last digit themselves, that fit is
/// proven by each sample.
pub(super) fn search(
    form: &Form,
    numbers: &[(usize, String)],
    ends: Option<(char, char)>,
    by_symbology: bool,
    contradictions: &mut Vec<Contradiction>,
) -> Checks {
    let tries = tries(form, ends);
    let chars: Vec<(usize, Vec<char>)> =
        numbers.iter().map(|(at, text)| (*at, text.chars().collect())).collect();
    let up_to = |tier: u8| tries.iter().filter(|it| it.tier <= tier).count() as f64;
    let counts = [up_to(0), up_to(1), up_to(2)];
    let of_tier = |tier: u8| counts.get(usize::from(tier)).copied().unwrap_or(1.0);
    let mut fits = Vec::new();
    let mut nearly = Vec::new();
    for it in &tries {
        let tested = test(it, &chars);
        match tested.misses[..] {
            [] => {
                let mut chance = (tested.chance * of_tier(it.tier)).min(1.0);
                if by_symbology && it.tier == 0 && it.scheme == CheckScheme::Modulus10Weight3 {
                    chance = 0.0;
                }
                let (scheme, place, tier) = (it.scheme, it.place, it.tier);
                fits.push(CheckFit { scheme, place, cover: it.cover.clone(), chance, tier });
            }
            [miss] if it.tier == 0 && tested.different >= LEAST_FOR_MISREAD && tested.varies => {
                // Any of the samples could have been the one that doesn't fit.
                let chance = tested.chance * of_tier(0) * chars.len() as f64;
                nearly.push((chance, it, miss));
            }
            _ => {}
        }
    }
    // A place in the middle that fits hardly better than by chance is noise; and only what a grammar
    // can say is of use.
    fits.retain(|fit| {
        let noise = fit.tier == 2 && fit.chance > 0.05;
        !noise && form.grammar(Some(fit)).is_ok()
    });
    fits.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(a.tier.cmp(&b.tier)));
    nearly.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((chance, it, miss)) = nearly.first()
        && *chance < PROOF
        && fits.first().is_none_or(|fit| fit.chance >= PROOF)
        && let Some(told) = misread(it, *miss, &chars)
    {
        contradictions.push(told);
    }
    let different: BTreeSet<&str> = numbers.iter().map(|(_, text)| text.as_str()).collect();
    let standing = Some(standing(&fits, &chars));
    Checks { fits, tried: tries.len(), numbers: different.len(), standing }
}

/// The schemes with their parameters; modulus 11 with the usual lowest weight 2 and with the highest
/// weights that differ on so many covered digits.
fn schemes(ends: Option<(char, char)>, covered: usize) -> Vec<CheckScheme> {
    let mut all = Vec::new();
    for scheme in CheckScheme::ALL {
        match scheme {
            CheckScheme::Modulus11 { low, high, .. } => {
                for high in high..=10 {
                    // Weights that never come to their end are the same as those with a higher end.
                    let repeats = covered > usize::from(high - low) + 1;
                    if high == 7 || covered > usize::from(high - 1 - low) + 1 {
                        let with = |rule| CheckScheme::Modulus11 { low, high, rule };
                        let usual = [Modulus11Rule::Rule04, Modulus11Rule::Rule03];
                        all.extend(usual.map(with));
                        all.extend([Modulus11Rule::X, Modulus11Rule::Skip].map(with));
                    }
                    if !repeats {
                        break;
                    }
                }
            }
            CheckScheme::Nw7Modulus16 { start, stop } => {
                let (start, stop) = ends.unwrap_or((start, stop));
                all.push(CheckScheme::Nw7Modulus16 { start, stop });
            }
            plain => all.push(plain),
        }
    }
    all
}

/// Places where a check character may be, with what it may cover, the usual ones first.
fn tries(form: &Form, ends: Option<(char, char)>) -> Vec<Try> {
    let mut all = Vec::new();
    let Some(last) = form.places.len().checked_sub(1) else {
        return all;
    };
    let open = |at: usize| matches!(form.places.get(at), Some(Place::Digit | Place::Mixed(_)));
    for place in (0..=last).rev().filter(|at| *at == last || open(*at)) {
        for (no, cover) in covers(form, place).into_iter().enumerate() {
            let tier = match (place == last, no) {
                (true, 0) => 0,
                (true, _) => 1,
                _ => 2,
            };
            for scheme in schemes(ends, cover.len()) {
                let letters = |at: &usize| !is_digit(form, *at);
                let takes_letters = scheme.covers().contains('A');
                // Letters take part only where the scheme has values for them.
                if cover.iter().any(letters) && !takes_letters {
                    continue;
                }
                // Where a scheme has values for letters, all before it is as usual as the digits.
                let all_before = place == last && cover.len() == place;
                let tier = if takes_letters && all_before { 0 } else { tier };
                all.push(Try { scheme, place, cover: cover.clone(), tier });
            }
        }
    }
    all
}

fn is_digit(form: &Form, at: usize) -> bool {
    match form.places.get(at) {
        Some(Place::Digit) => true,
        Some(Place::Literal(only)) => only.is_ascii_digit(),
        _ => false,
    }
}

/// What a check character at `place` may cover: all digits before it; with the letters; the digits
/// from each break on (a letter, or the beginning of a printed group); all other digits.
fn covers(form: &Form, place: usize) -> Vec<Vec<usize>> {
    let digits = |from: usize, until: usize| -> Vec<usize> {
        (from..until).filter(|at| is_digit(form, *at)).collect()
    };
    let mut covers = vec![digits(0, place)];
    let letters: Vec<usize> = (0..place)
        .filter(|at| is_digit(form, *at) || !matches!(form.places.get(*at), Some(Place::Mixed(_))))
        .collect();
    let mut add = |cover: Vec<usize>| {
        if !covers.contains(&cover) {
            covers.push(cover);
        }
    };
    add(letters);
    let mut breaks: Vec<usize> =
        (1..place).filter(|at| is_digit(form, *at) && !is_digit(form, at - 1)).collect();
    let ends = form.groups.iter().scan(0, |end, group| {
        *end += group;
        Some(*end)
    });
    breaks.extend(ends.filter(|end| *end < place));
    for from in breaks {
        add(digits(from, place));
    }
    if place + 1 < form.places.len() {
        let mut others = digits(0, place);
        others.extend(digits(place + 1, form.places.len()));
        add(others);
    }
    covers.retain(|cover| cover.len() >= LEAST_COVER);
    covers
}

/// What came of a try.
struct Tested {
    /// Places in the list of numbers where it doesn't fit; no more than two are looked for.
    misses: Vec<usize>,
    /// Different pairs of covered and check characters that fit.
    different: usize,
    /// The check characters are not all the same.
    varies: bool,
    /// The chance that all of these fit by chance.
    chance: f64,
}

fn test(it: &Try, numbers: &[(usize, Vec<char>)]) -> Tested {
    let mut misses = Vec::new();
    let mut seen: BTreeSet<(String, char)> = BTreeSet::new();
    for (no, (_, number)) in numbers.iter().enumerate() {
        let body: String = it.cover.iter().filter_map(|at| number.get(*at)).collect();
        match number.get(it.place) {
            Some(shown) if it.scheme.compute(&body).ok() == Some(*shown) => {
                seen.insert((body, *shown));
            }
            _ => misses.push(no),
        }
        if misses.len() > 1 {
            break;
        }
    }
    let characters: BTreeSet<char> = seen.iter().map(|(_, shown)| *shown).collect();
    let varies = characters.len() > 1;
    // Where the same character stands on all, the numbers have something in common that has nothing
    // to do with a check digit, and are no independent tests of one.
    let counted = if varies { seen.len() } else { seen.len().min(2) };
    let chances = seen.iter().map(|(_, shown)| by_chance(it.scheme, *shown));
    let chance = chances.take(counted).product();
    Tested { misses, different: seen.len(), varies, chance }
}

/// How often a random remainder gives this character.
fn by_chance(scheme: CheckScheme, shown: char) -> f64 {
    match scheme {
        CheckScheme::Modulus10Weight3 | CheckScheme::Luhn | CheckScheme::Modulus10Weight21Whole => {
            1.0 / 10.0
        }
        CheckScheme::Modulus11 { rule, .. } => {
            let twice = match rule {
                Modulus11Rule::Rule03 => shown == '1',
                Modulus11Rule::Rule04 => shown == '0',
                Modulus11Rule::X | Modulus11Rule::Skip => false,
            };
            if twice { 2.0 / 11.0 } else { 1.0 / 11.0 }
        }
        CheckScheme::SevenDr | CheckScheme::SevenDsr => 1.0 / 7.0,
        CheckScheme::NineDr | CheckScheme::NineDsr => 1.0 / 9.0,
        CheckScheme::Nw7Modulus16 { .. } => 1.0 / 16.0,
        CheckScheme::Code39Modulus43 => 1.0 / 43.0,
    }
}

fn misread(it: &Try, miss: usize, numbers: &[(usize, Vec<char>)]) -> Option<Contradiction> {
    let (sample, number) = numbers.get(miss)?;
    let body: String = it.cover.iter().filter_map(|at| number.get(*at)).collect();
    Some(Contradiction::CheckDigit {
        sample: *sample,
        text: number.iter().collect(),
        scheme: it.scheme.word(),
        want: it.scheme.compute(&body).ok()?,
        found: *number.get(it.place)?,
    })
}

fn standing(fits: &[CheckFit], numbers: &[(usize, Vec<char>)]) -> Standing {
    let Some(best) = fits.first() else {
        return Standing::NoneFits;
    };
    if best.chance >= PROOF {
        // Another voucher makes it less likely by about this factor.
        let each = by_chance(best.scheme, '2');
        let more = (PROOF / best.chance).ln() / each.ln();
        return Standing::NotProven { more: (more.floor() as usize + 1).max(1) };
    }
    let rivals: Vec<&CheckFit> =
        fits.iter().skip(1).filter(|fit| fit.chance < PROOF && fit.tier <= best.tier).collect();
    let apart: Vec<f64> = rivals.iter().map(|fit| differing(best, fit, numbers)).collect();
    let real = apart.iter().filter(|part| **part > 0.0).count();
    if real == 0 {
        return Standing::Proven;
    }
    // So many that the hardest to tell would stay only 1 time in 20.
    let least = apart.iter().copied().filter(|part| *part > 0.0).fold(1.0, f64::min);
    let more = (0.05f64.ln() / (1.0 - least).max(1e-9).ln()).ceil().max(1.0) as usize;
    Standing::Several { fits: real + 1, more }
}

/// The part of all numbers on which two fits give different characters, by numbers made of the first
/// sample's.
fn differing(one: &CheckFit, two: &CheckFit, numbers: &[(usize, Vec<char>)]) -> f64 {
    const NUMBERS: u64 = 1000;
    let Some((_, sample)) = numbers.first() else {
        return 0.0;
    };
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut different = 0u32;
    for _ in 0..NUMBERS {
        let number: Vec<char> = sample
            .iter()
            .map(|c| {
                // Any sequence without pattern does (Knuth's MMIX multiplier).
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let digit = u32::try_from(state >> 60).unwrap_or(0) % 10;
                if c.is_ascii_digit() { char::from_digit(digit, 10).unwrap_or('0') } else { *c }
            })
            .collect();
        let says = |fit: &CheckFit| {
            let body: String = fit.cover.iter().filter_map(|at| number.get(*at)).collect();
            fit.scheme.compute(&body).ok()
        };
        let same = one.place == two.place && says(one) == says(two);
        different += u32::from(!same);
    }
    f64::from(different) / NUMBERS as f64
}
