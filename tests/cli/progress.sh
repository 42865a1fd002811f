#!/bin/sh
# --progress: a line on the terminal that tells how far it has got, and only where it disturbs nothing.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
if ! script -qec true script.out </dev/null >script.err 2>&1; then # without the program, or /dev/pts
	echo 'ok - progress # SKIP script cannot make a terminal here'
	exit 0
fi

export HRGLOSS
# slowly: lines that take more than a second to come, the last of them after the time when the line is shown
slowly() {
	for i in 1 2 3 4 5 6 7; do
		echo "$i 0x80070005"
		sleep 0.2
	done
	echo end
}
# terminal COMMAND: what a terminal shows of it is in `seen`; `in` is the slow input
terminal() {
	mkfifo in
	slowly >in &
	script -qec "$1" seen.raw </dev/null >/dev/null 2>&1
	tr -d '\r' <seen.raw | grep -av -e '^Script ' -e '^$' >seen
	wait
}
shows() {
	grep -aq ' B/s  ' "$1"
}

cat >rows <<'ROWS'
shown|it is shown where the output goes to a file|"$HRGLOSS" <in >out
shown|it is shown where the output goes nowhere|"$HRGLOSS" <in >/dev/null
shown|it is shown with --output-dir|"$HRGLOSS" --output-dir folder in
hidden|it is not shown where the output goes to the terminal|"$HRGLOSS" <in
hidden|it is not shown where the output goes into a pipe|"$HRGLOSS" <in | cat >out
hidden|it is not shown where errors go to a file|"$HRGLOSS" <in >out 2>err
hidden|it is not shown with --progress never|"$HRGLOSS" --progress never <in >out
shown|it is shown into a pipe with --progress always|"$HRGLOSS" --progress always <in | cat >out
shown|it is shown on the terminal with --progress always|"$HRGLOSS" --progress always <in
shown|it is shown with --progress auto as without|"$HRGLOSS" --progress auto <in >out
shown|it is shown beside a complaint|"$HRGLOSS" missing in >out
ROWS
row=0
while IFS='|' read -r expected name command; do
	row=$((row + 1))
	mkdir $row
	(cd $row && terminal "$command") &
done <rows
wait
row=0
while IFS='|' read -r expected name command; do
	row=$((row + 1))
	if [ $expected = shown ]; then
		shows $row/seen
	else
		! shows $row/seen && ! grep -aFq "$(printf '\033[K')" $row/seen
	fi
	check "$name" $? $row/seen
done <rows

tail -c 4 1/seen | od -An -c | grep -q '033   \[   K' && ! grep -aq ' left' 1/seen
check "the line is taken away at the end, and tells no rest of what has no size" $? 1/seen
slowly | "$HRGLOSS" | cmp -s - 1/out
check "the output is whole beside it" $? 1/out
tail -c 4 11/seen | od -An -c | grep -q '033   \[   K' && grep -aq '^hrgloss: missing: No such file or directory$' 11/seen
check "a complaint has a line of its own" $? 11/seen

# What is short says nothing: a second has to pass first
echo 0x80070005 >short
script -qec '"$HRGLOSS" short >out' seen.raw </dev/null >/dev/null 2>&1
tr -d '\r' <seen.raw | grep -av -e '^Script ' -e '^$' >seen
[ ! -s seen ]
check "nothing is shown of what takes less than a second" $? seen

# A file's size is known; the pipe after it takes it up slowly
head -c 30000000 /dev/zero | tr '\0' '\n' >large
slow_reader='{ sleep 1.3; head -c 20000000; sleep 0.3; cat; } >out'
script -qec '"$HRGLOSS" --progress always -j 1 large | '"$slow_reader" seen.raw </dev/null >/dev/null 2>&1
grep -aq 'MB/s   *[0-9]* %  [0-9]*:[0-9][0-9] left  large' seen.raw
check "of a file it tells the share and the rest, and its name" $? seen.raw
exit $bad
