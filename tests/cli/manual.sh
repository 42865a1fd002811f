#!/bin/sh
# Man pages and completions have every option of --help, and no other; and each is in order by itself.
set -u
export LC_ALL=C
. "$TOP/tests/tap.sh"

"$HRGLOSS" --help | sed -n 's/^  [-a-zA-Z, ]\{4\}--\([a-z-]*\).*/\1/p' >"$dir/in_order"
sort "$dir/in_order" >"$dir/options"
[ "$(wc -l <"$dir/options")" -gt 20 ]
check "--help has options" $?

sed -n 's/^\.It .*Fl -\([a-z-]*\).*/\1/p' "$TOP/src/cmd/cli/hrgloss.1" | sort | diff "$dir/options" - >"$dir/log"
check "hrgloss(1) has the options of --help" $? "$dir/log"
"$HRGLOSS" --help | sed -n 's/^  -\([a-zA-Z]\), --\([a-z-]*\).*/\1 \2/p' | sort >"$dir/letters"
sed -n 's/^\.It Fl \([a-zA-Z]\) .*Fl -\([a-z-]*\).*/\1 \2/p' "$TOP/src/cmd/cli/hrgloss.1" | sort | diff "$dir/letters" - >"$dir/log"
check "hrgloss(1) has their letters" $? "$dir/log"
"$HRGLOSS" --completions mdoc >"$dir/mdoc"
sed -n '/^\.\\" options:/,/^\.\\" end of options/{/^\.\\" /!p;}' "$TOP/src/cmd/cli/hrgloss.1" | diff "$dir/mdoc" - >"$dir/log"
check "hrgloss(1) has what the table of options says (make manual)" $? "$dir/log"
grep -o '\.Fl -[a-z-]*' "$dir/mdoc" | sed 's/^\.Fl -//' | sort -u | comm -23 - "$dir/options" >"$dir/log"
[ ! -s "$dir/log" ]
check "what the table says of other options names such that are there" $? "$dir/log"
"$HRGLOSS" --help | awk 'length > 80' >"$dir/log"
[ ! -s "$dir/log" ]
check "--help fits 80 columns" $? "$dir/log"
cut -d' ' -f1 "$TOP/tests/abi/symbols.txt" | sort >"$dir/symbols"
sed -n 's/^\.F[no] \(hrgloss_[a-z_]*\)\( .*\)*$/\1/p' "$TOP/src/lib/hrgloss.3" |
	sed '/^hrgloss_hit_$/d' | sort -u | diff "$dir/symbols" - >"$dir/log"
check "hrgloss(3) has every call" $? "$dir/log"
# whether other pages are installed does not matter here
mandoc -T lint "$TOP/src/cmd/cli/hrgloss.1" "$TOP/src/lib/hrgloss.3" 2>/dev/null | grep -v 'referenced manual not found' >"$dir/log"
[ ! -s "$dir/log" ]
check "mandoc has nothing to say about the pages" $? "$dir/log"

for shell in bash zsh fish; do
	"$HRGLOSS" --completions $shell >"$dir/$shell"
	case $shell in
	bash) grep -o -- "-W '--[^']*'" "$dir/bash" | grep -o -- '--[a-z-]*' ;;
	zsh) sed -n "s/^	'[^[]*--\([a-z-]*\).*/\1/p; s/^	'[^[]*,--\([a-z-]*\).*/\1/p" "$dir/zsh" ;;
	fish) grep -o -- ' -l [a-z-]*' "$dir/fish" ;;
	esac | sed 's/^ -l //; s/^--//' | sort -u | diff "$dir/options" - >"$dir/log"
	check "completions for $shell have the options of --help" $? "$dir/log"
	command -v $shell >/dev/null || {
		echo "ok - $shell can read its completions # SKIP there is no $shell"
		continue
	}
	$shell -n "$dir/$shell" >"$dir/log" 2>&1
	check "$shell can read its completions" $? "$dir/log"
done

cat >"$dir/try" <<'END'
. "$1"
complete -p hrgloss >/dev/null || exit
try() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	_hrgloss
	echo "${COMPREPLY[*]}"
}
try hrgloss --pl
try hrgloss --place ''
try hrgloss --place = b
try hrgloss -p e
try hrgloss --summary =
try hrgloss --summary ta
try hrgloss -
END
bash "$dir/try" "$dir/bash" >"$dir/out" 2>&1
printf '%s\n' --place 'inline eol below' below eol 'table json csv html' '' \
	"$(sed 's/^/--/' "$dir/in_order" | tr '\n' ' ' | sed 's/ $//')" | diff - "$dir/out" >"$dir/log"
check "bash completes options and their words" $? "$dir/log"
exit $bad
