#!/bin/sh
# Asks the system what the build has to know: configure.sh FOLDER. The answers become files of compiler options there:
#   cflags      to compile with; the code sees HAVE_ZSTD and SONAME_ZSTD for each library of $OPTIONAL that is there
#   lto, libs   to link with
#   test_flags  to compile and link the tests with
#   stamp       the answers, the compiler and $FLAGS
# No file is touched unless something changes, so whatever depends on the stamp is made anew only then.
# From the environment: CC, PKG_CONFIG, PACKAGES, TEST_PACKAGES, OPTIONAL, LTO, FLAGS.
set -u
folder=$1
mkdir -p "$folder" || exit 1
new=$(mktemp -d "$folder/new.XXXXXX") || exit 1
trap 'rm -rf "$new"' EXIT

# The headers and libraries of a name in $OPTIONAL, libraries as NAME=LINKED.
parts_of() {
	case $1 in
	ZLIB) headers=zlib.h libraries=ZLIB=z ;;
	BZIP2) headers=bzlib.h libraries=BZIP2=bz2 ;;
	LZMA) headers=lzma.h libraries=LZMA=lzma ;;
	ZSTD) headers='zstd.h zstd_errors.h' libraries=ZSTD=zstd ;;
	LZ4) headers=lz4frame.h libraries=LZ4=lz4 ;;
	ISAL) headers=isa-l/igzip_lib.h libraries=ISAL=isal ;;
	ARCHIVE) headers='archive.h archive_entry.h' libraries=ARCHIVE=archive ;;
	*) echo "OPTIONAL has an unknown name: $1" >&2 && return 1 ;;
	esac
}

compiles_headers() {
	printf '#include <%s>\n' "$@" | $CC ${CPPFLAGS:-} ${CFLAGS:-} -E -x c -o /dev/null - 2>>"$new/log"
}

# What the dynamic linker calls a library; nothing where it is not there.
soname_of() {
	readelf -d "$($CC ${CFLAGS:-} -print-file-name="lib$1.so")" 2>>"$new/log" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p'
}

# The options of a name in $OPTIONAL; fails where a part is missing.
options_of() {
	parts_of "$1" && compiles_headers $headers || return
	echo "-DHAVE_$1"
	for library in $libraries; do
		soname=$(soname_of "${library#*=}")
		[ -n "$soname" ] || return
		printf -- '-DSONAME_%s=\\"%s\\"\n' "${library%=*}" "$soname"
	done
}

missing_packages() {
	for package in $PACKAGES; do
		$PKG_CONFIG --exists "$package" 2>>"$new/log" || echo "$package"
	done
}

absent=$(missing_packages)
if [ -n "$absent" ]; then
	echo "not found by $PKG_CONFIG:" $absent '(make deps installs what the build needs)' >&2
	exit 1
fi
: >"$new/lto"
if [ -n "$LTO" ] && $CC -Werror $LTO -x c -c -o "$new/lto.o" /dev/null 2>>"$new/log"; then
	echo "$LTO" >"$new/lto"
fi
{
	cat "$new/lto"
	$PKG_CONFIG --cflags $PACKAGES
} >"$new/cflags"
$PKG_CONFIG --libs $PACKAGES >"$new/libs"
$PKG_CONFIG --cflags --libs $TEST_PACKAGES >"$new/test_flags" 2>>"$new/log" # missing ones are missed where a test is compiled
for name in $OPTIONAL; do
	parts_of "$name" || exit 1
	if options_of "$name" >"$new/options"; then
		cat "$new/options" >>"$new/cflags"
	else
		absent="$absent $name"
	fi
done
{
	$CC --version | head -n 1
	echo "$FLAGS"
	cat "$new/cflags" "$new/libs" "$new/test_flags"
} >"$new/stamp"

cmp -s "$new/stamp" "$folder/stamp" && exit 0
[ -z "$absent" ] || echo "built without$absent (make deps installs them)" >&2
for file in cflags lto libs test_flags stamp; do # the stamp last: a call that is interrupted leaves the old one
	mv "$new/$file" "$folder/$file" || exit 1
done
