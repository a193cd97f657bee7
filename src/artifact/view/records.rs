//! What an artifact sees of the records that its records refer to, and of those that refer to them.

use crate::{
    artifact::{
        ContentLink, LinkTarget, Read, View,
        reference::{RecordLink, RecordReferrers},
    },
    schema::{Collection, Place, Value, display, reference::key_of, role::Role},
};

impl<'a> View<'a> {
    /// The posted record of a collection that a place means by these words.
    pub(in crate::artifact) fn referred(
        &self,
        from: &Place,
        to: &str,
        words: &str,
    ) -> Option<RecordLink<'a>> {
        self.declared(Read::Routes);
        let key = key_of(words);
        let found = self.routes().referred(&from.folder, to, key, self.clock());
        let target = LinkTarget::Record(from.folder.clone(), to.to_owned(), key);
        self.note_link(ContentLink::to_record(target, found.as_ref()));
        found
    }

    /// The posted records that refer to the one of a place and collection which is named by these
    /// words.
    pub(in crate::artifact) fn referrers(
        &self,
        place: &Place,
        of: &str,
        words: &str,
    ) -> RecordReferrers<'a> {
        self.declared(Read::Routes);
        let key = key_of(words);
        let found = self.routes().referrers(&place.folder, of, key, self.clock());
        let target = LinkTarget::Referrers(place.folder.clone(), of.to_owned(), key);
        self.note_link(ContentLink::to_referrers(target, &found));
        found
    }

    /// What a record with that title is called; by its collection's title if it has none.
    pub(in crate::artifact) fn title_of(&self, declared: &Collection, title: &Value) -> String {
        let language = self.language();
        let shown = declared.roles.get(Role::Title).map(|index| match title {
            Value::Place(place) => self.named_place(*place).name.clone(),
            value => display::plain(value, &declared.fields[index], language),
        });
        let given = shown.filter(|it| !it.is_empty());
        given.unwrap_or_else(|| declared.title.get(language).to_owned())
    }

    /// Records of that collection may be named by others.
    pub(in crate::artifact) fn is_referred(&self, collection: &str) -> bool {
        let collections = self.sources.portal.collections();
        collections.find(collection).is_some_and(|id| collections.is_referred(id))
    }

    fn note_link(&self, link: ContentLink) {
        self.notes.borrow_mut().links.push(link);
    }
}
