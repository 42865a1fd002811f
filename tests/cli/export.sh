#!/bin/sh
# --export: what is written is well-formed, has every code in every spelling, and none of them twice.
set -u
export LC_ALL=C
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

for form in rsyslog syslog-ng logstash vector-csv json; do
	"$HRGLOSS" --lang en --export $form >$form
	check "--export $form" $?
done
# exceptions, bug checks and the like are written where they are asked for
"$HRGLOSS" --lang en --list | sed 1d |
	awk -F '\t' '$1 !~ /^(exception|bugcheck|ldap|wlan_reason|nps_reason|httperr|audit)$/' >list

# --- the form

jq -e '.version == 1 and .type == "string" and .nomatch == "" and all(.table[]; (keys == ["index", "value"])
	and (.index | type) == "string" and (.value | type) == "string")' rsyslog >log
check "rsyslog: a table of strings" $? log
jq -r '.table[] | .index' rsyslog | sort >keys
sed 's/.*/{&}/' logstash | jq -r 'to_entries[] | .key' | sort | cmp - keys >log 2>&1
check "logstash: pairs of quoted strings, with the keys of rsyslog" $? log

# a field of CSV: a word, or anything between quotation marks, which are doubled inside
field='([^",]*|"([^"]|"")*")'
grep -Evx "$field(,$field){2}" syslog-ng >log
[ ! -s log ] && cut -d, -f1 syslog-ng | tr -d '"' | sort -u | cmp - keys >>log 2>&1
check "syslog-ng: three fields a line, with the keys of rsyslog" $? log
awk -F, '{ print $1, $2 }' syslog-ng | sort | uniq -d >log
[ ! -s log ]
check "syslog-ng: a key has each field once" $? log
cut -d, -f2 syslog-ng | sort -u | tr '\n' ' ' >log
[ "$(cat log)" = 'code hint meaning name or ' ]
check "syslog-ng: the fields are known ones" $? log
grep -E '\)"$|[^$]\$[^${]' syslog-ng >log
[ ! -s log ]
check "syslog-ng: no value looks like a type or a macro" $? log

grep -Evx "$field(,$field){7}" vector-csv >log
[ ! -s log ] && [ "$(head -n 1 vector-csv)" = code,signed,unsigned,space,name,meaning,hint,or ]
check "vector-csv: a header and eight fields a line" $? log
jq -r '.[] | "\(.code),\(.signed),\(.unsigned),\(.space)"' json >columns
cut -d, -f1-4 vector-csv | sed 1d | diff columns - >log
check "json: an array of the rows of vector-csv" $? log
[ "$(grep -c '^{' json)" = "$(jq length json)" ]
check "json: one object per line" $?

# --- what is in it

[ "$(wc -l <keys)" -gt 100000 ] && uniq -d keys >log && [ ! -s log ]
check "no key is there twice" $? log
cut -d, -f1 columns | sort | uniq -d >log
[ ! -s log ]
check "no row is there twice" $? log

awk -F '\t' '
function number(hex, i, n) {
	for (i = 3; i <= length(hex); i++)
		n = n * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
	return n + 0
}
function decimal(n) {
	if (length(sprintf("%.0f", n)) != 8) # which would be hexadecimal without 0x
		printf "%.0f\n", n
}
$1 ~ /facility/ { next }
{ if ($3 != "") print $3; n = split($4, alias, ","); for (i = 1; i <= n; i++) print alias[i] }
$2 ~ /^0x/ {
	print $2; print "0x" tolower(substr($2, 3))
	v = number($2); decimal(v)
	if (v >= 2147483648)
		decimal(v - 4294967296)
	next
}
$1 == "http" { printf "0x8019%04X\n0x8019%04x\n", $2, $2; next }
{ decimal($2) }
$2 >= 0 { printf "0x%x\n0x%X\n", $2, $2 }
$1 == "win32" && $2 > 0 && $2 < 65536 { printf "0x8007%04X\n0x8007%04x\n", $2, $2; decimal(2147942400 + $2); decimal($2 - 2147024896) }
' list | sort -u >wanted
[ "$(wc -l <wanted)" -gt 90000 ] && comm -23 wanted keys >log && [ ! -s log ]
check "every code of --list is there in every spelling, by every name, and as an HRESULT" $? log

jq -r '.[] | ., (.or // [])[] | .space + "\t" + .name' json | sort -u >named
awk -F '\t' '$1 !~ /facility|http/ { print $1 "\t" $3 }' list | sort -u | comm -23 - named >log
[ ! -s log ]
check "json: every entry of --list is there, but for what has a name of its own as an HRESULT" $? log

# --- what it says

awk 'NR % 599 == 0' keys | grep -v '^[A-Za-z]' >sample
while read -r key; do
	"$HRGLOSS" --lang en --explain "$key" | sed -n '1s/ .*//; 1p' # before the aliases
done <sample >expected
[ "$(wc -l <sample)" -gt 100 ] && sed 's/.*/{&}/' logstash |
	jq -r --rawfile keys sample -n '[inputs] | add as $t | $keys | split("\n")[:-1][] | $t[.] | sub("(:| \\|) .*"; "")' |
	diff expected - >log
check "a value is what --explain says first" $? log

while IFS='|' read -r key value; do
	grep -qxF "\"$key\": \"$value\"" logstash
	check "logstash: $key" $? "$(grep "^\"$key\":" logstash)"
done <<'ROWS'
0x8009030c|SEC_E_LOGON_DENIED: the logon was refused: wrong password, or the account may not log on here
0x8009030C|SEC_E_LOGON_DENIED: the logon was refused: wrong password, or the account may not log on here
-2146893044|SEC_E_LOGON_DENIED: the logon was refused: wrong password, or the account may not log on here
2148074252|SEC_E_LOGON_DENIED: the logon was refused: wrong password, or the account may not log on here
SEC_E_LOGON_DENIED|0x8009030C: the logon was refused: wrong password, or the account may not log on here
ROWS
grep -c -e '^{"index":"\(24\|0x18\|0x00000018\)","value":"ERROR_BAD_LENGTH: .* | KDC_ERR_PREAUTH_FAILED"},$' \
	-e '^{"index":"\(0x8007052E\|-2147023570\)","value":"ERROR_LOGON_FAILURE: ' -e '^{"index":"-1018","value":"JET_errReadVerifyFailure: ' rsyslog >log
[ "$(cat log)" = 6 ]
check "rsyslog: small values, Win32 codes in HRESULTs, and what else a value can be" $? log
grep -qxF '"0x90312",name,"SEC_I_CONTINUE_NEEDED"' syslog-ng && grep -qxF '"24",or,"KDC_ERR_PREAUTH_FAILED"' syslog-ng &&
	grep -qxF '"SEC_E_LOGON_DENIED",code,0x8009030C' syslog-ng
check "syslog-ng: fields" $?

# --- what can be asked for

"$HRGLOSS" --export json kerberos tls_alert | jq -e 'map({key: (.unsigned | tostring), value: .}) | from_entries | (.["24"].name == "KDC_ERR_PREAUTH_FAILED")
	and .["20"].space == "kerberos" and .["20"].or[0].space == "tls_alert"
	and ([.[] | .space] | unique == ["kerberos", "tls_alert"])' >log
check "operands are the spaces that are wanted, in their order" $? log
"$HRGLOSS" --export logstash facility | grep -q '^"FACILITY_SSPI": "9:'
check "facilities are there if they are asked for" $?
"$HRGLOSS" --lang pt_BR --hint --export logstash hresult | grep '^"0x80090322"' >log
[ "$("$HRGLOSS" --lang pt_BR --explain 0x80090322 | sed -n '1h; 3{s/^  //; H}; 4{s/^  -> //; H; g; s/\n/: /; s/\n/; /; p}')" = \
	"$(sed 's/^[^ ]* "//; s/"$//' log)" ]
check "--lang and --hint are heeded" $? log
printf 'space\tvalue\tname\tmeaning\nhresult\t0x8ABC0001\tACME_E_JAM\tpaper, stuck: $5 (tray)\n' >acme.tsv
"$HRGLOSS" --codes acme.tsv --export rsyslog | jq -r '.table[] | select(.index == "0x8abc0001") | .value' >log
[ "$(cat log)" = 'ACME_E_JAM: paper, stuck: $5 (tray)' ]
check "tables of the caller are in it" $? log
"$HRGLOSS" --codes acme.tsv --export syslog-ng | grep -qxF '"0x8ABC0001",meaning,"paper, stuck: $$5 (tray)${_}"'
check "syslog-ng: a dollar is written twice, and something comes after a bracket at the end" $?

"$HRGLOSS" --export json nowhere >log 2>&1
[ $? = 2 ] && grep -qx 'hrgloss: there is no space `nowhere`; the first column of --list has them all' log
check "a space that is none is refused" $? log
"$HRGLOSS" --export json >/dev/full 2>log
[ $? = 2 ]
check "a full disk ends with status 2" $? log

printf '%s\n' '{"status":-2146893044}' '{"status":"0x8009030c"}' '{"status":"5"}' '{"status":287454020}' |
	jq -nc --slurpfile codes json -f "$TOP/examples/lookup/explain.jq" | jq -c '[.status, .name]' >log
printf '%s\n' '[-2146893044,"SEC_E_LOGON_DENIED"]' '["0x8009030c","SEC_E_LOGON_DENIED"]' '["5","ERROR_ACCESS_DENIED"]' '[287454020,null]' | cmp -s - log
check "the example for jq explains a field" $? log
exit $bad
