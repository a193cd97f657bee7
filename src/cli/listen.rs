//! Where `linli serve` listens: what `--addr` may say, and which port is free.
//!
//! | written | address |
//! | --- | --- |
//! | `127.0.0.1:4001`, `[::1]:4001` | that |
//! | `4001`, `:4001`, `localhost:4001` | `127.0.0.1:4001` |
//! | `0.0.0.0`, `localhost` | with the usual port, 4000 |
//!
//! If another program has the port, the next ones are tried.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
};

/// The port where none is given.
const PORT: u16 = 4000;

/// How many ports are tried.
const TRIES: u16 = 20;

/// Reads an address as people write it.
pub(super) fn address(written: &str) -> Result<SocketAddr, String> {
    let written = written.trim();
    if let Ok(address) = written.parse() {
        return Ok(address);
    }
    let local = |host: &str| match host {
        "" | "localhost" => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        host => host.parse().ok(),
    };
    let (host, port) = match written.rsplit_once(':') {
        _ if written.parse::<u16>().is_ok() => ("", Some(written)),
        // The colons of an IPv6 address without a port.
        _ if written.parse::<IpAddr>().is_ok() => (written, None),
        Some((host, port)) => (host, Some(port)),
        None => (written, None),
    };
    let port = port.map_or(Some(PORT), |port| port.parse().ok());
    let address = local(host).filter(|_| !written.is_empty()).zip(port);
    address.map(SocketAddr::from).ok_or_else(|| "no address".to_owned())
}

/// Listens at an address, or at the next port that is free. The port 0 is any free one.
pub(super) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let mut next = address;
    loop {
        match TcpListener::bind(next) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let tried = next.port() - address.port();
                let port = next.port().checked_add(1).filter(|_| tried + 1 < TRIES);
                next.set_port(port.ok_or(error)?);
            }
            bound => return bound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (written, read) in [
            ("127.0.0.1:4001", "127.0.0.1:4001"),
            ("4001", "127.0.0.1:4001"),
            (":4001", "127.0.0.1:4001"),
            ("localhost:4001", "127.0.0.1:4001"),
            ("localhost", "127.0.0.1:4000"),
            ("0.0.0.0", "0.0.0.0:4000"),
            ("[::1]:80", "[::1]:80"),
            ("::1", "[::1]:4000"),
        ] {
            assert_eq!(address(written).unwrap().to_string(), read, "{written}");
        }
        for written in ["", "a:b", "4000x", "localhost:70000", "example.org:80"] {
            assert!(address(written).is_err(), "{written}");
        }
    }

    #[test]
    fn the_next_free_port_is_taken() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let next = listen(address).unwrap().local_addr().unwrap();
        assert!(next.port() > address.port() && next.port() < address.port() + TRIES);
    }
}
