#!/bin/sh
# Whichever request for memory or for a lock fails: the program does not crash or hang, and what it puts out is either all that
# it should be, or comes with a status that says otherwise, and a message. A sample of the requests fails, one a run; with
# HRGLOSS_FAULTS=all, up to 2000 of each command. No archives are read, since libarchive itself does not survive every failure.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/faults/one_by_one.sh"
loader=127
cd "$dir" || exit 1

case $HRGLOSS in
*asan* | *tsan*)
	echo 'ok - memory that fails # SKIP a sanitizer has a malloc() of its own'
	exit 0
	;;
esac
readelf -l "$HRGLOSS" >segments
check 'the program can be looked into' $?
if ! grep -q INTERP segments; then
	echo 'ok - memory that fails # SKIP nothing can be loaded before this program'
	exit 0
fi
"${CC:-cc}" -shared -fPIC -O1 -Wall -Wextra -o starve.so "$TOP/tests/faults/starve.c" 2>err
check 'the library is built' $? err

yes 'Logon failed with 0xC000006D, then E_FAIL, 0x80070005 (0x8ABC0001)' | head -n 40 >log
yes '{"time":"2026-11-20T10:00:00","message":"a \"0x80070005\" and","SubStatus":"0xC0000064","b":[1,2]}' | head -n 20 >lines
printf '#Fields: date time sc-status sc-win32-status\n2026-11-20 10:00:00 200 5\n' >iis
printf 'time,event,status\n10:00,4625,0xC000006D\n' >table
yes '2026-11-20 10:00:00 unknown 0xE1230000, error code 0x8ABC7777' | head -n 5 >unknown
iconv -t UTF-16 log >wide
gzip -k log
awk 'BEGIN { for (i = 0; i < 3; i++) printf "4:time,15:error code 0x5 x," }' >frames
head -n 8 "$TOP/patterns/codes/esent.tsv" >own.tsv

# Runs the command with requests failing at $1, none if that is 0; out is all that it writes, in files, too.
run() {
	rm -rf new mark
	STATUS=0
	timeout 60 env LD_PRELOAD="$dir/starve.so" STARVE_AT="$1" STARVE_MARK="$dir/mark" "$HRGLOSS" $args >out 2>err <"$from" ||
		STATUS=$?
	[ ! -e new ] || find new -type f | sort | xargs cat >>out
}

is_excused() {
	[ "$args" = --version ] && grep -q 'cannot be loaded$' out # which is what it is asked
}
must_not_be_felt() {
	false
}

case ${HRGLOSS_FAULTS:-} in
all) samples=2000 ;;
*) samples=25 ;;
esac
# Takes rows: what comes on standard input, and arguments.
try_rows() {
	while read -r from args; do
		[ "$from" != - ] || from=/dev/null
		wrong= failed=0 felt=0
		one_by_one "$1"
		[ -z "$wrong" ] && [ "$good" -lt 2 ] && [ "$felt" -gt 0 ]
		check "$1 that fails is reported: $args" $? "$felt of $count felt; wrong:$wrong"
	done
}
try_rows memory <<'ROWS'
- --help
- --version
- --completions bash
- --explain 5 E_FAIL 0x8ABC0001
- --list
- --export json
- --export rsyslog facility
log
log -H --hint -p eol
log -p below -u
log --strip
log --reference
log --line-buffered
log --block-buffered
log --framing nul
log -f hits --hint
log -f rsyslog
- -j 1 log wide log.gz
- -j 3 log wide log.gz
- -j 1 --output-dir new log log.gz
- -j 1 --output-dir new --compress gzip log
- -j 1 --output-dir new --compress zstd log
- -j 1 --summary log lines unknown
- --summary=json log unknown
- --summary=csv log
- --summary=html log unknown
- --summary=json -f ndjson lines
lines -f ndjson
lines -f ndjson --inline --schema ecs --on-bad wrap
lines -f hits --input ndjson
lines -f rsyslog --inline
iis -f w3c
table -f csv
table -f hits --input csv
frames --framing netstring
log --metrics new.prom --stats
log --codes own.tsv --from CP1252
log -o new
ROWS
export STARVE_LOCKS=1
try_rows 'a lock' <<'ROWS'
- -j 2 log wide log.gz
- -j 2 --summary log
- --output-dir new log log.gz
lines -f ndjson --metrics new.prom
ROWS
exit $bad
