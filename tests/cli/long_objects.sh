#!/bin/sh
# Objects of JSON of up to 4 MiB are explained, however they come in; longer ones pass.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

# one long string that holds the sample log over and over, with quotes and backslashes that JSON has to escape
tr '\n' ' ' <"$TOP/examples/sample.log" >once
{
	for i in 1 2 3 4 5 6 7; do
		cat once once once once once once once
		printf 'part %d "quoted" C:\\Windows\\System32 ' $i
	done
	cat once
} >part
cat part part part part part part part part part part part part part part part part part part part part >message
jq -R -c '{n: 1, message: ., hresult: -2147024816}' message >one
{
	echo 'before: 0x80070005'
	cat one
	echo '{"m":"after: 0xC000006D"}'
} >log
size=$(wc -c <one)
[ "$size" -gt 1500000 ] && [ "$size" -lt 4000000 ]
check "the object is long" $? "$size bytes"

"$HRGLOSS" -f ndjson --inline <one >glossed
jq -r .message glossed | tr -d '\n' >got
"$HRGLOSS" -f text message | tr -d '\n' >expected
cmp -s got expected
check "a long string is explained as the same text is" $? "$(cmp got expected 2>&1)"
[ "$(jq '.hrgloss | length' glossed)" -gt 1 ] && [ "$(jq -r ".hrgloss[-1].field" glossed)" = hresult ]
check "the member has what is after the long string" $?
{
	head -c 900000 /dev/zero | tr '\0' '"'
	cat once
} | jq -R -c '{message: .}' >late
"$HRGLOSS" -f ndjson --every late | jq -r '.message as $m | .hrgloss[] | $m[.start:.end]' >spelled
[ "$(grep -c . spelled)" -gt 15 ] && ! grep -qvE '^[-$&A-Za-z0-9_%]+$' spelled
check "offsets in a long string lead to the spellings" $? "$(grep -vE '^[-$&A-Za-z0-9_%]+$' spelled | head -n 3)"
"$HRGLOSS" -f ndjson --inline --every --hint one | cmp -s - one
check "where not all that is to be said has room, nothing is said" $?

for format in auto ndjson; do
	"$HRGLOSS" -f $format -j1 log >whole
	for way in 'cat log' 'dd if=log bs=1000 status=none' 'dd if=log bs=70001 status=none'; do
		$way | "$HRGLOSS" -f $format | cmp -s - whole
		check "$format: it is the same by $way" $?
	done
	"$HRGLOSS" -f $format whole | cmp -s - whole
	check "$format: explaining it again changes nothing" $?
	"$HRGLOSS" -f $format --strip whole | cmp -s - log
	check "$format: --strip gives the log back" $?
	sed -n 2p whole | jq -e '.hrgloss | length > 0' >/dev/null
	check "$format: what goes out is valid and has the member" $?
done

# What is longer than 4 MiB passes; what is no JSON after all is text, or as it was.
while [ "$(wc -c <message)" -lt 4300000 ]; do
	cat message message >more
	mv more message
done
{
	printf '{"m":"'
	tr -d '"\\' <message
	echo '"}'
} >too-long
for format in auto ndjson; do
	"$HRGLOSS" -f $format --stats too-long 2>stats | cmp -s - too-long
	check "$format: an object of more than 4 MiB passes" $?
done
head -c 900000 too-long >broken
echo >>broken
"$HRGLOSS" -f ndjson broken | cmp -s - broken
check "ndjson: a long line that is no JSON is as it was" $?
"$HRGLOSS" -f auto broken >got
"$HRGLOSS" -f text broken | cmp -s - got
check "auto: a long line that is no JSON is text" $?
"$HRGLOSS" -f auto --strip got | cmp -s - broken
check "auto: and so it is where glosses go" $?
exit $bad
