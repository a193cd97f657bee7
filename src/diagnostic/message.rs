//! The sentences, by language.
//!
//! They live in `messages/`: `LANGUAGE.ftl` has one message per [`Code`], with its
//! helps and related labels as attributes, `links-LANGUAGE.ftl` those of links; `cli-LANGUAGE.ftl` has what the program says itself.
//!
//! Tests hold the languages against each other and against `code.rs`: every code has a message and
//! a title in each, which use no argument that the code does not document. So a sentence can be
//! reworded without looking at the program, and a code cannot be added without its sentences.

use std::borrow::Cow;

use fluent_bundle::{
    FluentArgs, FluentMessage, FluentResource, FluentValue, concurrent::FluentBundle,
};

use crate::{
    diagnostic::{Code, Diagnostic, Language},
    text::characters::one_line,
};

/// All sentences of one language. An id without a sentence stands for itself.
pub struct Messages {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// The sentences of a language. Reads them all, so make it once.
    pub fn new(language: Language) -> Self {
        let tag = language.as_str().parse().expect("the tags of our languages are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        for source in language.sources() {
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*source).to_owned());
            // A sentence that is there already wins over one of a later file: no mistake.
            let _ = bundle.add_resource(resource);
        }
        Self { language, bundle }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What is wrong, in one line.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        self.format(diagnostic.code.name(), None, &words(diagnostic, self.language))
    }

    /// What to write instead, in one line.
    pub fn help(&self, diagnostic: &Diagnostic) -> Option<String> {
        let attribute = diagnostic.help.as_deref()?;
        let words = words(diagnostic, self.language);
        Some(self.format(diagnostic.code.name(), Some(attribute), &words))
    }

    /// How the related place of that index belongs to the mistake.
    ///
    /// Panics if there is no related place of that index.
    pub fn related(&self, diagnostic: &Diagnostic, index: usize) -> String {
        let (_, attribute) = &diagnostic.related[index];
        self.format(diagnostic.code.name(), Some(attribute), &words(diagnostic, self.language))
    }

    /// What a code means in general, as the title of a rule.
    pub fn about(&self, code: Code) -> String {
        self.format(code.name(), Some("about"), &FluentArgs::new())
    }

    /// A label and its text, with the mark between them. Both are ready to be shown: they may hold
    /// colours.
    pub fn labelled(&self, label: &str, text: &str) -> String {
        let args: [(&str, FluentValue<'_>); 2] = [("label", label.into()), ("text", text.into())];
        self.format("labelled", None, &args.into_iter().collect())
    }

    /// A sentence of the program's own, on one line. Arguments are texts or numbers: `text("failed", &[("file",
    /// path.into()), ("errors", 3.into())])`. A text that is written as a whole number counts as
    /// one.
    pub fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let args = args.iter().map(|(name, value)| {
            (
                *name,
                match value {
                    FluentValue::String(text) => argument(one_line(text)),
                    value => value.clone(),
                },
            )
        });
        self.format(id, None, &args.collect())
    }

    /// A message or one of its attributes, filled. What there is no sentence for stands for itself,
    /// so that a slip shows in the output and never ends the program.
    fn format(&self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> String {
        let message = self.bundle.get_message(id);
        let pattern = match attribute {
            None => message.and_then(|it: FluentMessage<'_>| it.value()),
            Some(name) => message.and_then(|it| it.get_attribute(name)).map(|it| it.value()),
        };
        match (pattern, attribute) {
            (Some(pattern), _) => {
                self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned()
            }
            (None, None) => id.to_owned(),
            (None, Some(attribute)) => format!("{id}.{attribute}"),
        }
    }
}

/// A diagnostic's arguments in that language, fit for one line: they are what people typed, of any
/// length and with any character.
fn words(diagnostic: &Diagnostic, language: Language) -> FluentArgs<'_> {
    const LONGEST: usize = 240;
    let short = |value: &str| {
        let start: String = value.trim().chars().take(LONGEST).collect();
        let mut shown = one_line(&start);
        if value.trim().chars().nth(LONGEST).is_some() {
            shown.push('…');
        }
        shown
    };
    let spoken = diagnostic.args.iter().filter_map(|(name, value)| match name.split_once('@') {
        Some((name, tag)) => (tag == language.as_str()).then(|| (name, argument(short(value)))),
        None => Some((name.as_ref(), argument(short(value)))),
    });
    spoken.collect()
}

/// An argument of a sentence. What is written as a whole number is one, so that sentences can
/// choose the plural by it; any other text, `007` too, stays as it is.
fn argument<'a>(text: impl Into<Cow<'a, str>>) -> FluentValue<'a> {
    let text = text.into();
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => number.into(),
        _ => FluentValue::String(text),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{diagnostic::Location, source::SitePath};

    /// The variables of each sentence, by id or `id.attribute`. Those of a sentence that is
    /// spoken of inside another count for both.
    fn sentences(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut sentences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (mut id, mut name) = ("", String::new());
        for line in source.lines().filter(|it| !it.starts_with('#')) {
            let head = line.split(" =").next().unwrap_or_default();
            if let Some(attribute) = head.strip_prefix("    .") {
                name = format!("{id}.{attribute}");
            } else if line.starts_with(|it: char| it.is_ascii_lowercase()) {
                id = head;
                name = head.to_owned();
            }
            let placeables = line.split("{ ").skip(1);
            let words = placeables.filter_map(|it| it.split([' ', '}']).next());
            let used = words.flat_map(|word| match word.strip_prefix('$') {
                Some(variable) => BTreeSet::from([variable.to_owned()]),
                None => sentences.get(word).cloned().unwrap_or_default(),
            });
            let used: Vec<_> = used.collect();
            sentences.entry(name.clone()).or_default().extend(used);
        }
        sentences.remove("");
        sentences
    }

    /// The arguments that `code.rs` documents, by code. What stands in brackets explains them.
    fn documented() -> BTreeMap<String, BTreeSet<String>> {
        let mut documented = BTreeMap::new();
        let mut doc = String::new();
        for line in include_str!("code.rs").lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("///") {
                doc += text;
                continue;
            }
            if let Some((_, name)) = line.split_once(" = \"") {
                let args = doc.split_once("Args:").map_or("", |(_, args)| args);
                let outside = args.split('(').filter_map(|it| it.split(')').next_back());
                let words = outside.flat_map(|it| it.split([',', '.', ' ']));
                let words = words.filter(|it| !it.is_empty()).map(str::to_owned).collect();
                documented.insert(name.trim_end_matches("\",").to_owned(), words);
            }
            doc.clear();
        }
        documented
    }

    const ZH_CN: &str = concat!(
        include_str!("messages/zh-CN.ftl"),
        include_str!("messages/files-zh-CN.ftl"),
        include_str!("messages/links-zh-CN.ftl"),
    );
    const EN: &str = concat!(
        include_str!("messages/en.ftl"),
        include_str!("messages/files-en.ftl"),
        include_str!("messages/links-en.ftl"),
    );

    #[test]
    fn languages_say_the_same() {
        assert_eq!(sentences(ZH_CN), sentences(EN));
        let cli = (include_str!("messages/cli-zh-CN.ftl"), include_str!("messages/cli-en.ftl"));
        // The English help of commands and options stands beside them in the program.
        let mut chinese = sentences(cli.0);
        let english = sentences(cli.1);
        let is_help = |it: &String| it.starts_with("command-") || it.starts_with("option-");
        chinese.retain(|name, _| english.contains_key(name) || !is_help(name));
        assert_eq!(chinese, english);
        for source in [ZH_CN, EN, cli.0, cli.1] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_code_is_told_with_its_own_arguments() {
        let sentences = sentences(ZH_CN);
        let documented = documented();
        for code in Code::ALL {
            assert!(sentences.contains_key(code.name()), "{}", code.name());
            let about = sentences.get(&format!("{}.about", code.name()));
            assert_eq!(about, Some(&BTreeSet::new()), "{}", code.name());
        }
        for (name, used) in sentences {
            let Some(known) = documented.get(name.split('.').next().unwrap()) else { continue };
            let unknown: Vec<_> = used.iter().filter(|it| !known.contains(*it)).collect();
            assert!(unknown.is_empty(), "{name} uses {unknown:?}");
        }
    }

    #[test]
    fn sentences_are_single_lines_without_a_full_stop() {
        let documented = documented();
        for (language, source) in [(Language::ZhCn, ZH_CN), (Language::En, EN)] {
            let messages = Messages::new(language);
            for name in sentences(source).keys() {
                let (id, attribute) =
                    name.split_once('.').map_or((&**name, None), |(id, it)| (id, Some(it)));
                let Some(args) = documented.get(id) else { continue };
                let args = args.iter().map(|arg| (arg.as_str(), "x")).collect();
                let text = messages.format(id, attribute, &args);
                assert!(!text.ends_with(['。', '.']) && !text.contains(['\n', '{', '$']), "{text}");
            }
        }
    }

    #[test]
    fn every_type_has_a_name_and_a_form() {
        let types = [
            "text", "markdown", "integer", "count", "decimal", "percent", "money", "boolean",
            "date", "month", "year", "period", "time", "choice", "person", "phone", "email", "url",
            "image", "place", "address", "list", "mapping",
        ];
        let messages = Messages::new(Language::ZhCn);
        for name in types {
            let text = messages.text("type-name", &[("type", name.into())]);
            assert!(!text.contains(name), "{text}");
        }
        assert_eq!(
            messages.text("type-form", &[("type", "time".into())]),
            "写成 9:00、9点半 或 下午3点"
        );
    }

    #[test]
    fn what_is_missing_stands_for_itself() {
        let messages = Messages::new(Language::En);
        assert_eq!(messages.text("no-such-id", &[]), "no-such-id");
        let diagnostic = Diagnostic::error(Code::Tab, Location::file(SitePath::new("a")));
        assert_eq!(messages.help(&diagnostic), None);
        assert_eq!(messages.help(&diagnostic.help("none")).as_deref(), Some("tab.none"));
    }

    #[test]
    fn numbers_are_written_plainly() {
        let args = [("pages", 1200.into()), ("errors", 1.into()), ("warnings", 0.into())];
        let text = Messages::new(Language::ZhCn).text("checked", &args);
        assert_eq!(text, "检查了 1200 个页面：1 个错误，0 个警告");
    }

    #[test]
    fn one_thing_is_no_plural() {
        let english = Messages::new(Language::En);
        let said = |id, args: &[(&str, &str)]| {
            let args: Vec<_> = args.iter().map(|(name, it)| (*name, (*it).into())).collect();
            english.text(id, &args)
        };
        assert_eq!(
            said("not-built", &[("errors", "1")]),
            "the content has 1 error; the site was not changed"
        );
        assert_eq!(
            said("not-built", &[("errors", "2")]),
            "the content has 2 errors; the site was not changed"
        );
        assert_eq!(
            said("checked", &[("pages", "1"), ("errors", "0"), ("warnings", "1")]),
            "checked 1 page: 0 errors, 1 warning"
        );
        assert_eq!(said("made", &[("folder", "007")]), "made 007: go there and run linli build");
    }

    /// A plural word right after a number that no plural was chosen for.
    #[test]
    fn counts_choose_the_plural() {
        let fixed = ["limit", "columns", "rendered", "then", "milliseconds", "seconds"];
        for line in [EN, include_str!("messages/cli-en.ftl")].iter().flat_map(|it| it.lines()) {
            for part in line.split("{ $").skip(1).filter(|_| !line.contains("*[other]")) {
                let Some((name, rest)) = part.split_once(" } ") else { continue };
                let word = rest.split([' ', ';', ':', ',']).next().unwrap_or_default();
                let is_plural = word.ends_with('s') && !["is", "was", "has"].contains(&word);
                assert!(!is_plural || fixed.contains(&name), "{line}");
            }
        }
    }

    #[test]
    fn arguments_are_short_and_fit_one_line() {
        let diagnostic = Diagnostic::error(Code::UnknownPlace, Location::file(SitePath::new("a")))
            .arg("value", format!("\x1b一\n{}", "长".repeat(1000)));
        let message = Messages::new(Language::En).message(&diagnostic);
        assert!(message.starts_with("there is no place called `\u{241b}一 长"), "{message}");
        assert!(message.ends_with("长…`") && message.chars().count() < 300, "{message}");
    }

    #[test]
    fn arguments_may_differ_by_language() {
        let labels = |tag: &str| if tag == "en" { "Date" } else { "日期" }.to_owned();
        let diagnostic = Diagnostic::error(Code::MissingField, Location::file(SitePath::new("a")))
            .arg_by_language("label", labels);
        let message = |language| Messages::new(language).message(&diagnostic);
        assert!(message(Language::En).contains("`Date`"), "{}", message(Language::En));
        assert!(message(Language::ZhCn).contains("“日期”"), "{}", message(Language::ZhCn));
    }

    #[test]
    fn threads_can_share_them() {
        fn is_shared<T: Send + Sync>() {}
        is_shared::<Messages>();
    }
}
