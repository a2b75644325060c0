//! Detached minisign signatures, as the stock `minisign` tool makes and checks them.

use minisign::{PublicKey, PublicKeyBox, SecretKeyBox, SignatureBox};
use std::fmt;
use std::io::Cursor;

/// Characters of the second signature's base64 (64 bytes).
const GLOBAL_SIGNATURE_LEN: usize = 88;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("no key could be made: {0}")]
    Make(String),
    #[error("this is no minisign key: {0}")]
    BadKey(String),
    #[error("this is no minisign signature: {0}")]
    BadSignature(String),
    #[error("the signature could not be made: {0}")]
    Sign(String),
    #[error("the signature is not of this key and these bytes: {0}")]
    Wrong(String),
}

/// A station's keys. The secret one is not protected by a password: who may read its file may sign.
#[derive(Clone)]
pub struct KeyPair {
    public: PublicKey,
    secret: minisign::SecretKey,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyPair({}, secret not shown)", key_id(&self.public))
    }
}

impl KeyPair {
    /// # Errors
    /// If the system gives no random bytes.
    pub fn generate() -> Result<KeyPair, SignatureError> {
        let pair = minisign::KeyPair::generate_unencrypted_keypair()
            .map_err(|error| SignatureError::Make(error.to_string()))?;
        Ok(KeyPair { public: pair.pk, secret: pair.sk })
    }

    /// From what [`KeyPair::secret_text`] gave; the public key is in it.
    ///
    /// # Errors
    /// If the text is no secret key, or one under a password.
    pub fn from_secret_text(text: &str) -> Result<KeyPair, SignatureError> {
        let bad = |error: minisign::PError| SignatureError::BadKey(error.to_string());
        let secret = SecretKeyBox::from_string(text)
            .and_then(SecretKeyBox::into_unencrypted_secret_key)
            .map_err(bad)?;
        let public = PublicKey::from_secret_key(&secret).map_err(bad)?;
        Ok(KeyPair { public, secret })
    }

    /// The secret key as a minisign key file.
    pub fn secret_text(&self) -> String {
        self.secret
            .to_box(Some("kenban station key; keep it secret"))
            .map(SecretKeyBox::into_string)
            .unwrap_or_default()
    }

    /// The public key as a minisign key file.
    pub fn public_text(&self) -> String {
        public_text(&self.public)
    }

    /// A detached signature; `trusted_comment` (one line) is signed with the bytes.
    ///
    /// # Errors
    /// If the comment has more than one line or the key is not usable.
    pub fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String, SignatureError> {
        if trusted_comment.chars().any(char::is_control) {
            return Err(SignatureError::Sign("the comment is not one line".to_owned()));
        }
        minisign::sign(
            Some(&self.public),
            &self.secret,
            Cursor::new(bytes),
            Some(trusted_comment.trim()),
            Some("signature of a kenban station"),
        )
        .map(SignatureBox::into_string)
        .map_err(|error| SignatureError::Sign(error.to_string()))
    }
}

fn public_text(key: &PublicKey) -> String {
    format!("untrusted comment: kenban public key {}\n{}\n", key_id(key), key.to_base64())
}

fn key_id(key: &PublicKey) -> String {
    // The key number is little-endian, shown as the stock tool shows it.
    key.keynum().iter().rev().map(|byte| format!("{byte:02X}")).collect()
}

/// From a key file's text, or its second line alone.
fn public_key(text: &str) -> Result<PublicKey, SignatureError> {
    let text = text.trim();
    let key = if text.starts_with("untrusted comment:") {
        PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key)
    } else {
        PublicKey::from_base64(text)
    };
    key.map_err(|error| SignatureError::BadKey(error.to_string()))
}

/// The number by which people tell keys apart.
///
/// # Errors
/// If the text is no public key.
pub fn id_of(public: &str) -> Result<String, SignatureError> {
    public_key(public).map(|key| key_id(&key))
}

/// The public key as a minisign key file, whatever its comment was.
///
/// # Errors
/// If the text is no public key.
pub fn public_file(public: &str) -> Result<String, SignatureError> {
    public_key(public).map(|key| public_text(&key))
}

/// Whether `signature` is of this public key and these bytes.
///
/// # Errors
/// If key or signature is malformed, or the signature is not of them.
pub fn verify(public: &str, bytes: &[u8], signature: &str) -> Result<(), SignatureError> {
    let key = public_key(public)?;
    let global = signature.lines().nth(3).unwrap_or_default().trim();
    if global.len() != GLOBAL_SIGNATURE_LEN {
        return Err(SignatureError::BadSignature("its last line is cut short".to_owned()));
    }
    let signature = SignatureBox::from_string(signature)
        .map_err(|error| SignatureError::BadSignature(error.to_string()))?;
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false)
        .map_err(|error| SignatureError::Wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_verifies_over_text_forms() {
        let pair = KeyPair::generate().unwrap();
        let again = KeyPair::from_secret_text(&pair.secret_text()).unwrap();
        assert_eq!(again.public_text(), pair.public_text());
        let signature = again.sign(b"manifest", "kenban delivery 01-0001").unwrap();
        let public = pair.public_text();
        assert_eq!(verify(&public, b"manifest", &signature), Ok(()));
        let line = public.lines().nth(1).unwrap();
        assert_eq!(verify(line, b"manifest", &signature), Ok(()));
        assert_eq!(public_file(line).unwrap(), public);
        assert!(matches!(verify(&public, b"manifesT", &signature), Err(SignatureError::Wrong(_))));
        let comment = signature.replace("01-0001", "01-0002");
        assert!(matches!(verify(&public, b"manifest", &comment), Err(SignatureError::Wrong(_))));
        let other = KeyPair::generate().unwrap().public_text();
        assert!(verify(&other, b"manifest", &signature).is_err());
        assert!(!format!("{pair:?}").contains(pair.secret_text().lines().nth(1).unwrap()));
        assert!(pair.sign(b"x", "two\nlines").is_err());
    }

    #[test]
    fn a_key_under_a_password_is_refused() {
        assert!(KeyPair::from_secret_text("").is_err());
        assert!(KeyPair::from_secret_text("untrusted comment: x\nRWQAAEIy").is_err());
    }

    proptest::proptest! {
        #[test]
        fn damaged_signatures_never_panic(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let pair = KeyPair::generate().unwrap();
            let whole = pair.sign(b"m", "c").unwrap();
            let mut damaged = whole.clone().into_bytes();
            damaged.truncate(cut);
            if let Some(slot) = damaged.get_mut(at) {
                *slot = byte;
            }
            let damaged = String::from_utf8_lossy(&damaged).into_owned();
            std::hint::black_box(verify(&pair.public_text(), b"m", &damaged).is_ok());
            std::hint::black_box(verify(&damaged, b"m", &whole).is_ok());
            std::hint::black_box(KeyPair::from_secret_text(&damaged).is_ok());
        }
    }
}
