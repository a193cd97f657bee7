//! The `roles` of a declaration: which field is the title of a record, which its picture; and which
//! figure counts most.
//!
//! ```yaml
//! roles: {title: name, summary: deed, picture: photo, figure: this-year}
//! ```
//!
//! A role that is not given goes to the first public field that fits:
//!
//! | role | types | without a word |
//! | --- | --- | --- |
//! | `title` | words, places, dates, numbers | the person of cards; else words, a place or the day |
//! | `summary` | text, Markdown | Markdown |
//! | `kind` | choice, text | a choice |
//! | `person`, `picture`, `phone` | person, image, phone | the same |
//! | `venue` | text, postal address, place | an address that is not masked, or a place |
//! | `number` | numbers | the same |
//!
//! The `figure` is one that is told apart by nothing; without a word, the first streak of streaks, or
//! else the first of all.
//!
//! Of several fields that could be the title, one that every record has goes first. No other place
//! of the program chooses a field by its type or order.

use crate::{
    diagnostic::{Code, Diagnostic},
    schema::{
        Collection, Field, FieldType, RecordView,
        declaration::checks::typed,
        figure::{Figure, Measure},
        group::first_named,
        posting::Privacy,
        role::{Role, Roles},
    },
    source::{
        Span, Text,
        reader::{MapReader, unknown},
    },
};

/// Reads `roles`, and completes them. A field that is not declared, is never published or has a
/// type that cannot be shown so is reported, and the role goes to the field that would have it
/// without a word.
///
/// The collection has its fields, dates, view and figures.
pub(super) fn read(
    text: &Text,
    reader: &mut MapReader<'_>,
    collection: &Collection,
    sink: &mut Vec<Diagnostic>,
) -> Roles {
    let mut roles = Roles::default();
    if let Some(mut inner) = reader.get("roles").and_then(|it| MapReader::open(text, it, sink)) {
        for role in Role::all() {
            let word = inner.word(role.name(), sink);
            let groups = collection.fields.iter().filter_map(|it| it.group.as_ref());
            let word = word.map(|(word, span)| (first_named(groups, word), span));
            let word = word.as_ref().map(|(word, span)| (&**word, *span));
            let fits = |kind| fits(role, kind);
            roles.set(role, typed(text, &collection.fields, word, fits, role.name(), sink));
        }
        roles.figure = figure(text, inner.word("figure", sink), &collection.figures, sink);
        inner.finish(sink);
    }
    // The title of cards is the person, whoever that is.
    for role in Role::all().filter(|it| *it != Role::Title).chain([Role::Title]) {
        roles.set(role, roles.get(role).or_else(|| inferred(role, collection, &roles)));
    }
    roles.figure = roles.figure.or_else(|| inferred_figure(collection));
    roles
}

/// The figure that a declaration says counts most. One that is not declared, or is told apart by a
/// field and so is no number, is reported with those that are.
fn figure(
    text: &Text,
    word: Option<(&str, Span)>,
    figures: &[Figure],
    sink: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let (word, span) = word?;
    let found = figures.iter().position(|it| it.name == word && it.by.is_none());
    if found.is_none() {
        let known: Vec<&str> =
            figures.iter().filter(|it| it.by.is_none()).map(|it| &*it.name).collect();
        let unknown = unknown(Code::UnknownChoice, text.locate(span), word, &known);
        sink.push(unknown.arg("field", "figure"));
    }
    found
}

/// The figure that counts most without a word about it.
fn inferred_figure(collection: &Collection) -> Option<usize> {
    let first = |wanted: fn(&Figure) -> bool| {
        collection.figures.iter().position(|it| it.by.is_none() && wanted(it))
    };
    let streak = || first(|it| matches!(it.measure, Measure::Streak(..)));
    let is_streaks = collection.view == RecordView::Streaks;
    is_streaks.then(streak).flatten().or_else(|| first(|_| true))
}

/// Whether fields of a type can have a role.
fn fits(role: Role, kind: FieldType) -> bool {
    use FieldType::{Address, Choice, DateTime, Image, Markdown, Person, Phone, Place, Text};
    match role {
        Role::Title => {
            matches!(kind, Text | Choice | Person | Place | Address | DateTime)
                || kind.is_date()
                || kind.is_number()
        }
        Role::Summary => matches!(kind, Text | Markdown),
        Role::Kind => matches!(kind, Choice | Text),
        Role::Person => kind == Person,
        Role::Picture => kind == Image,
        Role::Phone => kind == Phone,
        Role::Venue => matches!(kind, Text | Address | Place),
        Role::Number => kind.is_number(),
    }
}

/// The field that has a role without a word about it.
fn inferred(role: Role, collection: &Collection, roles: &Roles) -> Option<usize> {
    use FieldType::{Address, Choice, Markdown, Person, Place, Text};
    let first = |wanted: &dyn Fn(&Field) -> bool| {
        let is_public = |field: &&Field| field.privacy != Privacy::Internal;
        let fields = collection.fields.iter().enumerate();
        fields.filter(|(_, it)| is_public(it)).find(|(_, it)| wanted(it)).map(|(index, _)| index)
    };
    let is_where = |it: &Field| matches!(it.kind, Place | Address);
    match role {
        Role::Title => {
            let is_words = |it: &Field| matches!(it.kind, Text | Choice | Person);
            let person =
                || roles.get(Role::Person).filter(|_| collection.view == RecordView::Cards);
            person()
                .or_else(|| first(&|it| it.required && is_words(it)))
                .or_else(|| first(&is_words))
                .or_else(|| first(&is_where))
                .or(collection.dating.map(|it| it.date))
                .or_else(|| first(&|it| fits(role, it.kind)))
        }
        Role::Summary => first(&|it| it.kind == Markdown),
        Role::Kind => first(&|it| it.kind == Choice),
        // An address that is masked is somebody's home.
        Role::Venue => first(&|it| is_where(it) && it.privacy == Privacy::Public),
        Role::Person | Role::Picture | Role::Phone | Role::Number => {
            first(&|it| fits(role, it.kind))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Config,
        schema::{builtin, declaration},
        source::SitePath,
    };

    /// The names of the fields with each role, of a declaration of these lines.
    fn roles(lines: &str) -> Vec<(&'static str, String)> {
        let content = format!("title: 登记\n{lines}\n");
        let text = Text { path: SitePath::new("register.yaml"), content };
        let decoded = declaration::decode(&text, &Config::default(), &[]);
        assert_eq!(decoded.diagnostics, []);
        named(&decoded.value.unwrap())
    }

    fn named(collection: &Collection) -> Vec<(&'static str, String)> {
        let field = |role| Some(collection.fields[collection.roles.get(role)?].name.to_owned());
        Role::all().filter_map(|role| Some((role.name(), field(role)?))).collect()
    }

    #[test]
    fn roles_are_inferred() {
        let fields = "fields: {secret: {type: text, privacy: internal}, day: {type: date}, \
                      note: {type: text}, name: {type: person, required: true}, \
                      story: {type: markdown}, sort: {type: choice, choices: [甲]}, \
                      home: {type: address, work: true}, tel: {type: phone}, face: {type: image}, \
                      hours: {type: decimal}}";
        let rest = [
            ("summary", "story"),
            ("kind", "sort"),
            ("person", "name"),
            ("picture", "face"),
            ("phone", "tel"),
            ("venue", "home"),
            ("number", "hours"),
        ];
        let all = |title: &str| {
            let rest = rest.iter().map(|(role, field)| (*role, (*field).to_owned()));
            std::iter::once(("title", title.to_owned())).chain(rest).collect::<Vec<_>>()
        };
        // That every record has it counts more than that it is the first.
        assert_eq!(roles(fields), all("name"));
        let optional = fields.replace(", required: true", "");
        assert_eq!(roles(&optional), all("note"));
        assert_eq!(roles(&format!("{optional}\nview: cards")), all("name"));
        assert_eq!(roles(&format!("{fields}\nroles: {{title: note}}")), all("note"));
    }

    #[test]
    fn the_figure_that_counts_most_is_declared_or_inferred() {
        let figure = |view: &str, role: &str| {
            let content = format!(
                "title: 登记\nfields: {{day: {{type: date}}, sort: {{type: text}}}}\ndate: day\nview: {view}\n\
                 roles: {{{role}}}\nfigures:\n  each: {{measure: count, by: sort}}\n  all: {{measure: count}}\n  \
                 weeks: {{measure: streak, every: week}}\n  days: {{measure: streak, every: day}}\n"
            );
            let text = Text { path: SitePath::new("register.yaml"), content };
            let decoded = declaration::decode(&text, &Config::default(), &[]);
            let codes: Vec<_> = decoded.diagnostics.iter().map(|it| it.code).collect();
            let figure = decoded.value.map(|it| it.figures[it.roles.figure.unwrap()].name.clone());
            (figure.unwrap_or_default(), codes)
        };
        assert_eq!(figure("series", ""), ("all".to_owned(), vec![]));
        assert_eq!(figure("streaks", ""), ("weeks".to_owned(), vec![]));
        assert_eq!(figure("streaks", "figure: days"), ("days".to_owned(), vec![]));
        for wrong in ["figure: each", "figure: dayz"] {
            assert_eq!(figure("streaks", wrong), (String::new(), vec![Code::UnknownChoice]));
        }
    }

    #[test]
    fn homes_are_no_venues() {
        let fields = "fields: {home: {type: address}, hall: {type: address, work: true}}";
        assert_eq!(roles(fields), [("title", "home".to_owned()), ("venue", "hall".to_owned())]);
    }

    #[test]
    fn what_has_no_words_is_called_by_its_day() {
        let fields = "fields: {rows: {type: count}, day: {type: date}}";
        let number = ("number", "rows".to_owned());
        assert_eq!(roles(fields), [("title", "rows".to_owned()), number.clone()]);
        let dated = format!("{fields}\ndate: day");
        assert_eq!(roles(&dated), [("title", "day".to_owned()), number]);
        assert_eq!(roles("fields: {face: {type: image}}"), [("picture", "face".to_owned())]);
    }

    #[test]
    fn cards_are_called_by_the_person_that_is_declared() {
        let fields = "fields: {by: {type: person}, name: {type: person}}\nview: cards";
        assert_eq!(roles(fields)[0], ("title", "by".to_owned()));
        let declared = format!("{fields}\nroles: {{person: name}}");
        assert_eq!(roles(&declared)[0], ("title", "name".to_owned()));
    }

    #[test]
    fn built_in_declarations_say_their_titles() {
        let yaml = |name: &str| {
            builtin::DECLARATIONS.iter().find(|it| it.0 == name).map(|it| it.1).unwrap()
        };
        for collection in builtin::collections() {
            assert!(yaml(&collection.name).contains("\nroles: {title: "), "{}", collection.name);
        }
        let said = |name: &str| {
            let collection = builtin::collections().find(|it| it.name == name).unwrap();
            let all = named(collection).into_iter();
            all.map(|(role, field)| format!("{role} {field}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            said("honors"),
            "title name, summary citation, kind award, person name, picture photo"
        );
        assert_eq!(said("legal-aid"), "title service, kind service, phone booking, venue venue");
        assert_eq!(said("responses"), "title spot, summary outcome, kind category, venue spot");
        assert_eq!(said("committees"), "title name, kind body, person name");
    }
}
