//! The lock of a bucket.

use std::{
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use crate::publish::{Holder, PublishError, s3::store::Store};

const LOCK: &str = ".linli/lock";

/// How long somebody waits who wrote a lock that others may have overwritten just then.
const MOMENT: Duration = Duration::from_secs(3);

/// The lock of this process.
pub(super) struct StoreLock {
    holder: Holder,
    /// Somebody else has it, who took it while this process slept.
    lost: Mutex<Option<Holder>>,
}

impl StoreLock {
    /// It is not taken yet.
    pub(super) fn new() -> Self {
        Self { holder: Holder::own(), lost: Mutex::default() }
    }

    /// Who has it now.
    fn now(store: &Store) -> Result<Option<Holder>, PublishError> {
        Ok(store.get(LOCK)?.map(|bytes| Holder::from_bytes(&bytes)))
    }

    /// An error if it is not the own one.
    fn check_own(&self, store: &Store) -> Result<(), PublishError> {
        match Self::now(store)? {
            Some(holder) if self.holder.is_same(&holder) => Ok(()),
            Some(holder) => Err(held(holder)),
            None => Err(held(self.holder.clone())),
        }
    }

    /// Takes the lock. Who had it and did not come to an end is returned, with the minutes since.
    pub(super) fn take(&self, store: &Store) -> Result<Option<(Holder, u64)>, PublishError> {
        let mut broken = None;
        if let Some(holder) = Self::now(store)? {
            if !holder.is_stale() {
                return Err(held(holder));
            }
            let minutes = holder.minutes();
            broken = Some((holder, minutes));
            store.delete(LOCK)?;
        }
        let create = || store.put_own(LOCK, &self.holder.to_bytes(), true);
        // An answer that was lost on its way makes the second try find the own lock.
        if !create()? {
            self.check_own(store)?;
        }
        // Others may have removed the same stale lock, or the service creates it a second time.
        if broken.is_some() || create()? {
            thread::sleep(MOMENT);
            self.check_own(store)?;
        }
        Ok(broken)
    }

    /// Holds it for another while, if it is still the own one.
    pub(super) fn renew(&self, store: &Store) {
        match Self::now(store) {
            Ok(Some(holder)) if !self.holder.is_same(&holder) => {
                let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.get_or_insert(holder);
            }
            // One that cannot be read or renewed holds for a while yet.
            _ => {
                let _ = store.put_own(LOCK, &self.holder.renewed().to_bytes(), false);
            }
        }
    }

    /// An error if somebody else has it by now.
    pub(super) fn check(&self) -> Result<(), PublishError> {
        let lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        lost.clone().map_or(Ok(()), |holder| Err(held(holder)))
    }

    /// Lets others take it.
    pub(super) fn release(&self, store: &Store) {
        // One that stays is over after a while.
        if self.check_own(store).is_ok() {
            let _ = store.delete(LOCK);
        }
    }
}

fn held(holder: Holder) -> PublishError {
    PublishError::Held { minutes: holder.minutes(), holder }
}
