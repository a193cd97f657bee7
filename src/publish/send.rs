//! Does what a plan says.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use rustc_hash::FxHashSet;

use crate::{
    output::{Hash, Manifest, ManifestEntry, OutPath, OutputError},
    publish::{Action, Holder, Known, Plan, PublishError, Target, losses, plan},
    source::open::read_file,
};

/// How often something is tried, and how long is waited before the second time; each time twice as
/// long.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(200);

/// How often others are kept away for another while.
const RENEWED: Duration = Duration::from_secs(300);

/// What is sent.
pub struct Shipment<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// What it holds.
    pub manifest: &'a Manifest,
    /// Only say what would be done.
    pub dry: bool,
    /// Put all files, whatever is known of the target.
    pub all: bool,
    /// The bytes of this hash, if an earlier build is kept that has them.
    pub kept: &'a (dyn Fn(&Hash) -> Option<Vec<u8>> + Sync),
}

/// Hears how far a publication is.
pub trait Watcher: Sync {
    /// Somebody else held the target, so many minutes, and did not come to an end.
    fn broke_lock(&self, holder: &Holder, minutes: u64);
    /// So many bytes will be sent.
    fn planned(&self, bytes: u64);
    /// So many bytes were sent.
    fn sent(&self, bytes: u64);
}

/// The result of a publication.
#[derive(Debug, Default)]
pub struct Sent {
    /// What was done, or would be.
    pub plan: Plan,
    /// How many bytes were sent, or would be.
    pub bytes: u64,
    /// How many files were there already, though nothing was known of them.
    pub found: usize,
}

/// Makes a target hold the site, and nothing else of Linli's.
///
/// # Errors
///
/// Returns the first error. What the target is known to hold says which files nothing is known of;
/// another call goes on from there.
pub fn send(
    shipment: &Shipment<'_>,
    target: &dyn Target,
    watcher: &dyn Watcher,
) -> Result<Sent, PublishError> {
    if !shipment.dry && !shipment.all && target.is_far() {
        let known = target.known()?;
        let plan = Plan::new(&known, shipment.manifest, &FxHashSet::default());
        if plan.steps.is_empty() && known.uncertain.is_empty() {
            return Ok(Sent { plan, ..Sent::default() });
        }
    }
    if !shipment.dry
        && let Some((holder, minutes)) = target.lock()?
    {
        watcher.broke_lock(&holder, minutes);
    }
    let sent = send_locked(shipment, target, watcher);
    if !shipment.dry {
        target.unlock();
    }
    sent
}

fn send_locked(
    shipment: &Shipment<'_>,
    target: &dyn Target,
    watcher: &dyn Watcher,
) -> Result<Sent, PublishError> {
    let mut known = target.known()?;
    if shipment.all {
        let paths = known.paths().into_iter().cloned().collect::<Vec<_>>();
        known = Known::of_uncertain(paths);
    }
    let new = shipment.manifest;
    // A file that a run did not come to is new, and waits for what is withdrawn. One that the site
    // does not have may be there as a draft.
    known.uncertain.retain(|it| new.position(it.as_str()).is_none() || !target.is_absent(it));
    let less = if target.is_whole() {
        FxHashSet::default()
    } else {
        let local = |path: &OutPath| read_file(&shipment.path_of(path)).ok();
        let before = known.manifest();
        let kept = |path: &OutPath| {
            let at = before.position(path.as_str())?;
            (shipment.kept)(&before.files()[at].blake3)
        };
        let old = |path: &OutPath| kept(path).or_else(|| target.old(path));
        losses::less(&plan::changed(&known, new), new.files(), old, local)
    };
    let mut plan = Plan::new(&known, new, &less);
    let left = plan.leaving.iter().map(|(entry, _)| entry);
    let stays: Vec<_> = plan.stays.iter().chain(left).cloned().collect();
    let lost = target.lacks(&stays);
    if !lost.is_empty() {
        // Somebody removed or changed them: they are put there again.
        known.files.retain(|it| !lost.contains(&it.path));
        known.leaving.retain(|(it, _)| !lost.contains(&it.path));
        known.uncertain.extend(lost);
        plan = Plan::new(&known, new, &less);
    }
    let size = |path: &OutPath| new.position(path.as_str()).map_or(0, |at| new.files()[at].size);
    let puts = plan.steps.iter().flat_map(|it| &it.actions);
    let bytes = puts.map(|it| if let Action::Put(path) = it { size(path) } else { 0 }).sum();
    if shipment.dry || plan.steps.is_empty() && known.uncertain.is_empty() {
        return Ok(Sent { plan, bytes: if shipment.dry { bytes } else { 0 }, found: 0 });
    }
    watcher.planned(bytes);
    // From here on nothing is certain of what changes, whatever ends this process.
    let touched = plan.paths();
    let uncertain = touched.iter().copied().chain(&known.uncertain).cloned().collect();
    let leaving = plan.leaving.clone();
    target.remember(&Known { files: plan.stays.clone(), uncertain, leaving })?;
    let left = plan.leaving.iter().map(|(entry, _)| entry);
    target.begin(&plan.stays.iter().chain(left).cloned().collect::<Vec<_>>())?;
    let work = Work {
        shipment,
        target,
        watcher,
        known: &known,
        found: AtomicUsize::new(0),
        bytes: Mutex::new(0),
        renewed: Mutex::new(Instant::now()),
    };
    for step in &plan.steps {
        work.run(&step.actions)?;
    }
    target.finish()?;
    target.remember(&Known {
        files: new.files().to_vec(),
        leaving: plan.leaving.clone(),
        ..Known::default()
    })?;
    let bytes = work.bytes.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Sent { bytes, found: work.found.into_inner(), plan })
}

impl Shipment<'_> {
    /// Where a file is.
    fn path_of(&self, path: &OutPath) -> PathBuf {
        self.out.join(path.as_str())
    }

    /// The bytes of a file, which are those of the manifest.
    fn read(&self, entry: &ManifestEntry) -> Result<Vec<u8>, PublishError> {
        let path = self.path_of(&entry.path);
        let bytes = read_file(&path).map_err(OutputError::io("read", path))?;
        if Hash::of(&bytes) != entry.blake3 {
            return Err(PublishError::Torn { path: entry.path.clone() });
        }
        Ok(bytes)
    }
}

/// What all threads share.
struct Work<'a> {
    shipment: &'a Shipment<'a>,
    target: &'a dyn Target,
    watcher: &'a dyn Watcher,
    known: &'a Known,
    found: AtomicUsize,
    bytes: Mutex<u64>,
    /// When others were last kept away for another while.
    renewed: Mutex<Instant>,
}

impl Work<'_> {
    /// Does all of a step, some at the same time. After the first failure nothing is begun.
    fn run(&self, actions: &[Action]) -> Result<(), PublishError> {
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let failure = Mutex::new(None);
        let work = || {
            while !is_over.load(Relaxed) {
                let Some(action) = actions.get(next.fetch_add(1, Relaxed)) else { break };
                if let Err(error) = self.persist(action) {
                    is_over.store(true, Relaxed);
                    let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                    failure.get_or_insert(error);
                }
            }
        };
        let threads = self.target.at_once().clamp(1, 32).min(actions.len());
        thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    /// Keeps others away for another while, if that is due: a step may take long.
    fn renew(&self) {
        let mut renewed = self.renewed.lock().unwrap_or_else(PoisonError::into_inner);
        if renewed.elapsed() > RENEWED {
            *renewed = Instant::now();
            self.target.renew();
        }
    }

    /// Tries again what may go well at another try.
    fn persist(&self, action: &Action) -> Result<(), PublishError> {
        let mut pause = PAUSE;
        for tried in 1.. {
            match self.act(action) {
                Err(cause) if tried < TRIES && cause.may_pass() => thread::sleep(pause),
                Err(torn @ PublishError::Torn { .. }) => return Err(torn),
                Err(cause) => {
                    let path = action.path().clone();
                    return Err(PublishError::Stopped { path, cause: Box::new(cause) });
                }
                Ok(()) => break,
            }
            pause *= 2;
        }
        Ok(())
    }

    fn act(&self, action: &Action) -> Result<(), PublishError> {
        self.renew();
        let path = match action {
            Action::Delete(path) => return self.target.delete(path),
            Action::Put(path) => path,
        };
        let new = self.shipment.manifest;
        let Some(at) = new.position(path.as_str()) else { return Ok(()) };
        let entry = &new.files()[at];
        // A run that was cut short may have put it there.
        let may_be_there =
            self.known.uncertain.contains(path) && !self.shipment.all && !self.target.is_whole();
        let bytes = self.shipment.read(entry)?;
        if may_be_there && self.target.has(entry, &bytes) {
            self.found.fetch_add(1, Relaxed);
            self.watcher.sent(entry.size);
            return Ok(());
        }
        self.target.put(entry, &bytes)?;
        self.watcher.sent(entry.size);
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) += entry.size;
        Ok(())
    }
}

/// Looks at what was published: the front page, the deepest page, a file of the theme, and a file
/// that was deleted. Nothing is said where the target cannot be read.
///
/// # Errors
///
/// Returns the first that is not as it should be.
pub fn look(sent: &Sent, manifest: &Manifest, target: &dyn Target) -> Result<usize, PublishError> {
    let files = manifest.files();
    let depth = |entry: &&ManifestEntry| entry.path.as_str().matches('/').count();
    let deepest = files.iter().filter(|it| it.path.as_str().ends_with(".html")).max_by_key(depth);
    let home = files.iter().find(|it| it.path.as_str() == "index.html");
    let theme = files.iter().find(|it| it.path.as_str().starts_with("assets/"));
    let mut seen = BTreeMap::new();
    for entry in [home, deepest, theme].into_iter().flatten() {
        seen.insert(
            entry.path.clone(),
            target.bytes(&entry.path).map(|it| Hash::of(&it)) == Some(entry.blake3),
        );
    }
    if seen.values().all(|it| !it) {
        return Ok(0);
    }
    if let Some((path, _)) = seen.iter().find(|(_, it)| !**it) {
        return Err(PublishError::NotSeen { path: path.clone(), is_extra: false });
    }
    let actions = sent.plan.steps.iter().flat_map(|it| &it.actions);
    for action in actions {
        if let Action::Delete(path) = action
            && target.bytes(path).is_some()
        {
            return Err(PublishError::NotSeen { path: path.clone(), is_extra: true });
        }
    }
    Ok(seen.len())
}
