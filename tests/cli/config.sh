#!/bin/sh
# The file that HRGLOSS_CONFIG names: an option a line, which give way to the command line.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
echo '0x8009030c failed' >in
printf 'space\tvalue\tname\tmeaning\nhresult\t0x8ABC0001\tACME_E_JAM\tpaper stuck\n' >own.tsv
printf 'space\tvalue\tname\tmeaning\nhresult\t0x8ABC0002\tACME_E_OUT\tno toner\n' >more.tsv
export HRGLOSS_CONFIG="$dir/config"

shown() {
	printf '%s' "$config" | sed 's/ *\\[nr]/ /g'
}

# what the file holds | arguments | the same without a file
n=0
while IFS='|' read -r config args same; do
	printf '%b' "$config" >config
	"$HRGLOSS" $args >got 2>&1
	status=$?
	HRGLOSS_CONFIG= "$HRGLOSS" $same >want 2>&1
	[ $? -eq $status ] && cmp -s want got
	check "\`$(shown)\` and \`$args\` are \`$same\`" $? got
	n=$((n + 1))
done <<'ROWS'
--hint|in|--hint in
--hint\n|in|--hint in
# a comment\n\n  --lang=pt_BR  \r\n|in|--lang pt_BR in
--lang\npt_BR\n|in|--lang pt_BR in
-lpt_BR\n-e|in|--every --lang pt_BR in
--lang=pt_BR|--lang en in|--lang en in
--lang=pt_BR\n--lang=en|in|--lang en in
--place=below\n--hint|in|--place below --hint in
--place=below|--format ndjson in|--format ndjson in
--place=below|--strip in|--strip in
--hint\n--place=eol|--explain 5|--explain 5
--hint|--list http|--list http
--inline|in|in
--inline|--format ndjson in|--inline --format ndjson in
--format=ndjson\n--inline|in|--inline --format ndjson in
--format=ndjson\n--inline|-f text in|-f text in
--codes=own.tsv|--explain ACME_E_JAM|--codes own.tsv --explain ACME_E_JAM
--codes=own.tsv|--codes more.tsv --explain ACME_E_JAM ACME_E_OUT|--codes own.tsv --codes more.tsv --explain ACME_E_JAM ACME_E_OUT
--codes=own.tsv\n--codes=more.tsv|--explain ACME_E_JAM ACME_E_OUT|--codes own.tsv --codes more.tsv --explain ACME_E_JAM ACME_E_OUT
--hint|--no-config in|in
--nonsense|--no-config in|in
--nonsense|--help|--help
|in|in
ROWS
[ $n -eq 23 ]
check 'all of these were tried' $?

# what the file holds | what is said
while IFS='|' read -r config words; do
	printf '%b' "$config" >config
	"$HRGLOSS" in >got 2>err
	[ $? -eq 2 ] && [ ! -s got ] && head -n 1 err | grep -qF "$words" &&
		tail -n 1 err | grep -qxF "It is in $dir/config, which HRGLOSS_CONFIG names."
	check "\`$(shown)\` is refused, with the file's name" $? err
done <<'ROWS'
--nonsense|hrgloss: there is no option `--nonsense`
--lang|hrgloss: `--lang` needs an argument
in|hrgloss: `in` is not an option
--|hrgloss: `--` is not an option
--jobs=many|hrgloss: --jobs takes a number from 1 to 9999, not `many`
ROWS
printf -- '--place=eol\n--every\n' >config
"$HRGLOSS" in 2>err
[ $? -eq 2 ] && grep -q -- '--place eol does not go with --every' err
check 'options of the file that do not go together are refused' $? err
HRGLOSS_CONFIG=missing "$HRGLOSS" in 2>err
[ $? -eq 2 ] && [ "$(cat err)" = 'hrgloss: missing: No such file or directory; HRGLOSS_CONFIG names it, --no-config does without' ]
check 'a file that is not there is reported' $? err
HRGLOSS_CONFIG= "$HRGLOSS" in >got && HRGLOSS_CONFIG= "$HRGLOSS" --no-config in | cmp -s - got
check 'an empty HRGLOSS_CONFIG names nothing' $?

# Colours
unset HRGLOSS_CONFIG
while IFS='|' read -r variables colored; do
	env $variables "$HRGLOSS" in | grep -q "$(printf '\033')"
	[ $? -eq $colored ]
	check "into a file with $variables: $([ $colored -eq 0 ] || echo no) colour" $?
done <<'ROWS'
CLICOLOR_FORCE=1|0
CLICOLOR_FORCE=0|1
CLICOLOR_FORCE=|1
CLICOLOR_FORCE=1 NO_COLOR=1|1
NO_COLOR=1|1
X=|1
ROWS
printf '{"m":"0x8009030c"}\n' | CLICOLOR_FORCE=1 "$HRGLOSS" | grep -q "$(printf '\033')"
[ $? -eq 1 ]
check 'JSON has no colour' $?

# A terminal as standard input
if command -v script >path; then
	script -qec "'$HRGLOSS' --format text >out" /dev/null </dev/null >said 2>&1
	grep -q 'hrgloss reads from the terminal, up to Ctrl-D' said
	check 'on a terminal without files it says that it reads' $? said
	echo x | "$HRGLOSS" 2>err | grep -q x && [ ! -s err ]
	check 'of a pipe it says nothing' $? err
else
	echo 'ok - a terminal as standard input # SKIP there is no script(1)'
fi
exit $bad
