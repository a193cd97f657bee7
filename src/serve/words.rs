//! What the preview says in the browser, by language.

/// The sentences of one language.
#[derive(Debug)]
pub(super) struct PreviewWords {
    /// The tag of the language.
    pub(super) language: &'static str,
    /// Above the mistakes.
    pub(super) title: &'static str,
    /// On the button that takes them away.
    pub(super) close: &'static str,
    /// The page of an address that has none, where the site brings no such page.
    pub(super) absent: &'static str,
    /// To who asks under a name that is not ours.
    pub(super) misdirected: &'static str,
}

const ZH_CN: PreviewWords = PreviewWords {
    language: "zh-CN",
    title: "内容有错误，网站还是原来的样子",
    close: "关闭",
    absent: "这里没有网页",
    misdirected: "预览不使用这个名称；可用的名称在启动时给出",
};

const EN: PreviewWords = PreviewWords {
    language: "en",
    title: "The content has mistakes; the site is as it was",
    close: "Close",
    absent: "There is no page here",
    misdirected: "the preview does not go by this name; its names are given when it starts",
};

impl PreviewWords {
    /// The words of the language with this tag; Chinese, or else English.
    pub(super) fn of(tag: &str) -> &'static Self {
        if tag.to_ascii_lowercase().starts_with("zh") { &ZH_CN } else { &EN }
    }
}
