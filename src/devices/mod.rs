//! Where pictures come from. So far: a folder that a document scanner fills, or has filled.

pub mod folder;
