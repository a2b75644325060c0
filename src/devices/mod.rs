//! Where pictures and codes come from, and where sounds go. So far: a folder that a document scanner
//! fills, or has filled.

pub mod folder;
pub mod presence;
