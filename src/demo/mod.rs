//! Made-up campaigns, voucher pictures and people, to learn the station with.

mod damage;
mod draw;
mod draw_canvas;
mod draw_capture;
mod draw_designs;
mod draw_face;
mod draw_pattern;
mod fonts;

pub use draw::{DrawError, Drawing, Print, Studio};
pub use draw_capture::{Device, Look};
pub use fonts::{Fonts, NoFonts, Words};
#[cfg(test)]
mod lab;
