# What the tests of log shippers share, on top of tap.sh: a log of 200,000 lines, $dir/log, and what hrgloss makes of it by
# itself, $dir/explained. Every test of a shipper holds that what comes out after it is $dir/explained, byte for byte: no line
# lost, doubled, torn or in another order, and each gloss in its place.
lines=200000
shippers=$TOP/examples/shippers
cd "$dir" || exit 1

# make_log FIRST LAST: numbered lines. Some have codes, some are long, some have tabs, a carriage return before the line feed,
# UTF-8, or bytes that are not UTF-8.
make_log() {
	LC_ALL=C awk -v first="$1" -v last="$2" 'BEGIN {
		split("0x8009030c 0x80070005 0xC000006D -2146893044 SEC_E_WRONG_PRINCIPAL 0x800F0805 0xC0000072", code)
		for (i = 0; i < 3000; i += 10)
			long = long "stack=10. "
		for (i = first; i <= last; i++) {
			text = i % 4 == 0 ? "logon failed, error " code[i / 4 % 7 + 1] ", state " i % 9 : "request " i * 7 % 1000 " took " i % 83 " ms"
			if (i % 101 == 0)
				text = text " " long code[i % 7 + 1] " end"
			if (i % 37 == 0)
				text = text "\ta\tb\tSub Status: 0xC0000072"
			if (i % 41 == 0)
				text = text " sess\303\243o n\303\243o aberta \342\202\254"
			if (i % 43 == 0)
				text = text " \377\376 caf\351 \303"
			if (i % 47 == 0)
				text = text "\r"
			printf "%06d %s\n", i, text
		}
	}'
}

# The example of that name below examples/shippers, with the program and the folder /var/log of this test.
example() {
	sed "s|/usr/local/bin/hrgloss|$HRGLOSS|g; s|/var/log/|$dir/|g" "$shippers/$1"
}

need() {
	for program; do
		command -v "$program" >which || {
			echo "not ok - $program is missing: make deps-full"
			exit 1
		}
	done
}

# within SECONDS COMMAND ...: tries until the command succeeds
within() {
	tries=$(($1 * 10))
	shift
	until "$@" 2>try; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.1
	done
}

# has_lines COUNT FILE: that file and those of its rotation together
has_lines() {
	[ "$(cat "$2"* | wc -l)" -ge "$1" ]
}

# write_slowly FILE: appends the log to a file in forty pieces that do not end at lines
write_slowly() {
	split -n 40 log piece.
	for piece in piece.*; do
		cat "$piece" >>"$1"
		sleep 0.05
	done
	rm piece.*
}

gone() {
	! kill -0 "$1"
}

# same NAME FILE [EXPECTED]: the file is what hrgloss makes of the log; if not, says where it is not
same() {
	cmp "$2" "${3:-explained}" >difference 2>&1
	check "$1" $? difference
}

# stop PID: TERM, and waits for the end; a process that stays is killed, which is a failure
stop() {
	kill "$1" 2>end
	within 10 gone "$1" || {
		kill -KILL "$1"
		return 1
	}
}

# What a test leaves running is a process in $running; it is stopped, and awaited.
running=
leave() {
	for process in $running; do
		stop "$process"
	done
	rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' INT TERM HUP

make_log 1 $lines >log
"$HRGLOSS" <log >explained
grep -ac 'SEC_E_LOGON_DENIED:' explained >glosses
[ "$(wc -l <explained)" = $lines ] && [ "$(cat glosses)" -gt 5000 ] && "$HRGLOSS" --strip <explained | cmp -s - log
check "the log has lines with codes" $? glosses
