#!/bin/sh
# The build itself: what it asks of the system and when, what makes it build again, and what a build without libraries says.
# Everything is made in a folder of its own.
set -u
. "$TOP/tests/tap.sh"
case $HRGLOSS in
*/release/*) ;;
*)
	echo 'ok - the build # SKIP it is the same in every configuration, and tested in the release build'
	exit 0
	;;
esac
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL CC PKG_CONFIG OPTIONAL LTO
object=$dir/b/src/cmd/sys/clock_posix.o

# build GOAL [VARIABLE ...]: `log` has what was run
build() {
	make -C "$TOP" CONFIG=scratch B="$dir/b" "$@" >"$dir/log" 2>&1
}
compiled() {
	grep -q -e '-c -o .*clock_posix\.o' "$dir/log"
}

build "$object" && compiled
check "an object is compiled" $? "$dir/log"
build "$object" && ! compiled
check "it is not compiled again where nothing changes" $? "$dir/log"
while IFS='|' read -r name variable; do
	build "$object" "$variable" && compiled
	check "another $name compiles it again" $? "$dir/log"
	grep -e '-c -o .*clock_posix\.o' "$dir/log" | grep -e '-Isrc' | grep -e '-std=c17' | grep -q -e '-Wconversion'
	check "another $name takes nothing away" $? "$dir/log"
done <<'ROWS'
CPPFLAGS|CPPFLAGS=-DANOTHER
CFLAGS|CFLAGS=-fno-builtin
CC|CC=gcc
OPTIONAL|OPTIONAL=ZLIB
ROWS
build "$object" LDFLAGS=-s && compiled
check "another LDFLAGS builds again" $? "$dir/log"

# A machine where `deps` brings what was not there: sudo's part is played by a script that leaves a mark, and pkg-config's by
# one that knows nothing without it.
printf '#!/bin/sh\ntouch "%s/installed"\n' "$dir" >"$dir/install"
printf '#!/bin/sh\n[ -e "%s/installed" ] && exec pkg-config "$@"\nexit 1\n' "$dir" >"$dir/pkg-config"
chmod +x "$dir/install" "$dir/pkg-config"
rm -rf "$dir/b"
build "$dir/b/config/stamp" PKG_CONFIG="$dir/pkg-config"
[ $? -ne 0 ] && grep -q 'libpcre2-8.*make deps' "$dir/log"
check "what is missing is named, with what installs it" $? "$dir/log"
build -j 4 deps "$dir/b/config/stamp" PKG_CONFIG="$dir/pkg-config" SUDO="$dir/install" && grep -q pcre2 "$dir/b/config/libs"
check "the system is asked after deps, in one call of make" $? "$dir/log"

build -j 2 "$dir/b/hrgloss" OPTIONAL=ZLIB CFLAGS=-O0
check "it builds with zlib alone" $? "$dir/log"
"$dir/b/hrgloss" --version >"$dir/out"
grep -qx 'reads text, Windows event logs, gzip (zlib)' "$dir/out" && grep -qx 'cannot read archives: this program was built without libarchive' "$dir/out"
check "--version says what it reads, and what it cannot read because of which library" $? "$dir/out"
cd "$dir" || exit 1
echo 'failed 0x8009030c' >plain
gzip -c plain | b/hrgloss | grep -q SEC_E_LOGON_DENIED
check "it reads gzip" $?
zip -q plain.zip plain
while read -r library command; do
	$command plain 2>err | b/hrgloss >out 2>err
	[ $? -eq 1 ] && [ ! -s out ] && grep -q "^hrgloss: -: .*built without $library\$" err
	check "the message about $command names $library" $? err
done <<'ROWS'
libbz2 bzip2 -c
liblzma xz -c
libzstd zstd -c
liblz4 lz4 -c
libarchive cat plain.zip
ROWS
b/hrgloss --output-dir out --compress zstd plain 2>err
[ $? -eq 2 ] && grep -q '^hrgloss: --compress: this program was built without libzstd$' err
check "--compress refuses, and names the library" $? err

# A text for a topic of the packs, and one for a topic that they lack.
printf 'space\tvalue\tname\nwin32\t5\tERROR_OWN\n' >codes.tsv
mkdir -p text/en
printf '[topic road]\nwords = road\n' >own.pack
printf 'name\tmeaning\thint\ttopic\nERROR_OWN\tplain\t\t\nERROR_OWN\tstuck\t\troad\n' >text/en/own.tsv
b/tablegen codes out.c codes.tsv text/en/own.tsv own.pack 2>err && [ -s out.c ] && [ ! -s err ]
check "the build takes a text for a topic that a pack has" $? err
sed 's/road/rode/' text/en/own.tsv >text/en/other.tsv
! b/tablegen codes other.c codes.tsv text/en/other.tsv own.pack 2>err && [ ! -e other.c ] &&
	[ "$(cat err)" = 'tablegen: text/en/other.tsv:3: text for a topic that no pack has' ]
check "it refuses one for another topic, and says where" $? err
exit $bad
