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

checked = checked { $files ->
    [one] { $files } file
   *[other] { $files } files
}: { $errors ->
    [one] { $errors } error
   *[other] { $errors } errors
}, { $warnings ->
    [one] { $warnings } warning
   *[other] { $warnings } warnings
}
