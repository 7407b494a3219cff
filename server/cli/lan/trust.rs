//! A certificate authority of this machine alone: phones that trust it trust nothing else by it, for it can speak for addresses of
//! private networks only.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, SanType,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::kit::clock::{DAY_MS, Moment};
use crate::kit::digest::sha256_hex;

type Fault = Box<dyn std::error::Error>;

/// Its name in its folder.
const FILE: &str = "authority.json";
/// How long phones may trust it.
const AUTHORITY_DAYS: i64 = 365;
/// How long before its end a new one is made.
const RENEWED_DAYS: i64 = 30;
/// How long one start's certificate is good.
const CERTIFICATE_DAYS: i64 = 90;
/// Private networks (RFC 1918, RFC 3927) and this machine itself.
const PRIVATE: [(Ipv4Addr, u8); 5] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
];

/// As it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    made_at: Moment,
    /// What it may speak for beside private networks: the addresses this machine had when it was made.
    addresses: Vec<IpAddr>,
    key: String,
    certificate: String,
}

/// The authority.
#[derive(Debug)]
pub struct Authority {
    kept: Kept,
    key: KeyPair,
}

impl Authority {
    /// Reads it from its folder; makes it where there is none, where it is at its end, and where it cannot speak for these addresses.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn load_or_make(folder: &Path, addresses: &[IpAddr], now: Moment) -> Result<Self, Fault> {
        let path = folder.join(FILE);
        let found: Option<Kept> = std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(kept) = found.filter(|kept| kept.serves(addresses, now)) {
            let key = KeyPair::from_pem(&kept.key)?;
            return Ok(Self { kept, key });
        }
        let fresh = Self::make(addresses, now)?;
        std::fs::create_dir_all(folder)?;
        let beside = folder.join(format!("{FILE}.new"));
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&serde_json::to_vec(&fresh.kept)?)?;
        file.sync_all()?;
        std::fs::rename(beside, path)?;
        Ok(fresh)
    }

    fn make(addresses: &[IpAddr], now: Moment) -> Result<Self, Fault> {
        let key = KeyPair::generate()?;
        let mut kept = Kept { made_at: now, addresses: addresses.to_vec(), key: key.serialize_pem(), certificate: String::new() };
        kept.certificate = kept.params(&key)?.self_signed(&key)?.pem();
        Ok(Self { kept, key })
    }

    /// The certificate that phones are asked to trust, in DER.
    ///
    /// # Errors
    /// When what is kept is damaged.
    pub fn certificate(&self) -> Result<CertificateDer<'static>, Fault> {
        Ok(CertificateDer::from_pem_slice(self.kept.certificate.as_bytes())?)
    }

    /// The certificate's SHA-256 in groups of four, as phones show it.
    ///
    /// # Errors
    /// When what is kept is damaged.
    pub fn fingerprint(&self) -> Result<String, Fault> {
        let hex = sha256_hex(&self.certificate()?).to_uppercase();
        let pairs: Vec<String> = hex.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect();
        Ok(pairs.join(":"))
    }

    /// What a server at these addresses shows whoever calls.
    ///
    /// # Errors
    /// When the certificate cannot be made.
    pub fn server(&self, addresses: &[IpAddr], now: Moment) -> Result<ServerConfig, Fault> {
        let own = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
        params.subject_alt_names.extend(addresses.iter().copied().map(SanType::IpAddress));
        params.distinguished_name = named("Nuanfang demo");
        params.not_before = day(now, -1)?;
        params.not_after = day(now, CERTIFICATE_DAYS)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let authority = self.kept.params(&self.key)?;
        let certificate = params.signed_by(&own, &Issuer::from_params(&authority, &self.key))?;
        let chain = vec![certificate.der().clone(), self.certificate()?];
        let key = PrivateKeyDer::try_from(own.serialize_der())?;
        Ok(ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?)
    }
}

impl Kept {
    fn serves(&self, addresses: &[IpAddr], now: Moment) -> bool {
        let age = now.since(self.made_at);
        (-DAY_MS..(AUTHORITY_DAYS - RENEWED_DAYS) * DAY_MS).contains(&age)
            && addresses.iter().all(|address| self.addresses.contains(address) || is_private(*address))
    }

    /// The same for the same key, so that what it signs names what phones trust.
    fn params(&self, key: &KeyPair) -> Result<CertificateParams, Fault> {
        let mut params = CertificateParams::default();
        let mark = sha256_hex(key.public_key_pem().as_bytes());
        params.distinguished_name = named(&format!("暖访演示 Nuanfang demo {}", mark.get(..6).unwrap_or_default()));
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.not_before = day(self.made_at, -1)?;
        params.not_after = day(self.made_at, AUTHORITY_DAYS)?;
        let private = PRIVATE.iter().map(|(network, bits)| CidrSubnet::from_addr_prefix(IpAddr::V4(*network), *bits));
        let own = self.addresses.iter().map(|address| CidrSubnet::from_addr_prefix(*address, if address.is_ipv4() { 32 } else { 128 }));
        let mut permitted_subtrees: Vec<GeneralSubtree> = private.chain(own).map(GeneralSubtree::IpAddress).collect();
        // Without a name that is permitted every name would be.
        permitted_subtrees.push(GeneralSubtree::DnsName("localhost".to_owned()));
        params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
        Ok(params)
    }
}

fn is_private(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() || v4.is_loopback())
}

fn named(name: &str) -> DistinguishedName {
    let mut whole = DistinguishedName::new();
    whole.push(DnType::CommonName, name);
    whole
}

fn day(from: Moment, days: i64) -> Result<OffsetDateTime, time::error::ComponentRange> {
    OffsetDateTime::from_unix_timestamp((from.ms() + days * DAY_MS).div_euclid(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_HOME: [IpAddr; 1] = [IpAddr::V4(Ipv4Addr::new(192, 168, 1, 20))];
    const ABROAD: [IpAddr; 1] = [IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7))];

    fn now() -> Moment {
        Moment::from_ms(1_800_928_800_000)
    }

    #[test]
    fn what_phones_trust_stays_the_same_from_start_to_start_and_is_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let first = Authority::load_or_make(folder.path(), &AT_HOME, now()).unwrap();
        let elsewhere = [IpAddr::V4(Ipv4Addr::new(10, 3, 2, 1))];
        let second = Authority::load_or_make(folder.path(), &elsewhere, now().plus_ms(100 * DAY_MS)).unwrap();
        assert_eq!(first.fingerprint().unwrap(), second.fingerprint().unwrap());
        second.server(&elsewhere, now()).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(folder.path().join(FILE)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn it_is_made_anew_at_its_end_and_for_an_address_it_may_not_speak_for() {
        let folder = tempfile::tempdir().unwrap();
        let print =
            |addresses: &[IpAddr], days: i64| Authority::load_or_make(folder.path(), addresses, now().plus_ms(days * DAY_MS)).unwrap().fingerprint().unwrap();
        let first = print(&AT_HOME, 0);
        let abroad = print(&ABROAD, 0);
        assert_ne!(first, abroad);
        assert_eq!(abroad, print(&ABROAD, 1));
        assert_ne!(abroad, print(&ABROAD, 340));
    }

    #[test]
    fn what_is_damaged_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(Authority::load_or_make(folder.path(), &AT_HOME, now()).unwrap().fingerprint().unwrap().len(), 95);
    }
}
