#!/bin/sh
# The format that src/ARCHITECTURE.md adds as an example, taken from there, built into the library and used.
set -u
. "$TOP/tests/tap.sh"
build=$(dirname "$HRGLOSS")
compiler=${CC:-cc}
if ! command -v "${compiler%% *}" >/dev/null; then
	echo "ok - the example of a format builds and works # SKIP there is no ${compiler%% *}"
	exit 0
fi
[ "$(basename "$build")" != asan ] || sanitize='-fsanitize=address,undefined'
flags="-std=c17 -Wall -Wextra -Werror -D_GNU_SOURCE -I$dir/src -I$TOP/src ${sanitize:-}"
formats=$dir/src/lib/format
comments=$formats/comments

# The first indented block below the heading is comments.c, the second the row; the text says what else there is to write.
mkdir -p "$comments"
awk '/^#/ { here = $0 == "### Adding a format" } here' "$TOP/src/ARCHITECTURE.md" >"$dir/section"
awk '/^    / { inside = 1 } /^[^ ]/ && inside { exit } inside { sub(/^    /, ""); print }' "$dir/section" >"$comments/comments.c"
row=$(sed -n 's/^    \(\[INPUT_[A-Z]*\] = &.*,\)$/\1/p' "$dir/section")
name=$(sed -n 's/.*header that declares `\([a-z_]*\)`.*/\1/p' "$dir/section")
cat >"$comments/comments.h" <<end
#include "lib/stream/format.h"

extern const struct format $name;
end
sed 's/^\(enum input {.*\) };/\1, INPUT_COMMENTS };/' "$TOP/src/lib/format/formats.h" >"$formats/formats.h"
sed -e 's|^#include "lib/format/columns/columns.h"|&\n#include "lib/format/comments/comments.h"|' \
	-e "/^static const struct format .*inputs/a $row" "$TOP/src/lib/format/formats.c" >"$formats/formats.c"

[ -s "$comments/comments.c" ] && [ -n "$row" ] && [ -n "$name" ]
check 'the document has a format, its row and its name' $?
$compiler $flags -fsyntax-only "$comments/comments.c" >"$dir/log" 2>&1
check 'the format compiles as it is written' $? "$dir/log"
$compiler $flags -fno-lto -o "$dir/example" "$TOP/tests/cli/format_example.c" "$comments/comments.c" "$formats/formats.c" \
	"$build/libhrgloss.a" $(${PKG_CONFIG:-pkg-config} --libs libpcre2-8) >"$dir/log" 2>&1
check 'the library builds with it and its row' $? "$dir/log"

code='error 0xC000006D'
gloss="$code [STATUS_LOGON_FAILURE: "
{
	printf '# %s\n%s\n#\nno code\n' "$code" "$code"
	for start in '#' ' '; do # longer than what is read of a line at once
		awk -v start="$start" -v code="$code" 'BEGIN { printf "%s", start; while (i++ < 10000) printf "%60s", code; print "" }'
	done
	printf '# the end: %s' "$code"
} >"$dir/text"
"$dir/example" <"$dir/text" >"$dir/glossed" 2>"$dir/log"
check 'it reads to the end' $? "$dir/log"
grep '^#' "$dir/text" >"$dir/comments"
grep '^#' "$dir/glossed" | cmp - "$dir/comments" >"$dir/log" 2>&1
check 'comments go by, also long ones' $? "$dir/log"
grep -v '^#' "$dir/glossed" | grep -cF "$gloss" >"$dir/log"
[ "$(cat "$dir/log")" = 2 ]
check 'other lines get their glosses, also long ones' $? "$dir/log"
! cmp -s "$dir/text" "$dir/glossed" && "$dir/example" strip <"$dir/glossed" 2>"$dir/log" | cmp - "$dir/text" >>"$dir/log" 2>&1
check 'glosses come out again' $? "$dir/log"
exit $bad
