#!/bin/sh
# How many codes of each family have an English meaning, a Portuguese one, a hint: coverage.sh HRGLOSS
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$1" --lang en --list >"$dir/en"
# what has no Portuguese text shows the English one, so that a text differs says that it is there
"$1" --lang pt_BR --list >"$dir/pt"
paste "$dir/en" "$dir/pt" | awk -F '\t' '
	NR > 1 {
		f = $5; n[f]++
		if ($6 != "") en[f]++
		if ($6 != $13 && $13 != "") pt[f]++
		if ($7 != "") hint[f]++
	}
	END { for (f in n) printf "%s\t%d\t%d\t%d\t%d\n", f, n[f], en[f], pt[f], hint[f] }' | sort >"$dir/rows"
awk -F '\t' '
	BEGIN { printf "%-28s %7s %8s %11s %6s\n", "family", "codes", "English", "Portuguese", "hints" }
	{ printf "%-28s %7d %8d %11d %6d\n", $1, $2, $3, $4, $5; n += $2; e += $3; p += $4; h += $5 }
	END { printf "%-28s %7d %8d %11d %6d\n", "all", n, e, p, h }' "$dir/rows"
