#!/bin/sh
# Many inputs and many threads: the output is the same as that of one after the other.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

case $HRGLOSS in
*asan*) lines=10000 counts='2 8' part_counts=3 ;;
*) lines=60000 counts='1 2 3 8 64' part_counts='2 3 8' ;;
esac

# Small files, of all sizes from nothing, packed and plain, some without a newline at the end

mkdir small
for i in $(seq 100 399); do
	yes "file $i failed with 0x80070005 once" | head -n $((i * i % 1009)) >small/$i
	[ $((i % 5)) -ne 0 ] || printf 'E_FAIL without end' >>small/$i
	case $i in
	*7) gzip small/$i ;;
	*33) iconv -f UTF-8 -t UTF-16LE small/$i >units && mv units small/$i ;;
	esac
done
for file in small/*; do
	"$HRGLOSS" "$file"
done >one
for jobs in $counts; do
	"$HRGLOSS" -j $jobs small/* | cmp -s - one
	check "300 files go out in their order with -j $jobs" $?
	"$HRGLOSS" -r -j $jobs small | cmp -s - one
	check "300 files of a folder go out in the order of their names with -r -j $jobs" $?
done
# one that is large, before and between small ones: more than is kept in memory for its turn
yes 'some words and E_FAIL, and more of them' | head -c 12000000 | gzip -1 >large.gz
"$HRGLOSS" -j 1 large.gz small/100 large.gz small/101 large.gz large.gz small/102 | cksum >one
for jobs in 2 4; do
	"$HRGLOSS" -j $jobs large.gz small/100 large.gz small/101 large.gz large.gz small/102 | cksum | cmp -s - one
	check "large files wait for their turn with -j $jobs" $?
done

# One big text for several threads: blank lines, lines of all lengths, one across several windows, no newline at the end; from a
# file, a pipe, compressed, in 16-bit units

big() {
	seq 1 "$lines" | sed 's/$/ 0x80070005 and a SEC_E_LOGON_DENIED somewhere/; s/5 .*//; s/^.*7 /&E_FAIL\r/'
	yes 'long, error 1326, ' | tr -d '\n' | head -c 3500000
	printf '\n\n\n'
	seq 1 "$lines" | sed 's/$/ lines behind it with error code 5 each/'
	printf 'the last one has no end: E_FAIL'
}
big >big
head -c 5000000 /dev/zero | tr '\0' x >endless
head -c 6000000 /dev/zero | tr '\0' '\n' >blank
while read -r options; do
	wrong=
	for file in big endless blank; do
		"$HRGLOSS" -j 1 $options $file >one 2>one.err
		for jobs in $part_counts; do
			"$HRGLOSS" -j $jobs $options $file >got 2>err
			cmp -s one got && cmp -s one.err err || wrong="$wrong $file -j $jobs;"
		done
	done
	[ -z "$wrong" ]
	check "several threads make the same of one text as a single one: $options" $? "$wrong"
done <<'ROWS'
--stats
--format hits
--every --hint -H
--place eol
--place below
--only --stats
--strip
--unknown --loose -l pt_BR
--summary=json
--format ndjson --on-bad wrap
ROWS
for n in 1 2 3 4 5 6 7 8 9; do
	yes 'wide ' | tr -d '\n' | head -c $((n * 70000 % 250000))
	yes "number $n: E_FAIL" | head -n $((n * 3000 % 7000 + 1))
done >wide
# the same text in other ways: what is in front, and what comes out
gzip -1 <big >big.gz
iconv -f UTF-8 -t UTF-16LE big >big.utf16
printf '\na' >>big.utf16
while read -r way file options; do
	"$HRGLOSS" -j 1 $options <$file 2>err | cksum >one
	wrong=
	for jobs in $part_counts; do
		case $way in
		pipe) cat $file | "$HRGLOSS" -j $jobs $options 2>err | cksum >got ;;
		drops) dd if=$file bs=70001 2>err | "$HRGLOSS" -j $jobs $options 2>err | cksum >got ;;
		file) "$HRGLOSS" -j $jobs $options $file | cksum >got ;;
		folder) "$HRGLOSS" -j $jobs $options --force --output-dir out $file && cksum <out/$file >got ;;
		esac
		cmp -s one got || wrong="$wrong -j $jobs;"
	done
	[ -z "$wrong" ]
	check "several threads make the same of $file by $way as one of the file: $options" $? "$wrong"
done <<'ROWS'
pipe big
drops big --line-buffered
pipe wide
drops wide --stats
pipe big --block-buffered --stats
pipe big.gz
file big.gz --every
file big.utf16 --output-encoding same
pipe big.utf16 --output-encoding utf-8
file big --from 1252
folder big --every
ROWS
yes 'error 5, then: ' | head -c 3000000 >words
"$HRGLOSS" -j 1 --metrics one.prom words >one
cat words | "$HRGLOSS" -j 3 --metrics got.prom | cmp -s - one && cmp -s one.prom got.prom
check "what several threads count is what one does" $? got.prom
yes 'error 5' | "$HRGLOSS" -j 3 2>err | head -n 100000 | tail -n 1 >got
[ ! -s err ] && [ "$(cat got)" = "$(echo 'error 5' | "$HRGLOSS")" ]
check "several threads end when nobody reads any more" $? err
yes 'error 5' | head -n 1000000 | "$HRGLOSS" -j 3 >/dev/full 2>err
[ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ]
check "several threads tell once that the disk is full" $? err
"$HRGLOSS" -j 1 --format hits big small/101 big >one
"$HRGLOSS" -j 4 --format hits big small/101 big | cmp -s - one
check "a big file may be named twice" $?
"$HRGLOSS" -j 1 small/101 small/101 | cmp -s - "$("$HRGLOSS" small/101 >a; cat a a >aa; echo aa)"
check "a file may be named twice" $?

# What cannot be read

mkdir folder
mkfifo fifo
for jobs in 1 4; do
	if [ -e /proc/self/mem ]; then
		"$HRGLOSS" -j $jobs small/101 missing small/102 folder small/103 /proc/self/mem small/104 >got 2>err
		[ $? -eq 1 ] && "$HRGLOSS" small/101 small/102 small/103 small/104 | cmp -s - got && [ "$(wc -l <err)" -eq 3 ] &&
			grep -q '^hrgloss: missing: No such file or directory$' err && grep -q '^hrgloss: folder: Is a directory$' err &&
			grep -q '^hrgloss: /proc/self/mem: Input/output error' err
		check "what cannot be read is named, and the rest is done, with -j $jobs" $? err
	else
		echo "ok - what cannot be read, with -j $jobs # SKIP there is no /proc here, and no file that gives errors"
	fi
	echo 'E_FAIL from the pipe' >fifo &
	echo 'E_FAIL from the pipe' | "$HRGLOSS" -j $jobs small/101 - fifo small/102 >got 2>err
	{ "$HRGLOSS" small/101
		for i in 1 2; do echo 'E_FAIL from the pipe'; done | "$HRGLOSS"
		"$HRGLOSS" small/102; } | cmp -s - got
	result=$?
	wait
	[ $result -eq 0 ]
	check "standard input and a named pipe take their places among files with -j $jobs" $? err
done
cp small/101 locked
chmod 000 locked
if [ "$(id -u)" -ne 0 ]; then
	"$HRGLOSS" locked small/102 >got 2>err
	[ $? -eq 1 ] && grep -q '^hrgloss: locked: Permission denied$' err && "$HRGLOSS" small/102 | cmp -s - got
	check "a file without permission is named, and the rest is done" $? err
fi

# Folders

mkdir -p logs/b/c logs/.hidden logs/none
echo 'a E_FAIL' >logs/a.log
echo 'b E_FAIL' >logs/b/b.log
echo 'c E_FAIL' >logs/b/c/c.txt
echo 'h E_FAIL' >logs/.hidden/h.log
echo 'hidden E_FAIL' >logs/.d.log
ln -s .. logs/b/loop
ln -s a.log logs/link.log
ln -s loop2 logs/loop2
names() { # of the inputs in the output, in order
	sed 's/:.*//' "$1" | tr '\n' ' '
}
"$HRGLOSS" -r -H logs >got 2>err
[ $? -eq 0 ] && [ "$(names got)" = 'logs/.d.log logs/.hidden/h.log logs/a.log logs/b/b.log logs/b/c/c.txt ' ] && [ ! -s err ]
check "-r reads hidden files, and follows no links" $? got
"$HRGLOSS" -r -H --include '*.log' logs >got
[ "$(names got)" = 'logs/.d.log logs/.hidden/h.log logs/a.log logs/b/b.log ' ]
check "--include chooses by name" $? got
"$HRGLOSS" -r -H --include '*.log' logs/b/c/c.txt logs/b >got
[ "$(names got)" = 'logs/b/c/c.txt logs/b/b.log ' ]
check "--include says nothing about files that are named" $? got
ln -s logs to_logs
"$HRGLOSS" -r -H to_logs/ to_logs | wc -l >got
[ "$(cat got)" -eq 10 ]
check "a link that is named is followed" $? got
"$HRGLOSS" logs >got 2>err
[ $? -eq 1 ] && [ ! -s got ] && grep -q '^hrgloss: logs: Is a directory$' err
check "without -r a folder is an error" $? err
"$HRGLOSS" -r logs/none >got 2>err
[ $? -eq 0 ] && [ ! -s got ] && [ ! -s err ]
check "an empty folder is not an error" $? err
"$HRGLOSS" -r missing logs/b/c >got 2>err
[ $? -eq 1 ] && grep -q '^c E_FAIL' got && grep -q '^hrgloss: missing: ' err
check "a folder that is missing is named, and the rest is done" $? err

# Names before lines

printf 'one E_FAIL\n\ntwo\n' >x
printf 'no end 0x80070005' >y
: >z
"$HRGLOSS" -H x y z x >got
{ "$HRGLOSS" x | sed 's/^/x:/'; "$HRGLOSS" y | sed 's/^/y:/'; echo; "$HRGLOSS" x | sed 's/^/x:/'; } | cmp -s - got
check "-H begins each line with the name, and ends the last" $? got
printf 'one E_FAIL\n' | "$HRGLOSS" -H x - y 2>&1 | grep -q '^(standard input):one E_FAIL \['
check "-H names standard input" $?
"$HRGLOSS" -H --place below x | grep -c '^x:' >got
[ "$(cat got)" -eq 4 ]
check "-H begins the lines below, too" $? got
"$HRGLOSS" -H --format hits x >got
"$HRGLOSS" --format hits x | cmp -s - got
check "-H leaves hits alone, which name the file" $? got

# Full disks and closed pipes

for jobs in 1 4; do
	"$HRGLOSS" -j $jobs small/1* big small/2* >/dev/full 2>err
	[ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] && grep -q '^hrgloss: standard output: No space left on device$' err
	check "a full disk is reported once with -j $jobs" $? err
	(trap '' PIPE; "$HRGLOSS" -j $jobs small/* big large.gz small/*; echo $? >status) 2>err | head -n 1 >got
	[ "$(cat status)" -eq 0 ] && [ ! -s err ]
	check "a reader that goes away ends it quietly where SIGPIPE is ignored, with -j $jobs" $? err
	("$HRGLOSS" -j $jobs small/* big large.gz small/*; echo $? >status) 2>err | head -n 1 >got
	[ "$(cat status)" -eq 141 ] && [ ! -s err ]
	check "a reader that goes away ends it quietly by SIGPIPE, with -j $jobs" $? err
done
for jobs in 0 -1 x 10000 1.5 ''; do
	"$HRGLOSS" -j "$jobs" x >got 2>err
	[ $? -eq 2 ] && [ ! -s got ] && grep -q '^hrgloss: --jobs' err
	check "-j '$jobs' is refused" $? err
done
exit $bad
