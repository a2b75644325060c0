//! What the operator hears. An outcome is known by its pattern of pitches, without a look at the
//! screen; a sound is never the only sign.

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod platform;
mod speaker; // the thread that plays, one after another
mod tone; // patterns and their samples

pub use speaker::{Player, Sound, Speaker, Unheard};
pub use tone::{Note, RATE, Tone, wav};
