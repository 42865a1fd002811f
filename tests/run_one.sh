#!/bin/sh
# Runs one test, a script or a program of the build, for tests/run.sh: shows what is not ok, and leaves
# `PASSED FAILED SKIPPED NAME` in $RESULTS. It gets neither a terminal nor more than $TEST_SECONDS.
set -u
test=$1
limit=${TEST_SECONDS:-900}
case $test in
*.sh) name=$(basename "$(dirname "$test")")/$(basename "$test" .sh) command="sh $test" ;;
*) name=$(basename "$test") command="${RUNNER:-} $test" ;;
esac
file=$RESULTS/$(echo "$name" | tr / -)
began=$(date +%s)
timeout -k 10 "$limit" $command >"$file.log" 2>&1 </dev/null
status=$?
skipped=$(grep -ac '^\(not \)\?ok .*# *[Ss][Kk][Ii][Pp]' "$file.log") # cmocka says `not ok N # SKIP`
ok=$(grep -a '^ok ' "$file.log" | grep -aivc '# *skip')
bad=$(grep -a '^not ok ' "$file.log" | grep -aivc '# *skip')
[ "$status" -ne 124 ] || echo "not ok - $name did not end within $limit s" >>"$file.log"
if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
	bad=1
	echo "not ok - $name ended with status $status" >>"$file.log"
fi
if [ $((ok + bad + skipped)) -eq 0 ]; then
	bad=1
	echo "not ok - $name ran no test" >>"$file.log"
fi
{
	printf '%-28s %5d passed, %d failed' "$name" "$ok" "$bad"
	[ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
	printf '  (%d s)\n' $(($(date +%s) - began))
	grep -a '^\(not \)\?ok .*# *[Ss][Kk][Ii][Pp]' "$file.log" | sed 's/^/  /'
	[ "$bad" -eq 0 ] || grep -av '^ok ' "$file.log" | head -n 60
} >"$file.shown"
cat "$file.shown"
echo "$ok $bad $skipped $name" >"$file.count"
