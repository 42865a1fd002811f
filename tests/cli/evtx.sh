#!/bin/sh
# Windows event logs through the command. MAKE_EVTX makes them of lines.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

tab=$(printf '\t')
sed "s/|/$tab/g" <<'EVENTS' | "$MAKE_EVTX" >security.evtx
2026-11-22T10:00:00.1234567Z|Microsoft-Windows-Security-Auditing|4625|0|DC01|TargetUserName=joe|Status=0xc000006d|SubStatus=0xc000006a
2026-11-22T10:00:05.0000000Z|Service Control Manager|7023|2|DC01|param1=DNS Client|param2=%%1067
2026-11-22T10:00:06.0000000Z|Microsoft-Windows-Security-Auditing|4771|0|DC01|TargetUserName=ana|Status=0x00000018
EVENTS
cat >expected <<'LINES'
2026-11-22T10:00:00.1234567Z Microsoft-Windows-Security-Auditing 4625 Information DC01: TargetUserName=joe; Status=0xc000006d [STATUS_LOGON_FAILURE]; SubStatus=0xc000006a [STATUS_WRONG_PASSWORD]
2026-11-22T10:00:05.0000000Z Service Control Manager 7023 Error DC01: param1=DNS Client; param2=%%1067 [ERROR_PROCESS_ABORTED]
2026-11-22T10:00:06.0000000Z Microsoft-Windows-Security-Auditing 4771 Information DC01: TargetUserName=ana; Status=0x18 [KDC_ERR_PREAUTH_FAILED]
LINES
names() {
	sed 's/\[\([A-Z_]*\): [^]]*\]/[\1]/g'
}

"$HRGLOSS" security.evtx | names >got
cmp -s expected got
check "an event log is one line an event, with glosses" $? got
tail -c +4097 security.evtx >carved.evtx
"$HRGLOSS" carved.evtx | names | cmp -s expected - && cat carved.evtx | "$HRGLOSS" | names | cmp -s expected -
check "chunks without the header of a log are a log" $?
(head -c 2000 security.evtx; sleep 0.1; tail -c +2001 security.evtx) | "$HRGLOSS" | names | cmp -s expected -
check "it may come in pieces" $?
"$HRGLOSS" <security.evtx | names | cmp -s expected - && cat security.evtx | "$HRGLOSS" | names | cmp -s expected -
check "it may come through standard input and a pipe" $?
gzip -k security.evtx && zip -q logs.zip security.evtx && "$HRGLOSS" security.evtx.gz | names | cmp -s expected - &&
	"$HRGLOSS" logs.zip | names | cmp -s expected -
check "it may be packed" $?
"$HRGLOSS" --summary=csv security.evtx | grep -q 'STATUS_WRONG_PASSWORD.*2026-11-22'
check "its times are those of the summary" $?
sed "s/|/$tab/g" <<'EVENTS' | "$MAKE_EVTX" >twice.evtx
2026-11-22T10:00:00.1234567Z|Microsoft-Windows-Security-Auditing|4625|0|DC01|Status=0xc000006d|Reason=x|SubStatus=0xc000006a|Again=0xc000006d
2026-11-22T10:00:05.0000000Z|Service Control Manager|7023|2|DC01|param1=DNS Client|param2=%%1067|Status=0xc000006d
EVENTS
cat >expected_summary <<'JSON'
2 STATUS_LOGON_FAILURE Microsoft-Windows-Security-Auditing 4625 Service Control Manager 7023
1 ERROR_PROCESS_ABORTED Service Control Manager 7023 Service Control Manager 7023
1 STATUS_WRONG_PASSWORD Microsoft-Windows-Security-Auditing 4625 Microsoft-Windows-Security-Auditing 4625
JSON
gzip -k twice.evtx
for input in 'twice.evtx' 'twice.evtx.gz' '--format ndjson twice.evtx'; do
	# shellcheck disable=SC2086
	"$HRGLOSS" --summary=json $input | jq -r \
		'.codes[] | "\(.count) \(.name) \(.first.provider) \(.first.event) \(.last.provider) \(.last.event)"' >got
	cmp -s expected_summary got
	check "an event counts a code once, and the summary says who logged it and as what: $input" $? got
done
"$HRGLOSS" --summary twice.evtx | grep -q 'at twice.evtx:2, event 7023 of Service Control Manager$'
check "so does the table" $?
"$HRGLOSS" --format ndjson security.evtx >json && jq -e -s 'length == 3 and .[0] == {
	"@timestamp": "2026-11-22T10:00:00.1234567Z",
	event: {code: "4625", kind: "event", provider: "Microsoft-Windows-Security-Auditing"},
	host: {name: "DC01"}, log: {level: "information"},
	winlog: {channel: "Test", computer_name: "DC01", event_id: "4625", provider_name: "Microsoft-Windows-Security-Auditing",
		record_id: 1, event_data: {TargetUserName: "joe", Status: "0xc000006d", SubStatus: "0xc000006a"}},
	hrgloss: .[0].hrgloss}' json >/dev/null
check "with --format ndjson each event is an object as Winlogbeat ships it" $? json
[ "$(jq -r '.hrgloss[] | .field + " " + .name' json | tr '\n' ';')" = "\
winlog.event_data.Status STATUS_LOGON_FAILURE;winlog.event_data.SubStatus STATUS_WRONG_PASSWORD;\
winlog.event_data.param2 ERROR_PROCESS_ABORTED;winlog.event_data.Status KDC_ERR_PREAUTH_FAILED;" ]
check "which says what its codes mean" $? json
"$HRGLOSS" --format ndjson security.evtx.gz | cmp -s json - && "$HRGLOSS" --format ndjson <security.evtx | cmp -s json - &&
	cat security.evtx | "$HRGLOSS" --format ndjson | cmp -s json -
check "the same from an archive, standard input and a pipe" $?
"$HRGLOSS" --format ndjson --strip json | "$HRGLOSS" --format ndjson | cmp -s json -
check "what is added to it comes out again" $?
"$HRGLOSS" --format hits --input ndjson security.evtx | jq -r '"\(.line) \(.name)"' >got
"$HRGLOSS" --format hits security.evtx | jq -r '"\(.line) \(.name)"' | cmp -s - got
check "the codes are those of the lines" $? got
for options in -z '-z -j3' '-z --place below' '-z --format ndjson' '-z --format hits'; do
	# shellcheck disable=SC2086
	"$HRGLOSS" $options security.evtx >got
	# shellcheck disable=SC2086
	"$HRGLOSS" ${options#-z} security.evtx >with_feeds
	case $options in
	*hits) cmp -s with_feeds got ;;
	*) [ "$(tr -cd '\n' <got | wc -c)" = 0 ] && tr '\0' '\n' <got | cmp -s with_feeds - ;;
	esac
	check "lines that end in NUL are those of events, too: $options" $? got
done
"$HRGLOSS" -z security.evtx.gz | tr '\0' '\n' | names | cmp -s expected -
check "out of an archive as well" $?
echo 0x8009030c >after
head -c 6000 security.evtx >cut.evtx
"$HRGLOSS" cut.evtx after >got 2>err
[ $? = 1 ] && grep -q '^hrgloss: cut.evtx: ' err && [ "$(wc -l <err)" = 1 ] && tail -n 1 got | grep -q SEC_E_LOGON_DENIED
check "one that is cut is named, and the next input is done" $? err
{
	printf 'ElfFile\0'
	head -c 70000 /dev/urandom
} >rubbish.evtx
"$HRGLOSS" rubbish.evtx after >got 2>err
[ $? = 1 ] && grep -q '^hrgloss: rubbish.evtx: ' err && tail -n 1 got | grep -q SEC_E_LOGON_DENIED
check "one that is rubbish is named, and the next input is done" $? err
# the second event's first token is overwritten
at=$(grep -abo '\*\*' security.evtx | sed -n '2s/:.*//p')
{
	head -c $((at + 24)) security.evtx
	printf '\177'
	tail -c +$((at + 26)) security.evtx
} >damaged.evtx
"$HRGLOSS" damaged.evtx 2>err | names >got
sed 2d expected | cmp -s - got
check "a damaged event costs itself only" $? got
grep -q '^hrgloss: damaged.evtx: event 2 is damaged; chunk 1 is damaged' err
check "and is named by its number" $? err

# several threads: a log of many chunks, with damage in some
awk 'BEGIN {
	for (i = 0; i < 6000; i++)
		printf "2026-11-22T10:%02d:%02d.0000000Z\tProvider %d\t%d\t2\tpc\tNumber=%d\tText=some words that fill the chunk sooner, and the same ones each time\tStatus=0x%s\n",
			i / 60 % 60, i % 60, i % 7, 4000 + i % 9, i, i % 3 ? "c000006d" : "80070005"
}' | "$MAKE_EVTX" >many.evtx
[ "$(wc -c <many.evtx)" -gt 1000000 ]
check "there are many chunks" $?
cp many.evtx hurt.evtx
for at in 70000 70300 200000 300000 700000; do
	printf '\377\377\377\377\377\377\377\377' | dd of=hurt.evtx bs=1 seek=$at conv=notrunc 2>/dev/null
done
head -c 900001 hurt.evtx >short.evtx
gzip -k many.evtx hurt.evtx short.evtx
for input in many hurt short; do
	for options in '' '--format ndjson' '--format hits' '--format hits --input ndjson' '--summary=json' '-H' '--stats' '--only' \
		'--line-buffered' '--block-buffered' '--from latin1' '--place below'; do
		# shellcheck disable=SC2086
		"$HRGLOSS" -j1 $options $input.evtx >one 2>one.err
		for jobs in 2 7; do
			# shellcheck disable=SC2086
			"$HRGLOSS" -j$jobs $options $input.evtx >several 2>several.err
			cmp -s one several && cmp -s one.err several.err
			check "$input.evtx comes out of $jobs threads as of one: $options" $? several.err
		done
	done
	"$HRGLOSS" -j1 $input.evtx.gz 2>err >one
	"$HRGLOSS" -j3 $input.evtx >several 2>several.err
	sed 's/\.gz//' err | cmp -s several.err - && cmp -s one several
	check "and as out of an archive" $? err
done
[ "$("$HRGLOSS" -j3 many.evtx | grep -c '')" = 6000 ] && "$HRGLOSS" -j3 many.evtx |
	sed 's/.*Number=\([0-9]*\);.*/\1/' | sort -nc
check "no event is lost, and all come in order" $?
"$HRGLOSS" -j3 many.evtx 2>err | head -n 1 >/dev/null
[ ! -s err ]
check "all threads end when nobody reads on" $? err
if [ -c /dev/full ]; then
	"$HRGLOSS" -j3 many.evtx >/dev/full 2>err
	[ $? = 2 ] && [ "$(wc -l <err)" = 1 ]
	check "all threads end when nothing can be written" $? err
fi
exit $bad
