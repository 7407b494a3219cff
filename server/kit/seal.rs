//! Sealed envelopes: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Whoever holds the public key
//! can seal; only the private key opens.
//!
//! An envelope is `NFS1`, the key's id (16 bytes), the encapsulated key (65 bytes), the ciphertext with its tag. Associated data bind
//! what is inside to what it is said to be.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng, utils};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng};

use super::clock::Chance;
use super::id::Id;

type P256 = DhP256HkdfSha256;

const MAGIC: &[u8] = b"NFS1";
const INFO: &[u8] = b"nuanfang sealed 1";
const ID_ENDS: usize = 20;
const KEY_ENDS: usize = 85;
/// How much longer an envelope is than what is inside.
pub const OVERHEAD: u64 = 101;

/// What opens.
#[derive(Clone)]
pub struct PrivateKey(<P256 as Kem>::PrivateKey);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey")
    }
}

/// What seals.
#[derive(Debug, Clone)]
pub struct PublicKey(<P256 as Kem>::PublicKey);

/// The two halves of the key that 32 bytes of chance make.
#[must_use]
pub fn pair_of(chance: &[u8; 32]) -> (PrivateKey, PublicKey) {
    let (private, public) = P256::derive_keypair(chance);
    (PrivateKey(private), PublicKey(public))
}

impl PrivateKey {
    /// The 32 bytes it is kept as.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Reads it back.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        <P256 as Kem>::PrivateKey::from_bytes(bytes).ok().map(Self)
    }

    /// What is in an envelope, if it was sealed to this key with these associated data and nothing of it was changed.
    #[must_use]
    pub fn open(&self, envelope: &[u8], associated: &str) -> Option<Vec<u8>> {
        key_id(envelope)?;
        let encapped = <P256 as Kem>::EncappedKey::from_bytes(envelope.get(ID_ENDS..KEY_ENDS)?).ok()?;
        let cipher = envelope.get(KEY_ENDS..)?;
        single_shot_open::<AesGcm256, HkdfSha256, P256>(&OpModeR::Base, &self.0, &encapped, INFO, cipher, associated.as_bytes()).ok()
    }
}

impl PublicKey {
    /// The 65 bytes of the point, uncompressed.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Reads it back.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        <P256 as Kem>::PublicKey::from_bytes(bytes).ok().map(Self)
    }

    /// Seals to the key of this id.
    #[must_use]
    pub fn seal(&self, id: Id, plain: &[u8], associated: &str, chance: &Chance) -> Option<Vec<u8>> {
        let mut dice = Dice(chance);
        let (encapped, cipher) =
            single_shot_seal_with_rng::<AesGcm256, HkdfSha256, P256>(&OpModeS::Base, &self.0, INFO, plain, associated.as_bytes(), &mut dice).ok()?;
        Some([MAGIC, &id.bytes(), &encapped.to_bytes(), &cipher].concat())
    }
}

/// The id of the key that bytes are sealed to; none where they are no envelope. Its head is enough.
#[must_use]
pub fn key_id(head: &[u8]) -> Option<Id> {
    let id = head.strip_prefix(MAGIC)?.first_chunk::<16>()?;
    Some(Id::of_bytes(*id))
}

struct Dice<'a>(&'a Chance);

impl TryRng for Dice<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        utils::next_word_via_fill(self)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Dice<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    const WHAT: &str = "picture\n00";

    fn sealed() -> (PrivateKey, Vec<u8>) {
        let chance = Chance::system();
        let (private, public) = pair_of(&chance.bytes());
        let id = Id::of_bytes(chance.bytes());
        let envelope = public.seal(id, b"a doorway", WHAT, &chance).unwrap();
        assert!(key_id(&envelope) == Some(id));
        assert_eq!(u64::try_from(envelope.len()).unwrap(), 9 + OVERHEAD);
        (private, envelope)
    }

    #[test]
    fn what_is_sealed_is_opened_by_its_key_alone() {
        let (private, envelope) = sealed();
        assert_eq!(private.open(&envelope, WHAT).as_deref(), Some(&b"a doorway"[..]));
        assert_eq!(PrivateKey::of(&private.bytes()).unwrap().open(&envelope, WHAT).as_deref(), Some(&b"a doorway"[..]));
        let (another, _) = sealed();
        assert_eq!(another.open(&envelope, WHAT), None);
        assert_eq!(private.open(&envelope, "picture\n01"), None);
    }

    #[test]
    fn the_vectors_of_the_standard_are_opened() {
        let unhex = |text: &serde_json::Value| -> Vec<u8> {
            let text = text.as_str().unwrap();
            (0..text.len() / 2).map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).unwrap()).collect()
        };
        let file: serde_json::Value = serde_json::from_str(include_str!("../../tests/vectors/hpke.json")).unwrap();
        for vector in file["vectors"].as_array().unwrap().iter().filter(|vector| vector["aead_id"] == 2) {
            let (private, public) = P256::derive_keypair(&unhex(&vector["ikmR"]));
            assert_eq!(private.to_bytes().to_vec(), unhex(&vector["skRm"]));
            assert_eq!(public.to_bytes().to_vec(), unhex(&vector["pkRm"]));
            let encapped = <P256 as Kem>::EncappedKey::from_bytes(&unhex(&vector["enc"])).unwrap();
            let mut opening = hpke::setup_receiver::<AesGcm256, HkdfSha256, P256>(&OpModeR::Base, &private, &encapped, &unhex(&vector["info"])).unwrap();
            // In their order from the first; a gap in the vectors ends what can be opened one after the other.
            let steps = vector["encryptions"].as_array().unwrap().iter().enumerate();
            let opened = steps.take_while(|(n, one)| one["sequence"] == *n).map(|(_, one)| {
                assert_eq!(opening.open(&unhex(&one["ct"]), &unhex(&one["aad"])).unwrap(), unhex(&one["pt"]));
            });
            assert!(opened.count() > 2);
        }
    }

    #[test]
    fn no_flipped_bit_is_let_through() {
        let (private, envelope) = sealed();
        // The id names the key; whoever looks another key up finds that it does not open.
        for bit in (0..32).chain(ID_ENDS * 8..envelope.len() * 8) {
            let mut flipped = envelope.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(private.open(&flipped, WHAT), None, "bit {bit}");
        }
        for end in 0..envelope.len() {
            assert_eq!(private.open(&envelope[..end], WHAT), None, "cut at {end}");
        }
    }
}
