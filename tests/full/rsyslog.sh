#!/bin/sh
# hrgloss under rsyslog's omprog, by the configuration of examples/shippers/rsyslog. Wants rsyslog.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need rsyslogd

# begin: starts rsyslog, with its state kept in this folder
begin() {
	rsyslogd -n -f "$dir/rsyslog.conf" -i "$dir/pid" >out 2>err &
	rsyslog=$!
	running=$rsyslog
}

{
	echo "global(workDirectory=\"$dir\")"
	# workers that take turns early, as they do elsewhere when many lines wait: what keeps the order must not be luck
	echo 'main_queue(queue.type="linkedList" queue.workerThreads="4" queue.workerThreadMinimumMessages="100")'
	example rsyslog/hrgloss.conf
} >rsyslog.conf
rsyslogd -N1 -f "$dir/rsyslog.conf" >out 2>&1
check "the configuration is accepted" $? out

cp log app.log
begin
within 60 has_lines $lines app.explained.log
same "omprog: a log that is there" app.explained.log
stop $rsyslog
check "omprog: rsyslog stops in time" $? err
same "omprog: and nothing comes after" app.explained.log
[ ! -s err ] && [ ! -s out ]
check "omprog: rsyslog had nothing to say" $? err

rm -f app.log app.explained.log imfile-state*
: >app.log
begin
write_slowly app.log &
writer=$!
running="$rsyslog $writer"
for n in 1 2 3; do
	within 20 has_lines $((n * lines / 5)) app.explained.log
	mv app.explained.log app.explained.log.$n
	kill -HUP $rsyslog
	within 10 test -e app.explained.log
	check "omprog: rotation $n, HUP opens the file anew" $?
done
wait $writer
running=$rsyslog
within 60 has_lines $lines app.explained.log
cat app.explained.log.1 app.explained.log.2 app.explained.log.3 app.explained.log >all
same "omprog: a log that grows, with the output rotated three times" all
stop $rsyslog

rm -f app.log app.explained.log* imfile-state*
: >app.log
write_slowly app.log &
writer=$!
for n in 1 2 3; do
	begin
	running="$rsyslog $writer"
	within 20 has_lines $((n * lines / 5)) app.explained.log
	stop $rsyslog
	check "omprog: stop $n while lines come" $?
done
begin
running="$rsyslog $writer"
wait $writer
within 60 has_lines $lines app.explained.log
same "omprog: a log that grows, with rsyslog stopped and started three times" app.explained.log
exit $bad
