//! What is typed: scans out of it, the rest to whoever it is for.

use super::{Kenban, Now, Overlay, cx};
use crate::ui::keys;
use crate::ui::port::{Heard, Order};
use crate::ui::screen::Cx;
use crate::ui::session::Told;
use crate::ui::wedge::scans::Code;
use crate::ui::wedge::{About, Filtered};
use crate::voucher::profile::Identified;
use crate::voucher::scan::scanned;
use egui::{Event, FocusDirection, ImeEvent};

impl Kenban {
    /// Takes scans out of the frame's events before any field sees them.
    pub(super) fn sort_keys(&mut self, ctx: &egui::Context) -> Vec<Code> {
        while let Some(typed) = self.port.typed() {
            self.wedge.hear(typed);
        }
        let profile = self.port.profile();
        let learning = self.session.learning;
        let whole = |text: &str| {
            learning
                || profile.as_ref().is_some_and(|profile| {
                    let reading = scanned(profile, text);
                    let finding = reading.barcode.as_ref();
                    finding.is_some_and(|it| {
                        matches!(profile.identify_barcode(it), Identified::Number { .. })
                    })
                })
        };
        // Before there is a campaign nothing can be scanned, and all that comes is typed.
        let mut source = self.settings.wedge.clone();
        source.on &= profile.is_some();
        let hears = self.port.hears_keys();
        let cost = self.cost;
        let (came, filtered) = ctx.input_mut(|input| {
            let events = std::mem::take(&mut input.events);
            let came = keys::leads_to(&events);
            let about = About { now: input.time, cost, hears, source: &source, whole: &whole };
            let mut filtered = self.wedge.filter(events, &about);
            input.events = std::mem::take(&mut filtered.events);
            (came, filtered)
        });
        // The toolkit has looked for Tab and arrows before anybody sorted: the focus goes only where a
        // person's key leads it, when that key is given on, and from a field, since without one keys
        // are the screen's.
        let typing = ctx.memory(|memory| memory.focused().is_some());
        let passed = ctx.input(|input| keys::leads_to(&input.events));
        let leads = if typing { passed } else { FocusDirection::None };
        if leads != came {
            ctx.memory_mut(|memory| memory.move_focus(leads));
        }
        if let Some(seconds) = filtered.again_in {
            ctx.request_repaint_after_secs(seconds as f32);
        }
        if let Some(no) = filtered.fence {
            self.port.fence(no);
        }
        self.composed(ctx);
        self.torn(&filtered, ctx);
        filtered.codes
    }

    fn torn(&mut self, filtered: &Filtered, ctx: &egui::Context) {
        for _ in 0..filtered.torn {
            self.session.orders.push(Order::Torn);
        }
        if filtered.torn > 0 {
            let text = self.words.scan_torn();
            self.tell(Told { text, good: false }, ctx.input(|input| input.time));
        }
    }

    /// Where no words are asked for an input method has nothing to do: what it made of keys of the
    /// ten-key pad is taken as those keys, anything else is told and does nothing.
    fn composed(&mut self, ctx: &egui::Context) {
        if self.words_asked {
            return;
        }
        let mut composing = false;
        ctx.input_mut(|input| {
            for event in &mut input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) if !text.is_empty() => {
                        composing = true;
                    }
                    Event::Ime(ImeEvent::Commit(text)) => {
                        let half = text.chars().map(keys::half_width).collect::<String>();
                        if half.is_ascii() {
                            *event = Event::Text(half);
                        } else {
                            composing = true;
                        }
                    }
                    _ => {}
                }
            }
            input.events.retain(|event| !matches!(event, Event::Ime(_)));
        });
        if composing {
            let text = self.words.input_method_on();
            self.tell(Told { text, good: false }, ctx.input(|input| input.time));
        }
    }

    /// Scans go to the screen; one that has no use for them says so aloud and does nothing else.
    pub(super) fn scanned(&mut self, codes: Vec<Code>, now: &Now) {
        for code in codes {
            let free = matches!(self.overlay, Overlay::None) && self.session.me.is_some();
            let stage = self.session.stage;
            let mut cx = cx!(self, now);
            if !free || !self.screens.of(stage).code(&code, &mut cx) {
                self.session.orders.push(Order::Try(Heard::Refused));
                let text = self.words.scan_not_here();
                self.tell(Told { text, good: false }, now.time);
            }
        }
    }

    /// An input method is allowed from the first frame on, whatever has the focus.
    ///
    /// On X11 the toolkit makes a new input context whenever it is allowed anew, and gives it no focus
    /// (winit 0.30.13): in a field that got the focus by a key no Japanese could be written.
    pub(super) fn keep_input_method(&mut self, ctx: &egui::Context) {
        let rect = ctx.content_rect();
        ctx.output_mut(|output| {
            self.words_asked = output.ime.is_some();
            let nothing = egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect,
                cursor_rect: egui::Rect::from_min_size(rect.left_bottom(), egui::Vec2::ZERO),
                should_interrupt_composition: false,
            };
            let ime = output.ime.get_or_insert(nothing);
            // To interrupt is to allow anew.
            ime.should_interrupt_composition = false;
            ime.purpose = egui::IMEPurpose::Normal;
        });
    }
}
