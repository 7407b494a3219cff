//! Wrong passwords, counted for a while: five in 15 minutes for one name or one address, then a wait.
//!
//! Kept in memory: each server counts for itself, and a restart forgets. Only wrong tries count, so that an office full of people
//! behind one address signs in at once; that is also why a token bucket, which charges before it knows, would not do.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::kit::clock::{MINUTE_MS, Moment, SECOND_MS};
use crate::kit::http::caller::network_of;

const WINDOW_MS: i64 = 15 * MINUTE_MS;
const MOST_WRONG: usize = 5;
/// Bounds the memory a flood of invented names can take: some 2 MiB.
const MOST_KEYS: usize = 20_000;

/// What tries are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The name that was given, whether it exists or not.
    Name(String),
    /// Where it came from; an IPv6 network counts as one.
    Address(IpAddr),
}

impl Key {
    /// The key of an address.
    pub(super) fn address(address: IpAddr) -> Self {
        Self::Address(network_of(address))
    }
}

/// The wrong tries of the last 15 minutes.
#[derive(Debug, Clone, Default)]
pub struct Tries(Arc<Mutex<HashMap<Key, VecDeque<Moment>>>>);

impl Tries {
    /// Seconds to wait before any of these keys may try again; none when they may try now.
    pub(super) fn wait_s(&self, keys: &[Key], now: Moment) -> Option<u64> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait_ms = |key| {
            let wrong: &VecDeque<Moment> = tries.get(key)?;
            let fifth_last = wrong.len().checked_sub(MOST_WRONG).and_then(|i| wrong.get(i))?;
            Some(fifth_last.plus_ms(WINDOW_MS).since(now)).filter(|ms| *ms > 0)
        };
        let longest = keys.iter().filter_map(wait_ms).max()?;
        u64::try_from(longest.saturating_add(SECOND_MS - 1) / SECOND_MS).ok()
    }

    /// Counts a wrong try.
    pub(super) fn wrong(&self, keys: &[Key], now: Moment) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            if tries.len() >= MOST_KEYS && !tries.contains_key(key) {
                make_room(&mut tries, now);
            }
            let wrong = tries.entry(key.clone()).or_default();
            wrong.push_back(now);
            if wrong.len() > MOST_WRONG {
                wrong.pop_front();
            }
        }
    }

    /// Forgets a name's wrong tries: its owner has signed in. An address is not forgiven, or one good account would buy any number of guesses.
    pub(super) fn forgive(&self, name: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

fn make_room(tries: &mut HashMap<Key, VecDeque<Moment>>, now: Moment) {
    tries.retain(|_, wrong| wrong.back().is_some_and(|last| now.since(*last) < WINDOW_MS));
    if tries.len() >= MOST_KEYS {
        let longest_ago = tries.iter().min_by_key(|(_, wrong)| wrong.back().copied()).map(|(key, _)| key.clone());
        longest_ago.map(|key| tries.remove(&key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_ms(1_000_000);

    fn name(text: &str) -> Vec<Key> {
        vec![Key::Name(text.into())]
    }

    #[test]
    fn the_sixth_try_waits_until_the_first_wrong_one_is_fifteen_minutes_old() {
        let tries = Tries::default();
        for i in 0..5 {
            assert_eq!(tries.wait_s(&name("wang"), NOW.plus_ms(i * MINUTE_MS)), None);
            tries.wrong(&name("wang"), NOW.plus_ms(i * MINUTE_MS));
        }
        assert_eq!(tries.wait_s(&name("wang"), NOW.plus_ms(5 * MINUTE_MS)), Some(600));
        assert_eq!(tries.wait_s(&name("zhao"), NOW.plus_ms(5 * MINUTE_MS)), None);
        assert_eq!(tries.wait_s(&name("wang"), NOW.plus_ms(WINDOW_MS - 1)), Some(1));
        assert_eq!(tries.wait_s(&name("wang"), NOW.plus_ms(WINDOW_MS)), None);
    }

    #[test]
    fn who_signs_in_is_forgiven() {
        let tries = Tries::default();
        (0..5).for_each(|_| tries.wrong(&name("wang"), NOW));
        tries.forgive(&Key::Name("wang".into()));
        assert_eq!(tries.wait_s(&name("wang"), NOW), None);
    }

    #[test]
    fn a_flood_of_invented_names_takes_bounded_memory() {
        let tries = Tries::default();
        for i in 0..(i64::try_from(MOST_KEYS).unwrap() + 50) {
            tries.wrong(&name(&format!("n{i}")), NOW.plus_ms(i));
        }
        assert_eq!(tries.0.lock().unwrap().len(), MOST_KEYS);
    }

    #[test]
    fn one_ipv6_network_is_one_address() {
        let key = |text: &str| Key::address(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:10.0.0.1"), key("10.0.0.1"));
    }
}
