#!/bin/sh
# Checks the texts of the tables beyond what the build refuses: lint.sh HRGLOSS. Speaks TAP.
#   style     no full stop at the end, no doubled blanks, no `; ` in a meaning, a small letter first but for proper names
#   repeats   no meaning that only says the words of its name again
#   doubles   no sentence for two codes that are not the same condition under two names
#   hints     name only events of events.txt and commands of commands.txt
#   worn      no meaning is again one that worn.txt has the checksum of: it says too nearly what the vendor's text says
#   spelling  hunspell knows every word, or tests/text/words.txt does; proper.txt holds the proper names that may come first
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export LC_ALL=C.UTF-8
bad=0

check() {
	if [ -s "$2" ]; then
		bad=1
		echo "not ok - $1"
		head -n 30 "$2" | sed 's/^/# /'
	else
		echo "ok - $1"
	fi
}

for lang in en pt_BR; do
	texts="$top/patterns/text/$lang"
	tail -q -n +2 "$texts"/*.tsv | awk -F '\t' 'NF == 3 || NF == 4' >"$dir/rows"

	awk -F '\t' '
		NR == FNR { proper[$1]; next }
		{
			for (i = 2; i <= 3; i++)
				if ($i ~ /\.$|  |^ | $/) print $1 ": full stop or blanks: " $i
			if ($2 ~ /; /) print $1 ": two clauses: " $2
			word = $2; sub(/[ ,:].*/, "", word)
			if (word ~ /^[A-Z][a-z]+$/ && !(word in proper)) print $1 ": capital first: " $2
		}' "$top/tests/text/proper.txt" "$dir/rows" >"$dir/found"
	check "$lang: style" "$dir/found"

	awk -F '\t' '
		{
			n = split(tolower($1), a, /[^a-z0-9]+/); delete name
			for (i = 1; i <= n; i++) name[a[i]]
			n = split(tolower($2), w, /[^[:alnum:]]+/); more = 0
			for (i = 1; i <= n; i++)
				if (w[i] != "" && w[i] !~ /^(the|an?|is|was|of|to|in|for|on|not|no|be|by|or|and|with|error|code|this|o|a|de|do|da|em|e|um|uma)$/) {
					s = w[i]; sub(/(ed|s|d)$/, "", s)
					if (!(w[i] in name) && !(s in name)) more++
				}
			if ($2 != "" && more == 0) print $1 ": only repeats its name: " $2
		}' "$dir/rows" >"$dir/found"
	check "$lang: no meaning only repeats its name" "$dir/found"

	# the same condition has many names: ERROR_X, STATUS_X, FVE_E_X, STATUS_FVE_X, HNS_E_X and HCN_E_X
	awk -F '\t' '
		function core(s) {
			s = "_" s "_"
			for (k = 0; k < 6; k++)
				gsub(/_(NT|STATUS|ERROR|ERR|FVE|TPM|TPMAPI|TBS|PCP|20|FWP|RPC|WSA|HCN|HNS|GCN|HCS|NDIS|QUIC|SPAPI|WININET|INTERNET|NERR|DNS|DHCP|COR|WBEM|JET|MQ|SEC|CRYPT|WINBIO|E|S|I|X|W)_/, "_", s)
			gsub(/_/, "", s); s = tolower(s)
			sub(/^(jet)?err/, "", s); sub(/^(wsae|hr)/, "", s)
			return s
		}
		$2 != "" { if ($2 in first && core(first[$2]) != core($1)) print first[$2] ", " $1 ": " $2; else first[$2] = $1 }' \
		"$dir/rows" >"$dir/found"
	check "$lang: no sentence means two conditions" "$dir/found"

	# the numbers after `event`; words with a hyphen; and what comes before an option, unless it is a word of the sentence
	awk -F '\t' -v events="$top/tests/text/events.txt" -v commands="$top/tests/text/commands.txt" '
		BEGIN { while ((getline s <events) > 0) known[s]; while ((getline s <commands) > 0) known[s] }
		{
			rest = $3
			while (match(rest, /[Ee]vent(o|os|s)? ([A-Za-z]+ )?[0-9]+((, | and | or | e | ou | to | a )[0-9]+)*/)) {
				n = split(substr(rest, RSTART, RLENGTH), a, /[^0-9]+/)
				for (i = 1; i <= n; i++) if (a[i] != "" && !(a[i] in known)) print $1 ": event " a[i] ": " $3
				rest = substr(rest, RSTART + RLENGTH)
			}
			n = split($3, a, /[ ,;:()]+/)
			for (i = 1; i <= n; i++)
				if ((a[i] ~ /^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/ || (a[i + 1] ~ /^[\/-][a-zA-Z]/ && a[i] ~ /^[a-z][a-z0-9_.-]+$/ && a[i] !~ /^(accounts|acrescente|and|as|com|depois|give|host|indique|log|logon|moniker|name|nome|or|ou|then|use|with)$/)) && !(a[i] in known))
					print $1 ": command " a[i] ": " $3
		}' "$dir/rows" >"$dir/found"
	check "$lang: hints name only known events and commands" "$dir/found"

	if [ $lang = en ]; then
		rm -rf "$dir/worn" && mkdir "$dir/worn"
		awk -F '\t' -v to="$dir/worn/" '
			NR == FNR { split($0, a, " "); worn[a[1]]; next }
			NF == 3 && $1 in worn { s = tolower($2); gsub(/[^a-z0-9]+/, " ", s); printf "%s", s >(to $1); close(to $1) }' \
			"$top/tests/text/worn.txt" "$dir/rows"
		(cd "$dir/worn" && cksum -- *) | awk '{ print $3, $1 }' | sort >"$dir/sums"
		sort "$top/tests/text/worn.txt" | comm -12 - "$dir/sums" >"$dir/found"
		check "$lang: no meaning is as near to the vendor's as it was" "$dir/found"
	fi

	dictionary=en_US
	[ $lang = en ] || dictionary=pt_BR,en_US
	# commands, names of things and acronyms are not words of a language
	cut -f 2,3 "$dir/rows" | tr '\t' ' ' | tr -s ' ' '\n' | sed -E 's/^[(,;:!?]+//; s/[),;:!?.]+$//' |
		grep -vE '[][0-9_/\\.%$~@=+*:]|^-|[a-z][A-Z]|^[A-Z]{2,}' | sed -E 's/^-+//' |
		hunspell -i utf-8 -d $dictionary -l 2>"$dir/err" | sort -u >"$dir/unknown"
	[ ! -s "$dir/err" ] || cat "$dir/err" >"$dir/found"
	sort -u "$top/tests/text/words.txt" | comm -23 "$dir/unknown" - >"$dir/found"
	check "$lang: spelling" "$dir/found"
done

# the summary's own words: all languages have each, with the same gaps, and what asks for one asks for one that is there
summary=$top/patterns/summary.tsv
awk -F '\t' '
	/^#/ { next }
	NR == 1 { columns = NF; next }
	NF != columns { print $1 ": " NF " cells" }
	{
		for (i = 2; i <= NF; i++) {
			gaps = gsub(/[{][}]/, "{}", $i)
			if ($i == "" || $i ~ /[<>&"\\]/ || (i > 2 && gaps != first)) print $1 ": " $i
			if (i == 2) first = gaps
		}
	}' "$summary" >"$dir/found"
check "the summary's words are there in every language" "$dir/found"
cut -f 1 "$summary" | sort >"$dir/words"
{
	sed -n 's/.*{{\([a-z]*-[a-z]*\)}}.*/\1/p; s/.*{{\(title\)}}.*/\1/p' "$top/src/cmd/summary/page.html"
	grep -ohE '(say|say_count|say_into|word_text|write_column_head|write_occurrence)\([^"]*("[a-z-]+"[^"]*)+' "$top"/src/cmd/summary/*.c | grep -oE '"[a-z-]+"' | tr -d '"'
} | sort -u >"$dir/asked"
comm -23 "$dir/asked" "$dir/words" >"$dir/found"
check "the summary has the words that it asks for" "$dir/found"
comm -13 "$dir/asked" "$dir/words" | grep -vE '^(word|#.*)$' >"$dir/found"
check "the summary has no words that nobody asks for" "$dir/found"
exit $bad
