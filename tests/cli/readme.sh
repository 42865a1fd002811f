#!/bin/sh
# Runs the recipes of the README: its `console` blocks are cases like those under cases/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk '
	/^```console$/ { inside = 1; print "# " title; next }
	/^```$/ { inside = 0; print ""; next }
	inside { print; next }
	/:$/ { title = $0 }' "$TOP/README.md" >"$dir/readme.case"
[ "$(grep -c '^# ' "$dir/readme.case")" -ge 5 ] || echo "not ok - the README has fewer than five recipes"
CASES="$dir" sh "$here/cases.sh"
