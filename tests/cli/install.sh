#!/bin/sh
# make install and uninstall, below a folder of their own.
set -u
. "$TOP/tests/tap.sh"
config=$(basename "$(dirname "$HRGLOSS")")

make -C "$TOP" CONFIG="$config" PREFIX=/usr DESTDIR="$dir/root" install >"$dir/log" 2>&1 &&
	[ "$(cd "$dir/root" && find . -type f | sort | tr '\n' ' ')" = "./usr/bin/hrgloss ./usr/include/hrgloss.h ./usr/lib/libhrgloss.a " ]
check "install puts program, header and library below DESTDIR and PREFIX" $? "$dir/log"

[ "$(echo 0x80004005 | "$dir/root/usr/bin/hrgloss" --strip)" = 0x80004005 ]
check "the installed program runs" $?

make -C "$TOP" CONFIG="$config" PREFIX=/usr DESTDIR="$dir/root" uninstall >"$dir/log" 2>&1 && [ -z "$(find "$dir/root" -type f)" ]
check "uninstall leaves no file behind" $? "$dir/log"
exit $bad
