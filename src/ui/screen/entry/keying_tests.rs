use super::*;
use crate::voucher::profile_file;
use proptest::prelude::*;

const FIVE: &str = include_str!("../../../../assets/profiles/five-layouts.toml");
const FOURTEEN: &str = include_str!("../../../../assets/profiles/fourteen-digits.toml");
const BOOK: &str = include_str!("../../../../assets/profiles/book-and-branch.toml");

fn profile(toml: &str) -> Profile {
    profile_file::parse(toml).unwrap()
}

/// The five layouts, with a check character that may be an X.
fn with_x() -> Profile {
    let toml = FIVE.replace(
        "check = \"modulus10-weight3\"",
        "check = \"modulus11\", weights = [2, 7], rule = \"x\"",
    );
    profile(&toml)
}

fn number(profile: &Profile, layout: &str, serial: u64) -> String {
    let layout = profile.layouts.iter().find(|it| it.id.as_str() == layout).unwrap();
    layout.number.compose("", serial).unwrap().to_string()
}

fn put(keying: &mut Keying, profile: &Profile, text: &str) -> bool {
    text.chars().all(|char| keying.put(profile, char))
}

fn whole(keying: &Keying, profile: &Profile) -> Option<String> {
    match keying.standing(profile) {
        Standing::Whole { number, .. } => Some(number.to_string()),
        _ => None,
    }
}

#[test]
fn with_a_hint_a_number_costs_its_digits() {
    let profile = profile(FIVE);
    let wanted = number(&profile, "C", 690_060_267);
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("C")));
    assert_eq!((keying.text(), keying.is_begun()), ("C", false));
    assert_eq!(keying.standing(&profile), Standing::Missing(10));
    assert!(put(&mut keying, &profile, &wanted[1..]));
    assert_eq!(whole(&keying, &profile), Some(wanted));
    assert!(!keying.put(&profile, '0'), "all boxes are full");
}

#[test]
fn without_a_hint_a_digit_chooses_the_letter() {
    let profile = profile(FIVE);
    let mut keying = Keying::new(&profile, None);
    assert_eq!(keying.text(), "");
    let letters = vec!['A', 'B', 'C', 'D', 'E'];
    assert_eq!(keying.choices(&profile), Choices::ByDigit(letters));
    assert!(!keying.put(&profile, '6') && !keying.put(&profile, '0'));
    assert!(keying.put(&profile, '5'));
    assert_eq!(keying.text(), "E");
    // From here on digits are digits.
    assert_eq!(keying.choices(&profile), Choices::None);
    assert!(keying.put(&profile, '5'));
    assert_eq!(keying.text(), "E5");
}

#[test]
fn a_letter_over_the_hint_shows_the_other_layout() {
    let profile = profile(FIVE);
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("A")));
    assert!(keying.put(&profile, 'd'));
    assert_eq!(keying.text(), "D");
    // The hinted letter itself is no second one.
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("A")));
    assert!(keying.put(&profile, 'A'));
    assert_eq!(keying.text(), "A");
    assert!(!keying.put(&profile, 'A'));
    // In the middle of a number a letter is refused.
    assert!(keying.put(&profile, '1') && !keying.put(&profile, 'D'));
    assert_eq!(keying.text(), "A1");
}

#[test]
fn erasing_takes_a_wrong_hint_away() {
    let profile = profile(FIVE);
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("B")));
    assert!(put(&mut keying, &profile, "12"));
    assert!(keying.erase(&profile) && keying.erase(&profile));
    assert_eq!(keying.text(), "B");
    assert!(keying.erase(&profile));
    assert_eq!(keying.text(), "");
    assert!(!keying.erase(&profile));
    assert!(keying.put(&profile, '5'));
    assert_eq!(keying.text(), "E");
}

#[test]
fn several_letters_of_one_layout_are_chosen_by_digit() {
    let profile = profile(BOOK);
    let mut keying = Keying::new(&profile, Some(&profile.layouts[0].id));
    assert_eq!(keying.choices(&profile), Choices::ByDigit(vec!['N', 'T']));
    let mut other = keying.clone();
    assert!(keying.put(&profile, '2') && other.put(&profile, 't'));
    assert_eq!((keying.text(), other.text()), ("T", "T"));
}

#[test]
fn the_check_digit_is_told_wrong_and_never_told() {
    let profile = profile(FIVE);
    let mut wanted = number(&profile, "A", 690_060_267);
    let last = wanted.pop().unwrap().to_digit(10).unwrap();
    let wrong = char::from_digit((last + 3) % 10, 10).unwrap();
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("A")));
    assert!(put(&mut keying, &profile, &wanted[1..]) && keying.put(&profile, wrong));
    assert_eq!(keying.standing(&profile), Standing::CheckDigit);
    assert!(keying.erase(&profile));
    assert_eq!(keying.standing(&profile), Standing::Missing(1));
}

#[test]
fn a_sign_that_no_digit_gives_comes_by_the_arrows() {
    let profile = with_x();
    let serial = (1..).find(|serial| number(&profile, "A", *serial).ends_with('X')).unwrap();
    let wanted = number(&profile, "A", serial);
    let mut keying = Keying::new(&profile, Some(&LayoutId::new("A")));
    assert!(!keying.turn(&profile, false), "a digit stands here");
    assert!(put(&mut keying, &profile, &wanted[1..10]));
    assert_eq!(keying.choices(&profile), Choices::ByArrow(vec!['X']));
    assert!(keying.turn(&profile, false));
    assert_eq!(whole(&keying, &profile), Some(wanted.clone()));
    // Again: the next sign, which is the same one.
    assert!(keying.turn(&profile, true));
    assert_eq!(keying.text(), wanted);
    assert!(keying.erase(&profile) && keying.put(&profile, 'x'));
    assert_eq!(keying.text(), wanted);
}

#[test]
fn a_longer_number_of_another_layout_shows_its_boxes() {
    let mut profile = profile(FOURTEEN);
    let mut longer = profile.layouts[0].clone();
    longer.id = LayoutId::new("longer");
    let digits = crate::voucher::grammar::Part::Digits { count: 16, name: "serial".to_owned() };
    longer.number = Grammar::new(vec![digits], vec![8, 8], "").unwrap();
    profile.layouts.push(longer);
    let mut keying = Keying::new(&profile, None);
    assert!(put(&mut keying, &profile, "51234567890123"));
    assert_eq!(keying.groups(&profile), [4, 8, 2]);
    assert!(whole(&keying, &profile).is_some());
    assert!(put(&mut keying, &profile, "45"));
    assert_eq!(keying.groups(&profile), [8, 8]);
    assert_eq!(whole(&keying, &profile).as_deref(), Some("5123456789012345"));
}

proptest! {
    /// Whatever is pressed: what stands in the boxes can begin a number, and erasing empties them.
    #[test]
    fn boxes_hold_only_what_can_be(
        keys in "[0-9A-Zt+ ]{0,40}", erase in proptest::collection::vec(0usize..40, 0..8),
        hint in proptest::option::of(0usize..5),
    ) {
        for toml in [FIVE, FOURTEEN, BOOK] {
            let profile = profile(toml);
            let hint = hint.and_then(|at| profile.layouts.get(at)).map(|layout| layout.id.clone());
            let mut keying = Keying::new(&profile, hint.as_ref());
            for (at, char) in keys.chars().enumerate() {
                let before = keying.clone();
                if !keying.put(&profile, char) {
                    prop_assert_eq!(keying.text(), before.text());
                }
                if erase.contains(&at) {
                    keying.erase(&profile);
                }
                prop_assert_eq!(keying.text.len(), keying.own.len());
                prop_assert!(profile.layouts.iter().any(|it| begins(&it.number, keying.text())));
                prop_assert!(begins(&profile.layouts[keying.layout].number, keying.text()));
            }
            for _ in 0..80 {
                keying.erase(&profile);
            }
            prop_assert!(!keying.is_begun());
        }
    }
}
