### What the program says itself: results of checks and builds, progress, how commands are used.

## How errors and warnings look

error = error
warning = warning
note = note
help = help
labelled = { $label }: { $text }
through-line = as far as line { $line }
site-folder = the folder of the site, which holds site.toml

## Results

checked = checked { $pages } pages: { $errors } errors, { $warnings } warnings

built = built { $pages } pages, { $files } files in { $folder } in { $seconds } s
not-built = the content has { $errors } errors; the site was not changed
made = made { $folder }: go there and run linli build
not-empty = { $folder } is not empty; nothing was changed: choose a new folder
no-site = { $folder } has neither site.toml nor a content folder: go to the site's folder, or name it with --site
bad-base-url = `{ $url }` is no web address: write it like https://example.org
bad-as-of = `{ $text }` is no date: write 2026-03-05 or 2026-03-05T08:00
out-in-site = the output folder { $folder } would cover the site's own content: choose another one

## explain

no-page = there is no page { $page }
no-page-near = there is no page { $page }; did you mean { $near }?
page-at = page: { $page }
page-file = file: { $file }
page-source = from: { $file }
page-reads = reads { $count } things:
read-site = settings in site.toml
read-today = the day { $day }
read-routes = where each file is published
read-place = place: { $place }
read-collection = declaration: { $collection }
read-records = records: { $collection } at { $place }  { $files }
read-own = figures of the place: { $collection } at { $place }
read-total = figures with all places in it: { $collection } at { $place }
read-listing = latest records with all places in it: { $collection } at { $place }
read-notices = titles of notices: { $place }
read-all-notices = titles of notices with all places in it: { $place }
read-notice = notice: { $file }

## help

help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
option-help = Show help
option-version = Show the version
