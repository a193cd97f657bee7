//! Values together with the diagnostics of making them.

use crate::diagnostic::Diagnostic;

/// A value, and the diagnostics of making it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What could be made. With errors among the diagnostics it may be incomplete.
    pub value: T,
    /// In the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value without diagnostics.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Takes the value and hands the diagnostics to `sink`.
    pub fn report(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}
