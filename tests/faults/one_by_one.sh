# Sourced by what lets things fail one by one. The caller says what a run is: run N lets the N-th thing fail, none if that is 0;
# it leaves what is put out in the files out and err, the exit status in $STATUS, and in the file mark the number of what has
# failed, or with 0 of all that could have. $samples is about how many fail, one a run.
loader=0 # the status with which the loader ends a program for which it has no memory, where that can be
turn=0

# Lets them fail; adds to $wrong what goes wrong, which is called $1, to $failed how many have failed, and to $felt how many of
# those made a difference.
one_by_one() {
	run 0
	mv out good
	good=$STATUS count=$(cat mark)
	step=$((count / samples + 1))
	turn=$((turn + 1))
	at=$((turn % step + 1))
	while [ "$at" -le "$count" ]; do
		run "$at"
		if [ "$(cat mark 2>&1)" != "$at" ]; then
			# threads do not always take the same way, which shows at the end
			[ "$at" -gt $((count - count / 4 - 1)) ] || wrong="$wrong $1 $at (nothing failed);"
		else
			failed=$((failed + 1))
			is_right || wrong="$wrong $1 $at (status $STATUS, $(wc -l <err) messages);"
		fi
		at=$((at + step))
	done
}

# All that there should be, or a status that says otherwise, and a message.
is_right() {
	[ "$STATUS" -lt 124 ] || [ "$STATUS" -eq "$loader" ] || return 1
	[ "$STATUS" -ne "$good" ] || ! cmp -s good out || return 0
	felt=$((felt + 1))
	! is_excused || return 0
	! must_not_be_felt && [ "$STATUS" -ne 0 ] || return 1
	case $args in
	*rsyslog*) ;; # which takes all that is said for an answer
	*) [ -s err ] ;;
	esac
}
