//! JSON Schemas (draft 2020-12) of what staff write, for editors that complete and check while one
//! types.
//!
//! | file | made from | for |
//! | --- | --- | --- |
//! | `NAME.schema.json` | the declaration of a list | `NAME.yaml`, and files in `NAME/` |
//! | `place.schema.json` | the built-in declaration, with the portal's own levels | `place.yaml` |
//! | `notice.schema.json`, `page.schema.json` | the same | front matter |
//! | `site.schema.json` | `settings.rs` | `site.toml` |
//!
//! Titles, descriptions and examples are in one language, keys in all: an editor offers `date` and
//! `日期`. A schema allows what the program reads, as far as a schema can say it: whether a day exists, or
//! a record is there already, `linli check` tells. What an editor takes for a number or a truth value
//! is one to it alone, so such values are allowed wherever text is.

mod record;
mod settings;

use serde_json::{Value, json};

use crate::{
    config::Levels,
    diagnostic::Messages,
    schema::{Collection, builtin},
};

/// A schema with its name: that of its file without `.schema.json`.
#[derive(Debug, Clone)]
pub(crate) struct EditorSchema {
    /// Its name.
    pub(crate) name: String,
    /// It.
    pub(crate) schema: Value,
    /// Which files it is for, as editors find them in the folder of a site.
    pub(crate) files: Vec<String>,
}

/// The schemas of a site with these lists and levels. `places` are the words by which its places are
/// called.
pub(crate) fn schemas(
    collections: &[Collection],
    levels: &Levels,
    places: &[String],
    messages: &Messages,
) -> Vec<EditorSchema> {
    let maker = record::Maker { messages, places };
    let mut all = Vec::new();
    for collection in collections {
        let name = collection.name.clone();
        let mut files =
            vec![format!("content/**/{name}.yaml"), format!("content/**/{name}/**/*.yaml")];
        files.push(format!("examples/{name}.yaml"));
        all.push(EditorSchema { name, schema: maker.list(collection), files });
    }
    let place = builtin::place(levels);
    all.push(EditorSchema {
        name: "place".to_owned(),
        schema: maker.single(&place, true),
        files: vec!["content/**/place.yaml".to_owned()],
    });
    for (name, declared) in [("notice", &builtin::get().notice), ("page", &builtin::get().page)] {
        let schema = maker.single(declared, true);
        all.push(EditorSchema { name: name.to_owned(), schema, files: Vec::new() });
    }
    all.push(EditorSchema {
        name: "site".to_owned(),
        schema: settings::schema(messages),
        files: vec!["site.toml".to_owned()],
    });
    all
}

/// What VS Code needs to know to use them: `.vscode/settings.json`. `folder` is where the schemas lie,
/// from the folder of the site.
pub(crate) fn vscode(schemas: &[EditorSchema], folder: &str) -> String {
    let file = |name: &str| format!("{folder}/{name}.schema.json");
    let yaml = schemas.iter().filter(|it| it.files.iter().any(|file| file.ends_with(".yaml")));
    let yaml: serde_json::Map<String, Value> =
        yaml.map(|it| (file(&it.name), json!(it.files))).collect();
    let settings = json!({
        "yaml.schemas": yaml,
        "yaml.format.enable": false,
        "evenBetterToml.schema.associations": { "site\\.toml$": file("site") },
        "[yaml]": { "editor.insertSpaces": true, "editor.tabSize": 2 },
        "files.exclude": { ".linli": true, "public": true },
    });
    serde_json::to_string_pretty(&settings).unwrap_or_default() + "\n"
}

/// The comment by which the YAML language server finds a schema, at the top of a file in a folder that
/// is so many folders below that of the site.
pub(crate) fn comment(name: &str, folder: &str, depth: usize) -> String {
    format!("# yaml-language-server: $schema={}{folder}/{name}.schema.json\n", "../".repeat(depth))
}

#[cfg(test)]
mod tests;
