#!/bin/sh
# Checks, builds and publishes a portal. All templates in this folder run this script.
#
#   publish.sh [--if-due] [SITE [TARGET]]
#
# SITE is the site's folder (`.` if not given), TARGET a name of [publish.NAME] in its site.toml (not
# needed if there is one). With --if-due, for a schedule that wakes often, it ends at once unless
#   - the moment has come at which the site changes by itself (`linli next-change`), or
#   - something in the site's folder was edited, added or deleted since the last publication, or
#   - the last run did not come to an end.
#
# LINLI          the program; `linli` of PATH if not given
# LINLI_FORMAT   how mistakes are written: `github` for annotations; else for people
# LINLI_COMMIT   what the files of the site are, where their times say nothing: the commit of a fresh copy
#
# Ends with 0 if all is well, with 1 if the content has errors (nothing was sent, and a second try
# changes nothing), and with 2 if the run failed (a second try goes on where this one ended).
set -eu

if_due=no
if [ "${1:-}" = --if-due ]; then
  if_due=yes
  shift
fi
site=${1:-.}
site=${site%/}
target=${2:-}
linli=${LINLI:-linli}
# Two lines: the moment, or nothing if no moment will ever come; and what the files were.
due=$site/.linli/due

# What the files of the site are now.
files() {
  if [ -n "${LINLI_COMMIT:-}" ]; then
    echo "$LINLI_COMMIT"
  else
    find "$site" \( -name .git -o -name .linli -o -path "$site/public" \) -prune \
      -o ! -type d -exec stat -c '%n %s %y' {} + | LC_ALL=C sort | cksum
  fi
}
now=$(files)

is_due() {
  [ -f "$due" ] || return 0
  [ "$(sed -n 2p "$due")" = "$now" ] || return 0
  moment=$(sed -n 1p "$due")
  [ -n "$moment" ] || return 1
  [ "$(date +%s)" -ge "$(date -d "$moment" +%s)" ]
}

if [ "$if_due" = yes ] && ! is_due; then
  exit 0
fi

# Without this file the next run is due, if this one does not come to an end. What is edited while it
# runs is for the next one.
rm -f "$due"

if [ "${LINLI_FORMAT:-human}" = github ]; then
  # Annotations go to standard output, and are all that it says.
  "$linli" --site "$site" check --format github
fi
"$linli" --site "$site" publish ${target:+"$target"}

next=$("$linli" --site "$site" next-change --json | sed -n 's/^ *"at": "\(.*\)".*/\1/p')
mkdir -p "$site/.linli"
chmod 700 "$site/.linli"
printf '%s\n%s\n' "$next" "$now" >"$due.new"
mv "$due.new" "$due"
