#!/bin/sh
# What is said when something cannot be done: where, why, once, in one line that steers nothing, and with a status to match.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
cp "$TOP/examples/sample.log" in
"$HRGLOSS" in >good
escape=$(printf '\033') newline='
'

# Standard output that cannot be written

full='hrgloss: standard output: No space left on device'
while read -r args; do
	"$HRGLOSS" $args >/dev/full 2>err
	[ $? -eq 2 ] && [ "$(cat err)" = "$full" ]
	check "a full disk is reported: $args" $? err
	"$HRGLOSS" $args 2>err >&-
	[ $? -eq 2 ] && [ "$(cat err)" = 'hrgloss: standard output: it is closed; redirect it to a file, a pipe or /dev/null' ]
	check "closed standard output is reported: $args" $? err
	trap '' PIPE
	{ "$HRGLOSS" $args 2>err; echo $? >status; } | :
	trap - PIPE
	[ "$(cat status)" = 0 ] && [ ! -s err ]
	check "a reader that has gone is not a fault: $args" $? err
done <<'ROWS'
--help
--version
--completions bash
--completions zsh
--completions fish
--explain 5
--explain 5 E_FAIL 0x80070005
--list
--export json
--export rsyslog
in
-j 1 in in
--format hits in
--summary in
--summary=json in
--summary=csv in
--summary=html in
ROWS
"$HRGLOSS" -o /dev/full in 2>err
[ $? -eq 2 ] && [ "$(cat err)" = 'hrgloss: /dev/full: No space left on device' ]
check 'a full disk is reported by the name of --output' $? err

# A pipe that is set not to block, as other programs may leave it: all comes through, however slow the reader is

for args in '--list' '--export json' '--export rsyslog'; do
	command -v python3 >pipe || {
		echo "ok - a pipe that does not block takes all of $args # SKIP there is no python3"
		continue
	}
	"$HRGLOSS" $args >whole
	python3 -c 'import fcntl, os, sys
read, write = os.pipe()
fcntl.fcntl(write, fcntl.F_SETFL, os.O_NONBLOCK)
if os.fork() == 0:
	os.dup2(write, 1)
	os.close(read)
	os.execv(sys.argv[1], sys.argv[1:])
os.close(write)
with os.fdopen(read, "rb") as pipe:
	sys.stdout.buffer.write(pipe.read())
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))' "$HRGLOSS" $args >got 2>err && cmp -s whole got
	check "a pipe that does not block takes all of $args" $? err
done

# Standard descriptors that are closed

"$HRGLOSS" -o out nosuch in 2>&-
[ $? -eq 1 ] && cmp -s good out
check 'with standard error closed, no message gets into a file' $?
rm out
"$HRGLOSS" -o out in 2>err >&-
[ $? -eq 0 ] && [ ! -s err ] && cmp -s good out
check 'with --output, standard output may be closed' $? err
"$HRGLOSS" --output-dir folder in 2>err >&-
[ $? -eq 0 ] && [ ! -s err ] && cmp -s good folder/in
check 'with --output-dir, standard output may be closed' $? err
rm out
"$HRGLOSS" -o out in 2>&- >&- <&-
[ $? -eq 0 ] && cmp -s good out
check 'all three may be closed' $?
"$HRGLOSS" in 2>err <&- | cmp -s - good
check 'standard input may be closed where files are named' $? err
"$HRGLOSS" 2>err <&-
[ $? -eq 1 ] && [ "$(wc -l <err)" -eq 1 ] && grep -q '^hrgloss: -: ' err
check 'closed standard input is reported where it is to be read' $? err

# Counts that cannot be written

for path in nofolder/x in/x; do
	"$HRGLOSS" --metrics $path in 2>err | cmp -s - good
	[ $? -eq 0 ] && [ "$(wc -l <err)" -eq 1 ] && grep -q "^hrgloss: $path: [A-Z]" err
	check "counts that cannot be written are reported once: $path" $? err
	"$HRGLOSS" --metrics $path in >out 2>err
	[ $? -eq 2 ] && [ ! -e nofolder ]
	check "counts that cannot be written end in status 2: $path" $?
done
"$HRGLOSS" --metrics counts in 2>err >/dev/full
[ $? -eq 2 ] && grep -q '^hrgloss_lines_total ' counts
check 'counts are written, too, where the output cannot be' $? err

# Names and arguments that would steer a terminal, or forge a message

evil="e${escape}[31m${newline}hrgloss: forged"
shown='e\\x1b\[31m\\nhrgloss: forged'
wrong=$(printf 'x\377y\302\233z')

# one line of messages, nothing of which is a control character
is_clean() {
	[ "$(wc -l <err)" -eq "${1:-1}" ] && ! grep -q '[[:cntrl:]]' err && iconv -f UTF-8 -t UTF-8 err >utf8
}
"$HRGLOSS" "$evil" 2>err
is_clean && grep -q "^hrgloss: $shown: No such file" err
check 'a name is shown with escapes' $? err
"$HRGLOSS" "$wrong" 2>err
is_clean && grep -qF 'hrgloss: x\xffy\u009bz: No such file' err
check 'a name that is not UTF-8 is shown with escapes' $? err
for option in color lang from output-encoding place jobs max-line-out input schema export completions; do
	"$HRGLOSS" --$option "$evil" in >out 2>err
	is_clean && grep -q "$shown" err
	check "the argument of --$option is shown with escapes" $? err
done
for option in codes pack output metrics; do
	"$HRGLOSS" --$option "nosuch/$evil" in >out 2>err
	is_clean && grep -q "^hrgloss: nosuch/$shown: " err
	check "the file of --$option is shown with escapes" $? err
done
"$HRGLOSS" "--$evil" 2>err
is_clean 2 && grep -q "$shown" err
check 'an option that does not exist is shown with escapes' $? err
"$HRGLOSS" --explain "$evil" 2>err
is_clean && grep -q "$shown" err
check 'a code that is not known is shown with escapes' $? err
"$HRGLOSS" --list "$evil" 2>err
is_clean && grep -q "$shown" err
check 'a space that does not exist is shown with escapes' $? err
mkdir evil
cp in "evil/$evil"
tar -cf evil.tar in "evil/$evil"
printf 'PK\3\4 cut' >"evil/$evil"
"$HRGLOSS" "evil/$evil" evil.tar >out 2>err
is_clean && grep -q "^hrgloss: evil/$shown: " err
check 'an archive that is damaged is shown with escapes' $? err
mkdir -p D/evil
: >D/evil/evil
"$HRGLOSS" --output-dir D evil.tar 2>err
is_clean && grep -q "^hrgloss: D/evil/evil/$shown: Not a directory" err
check 'a member that cannot be written is shown with escapes' $? err

# The same in what is printed

cp in "$evil"
for format in table csv html json; do
	"$HRGLOSS" --summary=$format "$evil" >out 2>err
	[ $? -eq 0 ] && ! grep -q "$escape" out && ! grep -q '^hrgloss: forged' out && grep -q 'forged' out
	check "a summary shows names with escapes: $format" $? out
done
cp in "$wrong"
for args in --summary=json '--format hits'; do
	"$HRGLOSS" $args "$wrong" >out 2>err
	LC_ALL=C grep -q '\\u009b\|\\u009B' out && ! LC_ALL=C grep -q "$(printf '\302\233')" out
	check "what some terminals obey is escaped: $args" $? out
done
"$HRGLOSS" -H "$evil" | grep -q "^e$escape"
check 'another program gets the names of -H as they are' $?
if command -v script >pipe; then
	script -qec "'$HRGLOSS' -H e*forged" /dev/null </dev/null >out 2>&1
	grep -q "^$shown:" out && ! grep -q "$escape\[31m" out
	check 'a terminal gets the names of -H with escapes' $? out
else
	echo 'ok - a terminal gets the names of -H with escapes # SKIP there is no script(1)'
fi

# However long the name is, the reason is there

long=$(printf '%0250d/' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
for name in "${long}end" "$(printf "%03000d\n" 1 | tr 0 '\1')/end"; do
	"$HRGLOSS" "$name" 2>err
	is_clean && grep -q '…' err && grep -q '^hrgloss: .*end: File name too long$' err && [ "$(wc -c <err)" -le 4096 ]
	check 'a long name is shortened in its middle' $? err
done
"$HRGLOSS" --lang "$(head -c 100000 /dev/zero | tr '\0' x)" 2>err
is_clean && grep -q '^hrgloss: --lang knows no `xxx.*…xxx.*`: it takes en or pt_BR$' err && [ "$(wc -c <err)" -le 4096 ]
check 'a long argument is shortened in its middle' $? err
exit $bad
