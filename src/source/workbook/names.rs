//! The sheets of a workbook, by their names.

/// What sheets are called that explain how to fill in the others.
const EXPLAINING: [&str; 8] =
    ["说明", "填写说明", "填表说明", "使用说明", "填报说明", "readme", "help", "instructions"];

/// A sheet of a workbook, as its workbook lists it.
#[derive(Debug, Clone)]
pub(super) struct SheetName {
    /// Its name, as it is written.
    pub(super) name: String,
    /// It is not shown.
    pub(super) is_hidden: bool,
}

impl SheetName {
    /// Nobody means it to hold records: it is hidden, explains others, or begins with `_`.
    pub(super) fn is_passed_over(&self) -> bool {
        let name = self.name.trim();
        self.is_hidden
            || name.starts_with('_')
            || EXPLAINING.iter().any(|it| name.eq_ignore_ascii_case(it))
    }

    /// It is called so.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name.trim().eq_ignore_ascii_case(name.trim())
    }
}
