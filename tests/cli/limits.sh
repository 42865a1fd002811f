#!/bin/sh
# Full disks, closed pipes, huge lines, slow and odd inputs.
set -u
. "$TOP/tests/tap.sh"

# a line of `$1` MiB without a newline: full of codes, or with one in 4 KiB
long_line() {
	yes 'word 0x80070005 word E_FAIL word error 1326 of windows, ' | tr -d '\n' | head -c "$(($1 * 1048576))"
}
sparse_line() {
	yes "$(yes 'some words of a line' | head -n 200 | tr '\n' ' ')0x80070005 " | tr -d '\n' | head -c "$(($1 * 1048576))"
}

case $HRGLOSS in
*asan*) mib=24 bound=400000 ;; # AddressSanitizer's own memory counts, too
*) mib=1024 bound=10240 ;;
esac

"$HRGLOSS" --version >/dev/full 2>"$dir/err"
[ $? -eq 2 ]
check "a full disk under --version ends with status 2" $?

echo 0x80070005 | "$HRGLOSS" >/dev/full 2>"$dir/err"
[ $? -eq 2 ] && grep -q 'standard output: No space left on device' "$dir/err"
check "a full disk ends with status 2 and says so" $?

"$HRGLOSS" --list >/dev/full 2>"$dir/err"
[ $? -eq 2 ]
check "a full disk under --list ends with status 2" $?

(trap '' PIPE; yes 0x80070005 | "$HRGLOSS"; echo $? >"$dir/status") 2>"$dir/err" | head -n 1 >"$dir/out"
[ "$(cat "$dir/status")" -eq 0 ] && [ ! -s "$dir/err.hrgloss" ] && ! grep -q hrgloss "$dir/err"
check "a reader that goes away ends it quietly where SIGPIPE is ignored" $?

(yes 0x80070005 | "$HRGLOSS"; echo $? >"$dir/status") 2>"$dir/err" | head -n 1 >"$dir/out"
[ "$(cat "$dir/status")" -eq 141 ] && [ ! -s "$dir/err" ]
check "a reader that goes away ends it quietly by SIGPIPE" $?

for line in sparse_line long_line; do
	[ $line = sparse_line ] || mib=24
	$line "$mib" | command time -f %M -o "$dir/memory" "$HRGLOSS" --every >/dev/null 2>&1
	memory=$(tail -n 1 "$dir/memory")
	[ "$memory" -lt "$bound" ]
	check "a line of $mib MiB ($line) goes through in less than $bound KiB" $? "$memory KiB"
done

long_line 24 | "$HRGLOSS" --every | "$HRGLOSS" --strip | cmp -s - "$(long_line 24 >"$dir/long"; echo "$dir/long")"
check "a line of 24 MiB comes back from --strip" $?

long_line 8 | dd bs=777 iflag=fullblock 2>/dev/null | "$HRGLOSS" --every | cksum >"$dir/a"
long_line 8 | "$HRGLOSS" --every | cksum >"$dir/b"
cmp -s "$dir/a" "$dir/b"
check "a long line is glossed the same in small reads" $?

head -c 3000000 /dev/urandom >"$dir/random"
"$HRGLOSS" --strict "$dir/random" | "$HRGLOSS" --strip | cmp -s - "$dir/random"
check "random bytes come back from --strip" $?

mkfifo "$dir/in" "$dir/out.fifo"
"$HRGLOSS" <"$dir/in" >"$dir/out.fifo" &
exec 4<>"$dir/in" 5<"$dir/out.fifo"
echo 'first 0x80070005' >&4
read -r answer <&5
case $answer in 'first 0x80070005 [E_ACCESSDENIED'*) true ;; *) false ;; esac
check "a whole line is out before the next read waits" $? "$answer"
printf 'half 0x8009' >&4
sleep 0.1
printf '030c line\n' >&4
read -r answer <&5
case $answer in 'half 0x8009030c [SEC_E_LOGON_DENIED'*) true ;; *) false ;; esac
check "a line that comes in two halves is one line" $? "$answer"
exec 4>&- 5<&-
wait

cd "$dir" || exit 1
printf 'no newline 0x80070005' >f1
: >empty
printf '\n\n\r\n' >blank
cat f1 empty blank f1 | cksum >"$dir/a"
"$HRGLOSS" f1 empty blank f1 | "$HRGLOSS" --strip | cksum >"$dir/b"
cmp -s "$dir/a" "$dir/b"
check "files without newline, without bytes, with blank lines keep all they have" $?

"$HRGLOSS" --list | tail -n +2 | cut -f 3 | grep . | sort -u | tr '\n' ' ' >every-name
for place in eol below; do
	{ cat every-name; echo; echo E_FAIL; } | "$HRGLOSS" -p $place --stats 2>err >got
	head -n 1 got | tr -d '\n' | cmp -s - every-name && grep -q '^left_out [1-9][0-9]\{4\}$' err && grep -q '^glosses 1$' err && tail -n 2 got | grep -q 'E_FAIL =\|E_FAIL \[\|\[E_FAIL'
	check "a line with more than a megabyte to be said of it, $place, has none of it, and all is counted" $? err
done

"$HRGLOSS" <&- >"$dir/out" 2>"$dir/err"
[ $? -eq 1 ] && grep -q 'hrgloss: -: ' "$dir/err"
check "a closed standard input is an input that cannot be read" $?
exit $bad
