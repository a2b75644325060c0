//! Connectionist temporal classification (Graves et al. 2006): the loss of an answer whose characters
//! stand at unknown columns.

/// Loss, -ln P(labels), and adds its slope at each number of the answer to `slope` (same layout as `answer`:
/// classes x columns). `None` if the labels need more columns than there are.
pub fn loss(answer: &[f32], classes: usize, labels: &[usize], slope: &mut Vec<f32>) -> Option<f64> {
    let columns = answer.len() / classes;
    let twins = labels.windows(2).filter(|pair| pair[0] == pair[1]).count();
    if labels.len() + twins > columns {
        return None;
    }
    let chance = softmax(answer, classes, columns);
    // Labels with blanks between and around.
    let states = 2 * labels.len() + 1;
    let class = |s: usize| if s.is_multiple_of(2) { 0 } else { labels[s / 2] };
    let may_skip = |s: usize| s >= 3 && s % 2 == 1 && class(s) != class(s - 2);
    let at = |t: usize, s: usize| chance[class(s) * columns + t];

    let mut forward = vec![0.0f64; columns * states];
    let mut total = 0.0f64;
    for t in 0..columns {
        let mut sum = 0.0;
        for s in 0..states {
            let before = if t == 0 {
                if s < 2 { 1.0 } else { 0.0 }
            } else {
                let last = &forward[(t - 1) * states..t * states];
                let mut all = last[s];
                if s >= 1 {
                    all += last[s - 1];
                }
                if may_skip(s) {
                    all += last[s - 2];
                }
                all
            };
            let value = before * at(t, s);
            forward[t * states + s] = value;
            sum += value;
        }
        let sum = sum.max(1e-300);
        forward[t * states..(t + 1) * states].iter_mut().for_each(|v| *v /= sum);
        total -= sum.ln();
    }
    let last = &forward[(columns - 1) * states..];
    let ends = last[states - 1] + if states > 1 { last[states - 2] } else { 0.0 };
    total -= ends.max(1e-300).ln();

    // Backward values, those of the column itself included, scaled so that each column sums to 1.
    let mut backward = vec![0.0f64; columns * states];
    for t in (0..columns).rev() {
        let mut sum = 0.0;
        for s in (0..states).rev() {
            let after = if t + 1 == columns {
                if s + 2 >= states { 1.0 } else { 0.0 }
            } else {
                let next = &backward[(t + 1) * states..(t + 2) * states];
                let mut all = next[s];
                if s + 1 < states {
                    all += next[s + 1];
                }
                if s + 2 < states && may_skip(s + 2) {
                    all += next[s + 2];
                }
                all
            };
            let value = after * at(t, s);
            backward[t * states + s] = value;
            sum += value;
        }
        let sum = sum.max(1e-300);
        backward[t * states..(t + 1) * states].iter_mut().for_each(|v| *v /= sum);
    }

    slope.clear();
    slope.extend(chance.iter().map(|p| *p as f32));
    for t in 0..columns {
        let share = |s: usize| {
            let p = at(t, s);
            if p <= 0.0 { 0.0 } else { forward[t * states + s] * backward[t * states + s] / p }
        };
        let sum: f64 = (0..states).map(share).sum();
        if sum <= 0.0 {
            continue;
        }
        for s in 0..states {
            slope[class(s) * columns + t] -= (share(s) / sum) as f32;
        }
    }
    Some(total)
}

/// Per column; classes x columns.
pub fn softmax(answer: &[f32], classes: usize, columns: usize) -> Vec<f64> {
    let mut chance = vec![0.0f64; answer.len()];
    for t in 0..columns {
        let most = (0..classes).map(|c| answer[c * columns + t]).fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for c in 0..classes {
            let value = f64::from(answer[c * columns + t] - most).exp();
            chance[c * columns + t] = value;
            sum += value;
        }
        for c in 0..classes {
            chance[c * columns + t] /= sum;
        }
    }
    chance
}

/// The likeliest class of each column, repeats and blanks dropped.
pub fn greedy(answer: &[f32], classes: usize) -> Vec<usize> {
    let columns = answer.len() / classes;
    let mut labels = Vec::new();
    let mut last = 0;
    for t in 0..columns {
        let best = (0..classes)
            .max_by(|a, b| answer[a * columns + t].total_cmp(&answer[b * columns + t]))
            .unwrap_or(0);
        if best != 0 && best != last {
            labels.push(best);
        }
        last = best;
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_small_steps() {
        let mut rng = fastrand::Rng::with_seed(1);
        for labels in [vec![], vec![1], vec![2, 2, 1], vec![1, 2, 3, 3]] {
            let answer: Vec<f32> = (0..5 * 9).map(|_| rng.f32() * 4.0 - 2.0).collect();
            let mut slope = Vec::new();
            loss(&answer, 5, &labels, &mut slope).unwrap();
            for i in 0..answer.len() {
                let (mut up, mut down) = (answer.clone(), answer.clone());
                up[i] += 1e-2;
                down[i] -= 1e-2;
                let mut unused = Vec::new();
                let step = (loss(&up, 5, &labels, &mut unused).unwrap()
                    - loss(&down, 5, &labels, &mut unused).unwrap())
                    / 2e-2;
                assert!((step - f64::from(slope[i])).abs() < 1e-3, "{labels:?} {i}");
            }
        }
    }

    #[test]
    fn chances_of_all_answers_sum_to_one() {
        // Two classes beside the blank, three columns: every string of at most three labels.
        let mut rng = fastrand::Rng::with_seed(2);
        let answer: Vec<f32> = (0..9).map(|_| rng.f32() * 2.0).collect();
        let mut all = vec![vec![]];
        for length in 1..=3usize {
            for code in 0..2usize.pow(length as u32) {
                all.push((0..length).map(|i| 1 + (code >> i & 1)).collect());
            }
        }
        let sum: f64 = all
            .iter()
            .filter_map(|labels| loss(&answer, 3, labels, &mut Vec::new()))
            .map(|loss| (-loss).exp())
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }
}
