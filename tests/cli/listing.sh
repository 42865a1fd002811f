#!/bin/sh
# --format hits and --summary of logs that are not plain text: columns and JSON are read as such, and places are right.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

cat >log.ndjson <<'LINES'
{"t":"2026-03-01T10:00:00Z","HResult":-2146893044,"m":"first"}

{"t":"2026-03-02T10:00:00Z","m":"caf\u00e9 \"x\" 0x8009030c","win32Error":5,"hrgloss":[{"code":"0x80070005"}]}
no JSON 0x80070005
{"t":"2026-03-03T10:00:00Z","port":10054,"data":{"error":"E_FAIL"}}
LINES
cat >log.w3c <<'LINES'
#Software: x
#Fields: date time cs-uri-stem s-port sc-win32-status
2026-03-02 08:00:00 /a 5 0
2026-03-02 08:00:01 /b 10054 64
#Fields: date time sc-win32-status cs-uri-stem
2026-03-02 08:00:02 5 /0x8009030c
LINES
cat >log.csv <<'LINES'
Time;Port;Win32Status;Message
2026-03-02 08:00:00;5;1326;"a ""quoted"" 0x80090322"
2026-03-02 08:00:01;5;0;"over
two lines: E_FAIL"
2026-03-02 08:00:02;5;2;-
LINES
while IFS='|' read -r format want; do
	"$HRGLOSS" --format hits --input $format log.$format >hits
	[ "$(jq -r '"\(.line) \(.name)"' hits | paste -sd ,)" = "$want" ]
	check "hits of $format: each code with its line, and no number that is none" $? hits
	jq -r '[.line, .start, .end, .text] | @tsv' hits | while read -r line start end text; do
		[ "$(tail -n +"$line" log.$format | tail -c +$((start + 1)) | head -c $((end - start)))" = "$text" ] || echo "$line $text"
	done >wrong
	[ ! -s wrong ]
	check "hits of $format: start and end are bytes of the line or row" $? wrong
	for how in '--format' '--input'; do
		"$HRGLOSS" --summary=json $how $format log.$format | jq -r '.codes[] | .name as $n | "\(.first.line) \($n)"' | sort -n >got
		jq -r '"\(.line) \(.name)"' hits | sort -n | sort -u -k2,2 | sort -n | cmp -s - got
		check "--summary $how $format counts the same codes" $? got
	done
	"$HRGLOSS" --format $format log.$format | "$HRGLOSS" --summary=csv --format $format | cut -d, -f1-4 >got
	"$HRGLOSS" --summary=csv --format $format log.$format | cut -d, -f1-4 | cmp -s - got
	check "--summary --format $format counts the same once the log is explained" $? got
	cat log.$format log.$format >twice.$format
	"$HRGLOSS" -j 2 --format hits --input $format twice.$format log.$format >got
	[ "$(wc -l <got)" = $((3 * $(wc -l <hits))) ] && tail -n "$(wc -l <hits)" got | sed "s/log\.$format/x/" >end &&
		sed "s/log\.$format/x/" hits | cmp -s - end
	check "hits of $format: input after input" $? got
done <<'ROWS'
ndjson|1 SEC_E_LOGON_DENIED,3 SEC_E_LOGON_DENIED,3 ERROR_ACCESS_DENIED,5 E_FAIL
w3c|4 ERROR_NETNAME_DELETED,6 ERROR_ACCESS_DENIED,6 SEC_E_LOGON_DENIED
csv|2 ERROR_LOGON_FAILURE,2 SEC_E_WRONG_PRINCIPAL,3 E_FAIL,5 ERROR_FILE_NOT_FOUND
ROWS

"$HRGLOSS" --summary=json --format ndjson log.ndjson | jq -r '.codes[] | select(.name == "SEC_E_LOGON_DENIED") | .first.time, .last.time' >got
[ "$(sed 's/[TZ]/ /g; s/ *$//' got | paste -sd ,)" = '2026-03-01 10:00:00,2026-03-02 10:00:00' ]
check "times are those in the JSON" $? got
"$HRGLOSS" --format hits --input ndjson --on-bad wrap log.ndjson | grep -q '"line":4,"start":8,"end":18,"text":"0x80070005"'
check "--on-bad wrap looks into lines that are not JSON" $?
"$HRGLOSS" --format hits --input ndjson --field data.error log.ndjson | jq -r .name | paste -sd , >got
[ "$(cat got)" = E_FAIL ]
check "--field holds for hits, too" $? got
"$HRGLOSS" --input csv log.csv >got && "$HRGLOSS" --format csv log.csv | cmp -s - got
check "--input alone is --format" $?
"$HRGLOSS" --format hits --input text log.csv >got && "$HRGLOSS" --format hits log.csv | cmp -s - got
check "--input text is what hits read anyway" $?
"$HRGLOSS" --input csv --format ndjson log.csv >got 2>err
[ $? = 2 ] && [ ! -s got ] && grep -q '^hrgloss: --input csv does not go with --format ndjson: ' err
check "two formats to read are refused" $? err
exit $bad
