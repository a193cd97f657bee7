//! Images of the content folder, on their way out.

use crate::{
    Output,
    diagnostic::{Code, Diagnostic, Location},
    image,
    output::{Entry, OutPath},
    source::{self, SitePath, World},
};

/// What staff should know of a photo before others have its file.
fn metadata(bytes: &[u8], file: &SitePath) -> Option<Diagnostic> {
    let metadata = image::metadata(bytes);
    if !metadata.place && metadata.names.is_empty() {
        return None;
    }
    let names =
        if metadata.names.is_empty() { "none".to_owned() } else { metadata.names.join("、") };
    let diagnostic = Diagnostic::warning(Code::ImageMetadata, Location::file(file.clone()))
        .arg("place", if metadata.place { "yes" } else { "no" })
        .arg("names", names);
    Some(diagnostic.help("clean"))
}

/// Publishes an image as its picture alone.
pub(crate) fn publish<O: Output>(
    world: &dyn World,
    path: &str,
    output: &O,
) -> Result<(Option<Entry>, Vec<Diagnostic>), O::Error> {
    let file = SitePath::new("content").join(path);
    let Ok(target) = OutPath::new(path) else { return Ok((None, Vec::new())) };
    let bytes = match world.read(&file, source::MAX_FILE + 1) {
        Ok(bytes) if bytes.len() as u64 > source::MAX_FILE => {
            let diagnostic = Diagnostic::error(Code::FileTooLarge, Location::file(file))
                .arg("limit", format!("{} MB", source::MAX_FILE >> 20));
            return Ok((None, vec![diagnostic.help("split")]));
        }
        Ok(bytes) => bytes,
        Err(error) => return Ok((None, vec![source::unreadable(&file, &error)])),
    };
    let Ok(published) = image::publish(&bytes) else {
        let diagnostic = Diagnostic::error(Code::UnreadableImage, Location::file(file));
        return Ok((None, vec![diagnostic.help("replace")]));
    };
    let written = output.write(&target, &published)?;
    Ok((Some(written), metadata(&bytes, &file).into_iter().collect()))
}
