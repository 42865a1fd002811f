#!/bin/sh
# What jq makes of --format ndjson: the same documents as before, and besides only what was to be added.
set -u
. "$TOP/tests/tap.sh"

# the sample log as programs write it to JSON, by every way to escape
jq -R -c '{n: input_line_number, message: ., parts: (. / " "), bytes: explode}' "$TOP/examples/sample.log" >"$dir/log"
jq -R -a -c '{n: input_line_number, event: {message: (. + " \u00e9\ud83d\ude00"), win: {status: (capture("(?<c>0x[0-9A-Fa-f]{8})").c // null)}}}' \
	"$TOP/examples/sample.log" >>"$dir/log"
jq -R '. as $line | {a: [$line, {b: $line}]}' "$TOP/examples/sample.log" | jq -c '[., tojson]' >>"$dir/log"
jq -c . "$dir/log" >"$dir/plain"

"$HRGLOSS" --format ndjson "$dir/log" >"$dir/member"
check "jq reads what has a member added" "$(jq -c . "$dir/member" >/dev/null 2>"$dir/err"; echo $?)" "$dir/err"
jq -c 'if type == "object" then del(.hrgloss) else . end' "$dir/member" | cmp -s - "$dir/plain"
check "without the member it is what it was" $?
[ "$(grep -c '"hrgloss":\[' "$dir/member")" -gt 20 ]
check "there are members" $?

for schema in ecs otel ocsf; do
	"$HRGLOSS" --format ndjson --schema $schema --inline "$dir/log" | jq -c . >/dev/null 2>"$dir/err"
	check "jq reads what has the members of $schema" $? "$dir/err"
done

"$HRGLOSS" --format ndjson --inline --every --hint --add-key= "$dir/log" >"$dir/inline"
jq -c . "$dir/inline" >/dev/null 2>"$dir/err"
check "jq reads what is explained inline" $? "$dir/err"
"$HRGLOSS" --every --hint "$TOP/examples/sample.log" >"$dir/text"
head -n "$(grep -c '' "$dir/text")" "$dir/inline" | jq -r .message | cmp -s - "$dir/text"
check "the strings are what the text is" $? "$(head -n "$(grep -c '' "$dir/text")" "$dir/inline" | jq -r .message | diff - "$dir/text" | head -n 4)"
for file in member inline; do
	"$HRGLOSS" --format ndjson --strip "$dir/$file" | cmp -s - "$dir/log"
	check "--strip gives the log back ($file)" $?
done

"$HRGLOSS" --format ndjson --on-bad wrap "$TOP/examples/sample.log" | jq -r .message | cmp -s - "$TOP/examples/sample.log"
check "wrapped lines hold the text" $?
exit $bad
