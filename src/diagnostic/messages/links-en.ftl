### Links, images and attachments of texts. How to write is said at the head of en.ftl.

bad-link = { $found ->
    [elsewhere] the link goes to `{ $target }`, which is not here but in another folder
   *[no] the link goes to `{ $target }`, which does not exist
}
    .about = a link goes to a file that does not exist
    .near = did you mean `{ $near }`?
    .absolute = what begins with `/` begins at the front page, such as `/kaixuan/honors/`; another site at the same address has to stand in site.toml under [links] outside
    .relative = begin at the folder of this file and write `../` for the folder above, such as `../honors.yaml`
bad-heading = the link `{ $target }` goes to a heading `{ $heading }` that does not exist
    .about = a link goes to a heading that does not exist
    .near = did you mean `{ $near }`?
    .known = its headings are: { $known }
missing-image = { $found ->
    [elsewhere] the image `{ $target }` is not here but in another folder
   *[no] there is no image `{ $target }`
}
    .about = an image does not exist
    .near = did you mean `{ $near }`?
    .copy = put the image in the folder of this file and write its whole name, with `.jpg` or `.png`
    .root = put the image into the folder `{ $folder }`, under the name that stands here
unfit-target = { $kind ->
    [heic] `{ $target }` is a photo as iPhones save it (HEIC), which web pages cannot show
    [bmp] `{ $target }` is a bitmap (BMP), which web pages do not use
    [tiff] `{ $target }` is an image as scanners save it (TIFF), which web pages cannot show
    [jfif] `{ $target }` is a JPG photo under another ending
    [page] `{ $target }` is no image and cannot be shown as one
    [hidden] `{ $target }` is not published, because a name begins with `_` or a dot
    [disk] `{ $target }` is on your own computer or network, where nobody else can open it
    [host] `{ $target }` lacks the https:// in front
    [off] the file `{ $target }` is there, but this site does not publish attachments of that kind
    [large] the attachment `{ $target }` is too large; at most { $limit } are allowed
   *[file] the file `{ $target }` is there, but of a kind that the site cannot publish
}
    .about = a link or image that leads to what cannot be published
    .heic = open it in an image viewer, save it as JPEG (.jpg), and write the new name here; with "Most Compatible" in the phone's camera settings new photos are JPG
    .bmp = open it in Paint, save it as JPEG (.jpg), and write the new name here
    .tiff = open it in an image viewer, save it as JPEG (.jpg), and write the new name here
    .jfif = change the end of the file's name to .jpg, and write the same here
    .image = name an image: .png, .jpg or .svg
    .page = to let readers open it, take away the exclamation mark and write [words](…)
    .hidden = to publish it, rename the file or folder, without the `_` or dot in front
    .disk = copy the file into the folder of this file in `content`, and write its name alone
    .host = put https:// in front, such as https://www.example.cn
    .off = the kinds that are published stand in site.toml under [attachments]
    .large = make the images in it smaller, or divide it; the limit stands in site.toml under [attachments]
    .file = use .jpg or .png for images, .docx, .xlsx or .pdf for attachments; words can be written right here
unchecked-attachment = nobody has checked the attachment `{ $target }`, which { $kind ->
        [archive] is an archive that the program does not look into
        [unreadable] cannot be opened: it may be locked by a password, damaged, or of another kind than its name says
        [disguised] is a file of another program under a name that ends with .txt or .csv
        [encoding] is in an encoding that the program does not recognize
        [formulas] has formulas whose results are not saved in it
        [pictures] has pictures, on which the program reads no words
        [embedded] has other files embedded that the program does not look into
        [too-much] says more than the program reads
       *[kind] is in a format that the program cannot read
    }
    .about = an attachment that nobody checked for personal data
    .look = read all of it; if there is nothing that must not be published, add three lines at the top of this notice, between the two lines `---`: `checked_by: your name`, `checked_on: the date` and `checked_files: { $fingerprint }`; after each change it has to be checked again; if you save it as .docx or .xlsx the program checks it
    .notice = link it from a notice that says who checked it, or save it as .docx or .xlsx
leak-in-attachment = { $kind ->
    [withdrawn] the attachment has the name of somebody who withdrew it
    [elsewhere] the attachment has the name of somebody who withdrew it elsewhere
    [sensitive] in the attachment { sensitive-name }: { $places }
    [listed] the attachment lists names; with the title, the heading or the words of this link { sensitive-name }
   *[other] the attachment has { personal-kind }: { $places }
}
    .about = personal data in an attachment
    .remove = open the attachment, delete it there, and save
    .root = open the file in a text editor, delete it there, and save; files in `_root` are published as they are, and no notice can say that it is somebody else
    .drawing = this is an SVG drawing, whose words anybody can find: open it in a drawing program, delete them (in hidden layers, too), and save; if they have to be published, write at the top of a notice that shows it: `checked_by: your name`, `checked_on: the date`, `checked_files: { $fingerprint }`
    .name = find out: if it is the same person, delete the name in the attachment and save; if it is a namesake, write at the top of a notice that links to it: `checked_by: your name`, `checked_on: the date`, `checked_files: { $fingerprint }`
    .check = open the attachment, delete it there, and save; if it has to be published, write at the top of a notice that links to it: `checked_by: your name`, `checked_on: the date`, `checked_files: { $fingerprint }`
hidden-in-attachment = the attachment has something that is not seen, but can be found: { $kind ->
    [sheet] the hidden { $name }
    [rows] hidden rows of { $name }
    [columns] hidden columns of { $name }
    [text] hidden text
    [slide] the hidden slide { $name }
    [comments] comments
    [changes] tracked changes, with what was deleted
   *[author] the name of its author ({ $name })
}
    .about = something unseen in an attachment
    .sheet = unhide it, look at it, and delete what is not needed
    .rows = unhide them, look at them, and delete what is not needed; copy a filtered table into a new sheet
    .columns = unhide them, look at them, and delete what is not needed
    .text = select all text, turn off "hidden", look at it, and delete what is not needed
    .slide = unhide it, look at it, and delete what is not needed
    .comments = delete all comments under "Review"
    .changes = accept all changes under "Review", and save
    .author = delete the name under File, Info, Properties; if everybody may read it, leave it
full-width-brackets = these brackets are full-width: this is no link or image
    .about = a link or image with full-width brackets
    .type = use plain brackets: { $meant }
dangerous-url = links that begin with `{ $scheme }:` can do harm; this one was removed
    .about = a link that can do harm
    .scheme = use a link that begins with `https://`, `http://`, `mailto:` or `tel:`
unsupported-url = links that begin with `{ $scheme }:` cannot be opened from a website; this one was removed
    .about = a link that cannot be opened from a website
    .scheme = use a link that begins with `https://`, `http://`, `mailto:` or `tel:`; of a map or an account, show an image, or write the address
lost-markup = { $kind ->
    [heading] this line is no heading; readers see the `#`
    [list] these lines are no list; they run together
    [table] these lines are no table; readers see the `|`
    [cells] this row has more cells than the head of the table; the last ones are not shown
    [bold] `**` makes nothing bold here; readers see the stars
    [link] this is no link or image; readers see the brackets
    [braces] readers see these braces
    [indented] this paragraph begins with four blanks, so it is shown as code
    [empty] this link has no address; nothing happens when it is pressed
    [notice] this looks like the beginning of another notice; it is part of this one
    [swallowed] this line follows a table at once, so it is shown as a row of it
    [numbers] readers do not see this number: items are counted from the first one on
   *[level] this heading skips a level
}
    .about = Markdown that did not take
    .heading = write a blank behind the `#`: `## Times`; where a `#` is meant, write `\#`
    .list = write a blank behind the `-` or `1.`: `- one`, `1. one`
    .table = add a line below the head, with a hyphen for each column: `| - | - |`
    .cells = give the head, and the line below it, as many cells, or delete what is too much; a `|` in a text is written `\|`
    .bold = write the stars close to the words, as many before as behind: `**note**`; where stars are meant, write `\*\*`
    .link = write `[words](address)` or `![description](file)`, with no blank between; around a name with blanks put `<` and `>`
    .braces = other programs read this; delete it
    .indented = delete the blanks before the paragraph
    .empty = write the address or file between the brackets: `[form](form.docx)`; if it is to be no link, delete the brackets
    .notice = a file is one notice: move all from here on to another `.md` file
    .swallowed = leave a blank line between the table and this line
    .numbers = number the items in order; to keep these numbers, write all of the list so, without a blank: { $numbers }
    .level = below `##` comes `###`, not `####`
lost-element = what is in <{ $name }> is not shown
    .about = something in a text that is not shown
    .link = make it a link: `[watch the video](https://…)`
image-undescribed = this image has no description
    .about = an image without a description
    .describe = write what it shows between the square brackets: `![the steps of house 2](gate.jpg)`; those who do not see it depend on that
unlinked-attachment = { $kind ->
    [missing] the text names `{ $name }`, and no such file is there
   *[other] the text names `{ $name }` and does not link to it
}
    .about = an attachment without a link
    .beside = write `[{ $title }]({ $file })`; a file that no text links to is not published
    .missing = put the file beside the text and write a link: `[{ $title }]({ $title }.docx)`
    .reference = put the file beside the text and write a link, such as `附件1：[报名表](form.docx)`
bad-host = { $kind ->
    [several] `{ $value }` is more than one site
    [star] the star in `{ $value }` stands in the wrong place
    [number] `{ $value }` is an address made of numbers
    [address] `{ $value }` is more than the name of a site
   *[name] `{ $value }` is not the name of a site
}
    .about = a setting that should name a site does not
    .address = write the name alone: `{ $meant }`
    .several = write each by itself: `["www.example.cn", "*.example.gov.cn"]`
    .star = write it only in front, behind it the name of a site: `*.example.gov.cn` is all sites below that one
    .number = write the name of the site, such as `www.example.cn`; who has the number may be another one tomorrow
    .name = write it like `www.example.cn`
wording = { $places ->
    [none] `{ $wrong }` is not how the office writes it
   *[other] the attached file says `{ $wrong }`, which is not how the office writes it: { $places }
}
    .about = not how the office writes it
    .write = write `{ $right }`{ $note ->
        [none] {""}
       *[other] ; { $note }
    }{ $source ->
        [none] {""}
       *[other] {" "}(by { $source })
    }
    .avoid = { $note }{ $source ->
        [none] {""}
       *[other] {" "}(by { $source })
    }
    .list = this row of the list says so
wording-list = { $kind ->
    [file] `{ $value }` in the folder `wording` is no list of words
    [column] the header of the list has no `{ $value }`
    [header] the first line of the list does not name its columns
    [folder] the folder `{ $value }` is not read
    [beside] the list `{ $value }` is not read
    [crossed] `{ $value }` is right in this row and wrong in another
    [exchanged] of the words that this list calls wrong ({ $name }), many are in use ({ $value })
    [wrong] this row has no wrong word
    [right] `{ $value }` has no right word
    [same] the wrong and the right form of `{ $value }` are the same
    [long] this is too long; a list has words and short phrases
    [severity] `{ $value }` is no severity
    [twice] `{ $value }` is there twice, with different right words
    [empty] the list has a header and no words
   *[many] there are too many words; the limit is { $value }
}
    .about = a mistake in a list of words (the folder `wording`)
    .file = a list is a `.csv` file: save the spreadsheet as CSV; move other files out of the folder
    .column = add `{ $name }` or `{ $value }` to the header; a list may have wrong, right, severity, source, note
    .header = write `wrong,right,severity,source,note` as the first line, above the words; if there is a header, give its columns these names
    .folder = lists of words lie in the folder `wording` beside `site.toml`: rename `{ $value }` to `wording`
    .beside = make a folder `wording` beside `site.toml` and move the list into it
    .crossed = check both rows; in one of them the wrong and the right word may be the wrong way round
    .exchanged = if the columns are the wrong way round, exchange `wrong` and `right` in the header; if not, correct the texts
    .empty = write the words below the header, one in a row; if it is not needed, delete it
    .wrong = write the word that is looked for, or delete the row
    .right = write the right word; if there is none, say in `note` what to do
    .same = correct it, or delete the row
    .long = leave only what is wrong
    .severity = write `error` (the site is not published) or `warning`; an empty one is a warning
    .twice = keep one row and delete the other
    .many = delete those that are rare
    .first = it is here already
dead-link = the link `{ $target }` cannot be opened: { $reason ->
    [status] the other site answers { $status }
    [host] there is no such site any more
    [connection] it cannot be reached
    [time] it does not answer
    [certificate] its certificate is not to be trusted
   *[other] what it answers is no page
}
    .about = a link that cannot be opened
    .gone = write the new address, or delete the link
    .look = open it in a browser; if it does not work there either, write the new address, or delete the link
moved-link = the link `{ $target }` leads on to another site: { $host }
    .about = a link that leads on to another site
    .look = open it: if it is still the same office, write the new address; if not, delete the link at once, as lapsed addresses are bought for gambling sites
changed-title = the page of the link `{ $target }` was called `{ $before }`, and is now called `{ $now }`
    .about = the page of a link has another title
    .look = open it, and see whether it is still what it was; if not, delete the link at once, as lapsed addresses are bought for gambling sites
