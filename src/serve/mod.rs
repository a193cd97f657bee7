//! The live preview: the output folder over HTTP, and pages that follow it.
//!
//! A build loop, on a thread of its own, waits for the [`watch::Watcher`], builds, and tells
//! [`Live`] what became of it. [`run`] serves the folder meanwhile. The two share nothing else:
//! the server reads the published folder and never the site's content.
//!
//! A connection takes a place in the `crowd`, which bounds how many there are and how long they may
//! do nothing. A request passes `hosts`: who asks, and under which name. `server` knows what stands at which
//! address. Nearly all of it comes from `folder`, the output folder, where `address` decides which
//! file is meant. Pages get a script from `page`; it listens to `events`, which sends what [`Live`]
//! knows.
//!
//! How an edit comes to the screen:
//!
//! 1. [`watch::Watcher`] reports the file, when it has been quiet for a moment.
//! 2. The build loop (`cli/serve.rs`) builds, and replaces the files that differ.
//! 3. It calls [`Live::publish`] with their paths, or [`Live::report`] with the mistakes.
//! 4. `events` sends that to each open page.
//! 5. The page loads itself again if it uses one of the files, puts in place a new style sheet, or
//!    shows the mistakes over itself.
//!
//! The preview is for the person who edits. `linli serve` binds it to this machine unless asked
//! otherwise. It has no encryption and no passwords, and is no way to publish.

mod address;
mod crowd;
mod events;
mod folder;
mod hosts;
mod live;
mod page;
mod policy;
mod server;
#[cfg(test)]
mod tests;
pub mod watch;
mod words;

use std::{future, io, net::TcpListener, sync::Arc};

use tokio::{runtime, signal};

use crate::output::OutPath;

pub use live::Live;

/// The file that the path of a request means, and the path as the server writes it. `None` if no file
/// can stand there. For `fuzzing`.
pub(crate) fn parsed(path: &str) -> Option<(Option<OutPath>, String)> {
    let address = address::Address::parse(path)?;
    Some((address.file(), address.to_path()))
}

/// How the preview is served.
#[derive(Debug, Clone, Default)]
pub struct ServerOptions {
    /// Host names that requests may use, beside `localhost` and its address:
    /// `portal.test`. Any port belongs to them.
    pub hosts: Vec<String>,
}

/// Serves until the user interrupts the program. Requests that are under way may then end, for a
/// second at most.
///
/// The listener's address decides who can ask. Bound to all addresses (`0.0.0.0`), the preview
/// answers to each of them, and still not to names that it was not given.
pub fn run(live: Arc<Live>, listener: TcpListener, options: ServerOptions) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let hosts = hosts::Hosts::new(listener.local_addr()?.ip(), options.hosts);
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let interrupted = async {
        // Where interrupts cannot be handled, the system ends the program by itself.
        if signal::ctrl_c().await.is_err() {
            future::pending::<()>().await;
        }
    };
    let limits = crowd::Limits::of_process();
    let served = runtime.block_on(server::serve(live, listener, hosts, limits, interrupted));
    runtime.shutdown_background();
    served
}
