//! Figures as templates see them: from tallies to words and numbers.
//!
//! A template gets each figure ready to print. What the tally holds decides which keys are filled:
//!
//! | measure | tally | `value` | further |
//! | --- | --- | --- | --- |
//! | `count`, `sum`, `distinct` | 12 | `12` | |
//! | `mean`, `median`, `share` | 33.333333 | `33.3` | a share without unit gets `%` |
//! | `latest` | the sample of 2026-03 | `95.2` | `period` is `2026-03` |
//! | `change` | samples of 2025-01 and 2026-03 | `95.2` | `first` is `90`, with its period |
//! | `next` | 2026-03-09 08:00 at a place | `2026-03-09 08:00` | `place` is a link |
//! | `streak` | 14 months, up to 2026-02 | `14` | `period` is `2026-02` |
//! | any | a hidden count under 5 | `少于 5` | `hidden` |
//! | any | withheld | `不单列` | `hidden` |
//!
//! An empty tally gives an empty value where no number can be said (the mean of nothing), and `0`
//! for counts and sums. Nothing is added up here: `figures/` has done that.

use jiff::civil::Date;
use tera::Value;

use crate::{
    artifact::page::PageBuilder,
    figures::{Measured, Tallies, Tally, joined},
    render::context::{Figure, Figures},
    schema::{
        self, CollectionId, Decimal, FieldType, Moment, PlaceId, display,
        figure::{Every, Figure as Declared, Measure, Operand},
    },
    text,
};

impl PageBuilder<'_, '_> {
    /// The figures of a collection's records at a place itself. Empty if it has none.
    pub(in crate::artifact) fn own_figures(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> Figures {
        self.figures(collection, self.view.own(place, collection))
    }

    /// The figures of a collection over a place and all places in it. Empty if there are no
    /// records.
    pub(in crate::artifact) fn total_figures(
        &self,
        place: PlaceId,
        collection: CollectionId,
    ) -> Figures {
        self.figures(collection, self.view.total(place, collection))
    }

    /// Tallies stand in the order of the declared figures, so the two are paired by position.
    /// Templates find a figure in the list and by its name; both are the same value.
    fn figures(&self, collection: CollectionId, tallies: Option<&Tallies>) -> Figures {
        let declared = &self.view.collection(collection).figures;
        let shown = |(figure, tally): (&Declared, &Tally)| self.figure(collection, figure, tally);
        let mut figures = Figures::default();
        for figure in declared.iter().zip(tallies.into_iter().flatten()).map(shown) {
            let name = figure.name.clone();
            let value = Value::from(figure);
            figures.list.push(value.clone());
            figures.by_name.insert(name, value);
        }
        figures
    }

    /// One figure. With `by` it has no value of its own but a group for each value of that field,
    /// in the order of the values; a group's label is that value as readers see it.
    fn figure(&self, collection: CollectionId, declared: &Declared, tally: &Tally) -> Figure {
        let language = self.view.language();
        let fields = &self.view.collection(collection).fields;
        let named = |field: Option<usize>| field.map_or("", |it| fields[it].name).to_owned();
        let mut figure = Figure {
            name: declared.name.clone(),
            label: declared.label.get(language).to_owned(),
            measure: name(&declared.measure),
            value: String::new(),
            hidden: false,
            note: String::new(),
            unit: declared.unit.get(language).to_owned(),
            unit_field: named(declared.unit_of),
            by_field: named(declared.by),
            first: String::new(),
            period: String::new(),
            first_period: String::new(),
            place: None,
            groups: Vec::new(),
        };
        if figure.measure == "share" && figure.unit.is_empty() {
            figure.unit.push('%');
        }
        match tally {
            Tally::One(measured) => self.fill(&mut figure, collection, declared, measured),
            // It is an error of the build.
            Tally::TooMany => {}
            Tally::Groups(groups) => {
                let said = |field: Option<usize>, value: &schema::Value| {
                    field.map(|it| display::plain(value, &fields[it], language)).unwrap_or_default()
                };
                let empty = figure.clone();
                for (group, measured) in &joined(groups) {
                    let mut one =
                        Figure { label: said(declared.by, &group.value), ..empty.clone() };
                    let unit = said(declared.unit_of, &group.unit);
                    if !unit.is_empty() {
                        one.unit = unit;
                    }
                    self.fill(&mut one, collection, declared, measured);
                    figure.groups.push(one);
                }
            }
        }
        figure
    }

    /// Fills in the value and all that explains it.
    ///
    /// Averages are rounded to one decimal place, samples to two, since more would pretend to be
    /// precise; sums keep all six that a [`Decimal`] has. Rounding is half away from zero, and
    /// trailing zeros are left out. A sum that is withheld has no number at all, so the words stand
    /// alone.
    fn fill(
        &self,
        figure: &mut Figure,
        collection: CollectionId,
        declared: &Declared,
        measured: &Measured,
    ) {
        let language = self.view.language();
        let places = match declared.measure {
            Measure::Mean(_)
            | Measure::Share { .. }
            | Measure::Fraction(_)
            | Measure::Median(_) => 1,
            Measure::Latest(_) | Measure::Change(_) => 2,
            _ => 6,
        };
        figure.value = written(measured.number(), places);
        match (measured, &declared.measure) {
            // Without any number that is shown there is no sum of them.
            (Measured::Sum(Decimal::ZERO, 1..) | Measured::Withheld, _) => {
                figure.hidden = true;
                text::withheld(language).clone_into(&mut figure.value);
            }
            (Measured::Sum(_, count @ 1..), Measure::Sum(of)) => {
                figure.note = text::left_out(*count, self.below(collection, of), language);
            }
            (Measured::Span(Some((first, last))), measure) => {
                figure.period = self.period(collection, last.moment);
                if matches!(measure, Measure::Change(_)) {
                    figure.first = written(Some(first.number), places);
                    figure.first_period = self.period(collection, first.moment);
                }
            }
            (Measured::Next(Some((moment, place))), _) => {
                let time = moment.starts.map(|time| format!(" {}", time.written(language)));
                figure.value = format!("{}{}", moment.date, time.unwrap_or_default());
                figure.place = Some(self.place_link(self.view.named_place(*place)));
            }
            (Measured::Streak(..), Measure::Streak(every, _)) => {
                figure.period =
                    measured.last_period().map(|number| period(*every, number)).unwrap_or_default();
            }
            _ => {}
        }
    }

    /// The number below which counts are hidden, if those alone are left out of the sum of such
    /// numbers: it may be a sum of totals that are not shown, too, whatever they are.
    fn below(&self, collection: CollectionId, summed: &Operand) -> Option<u16> {
        let collection = self.view.collection(collection);
        let made = |field: usize| !collection.fields[field].made_of.is_empty();
        let rule = collection.publication.suppress.as_ref()?;
        (!summed.fields().into_iter().any(made)).then_some(rule.below)
    }

    /// The first day of a moment, as precise as its field is. A field of months gives `2026-03`,
    /// one of years `2026`. A field of periods takes either, and a period that is a whole year is
    /// written as one. All else is a day, `2026-03-05`.
    fn period(&self, collection: CollectionId, moment: Moment) -> String {
        let collection = self.view.collection(collection);
        let kind = collection.dating.as_ref().map(|dating| collection.fields[dating.date].kind);
        let whole = moment.date.first_of_year() == moment.date;
        let year = whole && moment.until == Some(moment.date.last_of_year());
        match kind {
            Some(FieldType::Period) if year => moment.date.year().to_string(),
            Some(FieldType::Year) => moment.date.year().to_string(),
            Some(FieldType::Month | FieldType::Period) => moment.date.strftime("%Y-%m").to_string(),
            _ => moment.date.to_string(),
        }
    }
}

/// A number to so many decimal places; empty if there is none.
fn written(number: Option<Decimal>, places: u32) -> String {
    number.map(|it| it.round(places).to_string()).unwrap_or_default()
}

/// The period of a streak that has that number, by its beginning: `2026-11` for a month, the Monday
/// for a week. It is the inverse of [`Every::period`]. A number beyond the calendar gives an empty
/// text.
fn period(every: Every, number: i32) -> String {
    match every {
        Every::Year => number.to_string(),
        Every::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
        Every::Day | Every::Week => {
            let days = if every == Every::Day { number } else { number * 7 - 5 };
            let day = Date::ZERO.checked_add(jiff::Span::new().days(days));
            day.map(|it| it.to_string()).unwrap_or_default()
        }
    }
}

/// What templates call a measure. Both forms of a share are one to them.
fn name(measure: &Measure) -> &'static str {
    match measure {
        Measure::Count(_) => "count",
        Measure::Sum(_) => "sum",
        Measure::Mean(_) => "mean",
        Measure::Median(_) => "median",
        Measure::Share { .. } | Measure::Fraction(_) => "share",
        Measure::Distinct(_) => "distinct",
        Measure::Latest(_) => "latest",
        Measure::Change(_) => "change",
        Measure::Next => "next",
        Measure::Streak(..) => "streak",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_named_by_their_beginning() {
        let day = Date::constant(2026, 11, 25);
        for (every, expected) in [
            (Every::Day, "2026-11-25"),
            (Every::Week, "2026-11-23"),
            (Every::Month, "2026-11"),
            (Every::Year, "2026"),
        ] {
            assert_eq!(period(every, every.period(day)), expected);
        }
    }
}
