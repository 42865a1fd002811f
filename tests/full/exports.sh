#!/bin/sh
# The tables of --export in the programs that they are for, with the configurations of examples/lookup: rsyslog, syslog-ng (which
# cannot be installed beside it, and is unpacked), jq, and a YAML parser for the dictionary. Wants rsyslog, apt-get and python3-yaml.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1
chmod 755 .
pid=
leave() {
	[ -z "$pid" ] || kill "$pid"
	rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' INT TERM

cat >messages <<'END'
SSPI handshake failed: 0x8009030c, state 14
the same as 0x8009030C
the same as error -2146893044
the same as error 2148074252
the same as SEC_E_LOGON_DENIED
error 1326 at port 1433
failed with STATUS_ACCOUNT_DISABLED
status 24 of two lists
Access error: 0x800a0d15
nothing known of 0x12345678
nothing at all
END
# the names that the messages are explained by; where a message has one itself, it depends on the program what is said
names='SEC_E_LOGON_DENIED SEC_E_LOGON_DENIED SEC_E_LOGON_DENIED SEC_E_LOGON_DENIED BY_NAME ERROR_LOGON_FAILURE BY_NAME ERROR_BAD_LENGTH E_DAO_NumericFieldOverflow'

# expect NAME...: the lines that are expected, as far as the name
expect() {
	n=0
	while read -r message; do
		n=$((n + 1))
		printf '%s%s\n' "$message" "${1:+ [$1:}"
		[ $# -eq 0 ] || shift
	done <messages >expected
}

# until_lines FILE: waits for an answer to every message, twenty seconds at most
until_lines() {
	for _ in $(seq 200); do
		[ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$(wc -l <messages)" ] && return 0
		sleep 0.1
	done
	return 1
}

# scratch EXAMPLE: the example's paths become those of the scratch folder
scratch() {
	sed -E "s#/etc/rsyslog.d|/etc/syslog-ng|/var/log#$dir#" "$TOP/examples/lookup/$1" >"$1"
}

# answered NAME: the answers are there, and begin as they should
answered() {
	until_lines app.explained && sed 's/\( \[[A-Za-z0-9_]*:\).*/\1/' app.explained | diff expected - >log && grep -c 'wrong password' app.explained >count
	check "$1" $? log
	[ "$(cat count)" -ge 5 ] && ! grep -q '\${_}' app.explained
	check "and they hold the meaning" $? app.explained
	kill "$pid"
	wait "$pid"
	pid=
	rm -f app.explained
}

# --- rsyslog

cp messages app.log
"$HRGLOSS" --lang en --export rsyslog >hrgloss.json
{ printf 'global(workDirectory="%s")\n' "$dir"; scratch rsyslog.conf; cat rsyslog.conf; } >with_folder.conf
rsyslogd -N1 -f "$dir/with_folder.conf" >log 2>&1
check "rsyslogd takes the configuration" $? log
rsyslogd -n -f "$dir/with_folder.conf" -i "$dir/rsyslogd.pid" >rsyslogd.log 2>&1 &
pid=$!
expect $(echo "$names" | sed 's/BY_NAME/0x8009030C/; s/BY_NAME/0xC0000072/')
answered "rsyslogd looks codes up: $(rsyslogd -v | sed -n '1s/  *(.*//p')"

# --- syslog-ng

apt-get download syslog-ng-core syslog-ng-mod-add-contextual-data >log 2>&1
check "syslog-ng can be fetched" $? log
for package in *.deb; do
	dpkg -x "$package" root
done
export LD_LIBRARY_PATH="$dir/root/usr/lib/syslog-ng"
modules=$(dirname "$(find root -name libaffile.so)")
ng() {
	root/usr/sbin/syslog-ng -F --no-caps -f "$dir/syslog-ng.conf" --module-path "$dir/$modules" -R "$dir/ng.persist" -c "$dir/ng.ctl" \
		-p "$dir/ng.pid" "$@"
}
scratch syslog-ng.conf
expect $(echo "$names" | sed 's/BY_NAME/SEC_E_LOGON_DENIED/; s/BY_NAME/STATUS_ACCOUNT_DISABLED/')
for lang in pt_BR en; do
	"$HRGLOSS" --lang $lang --export syslog-ng >hrgloss.csv
	ng --syntax-only >log 2>&1
	check "syslog-ng takes the configuration, and the table in $lang" $? log
done
(exec root/usr/sbin/syslog-ng -F --no-caps -f "$dir/syslog-ng.conf" --module-path "$dir/$modules" -R "$dir/ng.persist" -c "$dir/ng.ctl" \
	-p "$dir/ng.pid") >ng.log 2>&1 &
pid=$!
answered "syslog-ng looks codes up"
unset LD_LIBRARY_PATH

# --- the others

for python in /usr/bin/python3 python3; do
	$python -c 'import yaml; yaml.CSafeLoader' 2>log && break
done
for lang in en pt_BR; do
	"$HRGLOSS" --lang $lang --export logstash >hrgloss.yml
	$python -c 'import sys, yaml, json
json.dump(yaml.load(open("hrgloss.yml", encoding="utf-8"), yaml.CSafeLoader), open("read.json", "w"))' >log 2>&1
	check "a YAML parser reads the dictionary in $lang" $? log
	"$HRGLOSS" --lang $lang --export rsyslog | jq -c '.table | map({key: .index, value}) | from_entries' >wanted.json
	jq -ce --slurpfile wanted wanted.json '. == $wanted[0] and (length > 100000)' read.json >log 2>&1
	check "and finds strings in it, the same as rsyslog does" $? log
done
$python -c 'import csv, sys
rows = list(csv.DictReader(sys.stdin, strict=True))
found = [r for r in rows if r["unsigned"] == "2148074252"]
sys.exit(len(found) != 1 or found[0]["name"] != "SEC_E_LOGON_DENIED" or not found[0]["hint"] or any(None in r or None in r.values() for r in rows))' \
	<<END >log 2>&1
$("$HRGLOSS" --export vector-csv)
END
check "a CSV parser reads the enrichment table" $? log
$python -c 'import sys, yaml
y = yaml.safe_load(open(sys.argv[1]))
sys.exit(not y["transforms"]["explain"]["source"])' "$TOP/examples/lookup/vector.yaml" >log 2>&1
check "the configuration for Vector is YAML" $? log
exit $bad
