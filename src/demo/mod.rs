//! Made-up campaigns, voucher pictures and people, to learn the station with.
//!
//! [`Campaign::make`] makes up everything but the pictures; [`Studio::draw`] draws one sheet, on any
//! thread; [`People`] answer what a person must answer. One seed always gives the same shift.

mod campaign;
mod damage;
mod draw;
mod draw_canvas;
mod draw_capture;
mod draw_designs;
mod draw_face;
mod draw_pattern;
mod fonts;
mod people;
mod series;
mod shops;
#[cfg(test)]
mod tests;
mod trick;

pub use campaign::{Campaign, DemoError, Envelope, MOST_VOUCHERS, PROFILE, Sheet, Truth};
pub use damage::{Damage, Spot};
pub use draw::{DrawError, Drawing, Print, Studio};
pub use draw_capture::{Device, Look};
pub use fonts::{Fonts, NoFonts, Role, Words};
pub use people::{Answer, Decision, People, Worker, closing_reason};
pub use series::barcode_content;
pub use shops::Shop;
pub use trick::{Miscount, Trick};
