//! The station's pure parts, compiled from its own files: pictures and profiles come from outside, and
//! whatever they are, these answer. The window isn't needed for that, and would take minutes to compile.

#[path = "../../src/picture/mod.rs"]
pub mod picture;
#[cfg(feature = "reader")]
#[path = "../../src/reader/mod.rs"]
pub mod reader;
#[path = "../../src/voucher/mod.rs"]
pub mod voucher;

#[cfg(feature = "reader")]
pub mod given;

/// Other people's decoders may panic; picture and reader catch that, and it is an answer. libFuzzer's hook would
/// end the run at these too. Without it only a panic that nobody caught does.
pub fn only_uncaught_panics() {
    drop(std::panic::take_hook());
}
