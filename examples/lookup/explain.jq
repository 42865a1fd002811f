# jq explains a field of JSON events, here .status, which may be a number or a text:
#
#     hrgloss --export json >codes.json
#     jq -nc --slurpfile codes codes.json -f explain.jq events.json
#
# In codes.json each value is one object: code, signed, unsigned, space, name, aliases, meaning, hint, and, in `or`, what else it
# can stand for.
def hexadecimal: explode | reduce .[] as $c (0; . * 16 + $c - (if $c > 57 then 55 else 48 end));
def number: if type == "string" then (if startswith("0x") then ltrimstr("0x") | ascii_upcase | hexadecimal else tonumber end) else . end;
def unsigned: if . < 0 then . + 4294967296 else . end;

($codes[0] | map({key: (.unsigned | tostring), value: .}) | from_entries) as $table
| inputs
| . + ($table[.status | number | unsigned | tostring] // {} | {name, meaning} | with_entries(select(.value)))
