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
sections = Public information
you-are-here = You are here
parts = Pages
parts-again = Pages, again
parts-between = Pages in between
parts-below = Other years and pages
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
day-empty = Nothing is recorded for this day: no notice such as of water or power that is off, and no events.
day-empty-short = No notice of water or power off
day-as-above = See above
day-more = More on this day, on the pages of the places: { $count }
objection-last = Last day to object
urgent-notices = Urgent
urgent-call = Call
notices-above = Notices of the places above
urgent-close = Close
mine-is = { "My community: " }
mine-choose = Make this my community
mine-choose-whole = Make { $name } my community
mine-wide = What follows is of all of { $place }.
calendar-link = The whole month
calendar-title = Calendar of { $place }
calendar-lead = What is ahead at { $place }. Marked days lead to what happens on them; what is struck is cancelled.
calendar-further = Not all that happens later is listed: see the pages of the lists.
calendar-area = What communities plan for themselves is not in this calendar: choose yours below.
calendar-places = The calendars of the places within, on their pages
day-count = { $day }: { $count }
weekday-short = { $day ->
    [1] Mo
    [2] Tu
    [3] We
    [4] Th
    [5] Fr
    [6] Sa
   *[7] Su
}
others = More
menu = Main menu
menu-place = My community
menu-call = Whom to call
menu-when = When
menu-notices = Notices
menu-data = Data
large-print = Large print
large-print-means = large letters, strong contrast, one column
read-aloud = Read this page aloud
read-aloud-end = Stop reading
printed-on = Printed on
tasks = What most people come for
task-place = My community
task-call = Whom to call
task-when = When: { $list }
task-notices = Latest notices
choose-place = Choose your street or community
kept-up = Kept up without a gap
by-street = Streets and communities in figures
places-in = Places in { $place }
about = About { $place }
generated = AI-generated
photo-of = Photo of { $name }
this-place = Here only
all-places = Numbers and lists below are of { $place } and all places within; “Here only” leads to its own.

## Notices
notices = Notices
all-notices = All notices
all-notices-here = With those of all places within.
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
of-place = {" "}({ $place })
more-pages = { $count ->
    [one] One more is linked from the page of its place.
   *[other] { $count } more are linked from the pages of their places.
}
newest = Latest update
correct = Tell us what is wrong here
correct-call = Something wrong here? Call
mark-public = Mark of a public body’s site
mark-mistakes = Report mistakes on public sites
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
not-public = not public
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
state-cancelled = Cancelled
cancelled-short = off
cancelled-many = { $count } cancelled
figures-all = Figures that do not say “this year” are of all { $count } records
years = { $from } to { $to }

## Data
data = Data
data-of = Data of { $place }
data-source = Download the data, see where the figures come from
data-source-of = : { $title }
data-about = The records that this site publishes, to download as a whole. The files have only what is published.
data-open = CSV opens in any spreadsheet; JSON is for programs.
data-here = Records of { $place } itself: { $count }
data-all = Records of { $place } and the places in it: { $count }
data-days = { $from } to { $to }
data-preview = A preview has no files with all records. Run linli build, and they are here.
data-explained = What the columns mean, how the figures are made
data-explained-of = { $title }: what the columns mean, how the figures are made
data-all-places = Places:
data-column-names = Columns:{" "}
data-columns = What the columns mean
data-column = Column
data-meaning = Meaning
data-kind = Content
data-type = { $type ->
    [integer] whole number
    [count] whole number
    [decimal] number
    [percent] percentage: 95 is 95%
    [money] amount of money
    [boolean] true or false
    [date] date
    [month] month
    [year] year
    [period] month or year
    [time] hours:minutes; 25:30 is 1:30 of the next day
    [datetime] date, or date and time
    [choice] one of a list
    [person] name
    [phone] telephone
    [email] e-mail
    [url] address
    [image] address of a picture
    [place] path of a place
    [reference] title of another record
    [address] postal address
   *[other] text
}
data-unit = Unit: { $unit }
data-several = Several values have a semicolon (;) between.
data-masked = { $type ->
    [person] Shown in part, such as “W. M.” or a surname.
    [phone] Digits in the middle are masked.
    [email] Masked before “@”.
    [address] Without building, door and flat.
    [image] Whoever is not named in full has no picture.
   *[other] Without what is personal.
}
data-hidden = <{ $below } stands for a number below { $below }, which is not published; … for one from which such a number could be inferred. An empty cell was not filled in.
data-formula = In CSV, an apostrophe (') stands before text that begins with = + - @, so that no spreadsheet takes it for a formula. JSON has none.
data-xlsx = XLSX is for spreadsheets, with telephone numbers as text; a cell has at most 32,000 characters, longer texts are in CSV.
data-figures = How the figures are made
data-clause = {" "}
data-made = { $measure ->
    [count] The number of records.
    [count-of] How many “{ $of }” there are.
    [sum] The sum of “{ $of }”.
    [mean] The mean of “{ $of }”.
    [median] The median of “{ $of }”.
    [share] { $of }, each summed first.
    [fraction] The share of records that meet the conditions.
    [distinct] How many different “{ $of }” there are.
    [latest] “{ $of }” of the latest record.
    [change] “{ $of }” of the first and the latest record.
    [next] The next one.
    [streak] How many { $of ->
        [day] days
        [week] weeks
        [month] months
       *[year] years
    } in a row, up to the latest record, meet the conditions.
   *[other] { $of }
}
data-held = Conditions: { $conditions }.
data-filter = Only records with: { $conditions }.
data-by = For each “{ $by }”.
data-when = { $when ->
    [this-year] Only those of the current year.
    [past] Before today only.
    [upcoming] From today on only.
    [current] Current ones only.
   *[other] All records.
}
data-condition = { $test ->
    [present] “{ $field }” given
    [absent] “{ $field }” not given
    [yes] “{ $field }”
    [no] not “{ $field }”
    [is] “{ $field }” is “{ $value }”
    [before] “{ $field }” before { $value }
    [until] “{ $field }” not after { $value }
   *[after] “{ $field }” after { $value }
}
data-today = today
data-use = How to use it
data-licence = Licence:
data-licence-title = { $licence ->
    [CC0-1-0] Creative Commons Zero 1.0 Universal
    [CC-BY-SA-4-0] Creative Commons Attribution-ShareAlike 4.0 International
    [CC-BY-NC-4-0] Creative Commons Attribution-NonCommercial 4.0 International
    [ODC-BY-1-0] Open Data Commons Attribution License 1.0
    [PDDL-1-0] Open Data Commons Public Domain Dedication and License 1.0
   *[CC-BY-4-0] Creative Commons Attribution 4.0 International
}
data-licence-means = { $licence ->
    [CC0-1-0] Free to use.{" "}
    [CC-BY-4-0] Free to use and adapt, also commercially; name the source.{" "}
    [CC-BY-SA-4-0] Free to use and adapt; name the source, and share under the same terms.{" "}
    [CC-BY-NC-4-0] To use and adapt, not commercially; name the source.{" "}
    [ODC-BY-1-0] Free to use and adapt, also commercially; name the source.{" "}
    [PDDL-1-0] Free to use.{" "}
   *[other] {""}
}
data-no-licence = None is stated. Name the source where you reuse the data; ask the organiser about other uses.
data-stable = Addresses stay. Columns keep their order; new ones come last. This page:
data-package = Description for programs (Data Package):
data-example = In Python, for example:

## Objections
objection-open = Open to objections
objection-early = Not yet open to objections
objection-over = Closed to objections
objection-until = Last day to object:
objection-from = Days to object:
objection-between = {" "}to{" "}
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
in-a-row-before = { "" }
in-a-row = { $unit } in a row
over-whole = more than all on record
chart-top = Highest { $value } { $unit }, { $day }
chart-description = { $from } to { $to }, { $count } numbers. The table below gives the numbers.
month-by-month = Month by month
in-numbers = In numbers
key-zero = all at zero
key-some = how many are not zero
key-few = fewer than { $below }
key-none = not recorded
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
part-page = Page { $number }
part-year-latest = { $year }, latest
part-year-page = { $year }, page { $number }
subtree-place = { $place } with all places below
place-description = Notices, what comes next, telephone numbers and public records of { $place }.
not-found-title = There is no such page

## Search
search = Search
search-go = Search
search-pages = Search and pinyin index
search-by-pinyin = All pages by pinyin
search-letter = Titles under { $letter }
search-titles = Notices and others
search-loading = Searching …
search-found = Results: { $count }
search-many = Results: { $count }, { $shown } listed
search-none = Nothing was found. Try other or fewer words, look through the pages by pinyin, or call us.
search-short = Please write at least two characters.
search-empty = Please write what you look for in the field first, then press “Search”.
# Followed by the number of results.
search-partial = Nothing has { $words }. These have only { $found }.
search-list = List
# Followed by a day and a time.
search-next = Next: { "" }
# Followed by a day.
search-latest = Latest: { "" }
search-failed = The search does not answer. Try again later, or look through the pages by pinyin.
search-further = Show more
search-without-script = This browser cannot search. Look through the pages by pinyin.
## Subscribing
subscribe-title = Subscribe to the calendar and notices of { $place }
subscribe-link = Subscribe to calendar and notices
subscribe-calendar = Put it into my calendar
subscribe-nearest = Choose where you live, and put it into your calendar
subscribe-choose = Choose where you live
subscribe-narrow = Each community has a calendar of its own, with what happens there and what the street and district hold for everybody. Choose where you live first.
subscribe-lead = Have what happens at { $place } in the calendar of your phone: when, where, and whom to call. What the street and district hold for everybody is in it, too.
calendars = Calendar
calendar-of = Calendar: { $title }
calendar-alone = Calendar: { $title } alone, without the places below
subscribe = Subscribe
download = Download the file
download-coming = Events to come: { $count }
download-nothing = Nothing is planned now, so there is no file to download. A subscribed calendar shows what is new by itself.
subscribe-address = Address:
subscribe-delay = When a time changes, a subscribed calendar follows, mostly within a day. For what is moved or cancelled at short notice look at the notices here; if it is urgent, please call.
subscribe-how = How to
phone-apple = iPhone:
how-apple = Tap “Subscribe”, and “Subscribe” once more.
phone-android = Huawei, Honor, Xiaomi, OPPO, vivo and others:
how-android = Most of their calendars import files but do not subscribe. Tap “Download the file”, open it with the calendar and import it. It has what is to come. What was imported does not change by itself: download it again from time to time.
in-wechat = If you read this in WeChat:
how-wechat = First tap “…” at the top right and open the page in the browser.
on-computer = Computers and other calendars:
how-computer = Choose “add a calendar from an address” and give the address above; one tap or click selects all of it.
subscribe-code = QR code
how-code = Point the camera of a phone at it to open this page there. It may be printed for the stairwell.
feeds = Feeds
feeds-lead = If you use a feed reader, give it one of these addresses, and it shows what is new.
feed-of = What is new: { $title }
feed-json = For programs (JSON):{" "}
place-alone = { $place } alone
subscribe-within = The same for the places in { $place }

## What the site states
privacy-title = How personal data is published
privacy-lead = This site publishes the public information of neighbourhoods, some of which is about persons. This page says what is published, how far, on which basis, and how to have it corrected or taken down.
privacy-lists = What is published of persons
privacy-none = The lists of this site have no personal data.
privacy-list = List
privacy-how = How far
privacy-basis = Basis
privacy-until = Until
privacy-field = { $rule ->
    [full] { $field }: in full
    [each] { $field }: in full where there is a basis, else in part
    [masked] { $field }: in part
    [surname] { $field }: the surname only
   *[work] { $field }: that of an office, in full
}
privacy-basis-kind = { $basis ->
    [statutory] the law
    [office] duties of an office
   *[each] stated with each record, such as consent
}
privacy-ends = taken down on a set day
privacy-stays = until the day that a record states, if any
privacy-never = What is never published
privacy-never-text = Identity and bank card numbers, and fields for internal use, are in no page, download, calendar or search. Small counts are not shown, so that nobody is recognised by them.
privacy-visit = When you visit
privacy-visit-text = This site sets no cookies, counts no visitors, and asks no other site for anything. What you choose here stays on your own device.
privacy-rights = Corrections and withdrawal
privacy-rights-text = If something about you is wrong, or you no longer want it published, tell us. Once it is taken down, your name is in no page, download, calendar or search.
accessibility-title = Accessibility statement
accessibility-lead = This site is meant for everybody: for who sees or hears little, whose hands do not serve, and who has an old phone and a slow network.
accessibility-done = What we do
accessibility-standard = The pages aim at level AA of WCAG 2.2, and at what GB/T 37668—2019 demands.
accessibility-letters = Letters can be twice as large without pages getting wider than the screen; contrast is sufficient, and nothing is said by colour alone.
accessibility-keys = Each link and button is within reach of the keyboard; there are no puzzles and no time limits.
accessibility-reader = Headings, tables and forms have names for screen readers; charts have tables beside them; telephone numbers can be dialled.
accessibility-light = Everything is there without scripts, and pages are small.
accessibility-limits = What is lacking
accessibility-limits-text = Attached documents, tables and scans are made by the offices, and screen readers cannot read all of them; for words in pictures see the text beside them. Call us if you need another form.
accessibility-tell = If something does not work
accessibility-tell-text = Tell us on which page, and with which phone or program.
site-map-title = Site map
map-lists = All lists
map-others = More
## Lists
so-many = { $count }
so-many-more = and { $count } more
planned-many = { $count }
later = Later
further = More
without-date = Without a date
weeks = Days with something planned
week-days = Mon Tue Wed Thu Fri Sat Sun
# What is taken away from the names of dates for the name of a step
step-of = { "" }date
step-done = { $step }
step-open = Not yet: { $step }
days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
days-today = due today
days-over = { $days ->
    [one] { $days } day overdue
   *[other] { $days } days overdue
}
ask-about = Ask about it
exceptions = Months not at zero
no-exceptions = All counts at zero from { $from } to { $to }.
zero-since = At zero in a row
chart-from = The axis begins at { $value } { $unit }, not at zero.
find-by = Find by { $what }
find-here = Which building are you in? It tells whom to call
find-many = { $count }
find-type = Number or name
find-found = { $count } found
find-none = None here. Try another way of writing it, or call us.

## Short texts to send on
paste = Short texts to send or read out
paste-brief = Send on
paste-copy = Copy
paste-copied = Copied
paste-how = A touch marks all of a text; then copy it.
paste-group = Group chat
paste-message = Text message
paste-loud = Loudspeaker
paste-short = [{ $place }] { $title }.{" "}
paste-when = When: { $when }.{" "}
paste-at = , at { $venue }
paste-call = Call { $phone }.{" "}
paste-more = More: { $url }
paste-spoken = To all residents of { $place }: { $title }.{" "}
paste-again = Once more: { $title }.{" "}
