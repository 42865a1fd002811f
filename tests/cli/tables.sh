#!/bin/sh
# Every code of the tables is found where a line says that a code stands there, and every row of the SSPI page in every
# spelling and language.
set -u
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
bad=0

check() {
	if [ "$2" -eq 0 ]; then
		echo "ok - $1"
	else
		bad=1
		echo "not ok - $1"
		[ -z "${3:-}" ] || head -n 5 "$3" | sed 's/^/# /'
	fi
}

# lines that come out as they went in were not explained
unexplained() {
	"$HRGLOSS" --lang "$1" <"$dir/in" >"$dir/out"
	awk 'NR == FNR { line[FNR] = $0; next } $0 == line[FNR]' "$dir/in" "$dir/out" >"$dir/missed"
}

for space in hresult ntstatus; do
	"$HRGLOSS" --list $space | awk 'NR > 1 { print "HRESULT error = " $2 }' >"$dir/in"
	unexplained en
	[ ! -s "$dir/missed" ]
	check "every $space value is found behind HRESULT error =" $? "$dir/missed"
done

"$HRGLOSS" --list win32 | awk 'NR > 1 && $2 > 0 && $2 < 65536 { printf "HRESULT error = 0x8007%04X\n", $2 }' >"$dir/in"
unexplained en
[ ! -s "$dir/missed" ]
check "every Win32 code is found as an HRESULT" $? "$dir/missed"

"$HRGLOSS" --list win32 | awk 'NR > 1 && $2 > 0 { print "GetLastError() = " $2 }' >"$dir/in"
unexplained en
[ ! -s "$dir/missed" ]
check "every Win32 code is found behind GetLastError() =" $? "$dir/missed"

"$HRGLOSS" --list kerberos | awk 'NR > 1 && $2 > 0 { printf "Kerberos Failure Code: 0x%X\n", $2 }' >"$dir/in"
unexplained en
[ ! -s "$dir/missed" ]
check "every Kerberos code is found behind Failure Code:" $? "$dir/missed"

"$HRGLOSS" --list tls_alert | awk 'NR > 1 { print "The TLS protocol defined fatal alert code is " $2 "." }' >"$dir/in"
unexplained en
[ ! -s "$dir/missed" ]
check "every TLS alert is found where Schannel names it" $? "$dir/missed"

"$HRGLOSS" --list esent | awk 'NR > 1 && $2 < 0 { print "ESENT database error " $2 }' >"$dir/in"
unexplained en
[ ! -s "$dir/missed" ]
check "every ESE error is found as a negative number" $? "$dir/missed"

for lang in en pt_BR; do
	cut -f 2 "$TOP/tests/corpus/sspi_page.tsv" | sed 1d >"$dir/in"
	unexplained $lang
	[ "$(wc -l <"$dir/in")" -eq 77 ] && [ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page are found by name ($lang)" $? "$dir/missed"

	awk -F '\t' 'NR > 1 { print "SSPI status " $3 }' "$TOP/tests/corpus/sspi_page.tsv" >"$dir/in"
	unexplained $lang
	[ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page are found in hexadecimal ($lang)" $? "$dir/missed"

	awk -F '\t' 'NR > 1 { print "SSPI status " $4 }' "$TOP/tests/corpus/sspi_page.tsv" >"$dir/in"
	unexplained $lang
	[ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page are found as signed decimals ($lang)" $? "$dir/missed"

	# a row explained as `NAME: …` or `0x…: …` has a meaning
	"$HRGLOSS" --lang $lang --explain $(awk -F '\t' 'NR > 1 { print $2 }' "$TOP/tests/corpus/sspi_page.tsv") |
		awk '/^[A-Z]/ { name = $1; getline; getline text; if (text !~ /^  [^ -]/) print name }' >"$dir/missed"
	[ ! -s "$dir/missed" ]
	check "the 77 rows of the SSPI page have a meaning ($lang)" $? "$dir/missed"
done
exit $bad
