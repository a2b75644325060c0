//! Pictures with numbers on them, and what tests of looking and keying do again and again.

use super::fixture::{Window, view};
use kenban::flow::view::EnvelopeView;
use kenban::flow::{EnvelopeId, Input, PersonId, Sha256};
use kenban::ui::port::{Answer, Order, PictureSize, Pixels, Query, Ticket};
use std::collections::BTreeMap;

/// A made-up picture with a number on it, in seven strokes a digit.
pub fn printed(text: &str) -> Pixels {
    // Strokes of 0 to 9: top, upper left, upper right, middle, lower left, lower right, bottom.
    const STROKES: [u8; 10] = [
        0b111_0111, 0b001_0010, 0b101_1101, 0b101_1011, 0b011_1010, 0b110_1011, 0b110_1111,
        0b101_0010, 0b111_1111, 0b111_1011,
    ];
    let chars = text.chars().collect::<Vec<_>>();
    let (pitch, height) = (26, 56);
    let width = pitch * chars.len() + 24;
    let mut grey =
        (0..width * height).map(|at| 232 - (at % 7 + at / width % 5) as u8).collect::<Vec<_>>();
    let mut bar = |x: usize, y: usize, w: usize, h: usize| {
        for y in y..y + h {
            grey[y * width + x..y * width + x + w].fill(48);
        }
    };
    for (index, char) in chars.iter().enumerate() {
        let x = 14 + index * pitch;
        let strokes = match char.to_digit(10) {
            Some(digit) => STROKES[digit as usize],
            None => 0b110_1110,
        };
        let boxes = [
            (0, 0, 16, 3),
            (0, 0, 3, 17),
            (13, 0, 3, 17),
            (0, 14, 16, 3),
            (0, 14, 3, 17),
            (13, 14, 3, 17),
            (0, 28, 16, 3),
        ];
        for (stroke, (left, top, w, h)) in boxes.into_iter().enumerate() {
            if strokes & (1 << (6 - stroke)) != 0 {
                bar(x + left, 12 + top, w, h);
            }
        }
    }
    let rgb = grey.into_iter().flat_map(|grey| [grey; 3]).collect::<Vec<_>>();
    Pixels { width, height, rgb: rgb.into() }
}

impl Window {
    /// Crops of the envelopes' sheets show their numbers, as far as one is proposed.
    pub fn print_numbers(&mut self) {
        let mut shared = self.shared.0.lock().unwrap();
        let items = shared.view.envelopes.values().flat_map(|envelope| envelope.check.clone());
        let numbers = items
            .filter_map(|item| Some((item.picture?, item.number.to_string())))
            .collect::<BTreeMap<_, _>>();
        shared.answers.push(Box::new(move |query| {
            let (pictures, size) = match query {
                Query::Crops(pictures) => (pictures.clone(), PictureSize::Crop),
                Query::Picture(picture) => (vec![*picture], PictureSize::Whole),
                _ => return None,
            };
            let pixels = |picture: &Sha256| {
                let number = numbers.get(picture).map_or("A0690060267", String::as_str);
                (*picture, size, printed(number))
            };
            Some(Answer::Pixels(pictures.iter().map(pixels).collect()))
        }));
    }

    /// Acts that were ordered since the last call, with their tickets.
    pub fn acts(&mut self) -> Vec<(Ticket, PersonId, Input)> {
        let act = |order: Order| match order {
            Order::Act { ticket, by, input, .. } => Some((ticket, by, input)),
            _ => None,
        };
        self.orders().into_iter().filter_map(act).collect()
    }

    /// The ticket of the newest act among these orders.
    pub fn last_act(orders: &[Order]) -> Ticket {
        let ticket = |order: &Order| match order {
            Order::Act { ticket, .. } => Some(*ticket),
            _ => None,
        };
        orders.iter().rev().find_map(ticket).unwrap()
    }

    /// A person looks for a while.
    pub fn look(&mut self) {
        for _ in 0..4 {
            self.settle();
        }
    }

    /// Changes the station's view in place.
    pub fn change(&mut self, id: u64, change: impl FnOnce(&mut EnvelopeView)) {
        let mut envelopes = {
            let shared = self.shared.0.lock().unwrap();
            shared.view.envelopes.values().map(|it| (**it).clone()).collect::<Vec<_>>()
        };
        change(envelopes.iter_mut().find(|it| it.id == EnvelopeId(id)).unwrap());
        self.show(view(envelopes));
    }
}
