#!/bin/sh
# Whichever system call fails: an interruption is seen through; and when something else is wrong, what is put out is either all
# that it should be, or comes with a status that says otherwise, and a message. A sample of the calls fails, one a run; with
# HRGLOSS_FAULTS=all, each of them.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/faults/one_by_one.sh"
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

is_excused() {
	false
}
must_not_be_felt() {
	[ "$error" = EINTR ] || [ "$error" = EAGAIN ]
}

case ${HRGLOSS_FAULTS:-}$HRGLOSS in
all*) samples=2000 ;;
*asan*) samples=1 ;;
*) samples=4 ;;
esac
while read -r kinds errors from args; do
	[ "$from" != - ] || from=/dev/null
	wrong= failed=0 felt=0
	for call in $(echo "$kinds" | tr ',' ' '); do
		for error in $(echo "$errors" | tr ',' ' '); do
			one_by_one "$call $error"
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
name EIO,ENOSPC - -j 1 --output-dir new log wide
name EIO - -j 1 --output-dir new --force log wide
read,open EIO - -j 1 log.gz folder.tar.gz
write EIO,ENOSPC,EINTR - -j 1 log.gz folder.tar.gz
write,open,close EIO,ENOSPC - --metrics new log
write EINTR - --metrics new log
ROWS

while read -r call error at args; do
	from=/dev/null
	run "$at"
	[ "$(cat mark)" = "$at" ] && [ "$STATUS" -eq 2 ] && grep -q '^hrgloss: new/log: [IN]' err && [ "$(wc -l <err)" -eq 1 ]
	check "what cannot be written or named is called by its own name: $args, $call $error" $? err
done <<'ROWS'
write ENOSPC 1 --output-dir new log
name EIO 1 --output-dir new log
name EIO 1 --output-dir new --force log
name EIO 2 --output-dir new --force log
ROWS
exit $bad
