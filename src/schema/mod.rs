//! What collections declare, and records decoded by it.
//!
//! A [`Collection`] is read from YAML by [`declaration`]; nothing here knows what an honour or a
//! flag-raising is. [`scalar`] reads one value by its declared type, [`record`] one mapping by a
//! collection's fields, and [`decode()`] the whole content folder.

pub mod builtin;
pub mod collection;
pub mod decimal;
pub mod declaration;
mod declared_figures;
pub mod decode;
mod layout;
pub(crate) mod named;
mod nearest;
pub mod notice;
pub mod place;
pub(crate) mod reader;
pub mod record;
pub mod scalar;
pub mod value;

pub use collection::{Collection, CollectionId, Collections, Dating, Field, FieldType, View};
pub use decimal::Decimal;
pub use decode::{Records, decode};
pub use nearest::nearest;
pub use notice::Notice;
pub use place::{Place, PlaceId};
pub use record::{Record, RecordSet};
pub use value::{Moment, Value};
