# Words of the default theme

## Dates
format-date =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
        *[12] December
    } { $year }
format-date-short =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
        *[12] December
    }
format-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
        *[12] December
    } { $year }
format-year = { $year }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

## Every page
skip-to-content = Skip to the content
sections = Sections
you-are-here = You are here
parts = Pages
parts-again = Pages, again
parts-between = Pages in between
help = Whom to ask
help-phone = Enquiries
organiser = Published by { $name }
site-code = Site code { $code }

## Places
place = Place
places = Find a place
office-phone = Office
hours = Office hours
coming = Coming up
others = More
places-in = Places in { $place }
about = About { $place }
photo-of = Photo of { $name }
this-place = Here only
all-places = With all places below

## Notices
notices = Notices
all-notices = All notices
pinned = Pinned
posted-on = Posted
urgent = Urgent
happens = When
corrected = Corrected
source = Source: { $name }
tags = Tags
posted-until = until { $day }
until = Until
contents = On this page
pages = Pages
pages-of = Pages of { $place }
updated = Updated
other-notices = Next and previous notice
newer = Next
older = Previous
notices-here = Notices of { $place } only
notices-below = Notices of { $place } and all places below

## Records
figures = Key figures
latest = Latest
past-of = { $title }: past
by-place = By place
by-place-of = { $title } by place
more-at-places = More records are on the pages of each place.
no-records = Nothing recorded yet.
cadence = Updated { $on ->
    [monday] every Monday
    [tuesday] every Tuesday
    [wednesday] every Wednesday
    [thursday] every Thursday
    [friday] every Friday
    [saturday] every Saturday
    [sunday] every Sunday
   *[other] { $every ->
        [daily] daily
        [weekly] weekly
        [monthly] monthly
        [quarterly] every quarter
       *[yearly] yearly
    }
}.
behind = The latest entry is of { $day }; there has been none since.
no-data = No data yet
none-planned = Nothing planned
not-given = not given
list-comma = {", "}
yes = yes
no = no
today = Today
money-unit = yuan
in-unit = {" "}({ $unit })
referred-by = Related records ({ $count })
referred-more = More: { $title }
back-to = Back to { $title }
state-open = Open
state-overdue = Overdue
state-closed = Resolved

## Objections
objection-open = Open to objections
objection-early = Not yet open to objections
objection-over = Closed to objections
objection-until = Last day to object:
objection-from = First day to object:
objection-ends = Last day to object:
objection-ended = Objections were possible until
objection-to = until { $day }
objection-how = Tell us what is wrong and why, on the telephone or at our office.
objection-call = Objections
last-weekday = {" "}({ $weekday })

## Figures and charts
as-of = as of { $day }
from-to = { $from } to { $to }
changed-to = became
in-a-row = { $unit } in a row
chart-top = Highest { $value } { $unit }, { $day }
chart-description = { $from } to { $to }, { $count } bars. The table below gives the numbers.
month-by-month = Month by month
in-numbers = In numbers
key-zero = zero
key-some = not zero
key-few = fewer than { $below }
key-none = not recorded
streak-of = zero for { $value } { $unit }
amount = { $value } { $unit }
few = not shown
aside = {" "}({ $note })
few-note = Numbers below { $below } are not shown, and sums leave them out, to protect personal data.
draft = Draft
leaves-site = {" "}(another website)
masked-note = Names are shown in part, to protect personal data.

## Not found
not-found-help = The address may be mistyped, or the page was taken down on its last day. Start again from the front page, or call the number at the foot of this page.
to-home = To the front page

record-of = { $title } in full
all-of = All of { $title }
all-places-of = { $title }: all places below
current = In office
former = Former
records = List
strip-description = { $label }, month by month. The table below gives the numbers.

## Titles of pages
list-title = { $list } · { $place }
list-part-title = { $list } ({ $part }) · { $place }
latest-part = Latest
subtree-place = { $place } with all places below
place-description = Notices, what comes next, telephone numbers and public records of { $place }.
not-found-title = There is no such page
