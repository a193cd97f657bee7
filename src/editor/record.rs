//! Declarations as schemas.

use serde_json::{Map, Value as Json, json};

use crate::{
    diagnostic::{Language, Messages},
    schema::{Collection, Field, FieldType, builtin},
    text::Localized,
    workbook::described,
};

/// The dialect in which schemas are written.
pub(super) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// More places than anybody would choose from a list that drops down.
const MOST_PLACES: usize = 300;

/// Makes schemas in a language.
pub(super) struct Maker<'m> {
    pub(super) messages: &'m Messages,
    pub(super) places: &'m [String],
}

impl Maker<'_> {
    /// A file of records: a list, or `records` with what is said of all of them.
    pub(super) fn list(&self, collection: &Collection) -> Json {
        let mut whole = self.head(collection);
        let open = collection.ignores_unknown;
        let posting = &builtin::get().posting.fields;
        let mut around = self.properties(posting);
        around.insert(
            "records".to_owned(),
            json!({
                "type": ["array", "null"],
                "items": { "$ref": "#/$defs/record" },
            }),
        );
        whole.insert("type".to_owned(), json!(["array", "object", "null"]));
        whole.insert("if".to_owned(), json!({ "type": "array" }));
        whole.insert("then".to_owned(), json!({ "items": { "$ref": "#/$defs/record" } }));
        whole.insert(
            "else".to_owned(),
            json!({
                "if": { "type": "object", "required": ["records"] },
                "then": { "properties": around, "additionalProperties": open },
                "else": { "if": { "type": "object" }, "then": { "$ref": "#/$defs/record" } },
            }),
        );
        whole.insert("$defs".to_owned(), json!({ "record": self.record(collection, posting) }));
        Json::Object(whole)
    }

    /// A file with one mapping: a place, or front matter.
    pub(super) fn single(&self, declared: &Collection, is_posted: bool) -> Json {
        let posting: &[Field] = if is_posted { &builtin::get().posting.fields } else { &[] };
        let mut whole = self.head(declared);
        whole.extend(self.record(declared, posting));
        Json::Object(whole)
    }

    fn head(&self, collection: &Collection) -> Map<String, Json> {
        let mut head = Map::new();
        head.insert("$schema".to_owned(), json!(DIALECT));
        head.insert("title".to_owned(), json!(self.text(&collection.title)));
        let about = self.text(&collection.description);
        if !about.is_empty() {
            head.insert("description".to_owned(), json!(about));
        }
        head
    }

    fn text<'t>(&self, text: &'t Localized) -> &'t str {
        text.get(self.messages.language().as_str())
    }

    /// A record: each of its fields by its name and its labels.
    fn record(&self, collection: &Collection, posting: &[Field]) -> Map<String, Json> {
        let mut properties = self.properties(posting);
        properties.extend(self.properties(&collection.fields));
        properties.extend(self.groups(collection));
        // What a part of several groups requires holds for those that are written.
        let is_one = |it: &&Field| it.group.as_ref().is_none_or(|group| group.number == 0);
        let must = collection.fields.iter().filter(|it| it.required && it.default.is_absent());
        let must = must.filter(is_one);
        let must = must.map(|field| {
            let mut ways: Vec<Json> =
                names(field).iter().map(|it| json!({ "required": [it] })).collect();
            if let Some(group) = &field.group {
                let mut whole = vec![group.name.to_owned()];
                whole.extend(labels(&group.label));
                ways.extend(whole.iter().map(|it| json!({ "required": [it] })));
            }
            json!({ "anyOf": ways })
        });
        let must: Vec<Json> = must.collect();
        let mut record = Map::new();
        record.insert("type".to_owned(), json!("object"));
        record.insert("properties".to_owned(), Json::Object(properties));
        record.insert("additionalProperties".to_owned(), json!(collection.ignores_unknown));
        if !must.is_empty() {
            record.insert("allOf".to_owned(), json!(must));
        }
        record
    }

    fn properties(&self, fields: &[Field]) -> Map<String, Json> {
        let mut properties = Map::new();
        for field in fields {
            let schema = self.field(field);
            for name in names(field) {
                properties.entry(name).or_insert_with(|| schema.clone());
            }
        }
        properties
    }

    /// Groups: mappings of their parts, or lists of such.
    fn groups(&self, collection: &Collection) -> Map<String, Json> {
        let mut groups: Map<String, Json> = Map::new();
        for field in &collection.fields {
            let Some(group) = &field.group else { continue };
            let part = self.field(field);
            let mut parts = vec![group.part.to_owned()];
            parts.extend(labels(&group.part_label));
            let mut wholes = vec![group.name.to_owned()];
            wholes.extend(labels(&group.label));
            for whole in wholes {
                let schema = groups.entry(whole).or_insert_with(|| {
                    let one = json!({
                        "type": ["object", "null"],
                        "properties": {},
                        "additionalProperties": false,
                    });
                    let several = json!({ "type": "array", "items": one.clone() });
                    let ways = if group.number > 0 { vec![one, several] } else { vec![one] };
                    json!({ "title": self.text(&group.label), "anyOf": ways })
                });
                for name in &parts {
                    schema["anyOf"][0]["properties"][name.as_str()] = part.clone();
                    if group.number > 0 {
                        schema["anyOf"][1]["items"]["properties"][name.as_str()] = part.clone();
                    }
                }
            }
        }
        groups
    }

    /// What a field takes.
    fn field(&self, field: &Field) -> Json {
        let value = self.value(field);
        let mut schema = if field.several {
            json!({ "anyOf": [value, { "type": "array", "items": value }] })
        } else {
            value
        };
        let label = self.text(&field.label);
        schema["title"] = json!(label);
        let mut about = vec![described::taken(field, self.messages)];
        let help = self.text(&field.help);
        if !help.is_empty() {
            about.insert(0, help.to_owned());
        }
        let must = if field.required { "field-required" } else { "field-optional" };
        about.push(self.messages.text(must, &[]));
        schema["description"] = json!(about.join("\n"));
        // What editors say in the place of a pattern.
        schema["patternErrorMessage"] = json!(about.join("\n"));
        schema["examples"] = json!([described::example(field)]);
        schema
    }

    fn value(&self, field: &Field) -> Json {
        let text =
            |pattern: &str| json!({ "type": ["string", "number", "null"], "pattern": pattern });
        let day = "^\\s*[0-9０-９]{4}\\s*[-./年－／．].*[0-9０-９]";
        let number = "[0-9０-９]";
        match field.kind {
            FieldType::Choice => choice(field),
            FieldType::Place => self.place(),
            FieldType::Count => {
                let mut schema = json!({
                    "type": ["integer", "string", "null"],
                    "minimum": 0,
                    "pattern": "^\\s*[+＋]?[0-9０-９][0-9０-９,，\\s]*$",
                });
                if let Some(max) = field.max {
                    schema["maximum"] = json!(max);
                }
                schema
            }
            FieldType::Integer => json!({
                "type": ["integer", "string", "null"],
                "pattern": "^\\s*[-+－−＋]?[0-9０-９][0-9０-９,，\\s]*$",
            }),
            FieldType::Decimal | FieldType::Percent | FieldType::Money | FieldType::Time => {
                text(number)
            }
            FieldType::Boolean => {
                let words =
                    json!([true, false, 1, 0, "是", "否", "有", "无", "√", "×", "yes", "no", null]);
                json!({ "enum": words })
            }
            FieldType::Date | FieldType::DateTime => text(day),
            FieldType::Month => text("^\\s*[0-9０-９]{4}\\s*[-./年－／．]"),
            FieldType::Year | FieldType::Period => text("^\\s*[0-9０-９]{4}"),
            FieldType::Phone => text("[0-9０-９]{3}"),
            FieldType::Email => text("@"),
            FieldType::Url => text("^\\s*https?://"),
            // Whatever an editor takes it for, it is text.
            _ => json!({ "type": ["string", "number", "boolean", "null"] }),
        }
    }

    /// A place, by one of its words; whether one is ambiguous only the program can tell.
    fn place(&self) -> Json {
        let any = json!({ "type": ["string", "number", "null"] });
        if self.places.is_empty() || self.places.len() > MOST_PLACES {
            return any;
        }
        json!({ "anyOf": [{ "enum": self.places }, any] })
    }
}

/// The words of a choice. Several may stand in one text.
fn choice(field: &Field) -> Json {
    let mut words: Vec<String> = Vec::new();
    for choice in &field.choices {
        words.push(choice.value.clone());
        words.extend(labels(&choice.label));
    }
    let mut seen = std::collections::BTreeSet::new();
    words.retain(|it| seen.insert(it.clone()));
    // An editor reads a word of digits as a number.
    let numbers: Vec<Json> =
        words.iter().filter_map(|it| it.parse::<i64>().ok()).map(|it| json!(it)).collect();
    let mut all: Vec<Json> = words.into_iter().map(Json::from).chain(numbers).collect();
    if !field.required {
        all.push(Json::Null);
    }
    let one = json!({ "enum": all });
    if !field.several {
        return one;
    }
    json!({ "anyOf": [one, { "type": "string", "pattern": "[、，,；;/／|]" }] })
}

/// All keys by which a field is written.
fn names(field: &Field) -> Vec<String> {
    let mut names = vec![field.name.to_owned()];
    names.extend(labels(&field.label).into_iter().filter(|it| *it != field.name));
    names
}

/// A label in all languages.
fn labels(label: &Localized) -> Vec<String> {
    let mut all: Vec<String> =
        Language::ALL.iter().map(|it| label.get(it.as_str()).to_owned()).collect();
    all.retain(|it| !it.is_empty());
    all.dedup();
    all
}
