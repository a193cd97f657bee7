#!/bin/sh
# Checks, builds and publishes a portal. All templates in this folder run this script.
#
#   publish.sh [--if-due] [SITE [TARGET]]
#
# SITE is the site's folder (`.` if not given), TARGET a name of [publish.NAME] in its site.toml (not
# needed if there is one). With --if-due, for a schedule that wakes often, it ends at once unless
#   - the moment has come at which the site changes by itself (`linli next-change`), or
#   - something in the site's folder is newer than the last publication, or
#   - the last run did not come to an end.
#
# LINLI          the program; `linli` of PATH if not given
# LINLI_FORMAT   how mistakes are written: `github` for annotations; else for people
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
target=${2:-}
linli=${LINLI:-linli}
due=$site/.linli/due

# Whether a run is due. The file has the moment, or nothing if no moment will ever come.
is_due() {
  [ -f "$due" ] || return 0
  changed=$(find "$site" \( -name .git -o -name .linli -o -name public \) -prune \
    -o -newer "$due" -type f -print | head -n 1)
  [ -z "$changed" ] || return 0
  moment=$(cat "$due")
  [ -n "$moment" ] || return 1
  [ "$(date +%s)" -ge "$(date -d "$moment" +%s)" ]
}

if [ "$if_due" = yes ] && ! is_due; then
  exit 0
fi

# What is edited while this runs is for the next run.
mkdir -p "$site/.linli"
chmod 700 "$site/.linli"
begun=$site/.linli/due.new
rm -f "$due"
: >"$begun"

if [ "${LINLI_FORMAT:-human}" = github ]; then
  # Annotations go to standard output, and are all that it says.
  "$linli" --site "$site" check --format github
fi
"$linli" --site "$site" publish ${target:+"$target"}

next=$("$linli" --site "$site" next-change --json | sed -n 's/^ *"at": "\(.*\)".*/\1/p')
printf '%s' "$next" >"$due.now"
touch -r "$begun" "$due.now"
mv "$due.now" "$due"
rm "$begun"
