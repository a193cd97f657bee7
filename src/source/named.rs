//! Words of declarations as enums.

/// An enum whose variants have a word in declarations: `parse` reads it, `name` gives it, and
/// `NAMES` are all there are.
///
/// ```text
/// named! {
///     /// How records are shown.
///     Order {
///         /// The latest first.
///         Newest = "newest",
///     }
/// }
/// ```
///
/// Variants compare in the order in which they are written. Words are matched letter by letter:
/// capitals and blanks around are the caller's matter.
macro_rules! named {
    ($(#[doc = $top:literal])+ $type:ident { $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+ }) => {
        $(#[doc = $top])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $type { $($(#[doc = $doc])+ $variant,)+ }

        impl $type {
            /// Every name, in the order of the documentation.
            pub const NAMES: &[&str] = &[$($name,)+];

            /// By its name in declarations.
            pub fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// Its name in declarations.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

pub(crate) use named;
