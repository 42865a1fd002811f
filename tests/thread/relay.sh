#!/bin/sh
# Several threads on one text: the same as one, and nothing that they take from each other unguarded. A build that watches
# threads tells that by its exit status and on standard error.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

awk 'BEGIN { for (i = 0; i < 30000; i++) print "line", i, i % 3 ? "is fine" : "failed with error 0x8007000" i % 10 }' >log
head -c 700000 /dev/zero | tr '\0' x >>log
seq 100000 199999 >>log
gzip -1 <log >log.gz
iconv -f UTF-8 -t UTF-16LE log >log.utf16
while read -r file options; do
	"$HRGLOSS" -j 1 $options <$file >one 2>err
	cat $file | "$HRGLOSS" -j 4 $options >got 2>err && cmp -s one got && [ ! -s err ]
	check "a pipe of $file by four threads: $options" $? err
done <<'ROWS'
log
log -H --line-buffered
log --summary=json
log --format hits
log --metrics counts.prom
log --output-encoding utf-8 --block-buffered
log.gz --every
log.utf16
ROWS
"$HRGLOSS" -j 1 log log.gz log >one
"$HRGLOSS" -j 3 log log.gz log >got 2>err && cmp -s one got && [ ! -s err ]
check "files that wait for each other" $? err
# enough for the threads to see that they should share the unpacking
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat log; done >large
gzip -1 <large >large.gz
tar -cf - large log large | gzip -1 >large.tar.gz
head -c "$(($(wc -c <large.gz) * 3 / 4))" large.gz >cut.gz
for file in large.gz large.tar.gz cut.gz; do
	"$HRGLOSS" -j 1 --every $file >one 2>one.err
	"$HRGLOSS" -j 3 --every $file >got 2>err
	cmp -s one got && cmp -s one.err err
	check "threads that unpack what they read: $file" $? err
done
printf 'space\tvalue\tname\tmeaning\nhresult\t0x8ABC0001\tACME_E_JAM\tpaper stuck in the feeder\n' >own.tsv
mkfifo pipe
"$HRGLOSS" -j 3 --codes own.tsv <pipe >got 2>err &
exec 3>pipe
for turn in 1 2 3; do
	cat log >&3
	kill -HUP $!
done
exec 3>&-
wait $! && cat log log log | "$HRGLOSS" -j 1 --codes own.tsv | cmp -s - got && [ ! -s err ]
check "tables that are read again while several threads use them" $? err
"$HRGLOSS" -j 4 log log log.gz >/dev/full 2>err
[ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ]
check "a full disk" $? err
exit $bad
