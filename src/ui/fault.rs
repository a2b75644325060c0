//! What is wrong with a device, a file or the data, as far as it changes what a person does next; and
//! the sentences for it. No other program's words come to the window: they are in one language, and
//! say what happened, not what to do.

use super::words::Words;
use std::io::ErrorKind;

/// One thing that is wrong. Names are as a person knows them: a device's path, a file's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    // The camera.
    CameraNone,
    CameraGone(String),
    CameraIsNone(String),
    CameraNotAllowed(String),
    CameraBusy(String),
    /// The USB port is too slow for it.
    CameraSlowPort(String),
    CameraFormat {
        camera: String,
        format: String,
    },
    CameraFails(String),
    /// It is there and gives no pictures.
    CameraSilent,
    /// A recording that was played is at its end.
    CameraEnded(String),
    /// The simulated one, in a campaign that counts.
    CameraForTraining,
    // The serial scanner.
    SerialNoSpeed,
    SerialNotAllowed(String),
    SerialBusy(String),
    SerialFails(String),
    // The loudspeaker.
    SoundNoProgram,
    SoundNoSpeaker,
    SoundStuck,
    // Files, folders and the machine.
    File {
        path: String,
        why: Io,
    },
    /// Its name is no text.
    FileName(String),
    /// It is larger than such a file can be.
    FileTooLarge(String),
    /// Its bytes are no UTF-8.
    FileNotText(String),
    /// The system gives no thread, no memory, no random number.
    Machine,
    // The data.
    DiskFull,
    /// The data folder can't be read or written.
    DataFails,
    Damaged,
    InUse,
    NoCampaign,
    Newer,
    /// The log lacks what this station has signed.
    Restored,
    /// The station's key is not where it belongs, or not right.
    Key,
    Busy,
    /// Somebody chose this person's PIN before.
    HasPin,
    /// The reader gave up on a picture.
    Reader,
    /// The next campaign's profile has mistakes.
    Profile,
    /// This text has this character, which the delivery's encoding has not.
    Text {
        text: String,
        found: char,
    },
    /// The delivery's files can't have the names that the profile gives them.
    FileNames,
    /// The totals of what is to be delivered don't close.
    Totals,
    /// There is nothing to give up.
    NoDelivery,
    /// Nothing that a person at the desk could mend; the words are for whoever is asked for help.
    Inner(String),
}

/// Why a file or folder can't be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Io {
    NotThere,
    NotAllowed,
    Full,
    ReadOnly,
    IsFolder,
    NotFolder,
    AlreadyThere,
    /// The medium fails, or was pulled out.
    Failing,
}

impl Io {
    pub const ALL: [Io; 8] = [
        Io::NotThere,
        Io::NotAllowed,
        Io::Full,
        Io::ReadOnly,
        Io::IsFolder,
        Io::NotFolder,
        Io::AlreadyThere,
        Io::Failing,
    ];

    pub fn of(kind: ErrorKind) -> Io {
        match kind {
            ErrorKind::NotFound => Io::NotThere,
            ErrorKind::PermissionDenied => Io::NotAllowed,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Io::Full,
            ErrorKind::ReadOnlyFilesystem => Io::ReadOnly,
            ErrorKind::IsADirectory => Io::IsFolder,
            ErrorKind::NotADirectory => Io::NotFolder,
            ErrorKind::AlreadyExists => Io::AlreadyThere,
            _ => Io::Failing,
        }
    }
}

impl Words {
    /// What is wrong, and what to do.
    pub fn fault(&self, fault: &Fault) -> String {
        match fault {
            Fault::CameraNone => self.fault_camera_none(),
            Fault::CameraGone(camera) => self.fault_camera_gone(camera),
            Fault::CameraIsNone(camera) => self.fault_camera_is_none(camera),
            Fault::CameraNotAllowed(camera) => self.fault_camera_not_allowed(camera),
            Fault::CameraBusy(camera) => self.fault_camera_busy(camera),
            Fault::CameraSlowPort(camera) => self.fault_camera_slow_port(camera),
            Fault::CameraFormat { camera, format } => self.fault_camera_format(camera, format),
            Fault::CameraFails(camera) => self.fault_camera_fails(camera),
            Fault::CameraSilent => self.fault_camera_silent(),
            Fault::CameraEnded(file) => self.fault_camera_ended(file),
            Fault::CameraForTraining => self.fault_camera_for_training(),
            Fault::SerialNoSpeed => self.fault_serial_no_speed(),
            Fault::SerialNotAllowed(port) => self.fault_serial_not_allowed(port),
            Fault::SerialBusy(port) => self.fault_serial_busy(port),
            Fault::SerialFails(port) => self.fault_serial_fails(port),
            Fault::SoundNoProgram => self.fault_sound_no_program(),
            Fault::SoundNoSpeaker => self.fault_sound_no_speaker(),
            Fault::SoundStuck => self.fault_sound_stuck(),
            Fault::File { path, why } => self.file_fault(path, *why),
            Fault::FileName(path) => self.fault_file_name(path),
            Fault::FileTooLarge(path) => self.fault_file_too_large(path),
            Fault::FileNotText(path) => self.fault_file_not_text(path),
            Fault::Machine => self.fault_machine(),
            Fault::DiskFull => self.fault_disk_full(),
            Fault::DataFails => self.fault_data_fails(),
            Fault::Damaged => self.fault_damaged(),
            Fault::InUse => self.fault_in_use(),
            Fault::NoCampaign => self.fault_no_campaign(),
            Fault::Newer => self.fault_newer(),
            Fault::Restored => self.fault_restored(),
            Fault::Key => self.fault_key(),
            Fault::Busy => self.trouble_busy(),
            Fault::HasPin => self.fault_has_pin(),
            Fault::Reader => self.fault_reader(),
            Fault::Profile => self.fault_profile(),
            Fault::Text { text, found } => self.deliver_fault_text(text, found.to_string()),
            Fault::FileNames => self.deliver_fault_names(),
            Fault::Totals => self.deliver_fault_data(),
            Fault::NoDelivery => self.fault_no_delivery(),
            Fault::Inner(why) => self.fault_inner(why),
        }
    }

    fn file_fault(&self, path: &str, why: Io) -> String {
        match why {
            Io::NotThere => self.fault_file_not_there(path),
            Io::NotAllowed => self.fault_file_not_allowed(path),
            Io::Full => self.fault_disk_full(),
            Io::ReadOnly => self.fault_file_read_only(path),
            Io::IsFolder => self.fault_file_is_folder(path),
            Io::NotFolder => self.fault_file_not_folder(path),
            Io::AlreadyThere => self.fault_file_already_there(path),
            Io::Failing => self.fault_file_failing(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::settings::Language;

    fn all() -> Vec<Fault> {
        let name = || "/dev/video0".to_owned();
        let mut all = vec![
            Fault::CameraNone,
            Fault::CameraGone(name()),
            Fault::CameraIsNone(name()),
            Fault::CameraNotAllowed(name()),
            Fault::CameraBusy(name()),
            Fault::CameraSlowPort(name()),
            Fault::CameraFormat { camera: name(), format: "640x480@30".to_owned() },
            Fault::CameraFails(name()),
            Fault::CameraSilent,
            Fault::CameraEnded(name()),
            Fault::CameraForTraining,
            Fault::SerialNoSpeed,
            Fault::SerialNotAllowed(name()),
            Fault::SerialBusy(name()),
            Fault::SerialFails(name()),
            Fault::SoundNoProgram,
            Fault::SoundNoSpeaker,
            Fault::SoundStuck,
            Fault::FileName(name()),
            Fault::FileTooLarge(name()),
            Fault::FileNotText(name()),
            Fault::Machine,
            Fault::DiskFull,
            Fault::DataFails,
            Fault::Text { text: "寿司🍣".to_owned(), found: '🍣' },
            Fault::FileNames,
            Fault::Totals,
            Fault::NoDelivery,
            Fault::Damaged,
            Fault::InUse,
            Fault::NoCampaign,
            Fault::Newer,
            Fault::Restored,
            Fault::Key,
            Fault::Busy,
            Fault::HasPin,
            Fault::Reader,
            Fault::Profile,
            Fault::Inner("no such device (os error 19)".to_owned()),
        ];
        all.extend(Io::ALL.map(|why| Fault::File { path: name(), why }));
        all
    }

    /// Each of the station's own words ends as a sentence, and in Japanese none of them is English.
    #[test]
    fn every_fault_says_in_its_language_what_to_do() {
        let (ja, en) = (Words::new(Language::Ja), Words::new(Language::En));
        for fault in all() {
            let (japanese, english) = (ja.fault(&fault), en.fault(&fault));
            assert!(japanese.ends_with('。'), "{fault:?}: {japanese}");
            assert!(crate::ui::words::foreign(&japanese).is_none(), "{fault:?}: {japanese}");
            let whole = english.ends_with('.') || matches!(fault, Fault::Inner(_));
            let plain = english.is_ascii() || matches!(fault, Fault::Text { .. });
            assert!(whole && plain, "{fault:?}: {english}");
        }
    }

    #[test]
    fn the_systems_errors_are_known_by_their_kind() {
        let kind = |code| std::io::Error::from_raw_os_error(code).kind();
        let known = [2, 13, 28, 30, 21, 20, 17, 5].map(|code| Io::of(kind(code)));
        assert_eq!(known, Io::ALL);
    }
}
