//! What collections declare, and records decoded by it.
//!
//! The files of this folder define the data: a [`Collection`] and its parts, a [`Record`], a
//! [`Notice`], a [`Place`], and the rules that follow from them. The folders in it make data from
//! text: [`declaration`] reads a collection from YAML, and [`mod@decode`] reads records, notices
//! and places by their declarations. [`scalar`] reads one value by its type. [`catalog`] holds
//! what both need of the whole content folder. Nothing here knows what an honour or a flag-raising
//! is.

pub mod builtin;
pub mod cadence;
pub mod catalog;
pub mod collection;
mod collections;
mod day_time;
pub mod decimal;
pub mod declaration;
pub mod decode;
pub mod display;
pub mod downloads;
pub mod due;
mod exposure;
pub mod figure;
mod file_names;
pub mod group;
mod happening;
mod layout;
mod loose;
pub(crate) mod mapping;
mod misspelt_day;
pub mod notice;
pub(crate) mod numbered;
pub mod old_address;
mod part;
pub mod period;
mod person_name;
pub mod phone;
pub mod place;
mod place_tree;
pub mod posting;
pub mod record;
pub(crate) mod reference;
pub mod role;
pub mod scalar;
mod spreadsheet;
pub(crate) mod stamp;
pub mod value;
pub mod working_days;

pub use catalog::{Catalog, SetFiles};
pub(crate) use collection::Choice;
pub use collection::{Collection, Dating, Field, FieldType, RecordView};
pub use collections::{CollectionId, Collections};
pub use day_time::DayTime;
pub use decimal::Decimal;
pub use decode::{DecodedRecords, decode, holidays};
pub(crate) use decode::{EXAMPLE_COLUMNS, raw, wording::Wording};
pub use group::Group;
pub use loose::{LooseFiles, foreign_image, is_same_name};
pub(crate) use loose::{ROOT_FILES, claim, composed};
pub use notice::Notice;
pub use old_address::OldAddress;
pub use part::Part;
pub use period::Period;
pub use place::{Place, PlaceId};
pub use place_tree::{PlaceTree, TreeNode};
pub use posting::{Posting, Publication};
pub use record::{Record, RecordSet};
pub use value::{Moment, Value};
