//! ○ △ ✎ ✕, drawn as shapes: the same on every machine, at every size, with or without a font.

use crate::flow::event::Place;
use crate::ui::theme::Theme;
use crate::ui::words::Words;
use egui::{Color32, Painter, Pos2, Shape, Stroke};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// ○ accepted
    Accepted,
    /// △ a person looks; it goes on by itself
    Look,
    /// ✎ to be keyed
    ToKey,
    /// ✕ stop
    Stop,
    /// – rejected, taken back: nothing to do
    Away,
}

impl Sign {
    pub fn of(place: &Place) -> Sign {
        match place {
            Place::Accepted(_) => Sign::Accepted,
            Place::Check { .. } => Sign::Look,
            Place::Entry => Sign::ToKey,
            Place::Settle { .. } | Place::Held { .. } => Sign::Stop,
            Place::Rejected { .. } | Place::Same { .. } | Place::Undone => Sign::Away,
        }
    }

    pub fn colour(self, theme: &Theme) -> Color32 {
        match self {
            Sign::Accepted => theme.accepted,
            Sign::Look => theme.look_at,
            Sign::ToKey => theme.to_key,
            Sign::Stop => theme.stop,
            Sign::Away => theme.quiet,
        }
    }

    pub fn word(self, words: &Words) -> String {
        match self {
            Sign::Accepted => words.sign_accepted(),
            Sign::Look => words.sign_look(),
            Sign::ToKey => words.sign_to_key(),
            Sign::Stop => words.sign_stop(),
            Sign::Away => words.sign_away(),
        }
    }
}

/// Paints a sign of `size` points about `centre`.
pub fn paint_sign(painter: &Painter, sign: Sign, centre: Pos2, size: f32, colour: Color32) {
    let half = size * 0.42;
    let stroke = Stroke::new((size * 0.11).max(1.5), colour);
    let at = |x: f32, y: f32| Pos2::new(centre.x + x * half, centre.y + y * half);
    match sign {
        Sign::Accepted => {
            painter.circle_stroke(centre, half, stroke);
        }
        Sign::Look => {
            let corners = vec![at(0.0, -0.95), at(1.05, 0.85), at(-1.05, 0.85)];
            painter.add(Shape::closed_line(corners, stroke));
        }
        Sign::ToKey => {
            // A pencil on its way down: a long body with a tip, and the line that it draws.
            let body = vec![
                at(0.45, -1.0),
                at(0.95, -0.5),
                at(-0.25, 0.7),
                at(-0.85, 0.8),
                at(-0.75, 0.2),
            ];
            painter.add(Shape::closed_line(body, Stroke::new(stroke.width * 0.8, colour)));
            painter.line_segment([at(-0.1, 1.0), at(0.95, 1.0)], stroke);
        }
        Sign::Stop => {
            painter.line_segment([at(-0.8, -0.8), at(0.8, 0.8)], stroke);
            painter.line_segment([at(0.8, -0.8), at(-0.8, 0.8)], stroke);
        }
        Sign::Away => {
            painter.line_segment([at(-0.8, 0.0), at(0.8, 0.0)], stroke);
        }
    }
}
