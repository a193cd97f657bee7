//! Who wrote a document, by what its program noted in it.

use crate::{
    attachment::{Opaque, Trace, contents::Writer},
    package::markup::{Piece, walk},
};

/// Names that programs give to everybody.
const NOBODY: &[&str] = &[
    "",
    "admin",
    "administrator",
    "user",
    "users",
    "author",
    "owner",
    "pc",
    "lenovo",
    "dell",
    "hp",
    "huawei",
    "microsoft",
    "microsoft office user",
    "wps",
    "wps office",
    "kingsoft",
    "openpyxl",
    "python-docx",
    "apache poi",
    "unknown",
    "微软用户",
    "微软中国",
    "用户",
    "未知用户",
    "作者",
];

/// Notes the names in a document's properties.
pub(super) fn read(xml: &str, writer: &mut Writer) -> Result<(), Opaque> {
    let (mut is_name, mut name) = (false, String::new());
    walk(xml, |piece| match piece {
        Piece::Open(element, _) => {
            is_name = matches!(element, "creator" | "lastModifiedBy" | "initial-creator");
            name.clear();
        }
        Piece::Text(text) if is_name => name.push_str(text),
        Piece::Close(_) if is_name => {
            is_name = false;
            let name = name.trim();
            if !NOBODY.contains(&name.to_lowercase().as_str()) {
                writer.trace(Trace::Author(name.to_owned()));
            }
        }
        _ => {}
    })?;
    Ok(())
}
