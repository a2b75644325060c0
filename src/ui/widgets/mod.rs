//! Parts that several screens are made of.

mod button;
mod digits;
mod elided;
mod empty;
mod field;
mod para;
mod progress;
mod sign;
mod tieout;

pub use button::{button, choice, primary, ring};
pub use digits::{Boxes, number_boxes};
pub use elided::{elided, paint_line};
pub use empty::empty;
pub use field::{NumberField, TextField, take_help_wanted};
pub use para::{Para, laid};
pub use progress::{Segment, bar};
pub use sign::{Sign, paint_sign};
pub use tieout::{Column, difference, signed, tie_out, tie_out_small};
