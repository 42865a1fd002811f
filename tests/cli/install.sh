#!/bin/sh
# make install and uninstall, below a folder of their own, and what is installed in use: the program, and the library in
# programs of somebody else's, shared and static.
set -u
. "$TOP/tests/tap.sh"
config=$(basename "$(dirname "$HRGLOSS")")
root=$dir/root
[ "$config" != asan ] || sanitize='-fsanitize=address,undefined'

make -C "$TOP" CONFIG="$config" PREFIX=/usr DESTDIR="$root" install >"$dir/log" 2>&1
check "install succeeds" $? "$dir/log"
cat >"$dir/expected" <<'END'
./usr/bin/hrgloss
./usr/include/hrgloss.h
./usr/lib/libhrgloss.a
./usr/lib/libhrgloss.so
./usr/lib/libhrgloss.so.0
./usr/lib/libhrgloss.so.0.1.0
./usr/lib/pkgconfig/hrgloss.pc
./usr/share/bash-completion/completions/hrgloss
./usr/share/fish/vendor_completions.d/hrgloss.fish
./usr/share/man/man1/hrgloss.1
./usr/share/man/man3/hrgloss.3
./usr/share/zsh/site-functions/_hrgloss
END
(cd "$root" && find . ! -type d | LC_ALL=C sort) | diff "$dir/expected" - >"$dir/log"
check "install puts what there is below DESTDIR and PREFIX" $? "$dir/log"

[ "$(echo 0x80004005 | "$root/usr/bin/hrgloss" --strip)" = 0x80004005 ]
check "the installed program runs" $?

export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_PATH="$root/usr/lib/pkgconfig"
# Builds against what is installed: build OUTPUT SOURCE [FLAG ...]
build() {
	output=$1
	shift
	${CC:-cc} -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror ${sanitize:-} -o "$output" "$@" >"$dir/log" 2>&1
}
shared=$(pkg-config --cflags --libs hrgloss)
needed=$(env -u PKG_CONFIG_SYSROOT_DIR pkg-config --libs libpcre2-8)
static="$(pkg-config --cflags hrgloss) $root/usr/lib/libhrgloss.a $needed"
pkg-config --static --libs hrgloss | grep -q -e '-lpcre2-8' && [ "$(pkg-config --modversion hrgloss)" = 0.1.0 ]
check "pkg-config knows the library, and what a static one needs" $?

printf 'one\nfailed 0xC000006D here' >"$dir/log.txt"
"$HRGLOSS" "$dir/log.txt" >"$dir/expected"
echo '1326: ERROR_LOGON_FAILURE (win32): '"$("$HRGLOSS" --explain 1326 | sed -n '3s/^  //p')" >>"$dir/expected"
for kind in shared static; do
	[ $kind = shared ] && flags=$shared || flags=$static
	build "$dir/embed" "$TOP/examples/embed.c" $flags
	check "the example builds with the $kind library" $? "$dir/log"
	LD_LIBRARY_PATH="$root/usr/lib" "$dir/embed" 1326 <"$dir/log.txt" >"$dir/out" 2>&1
	diff "$dir/expected" "$dir/out" >"$dir/log"
	check "the example works with the $kind library" $? "$dir/log"
done
readelf -d "$root/usr/lib/libhrgloss.so" | grep -q 'SONAME.*\[libhrgloss.so.0\]'
check "the shared library has its name" $?

sed -n '/^\.Bd -literal/,/^\.Ed/{/^\./!p;}' "$TOP/src/lib/hrgloss.3" | sed 's/\\e/\\/g' >"$dir/page.c"
build "$dir/page" "$dir/page.c" $shared
check "the example of the man page builds" $? "$dir/log"
LD_LIBRARY_PATH="$root/usr/lib" "$dir/page" >"$dir/out" 2>&1
sed -n 1p "$dir/out" | grep -qx 'at 14: SEC_E_LOGON_DENIED' &&
	sed -n 2p "$dir/out" | grep -q '^logon failed: 0x8009030c \[SEC_E_LOGON'
check "the example of the man page works" $? "$dir/out"

awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$TOP/README.md" >"$dir/readme.c"
build "$dir/readme" "$dir/readme.c" $shared
check "the example of the README builds" $? "$dir/log"
[ "$(LD_LIBRARY_PATH="$root/usr/lib" "$dir/readme")" = '4: STATUS_LOGON_FAILURE' ]
check "the example of the README works" $?

unset PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_PATH
make -C "$TOP" CONFIG="$config" PREFIX=/usr DESTDIR="$root" uninstall >"$dir/log" 2>&1 && [ -z "$(find "$root" ! -type d)" ]
check "uninstall leaves no file" $? "$dir/log"
exit $bad
