#!/bin/sh
# Runs the cases: files of commands and what they print. `# ` names a case, `$ ` is its command (in a scratch folder, where
# `hrgloss` is the build under test), the lines after it are its output and errors, `? N` its exit status if not 0.
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin" "$dir/work"
ln -s "$TOP/examples" "$dir/work/examples"
ln -s "$HRGLOSS" "$dir/bin/hrgloss"
PATH="$dir/bin:$PATH"
cd "$dir/work" || exit 1
bad=0

finish() {
	[ -n "$command" ] || return 0
	sh -c "$command" >"$dir/got" 2>&1 </dev/null
	status=$?
	if [ "$status" -eq "$expected_status" ] && cmp -s "$dir/expected" "$dir/got"; then
		echo "ok - $file: $title"
	else
		bad=1
		echo "not ok - $file: $title (status $status, expected $expected_status)"
		diff "$dir/expected" "$dir/got" | sed 's/^/# /'
	fi
	command=
}

for path in "${CASES:-$here/cases}"/*.case; do
	file=$(basename "$path" .case)
	title= command=
	while IFS= read -r line; do
		case $line in
		'# '*)
			finish
			title=${line#??}
			;;
		'$ '*)
			finish
			command=${line#??} expected_status=0
			: >"$dir/expected"
			;;
		'? '*) expected_status=${line#??} ;;
		'') finish ;;
		*) [ -z "$command" ] || printf '%s\n' "$line" >>"$dir/expected" ;;
		esac
	done <"$path"
	finish
done
exit $bad
