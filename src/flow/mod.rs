//! What may happen. `decide(state, act, facts) -> events`, `evolve(state, event) -> state`.
//! Pure: no clock, disk, thread or chance. Only `evolve` is replayed.

pub mod aside;
pub mod claims;
pub mod decide;
pub mod event;
pub mod evolve;
pub mod facts;
pub mod found;
pub mod ids;
pub mod input;
pub mod no_sheet;
pub mod outcome;
pub mod paper;
pub mod person;
pub mod pull;
pub mod refusal;
pub mod rows;
pub mod search;
pub mod state;
pub mod stop;
pub mod tally;
pub mod view;
pub mod work;

pub use decide::decide;
pub use event::{Event, Recorded};
pub use evolve::evolve;
pub use facts::Facts;
pub use ids::{DeliveryId, EnvelopeId, FeedId, Sha256, SheetId, Stamp, Station};
pub use input::{Act, Input};
pub use no_sheet::{NoSheet, NoSheetGroup};
pub use person::{Person, PersonId, Role};
pub use refusal::Refusal;
pub use state::State;
pub use view::View;
