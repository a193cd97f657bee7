//! Portals in one file each (`tests/portals`), and all that is published and told of them.

pub(crate) mod harness;
mod leak;
mod lending;
mod portrait;
mod portraits;
mod sent;
mod told;
