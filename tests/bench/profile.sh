#!/bin/sh
# Shows where the time goes: profile.sh BUILD_DIR [KIND [MIB]]. By perf where that is to be had, else by counting instructions.
set -eu
export LC_ALL=C
build=$1 kind=${2:-dense} mib=${3:-64}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
if command -v perf >/dev/null; then
	awk -v kind="$kind" -v bytes=$((mib * 1048576)) -f "$here/make_log.awk" >"$dir/log"
	perf record -q -o "$dir/data" "$build/hrgloss" <"$dir/log" >/dev/null
	perf report -i "$dir/data" --stdio --percent-limit 0.5 2>/dev/null | grep -v '^#' | grep .
else
	awk -v kind="$kind" -v bytes=4000000 -f "$here/make_log.awk" >"$dir/log"
	valgrind --tool=callgrind --callgrind-out-file="$dir/out" "$build/hrgloss" <"$dir/log" >/dev/null 2>&1
	callgrind_annotate "$dir/out" | grep -E '^ *[0-9,]+ \(' | head -n 40
fi
