#!/bin/sh
# Compares hrgloss with other programs on the same logs: bench.sh BUILD_DIR [MIB] [RUNS]. Prints Markdown.
#
# Throughput is that of `cat LOG | PROGRAM | cat >/dev/null`, in runs that alternate; what is printed is the median of each program's
# time over the median of cat's, since absolute times say little on a shared machine. The others do a part of the job: they find or
# mark hexadecimal codes. The row `cat-output` is cat with what hrgloss wrote, glosses and all: that much has to go through a
# pipe in any case.
set -eu
export LC_ALL=C
build=$1 mib=${2:-64} runs=${3:-9}
sizes=${BENCH_SIZES:-1 10 100}
here=$(cd "$(dirname "$0")" && pwd)
hrgloss=$build/hrgloss measure=$build/bench/measure
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
kinds='dense sparse plain worst long utf8'
pattern='0[xX][89A-Fa-f][0-9A-Fa-f]{7}'
nibble='[0-9A-Fa-f]'
awk_program="{ gsub(/0[xX][89A-Fa-f]$nibble$nibble$nibble$nibble$nibble$nibble$nibble/, \"& [x]\"); print }"

make_log() {
	awk -v kind="$1" -v bytes="$2" -f "$here/make_log.awk"
}

time_of() { # PROGRAM KIND
	log=$dir/$2
	case $1 in
	cat-output) log=$log.out; set -- cat ;;
	hrgloss) set -- "$hrgloss" ;;
	perl) set -- perl -pe "s/$pattern/\$& [x]/g" ;;
	mawk | gawk) set -- "$1" "$awk_program" ;;
	sed) set -- sed -E "s/$pattern/& [x]/g" ;;
	ripgrep) set -- rg --passthru -N -r '$0 [x]' "$pattern" ;;
	ripgrep-pcre2) set -- rg -P --passthru -N -r '$0 [x]' "$pattern" ;;
	pcre2grep) set -- pcre2grep --max-buffer-size=512M "$pattern" ;;
	hyperscan) set -- "$build/bench/hyperscan" ;;
	*) set -- "$1" ;;
	esac
	"$measure" pipe "$log" "$@"
}

# Of lines of JSON, of which every fourth has codes: as JSON with what is found, and as hits.
time_json() { # PROGRAM KIND
	log=$dir/$2
	case $1 in
	cat) set -- cat ;;
	*) set -- "$hrgloss" --format "${1#hrgloss }" ;;
	esac
	"$measure" pipe "$log" "$@"
}

# Of a log that gzip has packed: zcat unpacks it, and hrgloss explains it besides.
time_packed() { # PROGRAM KIND
	log=$dir/$2.gz
	[ "$1" != hrgloss ] || set -- "$hrgloss"
	"$measure" start 0 "$1" "$log"
}

is_there() {
	case $1 in
	ripgrep*) command -v rg ;;
	hrgloss | cat-output) true ;;
	hyperscan) test -x "$build/bench/hyperscan" ;;
	*) command -v "$1" ;;
	esac >/dev/null
}

programs=
for program in cat cat-output hrgloss perl mawk gawk sed ripgrep ripgrep-pcre2 pcre2grep hyperscan; do
	is_there "$program" && programs="$programs $program"
done

median() {
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

row() {
	printf '| %s |' "$1"
	shift
	printf ' %s |' "$@"
	printf '\n'
}

# compare TITLE TIMER BASE PROGRAM ...: times the programs on each kind in turn, and prints their medians over those of BASE.
compare() {
	title=$1 timer=$2 base=$3
	shift 3
	turn=0
	while [ $turn -le "$runs" ]; do
		for kind in $kinds; do
			for program in "$@"; do
				time=$($timer "$program" "$kind")
				# the first turn warms the caches
				[ $turn -eq 0 ] || echo "$time" >>"$dir/$timer.$program.$kind"
			done
		done
		turn=$((turn + 1))
	done
	row "$title" $kinds
	row --- $(for kind in $kinds; do echo '---:'; done)
	for program in "$@"; do
		row "$program" $(for kind in $kinds; do
			ratio "$(median "$dir/$timer.$program.$kind")" "$(median "$dir/$timer.$base.$kind")"
			echo
		done)
	done
}

one_call() {
	row 'one call' hrgloss cat
	row --- ---: ---:
	row 'start-up and exit, ms' "$(ratio "$("$measure" start 300 "$hrgloss")" 1000)" "$(ratio "$("$measure" start 300 cat)" 1000)"
	row '`--explain` of one code, ms' "$(ratio "$("$measure" start 300 "$hrgloss" --explain 0x8009030c)" 1000)" ''
	row 'a line through an idle pipe, µs' "$("$measure" latency 500 "$hrgloss")" "$("$measure" latency 500 cat)"
	for kind in $kinds; do
		row "peak memory, $kind, MB" "$(ratio "$("$measure" peak "$dir/$kind" "$hrgloss")" 1024)" \
			"$(ratio "$("$measure" peak "$dir/$kind" cat)" 1024)"
	done
}

linear() {
	row 'worst log, MB' $sizes
	row --- $(for size in $sizes; do echo '---:'; done)
	row 'MB/s' $(for size in $sizes; do
		make_log worst $((size * 1000000)) >"$dir/size"
		ratio $((size * 1000000)) "$("$measure" pipe "$dir/size" "$hrgloss")"
		echo
	done)
}

# Event logs, one that is made and the one that EVTX_LOG names, if it does; evtx_dump is that of the Rust crate `evtx`.
event_log() { # NAME FILE
	size=$(wc -c <"$2")
	row "$1, MB/s" "$(ratio "$size" "$("$measure" start "$runs" "$hrgloss" "$2")")" \
		"$(ratio "$size" "$("$measure" start "$runs" "$hrgloss" -j1 "$2")")" \
		"$(! command -v evtx_dump >/dev/null || ratio "$size" "$("$measure" start "$runs" evtx_dump -o jsonl -t 1 "$2")")"
}

event_logs() {
	awk -v events=$((mib * 1500)) 'BEGIN {
		OFS = "\t"
		for (i = 0; i < events; i++) {
			time = sprintf("2026-11-22T%02d:%02d:%02d.1234567Z", i / 3600 % 24, i / 60 % 60, i % 60)
			if (i % 10 == 0)
				print time, "Service Control Manager", 7023, 2, "DC01", "param1=DNS Client", "param2=%%1067"
			else
				print time, "Microsoft-Windows-Security-Auditing", 4625, 0, "DC01.corp.example", "SubjectUserSid=S-1-5-18", \
					"SubjectUserName=DC01$", "TargetUserName=user" i, "Status=0xc000006d", "FailureReason=%%2313", \
					"SubStatus=0xc000006a", "LogonType=3", "WorkstationName=WS" i % 500, "IpAddress=10.0.0." i % 250
		}
	}' | "$build/make_evtx" >"$dir/events.evtx"
	row 'event log' hrgloss 'hrgloss -j1' 'evtx_dump -t 1'
	row --- ---: ---: ---:
	event_log made "$dir/events.evtx"
	[ -z "${EVTX_LOG:-}" ] || event_log "$(basename "$EVTX_LOG")" "$EVTX_LOG"
}

for kind in $kinds; do
	make_log $kind $((mib * 1048576)) >"$dir/$kind"
	"$hrgloss" <"$dir/$kind" >"$dir/$kind.out"
	gzip -c "$dir/$kind" >"$dir/$kind.gz"
done
make_log json $((mib * 1048576)) >"$dir/json"
echo "$(date +%Y-%m-%d), $(uname -m), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1); $mib MiB a log, $runs runs."
echo
compare "time / cat's" time_of cat $programs
echo
(
	kinds=json
	compare "JSON: time / cat's" time_json cat cat 'hrgloss ndjson' 'hrgloss hits' 'hrgloss auto'
)
echo
compare "packed: time / zcat's" time_packed zcat zcat hrgloss
echo
one_call
echo
linear
echo
event_logs
