use super::*;

const HONEST: &str = "A6900602672";
const FORGED: &str = "A6900682672";

fn print(free: &str, numbers: &[(&str, f64)], chance: f64, wrong_check: bool) -> Print {
    Print {
        free: free.into(),
        numbers: numbers.iter().map(|(text, it)| (Number::canonical(text), *it)).collect(),
        firm: numbers.iter().any(|(text, _)| *text == free),
        chance,
        wrong_check,
        line: Luma::flat(1, 1, 0),
        quad: Quad([(0.0, 0.0); 4]),
        answer: Answer::new(&[]),
    }
}

fn both_ways(one: &Print, other: &Print) -> PrintedFinding {
    let finding = together(one.clone(), other.clone()).finding();
    assert_eq!(together(other.clone(), one.clone()).finding(), finding);
    finding
}

#[test]
fn a_right_check_digit_does_not_overrule_a_clear_wrong_one() {
    let wrong = print(FORGED, &[], 0.85, true);
    let back = print(HONEST, &[(HONEST, 0.8)], 0.6, false);
    let finding = both_ways(&wrong, &back);
    assert_eq!((finding.number, finding.free.as_str()), (None, FORGED));
    assert!(finding.confidence < 200, "{}", finding.confidence);
    // surer, but doubted
    let back = print(HONEST, &[(HONEST, 0.95)], 0.9, false);
    assert!(both_ways(&wrong, &back).confidence < 200);
    // what a look only guesses doesn't count
    let guess = print(FORGED, &[], 0.3, false);
    assert_eq!(both_ways(&guess, &back).confidence, 950);
}

#[test]
fn looks_are_over_once_one_is_taken_at_its_word() {
    assert!(print(FORGED, &[], 0.9, true).is_settled());
    assert!(!print(FORGED, &[], 0.89, true).is_settled());
    assert!(!print(FORGED, &[], 0.99, false).is_settled());
    assert!(print(HONEST, &[(HONEST, 0.96)], 0.9, false).is_settled());
}

#[test]
fn looks_that_agree_are_the_surer_one_and_others_doubt() {
    let sure = print(HONEST, &[(HONEST, 0.9)], 0.8, false);
    let faint = print(HONEST, &[(HONEST, 0.4)], 0.3, false);
    let other = print("A6900602689", &[("A6900602689", 0.5)], 0.4, false);
    assert_eq!(both_ways(&sure, &faint).confidence, 900);
    assert_eq!(both_ways(&sure, &other).confidence, 450);
}
