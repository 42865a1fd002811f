#!/bin/sh
# Packed inputs that are cut, changed, locked or made to burst: what comes out, what is said, and what it costs.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

# a text without codes: as many bytes come out as have been unpacked
seq 1 14000 | sed 's/$/ lines of a log without anything to explain/' >app.log
head -n 500 app.log >front
tail -n +501 app.log >back
echo 'after 0x80070005 it' >after
"$HRGLOSS" after >after.glossed

# run FILE: what comes out of it alone is in `got`, and the next input is not harmed
run() {
	"$HRGLOSS" -j 1 "$1" after >all 2>err
	status=$?
	head -c "$(($(wc -c <all) - $(wc -c <after.glossed)))" all >got
	tail -c "$(wc -c <after.glossed)" all | cmp -s - after.glossed || status="$status, and the next input is missing"
}
is_prefix() {
	head -c "$(wc -c <"$1")" "$2" | cmp -s - "$1"
}
# says FILE TEXT: exactly one message, which names the input and where
says() {
	grep -q "^hrgloss: $1: $2 (after $(wc -c <got) bytes of text)\$" err && [ "$(wc -l <err)" -eq 1 ]
}

# Cut at places of all kinds. `less`: how many bytes the real tool may be ahead, one of whose symbols can be 258 bytes.
while read -r name least less command; do
	eval "$command" <app.log >whole 2>/dev/null
	size=$(wc -c <whole)
	wrong=
	for at in "$least" $((least + 8)) 1000 $((size / 2)) $((size - 300)) $((size - 13)) $((size - 9)) $((size - 8)) \
		$((size - 4)) $((size - 1)); do
		head -c "$at" whole >cut
		run cut
		$name -dc <cut >real 2>/dev/null
		is_prefix got app.log || wrong="$wrong at $at it is not the text;"
		[ "$(($(wc -c <got) + less))" -ge "$(wc -c <real)" ] || wrong="$wrong at $at $(wc -c <got) < $(wc -c <real) bytes;"
		says cut 'the compressed data ends too early' || wrong="$wrong at $at it says $(cat err);"
		[ "$status" = 1 ] || wrong="$wrong at $at status $status;"
	done
	[ -z "$wrong" ]
	check "$command, cut: all that $name gives, where it ends, and status 1" $? "$wrong"
done <<'ROWS'
gzip 3 258 gzip -1
gzip 3 258 gzip -9
gzip 3 258 gzip -Nc app.log
gzip 3 258 { gzip -c front; gzip -c back; }
bzip2 10 0 bzip2 -1
bzip2 10 0 bzip2 -9
bzip2 10 0 { bzip2 -c front; bzip2 -1c back; }
xz 6 0 xz -0
xz 6 0 xz -6 --block-size=300000 -T1
zstd 4 0 zstd -1
zstd 4 0 zstd -19
zstd 4 0 { zstd -c front; zstd -c back; }
lz4 4 0 lz4 -B4
lz4 4 0 lz4 -B4 -BD
lz4 4 0 lz4 -9 -B5 -BX
ROWS

# flip FILE AT: the file with all bits of a byte changed, as `bad`
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	cp "$1" bad
	printf "\\$(printf %03o $((byte ^ 255)))" | dd of=bad bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# right FILE: how many bytes of it are those of the text
right() {
	differ=$(cmp "$1" app.log 2>/dev/null | sed 's/.* byte \([0-9]*\),.*/\1/')
	echo $((${differ:-$(($(wc -c <"$1") + 1))} - 1))
}

# A changed byte. What a stream gives after it until it is found out may differ, as that of the real tools does.
while read -r name command; do
	eval "$command" <app.log >whole 2>/dev/null
	size=$(wc -c <whole)
	wrong=
	for at in $((size / 5)) $((size / 2)) $((size - 1000)); do
		flip whole "$at"
		run bad
		$name -dc <bad >real 2>/dev/null
		[ "$(right got)" -ge "$(right real)" ] || wrong="$wrong at $at $(right got) < $(right real) bytes are right;"
		says bad 'the compressed data is damaged' || wrong="$wrong at $at it says $(cat err);"
		[ "$status" = 1 ] || wrong="$wrong at $at status $status;"
	done
	[ -z "$wrong" ]
	check "$command, a byte changed: as much of the text as from $name, what is wrong, and status 1" $? "$wrong"
done <<'ROWS'
gzip gzip -1
gzip gzip -9
bzip2 bzip2 -1
xz xz -0
xz xz -6
zstd zstd -1
zstd zstd -19
lz4 lz4 -B4
lz4 lz4 -B4 -BD
ROWS

# Bytes that a damaged stream leaves undefined: a match that reaches back before the beginning of the text, four times over

printf '\037\213\010\000\000\000\000\000\000\003\113\114\342\032\275\377\177\364\376\377\321\373\377\107\357\377\007' >undefined
printf '\000\000\000\000\013\004\000\000' >>undefined
yes 'nobody else may see this' | head -n 20000 >secret
gzip -k secret
run undefined
[ "$(cat got)" = ab ] && says undefined 'the compressed data is damaged' && [ "$status" = 1 ]
check "of a match that reaches back too far nothing comes out" $? err
"$HRGLOSS" -j 1 secret.gz undefined >got 2>err
{ cat secret; echo ab; } | cmp -s - got
check "nor does what was read before it" $? err

# with_heap BYTE FILE: what comes out where memory is full of that byte
with_heap() {
	ASAN_OPTIONS="${ASAN_OPTIONS:-}:max_malloc_fill_size=1000000:malloc_fill_byte=$1" MALLOC_PERTURB_=$1 "$HRGLOSS" "$2" 2>&1
}
head -n 100 front >few
rm -f few.*
zip -q few.zip few
7z a few.7z few >/dev/null
tar czf few.tar.gz few
for file in few.zip few.7z few.tar.gz; do
	size=$(wc -c <$file)
	wrong=
	for at in $(seq 20 $((size / 25)) $((size - 1))); do
		flip $file "$at"
		with_heap 85 bad >one
		with_heap 170 bad >other
		cmp -s one other || wrong="$wrong $at"
	done
	[ -z "$wrong" ]
	check "$file, a byte changed anywhere: what comes out does not depend on what memory held" $? "$wrong"
done

# in_pieces FILE BYTES: the file through a pipe, so many bytes at a time
in_pieces() {
	dd if="$1" bs="$2" 2>tool | "$HRGLOSS" 2>&1
}
for file in few.zip few.tar.gz; do
	size=$(wc -c <$file)
	wrong=
	for at in $((size / 5)) $((size / 2)) $((size * 4 / 5)); do
		flip $file "$at"
		in_pieces bad 65536 >one
		for bytes in 1 7 100 127; do
			in_pieces bad $bytes | cmp -s - one || wrong="$wrong $at by $bytes;"
		done
	done
	[ -z "$wrong" ]
	check "$file, a byte changed: it does not matter in what pieces it comes" $? "$wrong"
done

# Archives

two='front back'
cat front back >text
while read -r name command; do
	rm -f made.zip
	eval "$command" >whole
	size=$(wc -c <whole)
	wrong=
	for at in 600 1000 $((size / 3)) $((size / 2)) $((size * 3 / 4)); do
		head -c "$at" whole >cut
		run cut
		is_prefix got text || wrong="$wrong at $at it is not the text;"
		front=$(grep -c '^hrgloss: cut:back: ' err)
		[ "$front" -eq 0 ] || front=$(wc -c <front)
		# between members there is no text to tell a place in
		place=" (after $(($(wc -c <got) - front)) bytes of text)"
		! grep -q '^hrgloss: cut: ' err || place=
		head -n 1 err | grep -q "^hrgloss: cut\(:front\|:back\)\?: .*$place\$" ||
			wrong="$wrong at $at it says $(cat err) of $(wc -c <got) bytes;"
		[ "$status" = 1 ] || wrong="$wrong at $at status $status;"
	done
	[ -z "$wrong" ] && [ "$(wc -c <got)" -gt "$(wc -c <front)" ]
	check "$name, cut: the text until there, member and place, and status 1" $? "$wrong"
done <<'ROWS'
zip zip -q - $two
zip zip -q0 - $two
tar tar cf - $two
tar.gz tar czf - $two
tar.xz tar cf - $two | xz -0
tar.zst tar cf - $two | zstd
ROWS

tar cf whole back
head -c 300000 whole >cut
run cut
[ "$(wc -c <got)" -eq "$((300000 - 512))" ]
check "all bytes of a member come out of a tar that is cut" $?
zip -q0X whole.zip back
head -c 300000 whole.zip >cut
run cut
[ "$(wc -c <got)" -eq "$((300000 - 30 - 4))" ]
check "all bytes of a member come out of a zip that is cut" $?
zip -q whole.zip back
gzip -nc back >whole.gz
head -c 60000 whole.zip >cut
head -c $((60000 - $(head -c 30 whole.zip | od -An -j 28 -tu2 -N 2) - 30 - 4 + 10)) whole.gz | gzip -dc 2>/dev/null >real
run cut
[ "$(($(wc -c <got) + 258))" -ge "$(wc -c <real)" ]
check "as much comes out of a zip that is cut as out of gzip" $? "$(wc -c <got) < $(wc -c <real)"

cp front third
rm -f three.zip
zip -q three.zip front back third
flip three.zip $(($(gzip -c front | wc -c) + 10000))
run bad
head -c "$(wc -c <front)" got | cmp -s - front && tail -c "$(wc -c <third)" got | cmp -s - third &&
	grep -q '^hrgloss: bad:back: .* bytes of text)$' err && [ "$(wc -l <err)" -eq 1 ] && [ "$status" = 1 ]
check "the members before and after a damaged one in a zip are whole" $? err
zip -q0X stored.zip back
flip stored.zip 5000
run bad
[ "$(wc -c <got)" -eq "$(wc -c <back)" ] &&
	grep -q "^hrgloss: bad:back: .*CRC.* (after $(wc -c <back) bytes of text)\$" err && [ "$status" = 1 ]
check "a member of a zip whose checksum is wrong comes out, and it is said" $? err
tar czf three.tar.gz front back third
flip three.tar.gz $(($(wc -c <three.tar.gz) - 6))
run bad
cat front back third | cmp - got && grep -q '^hrgloss: bad.*: the compressed data is damaged' err && [ "$status" = 1 ]
check "a wrong checksum after the end of an archive is reported" $? err
head -c -4 three.tar.gz >cut
run cut
cat front back third | cmp - got && grep -q '^hrgloss: cut.*: the compressed data ends too early' err && [ "$status" = 1 ]
check "a checksum that is cut after the end of an archive is reported" $? err
tar cf two.tar front back third
flip two.tar $((($(wc -c <front) + 511) / 512 * 512 + 512 + 3))
run bad
cat front third | cmp - got && grep -q "^hrgloss: bad: a damaged header" err && [ "$status" = 1 ]
check "the members before and after a damaged header in a tar come out, and it is said" $? err
7z a whole.7z $two >/dev/null
head -c -5 whole.7z >cut
run cut
[ ! -s got ] && grep -q '^hrgloss: cut: ' err && [ "$status" = 1 ]
check "a 7z that is cut, whose index is at the end, cannot be read" $? err
flip whole.7z $(($(wc -c <whole.7z) / 2))
run bad
is_prefix got "$(cat back front >other; [ "$(head -c 20 got)" = "$(head -c 20 front)" ] && echo text || echo other)" &&
	grep -q '^hrgloss: bad:.* bytes of text)$' err && [ "$status" = 1 ]
check "what is before the damage in a 7z comes out" $? err

rm -f cut.zip
zip -q cut.zip front back
size=$(stat -c %s cut.zip)
for cut in 60 $((size / 4)) $((size * 3 / 4)); do
	head -c $cut cut.zip >bad
	run bad
	[ "$(wc -l <err)" = 1 ] && grep -q '^hrgloss: bad' err && [ "$status" = 1 ]
	check "a zip that ends after $cut bytes is reported once" $? err
done

# Locked

while IFS='|' read -r name command; do
	rm -f locked*
	eval "7z a -psecret $command front back" >/dev/null
	mv locked.* locked
	run locked
	[ ! -s got ] && grep -q '^hrgloss: locked' err && [ "$status" = 1 ]
	check "$name is an input that cannot be read" $? err
done <<'ROWS'
a locked zip|-tzip locked.zip
a zip that is locked by AES|-tzip -mem=AES256 locked.zip
a locked 7z|locked.7z
a 7z whose index is locked|-mhe=on locked.7z
ROWS
rm -f part.zip
zip -q part.zip front
7z a -psecret part.zip back >/dev/null
run part.zip
cmp got front && grep -q '^hrgloss: part.zip:back: ' err && [ "$status" = 1 ]
check "of a zip that is locked in part, the rest comes out" $? err

# Depth, and bursts

cp after deep
for i in 1 2 3 4 5 6; do
	gzip -n <deep >deeper
	mv deeper deep
done
"$HRGLOSS" deep | cmp -s - after.glossed
check "six layers of compression are unpacked" $?
gzip -n <deep >deeper
gzip -n <after | "$HRGLOSS" - deeper >got 2>err
{ cat after.glossed; gzip -n <after; } | cmp -s - got
check "what is packed deeper comes out as it is" $?

case $HRGLOSS in
*asan*) exit $bad ;;
esac
peak() {
	command time -f %M -o memory "$HRGLOSS" "$1" >/dev/null 2>&1
	tail -n 1 memory
}
# zeros TOTAL PIECES COMMAND: packed in pieces, one after the other
zeros() {
	head -c "$1" /dev/zero | $3 >piece
	for i in $(seq "$2"); do
		cat piece
	done
}
zeros 50000000 20 'gzip -1' >bomb.gz
zeros 50000000 3 'xz -0' >bomb.xz
zeros 20000000 4 'bzip2 -1' >bomb.bz2
zeros 50000000 20 'zstd -1' >bomb.zst
zeros 50000000 10 'lz4 -B4' >bomb.lz4
head -c 200000000 /dev/zero | zip -q1 bomb.zip -
gzip -1 <bomb.gz >bomb.gz.gz
for file in bomb.*; do
	memory=$(peak "$file")
	[ "$memory" -lt 16384 ]
	check "one line of hundreds of megabytes of zeros in $file takes less than 16 MiB" $? "$memory KiB"
done
head -c 3000000 /dev/urandom >noise
cat noise noise noise >repeats
xz -9 <noise >far.xz
zstd -q --long=27 <repeats >far.zst
for file in far.*; do
	memory=$(peak "$file")
	[ "$memory" -lt 32768 ]
	check "$file, 9 MB or less packed with a wide window, takes less than 32 MiB" $? "$memory KiB"
done
head -c 5000000 /dev/zero | zstd -q --ultra --long=28 -1 >wide.zst
run wide.zst
grep -q '^hrgloss: wide.zst: unpacking it takes more than 128 MiB of memory (after 0 bytes' err && [ "$status" = 1 ]
check "what would take more memory than that is refused" $? err
exit $bad
