#!/bin/sh
# Builds a portal in parts, on several machines. All templates in this folder and in ../ray run this
# script. Most portals never need it: one machine builds 12,000 communities in a minute.
#
#   shards.sh summarise NUMBER COUNT     reads one part of so many, from 1, and writes its summary
#   shards.sh make NUMBER COUNT          with all summaries: makes the pages of the part
#   shards.sh join                       with all parts: the site, in OUT
#
# Each machine has the same files of the site and the same program. What they share is one folder,
# for those only who may read the site's files.
#
# AS_OF    the moment for which the site is built, the same for all: 2026-03-05T08:00
# SITE     the site's folder; `.` if not given
# SHARED   the folder that all machines see; `shared` if not given
# OUT      the output folder; `public` in the site's folder if not given
# LINLI    the program; `linli` of PATH if not given
#
# Ends with 0 if all is well, with 1 if the content has errors (a second try changes nothing), and
# with 2 if the run failed (a second try may help).
set -eu

linli=${LINLI:-linli}
site=${SITE:-.}
shared=${SHARED:-shared}
[ -n "${AS_OF:-}" ] || { echo 'AS_OF is not set' >&2; exit 2; }

case ${1:-} in
  summarise)
    mkdir -p "$shared/summaries"
    "$linli" --site "$site" build --as-of "$AS_OF" --shard "$2/$3" \
      --summary "$shared/summaries/$2.summary"
    ;;
  make)
    mkdir -p "$shared/parts"
    "$linli" --site "$site" build --as-of "$AS_OF" --shard "$2/$3" \
      --summaries "$shared/summaries" --out "$shared/parts/$2.part"
    ;;
  join)
    "$linli" --site "$site" shards --as-of "$AS_OF" --join "$shared/parts" \
      --out "${OUT:-$site/public}"
    ;;
  *)
    echo 'shards.sh summarise NUMBER COUNT | make NUMBER COUNT | join' >&2
    exit 2
    ;;
esac
