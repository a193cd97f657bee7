//! In which files records may be downloaded.

/// In which files the records of a collection may be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Downloads {
    /// In none.
    None,
    /// As CSV and JSON.
    Tables,
    /// As CSV and JSON, and as a workbook (xlsx), in which long numbers stay texts.
    Workbooks,
}
