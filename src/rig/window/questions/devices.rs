//! What is plugged in, to be chosen in the settings.

use crate::devices::{camera_v4l, serial};
use crate::rig::window::devices::format_words;
use crate::ui::port::{Answer, DeviceList};

/// Asking a camera may take a while.
pub(super) fn list() -> Answer {
    let serial = serial::serial_ports().into_iter().map(|port| (port.path, port.name)).collect();
    let cameras = camera_v4l::cameras().into_iter().map(|camera| {
        let formats = camera.formats.iter().map(format_words).collect();
        (camera.device, camera.name, formats)
    });
    Answer::Devices(DeviceList { serial, cameras: cameras.collect() })
}
