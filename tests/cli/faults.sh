#!/bin/sh
# Whichever system call fails: an interruption is seen through; and when something else is wrong, what is put out is either all
# that it should be, or comes with a status that says otherwise, and a message. A sample of the calls fails, one a run; with
# HRGLOSS_FAULTS=all, each of them.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

case $HRGLOSS in
*tsan*)
	echo 'ok - system calls that fail # SKIP they are watched by a sanitizer'
	exit 0
	;;
esac
"${CC:-cc}" -std=gnu17 -O1 -Wall -Wextra -o inject "$TOP/tests/faults/inject.c" -pthread 2>err
check 'the program that lets calls fail is built' $? err
./inject read EIO 0 mark "$HRGLOSS" --version >out 2>err
if [ $? -eq 125 ]; then
	echo 'ok - system calls that fail # SKIP the kernel does not let them be answered for'
	exit 0
fi

yes 'Logon failed with 0xC000006D, then E_FAIL, 0x80070005' | head -n 9000 >log
yes '{"message":"0x80070005 and","SubStatus":"0xC0000064"}' | head -n 20 >lines
head -n 300 log | iconv -t UTF-16 >wide
gzip -k log
mkdir folder
cp wide folder
cp lines folder
tar -czf folder.tar.gz folder
head -n 8 "$TOP/patterns/codes/esent.tsv" >own.tsv

# Runs the command; its $1-th call fails, none if that is 0. out is all that it writes, in files, too.
run() {
	rm -rf new mark
	STATUS=0
	timeout 60 ./inject "$call" "$error" "$1" mark "$HRGLOSS" $args >out 2>err <"$from" || STATUS=$?
	[ ! -e new ] || find new -type f | sort | xargs cat >>out
}

# Lets calls of $args fail one by one; adds what is wrong to $wrong and the number of calls that failed to $failed.
try_all() {
	run 0
	mv out good
	good=$STATUS count=$(cat mark)
	step=$((count / samples + 1))
	turn=$((turn + 1))
	at=$((turn % step + 1))
	while [ "$at" -le "$count" ]; do
		run "$at"
		if [ "$(cat mark 2>&1)" != "$at" ]; then
			# threads do not always take the same way, which shows at the end
			[ "$at" -gt $((count - count / 4 - 1)) ] || wrong="$wrong $call $error $at (nothing failed);"
		else
			failed=$((failed + 1))
			is_right || wrong="$wrong $call $error $at (status $STATUS, $(wc -l <err) messages);"
		fi
		at=$((at + step))
	done
}

is_right() {
	[ "$STATUS" -lt 124 ] || return 1
	[ "$STATUS" -ne "$good" ] || ! cmp -s good out || return 0
	case $error in
	EINTR | EAGAIN) return 1 ;;
	esac
	[ "$STATUS" -ne 0 ] || return 1
	case $args in
	*rsyslog*) ;; # which takes all that is said for an answer
	*) [ -s err ] ;;
	esac
}

case ${HRGLOSS_FAULTS:-}$HRGLOSS in
all*) samples=2000 ;;
*asan*) samples=1 ;;
*) samples=4 ;;
esac
turn=0
while read -r kinds errors from args; do
	[ "$from" != - ] || from=/dev/null
	wrong= failed=0
	for call in $(echo "$kinds" | tr ',' ' '); do
		for error in $(echo "$errors" | tr ',' ' '); do
			try_all
		done
	done
	[ -z "$wrong" ] && [ "$good" -eq 0 ] && [ "$failed" -gt 0 ]
	check "$kinds that fails by $errors is seen through or reported: $args <$from" $? "$failed failed; wrong:$wrong"
done <<'ROWS'
write EIO,ENOSPC,EINTR,EAGAIN - --help
write EIO,ENOSPC,EINTR,EAGAIN - --version
write EIO,ENOSPC,EINTR,EAGAIN - --completions zsh
write EIO,ENOSPC,EINTR,EAGAIN - --explain 5 E_FAIL
write EIO,ENOSPC,EINTR,EAGAIN - --list
write EIO,ENOSPC,EINTR,EAGAIN - --export json
close EIO,ENOSPC,EINTR - --list
write,read EIO,ENOSPC,EINTR,EAGAIN log
open,fstat,close EIO,ENOSPC,EINTR log
write,read EIO,ENOSPC,EINTR,EAGAIN - -j 1 log lines
write,read EIO - -j 1 log wide lines
open,close EIO,EMFILE - -j 1 log wide lines
write,read EIO,EINTR - -j 3 log lines log
write,read EIO,EINTR - -j 1 -H -p below log
write,read EIO,EINTR lines -f ndjson
write,read EIO,EINTR lines -f hits
write,read EIO,EINTR lines -f rsyslog
write,read EIO,EINTR,EAGAIN - -j 1 --summary log lines
write EIO,ENOSPC,EINTR,EAGAIN - --summary=html log
read,open EIO,EMFILE - --codes own.tsv log
read EINTR - --codes own.tsv log
write EIO,ENOSPC,EINTR,EAGAIN - -o new log
open EIO,EINTR lines -o new
close EIO,ENOSPC,EINTR - -o new log
write EIO,ENOSPC,EINTR - -j 1 --output-dir new log wide
open,close EIO,ENOSPC - -j 1 --output-dir new log wide
write,open EIO,ENOSPC - --output-dir new --compress gzip log
read,open EIO - -j 1 log.gz folder.tar.gz
write EIO,ENOSPC,EINTR - -j 1 log.gz folder.tar.gz
write,open,close EIO,ENOSPC - --metrics new log
write EINTR - --metrics new log
ROWS
exit $bad
