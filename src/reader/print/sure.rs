//! From the net's own chances to the share of readings that are right: measured on lines in fonts that the
//! net never saw, see `training/README.md`.

/// A chance of the net, and how many of the readings with that chance are right.
type Point = (f64, f64);

/// Free readings.
const FREE: [Point; 8] = [
    (0.0, 0.0),
    (0.2, 0.26),
    (0.4, 0.53),
    (0.61, 0.774),
    (0.755, 0.923),
    (0.855, 0.975),
    (0.93, 0.993),
    (1.0, 0.9999),
];
/// Free readings whose check digit is right: most misreads have a wrong one.
const CHECKED: [Point; 8] = [
    (0.0, 0.6),
    (0.06, 0.8),
    (0.21, 0.858),
    (0.41, 0.907),
    (0.61, 0.978),
    (0.755, 0.9935),
    (0.855, 0.9975),
    (1.0, 0.9999),
];
/// Numbers that only grammar and check digit make, by their score.
const FORMED: [Point; 6] =
    [(0.0, 0.0), (0.045, 0.43), (0.19, 0.83), (0.39, 0.944), (0.6, 0.99), (1.0, 0.995)];

/// The chance that a free reading is right, from the net's chance of it.
pub(super) fn free(chance: f64) -> f64 {
    between(&FREE, chance)
}

/// The chance that a free reading with the right check digit is right.
pub(super) fn checked(chance: f64) -> f64 {
    between(&CHECKED, chance)
}

/// The chance that a number is right that the free reading doesn't say.
pub(super) fn formed(score: f64) -> f64 {
    between(&FORMED, score)
}

/// From the net's chance of a number's text and that chance's part of those of all numbers that the grammars
/// take: without a clear text neither the grammar nor the check digit makes one.
pub(super) fn score(chance: f64, part: f64) -> f64 {
    part * chance.sqrt()
}

/// On the straight lines through these points.
fn between(points: &[Point], at: f64) -> f64 {
    let mut last = (0.0, 0.0);
    for (x, y) in points {
        if at <= *x {
            let share = if *x > last.0 { (at - last.0) / (x - last.0) } else { 1.0 };
            return last.1 + share * (y - last.1);
        }
        last = (*x, *y);
    }
    last.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greater_chance_is_never_less_sure() {
        for points in [&FREE[..], &CHECKED[..], &FORMED[..]] {
            let all: Vec<f64> =
                (0..=1000).map(|i| between(points, f64::from(i) / 1000.0)).collect();
            assert!(all.windows(2).all(|pair| pair[0] <= pair[1]));
            assert!(all.iter().all(|v| (0.0..=1.0).contains(v)));
        }
        assert_eq!(free(0.0), 0.0);
        assert!(checked(0.3) > free(0.3));
    }
}
