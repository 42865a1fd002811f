#!/bin/sh
# The README's two commands on bare Debian machines, one after the other, as its reader would: tests/bare/bare.sh [SUITE ...].
# Each machine is a folder with a minimal Debian below .build/bare; a copy of the tree is built and tested in it. Wants root,
# mmdebstrap, and for the samples $MAKE_EVTX, gzip, zstd and zip. Logs stay in .build/bare.
set -u
. "$TOP/tests/tap.sh"
bare=$TOP/.build/bare
mkdir -p "$bare" "$dir/samples"
cd "$dir" || exit 1

# in_root FOLDER COMMAND: in a namespace of its own, so that what it mounts and starts goes away with it
in_root() {
	ROOT=$1 COMMAND=$2 timeout -k 10 2400 unshare --mount --pid --fork --kill-child sh -c '
		mount -t proc proc "$ROOT/proc" && mount -t tmpfs tmpfs "$ROOT/dev/shm" &&
			mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$ROOT/dev/pts" &&
			mount --bind "$ROOT/dev/pts/ptmx" "$ROOT/dev/ptmx" || exit 125
		exec chroot "$ROOT" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root sh -c "cd /hrgloss && $COMMAND"' </dev/null
}

# What this machine lacks for it; nothing if it can be done.
lacking() {
	[ "$(id -u)" -eq 0 ] || { echo 'it wants root'; return; }
	for program in mmdebstrap unshare gzip zstd zip; do
		command -v $program >which || { echo "$program is missing"; return; }
	done
	unshare --mount --pid --fork sh -c 'mount -t proc proc /proc' 2>err || echo 'no /proc can be mounted'
}

why=$(lacking)
if [ -n "$why" ]; then
	echo "ok - bare machines # SKIP $why"
	exit 0
fi

echo 'failed 0x8009030c' >samples/plain
gzip -c samples/plain >samples/log.gz
zstd -qc samples/plain >samples/log.zst
(cd samples && zip -q log.zip plain)
printf '2026-11-22T10:00:00.0000000Z\tProvider\t4625\t0\tDC01\tStatus=0x8009030c\n' | "$MAKE_EVTX" >samples/log.evtx

# What git knows of, as it is in the folder; without git, all but what was built.
export_tree() {
	if git -C "$TOP" rev-parse --verify -q HEAD >commit 2>err; then
		(cd "$TOP" && git ls-files -z --cached --others --exclude-standard | tar cf - --null -T -)
	else
		tar cf - -C "$TOP" --exclude=./.build --exclude=./.git .
	fi
}

# results FOLDER: `CONFIG/NAME PASSED SKIPPED` of each test that was run in a tree.
results() {
	for config in release asan; do
		awk -v config=$config '{ print config "/" $4, $1, $3 }' "$1/.build/$config/test-results"
	done 2>err
}
results "$TOP" >here

for suite in ${*:-bookworm trixie}; do
	root=$bare/$suite
	rm -rf "$root"
	mmdebstrap -q --variant=minbase --include=make "$suite" "$root" >"$bare/$suite.mmdebstrap" 2>&1
	check "$suite: a minimal Debian with make" $? "$bare/$suite.mmdebstrap"
	[ -x "$root/usr/bin/make" ] || continue
	mkdir "$root/hrgloss" "$root/samples"
	export_tree | tar xf - -C "$root/hrgloss"
	cp samples/log.* "$root/samples"

	in_root "$root" 'make deps demo' >"$bare/$suite.demo" 2>&1 && tail -n 30 "$bare/$suite.demo" | grep -q 'SEC_E_LOGON_DENIED:'
	check "$suite: make deps demo installs, builds and annotates" $? "$bare/$suite.demo"
	for kind in gz zst zip evtx; do
		in_root "$root" ".build/release/hrgloss /samples/log.$kind" >out 2>&1
		grep -q '0x8009030c \[SEC_E_LOGON_DENIED: ' out
		check "$suite: the program that it made reads .$kind" $? out
	done
	in_root "$root" 'make deps test' >"$bare/$suite.test" 2>&1 && tail -n 1 "$bare/$suite.test" | grep -q '^[1-9][0-9]* passed, 0 failed'
	status=$?
	grep -a 'failed\|^not ok\|^#' "$bare/$suite.test" | grep -av ' 0 failed' >out
	tail -n 3 "$bare/$suite.test" >>out
	check "$suite: make deps test passes: $(tail -n 1 "$bare/$suite.test")" $status out
	if [ -s here ]; then # machines differ in what they can test, which the tests that are skipped tell
		results "$root/hrgloss" | awk '
			NR == FNR { passed[$1] = $2; skipped[$1] = $3; next }
			!($1 in passed) { print $1 " was not run here"; next }
			!skipped[$1] && !$3 && passed[$1] != $2 { print $1 ": " $2 " tests, here " passed[$1] }
			{ delete passed[$1] }
			END { for (name in passed) print name " was not run" }' here - >out
		[ ! -s out ]
		check "$suite: the same tests as here" $? out
	fi
	grep -ah 'warning:' "$bare/$suite.demo" "$bare/$suite.test" >out
	[ ! -s out ]
	check "$suite: the compiler has nothing to say" $? out
	[ "$bad" -ne 0 ] || rm -rf "$root"
done
exit $bad
