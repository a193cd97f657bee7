### Files and folders, and how files are written. How to write is said at the head of en.ftl.

## Folders and files

unreadable = { $reason ->
    [no-file] this is not a file, but a folder, a pipe or a device
    [denied] this cannot be opened: permission denied
    [not-found] this is not there
   *[other] this cannot be opened: { $reason }
}
    .about = a file or folder cannot be opened
    .file = move it elsewhere, and put a file of this name in its place
    .permission = check that no other program is using it and that you are allowed to open it
illegal-file-name = { $character ->
    [space] the file name `{ $name }` cannot begin or end with a space
    [control] the file name `{ $name }` has an invisible character in it
    [reserved] `{ $name }` is a name that the system keeps for itself
   *[other] the file name `{ $name }` cannot have `{ $character }` in it
}
    .about = a file name is not allowed
    .rename = rename the file, using only letters, digits, hyphens and dots
symlink-outside = this is a link to something that is not in the site's folder: { $target }
    .about = a link to something that is not in the site's folder
    .copy = copy the file itself to this place
file-too-large = the file is too large; { $limit } is the most
    .about = a file is too large
    .split = split it by year, such as `2025.yaml` and `2026.yaml`
empty-file = the file is empty
    .about = a file is empty
    .fill = write something in it, or delete the file if it is not needed
bad-encoding = the file was not saved as UTF-8
    .about = a file was not saved as UTF-8
    .utf8 = open it in Notepad, choose Save As, and pick the encoding UTF-8; in WPS or Excel save as "CSV UTF-8"
    .utf16 = it was saved as "Unicode" (UTF-16); open it in Notepad, choose Save As, and pick the encoding UTF-8
hidden-character = { $kind ->
    [direction] here is a character that nobody sees ({ $character }); it can turn the text round
   *[other] here is a character that nobody sees ({ $character })
}
    .about = characters that nobody sees
    .delete = it probably came along when the text was pasted; delete the words around it and type them again
url-with-password = the address has a user name or password in it
    .about = an address with a user name or password
    .remove = delete what stands between `://` and `@`, and the `@` too, as in https://example.cn/; if it was a password, change it now
unknown-collection = no collection is called `{ $name }`
    .about = no such collection
    .near = did you mean `{ $near }`? if so, rename it
    .known = the collections are: { $known }
    .wording = if it is a list of wrong and right words, move it to a folder `wording` beside `site.toml`
    .declare = to add this collection, first write `content/_collections/{ $name }.yaml`
copied-file = `{ $name }` looks like a copy of `{ $original }`, and all in it would count twice
    .about = a copy of a file or folder
    .remove = move the one that is not needed out of `content`; if this is the right one, delete `{ $original }` and rename this one
    .rename = take what says that it is a copy out of the name; move what is not needed out of `content`
    .original = the original is here
equal-records = the list `{ $collection }` is { $kind ->
    [near] nearly the same as
   *[equal] the same as
} that of `{ $name }`, and its persons count twice
    .about = two places with the same list of persons
    .remove = if it was copied, delete the one that is not needed, or put in what belongs to this place
    .original = the other is here
level-order = `{ $name }` is a { $level } and cannot lie in `{ $above }`, a { $outer }
    .about = a place lies in one of a lower level
    .move = correct the level; if it is right, move the folder to a place above
    .above = the level of the place around it
same-name = there are two places called `{ $name }` in one place
    .about = two places of one name
    .remove = if one is a copy, move that folder out of `content`; if there are two, give them different names
    .original = the other is here
unknown-file = `{ $name }` is not a file that the site can use
    .about = not a file that the site can use
    .kinds = use .yaml, .csv or .xlsx for records, .md for notices, .jpg or .png for images; move other files out of `content`
    .heic = it is a photo as iPhones save it (HEIC), which web pages cannot show: open it in an image viewer and save it as JPEG (.jpg)
    .bmp = it is a bitmap (BMP), which web pages do not use: open it in Paint and save it as JPEG (.jpg)
    .tiff = it is an image as scanners save it (TIFF), which web pages cannot show: open it in an image viewer and save it as JPEG (.jpg)
    .jfif = it is a JPG photo: change the end of its name to .jpg
    .index = a file of this name has no address of its own: call it something else, such as about.md; what introduces the place belongs into `intro` of place.yaml
    .readme = a README is for programmers and is not published; to publish it, call it something else, such as about.md
    .pages = this folder is one page already (index.md): put other pages outside of it, and notices into a folder `notices`
    .notices = notices live right in a folder `notices`; move the file there
    .spreadsheet = if it holds records, save it in WPS or Excel as a workbook (.xlsx), give it the name of their list, such as `patrols.xlsx`, and move this file out of `content`
    .ledger = a sheet in it has the name of a list, but others have not: to publish the records, call it `台账.xlsx`, and what is for yourself `_…`; to attach it to a text, give that sheet another name
    .txt = take the `.txt` off the end of the name; if it does not show, turn on file name extensions in the folder's View menu
root-file = { $reason ->
    [script] there is a program (script) in this file, which would run when residents open it
    [place] this folder `_root` does nothing: only that of `content` is for the root of the site
   *[opaque] nobody can tell what is in this file, so it cannot be published
}
    .about = a file for the root of the site that cannot be published
    .script = delete the program; if it is needed, save it as a .js file in `_root`, and add two lines to site.toml: `[security.csp]` and `script-src = ["'self'"]`
    .place = move the files in it to `content/_root`
    .opaque = only texts (in UTF-8), images and favicon.ico belong into `_root`; put files to download beside a notice, and link to them from it
missing-place = the folder `{ $folder }` has no place.yaml
    .about = a folder has no place.yaml
    .pages = there are only pages in it: move them into the folder above; for a page with pictures of its own make a folder with its text as index.md
    .add = make a file `place.yaml` in it with two lines: `name: 一心社区` and `level: community`

## How files are written

yaml-syntax = this is not written as it should be
    .about = a file is not written as it should be
    .colon = if there is a colon in the value, put double quotes round it, such as `title: "note: no water tonight"`; if two fields are on one line, write each on its own
    .quote = double quotes go round the whole value, one at each end, such as `title: "no water tonight"`; inside it use `“` and `”`
    .indent = line up the fields of one record on the left, with spaces
    .record = another record seems to begin here: write `- ` (a dash and a space) before this line, and indent the lines below it by two spaces
    .first = the first record begins with a dash, too: write `- ` before this line, and indent the lines below it by two spaces
    .braces = the colons and commas between braces have to be plain ones with a space behind: write { $group }
    .in-record = this belongs to a record: the first line of each record begins with `- ` (a dash and a space), the others are indented by two spaces
    .align = the dashes of all records stand below each other; add or delete spaces before this one
    .under = a list stands below the name of a field: add a line such as `records:` above it; if it is no list, delete the `- `
    .dash = replace this sign by the dash `-` and a space, such as `- date: 2026-03-05`
    .block = indent every line below the `|` by two spaces more than the name of the field
    .paragraph = this line has no field: if it goes on with the value above, write it at the end of that line; if it is a field of its own, write `name: value`
    .fullwidth-colon = replace the full-width colon `：` by `:` and a space, such as `phone: 0431-8255-0001`
    .space = put a space after `:` and after `-`, such as `date: 2026-03-05`
    .at-sign = a value cannot begin with this sign; put double quotes round it, such as `"@everyone"`
    .documents = delete this line; a file holds one document, with no `---` or `...` between parts
    .bracket = every bracket and brace needs its partner, with commas between what is inside, such as `[3号楼, 4号楼]`
    .parser = follow the lines that are right; if that does not help, show this to someone technical: { $reason }
    .wide-space = this line begins with full-width spaces, which do not indent: delete them, and type spaces of an English keyboard
    .control = there is an invisible character here, most likely pasted in; delete this line and type it again
tab = this is a tab, where there should be spaces
    .about = a tab where there should be spaces
    .spaces = delete the tab and press the space bar twice
lost-words = `{ $words }` will not be shown: what follows a space and `#` is a note to yourself
    .about = words behind a # are not shown
    .quote = to show it, put double quotes round the whole value, such as `"幸福社区 #1"`; if it is a note, put a space after the `#`
duplicate-key = `{ $key }` is given twice
    .about = a field is given twice
    .remove = keep the right one and delete the other
    .record = if another record begins here, write `- ` (a dash and a space) before this line; if it is just written twice, keep the right one
    .first = first given here
too-deep = this is nested more than { $limit } levels deep
    .about = nested too deeply
    .flatten = use fewer levels: move folders up, and write one `name: value` on each line
    .template = use fewer `elif` in one `if`, and let fewer templates extend or include one another
    .brackets = this message has too many brackets; write it with fewer, or as several messages
too-many-aliases = too much is repeated with `*`, more than { $limit }
    .about = too much is repeated with `*`
    .write-out = do not use `&` and `*`; write everything out
wrong-shape = this should be { shape-wanted }, but is { shape-found }
    .about = laid out in the wrong way
    .list = begin the first line of each entry with `- `, such as `- date: 2026-03-05`, and indent its other lines by two spaces
    .record = write one `name: value` on each line, such as `name: 一心社区`
    .group = write each part by itself: { $group }
    .dashes = delete the `- ` at the beginning of each line and write one `name: value` on each, such as `name: 一心社区`
    .value = write just one value after the colon, on the same line, without `- `
    .toml-value = write just one value, with double quotes round it, such as `title = "宽城邻里"`
    .toml-table = put the name on a line of its own in brackets, such as `[organiser]`, and one setting on each line below it, such as `name = "幸福街道办事处"`
    .toml-list = put the name on a line of its own in double brackets, such as `[[sections]]`, and one setting on each line below it, such as `id = "service"`
csv-syntax = this cell begins with a double quote that is never closed
    .about = a double quote in a table is not closed
    .quote = delete the double quote, or put another one at the end of the cell
csv-header = this cell of the header is empty, but there are values below it
    .about = a column without a name
    .name = write the name of the column in the header, or delete the column
csv-row = row { $row } has { $cells ->
    [one] 1 cell
   *[other] { $cells } cells
}, but the header has { $columns }
    .about = a row does not fit the header
    .full-width = replace the full-width comma `，` with `,`
    .comma = column { $column } has no name: give it one in the header, or empty this cell of row { $row }; in a file that was typed, there may be one comma too many; if it belongs to the value, put the cell in quotes: "3号楼,4号楼"
csv-left-out = { $what ->
    [columns] these columns were not read: { $names }
    [sheets] these sheets were not read: { $names }
    [examples] rows that are marked as examples were not read: { $names }
    [hidden-rows] hidden rows were not read: { $names }
    [hidden-columns] hidden columns were not read: { $names }
    [totals] rows that add up others were not read: { $names }
   *[remarks] remarks below the table were not read: { $names }
}
    .about = some rows or columns of a table are not read
    .columns = they are for yourself and not on the website; without them you are not told
    .totals = Linli adds up itself; without these rows you are not told
    .remarks = each row is a record; without these rows you are not told
    .sheets = another sheet has the name of the list; what is to be published has to stand there
    .examples = if they are records, empty their last cell, below “Example” (示例)
    .hidden = what is hidden is not published; to publish it, show it again (and end the filter), else delete it
csv-merged = { $count } empty cells in the column `{ $column }` were given the value above
    .about = merged cells
    .write = these look like merged cells; check them, and better write the value into each row
csv-two-headers = { $kind ->
    [again] a second table begins in row { $row } ({ $words })
    [units] the header has two lines: row { $row } has units ({ $words })
   *[names] the header has two lines: row { $row } has names of columns ({ $words })
}
    .about = a header of two lines
    .units = delete this row; a unit may stand behind the name of its column, such as `人数（人）`
    .again = delete this row and the title above it, so that all rows are below one header; or put each table into a file of its own
    .names = make one line of both: undo merged cells, and give each column one name
csv-unit = the header gives the unit `{ $unit }`, but { $declared ->
    [none] `{ $field }` has none such
   *[other] that of `{ $field }` is `{ $declared }`
}
    .about = a column has another unit than its field
    .unit = convert the numbers of the column, then change the unit in the header
spreadsheet-file = this is a spreadsheet ({ $kind }) under another name
    .about = a spreadsheet was renamed
    .save = a new name does not make it CSV: end the name in .xlsx again; one that ends in .xls, open and save as a workbook (.xlsx)
workbook-unreadable = this workbook cannot be read{ $reason ->
    [password] : it is locked by a password
    [too-much] : it holds more than any list has
    [old] : it is of the form before 2007 (.xls)
    [page] : it is a web page with the name of a workbook
   *[damaged] { "" }
}
    .about = a workbook that cannot be read
    .damaged = open it in WPS or Excel and save it once more; if it does not open, take a copy that does
    .password = open it in WPS or Excel, take the password away (File, Encryption), and save it
    .too-much = delete what is none of the list: sheets, pictures, formats down to the last row; select all empty rows below the list, delete them and save; or divide the list by years, in a folder
    .old = open it in WPS or Excel, choose “Save as” and the type “Excel workbook (.xlsx)”, then delete this file
    .page = open it in WPS or Excel, choose “Save as” and the type “Excel workbook (.xlsx)”, then delete this file
workbook-sheets = { $kind ->
    [several] records may stand in any of these sheets: { $names }
   *[unknown] the sheet `{ $names }` is called after no list
}
    .about = it is not known what a sheet holds
    .several = give the sheet with the records the name `{ $name }`, or delete the others
    .near = call it `{ $near }`? A name that begins with `_` says that a sheet is for yourself
    .known = call it after its list: { $known }; a name that begins with `_` says that a sheet is for yourself; an empty sheet can be deleted
template-outdated = this workbook was made before the list was changed
    .about = a workbook that was made from an older declaration
    .again = make a new one (linli template { $name }) and copy your rows into it
sample-data = this file says that it is sample data, but it would be published as if it were true{ $files ->
        [1] {""}
       *[other] {" "}(so say { $files } files)
    }
    .about = sample data that is published as if it were true
    .mark = replace it, then delete the line with the words “sample data” (示例数据); if the site is for demonstration, write `banner = "A sample: all of it is made up"` in site.toml
mapping-columns = { $kind ->
    [none] no line of this table has any of the columns of { $mapping }: { $names }
    [values] { $count ->
        [one] one cell of the column “{ $names }” has
       *[other] { $count } cells of the column “{ $names }” have
    } what [values.{ $field }] of { $mapping } has not; it is taken as it is
   *[some] this table does not have these columns of { $mapping }: { $names }
}
    .about = the table of another system has other columns than its mapping
    .mapping = this says what the columns are
    .none = write into { $mapping } what the columns of the table are called; of a workbook with several sheets, name the right one: `sheet = "…"`
    .values = if it is a new code, add a line below [values.{ $field }], such as "09" = "its name"; if it is a mistake, correct it in the other system
    .some = if the other system calls them otherwise now, write the new names; if they are gone, delete their lines
two-sources = the list “{ $collection }” of this place is in two files
    .about = one list in two files
    .other = this is the other one
    .import = keep one of the two; to take what { $table } has into { $yaml }, move it out of `content` and run `linli import { $table } --place { $place }`
    .one = keep one of the two and move the other out of `content`, after putting together what only one has
front-matter-unclosed = the title, date and so on at the top of the file are not closed with `---`
    .about = the top of a file is not closed
    .close = add a line below them with just three hyphens: `---`
front-matter-missing = the file does not begin with its title
    .about = a notice or page without a title at its top
    .page = put three lines at the very top: `---`, `title: 办事指南`, `---`
    .fence = the first line has to be exactly three hyphens, `---`, with no blank line above: correct it, add it above, or delete the blank line
    .add = put four lines at the very top: `---`, `title: 停水通知`, `date: 2026-03-05`, `---`
