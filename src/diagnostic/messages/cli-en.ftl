### What the program says itself: results of checks and builds, progress, how commands are used.

## How errors and warnings look

error = error
warning = warning
note = note
help = help
labelled = { $label }: { $text }
through-line = as far as line { $line }
again = the same is wrong in this file at { $count ->
    [one] 1 more place, in line { $lines }
   *[other] { $count } more places, in lines { $lines }
}
again-more = the same is wrong in this file at { $count ->
    [one] 1 more place
   *[other] { $count } more places
}, in lines { $lines } and others
comma = ,{" "}
base-folder = the folder in which the command ran, or the repository

## Numbers of things

n-errors = { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}
n-warnings = { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}
n-pages = { $pages ->
    [one] 1 page
   *[other] { $pages } pages
}
n-files = { $files ->
    [one] 1 file
   *[other] { $files } files
}

## Results

compared = compared { n-files } with what was published: { n-errors }
checked = checked { n-pages }: { n-errors }, { n-warnings }
fix-hint = { $count ->
    [one] 1 of these can be mended by itself
   *[other] { $count } of these can be mended by themselves
}: linli check --fix shows how
fix-counts = can be mended: { $lines ->
    [one] 1 line
   *[other] { $lines } lines
} in { $files ->
    [one] 1 file
   *[other] { $files } files
}
fix-nothing = there is nothing that could be mended for certain
fix-ask = write this? [y/N]
fix-preview = nothing was written; --yes writes what is shown
fix-written = mended { $file }
fix-refused = { $place }: left as it is, since mending it would change something else, or something else would be wrong then: look at it yourself
fix-changed = { $file } is not in UTF-8, or was changed just now: it stays as it is
due-nothing = nothing is due
due-wrong = the content has mistakes, so something may be left out: linli check
due-calendar = What is due
due-kind = { $kind ->
    [late] late
    [missing] to be filled in
    [absent] not there, as elsewhere
    [begins] begins
    [ends] ends
    [appears] will be posted
    [disappears] will no longer be posted
    [objection] last day of objections
   *[draft] draft
}
schemas-written = wrote { $count ->
    [one] 1 schema
   *[other] { $count } schemas
} to { $folder }
schemas-settings = { $file } is there already and was left alone
double-click = This folder is a portal: its preview opens in the browser. Leave this window open while you edit; close it when you are done. To publish: linli build
double-click-end = The preview has ended. Press Enter to close this window.
by-code = { $codes }; to see how to mend them: linli explain { $first }
code-count = { $code } ({ $count })

hidden-now = { $count ->
    [one] 1 record or notice is
   *[other] { $count } records and notices are
} not posted; linli check --hidden tells which
hidden-until = { $count ->
    [one] 1 record or notice is
   *[other] { $count } records and notices are
} not posted; the next { $then } will be on { $moment }; linli check --hidden tells which
change-notices = notices
change-files = files change
change-appear = { $collection }: { $count ->
        [one] 1 record appears
       *[other] { $count } records appear
    } at { $place }
change-disappear = { $collection }: { $count ->
        [one] 1 record disappears
       *[other] { $count } records disappear
    } at { $place }
change-today = { $collection }: { $count ->
        [one] 1 record happens today
       *[other] { $count } records happen today
    } at { $place }
change-past = { $collection }: { $count ->
        [one] 1 record becomes past
       *[other] { $count } records become past
    } at { $place }
change-late = { $collection }: { $count ->
        [one] 1 record becomes overdue
       *[other] { $count } records become overdue
    } at { $place }
change-objection-opens = { $collection }: objections open for { $count } at { $place }
change-objection-ends = { $collection }: objections end for { $count } at { $place }
change-behind = { $collection }: in { $place }, the list tells that it was not kept up
change-names = { $collection }: names of { $count } are shown differently at { $place }
change-figures = { $collection }: figures of { $count ->
        [one] 1 record
       *[other] { $count } records
    } change at { $place }
report-title = Personal data that is published
report-about = As of { $moment }. Names are shown by the rule: { $names }. Values that are masked are still personal data.
report-collection = Collection
report-field = Field
report-rule = Shown
report-count = Values
report-basis = Basis
report-until = Until
report-open = no end set
report-empty = Nothing about persons is published.
report-checked = Attached files that a person looked at
report-checked-about = The program cannot look into these files. They are published because somebody did, and have to be looked at again after each change.
report-checked-files = Files
report-checked-by = Looked at by
report-checked-on = On
report-names = Names of persons who withdrew
report-names-about = Where records and notices have such a name. At the place itself, above it and below it the name is masked; elsewhere somebody has to say whose it is.
report-place = Where
report-treatment = What is done
report-withdrawn = Withdrawn at
treatment-masked = masked
treatment-allowed = shown: it is somebody else, by `allow: [name]`
treatment-kept = shown: to be decided
names-full = in full
names-masked = masked
names-surname = family name only
basis-consent = consent
basis-statutory = statutory
basis-office = office
basis-work = contact of an office
port-taken = another program uses port { $wanted }; this preview takes { $port }
serving = serving { $url } (Ctrl-C ends it)
not-opened = no browser could be opened: go to { $url }
rebuilt = { $what }: { n-pages } rendered, { n-files } changed, { $milliseconds } ms
not-rebuilt = { $what }: { n-errors }; the preview is as it was
rebuilt-time = its time has come
rebuilt-all = the whole site
rebuilt-more = { $names } and { $more } more
polling = the system does not tell of changes ({ $reason }): the files are looked at every { $seconds } s
built = built { n-pages } ({ $rendered } rendered), { n-files } in { $folder } in { $seconds } s
cache-damaged = linli: the cache { $path } is damaged and not used; all of the site is built
cache-foreign = linli: another version of the program wrote the cache { $path }; it is not used, and all of the site is built
cache-unreadable = linli: the cache { $path } cannot be read ({ $reason }); it is not used, and all of the site is built
cache-not-written = linli: the cache { $path } cannot be written ({ $reason }); the next build takes longer
always-edited = the files keep changing, and could not be read as they belong together; try again later
not-built = the content has { n-errors }; the site was not changed
not-denied = the content has { n-warnings }, which --deny-warnings does not let pass; the site was not changed
made = made { $folder }: go there and run linli build
not-empty = { $folder } is not empty; nothing was changed: choose a new folder
no-site = { $folder } has neither site.toml nor a content folder: go to the site's folder, or name it with --site
bad-base-url = `{ $url }` is no web address: write it like https://example.org
values-concealed = stars stand for what is not published: add --show-values to see the lines as they are written
no-values = --show-values is for a terminal; here stars stay in place of what is not published
bad-as-of = `{ $text }` is no date: write 2026-03-05 or 2026-03-05T08:00
shard-line = { $part }  places: { $places }, weight: { $bytes }
shard-summarised = part { $part } is summarised in { $file }: places: { $places }, { $seconds } s
shard-made = part { $part } is made in { $file }: places: { $places }, pages: { $pages }, { $seconds } s
bad-shard = `{ $text }` is no part: write 3/8 for the third of eight
shard-what = --shard wants either --summary FILE, or --summaries DIR and --out FILE
shard-damaged = { $path } is no file of a part, or not as it was written: make it again
shard-program = { $path } was written by another version of the program: use the same one on all machines
shard-moment = { $path } is as of another moment: give all machines the same --as-of
shard-settings = { $path } was made with another site.toml, or with other options than here
shard-content = { $path } was made from other files than those here (content, declarations or theme): give all machines the same files
shard-cut = { $path } is of another division: give all machines the same number of parts
shard-twice = { $path } and { $other } are the same part: take one of them away
shard-missing = not there: part { $parts }; make it, and begin again
shard-none = there is no part in that folder
shard-edited = the files changed while they were read, or are not those that another machine read: give all machines the same files, and begin again
out-in-site = the output folder { $folder } would cover the site's own content: choose another one

## What is wrong with a command

usage-no-option = there is no option { $name }
usage-no-option-near = there is no option { $name }: did you mean { $other }?
usage-no-command = there is no command { $name }
usage-no-command-near = there is no command { $name }: did you mean { $other }?
usage-bad-value = { $name } cannot be `{ $other }`
usage-known = {"; "}it can be: { $known }
usage-conflict = { $name } and { $other } cannot be used together
usage-missing = { $name } is missing
usage-values = a value has to follow { $name }
usage-help = usage: { $usage }; with --help there is more

## What the system says

system = { $kind ->
    [not-found] it is not there
    [denied] permission denied
    [exists] it is there already
    [full] the disk is full
    [quota] no more space may be used
    [read-only] the disk is read-only
    [no-folder] it is no folder
    [folder] it is a folder, not a file
    [busy] another program uses it
    [in-use] another program uses the port
    [no-address] this computer does not have the address
    [too-large] it is larger than a file may be
    [timed-out] there was no answer in time
    [bad-text] it is not text in UTF-8
   *[other] { $words }
}
system-at = { $path }: { $reason }
cannot = cannot { $verb } `{ $path }`: { $reason }{ $hint ->
    [space] ; the published site is as it was: free some space and build again
    [mounted] ; a mounted folder cannot be replaced: name a folder inside it with --out
   *[none] {""}
}
out-not-folder = `{ $path }` cannot be the output folder: it is a file or a broken link
out-missing = there is no folder `{ $path }`; linli build makes it, and --out names another one
out-not-ours = `{ $path }` is not empty and was not made by Linli; name a new or an empty folder with --out
out-foreign = `{ $path }` holds what Linli did not write and a build would delete: { $found }; move it elsewhere, or name another folder with --out
out-foreign-more = `{ $path }` holds what Linli did not write and a build would delete: { $found } and { $more } more; move it elsewhere, or name another folder with --out
out-busy = another build is writing to `{ $path }`
out-previewed = a preview of this site is running already: use its address, or end it first
out-twice = two files of the site have the path `{ $path }`

## publish

published = { $target }: { $how ->
    [whole] the new site has taken the place of the old one in one step
   *[files] the site was changed file by file, with what is withdrawn first
}: { $files ->
    [one] 1 file
   *[other] { $files } files
} sent ({ $size }), { $deleted } deleted, in { $seconds } s
publish-same = { $target }: nothing to do, all of the site is there
publish-would = { $target }: { $how ->
    [whole] the new site would take the place of the old one in one step
   *[files] the site would be changed file by file, in this order
}: { $files ->
    [one] 1 file
   *[other] { $files } files
} to send ({ $size }), { $deleted } to delete
publish-reason = { $reason ->
    [gone] the site no longer has it
    [less] it no longer says something
    [theme] theme
    [new] new
    [changed] changed
    [entrance] where visitors come in
   *[rest] no page needs it any more
}
publish-back = { $target }: back to the build of { $at }: { $files ->
    [0] nothing of it may come back, since what differs may say what the site no longer says (bring back the content, and publish that)
    [one] 1 file is as it was then
   *[other] { $files } files are as they were then
}, all others are those of today, and so is the search
verified-file = { $kind ->
    [missing] missing: { $path }
    [changed] changed: { $path }
   *[extra] added: { $path }
}
verified = compared { $files ->
    [one] 1 file
   *[other] { $files } files
}: { $differing ->
    [0] all as published
    [one] 1 differs
   *[other] { $differing } differ
}
publish-failed = nothing more was done at { $target }, and the next linli publish goes on from there: { $reason }
publish-stopped = { $path }: { $reason }
publish-held = { $by } is publishing there, for { $minutes } min now: wait until that is done
publish-broke-lock = linli: { $by } began to publish to { $target } { $minutes } min ago and did not come to an end; what was left undone is done now
publish-foreign = in { $path } there is what Linli did not publish ({ $found }): name a new or an empty folder, or with switch = "files" one that Linli published to. If all of it is an earlier copy of this site, linli publish --adopt takes it over
publish-damaged = what is noted of the target in { $path } cannot be read: linli publish --adopt takes the copy of this site that lies there as published by Linli; then --dry-run shows which files would be deleted
publish-adopted = { $target }: the files of this site that lie there ({ $files }) count as published by Linli now; nothing was sent. linli publish --dry-run shows what would be sent and deleted
publish-left = not of this site, and left alone: { $path }
publish-link = { $path } is a link to another folder, and what is there may be somebody else's: put a folder in its place
publish-past = { $target } has the site as of { $at } already, and this is the one as of { $now }: what was withdrawn since would come back. --dry-run shows what would change; without --as-of the site of now is sent
publish-torn = { $path } in the output folder is not what was built: was it built again meanwhile? Run linli publish again
publish-program = { $name } failed: { $said }
publish-silent = { $name } has had no answer for { $seconds } s: is the server up, and may this machine reach it?
publish-no-program = the program { $name } is needed for this target and is not there: install it
publish-store = the service { $fault ->
    [refused] refuses these keys, or what they ask for ({ $said }): the keys have to be allowed to list, read, put and delete objects of this bucket
    [clock] says that the clock of this machine is wrong ({ $said }): set it, such as with timedatectl set-ntp true
    [bucket] has no such bucket ({ $said }): make it there first, or write its name as it is called there
    [unreached] cannot be reached ({ $said })
    [full] has no more room ({ $said }): delete there what is not needed, or enlarge it
   *[other] failed ({ $said })
}
publish-keys = { $fault ->
    [none] there are no keys for this target: set LINLI_S3_ID and LINLI_S3_SECRET, or write keys = "/etc/linli/oss.keys" in site.toml, a file outside of the site with the lines id = … and secret = …
    [open] others can read the keys in { $path }: chmod 600 { $path }
   *[incomplete] the lines id = … and secret = … are wanted in { $path }
}
publish-keys-in-site = the keys of { $target } lie in the folder of the site, which many can read: put the file outside of it
publish-no-s3 = { $target } is a bucket (s3 in site.toml), and this program was built without the feature that reaches buckets: build it with `--features publish-s3`, or take the program that is distributed
public-seen = looked at { $url }: { $files ->
    [one] 1 file is as it was sent
   *[other] { $files } files are as they were sent
}
public-other = looked at { $url }: { $path } is not there as it was sent. A CDN may keep an old one for some minutes: all of it is looked at by linli verify { $url }
public-still = looked at { $url }: { $path } is still there, though the site no longer has it. If a CDN keeps it, have it forget it (--purge-file)
public-trap = { $trap ->
    [front] { $url }: the address of a folder gives the front page. For OSS, turn on the index page of subfolders (SupportSubDir) in the settings of the static website
    [download] { $url }: browsers are told to save pages, and not to show them. OSS does so at its own domain: bind a domain of yours to the bucket, and give that as `url`
    [anything] { $url }: where no file is, the server answers as if there were one. Have it answer 404, with the page 404.html
    [record] { $url }: the record of what was published (.linli/) is there for all. It names no persons; exclude .linli/ in the policy of the bucket all the same
   *[unreached] { $url } cannot be reached from here: look at it yourself
}
publish-not-seen = after publishing, { $path } is not there as it was sent
publish-still-there = after publishing, { $path } is still there, though the site no longer has it
publish-no-build = there is no such build to go back to: { $kept } kept
publish-no-targets = site.toml does not say where to publish: write [publish.web] and below it folder = "/srv/www/portal"
publish-which = there is more than one target, say which: { $known }
publish-no-target = there is no target { $target }; the targets are: { $known }
publish-by-ci = { $target } is published to by CI alone (by = "ci" in site.toml): change the content where CI takes it from; --dry-run shows what would change
publish-is-out = the folder of { $target } is the output folder itself: name another one

## fields

fields-of-file = { $file ->
    [notices] it is written in notices/2026-03-02-water.md in the folder of a place, between the two lines --- at the top
    [pages] it is written in guide.md in the folder of a place, between the two lines --- at the top
    [place] it is written in place.yaml in the folder of a place
   *[posting] any record, file of records or notice may say it: for the program alone, never on pages
}
fields-more = to see what can be written in a list: linli fields LIST, such as linli fields honors
fields-file = it is written in { $name }.yaml, { $name }.csv or { $name }.xlsx in the folder of a place
fields-data = { $data ->
    [none] nobody can download it (data: false)
   *[tables] everybody can download what is shown as CSV and JSON (data: false says no, data: xlsx adds a workbook)
    [workbooks] everybody can download what is shown as CSV, JSON and a workbook (data: xlsx)
}
fields-inherited = pages of the places below show it, too (inherited: true)
field-required = required
field-optional = optional
field-to = { $form }, which is in { $to }
field-needed = required in each group
field-groups = {" "}(up to { $most } in a record, the last is { $last })
field-several = {" "}(several allowed)
field-roles = {"  "}shown as: { $roles }
field-role = { $role ->
    [title] title
    [summary] summary
    [kind] kind
    [person] person
    [picture] picture
    [phone] telephone
    [venue] venue
   *[number] main number
}
no-collection = there is no list called { $name }: linli fields shows all of them
no-collection-near = there is no list called { $name }: did you mean { $near }?
example-head = example for { $title }: write it in { $name }.yaml in the folder of a place; lines with # may be left out, or stand without it and the blank behind it

## template

template-instructions = Instructions
template-choices = _choices
template-title = Lists of a community
template-title-of = Lists of { $place }
template-explained =
    One row, one record|Each list has a sheet, whose first row names its columns. Leave that row and the names of the sheets as they are.
    Required|Columns in bold with * have to be filled in each row. What may be left out, leave empty.
    What to write|Click a cell: a note says what belongs there. Where there is a choice, take one of the list.
    Numbers|Telephone numbers and the like are texts, so that no digit is lost. Days are days.
    What you do not need|Delete the sheets of lists that you do not keep. Notes for yourself go on a sheet whose name begins with _.
template-explained-example = The grey row|It is an example and is never published. Do not copy it: its last column says that it is an example.
template-where = Where it belongs|Put this file into the folder of the place. `linli check` says what is wrong, cell by cell.
template-back = How it gets back|Do not put it into the folder of the site, where these records are already. Run `linli import` with this file and --place { $place }, look at what it says, and add --write.
template-example = an example, not read
template-yes-no = yes,no
template-ledger = ledger.xlsx
template-made = made { $file }: fill it in and put it into { $folder ->
    [none] the folder of a place
   *[other] { $folder }/
}
template-there = there is a { $file } already: give another name with --file
no-such-place = there is no place { $place }: write its folder, such as kaixuan/yixin

## export and import

export-name = { $place }.xlsx
export-made = wrote { $count ->
    [one] 1 record
   *[other] { $count } records
} into { $file } ({ $lists ->
    [one] 1 sheet
   *[other] { $lists } sheets
})
import-head = { $title } ({ $name })
import-new = {"  "}new: { $key } ({ $place })
import-value = { $field }: { $old } → { $new }
import-empty = (empty)
import-changed = {"  "}changed: { $key }: { $fields } ({ $place })
import-absent = {"  "}not in the workbook: { $key } ({ $place })
import-removed = {"  "}taken out: { $key } ({ $place })
import-counts = new { $new }, changed { $changed }, the same { $same }, not in the workbook { $gone }
import-preview = nothing was written yet: write it with --write; --replace also takes out what is not in the workbook
import-written = wrote { $file }
import-other-place = { $file } was made for { $made }, not for { $place }: give --place { $made }, or use a workbook of that place
import-hidden = { $file } has hidden rows or columns, which are left out: show them first, since --replace would take their records out
import-elsewhere = { $list } is kept in { $file }, which is not changed by itself: change the cells named above there, add the new rows, or put the workbook in its place
import-hint = {"  "}look: { $key }: { $fields } ({ $place })
import-moved = all but { $fields } is as in { $old }: if that was only corrected, take out the old record, or change it in the file
import-no-columns = no line of { $file } has a column of { $mapping }
import-left-out = left out, not being in { $mapping }: { $columns }
import-absent-columns = columns of { $mapping } that the table does not have: { $columns }
import-unknown-values = cells with what [values] of { $mapping } has not, taken as they are: { $columns }
import-inherits = for new records holds, too, what stands at the beginning of { $file } ({ $fields }): where that is not so, add these columns to the table and write their own
import-no-list = no sheet of { $file } is called after a list: say which it is with --list
import-refused = { $file } is written in a way that cannot be edited without touching anything else: edit it by hand

## explain

no-page = there is no page { $page }
no-code-near = there is no mistake called { $code }, and no such page: did you mean { $near }?
explained-title = Errors and warnings
explained-wrong = Wrong:
explained-right = Right:
explained-said = What is said:
no-page-near = there is no page { $page }; did you mean { $near }?
page-at = page: { $page }
page-file = file: { $file }
page-source = from: { $file }
page-never = it was not built yet: there is no cache, or none with this page
page-rendered = the last build, number { $build }, rendered it: { $why }
page-kept = the last build, number { $build }, did not render it, since nothing that it reads had changed; build { $rendered } did: { $why }
page-due = a build now would render it: { $why }
page-stays = a build now would not render it: nothing that it reads has changed
why-new = there was no such page
why-changed = these had changed: { $reads }
why-fewer = it no longer reads something that it did
why-theme = the theme, its template or the program had changed
why-links = a link leads elsewhere, or a contact on it is no longer published
why-time = its time had come
why-told = there was something to say of it
why-lost = its file was missing, or somebody had edited it
page-reads = reads { $count ->
    [one] 1 thing
   *[other] { $count } things
}:
read-site = settings in site.toml
read-today = the day { $day }
read-routes = where the links in its texts lead
read-lists = which lists { $place } has
read-place = place: { $place }
read-collection = declaration: { $collection }
read-records = records: { $collection } at { $place }  { $files }
read-own = figures of the place: { $collection } at { $place }
read-total = figures with all places in it: { $collection } at { $place }
read-listing = latest records with all places in it: { $collection } at { $place }
no-package = { $file } is no datapackage.json of tables
read-all-records = records with all places in it: { $collection }, { $place }
read-all-places = all places
read-notices = titles of notices: { $place }
read-all-notices = titles of notices with all places in it: { $place }
read-agenda = what is on calendars: { $place }
read-notice = notice: { $file }

## help

help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
option-help = Show help
option-version = Show the version
offline = no other site could be reached: see whether this computer is online
no-client = this program was built without a client of the network: build it with `--features external`
