#!/bin/sh
# What the shared library promises to programs that were built before it: its calls, the header of its first release, and
# that it keeps nothing of its own in memory.
set -u
. "$TOP/tests/tap.sh"
config=$(basename "$(dirname "$HRGLOSS")")
build=$TOP/.build/$config
[ "$config" != asan ] || sanitize='-fsanitize=address,undefined'
warn='-Wall -Wextra -Werror -pedantic'

make -C "$TOP" CONFIG="$config" all >"$dir/log" 2>&1
check "the shared library builds" $? "$dir/log"
library=$(echo "$build"/libhrgloss.so.0.*)
ln -s "$library" "$dir/libhrgloss.so.0"
ln -s "$library" "$dir/libhrgloss.so"

nm -D --defined-only "$library" |
	sed -n 's/.* \([A-Z]\) \(.*\)@@HRGLOSS_0$/\1 \2/p' | sed '/^A /d' | LC_ALL=C sort -k 2 >"$dir/exported"
sed 's/^/T /' "$TOP/tests/abi/symbols.txt" | diff - "$dir/exported" >"$dir/log"
check "it exports the calls of tests/abi/symbols.txt and no more" $? "$dir/log"
if [ "$config" = release ]; then # the sanitizers add what is theirs
	nm -D --defined-only "$library" | grep -vc '@@HRGLOSS_0$\| A HRGLOSS_0$' >"$dir/log"
	[ "$(cat "$dir/log")" = 0 ]
	check "nothing is exported without a version" $? "$dir/log"
	nm -D --undefined-only "$library" | sed 's/.* //; s/@.*//' |
		grep -Ev '^(pcre2_|mem|str|_ITM_|__cxa_finalize|__gmon_start__|__mem|__stack_chk_fail)' |
		grep -Evx 'malloc|calloc|realloc|free|qsort' >"$dir/log"
	[ ! -s "$dir/log" ]
	check "it asks for no files, locale, signals or environment" $? "$dir/log"
	# what only the loader writes to is constant afterwards
	objdump -h "$build/libhrgloss.a" |
		awk '$2 ~ /^\.(data|bss|tdata|tbss)(\.|$)/ && $2 !~ /^\.data\.rel\.ro/ && $3 !~ /^0*$/' >"$dir/log"
	[ ! -s "$dir/log" ] && [ "$(objdump -h "$build/libhrgloss.a" | grep -c '\.rodata')" -gt 5 ]
	check "it has no variables" $? "$dir/log"
fi

nm -g --defined-only "$build/libhrgloss.a" 2>/dev/null |
	awk 'NF == 3 && $3 !~ /^(hrgloss|hrg)_/ && $3 !~ /san[_.]/ { print $3 }' >"$dir/log"
[ ! -s "$dir/log" ]
check "every name in the static library begins with hrgloss_ or hrg_" $? "$dir/log"
${CC:-cc} -std=c17 $warn ${sanitize:-} -I"$TOP/src" -o "$dir/own" "$TOP/tests/abi/own_names.c" "$build/libhrgloss.a" \
	$(${PKG_CONFIG:-pkg-config} --libs libpcre2-8) >"$dir/log" 2>&1 && "$dir/own" >"$dir/log" 2>&1
check "a program with scan(), explain() and find_hits() of its own links with it" $? "$dir/log"

for standard in c99 c11 c17 c++17; do
	[ $standard = c++17 ] && language=c++ || language=c
	echo '#include "hrgloss.h"' | ${CC:-cc} -x $language -std=$standard $warn -fsyntax-only -I"$TOP/src" - >"$dir/log" 2>&1
	check "the header is good $standard" $? "$dir/log"
done
sed -n 's/^[a-z].*[ *]\(hrgloss_[a-z_]*\)(.*/\1/p' "$TOP/src/hrgloss.h" |
	grep -Evx 'hrgloss_(write|take)' | LC_ALL=C sort | diff "$TOP/tests/abi/symbols.txt" - >"$dir/log"
check "the header declares what the library exports" $? "$dir/log"

mkdir "$dir/old"
cp "$TOP/tests/abi/hrgloss-0.1.0.h" "$dir/old/hrgloss.h"
for standard in c99 c11 c++17; do
	[ $standard = c++17 ] && language=c++ || language=c
	[ $standard = c++17 ] && relaxed=-Wno-missing-field-initializers || relaxed=
	if [ $language = c++ ]; then # designated initializers came later
		sed 's/= {\.size = sizeof options.*};/= {};\n\toptions.size = sizeof options;/' \
			"$TOP/tests/abi/first_client.c" >"$dir/client.c"
	else
		cp "$TOP/tests/abi/first_client.c" "$dir/client.c"
	fi
	${CC:-cc} -x $language -std=$standard $warn $relaxed ${sanitize:-} -I"$dir/old" -o "$dir/client" \
		"$dir/client.c" -x none -L"$dir" -lhrgloss >"$dir/log" 2>&1 &&
		LD_LIBRARY_PATH="$dir" "$dir/client" >"$dir/log" 2>&1
	check "a $standard program of the first release works with this library" $? "$dir/log"
done
exit $bad
