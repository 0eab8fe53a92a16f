//! Lists of a known length in files. Of a longer one serde takes what it needs and drops the rest without a word; these refuse it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// So many entries, no fewer and no more.
struct Exactly<T, const N: usize>([T; N]);

impl<'de, T: Deserialize<'de>, const N: usize> Deserialize<'de> for Exactly<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Entries(PhantomData))
    }
}

struct Entries<T, const N: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const N: usize> Visitor<'de> for Entries<T, N> {
    type Value = Exactly<T, N>;

    // As serde says it of its own arrays.
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an array of length {N}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(N);
        while let Some(entry) = list.next_element()? {
            entries.push(entry);
        }
        entries.try_into().map(Exactly).map_err(|entries: Vec<T>| A::Error::invalid_length(entries.len(), &self))
    }
}

/// A list of so many entries.
pub(crate) fn exactly<'de, D, T, const N: usize>(deserializer: D) -> Result<[T; N], D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Exactly::deserialize(deserializer).map(|list| list.0)
}

/// Twelve numbers where there are any.
pub(crate) fn months<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[f64; 12]>, D::Error> {
    Option::<Exactly<_, 12>>::deserialize(deserializer).map(|list| list.map(|list| list.0))
}

/// Any number of pairs.
pub(crate) fn pairs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(f64, f64)>, D::Error> {
    let pairs: Vec<Exactly<_, 2>> = Vec::deserialize(deserializer)?;
    Ok(pairs.into_iter().map(|pair| pair.0.into()).collect())
}

/// So many pairs.
pub(crate) fn points<'de, D, const N: usize>(deserializer: D) -> Result<[(f64, f64); N], D::Error>
where
    D: Deserializer<'de>,
{
    exactly(deserializer).map(|points: [Exactly<_, 2>; N]| points.map(|point| point.0.into()))
}
