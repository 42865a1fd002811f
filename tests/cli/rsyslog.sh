#!/bin/sh
# --format rsyslog: an answer of JSON to each line, at once, whatever the line is; and nothing else.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
export LC_ALL=C

# lines of all kinds
{
	cat "$TOP/examples/sample.log"
	printf '\nplain\n#0110xC000006D#012E_FAIL\r\n\377\376 0x80070005 \303\n\000 E_FAIL \000\n\033[31m0x80070005\033[0m \\ "q" \\u12\n'
	printf 'BZh91AY&SY\nPK\003\004\n\357\273\277E_FAIL\n'
	printf '{"msg":"E_FAIL","n":5}\n{"msg":null}\n{"msg":"E_FAIL\n{}\n{\n[]\n{"a":"\377 0x80070005"}\n{"\377":"0x80070005 \\ud800"}\n'
	for i in $(seq 400); do
		printf '0x8007%04x ' "$i"
	done
	echo
	for size in 8192 163839 163840 163841 262144 600000; do
		yes 'a word and 0x80070005' | tr '\n' ' ' | head -c $size
		echo
		yes '{"a":"0x80070005"}' | tr '\n' ' ' | head -c $size
		printf '\r\n'
	done
	yes '0xC000006D' | tr '\n' ' ' | head -c 300000
} >lines
count=$(awk 'END { print NR }' lines)

for options in '' '--inline' '--inline --add-key=' '--every --hint' '--schema ecs --inline' '--schema otel' '--schema ocsf' \
	'--max-line-out 300' '--unknown --loose' '--field a'; do
	"$HRGLOSS" --format rsyslog $options <lines >answers 2>err
	status=$?
	[ $status = 0 ] && [ "$(wc -l <answers)" = "$count" ] && [ "$(jq -c . answers | wc -l)" = "$count" ] && [ ! -s err ]
	check "an object for each line, and nothing on standard error${options:+: $options}" $? "$status: $(wc -l <answers) of $count"
	iconv -f utf-8 -t utf-8 answers 2>log | cmp - answers >>log 2>&1
	check "and all of it UTF-8${options:+: $options}" $? log
	limit=8192
	[ "$options" != '--max-line-out 300' ] || limit=300
	awk -v limit=$limit 'length($0) + 1 > limit { print NR ": " length($0); bad = 1 } END { exit bad }' answers >log
	check "none longer than $limit bytes${options:+: $options}" $? log
	dd bs=999 if=lines 2>log | "$HRGLOSS" --format rsyslog $options | cmp - answers >log 2>&1
	check "it does not matter in what pieces they come${options:+: $options}" $? log
	jq -s -e 'all((has("msg") and .msg == null) | not)' answers >log
	check "a message is never null${options:+: $options}" $? log
done

# hits FILE: how many each answer has, with those that were left out
hits() {
	jq -c '."$!".hrgloss | (.hits | length) + .left_out' "$1"
}
"$HRGLOSS" --format rsyslog <lines >answers
"$HRGLOSS" --format rsyslog --max-line-out 200000 <lines >long
hits answers >log
hits long | cmp - log >>log && grep -q left_out answers && ! grep -q left_out long
check "what there was no room for is counted" $? log
jq -c '."$!".hrgloss | select(.left_out) | (.gloss | split("]") | length - 1) == (.hits | length) and .hits != []' answers | sort -u >log
[ "$(cat log)" = true ]
check "and neither glossed nor listed, while the first hits are" $? log

# what `gloss` is, is what --place eol puts after the line
grep -av '^{' lines | LC_ALL=C awk 'length($0) < 100000 && !/\r/' >texts
"$HRGLOSS" --format rsyslog --max-line-out 200000 <texts | jq -r '."$!".hrgloss.gloss // ""' | paste -d '\0' texts - >shown
"$HRGLOSS" --place eol texts | cmp - shown >log 2>&1
check "message and gloss are what --place eol writes" $? log
iconv -c -f utf-8 -t utf-8 texts | tr -d '\0' | awk 'length($0) < 2000' >clean
"$HRGLOSS" --format rsyslog --inline <clean | jq -r '.msg // ""' | paste -d '\n' - clean | sed -n 'h; N; s/^\n//; s/\n.*//; p' >shown
"$HRGLOSS" clean | cmp - shown >log 2>&1
check "with --inline, the message is what the text becomes" $? log
"$HRGLOSS" --format rsyslog shown | grep -c '"gloss"' >log
[ "$(cat log)" = 0 ]
check "what is explained already is not explained again" $? log

# rsyslog has standard error in the same pipe as the answers
mkfifo in
"$HRGLOSS" --format rsyslog <in >out 2>&1 &
pid=$!
exec 3>in
echo one >&3
for _ in $(seq 100); do
	[ -s out ] && break
	sleep 0.1
done
kill -USR1 $pid
echo 'two' >&3
exec 3>&-
wait $pid
printf '{}\n{}\n' | cmp - out >log 2>&1
check "USR1, which prints counts else, is not answered" $? out
exit $bad
