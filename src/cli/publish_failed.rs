//! Why a publication failed, in words.

use crate::{
    cli::context::{Context, Failure},
    publish::{KeysFault, PublishError, StoreFault},
};

/// Why nothing was published, or not all of it.
pub(super) fn failed(context: &Context, name: &str, error: &PublishError) -> Failure {
    let reason = told(context, error);
    // Nothing was begun, so nothing goes on.
    if matches!(error, PublishError::NoBuild { .. }) {
        return Failure::Said(reason);
    }
    Failure::Said(context.say("publish-failed", &[("target", name), ("reason", &reason)]))
}

fn told(context: &Context, error: &PublishError) -> String {
    match error {
        PublishError::Output(error) => crate::cli::system::publishing(error, &context.messages),
        PublishError::Held { holder, minutes } => context.messages.text(
            "publish-held",
            &[("by", holder.by.as_str().into()), ("minutes", (*minutes).into())],
        ),
        PublishError::Foreign { path, found } => {
            let named: Vec<_> = found.iter().take(5).map(String::as_str).collect();
            let named = named.join(&context.say("comma", &[]));
            let path = path.display().to_string();
            context.say("publish-foreign", &[("path", &path), ("found", &named)])
        }
        PublishError::Damaged { path } => {
            context.say("publish-damaged", &[("path", &path.display().to_string())])
        }
        PublishError::Link { path } => {
            context.say("publish-link", &[("path", &path.display().to_string())])
        }
        PublishError::Torn { path } => context.say("publish-torn", &[("path", path.as_str())]),
        PublishError::Stopped { path, cause } => {
            let reason = told(context, cause);
            context.say("publish-stopped", &[("path", path.as_str()), ("reason", &reason)])
        }
        PublishError::Program { name, said } => {
            context.say("publish-program", &[("name", name), ("said", said)])
        }
        PublishError::Silent { name, seconds } => context
            .messages
            .text("publish-silent", &[("name", (*name).into()), ("seconds", (*seconds).into())]),
        PublishError::NoProgram { name } => context.say("publish-no-program", &[("name", name)]),
        PublishError::Store { fault, said } => {
            let fault = match fault {
                StoreFault::Refused => "refused",
                StoreFault::Clock => "clock",
                StoreFault::NoBucket => "bucket",
                StoreFault::Unreached => "unreached",
                StoreFault::Full => "full",
                StoreFault::Other => "other",
            };
            context.say("publish-store", &[("fault", fault), ("said", said)])
        }
        PublishError::Keys { fault, path } => {
            let fault = match fault {
                KeysFault::None => "none",
                KeysFault::Open => "open",
                KeysFault::Incomplete => "incomplete",
            };
            let path = path.as_deref().map(|it| it.display().to_string()).unwrap_or_default();
            context.say("publish-keys", &[("fault", fault), ("path", &path)])
        }
        PublishError::NotSeen { path, is_extra } => {
            let id = if *is_extra { "publish-still-there" } else { "publish-not-seen" };
            context.say(id, &[("path", path.as_str())])
        }
        PublishError::NoBuild { kept } => context.say_count("publish-no-build", "kept", *kept),
    }
}
