//! Signed words of the server: access tokens, time tokens and receipts, all EdDSA (Ed25519), each with its own `typ`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::{Signer, SigningKey};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::model::{PersonId, SessionId};
use crate::kit::clock::{Chance, MINUTE_MS, Moment};
use crate::kit::digest::sha256_hex;
use crate::kit::http::problem::{Code, Problem};

/// How long an access token is good for.
pub const ACCESS_TOKEN_S: i64 = 600;
/// Clocks of several servers may differ by this much.
const LEEWAY_S: u64 = 5;
const KEY_FILE: &str = "signing-key.pem";

/// What an access token says.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AccessClaims {
    /// The person.
    pub sub: PersonId,
    /// The session.
    pub sid: SessionId,
    /// Seconds since the epoch.
    pub iat: i64,
    /// Seconds since the epoch.
    pub exp: i64,
}

/// Access tokens whose signature has been checked, by their hash: a phone shows the same one for ten minutes.
type Checked = HashMap<[u8; 32], AccessClaims>;
/// So many are remembered.
const MOST_CHECKED: usize = 10_000;

/// The server's signing key.
#[derive(Clone)]
pub struct Keys {
    signing: Arc<SigningKey>,
    decoding: DecodingKey,
    checked: Arc<Mutex<Checked>>,
    /// Names the key: the first 16 characters of the SHA-256 of its public half.
    pub kid: String,
    /// The public half, raw, in base64.
    pub public_key: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.kid)
    }
}

impl Keys {
    /// Reads the key from the data folder; makes it at the first start, readable by its owner alone.
    ///
    /// # Errors
    /// When the file cannot be read, made or understood.
    pub fn load_or_make(data: &Path, chance: &Chance) -> Result<Self, Problem> {
        let path = data.join(KEY_FILE);
        let pem = match std::fs::read_to_string(&path) {
            Ok(pem) => pem,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path, chance)?,
            Err(error) => return Err(Problem::unexpected(format!("the signing key cannot be read: {error}"))),
        };
        Self::from_pem(&pem)
    }

    fn from_pem(pem: &str) -> Result<Self, Problem> {
        let wrong = |cause: &dyn std::fmt::Display| Problem::unexpected(format!("the signing key cannot be used: {cause}"));
        let key = <SigningKey as ed25519_dalek::pkcs8::DecodePrivateKey>::from_pkcs8_pem(pem).map_err(|e| wrong(&e))?;
        let public = key.verifying_key().to_bytes();
        let decoding = DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(public)).map_err(|e| wrong(&e))?;
        let kid = sha256_hex(&public).get(..16).unwrap_or_default().to_owned();
        Ok(Self { signing: Arc::new(key), decoding, checked: Arc::default(), kid, public_key: STANDARD.encode(public) })
    }

    /// Signs claims under a `typ` of their own, so that one kind of token never passes for another: a JWS in its compact form. The key is
    /// held ready; made from its text each time, as the library would, it takes twice as long.
    ///
    /// # Errors
    /// When the claims cannot be written.
    pub fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, Problem> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.kid.clone());
        let mut token = part(&header)?;
        token.push('.');
        token.push_str(&part(claims)?);
        let signature = self.signing.sign(token.as_bytes()).to_bytes();
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// Reads claims back. `required` names claims that must be there; `exp`, where it is there, is held against `now`.
    #[must_use]
    pub fn verify<T: DeserializeOwned>(&self, typ: &str, token: &str, required: &[&str]) -> Option<T> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_required_spec_claims(required);
        rules.leeway = LEEWAY_S;
        // The clock is an argument here; the caller holds `exp` against it.
        rules.validate_exp = false;
        let data = jsonwebtoken::decode::<T>(token, &self.decoding, &rules).ok()?;
        (data.header.typ.as_deref() == Some(typ)).then_some(data.claims)
    }

    /// An access token for a session.
    ///
    /// # Errors
    /// When signing fails.
    pub fn access_token(&self, person: PersonId, session: SessionId, now: Moment) -> Result<String, Problem> {
        let iat = now.seconds();
        self.sign("at+jwt", &AccessClaims { sub: person, sid: session, iat, exp: iat + ACCESS_TOKEN_S })
    }

    /// Reads an access token.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`] when it is not ours or has run out.
    pub fn read_access_token(&self, token: &str, now: Moment) -> Result<AccessClaims, Problem> {
        let claims = self.checked(token).ok_or(Problem::of(Code::Unauthenticated))?;
        let now_s = now.seconds();
        let fresh = now_s < claims.exp && claims.iat <= now.plus_ms(MINUTE_MS).seconds();
        if fresh { Ok(claims) } else { Err(Problem::of(Code::Unauthenticated)) }
    }
}

impl Keys {
    /// What an access token of ours says, whether it has run out or not.
    fn checked(&self, token: &str) -> Option<AccessClaims> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let known = || self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(claims) = known().get(&hash) {
            return Some(*claims);
        }
        let claims: AccessClaims = self.verify("at+jwt", token, &["exp", "sub"])?;
        let mut known = known();
        if known.len() >= MOST_CHECKED {
            known.clear();
        }
        known.insert(hash, claims);
        Some(claims)
    }
}

fn part(of: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_vec(of).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(|error| Problem::unexpected(format!("signing failed: {error}")))
}

fn make(path: &Path, chance: &Chance) -> Result<String, Problem> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |cause: &dyn std::fmt::Display| Problem::unexpected(format!("the signing key cannot be made: {cause}"));
    let key = SigningKey::from_bytes(&chance.bytes::<32>());
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(|e| failed(&e))?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|e| failed(&e))?;
    file.write_all(pem.as_bytes()).and_then(|()| file.sync_all()).map_err(|e| failed(&e))?;
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| failed(&e))?;
    }
    Ok(pem.to_string())
}
