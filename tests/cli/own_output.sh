#!/bin/sh
# An input that is the output would never end: it is refused and named, as cat does it, and the rest is done.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

echo 'one E_FAIL' >one
echo 'two E_FAIL' >two
"$HRGLOSS" one >one.glossed
"$HRGLOSS" two >two.glossed
ln -s out link
mkdir logs

# fresh: the output has a line already, alone or among others
fresh() {
	rm -rf out logs/*
	cp one out
	cp two logs/a.log
	cp two logs/c.log
}
# A run that does not end on its own ends at a limit of its output.
limited() {
	(ulimit -f 1000; eval "$1") 2>err
}
while IFS='|' read -r name what added command; do
	for jobs in 1 4; do
		fresh
		cp one logs/b.log
		limited "\"\$HRGLOSS\" -j $jobs $command"
		status=$?
		{ cat one; eval "$added"; } >expected
		file=${what#*=}
		[ $status -eq 1 ] && cmp -s expected "$file" && [ "$(cat err)" = "hrgloss: ${what%%=*}: input file is output file" ]
		check "$name, with -j $jobs" $? err
	done
done <<'ROWS'
standard output is the input|out=out||out >>out
standard output is standard input|-=out||<out >>out
-o is the input|out=out||-o out out
-o is the input by another name|link=out||-o out link
standard output is among the inputs|out=out|cat one.glossed two.glossed|one out two >>out
-o is in the folder|logs/b.log=logs/b.log|cat two.glossed two.glossed|-r logs -o logs/b.log
ROWS

for jobs in 1 4; do
	fresh
	limited "\"\$HRGLOSS\" -j $jobs -r logs -o logs/out"
	[ $? -eq 1 ] && cat two.glossed two.glossed | cmp -s - logs/out && [ "$(cat err)" = 'hrgloss: logs/out: input file is output file' ]
	check "-o makes a file in the folder, with -j $jobs" $? err
done
rm -f logs/out

# What has nothing in it cannot feed on itself

while IFS='|' read -r name expected command; do
	: >out
	limited "$command"
	[ $? -eq 0 ] && [ ! -s err ] && cmp -s out "$expected"
	check "untouched: $name" $? err
done <<'ROWS'
a file that the shell has emptied for both|/dev/null|"$HRGLOSS" <out >out
a file that is empty|/dev/null|"$HRGLOSS" out >>out
a file that is empty, after another|one.glossed|"$HRGLOSS" one out >>out
a file that is empty, with -o|/dev/null|"$HRGLOSS" -o out out
a file that -o makes|/dev/null|rm out; "$HRGLOSS" -o out out
/dev/null|/dev/null|"$HRGLOSS" </dev/null >/dev/null
/dev/null by its name|/dev/null|"$HRGLOSS" /dev/null >/dev/null
a summary, which comes after all is read|/dev/null|cp one in; "$HRGLOSS" --summary in >>in
a folder of outputs|/dev/null|"$HRGLOSS" --output-dir made one >>one
ROWS

# Counts for a collector

echo '# HELP hrgloss_x counts of the last time' >logs/m.prom
cp two logs/a.log
rm -f logs/b.log logs/c.log
"$HRGLOSS" -r --metrics logs/m.prom logs >got 2>err
[ $? -eq 1 ] && [ "$(cat err)" = 'hrgloss: logs/m.prom: input file is output file' ] && cmp -s got two.glossed &&
	grep -q '^hrgloss_lines_total 1$' logs/m.prom
check "the file of --metrics in the folder is not an input" $? err
cp two precious
"$HRGLOSS" --metrics precious precious one >got 2>err
[ $? -eq 1 ] && cmp -s precious two && cmp -s got one.glossed && grep -q '^hrgloss: precious: is an input, and is not overwritten$' err
check "--metrics does not overwrite what is named as an input" $? err
for name in 'is the output|-o out one|out' 'holds something other than counts|-r logs|logs/a.log' 'holds something other than counts|--output-dir made one|two'; do
	cp two logs/a.log
	cp one.glossed out
	file=${name##*|} options=${name#*|}
	cp "$file" kept
	"$HRGLOSS" ${options%|*} --metrics "$file" >got 2>err
	[ $? -eq 1 ] && head -c 20 "$file" >now && head -c 20 kept | cmp -s - now && grep -q "^hrgloss: $file: ${name%%|*}, and is not overwritten\$" err
	check "--metrics keeps a file that ${name%%|*}: ${options%|*}" $? err
done
mkfifo pipe
"$HRGLOSS" --metrics pipe one >got 2>err
[ $? -eq 2 ] && [ -p pipe ] && [ "$(cat err)" = 'hrgloss: pipe: Operation not supported' ]
check "--metrics does not take the place of what is not a file" $? err
mkdir made2 && mkfifo made2/one
"$HRGLOSS" --force --output-dir made2 one two >got 2>err
[ $? -eq 1 ] && [ -p made2/one ] && cmp -s made2/two two.glossed && grep -q '^hrgloss: made2/one: ' err
check "--force does not overwrite what is not a file, and the rest is done" $? err
exit $bad
