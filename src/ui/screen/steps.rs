//! Keys that lead from field to field, taken out of a frame before a field sees them. A held Enter is
//! no step, and an Enter that ends a word of the input method is that method's.

use egui::{Event, EventFilter, Id, Key, Ui};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Enter,
    /// Tab
    Next,
    /// Shift and Tab
    Previous,
    Up,
    Down,
}

/// Takes the steps of this frame. Call it only while a field of the screen has the focus: without one
/// the window gives keys as [`Pressed`](crate::ui::command::Pressed).
pub(super) fn take_steps(ui: &Ui) -> Vec<Step> {
    ui.input_mut(|input| from_events(&mut input.events))
}

/// The focus is where the hand is, whatever the toolkit moved it to. `wanted`: the field that is typed into;
/// without one nothing has the focus.
pub(super) fn hold_focus(ui: &Ui, wanted: Option<Id>) {
    ui.memory_mut(|memory| match (wanted, memory.focused()) {
        (Some(id), Some(focused)) if id == focused => {
            let (tab, horizontal_arrows, vertical_arrows) = (true, true, true);
            let filter = EventFilter { tab, horizontal_arrows, vertical_arrows, escape: false };
            memory.set_focus_lock_filter(id, filter);
        }
        (Some(id), _) => memory.request_focus(id),
        (None, Some(focused)) => memory.surrender_focus(focused),
        (None, None) => {}
    });
}

fn from_events(events: &mut Vec<Event>) -> Vec<Step> {
    let composing = events.iter().any(|event| matches!(event, Event::Ime(_)));
    let mut steps = Vec::new();
    events.retain(|event| {
        let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else { return true };
        if modifiers.ctrl || modifiers.alt || modifiers.command {
            return true;
        }
        let step = match key {
            Key::Enter => Some(Step::Enter).filter(|_| !repeat && !composing),
            Key::Tab if modifiers.shift => Some(Step::Previous),
            Key::Tab => Some(Step::Next),
            Key::ArrowUp => Some(Step::Up),
            Key::ArrowDown => Some(Step::Down),
            _ => return true,
        };
        steps.extend(step);
        false
    });
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{ImeEvent, Modifiers};

    fn key(key: Key, repeat: bool, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat, modifiers }
    }

    #[test]
    fn a_held_enter_is_no_step_and_reaches_no_field() {
        let mut events = vec![
            key(Key::Enter, false, Modifiers::NONE),
            key(Key::Enter, true, Modifiers::NONE),
            key(Key::Tab, false, Modifiers::SHIFT),
            Event::Text("7".to_owned()),
        ];
        assert_eq!(from_events(&mut events), [Step::Enter, Step::Previous]);
        assert_eq!(events, [Event::Text("7".to_owned())]);
    }

    #[test]
    fn an_enter_that_ends_a_word_of_the_input_method_is_no_step() {
        let commit = Event::Ime(ImeEvent::Commit("しなの".to_owned()));
        let mut events = vec![commit, key(Key::Enter, false, Modifiers::NONE)];
        assert_eq!(from_events(&mut events), []);
        assert_eq!(events.len(), 1);
    }
}
