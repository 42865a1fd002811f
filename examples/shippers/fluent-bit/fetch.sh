#!/bin/sh
# Fetches the sources that the WebAssembly module is built of, as Debian has patched them: fetch.sh FOLDER PACKAGE ...
# The machine's own lists of packages stay as they are: sources are asked for from the same mirrors, by lists in the folder.
# Of a package whose last security update the mirror does not have, it takes the one of the release.
set -eu
mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
cd "$1"
shift
rm -rf ./*-*/
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
	sort -u >sources.list
own="-o Dir::Etc::SourceList=$PWD/sources.list -o Dir::Etc::SourceParts=- -o Dir::State::Lists=$PWD/lists"
own="$own -o Dir::Cache=$PWD/cache -o APT::Sandbox::User=root"
apt-get $own update -qq
. /etc/os-release
for package; do
	apt-get $own source -qq "$package" >log 2>&1 && continue
	cat log >&2
	echo "fetch.sh: $package: taking what the release came with, without its security updates" >&2
	apt-get $own source -qq "$package/$VERSION_CODENAME" >log
done
