//! The window. It holds no truth: it shows [`View`](crate::flow::View)s, sends
//! [`Order`](port::Order)s and hears [`News`](port::News) through a [`Port`](port::Port), which `rig`
//! hands in.

mod app;
pub mod command;
pub mod fault;
pub mod fonts;
mod frame;
mod gallery;
pub mod keys;
pub mod lesson;
pub mod lights;
mod mistakes;
pub mod not_opened;
pub mod port;
pub mod refusals;
pub mod resume;
pub mod screen;
pub mod session;
pub mod settings;
mod shops;
pub mod text;
pub mod theme;
pub mod tour;
pub mod wedge;
mod widgets;
mod window;
mod words;

pub use app::Kenban;
pub use window::{Guide, Wake, WindowError, run};
