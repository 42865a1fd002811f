#!/bin/sh
# Runs every test against one build and counts: tests/run.sh BUILD_DIR [full|thread|bare]. Each test speaks TAP; what is not ok is
# shown. `full`: only the scripts of tests/full, against other programs; `thread`: those of tests/thread, for a build that
# watches threads; `bare`: that of bare machines. From the environment:
#   RUNNER        starts the build's programs: an emulator of another machine
#   JOBS          how many tests run at a time
#   TEST_SECONDS  after which a test that has not ended is killed, and has failed
# BUILD_DIR/test-results keeps `PASSED FAILED SKIPPED NAME` of each test, test-count their sums. A test that this machine cannot
# run says `ok - WHAT # SKIP WHY`. The last line is `N passed, N failed`, with `, N skipped`.
set -u
build=$1 kind=${2:-}
top=$(cd "$(dirname "$0")/.." && pwd)
export HRGLOSS="$top/$build/hrgloss" MAKE_EVTX="$top/$build/make_evtx" DIALOGUE="$top/$build/dialogue" TOP="$top" LC_ALL=C.UTF-8
export CMOCKA_MESSAGE_OUTPUT=TAP
RESULTS=$(mktemp -d) || exit 1
export RESULTS
trap 'rm -rf "$RESULTS"' EXIT
trap 'exit 1' INT TERM HUP
runner=${RUNNER:-}
if [ -n "$runner" ]; then
	printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$runner" "$HRGLOSS" >"$RESULTS/hrgloss"
	chmod +x "$RESULTS/hrgloss"
	HRGLOSS=$RESULTS/hrgloss
fi

counts=$build jobs=${JOBS:-1}
programs="$build/tests/*"
# what says nothing about another machine is left out there
scripts="$top/tests/cli/*.sh $top/tests/text/lint.sh"
[ -z "$runner" ] || scripts="$top/tests/cli/cases.sh $top/tests/cli/tables.sh"
case $kind in
full) counts=.build/full programs= scripts="$top/tests/full/*.sh" jobs=1 ;; # their programs share ports and folders
thread) scripts="$top/tests/thread/*.sh" ;;
bare) counts=.build/bare programs= scripts="$top/tests/bare/*.sh" jobs=1 ;;
esac
for test in $programs $scripts; do
	[ ! -f "$test" ] || echo "$test"
done | grep -v '\.d$' | xargs -n 1 -P "$jobs" sh "$top/tests/run_one.sh"

mkdir -p "$counts"
cat "$RESULTS"/*.count >"$counts/test-results"
awk -v name="$(basename "$counts")" '{ p += $1; f += $2; s += $3 }
	END { printf "%s: %d passed, %d failed%s\n", name, p, f, s ? ", " s " skipped" : ""; print p, f, s >OUT; exit f > 0 || p == 0 }' \
	OUT="$counts/test-count" "$counts/test-results"
