#!/bin/sh
# Prints patterns/text/former.tsv anew: what is there, and what a release said of its codes that is said otherwise now.
#   former.sh TABLEGEN RELEASE     RELEASE: a commit or tag
# Run it in the top folder. A code that had no meaning gets a row of length 0, the hash being that of no bytes.
set -eu
tablegen=$(realpath "$1") release=$2
export LC_ALL=C
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# English first, as in the build
texts() {
	(cd "$1" && "$tablegen" texts "$2" text/en/*.tsv $(ls text/*/*.tsv | grep -v '^text/en/'))
}

git archive "$release" patterns/text patterns/codes | tar -x -C "$dir"
texts "$dir/patterns" "$dir/old"
texts patterns "$dir/now"
awk -F '\t' 'FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "name") column = i; next } !/^#/ && $column { print $column }' \
	"$dir"/patterns/codes/*.tsv >"$dir/names"
awk -F '\t' -v OFS='\t' '
	$2 != "en" || $3 != "meaning" { next }
	FILENAME ~ /old$/ { said[$1]; next }
	!($1 in said) { print $1, $2, $3, 0, "cbf29ce484222325" }' "$dir/old" "$dir/now" |
	awk -F '\t' 'NR == FNR { had[$1]; next } $1 in had' "$dir/names" - >"$dir/none"

head -n 1 patterns/text/former.tsv
tail -n +2 patterns/text/former.tsv | cat - "$dir/old" "$dir/none" | awk 'NR == FNR { now[$0]; next } !($0 in now)' "$dir/now" - | sort -u
