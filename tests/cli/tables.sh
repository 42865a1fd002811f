#!/bin/sh
# Every code of the tables is found where a line says that a code is there, and every row of the SSPI page in every
# spelling and language.
set -u
. "$TOP/tests/tap.sh"

# lines that come out as they went in were not explained
unexplained() {
	"$HRGLOSS" --lang "$1" <"$dir/in" >"$dir/out"
	awk 'NR == FNR { line[FNR] = $0; next } $0 == line[FNR]' "$dir/in" "$dir/out" >"$dir/missed"
}

# every line of $dir/in must be explained in the language
all_explained() {
	unexplained "$1"
	[ -s "$dir/in" ] && [ ! -s "$dir/missed" ]
	check "$2" $? "$dir/missed"
}

# lines of a space's rows, made by an awk program from the columns of --list
all_rows_explained() {
	"$HRGLOSS" --list "$1" | awk "NR > 1 $2" >"$dir/in"
	all_explained en "$3"
}

for space in hresult ntstatus; do
	all_rows_explained $space '{ print "HRESULT error = " $2 }' "every $space value is found after HRESULT error ="
done
all_rows_explained win32 '&& $2 > 0 && $2 < 65536 { printf "HRESULT error = 0x8007%04X\n", $2 }' \
	"every Win32 code is found as an HRESULT"
all_rows_explained win32 '&& $2 > 0 { print "GetLastError() = " $2 }' "every Win32 code is found after GetLastError() ="
all_rows_explained kerberos '&& $2 > 0 { printf "Kerberos Failure Code: 0x%X\n", $2 }' \
	"every Kerberos code is found after Failure Code:"
all_rows_explained tls_alert '{ print "The TLS protocol defined fatal alert code is " $2 "." }' \
	"every TLS alert is found where Schannel names it"
# errors begin at -100; -1 is what many functions return when they fail
all_rows_explained esent '&& $2 <= -100 { print "ESENT database error " $2 }' "every ESE error is found as a negative number"

awk -F '\t' '/^[^#]/ && $1 != "ntstatus" { print $1 }' "$TOP/patterns/win32_of_ntstatus.tsv" | sort >"$dir/want"
xargs "$HRGLOSS" --explain --json <"$dir/want" | sed -n 's/^{"query":"\([^"]*\)".*"win32_code":.*/\1/p' | sort -u >"$dir/got"
[ "$(wc -l <"$dir/want")" -gt 900 ] && cmp -s "$dir/want" "$dir/got"
check "both names of each row of win32_of_ntstatus.tsv are those of codes" $?

for lang in en pt_BR; do
	cut -f 2 "$TOP/tests/corpus/sspi_page.tsv" | sed 1d >"$dir/in"
	unexplained $lang
	[ "$(wc -l <"$dir/in")" -eq 77 ] && [ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page are found by name ($lang)" $? "$dir/missed"

	awk -F '\t' 'NR > 1 { print "SSPI status " $3 }' "$TOP/tests/corpus/sspi_page.tsv" >"$dir/in"
	all_explained $lang "the 77 rows of the SSPI page are found in hexadecimal ($lang)"

	awk -F '\t' 'NR > 1 { print "SSPI status " $4 }' "$TOP/tests/corpus/sspi_page.tsv" >"$dir/in"
	all_explained $lang "the 77 rows of the SSPI page are found as signed decimals ($lang)"

	# a row explained as `NAME: …` or `0x…: …` has a meaning
	"$HRGLOSS" --lang $lang --explain $(awk -F '\t' 'NR > 1 { print $2 }' "$TOP/tests/corpus/sspi_page.tsv") |
		awk '/^[A-Z]/ { name = $1; getline; getline text; if (text !~ /^  [^ -]/) print name }' >"$dir/missed"
	[ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page have a meaning ($lang)" $? "$dir/missed"
done
exit $bad
