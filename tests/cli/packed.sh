#!/bin/sh
# Packed inputs: what the real tools have packed is glossed as if it were plain, whatever it is called.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

# lines with codes and without, one with CRLF, a last one without an end
seq 1 20000 | sed 's/$/ is a line/; s/7 is a line/7 failed with 0x80070005/; s/33 is a line/33 E_FAIL\r/' >app.log
printf 'no newline 0x8009030c' >>app.log
"$HRGLOSS" app.log >glossed || exit 1
head -n 9000 app.log >front
tail -n +9001 app.log >back

# three_ways NAME FILE EXPECTED: as a named file, as standard input that is a file, and through a pipe
three_ways() {
	"$HRGLOSS" "$2" >got 2>err && cmp got "$3" >>err 2>&1 && [ ! -s err ]
	check "$1, by its name" $? err
	"$HRGLOSS" <"$2" >got 2>err && cmp got "$3" >>err 2>&1 && [ ! -s err ]
	check "$1, as standard input" $? err
	cat "$2" | "$HRGLOSS" >got 2>err && cmp got "$3" >>err 2>&1 && [ ! -s err ]
	check "$1, through a pipe" $? err
}

# RFC 1952: all that a header can have. The CRC-32 of its bytes is what gzip itself says.
full_header() {
	printf '\037\213\010\036\1\2\3\4\0\3\4\0AB\0\0app.log\0a comment\0' >header
	cat header
	gzip -c header | tail -c 8 | head -c 2
	gzip -nc app.log | tail -c +11
}
two_of() {
	"$@" <front
	"$@" <back
}

while IFS='|' read -r name command; do
	if ! command -v "${command%% *}" >/dev/null; then
		echo "ok - $name # SKIP there is no ${command%% *} here"
		continue
	fi
	eval "$command" <app.log >packed.txt 2>tool || { cat tool; exit 1; }
	three_ways "$name is unpacked" packed.txt glossed
done <<'ROWS'
gzip -1|gzip -1
gzip -9|gzip -9
gzip with a name in the header|gzip -Nc app.log
gzip with all fields in the header|full_header
gzip of several members|two_of gzip
gzip with zeros after it|{ gzip; head -c 5000 /dev/zero; }
gzip of members with zeros between|{ gzip -c front; head -c 512 /dev/zero; gzip -c back; }
gzip of stored blocks|pigz -0
pigz|pigz -p 2 -b 128
pigz with blocks of their own|pigz -ip 2 -b 128
bzip2 -1|bzip2 -1
bzip2 -9|bzip2 -9
bzip2 of several streams|two_of bzip2
xz -0|xz -0
xz -9|xz -9
xz of several streams|two_of xz
xz of several blocks|xz --block-size=65536 -T2
xz with padding after it|{ xz; head -c 8 /dev/zero; }
xz with SHA-256|xz --check=sha256
xz without a checksum|xz --check=none
Zstandard -1|zstd -1
Zstandard -19|zstd -19
Zstandard --long|zstd --long=27
Zstandard without a checksum|zstd --no-check
Zstandard of several frames|two_of zstd
pzstd|pzstd -p 2 -c
LZ4|lz4
LZ4 -9|lz4 -9
LZ4 of small linked blocks|lz4 -B4 -BD
LZ4 with checksums of blocks|lz4 -B5 -BX
LZ4 without a checksum|lz4 --no-frame-crc
LZ4 of several frames|two_of lz4
gzip in bzip2 in xz|gzip | bzip2 | xz
ROWS

for tool in gzip bzip2 xz zstd lz4; do
	$tool -c </dev/null >nothing 2>/dev/null
	three_ways "$tool of an empty file is an empty text" nothing /dev/null
	{ $tool -c app.log 2>/dev/null; echo rubbish; } >behind
	"$HRGLOSS" behind front >got 2>err
	[ $? -eq 1 ] && { cat glossed; "$HRGLOSS" front; } | cmp - got &&
		grep -q "^hrgloss: behind: what follows the end .* (after $(wc -c <app.log) bytes of text)\$" err
	check "rubbish after $tool is reported and does no harm" $? err
done

# Archives

mkdir -p tree/sub tree/none
cp app.log tree/app.log
cp back tree/sub/back.log
: >tree/empty.log
ln -s app.log tree/symlink.log
ln tree/app.log tree/zz-hardlink.log
"$HRGLOSS" back >back.glossed
cat glossed back.glossed >both
files='tree tree/app.log tree/empty.log tree/none tree/sub tree/sub/back.log tree/symlink.log'
plain_files='tree tree/app.log tree/empty.log tree/none tree/sub tree/sub/back.log'
by_7z() {
	rm -f made.7z
	7z a "$@" made.7z tree/app.log tree/sub/back.log >/dev/null && cat made.7z
}
by_7z_zip() {
	rm -f made.zip
	7z a -tzip "$@" made.zip tree/app.log tree/sub/back.log >/dev/null && cat made.zip
}
of_tar() {
	tar cf - --no-recursion "$@" $files tree/zz-hardlink.log
}
nest() {
	mkdir -p nest
	gzip -c app.log >nest/app.log.gz
	tar cJf nest/back.tar.xz back
	zip -q nest.zip nest/app.log.gz nest/back.tar.xz
	tar cf - nest.zip
	rm nest.zip
}

while IFS='|' read -r name command; do
	eval "$command" >packed.log 2>tool || { cat tool; exit 1; }
	case $name in
	7z*)
		"$HRGLOSS" packed.log >got 2>err && cmp got both >>err 2>&1 && [ ! -s err ]
		check "$name is unpacked, by its name" $? err
		"$HRGLOSS" <packed.log >got 2>err && cmp got both >>err 2>&1 && [ ! -s err ]
		check "$name is unpacked, as standard input" $? err
		;;
	*) three_ways "$name is unpacked" packed.log both ;;
	esac
done <<'ROWS'
zip with folders|zip -q - $plain_files
zip without compression|zip -q0 - $plain_files
zip with bzip2|by_7z_zip -mm=BZip2
zip with LZMA|by_7z_zip -mm=LZMA
zip with PPMd|by_7z_zip -mm=PPMd
tar with folders and links|of_tar
tar in the format of POSIX|of_tar --format=posix
tar in the format of 1988|of_tar --format=ustar
tar.gz|of_tar | gzip
tar.bz2|of_tar | bzip2
tar.xz|of_tar | xz
tar.zst|of_tar | zstd
tar.lz4|of_tar | lz4
7z|by_7z
7z with PPMd|by_7z -m0=PPMd
7z with bzip2|by_7z -m0=BZip2
7z without compression|by_7z -m0=Copy
7z that is not solid|by_7z -ms=off
archives and compressed files in archives|nest
ROWS

zip -qy links.zip $files
"$HRGLOSS" links.zip | cmp -s - both
check "symbolic links in a zip hold no text" $?
tar chf copies.tar --hard-dereference tree/app.log tree/zz-hardlink.log
three_ways "a tar of whole copies is unpacked" copies.tar "$(cat glossed glossed >twice; echo twice)"
truncate -s 3M holes
printf 'behind the hole' >>holes
tar cSf holes.tar holes
three_ways "a sparse file has its zeros in tar" holes.tar holes
cat app.log | zip -q streamed.zip -
three_ways "a zip that was written to a pipe is unpacked" streamed.zip glossed
printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >empty.zip
three_ways "an empty zip holds no text" empty.zip /dev/null
# [MS-CAB]: one folder without compression, one file, one block without checksum
{
	printf 'MSCF\0\0\0\0\136\0\0\0\0\0\0\0\54\0\0\0\0\0\0\0\3\1\1\0\1\0\0\0\0\0\0\0'
	printf '\106\0\0\0\1\0\0\0\20\0\0\0\0\0\0\0\0\0\0\0\0\0\40\0setup.log\0\0\0\0\0\20\0\20\0'
	echo 'E_FAIL in a cab'
} >setup.cab
echo 'E_FAIL in a cab' | "$HRGLOSS" >cab.glossed
three_ways "a cab is unpacked" setup.cab cab.glossed

# Names

zip -q names.zip tree/sub/back.log
tar cf names.tar names.zip
"$HRGLOSS" -H names.zip | cut -d : -f 1,2 | sort -u >got
echo names.zip:tree/sub/back.log | cmp -s - got
check "-H names the archive and the member" $? got
"$HRGLOSS" -f hits names.tar | sed 's/^{"file":"\([^"]*\)".*/\1/' | sort -u >got
echo names.tar:names.zip/tree/sub/back.log | cmp -s - got
check "hits name the members on the way" $? got
gzip -c app.log >app.log.gz
"$HRGLOSS" -H app.log.gz | cut -d : -f 1 | sort -u >got
echo app.log.gz | cmp -s - got
check "-H names a compressed file as it is called" $? got
"$HRGLOSS" -H <names.zip | head -n 1 | grep -q '^-:tree/sub/back.log:'
check "-H names a member of standard input" $?
mkdir ação
cp back ação/erro.log
for tool in 'tar cf' 'tar --format=posix -cf' '7z a'; do
	rm -f accents
	$tool accents ação/erro.log >/dev/null && [ -f accents ] || mv accents.* accents
	"$HRGLOSS" -H accents | cut -d : -f 1,2 | sort -u >got
	echo accents:ação/erro.log | cmp -s - got
	check "names with accents stay as they are ($tool)" $? got
done

# Texts that begin almost like something packed

while read -r bytes; do
	printf "$bytes" >almost
	three_ways "text stays text: $(printf %s "$bytes" | tr '\\' %)" almost almost
done <<'ROWS'
PK is not a zip\n
PK\n
PK\003\n
BZh
BZh9\n
BZh91AY&SX\n
7z\n
7z\274\257\n
7z is a tool, and no archive\n
\037
\037\213
\037\213\n
\3757zXZ
(\265/\n
P*M\n
\004"M\n
MSCF\n
MSCF\0\0\n
ElfFile\n
ElfFile
ROWS
head -c 256 /dev/zero | tr '\0' x >almost
printf '\nustar is a format of archives' >>almost
three_ways "text stays text: ustar in its second line" almost almost

printf 'ElfFile\0and some bytes' | "$HRGLOSS" >got 2>err
[ $? -lt 2 ]
check "what begins like a Windows event log ends by itself" $? err
cat made.7z | "$HRGLOSS" >got 2>err
[ $? -eq 1 ] && [ ! -s got ] && grep -q '^hrgloss: -' err
check "7z through a pipe, which cannot go back, is an input that cannot be read" $? err
exit $bad
