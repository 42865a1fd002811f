#!/bin/sh
# hrgloss as the processor of multilog, svlogd and s6-log, by the files in examples/shippers. Each of them hands a file over
# when it rotates it; the last one stays as it came. Wants daemontools, runit, s6 and execline.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need multilog svlogd s6-log

# rotated NAME EXPECTED: the files that NAME rotated, and its last one, which is explained here
rotated() {
	[ "$(ls "$1" | grep -c '^@.*\.s$')" -gt 5 ] && [ ! -s "$1.err" ]
	check "$1: many files went through the processor, and nothing was said" $? "$1.err"
	{
		cat "$1"/@*.s
		"$HRGLOSS" <"$1/current"
	} >all
	same "$1: all of them together" all "$2"
}

# multilog and s6-log begin as the scripts say, but for the account, which is not here
script() {
	example "$1" | sed "s|s6-setuidgid log ||; s|setuidgid log ||; s|chpst -u log ||"
}

mkdir multilog svlogd s6-log
# multilog tears lines that are longer than 2000 bytes where it rotates
LC_ALL=C awk 'length($0) < 1900' log >short
"$HRGLOSS" <short >short.explained
script multilog/run | sed "s|$dir/app|$dir/multilog|" >multilog.run
sh multilog.run <short >out 2>multilog.err
rotated multilog short.explained

example svlogd/config >svlogd/config
script svlogd/run | sed "s|$dir/app|$dir/svlogd|" >svlogd.run
sh svlogd.run <log >out 2>svlogd.err
rotated svlogd explained

script s6-log/run | sed "s|$dir/app|$dir/s6-log|" >s6-log.run
sh s6-log.run <log >out 2>s6-log.err
rotated s6-log explained
exit $bad
