#!/bin/sh
# The filters for Fluent Bit: hrgloss.lua in LuaJIT, and the WebAssembly module in Node's WASI, since Debian has no Fluent Bit.
# fluent_bit.lua and fluent_bit.mjs do what it does to them. Wants luajit, nodejs, jq, python3-yaml and what `make wasm` wants.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need luajit node jq python3
[ -e "$TOP/.build/wasm/hrgloss.wasm" ]
check "the WebAssembly module is there" $? "make deps-wasm wasm"
build=$(dirname "$HRGLOSS")
mkdir lib
ln -s "$build"/libhrgloss.so.*.*.* lib/libhrgloss.so.0
export LD_LIBRARY_PATH="$dir/lib"

lua() {
	luajit "$TOP/tests/full/fluent_bit.lua" "$@" 2>err
}

wasm() {
	# before version 20, Node has to be asked for WASI
	node --no-warnings --experimental-wasi-unstable-preview1 "$TOP/tests/full/fluent_bit.mjs" \
		"$TOP/.build/wasm/hrgloss.wasm" "$@" 2>err
}

# settle NAME STATUS COUNT: passes on what a table of records has said, which is at least so many lines
settle() {
	cat out
	[ "$2" -eq 0 ] || bad=1
	[ "$(grep -c '^ok' out)" -ge "$3" ]
	check "$1: the table was gone through" $? err
}

# --- the examples: all of one kind say the same, and name functions that exist
for kind in lua wasm; do
	python3 - "$shippers/fluent-bit/$kind.yaml" "$shippers/fluent-bit/$kind.conf" >differ 2>&1 <<'PY'
import re, sys, yaml
filters = yaml.safe_load(open(sys.argv[1]))["pipeline"]["filters"]
assert len(filters) == 1
words = {"true": "on"}
new = {key.lower(): words.get(str(value).lower(), str(value)) for key, value in filters[0].items()}
section = re.search(r"\[FILTER\]\n((?: +.*\n)+)", open(sys.argv[2]).read()).group(1)
old = dict(line.split(None, 1) for line in section.splitlines())
old = {key.lower(): words.get(value.lower(), value.lower() if value == "On" else value) for key, value in old.items()}
assert new == old, (new, old)
print(new.get("call") or new["function_name"])
PY
	check "$kind: the two ways to configure it say the same" $? differ
	mv differ $kind.function
done

# --- Lua
lua records >out
settle "lua records" $? 60
lua lines explain_inline <log >out
check "lua: 200,000 lines" $? err
same "lua: 200,000 lines come out in order and whole, each as hrgloss alone explains it" out
awk 'FNR == NR { was[FNR] = $0 } FNR < NR && was[FNR] != $0 { n++ } END { print n }' log explained |
	cmp - err >difference 2>&1
check "lua: a line is changed where there is something to explain, and nowhere else" $? difference
lua lines "$(cat lua.function)" <log >out
same "lua: the example's function leaves the text alone" out log
lua list <"$TOP/examples/sample.log" >listed
jq -R -c '{log: .}' "$TOP/examples/sample.log" | "$HRGLOSS" --format ndjson |
	jq -r '.hrgloss[]? | [.code, .space // "", .name // "", .meaning // "", ((.or // []) | join(",")), .field, .start, .end] |
		@tsv' >expected
same "lua: the member lists what --format ndjson does" listed expected
# says_once WORDS: it passes a thousand records by and says the words, and nothing else
says_once() {
	[ "$(cat out)" = "1000 records went by" ] && [ "$(wc -l <err)" = 1 ] && grep -q "$1" err
}
lua missing >out
says_once "cannot open shared object file.*; records stay as they are"
check "lua: without the library, records go by, and that is said once" $? err
lua thrown >out
says_once "thrown; records stay as they are"
check "lua: where an error comes up in each record, records go by, and it is said once" $? err
lua grow >grown && [ "$(cat grown)" -lt 256 ]
check "lua: 100,000 records take no memory" $? grown

# --- WebAssembly
wasm records >out
settle "wasm records" $? 100
# as records come from Fluent Bit, but for broken UTF-8, which it would have mended; the first has so many codes that what is
# told of them is many times the record
head -n 19999 log | LC_ALL=C awk 'BEGIN {
	print "{\"log\":\"0x8009030c 0x80070005 0xC000006D 0x80090322 0x800F0805 0xC0000072 0x80004005 0x80090308 0x8009030D\"}"
}
{
	gsub(/["\\]/, "\\\\&")
	gsub(/\t/, "\\t")
	gsub(/\r/, "\\r")
	print "{\"time\":" NR ",\"log\":\"" $0 "\"}"
}' >records
# through FUNCTION LINES OPTION ...: what comes out of it is what hrgloss makes of them
through() {
	function=$1 count=$2
	shift 2
	head -n "$count" records >part
	"$HRGLOSS" --format ndjson "$@" <part >expected
	wasm lines "$function" <part >out
	same "wasm: $count records come out of $function as out of hrgloss --format ndjson $*" out expected
}
through "$(cat wasm.function)" 20000
through explain_inline 5000 --inline --add-key=
through explain_both 2000 --inline
for schema in ecs otel ocsf; do
	through explain_$schema 2000 --schema $schema
done
[ "$(wasm grow)" = 0 ]
check "wasm: 100,000 records take no memory" $? err
exit $bad
