#!/bin/sh
# Runs every test against one build and counts: tests/run.sh BUILD_DIR. Each test program speaks TAP; what is not ok is shown.
# RUNNER, if set, starts the build's programs: an emulator of another machine. With a second argument, `full` or `thread`, the
# scripts are those of tests/full, against other programs, or of tests/thread, for a build that watches threads.
# The last line is `N passed, N failed`.
set -u
build=$1
top=$(cd "$(dirname "$0")/.." && pwd)
export HRGLOSS="$top/$build/hrgloss" MAKE_EVTX="$top/$build/make_evtx" DIALOGUE="$top/$build/dialogue" TOP="$top" LC_ALL=C.UTF-8
export CMOCKA_MESSAGE_OUTPUT=TAP
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
passed=0 failed=0
runner=${RUNNER:-}
if [ -n "$runner" ]; then
	printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$runner" "$HRGLOSS" >"$out/hrgloss"
	chmod +x "$out/hrgloss"
	HRGLOSS=$out/hrgloss
fi

run() {
	name=$1
	shift
	"$@" >"$out/log" 2>&1
	status=$?
	ok=$(grep -ac '^ok ' "$out/log")
	bad=$(grep -a '^not ok ' "$out/log" | grep -avc '^not ok [0-9]* # SKIP') # what this machine cannot run
	if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
		bad=1
		echo "not ok - $name ended with status $status" >>"$out/log"
	fi
	if [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ]; then
		bad=1
		echo "not ok - $name ran no test" >>"$out/log"
	fi
	printf '%-28s %5d passed, %d failed\n' "$name" "$ok" "$bad"
	[ "$bad" -eq 0 ] || grep -av '^ok ' "$out/log" | head -n 60
	passed=$((passed + ok)) failed=$((failed + bad))
}

counts=$build
programs=$build/tests/*
[ "${2:-}" != full ] || counts=.build/full programs=
for program in $programs; do
	[ -x "$program" ] && [ ! -d "$program" ] && run "$(basename "$program")" $runner "$program"
done
# what says nothing about another machine is left out there
scripts="$top/tests/cli/*.sh $top/tests/text/lint.sh"
[ -z "$runner" ] || scripts="$top/tests/cli/cases.sh $top/tests/cli/tables.sh"
case ${2:-} in
full) scripts="$top/tests/full/*.sh" ;;
thread) scripts="$top/tests/thread/*.sh" ;;
esac
for script in $scripts; do
	run "$(basename "$(dirname "$script")")/$(basename "$script" .sh)" sh "$script"
done
mkdir -p "$counts"
printf '%s: %d passed, %d failed\n' "$(basename "$counts")" "$passed" "$failed"
echo "$passed $failed" >"$counts/test-count"
[ "$failed" -eq 0 ]
