//! Where a request comes from.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;

/// The address at the other end of its line, or what our own proxy says of it.
#[must_use]
pub fn address_of(request: &HttpRequest, behind_proxy: bool) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    if !behind_proxy {
        return peer;
    }
    let said = request.connection_info().realip_remote_addr().and_then(|text| text.trim_matches(['[', ']']).parse().ok());
    said.or(peer)
}

/// What calls from an address are counted by: an IPv6 network counts as one.
#[must_use]
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}
