//! What a room sets once: language, look, sizes, sources. Kept beside the campaign by `rig`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub look: Look,
    /// Size of text and signs in percent, 100 to 200.
    pub size: u16,
    /// Loudness in percent, by person's id; `volume` for those who set none.
    pub volumes: BTreeMap<String, u8>,
    pub volume: u8,
    pub folder: FolderSource,
    pub serial: SerialSource,
    pub camera: CameraSource,
    pub wedge: WedgeSource,
    /// Where the last delivery went.
    pub target: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ja,
    En,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Look {
    #[default]
    Light,
    Dark,
    /// Black, white and yellow.
    Contrast,
}

/// The folder that a document scanner fills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FolderSource {
    pub on: bool,
    pub path: String,
    /// Front and back of a sheet are two files.
    pub duplex: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SerialSource {
    pub on: bool,
    pub port: String,
    pub baud: u32,
    /// `cr`, `lf`, `crlf` or `tab`
    pub terminator: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CameraSource {
    pub on: bool,
    /// Empty: the first that works. `simulated` in training.
    pub device: String,
    /// `1280x720@30 yuyv`; empty: chosen by the station.
    pub format: String,
    /// A sheet that has come to rest is taken without a key.
    pub by_rest: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WedgeSource {
    pub on: bool,
    /// The scanner's name as a keyboard, learned by a scan; empty: it is told by its pace.
    pub device: String,
    /// For which country's keyboard the scanner sends: empty as this computer, `us` or `jp`.
    pub layout: String,
    /// What the scanner sends before each code; empty: nothing.
    pub prefix: String,
    /// Fewer characters than this are a person's typing.
    pub shortest: u16,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: Language::default(),
            look: Look::default(),
            size: 100,
            volumes: BTreeMap::new(),
            volume: 60,
            folder: FolderSource::default(),
            serial: SerialSource::default(),
            camera: CameraSource::default(),
            wedge: WedgeSource::default(),
            target: String::new(),
        }
    }
}

impl Default for SerialSource {
    fn default() -> SerialSource {
        SerialSource { on: false, port: String::new(), baud: 9600, terminator: "cr".to_owned() }
    }
}

impl Default for WedgeSource {
    fn default() -> WedgeSource {
        WedgeSource {
            on: true,
            device: String::new(),
            layout: String::new(),
            prefix: String::new(),
            shortest: 6,
        }
    }
}

impl Settings {
    /// The size as a factor, 1.0 to 2.0.
    pub fn scale(&self) -> f32 {
        f32::from(self.size.clamp(100, 200)) / 100.0
    }

    pub fn volume_of(&self, person: &str) -> u8 {
        self.volumes.get(person).copied().unwrap_or(self.volume).min(100)
    }
}
