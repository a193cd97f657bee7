//! What collections declare, and records decoded by it.
//!
//! A [`Collection`] is read from YAML by [`declaration`]; nothing here knows what an honour or a
//! flag-raising is. [`scalar`] reads one value by its declared type, [`record`] one mapping by a
//! collection's fields, and [`decode()`] the whole content folder.

pub mod builtin;
pub mod catalog;
pub mod collection;
pub mod decimal;
pub mod declaration;
mod declared_fields;
mod declared_figures;
mod declared_posting;
pub mod decode;
pub mod display;
pub mod figure;
pub mod holidays;
mod layout;

pub mod notice;
pub mod period;
mod personal;
pub mod phone;
pub mod place;
mod place_tree;
pub mod posting;
pub mod record;
pub mod scalar;
mod sets;
mod stated;
pub mod value;
mod values;

pub use catalog::{Catalog, SetFiles};
pub use collection::{Collection, CollectionId, Collections, Dating, Field, FieldType, RecordView};
pub use decimal::Decimal;
pub use decode::{Records, decode};
pub use notice::Notice;
pub use period::Period;
pub use place::{Place, PlaceId};
pub use place_tree::{Node, PlaceTree};
pub use posting::{Posting, Publication};
pub use record::{Record, RecordSet};
pub use value::{Moment, Value};
