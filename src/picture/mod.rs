//! Pixels from outside made safe: limits before decoding, EXIF turn, luma, crops. No panic on any bytes.

mod decode;

pub use decode::{DecodeError, Limits, decode};

/// An upright picture. `rgb` is there only where the source has colour; `luma` always.
#[derive(Clone)]
pub struct Picture {
    pub luma: Luma,
    pub rgb: Option<Vec<u8>>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Picture({}x{}, colour: {})",
            self.luma.width,
            self.luma.height,
            self.rgb.is_some()
        )
    }
}

/// 8-bit grey, row by row, no padding: `data.len() == width * height`.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    pub width: usize,
    pub height: usize,
    pub data: Vec<u8>,
}

impl std::fmt::Debug for Luma {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Luma({}x{})", self.width, self.height)
    }
}
