#!/bin/sh
# hrgloss as a program() of syslog-ng, as destination and as source, by the files of examples/shippers/syslog-ng. Its package
# cannot be installed beside rsyslog's, so that `make deps-full` only fetches it, into .build/debs, and it is unpacked here.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
package=$(ls "$TOP"/.build/debs/syslog-ng-core_*.deb 2>which | tail -n 1)
[ -n "$package" ] && dpkg -x "$package" root 2>which
check "syslog-ng is there" $? "make deps-full"
[ $bad = 0 ] || exit 1
export LD_LIBRARY_PATH="$dir/root/usr/lib/syslog-ng"
modules=$(ls -d root/usr/lib/syslog-ng/[0-9]*)

no_tail() {
	! pgrep -f -- "-F $dir/app.log" >pids
}

# begin EXAMPLE
begin() {
	example "syslog-ng/$1" >"$1"
	root/usr/sbin/syslog-ng -F --no-caps --module-path="$modules" -f "$1" -R "$dir/persist" -c "$dir/control" --pidfile "$dir/pid" \
		>out 2>err &
	daemon=$!
	running=$daemon
}

# syslog-ng takes a carriage return before a line feed for a part of the line's end
tr -d '\r' <explained >expected

cp log app.log
begin destination.conf
within 60 has_lines $lines app.explained.log
same "program() as destination: a log that is there" app.explained.log expected
stop $daemon
check "program() as destination: it stops in time" $?
same "program() as destination: nothing comes after" app.explained.log expected

rm -f app.log app.explained.log persist
: >app.log
begin destination.conf
write_slowly app.log &
writer=$!
running="$daemon $writer"
for n in 1 2 3; do
	within 20 has_lines $((n * lines / 5)) app.explained.log
	kill -HUP $daemon # reads the configuration again
	mv app.explained.log app.explained.log.$n
	pkill -HUP -P $daemon -x hrgloss
	within 10 test -e app.explained.log
	check "program() as destination: rotation $n" $?
done
wait $writer
within 60 has_lines $lines app.explained.log
cat app.explained.log.1 app.explained.log.2 app.explained.log.3 app.explained.log >all
same "program() as destination: reloaded and rotated three times while lines come" all expected
stop $daemon

rm -f app.log app.explained.log* persist
: >app.log
begin source.conf
within 10 pgrep -f -- "-F $dir/app.log" >pids
sleep 1
write_slowly app.log &
writer=$!
running="$daemon $writer"
wait $writer
within 60 has_lines $lines app.explained.log
same "program() as source: a log that grows" app.explained.log expected
stop $daemon
within 10 no_tail
check "program() as source: tail and hrgloss end with it" $? pids
exit $bad
