#!/bin/sh
# Makes a folder to build and run programs of another machine with, once: tests/sysroot.sh ARCH FOLDER. Nothing is installed on
# this machine. Wants mmdebstrap.
set -eu
arch=$1 folder=$2
packages=libc6-dev,libpcre2-dev,libjansson-dev,libcmocka-dev,libarchive-dev,zlib1g-dev,libbz2-dev,liblzma-dev,libzstd-dev,liblz4-dev
[ ! -e "$folder/made" ] || exit 0
command -v mmdebstrap >/dev/null || { echo 'mmdebstrap is missing: make deps-bare' >&2; exit 1; }
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
mmdebstrap -q --variant=extract --architectures="$arch" --include="$packages" "$suite" "$folder" \
	"deb http://deb.debian.org/debian $suite main"
# links from the root of the file system are from the folder's here
find "$folder" -type l -lname '/*' | while IFS= read -r link; do
	ln -sfn "$(realpath "$folder")$(readlink "$link")" "$link"
done
touch "$folder/made"
