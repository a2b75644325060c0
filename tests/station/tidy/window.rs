//! Rules of the window.

use super::source::Source;
use super::{found, holds, lets_pass, notices, words};

/// Each thing has a key of its own. If Tab, a scanner's too, could lead the focus to a button, Enter would
/// press it and no other key would act any more; only fields have the focus.
fn focusable(source: &Source) -> Vec<String> {
    if source.top() != "ui" || source.path.ends_with("widgets/field.rs") {
        return Vec::new();
    }
    let senses = words(source, &["click", "drag", "click_and_drag", "focusable_noninteractive"]);
    let made = |at: &usize| at.checked_sub(1).is_some_and(|at| source.at(at).ends_with(':'));
    let made = senses.into_iter().filter(|at| made(at) && !source.is_test(*at));
    found(source, "takes the focus: Sense::CLICK does not", made)
}

#[test]
fn tidy_focus() {
    holds(focusable);
    let bad =
        ["fn f() { ui.allocate_response(v, Sense::click()); }", "fn f() { egui::Sense::drag() }"];
    notices(focusable, "src/ui/x.rs", &bad);
    lets_pass(focusable, "src/ui/widgets/field.rs", &bad);
    lets_pass(
        focusable,
        "src/ui/x.rs",
        &["fn f() { ui.interact(r, i, Sense::CLICK | Sense::DRAG) }"],
    );
}
