#!/bin/sh
# hrgloss before and after the journal, by the files of examples/shippers/journald. journald runs here in namespaces of its own, which takes
# root. Wants systemd, systemd-journal-remote, jq and util-linux.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need journalctl systemd-cat jq unshare
# journald takes blanks at the ends of lines off, a carriage return among them; what is not UTF-8 is binary to it
LC_ALL=C tr -d '\r' <log | iconv -c -f utf-8 -t utf-8 | sed 's/[ 	]*$//' >text
"$HRGLOSS" <text >expected
example journald/read >read

awk '{
	printf "__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=0123456789abcdef0123456789abcdef\nMESSAGE=%s\n\n",
		1700000000000000 + NR * 1000, NR * 1000, $0
}' text >export
/lib/systemd/systemd-journal-remote -o made.journal - <export >remote 2>&1
check "a journal is made" $? remote
sh read --file "made*.journal" -o cat >out 2>err
same "journalctl -o cat | hrgloss" out expected
sh read --file "made*.journal" -o json >out.json 2>>err
jq -r .MESSAGE out.json >out 2>>err
check "-o json stays JSON" $? err
same "-o json: explanations are in the messages" out expected
"$HRGLOSS" --strip out.json >stripped
journalctl --all --no-pager --file "made*.journal" -o json 2>>err | jq -Sc . >plain.json # the order of members is by chance
jq -Sc . stripped | cmp plain.json - >difference 2>&1
check "-o json: nothing else is changed" $? difference
[ ! -s err ]
check "nothing is said" $? err
rm -f made*.journal export out.json plain.json stripped

cat >inside <<'EOT'
mount -t tmpfs none /run && mkdir -p /run/systemd/journald.conf.d || exit 1
printf '[Journal]\nStorage=volatile\nRateLimitBurst=0\nRuntimeMaxUse=1G\nForwardToSyslog=no\nForwardToWall=no\n' \
	>/run/systemd/journald.conf.d/test.conf
/lib/systemd/systemd-journald >journald.out 2>&1 &
for i in 1 2 3 4 5 6 7 8 9; do
	[ -S /run/systemd/journal/stdout ] && break
	sleep 0.5
done
sh -c "$command"
for i in 1 2 3 4 5 6 7 8 9; do
	journalctl -D /run/log/journal --all -t app -o cat >out 2>err
	[ "$(wc -l <out)" -ge "$(wc -l <text)" ] && break
	sleep 1
done
EOT
command=$(example journald/hrgloss.service | sed -n "s/^ExecStart=.bin.sh -c '\(.*\)'$/\1/p" | sed "s|/usr/local/bin/app|cat $dir/text|") \
	timeout 90 unshare --mount --pid --fork --mount-proc sh inside >unshare.out 2>&1
check "a journald of its own runs" $? unshare.out
same "app | hrgloss | systemd-cat" out expected
exit $bad
