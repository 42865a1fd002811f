#!/bin/sh
# Memory stays within one bound in every mode, whatever the input holds, and README says which.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
bound=16384 summary=49152 # KiB

case $HRGLOSS in
*release*) ;;
*)
	echo "ok - memory is bounded # SKIP: the sanitizers' own counts, too"
	exit 0
	;;
esac
if [ ! -r /proc/self/status ] || ! command time -f %M true 2>/dev/null; then
	echo "ok - memory is bounded # SKIP: nothing here measures it"
	exit 0
fi

# Inputs: every name and every value that the tables have, a line each and all on one line; short codes side by side.
"$HRGLOSS" --list | tail -n +2 | cut -f 2 | sort -u >values
"$HRGLOSS" --list | tail -n +2 | awk -F '\t' '{ gsub(",", "\n", $4); print $3; if ($4 != "") print $4 }' | sort -u >names
dense() {
	yes "$1" | tr -d '\n' | head -c 600000
	echo
}
{
	sed 's/^/name /' names
	sed 's/^/error code /' values
} >lines
tr '\n' ' ' <values >one-line
cat one-line one-line one-line one-line one-line one-line one-line one-line one-line one-line one-line one-line >one-line-of-all
{
	cat lines one-line
	tr '\n' ' ' <names
	dense 'S_OK '
	dense 'err 5,'
	dense '0x80070005 '
} >all

# Lines of JSON that are just short enough to be explained: packed SIZE HEAD TAIL FORMAT, with a value or name in each element.
packed() {
	awk -v size="$1" -v head="$2" -v tail="$3" -v format="$4" '
		function start() { printf "%s", head; length_now = length(head); n = 0 }
		BEGIN { start() }
		{
			element = sprintf(format, NR, $0)
			if (length_now + length(element) > size) {
				print tail
				start()
			}
			printf "%s%s", n++ ? "," : "", element
			length_now += length(element) + 1
		}
		END { print tail }'
}
members() { # SIZE MEMBER
	awk -v size="$1" -v member="$2" 'BEGIN {
		printf "{\"hresult\":-2147024891"
		for (n = 23; n < size; n += length(member))
			printf "%s", member
		print "}"
	}'
}
for size in 261000 4190000; do
	for i in $([ $size -lt 1000000 ] && echo 1 || echo 1 2 3 4 5); do
		cat values
	done >more-values
	packed $size '{' '}' '"k%d":"error %s"' <more-values
	packed $size '{"m":[' ']}' '"%d %s"' <more-values
	packed $size '{' '}' '"k%d":"%s"' <names
	members $size ',"a":1'
	members $size ',"status":5'
	members $size ',"a":[1,2,{}]'
	members $size ',"":null'
	members $size ',"":{"":{"":[{"":""}]}}'
done >objects
{ # one long string, and bytes
	printf '{"m":"'
	head -c 4000000 one-line-of-all
	printf '"}\n{"m":['
	yes 48,120,56,48,48,55,48,48,48,53,32 | head -n 120000 | tr '\n' ','
	printf '32]}\n'
} >>objects
awk '{ print "{\"m\":\"" $0 "\"}" }' lines >>objects

{
	awk 'BEGIN { printf "#Fields: sc-win32-status"; for (i = 1; i < 5000; i++) printf " sc-win32-status"; print "" }'
	awk '{ printf "%s%s", $0, NR % 5000 ? " " : "\n" } END { print "" }' values
	echo '#Fields: q sc-win32-status'
	fold -b -w 150000 one-line | sed 's/ /+/g; s/$/ 5/'
} >w3c
{
	awk 'BEGIN { printf "status"; for (i = 1; i < 5000; i++) printf ",status"; print "" }'
	awk '{ printf "%s%s", $0, NR % 5000 ? "," : "\n" } END { print "" }' values
} >csv
{
	echo 'id,message,status'
	fold -b -w 150000 one-line | sed 's/^/1,"/; s/$/",5/'
} >texts
awk '{ printf "%d:%s,", length($0), $0 }' lines >netstrings
head -c 250000 one-line | awk '{ printf "%d:%s,", length($0), $0 }' >>netstrings
tr '\n' '\000' <all >zero

# holds NAME BOUND INPUT OPTIONS…
holds() {
	name=$1 most=$2 input=$3
	shift 3
	command time -f %M -o memory "$HRGLOSS" -j1 "$@" <"$input" >out 2>err
	status=$?
	memory=$(tail -n 1 memory)
	[ "$status" -eq 0 ] && [ -s out ] && [ "$memory" -le "$most" ]
	check "$name takes at most $((most / 1024)) MB" $? "$memory KiB, status $status"
}

holds "one line of distinct codes" $bound one-line
holds "a line for each name and value" $bound lines
holds "text full of codes" $bound all
holds "explaining each time, with hints" $bound all --every --hint --loose
holds "glosses in Portuguese" $bound all --lang=pt_BR --hint
holds "glosses at the end of the line" $bound all -p eol
holds "glosses below the line" $bound all -p below
holds "glosses below each name" $bound lines -p below --hint
holds "unknown values" $bound all --unknown --loose
holds "only lines with codes" $bound all --only
holds "names of files before lines" $bound all -H
holds "line by line" $bound all -H --line-buffered
holds "large blocks" $bound all --block-buffered
holds "lines that end in NUL" $bound zero -z
holds "hits" $bound all -f hits --loose --hint
holds "answers to rsyslog" $bound all -f rsyslog
holds "answers with messages" $bound objects -f rsyslog --inline --every
holds "lines of JSON" $bound objects -f ndjson
holds "JSON with glosses inside" $bound objects -f ndjson --inline --every --hint
holds "JSON by a schema" $bound objects -f ndjson --schema=ecs
holds "JSON in named fields" $bound objects -f ndjson --field=a,k1,m
holds "text wrapped into JSON" $bound all -f ndjson --on-bad=wrap
holds "hits in JSON" $bound objects -f hits --input=ndjson --loose
holds "W3C logs of long rows" $bound w3c -f w3c --hint
holds "glosses below rows" $bound w3c -f w3c -p below
holds "hits in W3C logs" $bound w3c -f hits --input=w3c
holds "CSV of many columns" $bound csv -f csv --hint
holds "CSV of long texts" $bound texts -f csv --hint
holds "glosses below long texts" $bound texts -f csv -p below
holds "hits in CSV" $bound csv -f hits --input=csv
holds "messages with their lengths" $bound netstrings --framing=netstring --every --hint
holds "counts for Prometheus" $bound all --metrics=metrics --stats

"$HRGLOSS" -j1 --every --hint <lines >glossed
"$HRGLOSS" -j1 -p eol <one-line >>glossed
"$HRGLOSS" -j1 -f ndjson --inline <objects >glossed.json
holds "text that is glossed already" $bound glossed --every --hint
holds "taking glosses out" $bound glossed --strip
holds "taking glosses out of JSON" $bound glossed.json -f ndjson --strip
for how in '' gzip zstd; do
	most=$bound
	[ "$how" != zstd ] || most=$((bound + 4096))
	command time -f %M -o memory "$HRGLOSS" -j1 --output-dir=copies ${how:+--compress=$how} all 2>err
	[ $? -eq 0 ] && [ "$(tail -n 1 memory)" -le $most ]
	check "files of --output-dir ${how:+packed by $how }take at most $((most / 1024)) MB" $? "$(tail -n 1 memory) KiB"
	rm -rf copies
done
for how in table json csv html; do
	awk '{ printf "2026-11-%02d 10:00:00 %s\n", NR % 28 + 1, $0 }' lines lines | cat - all >timed
	holds "a summary of every code as $how" $summary timed --summary=$how
done

grep -q "stays under $((bound / 1024)) MB with one thread" "$TOP/README.md"
check "README says the bound" $?
exit $bad
