//! Where number and barcode are: the median of the samples' boxes, a little grown.

use super::Sample;
use super::alike::near;
use super::said::Contradiction;
use crate::voucher::Symbology;
use crate::voucher::profile::Area;

/// The barcode's box. Bars fill 0.92 of a box's width, as the reader takes it; squares need a rim of
/// four modules.
pub(super) fn barcode_area(
    samples: &[Sample],
    group: &[usize],
    size_mm: (f32, f32),
    contradictions: &mut Vec<Contradiction>,
) -> Option<Area> {
    let found = areas(samples, group, |sample| sample.barcode_area);
    let area = median(&found, |sample| {
        contradictions.push(Contradiction::BarcodePlace { sample });
    })?;
    let square = group
        .iter()
        .filter_map(|at| samples.get(*at)?.barcode.as_ref())
        .any(|found| matches!(found.symbology, Symbology::QrCode | Symbology::DataMatrix));
    let (w, h) = (area.w * size_mm.0, area.h * size_mm.1);
    let (dx, dy) = if square { (0.1 * w, 0.1 * h) } else { (0.045 * w, 0.06 * h) };
    Some(grown(area, dx / size_mm.0, dy / size_mm.1))
}

/// The number's box: four tenths of the characters' height more above and below, six at the ends, so
/// that a sheet that lies a little askew still has the whole number in it.
pub(super) fn number_area(
    samples: &[Sample],
    group: &[usize],
    size_mm: (f32, f32),
    contradictions: &mut Vec<Contradiction>,
) -> Option<Area> {
    let found = areas(samples, group, |sample| sample.number_area);
    let area = median(&found, |sample| {
        contradictions.push(Contradiction::NumberPlace { sample });
    })?;
    let high = area.h * size_mm.1;
    Some(grown(area, 0.6 * high / size_mm.0, 0.4 * high / size_mm.1))
}

fn areas(
    samples: &[Sample],
    group: &[usize],
    of: impl Fn(&Sample) -> Option<Area>,
) -> Vec<(usize, Area)> {
    let area = |at: &usize| Some((*at, of(samples.get(*at)?)?));
    group.iter().filter_map(area).collect()
}

/// The median of each side over those boxes that lie near to the median of all; `elsewhere` is told
/// of the others.
fn median(found: &[(usize, Area)], mut elsewhere: impl FnMut(usize)) -> Option<Area> {
    let all: Vec<Area> = found.iter().map(|(_, area)| *area).collect();
    let middle = middle(&all)?;
    let (good, bad): (Vec<_>, Vec<_>) =
        found.iter().partition(|(_, area)| near(Some(area), Some(&middle)));
    for (sample, _) in &bad {
        elsewhere(*sample);
    }
    let good: Vec<Area> = good.into_iter().map(|(_, area)| area).collect();
    self::middle(&good)
}

fn middle(areas: &[Area]) -> Option<Area> {
    let side = areas.first()?.side;
    let of = |value: fn(&Area) -> f32| {
        let mut values: Vec<f32> = areas.iter().map(value).collect();
        values.sort_by(f32::total_cmp);
        let (low, high) = ((values.len() - 1) / 2, values.len() / 2);
        values.get(low).zip(values.get(high)).map_or(0.0, |(a, b)| (a + b) / 2.0)
    };
    let (x, y) = (of(|it| it.x), of(|it| it.y));
    let (right, bottom) = (of(|it| it.x + it.w), of(|it| it.y + it.h));
    Some(Area { side, x, y, w: right - x, h: bottom - y })
}

/// Grown on all four sides and cut to the face; four places are a hundredth of a millimetre.
fn grown(area: Area, dx: f32, dy: f32) -> Area {
    let round = |value: f32| (value.clamp(0.0, 1.0) * 1e4).round() / 1e4;
    let (x, y) = (round(area.x - dx), round(area.y - dy));
    let (right, bottom) = (round(area.x + area.w + dx), round(area.y + area.h + dy));
    let size = |from: f32, until: f32| round(until - from).max(1e-4);
    Area { side: area.side, x, y, w: size(x, right), h: size(y, bottom) }
}
