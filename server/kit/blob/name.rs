//! The name of a blob: the SHA-256 of its bytes, in hexadecimal.

use crate::kit::digest::{is_sha256_hex, sha256_hex};

/// 64 lower-case hexadecimal characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct BlobName([u8; 64]);

impl BlobName {
    /// Reads a SHA-256 as this project writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if is_sha256_hex(text) { text.as_bytes().try_into().ok().map(Self) } else { None }
    }

    /// The name these bytes have.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let mut name = [b'0'; 64];
        name.copy_from_slice(sha256_hex(bytes).as_bytes());
        Self(name)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The folder a blob lies in. One of 256: each new folder costs syncs of its own, and one with some ten thousand files is still quick.
    pub(super) fn shelf(&self) -> &str {
        self.as_str().get(..2).unwrap_or_default()
    }
}

impl std::fmt::Display for BlobName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for BlobName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for BlobName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for BlobName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a SHA-256"))
    }
}

impl utoipa::PartialSchema for BlobName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).pattern(Some("^[0-9a-f]{64}$")).into()
    }
}

impl utoipa::ToSchema for BlobName {}

impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for BlobName
where
    str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.as_str().to_sql(out)
    }
}

impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for BlobName
where
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
        Self::parse(&text).ok_or_else(|| "a stored name of evidence is no SHA-256".into())
    }
}
