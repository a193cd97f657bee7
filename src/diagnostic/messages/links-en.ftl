### Links, images and attachments of texts. How to write is said at the head of en.ftl.

bad-link = { $found ->
    [elsewhere] the link goes to `{ $target }`, which is not here but in another folder
   *[no] the link goes to `{ $target }`, which does not exist
}
    .about = a link goes to a file that does not exist
    .near = did you mean `{ $near }`?
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
unfit-target = { $kind ->
    [heic] `{ $target }` is a photo as iPhones save it (HEIC), which web pages cannot show
    [bmp] `{ $target }` is a bitmap (BMP), which web pages do not use
    [tiff] `{ $target }` is an image as scanners save it (TIFF), which web pages cannot show
    [jfif] `{ $target }` is a JPG photo under another ending
    [page] `{ $target }` is a page and cannot be shown as an image
    [hidden] `{ $target }` is not published, because a name begins with `_` or a dot
    [disk] `{ $target }` is on your own computer or network, where nobody else can open it
    [host] `{ $target }` lacks the https:// in front
   *[file] the file `{ $target }` is there, but of a kind that the site cannot publish
}
    .about = a link or image that leads to what cannot be published
    .heic = open it in an image viewer, save it as JPEG (.jpg), and write the new name here; with "Most Compatible" in the phone's camera settings new photos are JPG
    .bmp = open it in Paint, save it as JPEG (.jpg), and write the new name here
    .tiff = open it in an image viewer, save it as JPEG (.jpg), and write the new name here
    .jfif = change the end of the file's name to .jpg, and write the same here
    .page = to let readers open it, take away the exclamation mark and write [words](…)
    .hidden = to publish it, rename the file or folder, without the `_` or dot in front
    .disk = copy the file into the folder of this file in `content`, and write its name alone
    .host = put https:// in front, such as https://www.example.cn
    .file = use .jpg or .png for images; words can be written right here
full-width-brackets = these brackets are full-width: this is no link or image
    .about = a link or image with full-width brackets
    .type = use plain brackets: { $meant }
dangerous-url = links that begin with `{ $scheme }:` can do harm; this one was removed
    .about = a link that can do harm
    .scheme = use a link that begins with `https://`, `http://`, `mailto:` or `tel:`
