//! Calls by those who have no session, counted by address for a minute.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::kit::clock::{MINUTE_MS, Moment, SECOND_MS};
use crate::kit::http::caller::network_of;
use crate::kit::http::problem::{Code, Problem};

/// A whole office may stand behind one address.
const MOST_A_MINUTE: u32 = 120;
/// Bounds the memory that a flood from many addresses takes; past it all others count as one.
const MOST_ADDRESSES: usize = 20_000;

#[derive(Debug, Default)]
struct Calls {
    minute: i64,
    by_address: HashMap<Option<IpAddr>, u32>,
}

/// The calls of this minute. Cheap to clone; each server counts for itself.
#[derive(Debug, Clone, Default)]
pub struct Brake(Arc<Mutex<Calls>>);

impl Brake {
    /// Lets a call pass, or tells its sender to come back in the next minute.
    ///
    /// # Errors
    /// [`Code::TooManyTries`] with the seconds to wait.
    pub fn pass(&self, address: Option<IpAddr>, now: Moment) -> Result<(), Problem> {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.ms().div_euclid(MINUTE_MS);
        if calls.minute != minute {
            *calls = Calls { minute, by_address: HashMap::new() };
        }
        let key = address.map(network_of);
        let known = calls.by_address.len() < MOST_ADDRESSES || calls.by_address.contains_key(&key);
        let count = calls.by_address.entry(key.filter(|_| known)).or_default();
        *count = count.saturating_add(1);
        if *count <= MOST_A_MINUTE {
            return Ok(());
        }
        let rest_s = (MINUTE_MS - now.ms().rem_euclid(MINUTE_MS)).div_euclid(SECOND_MS) + 1;
        Err(Problem::of(Code::TooManyTries).retry_after(rest_s.unsigned_abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_let_in_so_often_a_minute_and_again_in_the_next() {
        let (brake, now) = (Brake::default(), Moment::from_ms(30 * MINUTE_MS));
        let (one, other): (Option<IpAddr>, Option<IpAddr>) = ("10.0.0.1".parse().ok(), "10.0.0.2".parse().ok());
        assert!((0..MOST_A_MINUTE).all(|_| brake.pass(one, now).is_ok()));
        assert_eq!(brake.pass(one, now.plus_ms(50 * SECOND_MS)).unwrap_err().retry_after_s, Some(11));
        assert!(brake.pass(other, now).is_ok());
        assert!(brake.pass(one, now.plus_ms(MINUTE_MS)).is_ok());
    }
}
