#!/bin/sh
# hrgloss under rsyslog's mmexternal, by the configuration of examples/shippers/rsyslog. Wants rsyslog.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need rsyslogd jq

# begin: starts rsyslog, with its state kept in this folder
begin() {
	rsyslogd -n -f "$dir/rsyslog.conf" -i "$dir/pid" >out 2>err &
	rsyslog=$!
	running=$rsyslog
}

afresh() {
	rm -f app.log app.explained.log* app.disabled.log imfile-state*
}

quiet() {
	[ ! -s err ] && [ ! -s out ]
	check "$1: rsyslog had nothing to say" $? err
}

# explain: what the template makes of standard input. A carriage return belongs to rsyslog's message, so the gloss is after it.
explain() {
	sed 's/\r$/\x01/' | "$HRGLOSS" --place eol | sed 's/\x01/\r/'
}

configure() {
	echo "global(workDirectory=\"$dir\" maxMessageSize=\"1m\" oversizemsg.errorfile=\"$dir/oversize\")"
	echo 'main_queue(queue.type="linkedList" queue.workerThreads="4" queue.workerThreadMinimumMessages="100")'
	example rsyslog/mmexternal.conf
}

# A machine with nothing else to do is slow to wake up for each answer: not everything needs all lines.
fewer() {
	lines=30000
	head -n $lines log >less && mv less log
	explain <log >explained
}

configure >rsyslog.conf
rsyslogd -N1 -f "$dir/rsyslog.conf" >out 2>&1
check "the configuration is accepted" $? out
explain <log >explained

cp log app.log
begin
within 120 has_lines $lines app.explained.log
same "mmexternal: a log that is there" app.explained.log
stop $rsyslog
check "mmexternal: rsyslog stops in time" $? err
same "mmexternal: and nothing comes after" app.explained.log
quiet mmexternal
"$HRGLOSS" --format rsyslog <log | jq -r '."$!".hrgloss.hits[0].name' | LC_ALL=C paste - explained |
	sed -n 's/^STATUS_ACCOUNT_DISABLED\t//p' >disabled
[ "$(wc -l <disabled)" -gt 5000 ] && cmp disabled app.disabled.log >difference 2>&1
check "mmexternal: a rule finds its lines by name" $? difference

# --- what mmexternal does, by the letter: the next message goes when the answer to the last has come
command=$(example rsyslog/mmexternal.conf | sed -n 's/.* binary="\([^"]*\)".*/\1/p')
fewer
"$DIALOGUE" 2000 $command <log >answers 2>err
check "mmexternal: an answer to each message, in time" $? err
"$HRGLOSS" --format rsyslog <log | cmp - answers >difference 2>&1
check "mmexternal: the same as to all at once" $? difference

# --- lines that break others
afresh
head -c 9000 log | tr '\n' ' ' >nine
head -c 300000 log | tr '\n' ' ' >long
{
	printf 'BZh91AY&SY\n'
	cat nine nine nine && echo ' the end'
	cat long && echo ' 0x80070005'
	printf '{"msg":"E_FAIL","level":"error"}\n{"msg":null}\n{}\n{\n'
	printf '\377\376\000 0x80070005 \303\n\033[31m0xC000006D\033[0m "quoted\\" \\u0000 E_FAIL\n'
	for i in $(seq 300); do
		printf '0x8007%04x ' "$i"
	done
	echo
	seq 1000
} >odd
cp odd app.log
begin
within 20 has_lines "$(wc -l <odd)" app.explained.log
sed 's/ \[[^]]* = [^]]*\]//g' app.explained.log | cmp - odd >difference 2>&1
check "mmexternal: odd lines, all there, in order and unchanged" $? difference
stop $rsyslog
quiet "mmexternal: odd lines"
[ "$(grep -ac '0xC000006D = STATUS_LOGON_FAILURE' app.explained.log)" = 3 ]
check "mmexternal: and explained" $? app.explained.log

# --- the same with all properties of each message
afresh
sed -i 's/interface.input="msg"/interface.input="fulljson"/; s/--lang=en/& --inline/; s/%msg%%$!hrgloss!gloss%/%msg%|%$!hrgloss!hits[0]!field%/' rsyslog.conf
printf 'one\ttab 0x80070005\nplain\n\377 E_FAIL\n' >app.log
begin
within 20 has_lines 3 app.explained.log
stop $rsyslog
"$HRGLOSS" <app.log | sed 's/E_FAIL.*/E_FAIL/; /0x\|E_F/s/$/|msg/; /plain/s/$/|/' | cmp - app.explained.log >difference 2>&1
check "mmexternal: fulljson, and the message itself explained" $? app.explained.log
quiet "mmexternal: fulljson"

# --- a log that grows, HUP, stops
configure >rsyslog.conf
afresh
: >app.log
begin
write_slowly app.log &
writer=$!
running="$rsyslog $writer"
for n in 1 2; do
	within 20 has_lines $((n * lines / 5)) app.explained.log
	mv app.explained.log app.explained.log.$n
	kill -HUP $rsyslog
	within 10 test -e app.explained.log
	check "mmexternal: rotation $n, HUP opens the file anew" $?
done
within 20 has_lines $((3 * lines / 5)) app.explained.log
stop $rsyslog
check "mmexternal: stop while lines come" $?
begin
running="$rsyslog $writer"
wait $writer
running=$rsyslog
within 60 has_lines $lines app.explained.log
cat app.explained.log.1 app.explained.log.2 app.explained.log >all
same "mmexternal: a log that grows, with HUP and a new start" all
filter=$(pgrep -P $rsyslog)
kill -KILL "$filter"
sleep 0.5 # or a message is on its way to it yet, which rsyslog passes on as it is
echo 'the filter was killed: 0x80070005' >>app.log
within 10 grep -q 'was killed.*E_ACCESSDENIED' app.explained.log
check "mmexternal: a filter that was killed is started anew, and asked again" $?
stop $rsyslog
exit $bad
