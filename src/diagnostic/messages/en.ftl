### Sentences for the staff of a neighbourhood office: one line each, lower case, no full stop, their
### words, then exactly what to type.
###
### A message has the name of its code. `.about` is its title as a rule; the others are helps, or
### labels of related places. The words: site, place, section, collection, record, notice; a record
### is made of fields, each with a name before the colon and a value after it.

## Names of types and shapes

type-name = { $type ->
    [group] group
    [cadence] how often it is updated
    [text] text
    [markdown] an article
    [integer] a whole number
    [count] a count
    [decimal] a number
    [percent] a percentage
    [money] an amount of money
    [boolean] yes or no
    [date] a date
    [month] a month
    [year] a year
    [period] a year or a month
    [time] a time
    [datetime] a date or moment
    [happening] a day, days, or hours of a day
    [id-number] an identity card number
    [term] a term
    [threshold] a whole number from 3 to 1000
    [total-parts] the parts of a total: two fields or more, without itself
    [share-parts] two fields, the part and the whole
    [larger-number] another number, which it does not exceed
    [choice] one of the choices
    [person] a person's name
    [phone] a phone number
    [email] an e-mail address
    [url] a web address
    [image] an image
    [place] a place
    [reference] a record of another collection
    [address] an address
    [list] a list
    [mapping] a group of fields
    [paging] `year` or the number of records on a page
    [downloads] `true`, `false` or `xlsx`
   *[other] { $type }
}
type-form = { $type ->
    [cadence] write it like `monthly` or `weekly on monday`, with one of `daily`, `weekly`, `monthly`, `quarterly`, `yearly`
    [integer] write a number without a fraction, such as `120`
    [count] write a whole number without a unit, such as `120`
    [decimal] write a number without a unit, such as `3.5`
    [percent] write `95` or `95%`
    [money] write a number without a unit, such as `1200.50`
    [boolean] write `是` for yes or `否` for no
    [date] write `2026-03-05`, `2026/3/5` or `2026年3月5日`
    [month] write `2026-03`
    [year] write four digits, such as `2026`
    [period] write `2026` or `2026-03`
    [time] write `9:00`, `9点半` or `下午3点`
    [datetime] write `2026-03-05` or `2026-03-05 08:00`
    [happening] write `2026-11-28`, `2026-11-28 to 2026-11-30`, or `2026-11-28 8:00—16:00`
    [id-number] write all 18 characters (the last may be X), and check them
    [threshold] write a whole number from 3 to 1000; counts below it, zero apart, are not shown
    [total-parts] write the names of the fields that add up to it, such as `[day, night]`
    [larger-number] write the name of the number that it does not exceed, such as `found`
    [share-parts] write the name of the part, then that of the whole, such as `[settled, accepted]`
    [term] write it like `1 year after date` or `15 working days after from`, where `from` is the day it is posted
    [choice] write one of the choices, exactly as it is given
    [person] write the name alone, such as `王秀兰`
    [phone] write `0431-8255-0001` or `13800000000`
    [email] write it like `yixin@example.cn`
    [url] write the whole address, beginning with `https://` or `http://`
    [image] write the name of the image file, such as `photo.jpg`
    [place] write the folder of the place, such as `kaixuan/yixin`
    [reference] write the number or name of that record as it is
    [address] write it on one line, such as `凯旋街道 12 号`
    [list] write each value on a line of its own, beginning with `- `
    [mapping] write one `name: value` on each line
    [downloads] write `false` for no files to download, or `xlsx` for workbooks beside CSV and JSON; leave the line out for CSV and JSON alone
    [paging] write `year` for a page each year, or how many records a page has, such as `50`
   *[other] write text right after the colon
}
personal-kind = { $kind ->
    [id-number] the number of an identity card
    [bank-card] the number of a bank card
    [phone] a mobile number
    [plate] a number plate
    [address] a home address
   *[email] an e-mail address
}
office-mobile = { $kind ->
    [phone] an office's own may be used once it is the phone of a place or in a directory's work field;{" "}
   *[other] {""}
}
types-wanted = { $wanted ->
    [number] integer, count, decimal, percent, money
    [date] date, month, year, period
    [time] time
    [title] text, choice, person, place, address, dates and numbers
    [summary] text, markdown
    [kind] choice, text
    [person] person
    [picture] image
    [phone] phone
    [venue] text, address, place
   *[other] { $wanted }
}
shape-wanted = { $wanted ->
    [list] a list
    [mapping] lines of `name: value`
    [table] a group of settings
    [value] a single value
   *[other] { $wanted }
}
shape-found = { $found ->
    [list] a list
    [mapping] lines of `name: value`
    [table] a group of settings
    [value] a single value
    [nothing] nothing
   *[other] { $found }
}

## What fields hold

unknown-field = there is no field called `{ $field }`
    .about = no such field
    .near = did you mean `{ $near }`?
    .known = the fields are: { $known }
    .page = lasting pages have such a field, notices do not: if it is a lasting page, move the file out of the folder `notices`, beside place.yaml; if not, delete this line
    .notice = notices have such a field, lasting pages do not: if it is a notice, move the file into a folder `notices`; if not, delete this line
missing-field = `{ $label }` is missing
    .about = a required field is missing
    .add = add a line `{ $field }: …` and fill in { $label }
    .fill = fill in { $label } after `{ $field }:`
    .add-choice = add a line `{ $field }: …` and fill in { $label }, one of: { $known }
    .fill-choice = fill in { $label } after `{ $field }:`, one of: { $known }
    .key = add a line `{ $field }: …`
    .statutory = write two indented lines under `basis:`: `kind: statutory` and `reference: …`
    .records = add a line `records:` and put the records under it
    .choices = add a line `choices: [甲, 乙]` with all that can be chosen
    .to = add a line `to: …` that says which collection it refers to, such as `to: projects`
    .date = add a line `date: …` to the declaration that says which field is the date
    .address = the address of a record is made of its { $label }: write at least one letter or digit
    .column = add a column `{ $label }` to the header and fill it in in each row
    .cell = fill in { $label } in this cell; `-` is as good as nothing, and none is 0
    .urgent = an urgent notice says until when it is posted: add a line `until: 2026-11-30`
    .setting = add a line `{ $field } = "…"`
wrong-type = `{ $field }` should be { type-name }, but is `{ $value }`
    .about = a value of the wrong type
    .form = { type-form }
    .year = say of which year, such as 2026-11-03
    .later = it ends before it begins: if { $meant } is meant, write { $meant }; what ends on the next day is written 2026-11-28 22:00—次日6:00
    .reversed = write the beginning first and the end behind it; what ends on the next day is written 2026-11-28 22:00—次日6:00
    .weekday = the date is not of that day of the week; look at the calendar and correct it
    .places = write at most six digits after the point
spreadsheet-damage = { $kind ->
    [failed] `{ $field }` is what a spreadsheet shows where a formula failed, and no value
    [narrow] `{ $field }` is a row of `#`: the column was too narrow, and the value was not saved
    [day] `{ $field }` is a day: most likely a spreadsheet made it of { $meant }
   *[rounded] `{ $field }` is a long number that a spreadsheet rounded to one with `E+`; its last digits are lost
}
    .about = a spreadsheet lost a value
    .failed = in the spreadsheet, mend the formula of this cell or type the value, then save it again
    .narrow = in the spreadsheet, widen the column until the value is seen, then save it again
    .day = in the spreadsheet, format the column as text, type { $meant } again, then save it again; if a day is meant, leave blanks around the numbers: `1 月 4 日`
    .rounded = in the spreadsheet, format the column as text, type the number again, then save it again
spreadsheet-date = `{ $field }` is `{ $value }`, which is how a spreadsheet stores { $meant }
    .about = a date or time as the number by which spreadsheets store it
    .meant = write { $meant }; if the whole column is like this, format it as a date or time in the spreadsheet and save it again
phone-length = `{ $field }` is `{ $value }`, which has too many or too few digits
    .about = a phone number with too many or too few digits
    .check = check the number: a mobile number has 11 digits, a landline 7 or 8, perhaps behind an area code, such as `0431-82550001` (with its `0`)
    .part = these look like several numbers in a row: write `、` between the numbers: `82550001、82550002`
unknown-choice = `{ $field }` has no choice called `{ $value }`
    .about = no such choice
    .near = did you mean `{ $near }`?
    .known = the choices are: { $known }
unknown-place = there is no place called `{ $value }`
    .about = no such place
    .near = did you mean `{ $near }`?
    .known = the places are: { $known }
unknown-reference = { $found ->
    [several] several places have `{ $value }` in { $collection }, so it is not clear which is meant
   *[no] there is no `{ $value }` in { $collection }
}
    .about = a record that is referred to is not there, or not clear
    .near = did you mean `{ $near }`?
    .known = in { $collection } there are: { $known }
    .empty = { $collection } has no published record yet; write this one there first
    .several = a record of the same place is looked for first, then one of the places above, then the only one of the site; give the two different numbers or names
    .one = one is here
    .other = another is here
unknown-section = there is no section called `{ $value }`
    .about = no such section
    .near = did you mean `{ $near }`?
    .known = the sections are: { $known }
several-values = `{ $field }` takes only one value
    .about = several values where one is allowed
    .one = keep one and delete the others
    .ends = these are two times: write only the first here, and the second in `{ $end }`
    .range = these are two times; write only one
    .number = these are several numbers: keep one and delete the others
impossible-date = { $type ->
    [month] there is no month `{ $value }`
    [year] `{ $value }` does not look like a real year
    [period] there is no month `{ $value }`, or it is not a real year
   *[date] the calendar has no `{ $value }`
}
    .about = a date that the calendar does not have
    .form = check the calendar and { type-form }
ends-before-starts = `{ $end }` has to come after `{ $start }`
    .about = the end is before the start
    .swap = check both; if they are the wrong way round, swap them
    .later = if it ends at { $meant }, write { $meant }; if the two are the wrong way round, swap them; if it ends on the next day, write `次日` before the time
    .night = if it ends after midnight, write it like `次日1:00` (1:00 of the next day), or `24:00` for midnight; else correct the time
    .start = `{ $start }` is here
odd-hour = { $value } is in the night, which is an odd time to begin
    .about = something begins in the night
    .meant = if it is in the afternoon, write { $meant }; if it is in the night, `凌晨{ $value }`
    .both = if it is in the afternoon, write { $meant }, and { $until } for its end; if it is in the night, write `凌晨{ $value }`
negative-count = `{ $field }` cannot be below zero, but is `{ $value }`
    .about = a count below zero
    .zero = write how many there are, without a minus sign; if there are none, write `0`
absurd-count = `{ $field }` is `{ $value }`, which is too large to be true
    .about = a count too large to be true
    .check = check that there are no extra zeros; { $limit } is the most
too-many = { $kind ->
    [values] `{ $name }` has more than { $limit } values in one record
    [choices] `{ $name }` has more than { $limit } choices
    [fields] there are more than { $limit } fields
    [several] `{ $name }` is given more than { $limit } times in one record
    [figures] there are more than { $limit } figures
   *[groups] the figure `{ $name }` comes to more than { $limit } groups
}
    .about = more of something than a portal can have
    .values = check that no list was pasted into one cell by mistake; if all are meant, write several records
    .several = if a record may have more of them, write `max` in the declaration of the group, such as `max: 9`
    .choices = if there are so many, write the field as `type: text`
    .fields = divide the collection into several, each with the fields that belong together
    .figures = keep the figures that readers need
    .groups = after `by:` name a field with few different values, such as a choice, or delete the figure
too-many-mistakes = there are too many { $kind ->
    [warnings] warnings
   *[mistakes] mistakes
} in this file; only the first { $limit } are told
    .about = too many mistakes in one file
    .first = mend these, then check again
part-over-whole = `{ $part }` is larger than `{ $whole }`
    .about = a part larger than its whole
    .check = check both numbers; they may be the wrong way round
duplicate-record = the record `{ $key }` is given twice
    .about = a record is given twice
    .remove = delete one of them; if they are two different things, make their dates or names differ
    .first = first given here
value-twice = two records have { $label } `{ $value }`
    .about = a value that may stand once stands in two records
    .check = delete or correct it in one of them
    .first = it stands here first
month-twice = the month { $month } is given twice
    .about = a month is given twice
    .remove = delete one of them, or put in the right month
    .first = first given here

## Persons, and when something is posted

missing-basis = { $reason ->
        [type] nothing says how much of `{ $field }` may be published; a part of it is hidden on the site
        [photo] `{ $field }` is not shown on the site either, as nothing says why a person of this record may be named
       *[basis] nothing says why `{ $field }` may be published; a part of it is hidden on the site
    }
    .about = a person without a basis for publication
    .add = if there is a basis, write `basis` in this record or at the top of the file: `consent`, `statutory` or `office`; the first two also need `basis_reference` and `basis_date`
    .declare = write at this field in the declaration of the list: `privacy: masked` if it is to stay so, `work: true` if it is that of somebody's work, or `privacy: public` if persons with a basis have it shown
    .photo = with a basis for the person the photo is shown, too
    .cell = if there is a basis, fill in `basis`, `basis_reference` and `basis_date` in this row
    .column = if there is a basis, add the columns `basis`, `basis_reference` and `basis_date`, and fill them in for this row
incomplete-basis = the basis is not complete and does not count
    .about = an incomplete basis
    .add = add `basis_reference` (the number of the paper) and `basis_date`
future-date = { $kind ->
        [checked] the day of the check of attachments, { $date }, has not come
        [updated] the day of the change, { $date }, has not come
        [basis] the day of the basis, { $date }, has not come; before it the basis does not count
       *[withdrawn] the day of the withdrawal, { $date }, has not come; before it the name stays published
    }
    .about = a basis, a withdrawal, a change or a check of a day to come
    .basis = check the year; of a paper that is signed, write the day on which it was
    .checked = check the year; `checked_on` is the day on which somebody really looked at the attachments
    .updated = check the year; `updated` is the day on which it was really changed
    .withdrawn = check the year; for a withdrawal that counts now, write the day of today
far-date = the date { $date } is more than a year ahead
    .about = a date more than a year ahead
    .check = check the year
    .checked = check the year; `checked_on` is the day on which somebody really looked at the attachments
names-rule = { $names ->
    [full] in full (`full`)
    [masked] masked (`masked`)
   *[surname] by family name (`surname`)
}
looser-names = names are shown { names-rule }; this cannot show more
    .about = a rule for names that shows more than the site's
    .remove = delete the line `names`; to show more, change `names` in the declaration, or of [privacy] in site.toml
unknown-holidays = the term reaches into { $year }, whose holidays are not known yet; Monday to Friday count as working days for now
    .about = a year whose holidays are not known
    .add = once they are announced, put the holidays of that year into holidays.yaml in the site's folder
withdrawn-name = the name of somebody who withdrew at another place stands here
    .about = a withdrawn name at another place
    .allow = if it is the same person, delete the name, or write `withdrawn` in this record too; if it is somebody else, write `allow: [name]` here, and why in `allow_reason`
    .column = if it is the same person, delete the name, or add a column `withdrawn`; if it is somebody else, add columns `allow` and `allow_reason`, and write `name` and the reason in this row
    .remove = if it is the same person, delete the name, or write 王某某; if it is somebody else, write `allow: [name]` and `allow_reason` at the top of the notice
    .withdrawn = withdrawn here
withdrawn-name-in-output = the page `{ $page }` has the name of somebody who withdrew, and no record or notice says it
    .about = a withdrawn name on a page that stands in no record or notice
    .remove = delete the name in `place.yaml`, in `site.toml`, in the declaration or in the theme
id-number = the number of an identity card stands here
    .about = the number of an identity card in public content
    .remove = delete it; it must not be published, and is not needed here
    .rename = rename the file; its name must not hold the number of an identity card
bank-card = the number of a bank card stands here
    .about = the number of a bank card in public content
    .remove = delete it, the card of a person must not be published; for the account of an organisation, write at the top of the notice `allow: [bank-card]` and `allow_reason`: whose account it is
    .rename = rename the file; its name must not hold the number of a bank card
personal-data = { personal-kind } stands here
    .about = personal data in public content
    .remove = if it is somebody's own, delete it or use an office's instead; { office-mobile }if it may be published, write `allow: [{ $kind }]` and `allow_reason` at the top of the notice
    .office = delete it, or use an office's instead
    .field = if it is somebody's own, delete it or use an office's instead; { office-mobile }if this field may hold it, write `allow: [{ $kind }]` and `reason` for it in the declaration
    .rename = rename the file; its name should hold no personal data
sensitive-name = { $attribute ->
        [welfare] a name stands beside aid or hardship
        [disability] a name stands beside a disability
        [illness] a name stands beside an illness or a matter of health
        [petition] a name stands beside a petition or complaint
        [correction] a name stands beside an offence or its correction
        [debt] a name stands beside a debt
        [account] a name stands beside an account, an income or a compensation
        [dispute] a name stands beside a dispute or a family matter
        [minor] a name stands beside a matter of a minor
       *[other] a name stands beside what should not be public ({ $attribute })
    }
    .about = a name beside something sensitive in public content
    .remove = delete the name, or write 王某某; if a law wants it or the person agreed, write `basis` (`consent` or `statutory`), `basis_reference` and `basis_date` at the top of the notice; if it may be published, `allow: [sensitive]` and `allow_reason`
    .office = delete the name, or write 王某某
    .field = delete the name, or write 王某某; if a law wants it or the person agreed, write `basis` (`consent` or `statutory`), `basis_reference` and `basis_date` for this record; if this field may hold it, write `allow: [sensitive]` and `reason` for it in the declaration
    .rename = rename the file; its name should name nobody
personal-data-in-output = the page `{ $page }` has { personal-kind } that stands in no content file
    .about = personal data on a page that no content file has
    .fix = look for it in the templates of the theme, or in a number that signs cut into parts, and delete it
image-metadata = { $place ->
        [yes] { $names ->
            [none] the photo tells where it was taken
           *[other] the photo tells where it was taken, and names { $names }
        }
       *[no] the photo names { $names }
    }; that is taken out on the site
    .about = a photo that tells where it was taken, or by whom
    .clean = nothing of it is published; if others see the content folder too, put a photo there without it
generated-portrait = this picture ({ $field }) is marked as AI-generated, and readers would take it for a photo of the person
    .about = an AI-generated picture of a person
    .replace = put a real photo of the person there, or leave the picture out
image-too-large = this image is too large to be read ({ $width } × { $height }); it was not published
    .about = an image with too many pixels
    .smaller = open it in an image viewer, save it with at most 4000 × 4000 pixels, and put that file here
unreadable-image = { $reason ->
    [heic] this is a photo as iPhones save it (HEIC), which web pages cannot show; it was not published
    [bmp] this is a bitmap (BMP), which web pages do not use; it was not published
    [tiff] this is an image as scanners save it (TIFF), which web pages cannot show; it was not published
    [drawing] this is a text or drawing (SVG) under the name of a photo, and was not published
    [pixels] this is a photo under the name of a drawing (.svg), and was not published
   *[broken] this is not a whole image and was not published
}
    .about = an unreadable image
    .broken = open it in an image viewer, save it as JPG or PNG, and put that file here
    .heic = open it in an image viewer, save it as JPEG (.jpg), and put that file here: another ending of the name is not enough; with "Most Compatible" in the phone's camera settings new photos are JPG
    .bmp = open it in Paint, save it as JPEG (.jpg), and put that file here: another ending of the name is not enough
    .tiff = open it in an image viewer, save it as JPEG (.jpg), and put that file here: another ending of the name is not enough
    .drawing = if it is a drawing, change the end of its name to .svg, here and where it is shown; otherwise put the right image here
    .pixels = change the end of its name to .jpg or .png, here and where it is shown
hidden = { $reason ->
        [draft] a draft, not posted
        [early] posted from { $moment } on
        [over] posted until { $moment }
       *[withdrawn] withdrawn on { $moment }
    }
    .about = a record or notice that is not posted

## Declarations of collections

undeclared-field = this collection has no `{ $field }` among its fields
    .about = a field that the collection does not declare
    .near = did you mean `{ $near }`?
    .known = its fields are: { $known }
unfit-field = `{ $field }` ({ type-name }) cannot be used like this
    .about = a field that cannot be used like this
    .wanted = use another field, or change the type of `{ $field }`; these can be used: { types-wanted }
    .public = it is never published; use a public field, of which a collection needs one
    .impersonal = a field about a person cannot be used here, because it would stand in an address or not be told apart once it is masked; use another field
    .one-group = a figure counts the groups of one name alone; to count those of two, declare two figures
    .reference = the record that it refers to may not be published, so it cannot be used in addresses and groups; use another field
    .maskable = `privacy: masked` is for persons, phones, e-mail addresses, addresses, text and images; write `public` or `internal`
    .numbered = `numbered` is for fields with `type: text` and `several: true`; delete this line, or add them
    .internal = the number of an identity card is never published; write `privacy: internal`, or delete the line
unfit-reference = { $reason ->
    [unknown] `{ $field }` refers to the collection `{ $to }`, which does not exist
    [no-key] `{ $field }` refers to the collection `{ $to }`, which has no key to tell its records by
   *[part] `{ $field }` refers to the collection `{ $to }`, whose key has `{ $part }`, which must not be written elsewhere
}
    .about = records of this collection cannot be referred to
    .near = did you mean `{ $near }`?
    .known = the collections are: { $known }
    .key = add a line `key` to the declaration of `{ $to }` that says which field tells its records apart, such as `key: [number]`
    .part = give `{ $to }` a field for a number and make it the key; a key cannot have persons, phones, addresses, fields that are not published, places, images, Markdown, references, or fields that take several
    .declared = that collection is declared here
bad-name = `{ $name }` cannot be used as a name
    .about = not usable as a name
    .letters = use only small letters, digits and hyphens, with a letter first, such as `flag-raising`
    .reserved = every record can have `{ $name }`, which says how it is published; give this field another name
    .file = rename the file, using only small letters, digits and hyphens, with a letter first, such as `flag-raising.yaml`
suppressed-condition = a figure chooses records by a count, but small counts are not shown
    .about = a figure that asks for a hidden count
    .zero = delete the condition, or ask for 0 alone; to choose by counts, delete `suppress`
typed-total = `{ $field }` is always { $kind ->
    [share-of] the percentage of `{ $parts }`
   *[total-of] the sum of `{ $parts }`
}, so it tells small counts that are not shown
    .about = a total or percentage that tells a hidden count
    .declare = add `{ $key }` to the field `{ $name }`: it is then not shown where a small count is not; if they are the same by chance, leave it
    .delete = the program adds up totals, so delete `{ $field }` from the records; if they are the same by chance, leave it

## Pages

path-conflict = the page `{ $path }` would be made from two sources
    .about = two sources for one page
    .rename = rename one of the files; if they are two entries of one file, make their numbers or names differ
    .fields = the address of a record is made of its { $fields }: make these differ, write `slug: a-name` in one of the records, or name more fields in `record-pages` of the declaration
    .composed = both names look the same, but are stored in two ways: delete the one that is not needed, or rename one
    .alias = this is the address of a page that is there now, so it cannot be an old address (`aliases`) as well; delete it
    .aliases = both say that it was their address (`aliases`), but it can lead to one of them only; delete it in the other
    .output = the program makes this file; to have your own, write `{ $output } = false` under `[outputs]` in site.toml
    .other = the other one is here

bad-address = { $reason ->
        [encoded] this old address spells personal data with `%` and digits
        [twice] the old address `{ $value }` is written twice
        [withdrawn] the address `{ $value }` was that of something withdrawn, and stays gone
        [taken] the page `{ $value }` would have the address of something withdrawn, which stays gone
       *[other] no page can have the address `{ $value }`
    }
    .about = a name for an address, or an old address, that cannot be
    .slug = use small letters, digits, Chinese characters and `-` only, as in `{ $meant }`
    .letters = choose another name of small letters, digits, Chinese characters and `-`
    .query = what follows `?` or `#` cannot lead on; write what is before it, or delete this one
    .kind = only addresses that end in `/`, `.html`, `.htm` or `.shtml` can lead on; delete this one, and ask who runs the server
    .home = this is the address of the front page; write that which the page had, such as /news/2025/11/3.html
    .name = copy the old address from the browser once more, such as /news/2025/11/3.html
    .root = the front page has no name in its address; delete this line
    .file = addresses belong to single records; write it in the record
    .no-page = the records of this list have no pages of their own; delete it, or write `record-pages` in the declaration
    .encoded = delete this one
    .twice = delete one of the two; capital and small letters make no difference
    .withdrawn = delete this one
    .taken = give the page another address: rename the file, or write another `slug`
    .gone = what was withdrawn is here

output-differs = { $kind ->
    [missing] this published file is not there
    [extra] this was not published
   *[changed] this is not what was published
}
    .about = what is published was touched
    .missing = build the site again
    .extra = move it elsewhere if it is of use; otherwise delete it
    .changed = build the site again; if nobody of the office did this, find out who can write there

data-columns = { $kind ->
    [gone] the data of `{ $table }` had a column `{ $column }`, and has none now
    [moved] in the data of `{ $table }` the column `{ $column }` stands elsewhere than before
    [inserted] in the data of `{ $table }` the new column `{ $column }` stands between those that were there
    [type] in the data of `{ $table }` the column `{ $column }` is of another type than before
   *[table] the data of `{ $table }` could be downloaded, and cannot now
}
    .about = the columns of the data are not those of an earlier release
    .gone = programs of others read this column: put the field back into the declaration, or tell those who use the data before it goes
    .moved = declare new fields last, and leave the others in the order in which they were
    .inserted = move the new field behind all others of the declaration
    .type = programs of others read it as what it was: take the old type back, and declare the new one last under another name
    .table = programs of others read it: put the declaration or its records back, or tell those who use the data before it goes

## site.toml and the theme

toml-syntax = this is not written as it should be, and cannot be read from here on
    .about = site.toml is not written as it should be
    .quote = put double quotes round text, such as `title = "宽城邻里"`
    .quotes = replace the curly quotes by straight double quotes, such as `title = "宽城邻里"`
    .equals = put an equals sign between a setting and its value, such as `title = "宽城邻里"`
    .key = only the names of settings can stand before the equals sign, such as `title = "宽城邻里"`
    .name = put double quotes round names that are not English words, such as `"巡查日期" = "date"`
    .parser = follow the lines that are right; if that does not help, show this to someone technical: { $reason }
unknown-setting = there is no setting called `{ $setting }`
    .about = no such setting
    .near = did you mean `{ $near }`?
    .known = the settings are: { $known }
faint-colour = { $mode ->
        [dark] in dark mode,{" "}
       *[light] {""}
    }words in `{ $words }` can hardly be read on `{ $ground }`: the contrast is { $ratio }
    .about = colours too near each other for words
    .change = it has to be 4.5 or more: make `{ $setting }` darker or lighter
bad-setting = the setting `{ $setting }` is not right
    .about = a setting is not right
    .value = write it like `{ $setting } = "{ $reason }"`
    .hosts = netlify and cloudflare read the same files, and cloudflare knows neither a rule for what is gone (410) nor one for all pages of a place that moved: these rules are left out for both; name only the one that serves the site
    .switch = write `{ $setting } = true` or `{ $setting } = false`
    .source = write it like `{ $setting } = ["https://a.example.cn"]`: addresses that begin with https://, 'self' for this site, or the 'sha256-…' of code in a page
    .secret = site.toml is read by many: keep secrets out of it, in the settings of the program that uses them (ssh, git) or in the secrets of CI
    .target = a target is one place, a `folder`, a branch (`git`) or a bucket (`s3`): keep one of them, and write another [publish.NAME] for the other
    .id = use letters, digits, `-` and `.` only, as in id = "xingfu.example.cn", and do not change it later
    .format = this program reads `format = { $known }` only; write that, or use a later version of linli
security-expired = { $kind ->
        [far] the contact in security.txt is to be good until { $date }, which is more than a year ahead
       *[past] the contact in security.txt was good until { $date }, which is past
    }
    .about = security.txt has expired
    .sooner = programs do not believe that long: change `expires` to a day within a year, and check the contact then
    .renew = check that the contact is still right, then change `expires` to a day within a year
unknown-theme = no theme is called `{ $theme }`
    .about = no such theme
    .near = did you mean `{ $near }`?
    .known = the themes are: { $known }
theme-circle = the themes extend each other in a circle: { $chain }
    .about = themes extend each other in a circle
    .break = delete the line `extends` in one of these themes
template-page = { $page ->
    [home] the front page
    [place] the pages of places
    [subscribe] pages about subscribing
    [notice] the pages of notices
    [record] records with a page of their own
    [section] the pages of sections
    [subtree] the lists over all places in a place
    [notices] the lists of notices
    [page] lasting pages
    [not-found] addresses that do not exist
   *[other] lists of records with `view: { $page }`
}
missing-template = the theme `{ $theme }` has no template for { template-page }
    .about = a theme without a template that pages need
    .add = add `{ $file }`, or write `extends = "default"` in theme.toml to take all that is missing from the default theme
    .view = add `{ $file }` (for one collection alone, `{ $own }`), or write `extends = "default"` in theme.toml to take all that is missing from the default theme
    .switch = add `{ $file }`, or write `extends = "default"` in theme.toml to take all that is missing from the default theme; if the site needs no such pages, write `{ $switch } = false` below `[pages]` in site.toml
words-usage = { $usage ->
    [dates] dates
   *[titles] titles of pages
}
missing-words = the theme `{ $theme }` has no words for { words-usage }: { $words }
    .about = a theme without words that pages need
    .add = write them in `{ $file }`, one `name = text` on each line, or write `extends = "default"` in theme.toml to take all that is missing from the default theme
template-error = the template has a mistake ({ $reason })
    .about = a template has a mistake
    .fix = mend the template here; if the theme extends another, delete the file to use that theme's
    .page = it came up on the page `{ $page }`; mend the template here
inline-code = { $what ->
    [script] a script in the page itself does not run
    [style] a style in the page itself has no effect
    [javascript] links that begin with `javascript:` do not run
   *[other] what is in `{ $what }` has no effect
}: the security rules of the pages do not allow it
    .about = code in a template itself
    .move = move styles to a .css file and scripts to a .js file in the theme's folder `static`, and link to it; for .js files add two lines to site.toml: [security.csp] and script-src = ["'self'"]
blocked-source = pages do not load this: their security rules ({ $what }) do not allow it
    .about = a template loads what the security rules do not allow
    .allow = put the file into the theme's folder `static`; if it is needed from elsewhere, add two lines to site.toml: [security.csp] and { $what } = ["…"], with 'self' for this site or an address that begins with https://
    .never = remove it; pages cannot have it
    .image = save the image into the folder of this file, and write its name alone; if it has to come from there, add two lines to site.toml: [security.csp] and img-src = ["https://…"]
template-limit = { $limit ->
    [page] the page `{ $page }` grows larger than 64 MB with this template
    [turns] with this template the page `{ $page }` takes millions of steps
   *[text] on the page `{ $page }` this template puts together a text of more than 1 MB, or too many texts
}
    .about = a template makes too much
    .page = if the list on the page is so long, give its collection `page-size`, such as `page-size: 100`; else look for a loop in the template that writes too much
    .turns = look for loops inside loops here, and let each go over less
    .text = look for a text here that is put together from itself again and again
theme-text = the text file of the theme is not written as it should be ({ $reason })
    .about = a text file of a theme is not written as it should be
    .fix = write one `name = text` on each line, such as `home = 首页`

## The program itself

internal = an error of the program itself: { $reason }
    .about = an error of the program itself
    .report = this is not a mistake in your files; please report it to the makers of Linli
