//! Bytes to pixels.

use super::Picture;

/// What is refused before decoding.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub max_bytes: u64,
    pub max_pixels: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            max_bytes: 64 << 20,
            max_pixels: 100_000_000,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("not a PNG, JPEG, TIFF, WebP or BMP picture")]
    Foreign,
    #[error("the picture is too large ({0}); scan at 200 to 300 dpi")]
    TooLarge(String),
    #[error("the picture is broken: {0}")]
    Broken(String),
}

pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    let _ = (bytes, limits);
    todo!("helper reader")
}
