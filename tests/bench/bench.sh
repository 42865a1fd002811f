#!/bin/sh
# Compares hrgloss with other programs on the same logs, from pipe to pipe: bench.sh HRGLOSS [MIB] [RUNS]
# The runs alternate, and what is printed is the median of each program's time over the median of cat's; absolute times say
# little on a shared machine. The others do a part of the job only: they mark hexadecimal codes.
set -eu
hrgloss=$1 mib=${2:-64} runs=${3:-5}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
pattern='0[xX][89A-Fa-f][0-9A-Fa-f]{7}'

run() {
	case $1 in
	cat) cat ;;
	hrgloss) "$hrgloss" ;;
	perl) perl -pe "s/$pattern/\$& [x]/g" ;;
	mawk) mawk '{ gsub(/0[xX][89A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f]/, "& [x]"); print }' ;;
	gawk) gawk "{ gsub(/$pattern/, \"& [x]\"); print }" ;;
	sed) sed -E "s/$pattern/& [x]/g" ;;
	ripgrep) rg --passthru -N -r '$0 [x]' "$pattern" ;;
	ripgrep-pcre2) rg -P --passthru -N -r '$0 [x]' "$pattern" ;;
	pcre2grep) pcre2grep "$pattern" || true ;;
	esac
}

programs=
for program in cat hrgloss perl mawk gawk sed ripgrep ripgrep-pcre2 pcre2grep; do
	case $program in ripgrep*) tool=rg ;; hrgloss) tool=$hrgloss ;; *) tool=$program ;; esac
	command -v "$tool" >/dev/null && programs="$programs $program"
done

median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

printf '%-16s' "median / cat's"
for kind in dense sparse plain; do
	awk -v kind=$kind -v bytes=$((mib * 1048576)) -f "$here/make_log.awk" >"$dir/$kind"
	printf ' %10s' $kind
done
printf '\n'
turn=0
while [ $turn -le "$runs" ]; do
	for kind in dense sparse plain; do
		for program in $programs; do
			start=$(date +%s%N)
			cat "$dir/$kind" | run "$program" | cat >/dev/null
			end=$(date +%s%N)
			# the first turn warms the caches
			[ $turn -eq 0 ] || echo $(((end - start) / 1000)) >>"$dir/$program.$kind"
		done
	done
	turn=$((turn + 1))
done
for program in $programs; do
	printf '%-16s' "$program"
	for kind in dense sparse plain; do
		printf ' %10s' "$(echo "$(median "$dir/$program.$kind") $(median "$dir/cat.$kind")" | awk '{ printf "%.2f", $1 / $2 }')"
	done
	printf '\n'
done
