//! The only SQL: the log, the projections made from it, pictures, audit and backup.
//!
//! One [`Writer`] exists for a data folder (a lock sees to it); it belongs to the desk. Look-ups
//! use [`Reader`]s with read-only connections of their own.

pub mod audit;
pub mod backup;
mod codec;
mod error;
mod facts;
mod load;
mod lock;
mod overview;
pub mod pictures;
mod project;
mod query;
mod schema;
mod search;
mod shops;
mod space;
mod writer;

pub use crate::flow::found::EventRow;
pub use codec::head_message;
pub use error::StoreError;
pub use lock::Lock;
pub use query::Reader;
pub use space::free_space;
pub use writer::{Group, Head, Writer};

/// The database's file name in the data folder.
pub const DATABASE: &str = "kenban.db";
