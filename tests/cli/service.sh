#!/bin/sh
# Running for long: signals, an output file that is rotated, counts for a collector, buffering, and line ends of another kind.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
mkfifo in

# Starts hrgloss with the arguments, reading the pipe `in`, which stays open as descriptor 3.
begin() {
	"$HRGLOSS" "$@" <in >out 2>err &
	pid=$!
	exec 3>in
}

end() {
	wait $pid
	status=$?
	exec 3>&-
}

# until FILE TEXT: waits for the text to come, ten seconds at most
until_has() {
	for _ in $(seq 100); do
		grep -qs "$2" "$1" && return 0
		sleep 0.1
	done
	return 1
}

begin
echo 'one 0x8009030c' >&3
until_has out SEC_E_LOGON_DENIED
printf 'two 0x80070005' >&3
kill -TERM $pid
end
[ $status = 0 ] && grep -q 'two 0x80070005 \[E_ACCESSDENIED' out && [ ! -s err ]
check "TERM takes what is in the pipe through, a line without an end too, and ends with status 0" $? out

(
	trap '' TERM
	exec "$HRGLOSS"
) <in >out 2>err &
pid=$!
exec 3>in
echo 'one 0x8009030c' >&3
until_has out SEC_E_LOGON_DENIED
kill -TERM $pid
echo 'two 0x80070005' >&3
until_has out E_ACCESSDENIED
check "TERM stays ignored where it was" $? out
exec 3>&-
wait $pid

begin
echo 'one 0x8009030c' >&3
until_has out SEC_E_LOGON_DENIED
kill -USR1 $pid
until_has err '^glosses 1$' && [ ! -s /dev/null ] && grep -q '^bytes 15$' err
check "USR1 prints the counts so far" $? err
echo 'two 0x80070005' >&3
until_has out E_ACCESSDENIED
check "and lines go on" $? out
kill -TERM $pid
end

begin -o log
echo 'one 0x8009030c' >&3
until_has log SEC_E_LOGON_DENIED
mv log log.1
echo 'two 0x8009030c' >&3
until_has log.1 two
kill -HUP $pid
until_has log '' || sleep 0.5
echo 'three 0x80070005' >&3
until_has log E_ACCESSDENIED && grep -q one log.1 && grep -q two log.1 && ! grep -q three log.1
check "HUP opens the output file anew" $? log
exec 3>&-
end
[ $status = 0 ] && [ ! -s out ]
check "with an output file nothing goes to standard output" $? out
echo 'four 0x8009030c' | "$HRGLOSS" -o log && [ "$(wc -l <log)" = 2 ]
check "the output file is appended to" $? log
"$HRGLOSS" -o /no/such/file </dev/null 2>err
[ $? = 2 ] && grep -q '^hrgloss: /no/such/file: ' err
check "an output file that cannot be opened is named, status 2" $? err

table() {
	printf 'space\tvalue\tname\tmeaning\nhresult\t%s\t%s\tof the printer\n' "$1" "$2"
}
table 0x8ABC0001 ACME_E_JAM >acme.tsv
begin --codes acme.tsv --format hits --metrics counts.prom
printf '0x8ABC0001 one\nhalf 0x8ABC' >&3
until_has out ACME_E_JAM
table 0x8ABC0001 ACME_E_PAPER >acme.tsv
kill -HUP $pid
sleep 0.2
echo 0001 >&3
until_has out ACME_E_PAPER && grep -q '"line":2,.*ACME_E_PAPER' out && [ "$(wc -l <out)" = 2 ]
check "HUP reads tables again, for the next line to end, and lines keep their numbers" $? out
table 0x8ABC0001 '!' >acme.tsv
kill -HUP $pid
until_has err '^hrgloss: acme.tsv:2: '
check "a table that is wrong is reported" $? err
echo '0x8ABC0001 three' >&3
until_has out '"line":3,.*ACME_E_PAPER'
check "and the old one stays" $? out
rm acme.tsv
kill -HUP $pid
until_has err '^hrgloss: acme.tsv: No such file'
check "so it does where the file is gone" $? err
table 0x8ABC0002 ACME_E_PAPER >acme.tsv
kill -HUP $pid
sleep 0.2
printf '0x8ABC0001 four\n0x8ABC0002 five\n' >&3
until_has out '"line":5,.*ACME_E_PAPER' && [ "$(wc -l <out)" = 4 ]
check "what the new table no longer has is not explained any more" $? out
exec 3>&-
end
[ $status = 0 ] && grep -q 'name="ACME_E_PAPER"} 3$' counts.prom && grep -q '^hrgloss_lines_total 5$' counts.prom
check "counts go on over the change, by name" $? counts.prom

table 0x8ABC0001 ACME_E_JAM >acme.tsv
begin --codes acme.tsv
printf '0x8ABC0001\n\nKerberos pre-authentication failed.\n' >&3
until_has out ACME_E_JAM
table 0x8ABC0001 ACME_E_PAPER >acme.tsv
kill -HUP $pid
sleep 0.2
printf '\tFailure Code:\t\t0x18\n#Fields: date time sc-win32-status\n2026-03-01 08:00:00 5\n' >&3
until_has out ERROR_ACCESS_DENIED && grep -q '0x18 .KDC_ERR_PREAUTH_FAILED' out
check "HUP leaves what earlier lines of a record say" $? out
table 0x8ABC0001 ACME_E_JAM >acme.tsv
kill -HUP $pid
sleep 0.2
printf '2026-03-01 08:00:01 1326\n' >&3
until_has out '1326 .ERROR_LOGON_FAILURE'
check "and the header of a table" $? out
exec 3>&-
end

head -c 600000 /dev/zero | tr '\0' x >long
table 0x8ABC0001 ACME_E_JAM >acme.tsv
begin --codes acme.tsv
cat long >&3
until_has out xxx
table 0x8ABC0001 ACME_E_PAPER >acme.tsv
kill -HUP $pid
sleep 0.2
{
	cat long
	echo ' 0x8ABC0001'
} >&3
until_has out ' 0x8ABC0001 .ACME_E_JAM'
echo 0x8ABC0001 >&3
until_has out '^0x8ABC0001 .ACME_E_PAPER' && grep -q ' 0x8ABC0001 .ACME_E_JAM' out
check "a long line ends with the tables that it began with" $?
exec 3>&-
end

table 0x8ABC0001 ACME_E_JAM >acme.tsv
seq -f '%06.0f 0x8ABC0001 0x8009030c and some more words that fill the line' 200000 >many
"$HRGLOSS" --codes acme.tsv many | sed 's/ACME_E_JAM/ACME_E_SOME/' >want
begin -j 2 --codes acme.tsv --metrics counts.prom
head -n 100000 many >&3
table 0x8ABC0001 ACME_E_PAPER >acme.tsv
kill -HUP $pid
tail -n 100000 many >&3
exec 3>&-
end
sed 's/ACME_E_\(JAM\|PAPER\)/ACME_E_SOME/' out | cmp -s - want && [ $status = 0 ] && tail -n 1 out | grep -q PAPER && head -n 1 out | grep -q JAM &&
	[ "$(grep -o 'ACME_E_[A-Z]*' out | uniq | wc -l)" = 2 ] && grep -q '^hrgloss_lines_total 200000$' counts.prom
check "while several threads work on a long text, each line has one table or the other, in order" $? err

printf '[pattern jam]\nform = number\nword = jam\nmatch = jam (?<code>[0-9]+)\nspace = win32\nevidence = strong\n' >jam.pack
: >empty.pack
cp empty.pack now.pack
begin --pack now.pack -o log2 --framing netstring
printf '5:jam 5,' >&3
until_has log2 'jam 5,'
cp jam.pack now.pack
mv log2 log2.1
kill -HUP $pid
sleep 0.2
printf '5:jam 5,' >&3
until_has log2 'jam 5 .ERROR_ACCESS_DENIED'
check "packs, too, together with the output file, and between messages" $? log2
exec 3>&-
end

printf '#Fields: a sc-win32-status\n' >head.log
begin --codes acme.tsv --format w3c
cat head.log >&3
until_has out x-hrgloss
kill -HUP $pid
until_has err 'columns keeps its tables'
echo 'x 5' >&3
until_has out 'x 5 ERROR_ACCESS_DENIED'
check "a log with columns goes on with its tables and its header" $? out
exec 3>&-
end

begin --metrics counts.prom
printf '0x8009030c\n0x8009030c\n0x80070005\nno code\n' >&3
until_has counts.prom 'hrgloss_hits_total{space="hresult",name="SEC_E_LOGON_DENIED"} 2'
check "counts are written while the input goes on" $? counts.prom
exec 3>&-
end
grep -q '^hrgloss_lines_total 4$' counts.prom && grep -q '^hrgloss_bytes_total 41$' counts.prom &&
	grep -q '^hrgloss_errors_total 0$' counts.prom &&
	[ "$(grep -c '^# TYPE' counts.prom)" = "$(grep -c '^# HELP' counts.prom)" ] &&
	! grep -qv '^\(# \(HELP\|TYPE\) hrgloss_[a-z_]*total .*\|hrgloss_[a-z_]*total\({[^}]*}\)\? [0-9]*\)$' counts.prom
check "the counts of the end are in the file, in the format for Prometheus" $? counts.prom
"$HRGLOSS" --metrics counts.prom nothere "$TOP/examples/sample.log" >out 2>err
[ $? = 1 ] && grep -q '^hrgloss_errors_total 1$' counts.prom && [ -z "$(ls -A | grep '^\.hrgloss')" ]
check "inputs that cannot be read are counted, and no temporary file stays" $? counts.prom

begin --block-buffered
echo 'one 0x8009030c' >&3
sleep 0.5
[ ! -s out ]
check "with --block-buffered a line waits for more" $? out
exec 3>&-
end
grep -q SEC_E_LOGON_DENIED out
check "and comes out at the end" $? out
for how in --line-buffered --block-buffered; do
	"$HRGLOSS" $how --every -H "$TOP/examples/sample.log" >out
	"$HRGLOSS" --every -H "$TOP/examples/sample.log" | cmp -s - out
	check "$how changes no byte of the output" $?
done

while IFS='|' read -r max line name; do
	printf 'SSPI error 0x8009030c\n' | "$HRGLOSS" --max-line-out "$max" >out
	[ "$(head -n 1 out | cut -c 1-24)" = "$line" ]
	check "$name" $? out
done <<'ROWS'
30|SSPI error 0x8009030c|a gloss that makes the line too long is left out
5|SSPI error 0x8009030c|a line that is too long by itself goes through
500|SSPI error 0x8009030c [S|a gloss goes in where there is room
ROWS
line=$(printf 'SSPI error 0x8009030c\n' | "$HRGLOSS")
printf 'SSPI error 0x8009030c\n' | "$HRGLOSS" --max-line-out $((${#line} + 1)) | grep -q DENIED &&
	! printf 'SSPI error 0x8009030c\n' | "$HRGLOSS" --max-line-out ${#line} | grep -q DENIED
check "the line's end counts" $?
"$HRGLOSS" --max-line-out 0 </dev/null 2>err
[ $? = 2 ]
check "a limit that is none is refused" $? err

printf 'a 0x8009030c\n0x8009030c\0b\0000x80070005' >text
"$HRGLOSS" -z text >out
tr -d '\n' <out | tr '\0' '\n' | sed 's/: [^]]*\]/]/g' >lines
printf 'a 0x8009030c [SEC_E_LOGON_DENIED]0x8009030c\nb\n0x80070005 [E_ACCESSDENIED]' | cmp - lines
check "-z: lines end in NUL, and line feeds are bytes like any other" $? lines
"$HRGLOSS" -z --strip out | cmp -s - text && "$HRGLOSS" -z --place below text | "$HRGLOSS" -z --strip | cmp -s - text
check "-z: glosses can be taken out again" $?
exit $bad
