//! Identifiers: UUIDv7 in lower case, made by whoever creates the thing, one type for each kind of thing.

use uuid::{Builder, Uuid};

use super::clock::{Chance, Moment};

/// The 36 characters of a UUID in lower case. Rooms wrap it with [`id!`](crate::id!) and never pass it bare.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id([u8; 36]);

impl Id {
    /// A fresh UUIDv7: made of the time, so that ids made later sort later, and of chance.
    #[must_use]
    pub fn fresh(now: Moment, chance: &Chance) -> Self {
        let ms = u64::try_from(now.ms()).unwrap_or_default();
        Self::of(Builder::from_unix_timestamp_millis(ms, &chance.bytes::<10>()).into_uuid())
    }

    /// Reads a UUID in its hyphenated form; upper case is folded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 36 {
            return None;
        }
        Uuid::try_parse(text).ok().map(Self::of)
    }

    /// The id of nothing: all zeros.
    #[must_use]
    pub fn nil() -> Self {
        Self::of(Uuid::nil())
    }

    /// The id that these 16 bytes are.
    #[must_use]
    pub fn of_bytes(bytes: [u8; 16]) -> Self {
        Self::of(Uuid::from_bytes(bytes))
    }

    /// Its 16 bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 16] {
        Uuid::try_parse(self.as_str()).unwrap_or_default().into_bytes()
    }

    /// The text, lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn of(uuid: Uuid) -> Self {
        let mut text = [0; 36];
        uuid.hyphenated().encode_lower(&mut text);
        Self(text)
    }
}

/// Declares the id of one kind of thing: `id!(/// docs HouseholdId)`.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub struct $name($crate::kit::id::Id);

        impl $name {
            /// A fresh id.
            #[must_use]
            pub fn fresh(now: $crate::kit::clock::Moment, chance: &$crate::kit::clock::Chance) -> Self {
                Self($crate::kit::id::Id::fresh(now, chance))
            }

            /// The id of nothing: all zeros.
            #[must_use]
            pub fn nil() -> Self {
                Self($crate::kit::id::Id::nil())
            }

            /// Reads a UUID in its hyphenated form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                $crate::kit::id::Id::parse(text).map(Self)
            }

            /// The text, lower case.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a UUID"))
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .format(Some(utoipa::openapi::SchemaFormat::Custom("uuid".to_owned())))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where str: diesel::serialize::ToSql<diesel::sql_types::Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                Self::parse(&text).ok_or_else(|| "a stored id is no UUID".into())
            }
        }
    };
}
