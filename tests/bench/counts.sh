#!/bin/sh
# Counts the instructions that each kind of log costs, without the noise of a clock: counts.sh BUILD_DIR [FILE]. With FILE, a list
# that this script has written, it shows what has changed since. Counts depend on the compiler and the libraries, which the list names.
set -eu
export LC_ALL=C
build=$1 before=${2:-/dev/null} bytes=4000000
here=$(cd "$(dirname "$0")" && pwd)
[ -r "$before" ] || before=/dev/null
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

count() {
	valgrind --tool=callgrind --callgrind-out-file="$dir/out" "$build/hrgloss" -j 1 <"$1" 2>&1 >/dev/null | sed -n 's/,//g; s/.*refs: *//p'
}

: >"$dir/empty"
start=$(count "$dir/empty")
echo "# instructions by valgrind --tool=callgrind; $bytes bytes a log; start-up is not part of the others"
echo "# $(cc --version | head -n 1); $("$build/hrgloss" --version | tail -n 1); $(ldd --version | head -n 1)"
printf '# log\tinstructions\ta byte\tlines\ta line\n'
printf 'start-up\t%s\t\t\t\n' "$start" >"$dir/now"
for kind in dense sparse plain events worst long utf8 json; do
	awk -v kind=$kind -v bytes=$bytes -f "$here/make_log.awk" >"$dir/log"
	awk -v kind=$kind -v all="$(count "$dir/log")" -v start="$start" -v bytes="$(wc -c <"$dir/log")" -v lines="$(wc -l <"$dir/log")" \
		'BEGIN { n = all - start; printf "%s\t%.0f\t%.1f\t%d\t%.0f\n", kind, n, n / bytes, lines, n / lines }' >>"$dir/now"
done
cat "$dir/now"
awk -F'\t' 'NR == FNR { if ($1 !~ /^#/) old[$1] = $2; next }
	$1 in old { printf "# %s: %+.1f %%\n", $1, ($2 / old[$1] - 1) * 100 }' "$before" "$dir/now" >&2
