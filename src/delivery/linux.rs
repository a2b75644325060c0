//! What only Linux says this way.

use super::stick::Stick;
use rustix::fs::{Access, Advice, access, fadvise, statvfs};
use rustix::io::Errno;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};

/// A folder's entries are on the medium when this returns.
pub(super) fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Drops the file's clean pages from memory, so that it is read from the medium. Only advice: if
/// the system doesn't take it, reading back still compares what the system holds.
pub(super) fn forget_cached(file: &File) {
    if fadvise(file, 0, None, Advice::DontNeed).is_err() {
        // Nothing to do: some file systems have no such cache.
    }
}

pub(super) fn free(path: &Path) -> Option<u64> {
    let stat = statvfs(path).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// This user may make a folder there, and the medium lets anyone.
pub(super) fn writable(folder: &Path) -> bool {
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// The device behind the file system is not there any more.
pub(super) fn no_device(error: &io::Error) -> bool {
    let codes = [Errno::NODEV, Errno::NXIO, Errno::NOMEDIUM];
    let code = error.raw_os_error();
    codes.iter().any(|errno| code == Some(errno.raw_os_error()))
}

pub(super) fn sticks() -> Vec<Stick> {
    let mounts = std::fs::read("/proc/self/mountinfo").unwrap_or_default();
    sticks_of(&mounts, Path::new("/sys"))
}

/// A machine that was started from a stick has its own folders on it: those are no place for a
/// delivery.
const OF_THE_SYSTEM: [&str; 9] =
    ["/boot", "/efi", "/etc", "/home", "/nix", "/opt", "/snap", "/usr", "/var"];

/// Mounts of `/proc/self/mountinfo` whose device stands under `/usb` in `sys` or says that it can be
/// taken out; each device once.
fn sticks_of(mountinfo: &[u8], sys: &Path) -> Vec<Stick> {
    let mut seen = BTreeSet::new();
    let mut sticks = Vec::new();
    for mount in mountinfo.split(|byte| *byte == b'\n').filter_map(Mount::of) {
        let system = OF_THE_SYSTEM.iter().any(|folder| mount.path.starts_with(folder));
        if system || mount.path == Path::new("/") {
            continue;
        }
        let Some(device) = removable(mount.device, sys) else { continue };
        if seen.insert(device.clone()) {
            sticks.push(Stick { name: name(&mount.path, &device), path: mount.path });
        }
    }
    sticks.sort_by(|a, b| a.path.cmp(&b.path));
    sticks
}

/// A line of mountinfo, as far as it is asked.
struct Mount<'m> {
    /// `8:17`
    device: &'m str,
    path: PathBuf,
}

impl Mount<'_> {
    /// `36 35 8:17 / /media/KEN\040BAN rw,nosuid shared:1 - vfat /dev/sdb1 rw,utf8`; only a mount of
    /// a whole file system, not of a folder in it.
    fn of(line: &[u8]) -> Option<Mount<'_>> {
        let mut fields = line.split(|byte| *byte == b' ');
        let device = std::str::from_utf8(fields.nth(2)?).ok()?;
        let numbers = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (major, minor) = device.split_once(':')?;
        let whole = fields.next()? == b"/";
        let path = PathBuf::from(unescaped(fields.next()?));
        (whole && numbers(major) && numbers(minor) && path.is_absolute())
            .then_some(Mount { device, path })
    }
}

/// The kernel writes space, tab, line end and backslash as three octal digits.
fn unescaped(field: &[u8]) -> OsString {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((byte, after)) = rest.split_first() {
        let octal = after.first_chunk::<3>().filter(|_| *byte == b'\\').and_then(|digits| {
            let text = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(text, 8).ok()
        });
        out.push(octal.unwrap_or(*byte));
        rest = if octal.is_some() { after.get(3..).unwrap_or_default() } else { after };
    }
    OsString::from_vec(out)
}

/// The device's place in `sys`, if it can be taken out.
fn removable(device: &str, sys: &Path) -> Option<PathBuf> {
    let place = sys.join("dev/block").join(device).canonicalize().ok()?;
    let on_usb = place.components().any(|part| match part {
        Component::Normal(part) => part.as_bytes().starts_with(b"usb"),
        _ => false,
    });
    // A partition's disk is the folder above it.
    let says = |folder: &Path| {
        std::fs::read_to_string(folder.join("removable")).is_ok_and(|text| text.trim() == "1")
    };
    (on_usb || says(&place) || place.parent().is_some_and(says)).then_some(place)
}

/// `KENBAN (SanDisk Cruzer)`: the last part of where it is mounted is the medium's name on a
/// desktop; the device says who made it.
fn name(mounted: &Path, device: &Path) -> String {
    let label = mounted.file_name().unwrap_or(OsStr::new("")).to_string_lossy();
    let word = |file: &str| {
        let here = device.join("device").join(file);
        let above = device.parent().map(|disk| disk.join("device").join(file));
        let text = std::fs::read_to_string(here).ok();
        let text = text.or_else(|| std::fs::read_to_string(above?).ok());
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let maker = [word("vendor"), word("model")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if maker.is_empty() { label.into_owned() } else { format!("{label} ({maker})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    /// A made-up `/sys`: a built-in disk 8:1, a stick 8:17, a card reader 179:1, a stick without a
    /// partition 8:32.
    fn sys() -> tempfile::TempDir {
        let sys = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = sys.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put("devices/pci0/ata1/block/sda/sda1/partition", "1\n");
        put("devices/pci0/ata1/block/sda/removable", "0\n");
        put("devices/pci0/usb1/1-2/host6/block/sdb/sdb1/partition", "1\n");
        put("devices/pci0/usb1/1-2/host6/block/sdb/removable", "0\n");
        put("devices/pci0/usb1/1-2/host6/block/sdb/device/vendor", "SanDisk \n");
        put("devices/pci0/usb1/1-2/host6/block/sdb/device/model", "Cruzer Blade    \n");
        put("devices/pci0/mmc0/block/mmcblk0/mmcblk0p1/partition", "1\n");
        put("devices/pci0/mmc0/block/mmcblk0/removable", "1\n");
        put("devices/pci0/usb2/2-1/host7/block/sdc/removable", "1\n");
        fs::create_dir_all(sys.path().join("dev/block")).unwrap();
        for (number, place) in [
            ("8:1", "pci0/ata1/block/sda/sda1"),
            ("8:17", "pci0/usb1/1-2/host6/block/sdb/sdb1"),
            ("179:1", "pci0/mmc0/block/mmcblk0/mmcblk0p1"),
            ("8:32", "pci0/usb2/2-1/host7/block/sdc"),
        ] {
            let to = format!("../../devices/{place}");
            symlink(to, sys.path().join("dev/block").join(number)).unwrap();
        }
        sys
    }

    const MOUNTS: &[u8] = b"\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 27 8:17 / /media/aoi/\xE5\x88\xB8\\040KEN\\134BAN rw,nosuid shared:9 - vfat /dev/sdb1 rw,utf8
41 27 8:17 /photos /srv/photos rw,nosuid shared:9 - vfat /dev/sdb1 rw,utf8
42 27 8:17 / /mnt/again rw,nosuid - vfat /dev/sdb1 rw,utf8
43 27 179:1 / /media/aoi/card ro,nosuid shared:10 - exfat /dev/mmcblk0p1 ro
44 27 8:32 / /mnt/stick rw - vfat /dev/sdc rw
45 27 8:32 / /boot/efi rw - vfat /dev/sdc rw
46 27 9:99 / /media/gone rw - vfat /dev/sdz rw
";

    #[test]
    fn sticks_and_cards_but_no_disk_and_each_once() {
        let sys = sys();
        let sticks = sticks_of(MOUNTS, sys.path());
        let found = sticks
            .iter()
            .map(|stick| (stick.path.to_str().unwrap(), stick.name.as_str()))
            .collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                ("/media/aoi/card", "card"),
                ("/media/aoi/券 KEN\\BAN", "券 KEN\\BAN (SanDisk Cruzer Blade)"),
                ("/mnt/stick", "stick"),
            ]
        );
    }

    #[test]
    fn a_machine_that_runs_from_a_stick_offers_none_of_its_own_folders() {
        let sys = sys();
        let mounts = b"27 1 8:17 / / rw - ext4 /dev/sdb1 rw\n28 27 8:32 / /home rw - ext4 x rw\n";
        assert_eq!(sticks_of(mounts, sys.path()), []);
    }

    #[test]
    fn no_line_of_mounts_is_too_strange() {
        let sys = sys();
        for line in ["", " ", "1 2", "1 2 8:17", "1 2 8:17 /", "1 2 ../.. / /x", "1 2 8:17 / x\\04"]
        {
            assert_eq!(sticks_of(line.as_bytes(), sys.path()), [], "{line:?}");
        }
        assert_eq!(unescaped(b"a\\040b\\9\\"), OsString::from("a b\\9\\"));
        assert_eq!(unescaped(b"\\777"), OsString::from("\\777"));
    }

    #[test]
    fn a_folder_says_whether_it_can_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let space = super::super::stick::space(folder.path()).unwrap();
        assert!(space.writable && space.free > 0);
        assert_eq!(super::super::stick::space(&folder.path().join("none")), None);
    }
}
