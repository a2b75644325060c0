//! Which camera, and how it shall send its pictures.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What the station remembers about its camera. The default is the first camera that works, in the format that suits best.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CameraSettings {
    /// A path such as `/dev/video0`, or a link to one below `/dev/v4l/by-id`, which stays the same when cameras are plugged in
    /// another order. Empty: the first that works.
    pub device: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
}

/// Size and rate of pictures. Not MJPEG is any raw format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// Pictures a second.
    pub fps: u32,
    pub mjpeg: bool,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.mjpeg { "MJPEG" } else { "raw" };
        write!(f, "{}x{} at {} a second, {kind}", self.width, self.height, self.fps)
    }
}

/// A camera that is plugged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraInfo {
    pub device: String,
    pub name: String,
    /// Best first; empty if the camera is in use, which keeps it from being asked.
    pub formats: Vec<Format>,
}

/// How pixels come from the camera, best first where all else is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pixels {
    Yuyv,
    Mjpeg,
    Grey,
    Nv12,
    Rgb,
    Bgr,
}

/// One of the ways that a camera offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub format: Format,
    pub pixels: Pixels,
}

impl Offer {
    pub fn new(width: u32, height: u32, fps: u32, pixels: Pixels) -> Offer {
        let mjpeg = pixels == Pixels::Mjpeg;
        Offer { format: Format { width, height, fps, mjpeg }, pixels }
    }

    /// Less is better. Pictures of 1080 or 720 lines suit the reader. Fewer than 10 a second make the operator wait;
    /// more than 15 cost work and gain nothing. MJPEG and YUYV are what cameras do best; the others are rare or large.
    fn rank(&self) -> impl Ord + use<> {
        let Format { width, height, fps, .. } = self.format;
        let away = |(w, h)| width.abs_diff(w) as u64 + height.abs_diff(h) as u64;
        let away = [(1_920, 1_080), (1_280, 720)].map(away).into_iter().min();
        let rare = !matches!(self.pixels, Pixels::Yuyv | Pixels::Mjpeg);
        let area = u64::from(width) * u64::from(height);
        let slow = 10_u32.saturating_sub(fps);
        (slow, away, rare, Reverse(area), self.pixels, fps.abs_diff(15), fps)
    }
}

/// The offers that will do, best first: those of the wanted format, or all. Rates that no such camera has are misread fractions
/// (`1000/30000` of a second) and left out.
pub fn ranked(offers: &[Offer], wanted: Option<Format>) -> Vec<Offer> {
    const TOO_FAST: u32 = 240;
    let usable = |it: &&Offer| {
        let Format { width, height, fps, .. } = it.format;
        width > 0 && height > 0 && (1..=TOO_FAST).contains(&fps)
    };
    let wanted = |it: &&Offer| wanted.is_none_or(|format| it.format == format);
    let mut all: Vec<Offer> = offers.iter().filter(usable).filter(wanted).copied().collect();
    all.sort_by_cached_key(Offer::rank);
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(offers: &[Offer], wanted: Option<Format>) -> Option<Offer> {
        ranked(offers, wanted).first().copied()
    }

    #[test]
    fn the_format_that_suits_best() {
        use Pixels::{Bgr, Mjpeg, Nv12, Yuyv};
        let table = [
            // The usual USB 2 camera: raw is too slow at 1080 lines.
            (
                vec![(1920, 1080, 5, Yuyv), (1920, 1080, 30, Mjpeg), (640, 480, 30, Yuyv)],
                (1920, 1080, 30, Mjpeg),
            ),
            // Raw before MJPEG at the same size, larger before smaller, and no more than needed a second.
            (
                vec![(1920, 1080, 30, Mjpeg), (1920, 1080, 30, Yuyv), (1280, 720, 30, Yuyv)],
                (1920, 1080, 30, Yuyv),
            ),
            (
                vec![(1280, 720, 60, Yuyv), (1280, 720, 15, Yuyv), (1280, 720, 30, Yuyv)],
                (1280, 720, 15, Yuyv),
            ),
            // The highest resolution is a trap.
            (vec![(3840, 2160, 2, Bgr), (1280, 720, 10, Yuyv)], (1280, 720, 10, Yuyv)),
            (vec![(3840, 2160, 30, Mjpeg), (1280, 720, 30, Yuyv)], (1280, 720, 30, Yuyv)),
            (vec![(1920, 1080, 30, Nv12), (1280, 720, 30, Mjpeg)], (1280, 720, 30, Mjpeg)),
            // Nothing is near: the nearest.
            (vec![(320, 240, 30, Yuyv), (1024, 768, 30, Yuyv)], (1024, 768, 30, Yuyv)),
            (vec![(800, 600, 30, Mjpeg), (2592, 1944, 15, Mjpeg)], (800, 600, 30, Mjpeg)),
            // Nothing is fast enough: the fastest.
            (vec![(1920, 1080, 5, Yuyv), (640, 480, 8, Yuyv)], (640, 480, 8, Yuyv)),
            // Only rare ones.
            (vec![(1280, 720, 30, Bgr), (1280, 720, 30, Nv12)], (1280, 720, 30, Nv12)),
            // A misread fraction.
            (vec![(1280, 720, 30_000, Yuyv), (640, 480, 30, Yuyv)], (640, 480, 30, Yuyv)),
        ];
        for (offers, right) in table {
            let make = |(w, h, fps, pixels)| Offer::new(w, h, fps, pixels);
            let mut offers: Vec<Offer> = offers.into_iter().map(make).collect();
            for _ in 0..offers.len() {
                assert_eq!(best(&offers, None), Some(make(right)), "{offers:?}");
                offers.rotate_left(1);
            }
        }
        assert_eq!(best(&[], None), None);
        assert_eq!(
            best(&[Offer::new(0, 720, 30, Yuyv), Offer::new(1280, 720, 0, Yuyv)], None),
            None
        );
    }

    #[test]
    fn a_wanted_format_is_had_exactly_or_not_at_all() {
        let offers = [
            Offer::new(1280, 720, 30, Pixels::Mjpeg),
            Offer::new(1280, 720, 30, Pixels::Bgr),
            Offer::new(1280, 720, 30, Pixels::Yuyv),
        ];
        let wanted = Format { width: 1280, height: 720, fps: 30, mjpeg: true };
        assert_eq!(best(&offers, Some(wanted)), Some(offers[0]));
        let raw = Format { mjpeg: false, ..wanted };
        assert_eq!(ranked(&offers, Some(raw)), [offers[2], offers[1]]);
        assert_eq!(best(&offers, Some(Format { fps: 25, ..wanted })), None);
        assert_eq!(best(&offers, Some(Format { height: 721, ..wanted })), None);
    }

    #[test]
    fn settings_go_both_ways() {
        let format = Format { width: 1920, height: 1080, fps: 15, mjpeg: true };
        for settings in [
            CameraSettings::default(),
            CameraSettings { device: "/dev/video2".to_owned(), format: Some(format) },
        ] {
            let text = toml::to_string(&settings).unwrap();
            assert_eq!(toml::from_str::<CameraSettings>(&text).unwrap(), settings, "{text}");
        }
        assert_eq!(toml::from_str::<CameraSettings>("").unwrap(), CameraSettings::default());
        assert!(toml::from_str::<CameraSettings>("devise = 'x'").is_err());
    }
}
