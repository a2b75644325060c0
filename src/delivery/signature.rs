//! temp
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SignatureError(String);
pub struct KeyPair {
    public: String,
    secret: minisign::SecretKey,
    pk: minisign::PublicKey,
}
impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyPair")
    }
}
fn e(error: minisign::PError) -> SignatureError {
    SignatureError(error.to_string())
}
impl KeyPair {
    pub fn generate() -> Result<KeyPair, SignatureError> {
        let p = minisign::KeyPair::generate_unencrypted_keypair().map_err(e)?;
        Ok(KeyPair { public: p.pk.to_box().map_err(e)?.into_string(), secret: p.sk, pk: p.pk })
    }
    pub fn public_text(&self) -> String {
        self.public.clone()
    }
    pub fn secret_text(&self) -> String {
        self.secret.to_box(None).map(|b| b.into_string()).unwrap_or_default()
    }
    pub fn from_secret_text(text: &str) -> Result<KeyPair, SignatureError> {
        let secret = minisign::SecretKeyBox::from_string(text)
            .map_err(e)?
            .into_unencrypted_secret_key()
            .map_err(e)?;
        let pk = minisign::PublicKey::from_secret_key(&secret).map_err(e)?;
        Ok(KeyPair { public: pk.to_box().map_err(e)?.into_string(), secret, pk })
    }
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, SignatureError> {
        minisign::sign(Some(&self.pk), &self.secret, bytes, Some(comment), None)
            .map(|b| b.into_string())
            .map_err(e)
    }
}
pub fn verify(public: &str, bytes: &[u8], signature: &str) -> Result<(), SignatureError> {
    let pk =
        minisign::PublicKeyBox::from_string(public).map_err(e)?.into_public_key().map_err(e)?;
    let s = minisign::SignatureBox::from_string(signature).map_err(e)?;
    minisign::verify(&pk, &s, std::io::Cursor::new(bytes), true, false, false).map_err(e)
}
