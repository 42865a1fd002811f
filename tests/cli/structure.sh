#!/bin/sh
# The structure that src/ARCHITECTURE.md describes: what a file includes and calls is below it, and no files need each other in a circle.
set -u
. "$TOP/tests/tap.sh"
build=$(dirname "$HRGLOSS")

# A folder's place: lower ones first; folders of one rank do not know each other. `hrgloss.h` is there for all but the library's
# own layers, and the command sees no more of the library than that and lib/base.
cat >"$dir/ranks" <<'end'
lib/base 1
lib/codes 2
lib/scan 3
lib/match 4
lib/gloss 5
lib/stream 6
lib/format 7
lib/api 8
tools 9
cmd/sys 11
cmd/io 12
cmd/summary 12
cmd/run 13
cmd/lookup 14
cmd/cli 15
end

# Reads pairs of files, one using the other, and prints those that must not.
judge='
NR == FNR { rank[$1] = $2; next }
function folder(file, parts) {
	split(file, parts, "/")
	return parts[1] == "tools" ? "tools" : parts[1] "/" parts[2]
}
{
	from = folder($1)
	to = folder($2)
	if ($2 == "hrgloss.h")
		fine = rank[from] >= 8
	else if (!(from in rank) || !(to in rank))
		fine = 0
	else if (from == to)
		fine = 1
	else if (rank[from] > 9)
		fine = (rank[to] > 9 && rank[to] < rank[from]) || to == "lib/base" || to == public
	else
		fine = rank[to] < rank[from]
	if (!fine)
		print $1 " uses " $2
}'

(cd "$TOP/src" && grep -rn --include='*.[ch]' --include='*.inc' '^#include "' . |
	sed 's|^\./\([^:]*\):[0-9]*:#include "\([^"]*\)".*|\1 \2|') >"$dir/includes"
awk "$judge" "$dir/ranks" "$dir/includes" >"$dir/log"
[ -s "$dir/includes" ] && [ ! -s "$dir/log" ]
check 'no include points up' $? "$dir/log"

# Pairs of object files, one calling the other.
(cd "$build/src" && find lib cmd -name '*.o' | sort | while read -r object; do
	nm -g "$object" 2>/dev/null | awk -v object="${object%.o}" '
		$(NF - 1) == "U" { print object, "needs", $NF }
		NF == 3 && $2 ~ /^[TDRBVW]$/ { print object, "has", $3 }'
done) >"$dir/symbols"
awk '$2 == "has" { owner[$3] = $1 }
	$2 == "needs" { from[++n] = $1; what[n] = $3 }
	END { for (i = 1; i <= n; i++) if (what[i] in owner && owner[what[i]] != from[i]) print from[i], owner[what[i]], what[i] }' \
	"$dir/symbols" >"$dir/calls"
awk -v public=lib/api "$judge" "$dir/ranks" "$dir/calls" >"$dir/log"
[ -s "$dir/calls" ] && [ ! -s "$dir/log" ]
check 'no call points up' $? "$dir/log"

# What the system does, cmd/sys asks for: so that another system takes a file beside the one that is there.
grep -rnE --include='*.[ch]' \
	'^#[[:blank:]]*include <((sys|net|netinet|arpa|asm|linux)/.*|unistd|fcntl|poll|signal|pthread|threads|sched|dirent|dlfcn|termios|locale|langinfo|pwd|grp|ftw|fts|glob|spawn|semaphore|syslog)\.h>' \
	"$TOP/src/cmd" | grep -v "^$TOP/src/cmd/sys/" >"$dir/log"
[ ! -s "$dir/log" ]
check 'cmd/sys alone includes what the system has' $? "$dir/log"

cat >"$dir/system" <<'end'
^(open|openat|creat|read|readv|pread|write|writev|pwrite|close|dup[23]?|pipe2?|lseek|fsync|ftruncate|fcntl|ioctl|mmap|munmap)(64)?$
^(f|l)?(stat|statat|statx|chmod|chown)(64)?$
^(fstatat|fchmodat|access|link|linkat|symlink|unlink|unlinkat|rename|renameat2?|remove|mkdir|rmdir|flock|umask|mkos?temp)(64)?$
^(opendir|fdopendir|readdir|closedir|dirfd|scandir|nftw|fts_.*|glob)(64)?$
^(poll|ppoll|select|epoll_.*|signalfd|signal|sigaction|sigprocmask|kill|raise|alarm|setitimer)$
^(pthread_.*|thrd_.*|mtx_.*|cnd_.*|sched_.*|sem_.*|fork|vfork|exec.*|posix_spawn.*|waitpid|sysconf|getrlimit|setrlimit)$
^(clock_.*|gettimeofday|time|timespec_get|nanosleep|usleep|sleep)$
^(dlopen|dlsym|dlclose|isatty|tc[gs]etattr|setlocale|newlocale|uselocale|freelocale|syscall)$
^(__)?(open|fstat|lstat|stat|read|poll)(64)?(_2|_chk|_time64)?$
end
for object in $(cd "$TOP/src" && find cmd -name '*.c' ! -path 'cmd/sys/*' | sed 's/c$/o/' | sort); do
	nm -u "$build/src/$object" 2>/dev/null | awk '{ print $NF }' | sed 's/@.*//' | grep -E -f "$dir/system" | sed "s|^|$object calls |"
done >"$dir/log"
awk '$1 ~ /^cmd\/sys\// && $2 == "needs"' "$dir/symbols" | grep -q ' pthread_create$' && [ ! -s "$dir/log" ]
check 'cmd/sys alone calls the system' $? "$dir/log"

# Files that call nothing that is left go, again and again; what stays is in a circle or calls into one, and then the same from
# the other side.
circle='
{ pair[$1, $2] = 1; node[$1]; node[$2] }
function peel(side,  gone, key, p, busy, n) {
	do {
		gone = 0
		split("", busy)
		for (key in pair) {
			split(key, p, SUBSEP)
			busy[p[side]]
		}
		for (n in node)
			if (!(n in busy)) {
				delete node[n]
				gone = 1
			}
		for (key in pair) {
			split(key, p, SUBSEP)
			if (!(p[1] in node) || !(p[2] in node))
				delete pair[key]
		}
	} while (gone)
}
END {
	peel(1)
	peel(2)
	for (key in pair) {
		split(key, p, SUBSEP)
		print p[1] " and " p[2] " are in a circle"
	}
}'
awk "$circle" "$dir/calls" | sort >"$dir/log"
[ ! -s "$dir/log" ]
check 'no files call each other in a circle' $? "$dir/log"

exit $bad
