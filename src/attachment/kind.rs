//! The kinds of files that texts may have attached.

use crate::source::{SitePath, named::named};

named! {
    /// What a file is, by the extension of its name.
    AttachmentKind {
        /// Pages as they are printed.
        Pdf = "pdf",
        /// A document of old Word.
        Doc = "doc",
        /// A document of Word or WPS.
        Docx = "docx",
        /// A workbook of old Excel.
        Xls = "xls",
        /// A workbook of Excel or WPS.
        Xlsx = "xlsx",
        /// Slides of old `PowerPoint`.
        Ppt = "ppt",
        /// Slides of `PowerPoint` or WPS.
        Pptx = "pptx",
        /// A document of WPS.
        Wps = "wps",
        /// A workbook of WPS.
        Et = "et",
        /// Slides of WPS.
        Dps = "dps",
        /// Pages as the Chinese standard stores them.
        Ofd = "ofd",
        /// A document of `LibreOffice`.
        Odt = "odt",
        /// A workbook of `LibreOffice`.
        Ods = "ods",
        /// A table as text.
        Csv = "csv",
        /// Text.
        Txt = "txt",
        /// An archive.
        Zip = "zip",
        /// Sound.
        Mp3 = "mp3",
        /// A film.
        Mp4 = "mp4",
    }
}

impl AttachmentKind {
    /// The kind of a file, by its name.
    pub fn of(file: &SitePath) -> Option<Self> {
        Self::parse(&file.extension().to_ascii_lowercase())
    }
}
