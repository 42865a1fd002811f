#!/bin/sh
# --framing: messages that come with their lengths go out with their new ones, one for one; nothing is lost where a frame is broken.
set -u
export LC_ALL=C
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

# frame KIND FILE: what the file holds, with its length
frame() {
	length=$(($(wc -c <"$2")))
	if [ "$1" = netstring ]; then
		printf '%d:' $length
		cat "$2"
		printf ,
	else
		printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $((length >> 24)) $((length >> 16 & 255)) $((length >> 8 & 255)) $((length & 255)))"
		cat "$2"
	fi
}

# Messages of all kinds, and what each of them becomes.
printf 'SSPI error 0x8009030c' >m1
: >m2
printf 'two lines: 0x80070005\nand E_FAIL\n' >m3
printf 'a\0b 0x80070005\0' >m4
printf 'no code,\n12:' >m5
yes 'word 0x80070005 word ' | head -c 300000 >m6
printf '\037\213\010 not packed E_FAIL' >m7
count=7
for kind in netstring uint32; do
	: >in.$kind
	: >want.$kind
	for i in $(seq $count); do
		# without the byte in front, one of them would be unpacked
		{ printf '\n'; cat m$i; } | "$HRGLOSS" --every | tail -c +2 >g$i
		frame $kind m$i >>in.$kind
		frame $kind g$i >>want.$kind
	done
	"$HRGLOSS" --every --framing $kind <in.$kind >out
	[ $? = 0 ] && cmp out want.$kind >log 2>&1
	check "$kind: every message is explained as a text of its own, and goes out with its new length" $? log
	"$HRGLOSS" --strip --framing $kind <out | cmp - in.$kind >log 2>&1
	check "$kind: --strip gives back what came in" $? log
	dd bs=7 if=in.$kind 2>log | "$HRGLOSS" --every --framing $kind | cmp - want.$kind >log 2>&1
	check "$kind: it does not matter in what pieces they come" $? log
	for how in --line-buffered --block-buffered; do
		"$HRGLOSS" $how --every --framing $kind in.$kind | cmp - want.$kind >log 2>&1
		check "$kind: $how changes nothing" $? log
	done
	cat want.$kind want.$kind >twice
	"$HRGLOSS" -j 2 --every --framing $kind in.$kind in.$kind | cmp - twice >log 2>&1
	check "$kind: several files come out in order" $? log
	"$HRGLOSS" --place below --hint --framing $kind in.$kind | "$HRGLOSS" --strip --framing $kind | cmp - in.$kind >log 2>&1
	check "$kind: glosses below can be taken out again" $? log
done

# --- somebody who waits for each answer

mkfifo to from
# answers KIND FILE WANT: sends the file byte by byte, with the pipe staying open, and compares what comes
answers() {
	size=$(($(wc -c <"$2")))
	for at in $(seq 0 $((size - 1))); do
		dd bs=1 skip="$at" count=1 if="$2" >&4 2>log
	done
	timeout 20 head -c "$(($(wc -c <"$3")))" <&5 >got
	cmp got "$3" >log 2>&1
}
# whoever waits for an answer before it sends more gets it for the very first message, whatever that could be the beginning of
while read -r options; do
	wrong=
	for text in 'SSPI error 0x8009030c' '' x PK BZh MSCF ElfFile '\037\213' '\357\273' '\377'; do
		printf "$text" >message
		case $options in
		*nul | -z*) { cat message; printf '\0'; } >f ;;
		*uint32 | *netstring) frame "${options##* }" message >f ;;
		*) { cat message; echo; } >f ;;
		esac
		cat f | "$HRGLOSS" $options >w
		"$HRGLOSS" $options <to >from &
		exec 4>to 5<from
		answers - f w || wrong="$wrong \`$text\`;"
		exec 4>&- 5<&-
		wait
	done
	[ -z "$wrong" ]
	check "each first message is answered at once: $options" $? "$wrong"
done <<'ROWS'
--framing lines
--framing nul
-z
--framing uint32
--framing netstring
--format rsyslog
--format ndjson
-z --format hits
ROWS

for kind in netstring uint32; do
	"$HRGLOSS" --metrics counts.$kind --framing $kind <to >from &
	pid=$!
	exec 4>to 5<from
	for i in 1 2 3 5; do
		frame $kind m$i >f
		"$HRGLOSS" <m$i >g
		frame $kind g >w
		answers $kind f w
		check "$kind: message $i, sent byte by byte, is answered at once" $? log
	done
	frame $kind m1 >f
	cat f >&4
	kill -TERM $pid
	wait $pid
	[ $? = 0 ] && [ "$(head -c 25 <&5 | grep -ac 'SSPI error')" = 1 ]
	check "$kind: TERM takes what is in the pipe through and ends with status 0" $?
	exec 4>&- 5<&-
	grep -qx 'hrgloss_hits_total{space="hresult",name="SEC_E_LOGON_DENIED"} 2' counts.$kind && grep -qx 'hrgloss_errors_total 0' counts.$kind
	check "$kind: --metrics counts" $? counts.$kind
done

# --- what is too long, and what is broken

# big BYTES: so many of them, with a code at the front and one at the end
big() {
	printf 'E_FAIL '
	yes 'some words ' | tr '\n' ' ' | head -c $(($1 - 14))
	printf ' E_FAIL'
}
mib=$((1024 * 1024))
big $((16 * mib)) >b1
big $((16 * mib + 1)) >b2
for kind in netstring uint32; do
	{ frame $kind b1; frame $kind m1; } | "$HRGLOSS" --every --framing $kind >out 2>err
	"$HRGLOSS" --every <b1 >g
	{ frame $kind g; frame $kind g1; } | cmp - out >log 2>&1 && [ ! -s err ]
	check "$kind: a message of 16 MiB is explained" $? log
	{ frame $kind b2; frame $kind b2; frame $kind m1; } | command time -f %M -o memory "$HRGLOSS" --every --framing $kind >out 2>err
	status=$?
	{ frame $kind b2; frame $kind b2; frame $kind g1; } | cmp - out >log 2>&1 && [ $status = 0 ] &&
		[ "$(cat err)" = 'hrgloss: -: 2 messages of more than 16 MiB went through unexplained' ]
	check "$kind: longer ones go through as they are, are complained of once, and the next one is explained" $? err
	case $HRGLOSS in *asan*) continue ;; esac
	[ "$(tail -n 1 memory)" -lt 10240 ]
	check "$kind: they are not held in memory" $? memory
done

# broken NAME KIND PLACE GOOD BAD: the good message is explained, the bad bytes go out as they are, the place is named
broken() {
	printf '%b' "$4" >good
	printf '%b' "$5" >bad
	cat good bad | "$HRGLOSS" --framing $2 >out 2>err
	status=$?
	"$HRGLOSS" --framing $2 <good | cat - bad | cmp - out >log 2>&1 && [ $status = 1 ] &&
		[ "$(cat err)" = "hrgloss: -: a frame is broken or cut off at byte $3; what follows went through as it is" ]
	check "$2: $1" $? err
}
broken 'a message is cut off at the end' netstring 9 '6:E_FAIL,' '8:E_FAIL'
broken 'a comma is missing at the end' netstring 9 '6:E_FAIL,' '6:E_FAIL'
broken 'there is another byte instead of the comma' netstring 9 '6:E_FAIL,' '6:E_FAILX6:E_FAIL,'
broken 'there is no digit' netstring 9 '6:E_FAIL,' 'E_FAIL\n6:E_FAIL,'
broken 'there is no colon' netstring 9 '6:E_FAIL,' '6;E_FAIL,'
broken 'there is a colon only' netstring 0 '' ':E_FAIL,'
broken 'a length begins with a nought' netstring 9 '6:E_FAIL,' '06:E_FAIL,'
broken 'a length is none that a number can hold' netstring 9 '6:E_FAIL,' '99999999999999999999999:E_FAIL,'
broken 'a length is cut off' netstring 9 '6:E_FAIL,' '12'
broken 'a message is cut off at the end' uint32 10 '\0\0\0\06E_FAIL' '\0\0\0\010E_FAIL'
broken 'a length is cut off' uint32 10 '\0\0\0\06E_FAIL' '\0\0'
{ printf '%d:' $((16 * mib + 1)); cat b2; printf 'X6:E_FAIL,'; } >in
"$HRGLOSS" --framing netstring in >out 2>err
[ $? = 1 ] && cmp in out >log 2>&1 && grep -q "broken or cut off at byte $((16 * mib + 10));" err
check "netstring: a message that is too long lacks its comma" $? err
printf '\177\377\377\377E_FAIL' | "$HRGLOSS" --framing uint32 >out 2>err
[ $? = 1 ] && [ "$(tail -c +5 out)" = E_FAIL ] && [ "$(grep -c . err)" = 2 ]
check "uint32: a message that is too long is cut off" $? err

# --- messages that are JSON

cat >j1 <<'JSON'
{
  "Status": "0xc000006d"
}
JSON
printf '{"m":"no code"}' >j2
printf 'no JSON: E_FAIL' >j3
for kind in uint32 netstring; do
	for m in j1 j2 j3; do
		frame $kind $m
	done | "$HRGLOSS" --framing $kind --format ndjson --on-bad wrap >out
	printf '{"message":"no JSON: E_FAIL"}' >w3
	for m in j1 j2 w3; do
		"$HRGLOSS" -z --format ndjson <$m >made
		frame $kind made
	done | cmp - out >log 2>&1
	check "$kind: with --format ndjson a message is one document, line feeds and all" $? log
	"$HRGLOSS" --framing $kind --format ndjson --strip <out >back
	for m in j1 j2 w3; do frame $kind $m; done | cmp - back >log 2>&1
	check "$kind: and is as it was after --strip" $? log
	{ frame $kind j3; frame $kind j2; } | "$HRGLOSS" --framing $kind --format ndjson --on-bad drop >out
	: >none
	{ frame $kind none; frame $kind j2; } | cmp - out >log 2>&1
	check "$kind: a message that is dropped is answered by an empty one" $? log
done
"$HRGLOSS" -z --format ndjson <j1 | jq -e '.hrgloss[0].name == "STATUS_LOGON_FAILURE"' >log
check "what is said of it is in the document" $? log

# --- the other words, and what does not go with lengths

printf 'E_FAIL\0a' | "$HRGLOSS" -z >want && printf 'E_FAIL\0a' | "$HRGLOSS" --framing nul | cmp -s - want
check "--framing nul is -z" $?
for magic in ElfFile '\037\213\010' 'PK\003\004' '\377\376' '7z\274\257\047\034'; do
	printf "$magic\\0E_FAIL\\0" >m
	cat m | "$HRGLOSS" -z 2>err | tr '\0' '\n' | tail -n 1 | grep -q '^E_FAIL \[' && [ ! -s err ]
	check "-z: a message through a pipe may begin with $magic" $? err
done
printf 'E_FAIL\na' | "$HRGLOSS" >want && printf 'E_FAIL\na' | "$HRGLOSS" --framing lines | cmp -s - want
check "--framing lines is what happens anyway" $?
for option in --summary -H '--format hits' '--format hits --input ndjson' '--format w3c' '--format csv' --only -z '--from 1252' '--output-encoding utf-8'; do
	"$HRGLOSS" --framing uint32 $option </dev/null >out 2>err
	[ $? = 2 ] && [ ! -s out ] && grep -q '^hrgloss: --.* does not go with --' err && grep -q -e '--framing uint32' err
	check "$option is refused" $? err
done
exit $bad
