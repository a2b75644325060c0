//! Which samples are of one sort: of the same size, with the same sort of barcode in the same place.

use super::said::{Contradiction, Unlike};
use super::{Sample, content};
use crate::voucher::Symbology;
use crate::voucher::profile::Area;

/// Boxes whose middles are further apart than this part of the face are not the same box. Sheets are
/// straightened to about a hundredth; two layouts differ by more than a tenth.
pub(super) const APART: f32 = 0.1;

/// Samples of one sort together, in order. A sample that stands alone beside others is a
/// contradiction: one voucher is no proof of another layout.
pub(super) fn groups(
    samples: &[Sample],
    contradictions: &mut Vec<Contradiction>,
) -> Vec<Vec<usize>> {
    let read = |sample: &Sample| sample.barcode.is_some() || compact(sample).is_some();
    contradictions.extend(
        (0..samples.len())
            .filter(|at| !read(&samples[*at]))
            .map(|sample| Contradiction::NothingRead { sample }),
    );
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Those with a barcode first: one whose barcode was not read may belong to them.
    let (coded, bare): (Vec<usize>, Vec<usize>) = (0..samples.len())
        .filter(|at| read(&samples[*at]))
        .partition(|at| samples[*at].barcode.is_some());
    for at in coded.into_iter().chain(bare) {
        let home = groups.iter_mut().find(|group| fits(samples, group, &samples[at]));
        match home {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    if groups.len() < 2 {
        return groups;
    }
    let largest = groups.iter().max_by_key(|group| group.len()).cloned().unwrap_or_default();
    let (alone, together): (Vec<_>, Vec<_>) = groups.into_iter().partition(|it| it.len() == 1);
    for at in alone.into_iter().flatten() {
        let other = largest.iter().find(|other| **other != at);
        // Of samples that are all alone the first is compared with the second.
        let other = other.copied().unwrap_or(usize::from(at == 0));
        if let (Some(one), Some(other)) = (samples.get(at), samples.get(other)) {
            contradictions.push(Contradiction::Alone { sample: at, unlike: unlike(one, other) });
        }
    }
    together
}

fn symbology(sample: &Sample) -> Option<Symbology> {
    sample.barcode.as_ref().map(|barcode| barcode.symbology)
}

fn compact(sample: &Sample) -> Option<String> {
    content::print_of(sample).map(|print| print.compact)
}

fn fits(samples: &[Sample], group: &[usize], new: &Sample) -> bool {
    let mut members = group.iter().filter_map(|at| samples.get(*at));
    let Some(first) = members.next() else {
        return false;
    };
    if !same_size(first, new) {
        return false;
    }
    if new.barcode.is_some() {
        return symbology(first) == symbology(new)
            && near(first.barcode_area.as_ref(), new.barcode_area.as_ref());
    }
    if !near(first.number_area.as_ref(), new.number_area.as_ref()) {
        return false;
    }
    // A sample of which only the print was read belongs where the print is as long, or where it could
    // be what the barcode says with a short prefix.
    let (Some(new), Some(barcode)) = (compact(new), &first.barcode) else {
        return first.barcode.is_none();
    };
    match compact(first) {
        Some(print) => print.len() == new.len(),
        None => (barcode.text.len()..=barcode.text.len() + 3).contains(&new.len()),
    }
}

fn same_size(one: &Sample, two: &Sample) -> bool {
    let alike = |a: f32, b: f32| (a - b).abs() <= 0.04 * a.max(b);
    alike(one.face_mm.0, two.face_mm.0) && alike(one.face_mm.1, two.face_mm.1)
}

/// Unknown boxes are near to every other.
pub(super) fn near(one: Option<&Area>, two: Option<&Area>) -> bool {
    let (Some(one), Some(two)) = (one, two) else {
        return true;
    };
    let middle = |area: &Area| (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let ((ax, ay), (bx, by)) = (middle(one), middle(two));
    one.side == two.side && (ax - bx).abs() <= APART && (ay - by).abs() <= APART
}

fn unlike(one: &Sample, other: &Sample) -> Unlike {
    let (is, others) = (symbology(one), symbology(other));
    if is != others {
        Unlike::Symbology { is, others }
    } else if same_size(one, other) {
        Unlike::Place
    } else {
        Unlike::Size
    }
}
