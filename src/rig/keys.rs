//! The station's key and the heads it signed, kept outside the data folder: whoever changes the
//! data can't change these with it.

use super::RigError;
use crate::delivery::signature::{self, KeyPair};
use crate::desk::{SignedHead, Signing};
use crate::flow::{Sha256, Station};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The station's minisign key pair on the disk, or at least its public half from the log.
#[derive(Debug)]
pub struct StationKey {
    public: String,
    /// `None` if the secret half is not on this machine; then nothing can be signed here.
    pair: Option<KeyPair>,
    /// Path without ending; `.key`, `.pub` and `.heads` stand side by side.
    stem: PathBuf,
}

/// Said by a program instead of `KENBAN_KEYS`, see [`keep_in`].
static KEPT_IN: OnceLock<PathBuf> = OnceLock::new();

/// From now on this process keeps keys there, whatever its surroundings say; for programs that hold
/// stations of their own making, such as tests. False if another folder was said before.
pub fn keep_in(folder: &Path) -> bool {
    KEPT_IN.get_or_init(|| folder.to_owned()) == folder
}

/// What was said by [`keep_in`], `KENBAN_KEYS`, or `kenban/keys` in the user's configuration folder.
pub fn folder() -> Result<PathBuf, RigError> {
    if let Some(folder) = KEPT_IN.get() {
        return Ok(folder.clone());
    }
    if let Some(folder) = std::env::var_os("KENBAN_KEYS") {
        return Ok(PathBuf::from(folder));
    }
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    config.map(|config| config.join("kenban").join("keys")).ok_or_else(|| {
        RigError::Key(
            "there is no place for the station's key; set KENBAN_KEYS to a folder".to_owned(),
        )
    })
}

/// Where a key's files stand: station and the first digits of the public key's hash.
fn stem(station: &Station, public: &str) -> Result<PathBuf, RigError> {
    let mark = Sha256::of(public.as_bytes()).to_string();
    Ok(folder()?.join(format!("{station}-{}", &mark[..12])))
}

impl StationKey {
    /// Makes the key of a new campaign.
    pub fn make(station: &Station) -> Result<StationKey, RigError> {
        let pair = KeyPair::generate().map_err(|error| RigError::Key(error.to_string()))?;
        let public = pair.public_text();
        let stem = stem(station, &public)?;
        let folder = folder()?;
        let made = std::fs::create_dir_all(&folder);
        made.map_err(RigError::file(
            format!("the folder for the station's key, {}, can't be made", folder.display()),
            &folder,
        ))?;
        write_new(&stem.with_extension("key"), &pair.secret_text(), 0o600)?;
        write_new(&stem.with_extension("pub"), &public, 0o644)?;
        Ok(StationKey { public, pair: Some(pair), stem })
    }

    /// The key of a campaign that the log names by its public half.
    pub fn find(station: &Station, public: &str) -> Result<StationKey, RigError> {
        let stem = stem(station, public)?;
        let path = stem.with_extension("key");
        let pair = match std::fs::read_to_string(&path) {
            Ok(text) => Some(KeyPair::from_secret_text(&text).map_err(|error| {
                RigError::Key(format!("{} is no key: {error}", path.display()))
            })?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                let what = format!("{} can't be read", path.display());
                return Err(RigError::file(what, &path)(source));
            }
        };
        Ok(StationKey { public: public.to_owned(), pair, stem })
    }

    /// The secret half is on this machine.
    pub fn signs(&self) -> bool {
        self.pair.is_some()
    }

    /// The public half, as it stands in `.pub` files and deliveries.
    pub fn public(&self) -> &str {
        &self.public
    }

    pub fn public_file(&self) -> PathBuf {
        self.stem.with_extension("pub")
    }

    pub fn sign_bytes(&self, bytes: &[u8], comment: &str) -> Result<String, String> {
        let pair = self.pair.as_ref().ok_or_else(|| {
            format!(
                "the station's key {} is not on this machine; bring it back from where it is kept",
                self.stem.with_extension("key").display()
            )
        })?;
        pair.sign(bytes, comment).map_err(|error| error.to_string())
    }
}

impl Signing for StationKey {
    fn sign(&self, message: &str) -> Result<String, String> {
        self.sign_bytes(message.as_bytes(), "kenban head")
    }

    fn keep(&mut self, head: &SignedHead) -> Result<(), String> {
        let path = self.stem.with_extension("heads");
        let line =
            format!("{} {} {} {}\n", head.seq, head.head, head.last_envelope, head.last_delivery);
        append_line(&path, &line)
            .map_err(|error| format!("{} can't be written: {error}", path.display()))
    }
}

/// Appends a whole line; what a crash or a full disk left of an earlier one is cut off first.
fn append_line(path: &Path, line: &str) -> std::io::Result<()> {
    let whole = match std::fs::read(path) {
        Ok(text) => text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    file.set_len(whole as u64)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// A line of the `heads` file: `seq head last-envelope last-delivery`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptHead {
    pub seq: u64,
    pub head: Sha256,
    pub last_envelope: u64,
    pub last_delivery: u64,
}

/// Heads kept beside a public key's file, oldest first. None if there is no such file. A last line
/// that was cut short by a crash is left out: its head was never relied on.
///
/// # Errors
/// If another line is not of that form.
pub fn kept_heads(public_file: &Path) -> Result<Vec<KeptHead>, RigError> {
    let path = public_file.with_extension("heads");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => {
            return Err(RigError::Io { what: format!("{} can't be read", path.display()), source });
        }
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| {
            parse_head(line)
                .ok_or_else(|| RigError::Key(format!("{}: '{line}' is no head", path.display())))
        })
        .collect()
}

fn parse_head(line: &str) -> Option<KeptHead> {
    let mut words = line.split(' ');
    let head = KeptHead {
        seq: words.next()?.parse().ok()?,
        head: Sha256::from_hex(words.next()?)?,
        last_envelope: words.next()?.parse().ok()?,
        last_delivery: words.next()?.parse().ok()?,
    };
    words.next().is_none().then_some(head)
}

/// # Errors
/// If the text is no minisign public key.
pub fn is_public_key(text: &str) -> Result<(), RigError> {
    signature::id_of(text)
        .map(|_| ())
        .map_err(|error| RigError::Key(format!("this is no public key: {error}")))
}

/// Whether a message's signature is of this public key.
pub fn verify(public: &str, message: &str, signature: &str) -> Result<(), String> {
    signature::verify(public, message.as_bytes(), signature).map_err(|error| error.to_string())
}

/// A new file that others may read only if the mode says so.
fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), RigError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    options
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .map_err(RigError::file(format!("{} can't be written", path.display()), path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_of_heads_is_cut_off_and_locks_nobody_out() {
        let dir = tempfile::tempdir().unwrap();
        let heads = dir.path().join("01-abc.heads");
        let line = |seq: u64| format!("{seq} {} 3 1\n", Sha256::of(&seq.to_be_bytes()));
        append_line(&heads, &line(7)).unwrap();
        std::fs::write(&heads, format!("{}{}", line(7), &line(8)[..20])).unwrap();
        let seqs = |heads: &Path| {
            kept_heads(&heads.with_extension("pub"))
                .unwrap()
                .iter()
                .map(|it| it.seq)
                .collect::<Vec<_>>()
        };
        assert_eq!(seqs(&heads), [7]);
        append_line(&heads, &line(9)).unwrap();
        assert_eq!(seqs(&heads), [7, 9]);
    }
}
