# What the test scripts share: a scratch folder in $dir, and `check NAME STATUS [WHY]`, which speaks TAP. A script ends with
# `exit $bad`. WHY is a text, or a file whose first lines are shown.
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
bad=0

check() {
	if [ "$2" -eq 0 ]; then
		echo "ok - $1"
		return
	fi
	bad=1
	if [ -f "${3:-}" ]; then
		echo "not ok - $1"
		head -n 30 "$3" | sed 's/^/# /'
	else
		echo "not ok - $1${3:+: $3}"
	fi
}
