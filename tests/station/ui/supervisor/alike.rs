//! Many that wait for the same reason: each is looked at, the count is typed, then they are decided as one.

use super::super::files::{person_second, settled};
use super::super::fixture::{Look, Window, envelope, person, view, with_settle};
use super::{at, see};
use egui::Key;
use kenban::flow::event::Place;
use kenban::flow::input::Settlement;
use kenban::flow::{Input, Recorded, Refusal, SheetId, View};
use kenban::ui::port::{News, Order, Trouble};
use kenban::voucher::Reason;
use std::sync::Arc;

/// Papers of another scheme, in two envelopes.
pub fn foreign(count: u32) -> View {
    let mut one = envelope(124, "A0321004", &[("1000", 70, 60)]);
    let mut two = envelope(125, "A0321005", &[("1000", 20, 19)]);
    for ordinal in 1..=count {
        let it = if ordinal % 2 == 0 { &mut one } else { &mut two };
        *it = with_settle(it.clone(), ordinal, Reason::OtherScheme);
    }
    for item in one.settle.iter_mut().chain(&mut two.settle) {
        item.number = None;
        item.code = Some(format!("99900000{:04}", item.ordinal));
    }
    one = with_settle(one, 40, Reason::Blank);
    view(vec![one, two])
}

/// Acts on many, with who stood beside them.
fn alike(orders: &[Order]) -> Vec<(Vec<SheetId>, Settlement, String)> {
    let act = |order: &Order| match order {
        Order::Act { input: Input::SettleAlike { sheets, decision, reason }, .. } => {
            Some((sheets.clone(), decision.clone(), reason.clone()))
        }
        _ => None,
    };
    orders.iter().filter_map(act).collect()
}

#[test]
fn many_alike_are_looked_at_and_decided_as_one() {
    let mut window = at(foreign(25), Vec::new(), "s1", &Look::default());
    assert!(see(&window, "8 All alike") || see(&window, "All alike"));
    window.type_text("8");
    assert!(see(&window, "999000000002") && see(&window, "01-00124-002"));
    // Not before each has stood on the screen.
    window.type_text("4");
    assert!(see(&window, "have not been on the screen yet") && !see(&window, "Why?"));
    for _ in 0..8 {
        window.press(Key::PageDown);
    }
    window.press(Key::Home);
    // The first one is left out, and it shows.
    window.type_text("-");
    assert!(see(&window, "Left out"));
    window.type_text("4");
    assert!(see(&window, "Why?"));
    window.press(Key::Enter);
    assert!(see(&window, "To be sure, key how many they are."), "the stop's own reason was ready");
    window.press(Key::Enter);
    window.press(Key::Enter);
    assert!(alike(&window.orders()).is_empty(), "Enter alone never does it");
    window.type_text("25");
    window.press(Key::Enter);
    assert!(see(&window, "The count is not right."));
    window.type_text("--24");
    window.press(Key::Enter);
    let orders = window.orders();
    let [(sheets, decision, reason)] = &alike(&orders)[..] else { panic!("{orders:?}") };
    assert_eq!(sheets.len(), 24);
    assert_eq!(*decision, Settlement::Reject { returned: true, defect: None });
    assert_eq!(reason, "Not a voucher of this campaign");
    let mut after = foreign(25);
    for envelope in after.envelopes.values_mut() {
        Arc::make_mut(envelope).settle.retain(|item| item.ordinal == 40);
    }
    window.show(after);
    let at = kenban::flow::Stamp::default();
    let events = sheets.iter().map(|sheet| {
        let place = Place::Rejected { reason: reason.clone(), defect: None, returned: true };
        let Recorded { event, .. } = settled(sheet.ordinal, "s1", place, reason, None);
        Recorded { seq: 9, at, by: person("s1"), event }
    });
    let events = events.collect();
    window.hear(News::Done { ticket: Window::last_ticket(&orders), events });
    assert!(see(&window, "24 sheets are settled."));
    assert!(see(&window, "01-00124-040"), "what waits next is shown");
}

#[test]
fn many_alike_take_a_second_person_where_the_flow_wants_one() {
    let mut window = at(foreign(3), Vec::new(), "s1", &Look::default());
    window.type_text("86");
    window.type_text("1");
    window.press(Key::Enter);
    window.type_text("3");
    window.press(Key::Enter);
    let orders = window.orders();
    assert_eq!(alike(&orders).len(), 1);
    let why = Trouble::Refused(Arc::new(Refusal::SecondPersonMissing));
    window.hear(News::Refused { ticket: Window::last_ticket(&orders), why });
    person_second(&mut window, "s1", "o2");
    let orders = window.orders();
    assert!(
        matches!(&orders[..], [.., Order::Act { with: Some(with), .. }] if *with == person("o2"))
    );
    // One step back at a time, out of it at last.
    let mut window = at(foreign(3), Vec::new(), "s1", &Look::default());
    window.type_text("86");
    window.type_text("1");
    window.press(Key::Enter);
    for shown in
        ["To be sure", "Why?", "Nothing is written before the count", "Press a digit. Nothing"]
    {
        assert!(see(&window, shown), "{shown}");
        window.press(Key::Escape);
    }
    assert!(alike(&window.orders()).is_empty());
}
