#!/bin/sh
# Logs that are rotated on both sides of hrgloss, by the files of examples/shippers/logrotate. Wants logrotate.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need logrotate
rotate() {
	logrotate -f -s "$dir/state" "$dir/conf" >rotate.out 2>&1
}

example logrotate/copytruncate >conf
chmod 644 conf
: >app.log
mkfifo pipe
tail -n +1 -F app.log >pipe 2>tail.err &
tail=$!
"$HRGLOSS" -o app.explained.log <pipe 2>err &
filter=$!
running="$tail $filter"
awk '{ print > ("part." int((NR - 1) / 50000)) }' log
for n in 0 1 2 3; do
	cat part.$n >>app.log
	within 30 has_lines $(((n + 1) * 50000)) app.explained.log && rotate && [ ! -s app.log ]
	check "copytruncate: rotation $n" $? rotate.out
	within 10 grep -q "truncated" tail.err
	: >tail.err
done
same "copytruncate: no line is lost or doubled" app.explained.log
kill $tail
within 10 gone $filter
check "copytruncate: the filter ends with tail" $?
[ ! -s err ]
check "copytruncate: it has nothing to say" $? err

rm -f app.* state
example logrotate/output >conf
sh -c "echo \$\$ >$dir/hrgloss.pid; exec '$HRGLOSS' -o app.explained.log" <pipe 2>err &
filter=$!
running=$filter
exec 3>pipe
split -n 40 log piece.
n=0
for piece in piece.*; do
	cat "$piece" >&3
	n=$((n + 1))
	[ $((n % 10)) = 5 ] || continue
	rotate
	check "output: rotation at piece $n" $? rotate.out
	within 10 test -e app.explained.log
	check "output: HUP opens the file anew" $?
done
exec 3>&-
wait $filter
check "output: the filter ends with status 0" $? err
[ ! -s err ]
check "output: it has nothing to say" $? err
cat app.explained.log.4 app.explained.log.3 app.explained.log.2 app.explained.log.1 app.explained.log >all
same "output: the rotated files together" all
tail -qc 1 app.explained.log.* | tr -d '\n' | wc -c >torn
[ "$(cat torn)" = 0 ]
check "output: no line is torn between two files" $? torn
exit $bad
