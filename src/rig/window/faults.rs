//! The station's errors as what the window says of them.

use crate::delivery::DeliveryError;
use crate::desk::DeskError;
use crate::devices::camera::CameraError;
use crate::devices::folder::FolderError;
use crate::devices::presence::DeviceTrouble;
use crate::devices::serial::SerialTrouble;
use crate::devices::sound::Unheard;
use crate::rig::RigError;
use crate::store::StoreError;
use crate::ui::fault::{Fault, Io};
use std::path::Path;

pub(in crate::rig) fn of(error: &RigError) -> Fault {
    match error {
        RigError::Store(error) => store(error),
        RigError::Desk(DeskError::NotSaved(error)) => store(error),
        RigError::Desk(DeskError::Busy) => Fault::Busy,
        RigError::Key(_) => Fault::Key,
        RigError::File { path, source, .. } => file(path, source),
        RigError::Folder(FolderError { folder, source }) => file(Path::new(folder), source),
        RigError::Thread(_) => Fault::Machine,
        RigError::Restored { .. } => Fault::Restored,
        RigError::Profile(_) => Fault::Profile,
        RigError::Desk(DeskError::Refused(_) | DeskError::Stopped(_))
        | RigError::Station(_)
        | RigError::Io { .. }
        | RigError::Input(_) => Fault::Inner(error.to_string()),
    }
}

pub(super) fn store(error: &StoreError) -> Fault {
    match error {
        StoreError::Full => Fault::DiskFull,
        StoreError::Damaged(_)
        | StoreError::Event { .. }
        | StoreError::Attachment(_)
        | StoreError::Profile(_) => Fault::Damaged,
        StoreError::InUse => Fault::InUse,
        StoreError::NoCampaign(_) => Fault::NoCampaign,
        StoreError::Newer { .. } => Fault::Newer,
        StoreError::Key(_) => Fault::Key,
        StoreError::Io { .. } | StoreError::Sql(_) => Fault::DataFails,
        StoreError::Refused(_) => Fault::Inner(error.to_string()),
    }
}

pub(in crate::rig) fn file(path: &Path, error: &std::io::Error) -> Fault {
    Fault::File { path: path.display().to_string(), why: Io::of(error.kind()) }
}

/// Of what would keep a delivery from being made; a medium's faults are told as the delivery's own.
pub(super) fn delivery(error: &DeliveryError) -> Fault {
    match error {
        DeliveryError::Unwritable { text, source, .. } => {
            Fault::Text { text: text.clone(), found: source.0 }
        }
        DeliveryError::BadName(_) | DeliveryError::SameName(_) => Fault::FileNames,
        DeliveryError::Totals(_) | DeliveryError::Rows(_) => Fault::Totals,
        DeliveryError::Sign(_) | DeliveryError::Key(_) => Fault::Key,
        _ => Fault::Inner(error.to_string()),
    }
}

pub(super) fn device(trouble: &DeviceTrouble) -> Fault {
    match trouble.clone() {
        DeviceTrouble::Camera(error) => camera(error),
        DeviceTrouble::Serial(SerialTrouble::NoSpeed) => Fault::SerialNoSpeed,
        DeviceTrouble::Serial(SerialTrouble::NotAllowed(port)) => Fault::SerialNotAllowed(port),
        DeviceTrouble::Serial(SerialTrouble::Busy(port)) => Fault::SerialBusy(port),
        DeviceTrouble::Serial(SerialTrouble::Failed(port)) => Fault::SerialFails(port),
        DeviceTrouble::Sound(Unheard::NoPlayer) => Fault::SoundNoProgram,
        DeviceTrouble::Sound(Unheard::Failed) => Fault::SoundNoSpeaker,
        DeviceTrouble::Sound(Unheard::TooLong | Unheard::Stopped) => Fault::SoundStuck,
    }
}

fn camera(error: CameraError) -> Fault {
    match error {
        CameraError::NoCamera => Fault::CameraNone,
        CameraError::Gone(camera) => Fault::CameraGone(camera),
        CameraError::NotACamera(device) => Fault::CameraIsNone(device),
        CameraError::NotAllowed(camera) => Fault::CameraNotAllowed(camera),
        CameraError::Busy(camera) => Fault::CameraBusy(camera),
        CameraError::NoBandwidth(camera) => Fault::CameraSlowPort(camera),
        CameraError::NoSuchFormat { camera, format } => Fault::CameraFormat { camera, format },
        CameraError::Failed { camera, .. } => Fault::CameraFails(camera),
        CameraError::Silent => Fault::CameraSilent,
        CameraError::Ended(recording) => Fault::CameraEnded(recording),
    }
}
