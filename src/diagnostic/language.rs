//! The languages of messages.

use std::{fmt, str::FromStr};

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese as written on the mainland.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::ZhCn, Self::En];

    /// Its tag: `zh-CN` or `en`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Its files, the most specific sentences first. Chinese falls back on English.
    pub(super) fn sources(self) -> &'static [&'static str] {
        const ZH_CN: &[&str] = &[
            include_str!("messages/zh-CN.ftl"),
            include_str!("messages/files-zh-CN.ftl"),
            include_str!("messages/links-zh-CN.ftl"),
            include_str!("messages/cli-zh-CN.ftl"),
        ];
        const EN: &[&str] = &[
            include_str!("messages/en.ftl"),
            include_str!("messages/files-en.ftl"),
            include_str!("messages/links-en.ftl"),
            include_str!("messages/cli-en.ftl"),
        ];
        match self {
            Self::ZhCn => {
                const { &[ZH_CN[0], ZH_CN[1], ZH_CN[2], ZH_CN[3], EN[0], EN[1], EN[2], EN[3]] }
            }
            Self::En => EN,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag as people and systems write it: `zh`, `zh_CN.UTF-8`, `zh-Hans-CN`, `en-GB`.
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Ok(Self::ZhCn),
            "en" => Ok(Self::En),
            _ => Err(UnknownLanguage),
        }
    }
}

/// The tag names no language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("zh-CN | en")
    }
}

impl std::error::Error for UnknownLanguage {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_systems_write_them() {
        for tag in ["zh-CN", "zh", "zh_CN.UTF-8", "ZH-Hans-CN"] {
            assert_eq!(tag.parse(), Ok(Language::ZhCn));
        }
        assert_eq!("en_GB".parse(), Ok(Language::En));
        assert_eq!("C".parse::<Language>(), Err(UnknownLanguage));
    }
}
