#!/bin/sh
# Every pair of options: what both do shows, or the pair is refused with a message that names both. tests/options/probes.tsv says
# what shows an option. A build with a sanitizer, which takes far longer, tries one pair in twenty.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

every=1
case $HRGLOSS in
*asan* | *tsan*)
	every=20
	export ASAN_OPTIONS=verify_asan_link_order=0
	;;
esac
readelf -l "$HRGLOSS" >segments
if ! grep -q INTERP segments; then
	echo 'ok - pairs of options # SKIP nothing can be loaded before this program'
	exit 0
fi
"${CC:-cc}" -std=gnu17 -O1 -Wall -Wextra -o pairs "$TOP/tests/options/pairs.c" "$TOP/tests/options/probes.c" 2>err &&
	"${CC:-cc}" -std=gnu17 -shared -fPIC -O1 -Wall -Wextra -o calls.so "$TOP/tests/options/calls.c" 2>>err
check 'the programs that try options are built' $? err

"$HRGLOSS" --completions fish | sed -n 's/.* -l \([a-z-]*\).*/\1/p' | sort >options
sed -n 's/^\([a-z][a-z-]*\)	.*/\1/p' "$TOP/tests/options/probes.tsv" | sort -u | diff options - >log
check 'every option has a probe' $? log

# What the program reads: the same lines as text, JSON, columns and UTF-16, and what it has explained itself. Every form of message
# has a folder of its own.
mkdir in w0 w1
ln -s ../in w0/in
ln -s ../in w1/in
cat >in/own.tsv <<'END2'
space	value	name	meaning
hresult	0x8ABC0001	ACME_E_JAM	paper stuck in the feeder
kerberos	200	ACME_KDC	no ticket left
END2
printf '[pattern gizmo]\nmatch = gizmo<(?<code>\\d+)>\nspace = win32\nevidence = strong\n' >in/own.pack
{
	cat <<'END2'
SSPI failed: 0x8009030c then 0x8009030c
net use: error 1326
(80090308)
setup failed with 0x8ABC1234 then 0x8ABC1234
printer said 0x8ABC0001
my gizmo<1327>
nothing here
unpacked +ADA-xC000000D
Kerberos pre-authentication failed
Failure Code: 0x18
five: 0x80070490 0xC0000064 0x80090322 0xC0000022 0x80070020
END2
	awk 'BEGIN { for (i = 0; i < 200; i++) printf "word "; print "0xC000000E" }'
} >features
logs=in/logs
mkdir -p $logs/folder
cp features $logs/a.log
awk '{ printf "{\"message\":\"%s\",\"other\":\"%s\"}\n", $0, $0 }' features >$logs/b.json
{ echo '#Fields: sc-win32-status cs-note'; tr ' ' _ <features | sed '$d; s/^/5 /'; echo '0 -'; } >$logs/c.w3c
{ echo 'Id,Status,Note'; sed 's/^/4625,0xC0000064,/' features; echo '1,0,nothing'; } >$logs/d.csv
{ sed 's/0x8009030c/0xC0000022/g' features; head -n 2 $logs/b.json; } | iconv -t UTF-16 >$logs/e.utf16
echo 'nothing here either' >$logs/plain
{
	printf 'old 0xC0000005\n' | "$HRGLOSS"
	printf 'old 0x8ABC0001\n' | "$HRGLOSS" --codes in/own.tsv
	printf '{"message":"old 0xC0000005"}\n' | "$HRGLOSS" -f ndjson --inline
	printf '{"message":"old 0xC0000005"}\n{"message":"old 0xC0000005"}\n' | "$HRGLOSS" -f ndjson --add-key added
	printf 'old 0xC0000006\n' | "$HRGLOSS" -p below
	printf '#Fields: a sc-win32-status\nold 2\n' | "$HRGLOSS" -f w3c
} >$logs/old
printf 'Id,Status\n1,0xC0000005\n' | "$HRGLOSS" -f csv >$logs/old.csv
for name in x.log y.txt; do
	[ $name = x.log ] && code=0xC0000035 || code=0xC0000034
	printf 'Note,Status\nfound %s\n{"message":"found %s"}\n' $code $code >$logs/folder/$name
done

# Makes the files of $1 from those of logs by the awk program $2, a message per line.
in_frames() {
	mkdir -p "in/$1/folder"
	(cd $logs && find . -type f) | while read -r file; do
		case $file in
		*utf16) iconv -f UTF-16 -t UTF-8 "$logs/$file" ;;
		*) cat "$logs/$file" ;;
		esac | LC_ALL=C awk "{ $2 }" >"in/$1/$file"
	done
}
in_frames nul 'printf "%s%c", $0, 0'
iconv -t UTF-16 <in/nul/e.utf16 >wide && mv wide in/nul/e.utf16
# Two lines of one record are a message.
joined='if ($0 ~ /^Kerberos pre/) { held = $0 "\n"; next } $0 = held $0; held = "";'
in_frames netstring "$joined"' printf "%d:%s,", length($0), $0'
in_frames uint32 "$joined"' printf "%c%c%c%c%s", 0, 0, int(length($0) / 256), length($0) % 256, $0'

cp "$TOP/tests/options/probes.tsv" .
"$HRGLOSS" --output-dir out --compress gzip features 2>err
if [ $? -eq 2 ]; then
	echo "ok - pairs with --compress # SKIP $(cat err)"
	sed -i '/^compress	/d' probes.tsv
fi
./pairs "$HRGLOSS" "$dir/probes.tsv" "$dir/calls.so" 2 $every >log 2>&1 || bad=1
cat log
exit $bad
