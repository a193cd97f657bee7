//! Values that are read when they are asked for, and can be freed again.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering::Relaxed},
};

/// A value that is read when it is asked for, and freed when it is [released](Self::release).
#[derive(Debug)]
pub(super) struct Lent<T> {
    value: Mutex<Option<Arc<T>>>,
    was_read: AtomicBool,
}

/// So many values, none of them read.
pub(super) fn lent<T>(count: usize) -> Vec<Lent<T>> {
    let unread = || Lent { value: Mutex::new(None), was_read: AtomicBool::new(false) };
    std::iter::repeat_with(unread).take(count).collect()
}

impl<T> Lent<T> {
    /// A value that was read.
    pub(super) fn new(value: T) -> Self {
        Self { value: Mutex::new(Some(Arc::new(value))), was_read: AtomicBool::new(true) }
    }

    /// The value, which is read if it is not at hand. Who asks meanwhile waits for it. Nothing if it
    /// could not be read.
    pub(super) fn get_or_read(&self, read: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        let mut value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        if value.is_none() {
            *value = read().map(Arc::new);
        }
        self.was_read.store(true, Relaxed);
        value.clone()
    }

    /// Has at hand what another one has, of the same value.
    pub(super) fn adopt(&self, other: &Self) {
        let known = other.value.lock().unwrap_or_else(PoisonError::into_inner).clone();
        *self.value.lock().unwrap_or_else(PoisonError::into_inner) = known;
    }

    /// It was read, and not freed since.
    pub(super) fn is_at_hand(&self) -> bool {
        self.value.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// It was asked for, or given.
    pub(super) fn was_read(&self) -> bool {
        self.was_read.load(Relaxed)
    }

    /// Frees the value once nobody uses it.
    pub(super) fn release(&self) {
        self.value.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
