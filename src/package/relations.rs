//! Which file of a workbook (`.xlsx`) has which sheet.

use std::collections::HashMap;

use crate::package::{
    BrokenPackage,
    archive::Archive,
    markup::{Piece, attribute, walk},
};

/// The files that relations of a workbook lead to, by the names of the relations.
pub(crate) fn sheet_files(
    archive: &mut Archive<'_>,
) -> Result<HashMap<String, String>, BrokenPackage> {
    let xml = archive.text("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let mut files = HashMap::new();
    walk(&xml, |piece| {
        if let Piece::Open("Relationship", tag) = piece
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
        {
            let file = match target.strip_prefix('/') {
                Some(file) => file.to_owned(),
                None => format!("xl/{}", target.trim_start_matches("./")),
            };
            files.insert(id, file);
        }
    })?;
    Ok(files)
}
