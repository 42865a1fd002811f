#!/bin/sh
# What hrgloss 0.1.0 wrote, whose texts have changed since, is still known as glosses: it goes with --strip, and nothing is
# explained again beside it. former/LANGUAGE[.hint].WHERE is former/log or former/log.ndjson as 0.1.0 explained it.
set -u
. "$TOP/tests/tap.sh"
former=$TOP/tests/cli/former

# glosses what `old` is again as it was glossed, into $dir/again
gloss_again() {
	"$HRGLOSS" --format "$format" --lang "$lang" $hint --place "$place" "$old" >"$dir/again"
}

for old in "$former"/*.*.* "$former"/en.inline "$former"/pt_BR.inline; do
	name=$(basename "$old")
	lang=${name%%.*} place=${name##*.} hint= format=text log=$former/log
	case $name in *.hint.*) hint=--hint ;; esac
	case $name in *.ndjson) format=ndjson place=inline log=$former/log.ndjson ;; esac

	! cmp -s "$old" "$log" && "$HRGLOSS" --format "$format" --strip "$old" | diff "$log" - >"$dir/diff"
	check "$name: --strip takes every gloss of 0.1.0 out" $? "$dir/diff"

	gloss_again
	if [ "$place" = below ]; then # such lines are written anew, in the words of now
		"$HRGLOSS" --lang "$lang" $hint --place below "$log" | diff - "$dir/again" >"$dir/diff"
		check "$name: the lines below are replaced" $? "$dir/diff"
	else
		diff "$old" "$dir/again" >"$dir/diff"
		check "$name: nothing is explained again" $? "$dir/diff"
	fi
done

# another letter, another code: no release wrote that
sed -n 's/flushing/flushinq/p; s/0x8007001F/0x80070020/p' "$former/en.hint.inline" >"$dir/other"
"$HRGLOSS" --strip "$dir/other" | diff "$dir/other" - >"$dir/diff" && [ "$(wc -l <"$dir/other")" = 2 ]
check "a bracket that only resembles a former gloss stays" $? "$dir/diff"

table=$TOP/patterns/text/former.tsv
awk -F '\t' 'NR == 1 ? $0 != "name\tlanguage\tkind\tlength\thash" : \
	NF != 5 || $1 !~ /^[A-Za-z0-9_]+$/ || $2 !~ /^(en|pt_BR)$/ || $3 !~ /^(meaning|hint)$/ || $4 !~ /^[0-9]+$/ || $5 !~ /^[0-9a-f]+$/ ||
	length($5) != 16 || ($4 == 0) != ($5 == "cbf29ce484222325")' "$table" >"$dir/wrong"
[ ! -s "$dir/wrong" ] && [ "$(wc -l <"$table")" -gt 1 ]
check "former.tsv: each row has a name, a language, a kind, a length and a hash" $? "$dir/wrong"
tail -n +2 "$table" | LC_ALL=C sort -uc 2>"$dir/wrong"
check "former.tsv: rows are in order, and each is there once" $? "$dir/wrong"
"$HRGLOSS" --list | cut -f 3 | LC_ALL=C sort -u >"$dir/names"
tail -n +2 "$table" | cut -f 1 | LC_ALL=C sort -u | LC_ALL=C comm -23 - "$dir/names" >"$dir/wrong"
[ -s "$dir/names" ] && [ ! -s "$dir/wrong" ]
check "former.tsv: each row is of a code of the tables" $? "$dir/wrong"

exit $bad
