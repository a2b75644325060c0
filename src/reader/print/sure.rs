//! From the net's own chances to the share of readings that are right: measured on lines in fonts that the
//! net never saw, see `training/README.md`.

/// A chance of the net, and how many of the readings with that chance are right.
type Point = (f64, f64);

/// Free readings.
const FREE: [Point; 6] =
    [(0.0, 0.0), (0.2, 0.24), (0.4, 0.42), (0.6, 0.76), (0.85, 0.965), (1.0, 0.9999)];
/// Free readings whose check digit is right: most misreads have a wrong one.
const CHECKED: [Point; 6] =
    [(0.0, 0.5), (0.2, 0.8), (0.4, 0.93), (0.6, 0.985), (0.85, 0.998), (1.0, 0.9999)];
/// Numbers that only grammar and check digit make.
const FORMED: [Point; 5] = [(0.0, 0.0), (0.05, 0.45), (0.2, 0.85), (0.4, 0.95), (1.0, 0.99)];

/// The chance that a free reading is right, from the net's chance of it.
pub(super) fn free(chance: f64) -> f64 {
    between(&FREE, chance)
}

/// The chance that a free reading with the right check digit is right.
pub(super) fn checked(chance: f64) -> f64 {
    between(&CHECKED, chance)
}

/// The chance that a number is right that the free reading doesn't say, from the net's chance of its text and
/// that chance's part of those of all numbers that the grammars take.
pub(super) fn formed(chance: f64, part: f64) -> f64 {
    // Without a clear text neither the grammar nor the check digit makes one.
    between(&FORMED, part * chance.sqrt())
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
