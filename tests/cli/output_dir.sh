#!/bin/sh
# --output-dir: a file for each input, whole or not at all, and nowhere else.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

printf 'one E_FAIL\nno end 0x80070005' >a.log
printf 'two E_FAIL\n' >b.log
"$HRGLOSS" a.log >a.glossed
"$HRGLOSS" b.log >b.glossed
files() { # below a folder, in one line
	find "$1" ! -type d | sort | tr '\n' ' '
}

"$HRGLOSS" --output-dir out a.log ./b.log >got 2>err
[ $? -eq 0 ] && [ ! -s got ] && [ ! -s err ] && cmp out/a.log a.glossed && cmp out/b.log b.glossed &&
	[ "$(files out)" = 'out/a.log out/b.log ' ]
check "each file has its output under its name, and standard output none" $? err
echo old >out/a.log
echo old >old
rm out/b.log
"$HRGLOSS" --output-dir out a.log b.log 2>err
[ $? -eq 1 ] && cmp -s out/a.log old && cmp -s out/b.log b.glossed &&
	[ "$(cat err)" = 'hrgloss: out/a.log: is there already; --force overwrites it' ]
check "a file that is there already is not overwritten, and the rest is done" $? err
ln -s nowhere out/c.log
cp a.log c.log
"$HRGLOSS" --output-dir out c.log 2>err
[ $? -eq 1 ] && [ -L out/c.log ] && [ ! -e out/nowhere ] && grep -q '^hrgloss: out/c.log: is there already' err
check "nor is a link that leads nowhere" $? err
"$HRGLOSS" --force --output-dir out a.log && cmp -s out/a.log a.glossed
check "--force overwrites it" $?
cp a.log x.log
gzip -k x.log
echo mine >x.log
"$HRGLOSS" --output-dir . x.log.gz 2>err
[ $? -eq 1 ] && [ "$(cat x.log)" = mine ] && [ "$(cat err)" = 'hrgloss: ./x.log: is there already; --force overwrites it' ]
check "what comes out of a packed file does not overwrite a file beside it" $? err
rm -f x.log x.log.gz c.log
"$HRGLOSS" --output-dir some/where/deep/ a.log && cmp -s some/where/deep/a.log a.glossed
check "the folder is made, with those on the way" $?

# Names: suffixes go with what they stand for
while read -r expected name command; do
	rm -rf named out
	mkdir named
	(cd named && cp ../a.log plain && eval "$command") >/dev/null 2>&1 || exit 1
	"$HRGLOSS" --output-dir out "named/$name"
	[ "$(files out)" = "out/$expected " ] && cmp -s "out/$expected" a.glossed
	check "$name becomes $expected" $? "$(files out)"
done <<'ROWS'
a.log a.log.gz gzip -c plain >a.log.gz
a.log a.log.BZ2 bzip2 -c plain >a.log.BZ2
a.log a.log.xz xz -c plain >a.log.xz
a.log a.log.zst zstd -c plain >a.log.zst
a.log a.log.lz4 lz4 -c plain >a.log.lz4
a.log a.log gzip -c plain >a.log
a.gz a.gz cp plain a.gz
a.zip a.zip cp plain a.zip
a.log.1 a.log.1.gz gzip -c plain >a.log.1.gz
.gz .gz gzip -c plain >.gz
logs/plain logs.zip zip -q logs.zip plain
logs/sub/a.log logs.7z mkdir sub; cp plain sub/a.log; 7z a logs.7z sub
logs/plain logs.tar tar cf logs.tar plain
logs/plain logs.tar.gz tar czf logs.tar.gz plain
logs/plain logs.tgz tar czf logs.tgz plain
logs/plain logs.tar.zst tar cf - plain | zstd >logs.tar.zst
logs/plain logs.zip gzip plain; zip -q logs.zip plain.gz
logs/in.zip/plain logs.zip zip -q in.zip plain; zip -q logs.zip in.zip
odd/plain odd zip -q odd.zip plain; mv odd.zip odd
ROWS

mkdir -p tree/x/y
cp a.log tree/a.log
gzip -c b.log >tree/x/y/b.log.gz
rm -rf out
"$HRGLOSS" -r --output-dir out tree && [ "$(files out)" = 'out/a.log out/x/y/b.log ' ] && cmp -s out/x/y/b.log b.glossed
check "-r puts files where they were below the folder" $?
for i in 1 2; do
	"$HRGLOSS" -r -j 3 --force --output-dir tree/x/out tree
done
[ "$(files tree)" = 'tree/a.log tree/x/out/a.log tree/x/out/x/y/b.log tree/x/y/b.log.gz ' ]
check "an output folder among the inputs is not an input" $? "$(files tree)"

while read -r how suffix tool; do
	rm -rf out
	"$HRGLOSS" --output-dir out --compress "$how" a.log && [ "$(files out)" = "out/a.log.$suffix " ] &&
		$tool -dc "out/a.log.$suffix" | cmp -s - a.glossed
	check "--compress $how makes what $tool reads" $?
	seq 400000 >long
	"$HRGLOSS" --output-dir out --compress "$how" long && $tool -dc "out/long.$suffix" | cmp -s - long
	check "--compress $how takes megabytes" $?
	: >empty
	"$HRGLOSS" --output-dir out --compress "$how" empty && $tool -dc "out/empty.$suffix" | cmp -s - empty
	check "--compress $how makes something of an empty file" $?
done <<'ROWS'
gzip gz gzip
zstd zst zstd
ROWS

for mode in 644 600 640 755; do
	chmod $mode a.log
	rm -rf out
	(umask 077; "$HRGLOSS" --output-dir out a.log)
	[ "$(stat -c %a out/a.log)" = $mode ]
	check "permissions $mode are kept" $?
done

# Nobody else's files

mkdir evil
for path in ../up.log /abs.log ../../../../tmp/hrgloss-up.log a/../../up.log './dot.log' 'c:\..\..\back.log' .. ; do
	echo 'E_FAIL' >evil/member
	rm -rf deep evil.tar evil.zip
	mkdir -p deep/out
	tar cPf evil.tar --transform "s,.*,$(printf %s "$path" | sed 's,\\,\\\\,g'),;" evil/member 2>err || cat err
	"$HRGLOSS" --output-dir deep/out evil.tar 2>err
	mkdir -p deep/out/evil
	[ "$(files deep)" = "$(files deep/out/evil)" ] && [ ! -e /tmp/hrgloss-up.log ] && [ ! -e /abs.log ] && [ ! -e up.log ]
	check "a member called $(printf %s "$path" | tr '\\' %) stays below the folder" $? "$(files deep)"
done
# a zip can name members freely, too: the name is changed in place
cp b.log xxyup.log
zip -q evil.zip xxyup.log
sed -i 's,xxyup,../up,g' evil.zip
rm -rf deep
"$HRGLOSS" --output-dir deep/out evil.zip && [ "$(files deep)" = 'deep/out/evil/up.log ' ]
check "a member of a zip called ../up.log stays below the folder" $? "$(files deep)"

for jobs in 1 4; do
	rm -rf out
	"$HRGLOSS" -j $jobs --output-dir out a.log tree/a.log b.log 2>err
	[ $? -eq 1 ] && cmp out/a.log a.glossed && cmp out/b.log b.glossed && [ "$(wc -l <err)" -eq 1 ] &&
		grep -q '^hrgloss: out/a.log: two inputs' err
	check "of two inputs of the same name one is refused with -j $jobs" $? err
done
for folder in . ../here ./; do
	rm -rf here
	mkdir here
	cp a.log b.log here
	(cd here && "$HRGLOSS" --output-dir $folder a.log b.log 2>../err)
	[ $? -eq 1 ] && cmp a.log here/a.log && cmp b.log here/b.log && [ "$(files here)" = 'here/a.log here/b.log ' ] &&
		[ "$(grep -c 'is an input, and is not overwritten' err)" -eq 2 ]
	check "--output-dir $folder overwrites no input" $? err
done
(cd here && gzip -k a.log && "$HRGLOSS" -j 1 --output-dir . a.log.gz a.log 2>../err)
[ $? -eq 1 ] && cmp -s a.log here/a.log
check "what comes out of a packed file overwrites no other input" $? err
(cd here && "$HRGLOSS" -r --output-dir . . 2>../err)
[ $? -eq 1 ] && cmp -s a.log here/a.log && cmp -s b.log here/b.log && grep -q 'is not overwritten' err
check "a folder is not written over itself" $? err
rm -rf out
mkdir -p out/a.log
for jobs in 1 4; do
	rm -f out/b.log
	"$HRGLOSS" -j $jobs --metrics counts --output-dir out a.log b.log 2>err
	[ $? -eq 1 ] && [ "$(cat err)" = 'hrgloss: out/a.log: is a folder, and no file can take its place' ] && cmp -s out/b.log b.glossed &&
		[ "$(files out)" = 'out/b.log ' ] && grep -q '^hrgloss_errors_total 1$' counts
	check "where a folder has the name of a file, that input is left out and the others are done, with -j $jobs" $? err
done
ln -s here/a.log linked
"$HRGLOSS" --output-dir here here/b.log linked 2>err
cmp -s a.log here/a.log && cmp -s here/linked a.glossed
check "a link to an input is an input" $? err

# What cannot be written costs that member alone

long=$(printf '%0256d' 0)
cp b.log 1.log
cp b.log 3.log
tar cf long.tar 1.log
cp a.log 2.log
tar rf long.tar --transform "s,2.log,$long," 2.log
tar rf long.tar --transform "s,2.log,$long/below," 2.log
tar rf long.tar --transform "s,2.log,1.log/below," 2.log
tar rf long.tar --transform "s,2.log,..," -P 2.log 2>log
tar rf long.tar 3.log
for jobs in 1 4; do
	rm -rf out
	"$HRGLOSS" -j $jobs --output-dir out long.tar a.log 2>err
	[ $? -eq 1 ] && [ "$(files out)" = 'out/a.log out/long/1.log out/long/3.log ' ] && cmp -s out/long/3.log b.glossed &&
		[ "$(wc -l <err)" -eq 4 ] && [ "$(grep -c '^hrgloss: out/long/0*\(/below\)\?: File name too long$' err)" -eq 2 ] &&
		grep -q '^hrgloss: out/long/1.log/below: Not a directory$' err &&
		grep -q '^hrgloss: out/long/: is a folder, and no file can take its place$' err
	check "members whose names cannot be are named, and the rest is done, with -j $jobs" $? err
done

# What runs that were killed have left

until_seen() { # FILE: waits for it, ten seconds at most
	for _ in $(seq 1000); do
		ls $1 >log 2>&1 && return 0
		sleep 0.01
	done
}

mkdir -p left/.hrgloss-tmp-folder left/deep
echo mine >left/target
ln -s target left/.hrgloss-tmp-linked
for name in abc123 AAAAAA 000000; do
	echo half >left/.hrgloss-tmp-$name
	echo half >left/deep/.hrgloss-tmp-$name
done
for name in .hrgloss-tmp-short .hrgloss-tmp-longer1 .hrgloss-tmp-ab.123 hrgloss-abc123; do
	echo mine >left/$name
done
echo half >left/.hrgloss-tmp-locked
(flock -x 9 && touch held && exec sleep 60) 9<left/.hrgloss-tmp-locked &
holder=$!
until_seen held
"$HRGLOSS" --output-dir left a.log 2>err
[ $? -eq 0 ] && [ ! -s err ] && [ "$(ls -A left | tr '\n' ' ')" = \
	"$(printf '%s\n' .hrgloss-tmp-ab.123 .hrgloss-tmp-folder .hrgloss-tmp-linked .hrgloss-tmp-locked .hrgloss-tmp-longer1 .hrgloss-tmp-short a.log deep hrgloss-abc123 target |
		sort | tr '\n' ' ')" ] && [ "$(ls -A left/deep | wc -l)" -eq 3 ]
check "half files that nobody holds are removed from the folder, and nothing else" $? "$(ls -A left)"
kill $holder

# where a file cannot be without a name, as on some disks and without /proc
cat >named.c <<'C'
#include <errno.h>

int access(const char *path, int mode)
{
	(void)path;
	(void)mode;
	errno = ENOENT;
	return -1;
}
C
${CC:-cc} -shared -fPIC -o named.so named.c 2>err
check "the library that hides /proc is built" $? err
named="env LD_PRELOAD=$dir/named.so ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0:detect_leaks=0 $HRGLOSS"
rm -rf out
$named --output-dir out a.log b.log && cmp -s out/a.log a.glossed && [ "$(ls -A out | tr '\n' ' ')" = 'a.log b.log ' ]
check "files with a name from the beginning take their places" $?
$named --output-dir out a.log 2>err
[ $? -eq 1 ] && $named --force --output-dir out b.log && cmp -s out/b.log b.glossed && [ "$(ls -A out | tr '\n' ' ')" = 'a.log b.log ' ]
check "and overwrite with --force alone" $? err
mkfifo slow
$named --output-dir out slow &
killed=$!
exec 8<>slow
echo E_FAIL >&8
until_seen 'out/.hrgloss-tmp-??????'
"$HRGLOSS" --force --output-dir out b.log && ls out/.hrgloss-tmp-?????? >log 2>&1
check "what another run is writing stays" $? log
kill -9 $killed
wait $killed 2>log
exec 8>&-
ls out/.hrgloss-tmp-?????? >log 2>&1 && "$HRGLOSS" --force --output-dir out b.log && [ "$(ls -A out | tr '\n' ' ')" = 'a.log b.log ' ]
check "what a run has left that was killed goes with the next" $? "$(ls -A out)"

# Not whole

seq 100000 >long
gzip -c long | head -c 100000 >cut.gz
gzip -dc cut.gz >before 2>/dev/null
rm -rf out
"$HRGLOSS" --output-dir out cut.gz b.log missing 2>err
[ $? -eq 1 ] && [ "$(files out)" = 'out/b.log out/cut ' ] && head -c "$(wc -c <out/cut)" long | cmp -s - out/cut &&
	[ "$(($(wc -c <out/cut) + 258))" -ge "$(wc -c <before)" ]
check "of a damaged input what came before is kept, and the rest is done" $? err
mkdir folder
"$HRGLOSS" --output-dir out folder 2>err
[ $? -eq 1 ] && [ ! -e out/folder ] && grep -q '^hrgloss: folder: Is a directory$' err
check "a folder leaves no file" $? err
echo x >file
"$HRGLOSS" --output-dir file a.log b.log 2>err
[ $? -eq 1 ] && [ "$(cat file)" = x ] && [ "$(grep -c '^hrgloss: file/[ab].log: ' err)" -eq 2 ]
check "a file in the folder's place is reported" $? err
for compress in '' '--compress gzip' '--compress zstd'; do
	rm -rf out
	head -c 3000000 /dev/urandom | base64 >noise
	(trap '' XFSZ; ulimit -f 1000; "$HRGLOSS" -j 2 $compress --output-dir out a.log noise b.log 2>err)
	[ $? -eq 2 ] && [ -z "$(files out | grep -e noise -e hrgloss)" ] && grep -q '^hrgloss: out/noise[.a-z]*: File too large$' err
	check "no half of a file is left where there is no room: ${compress:-plain}" $? err
done

while read -r why arguments; do
	"$HRGLOSS" $arguments >got 2>err </dev/null
	[ $? -eq 2 ] && [ ! -s got ] && grep -q '^hrgloss: --' err && [ ! -e refused ]
	check "refused: $arguments, $(echo "$why" | tr _ ' ')" $? err
done <<'ROWS'
since_standard_input_has_no_name --output-dir refused
since_standard_input_has_no_name --output-dir refused a.log -
since_there_is_no_folder --compress gzip a.log
since_there_is_no_folder --force a.log
since_that_cannot_be_made --output-dir refused --compress bzip2 a.log
ROWS
exit $bad
