#!/bin/sh
# Event logs as hrgloss reads them beside what evtxexport (libevtx-utils) makes of them, event by event: those that make_evtx
# makes, and every .evtx below EVTX_SAMPLES, if set. Wants evtxexport and python3.
#
# evtxexport is not always right: it writes negative numbers wrongly, SizeT as decimal, real numbers with an exponent, strings of
# one byte a character without escaping their markup, and it does not read events without a template. Where it differs for one
# of these, evtx_lines.py takes it as it should be or says which it is; anything else fails.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need evtxexport
need python3
tab=$(printf '\t')
sed "s/|/$tab/g" <<'EVENTS' | "$MAKE_EVTX" >made.evtx
2026-11-22T10:00:00.1234567Z|Microsoft-Windows-Security-Auditing|4625|0|DC01|TargetUserName=joe|Status=0xc000006d|SubStatus=0xc000006a
2026-11-22T10:00:05.0000000Z|Service Control Manager|7023|2|DC01|param1=DNS <Client> & "more"|param2=%%1067|Binary=770075000aff
2026-11-22T10:00:06.0000000Z|Application Error|1000|2|DC01|=notepad.exe|=c0000005|=0x1f
2026-11-22T10:00:07.0000000Z|P|1|3|DC01|UserData=Session|Reason=0x80070005|Address=0xfffff80012345678
2026-11-22T10:00:08.0000000Z|P|2|5|DC01|Maçã=ação 漢字|Lines=\n one\n  two  three\n|Empty=
2026-11-22T10:00:09.0000000Z|P|3|16|DC01
EVENTS
compare() {
	timeout 300 evtxexport -f xml "$1" >export.xml 2>/dev/null
	timeout 300 "$HRGLOSS" "$1" 2>/dev/null | "$HRGLOSS" --strip >lines
	python3 "$TOP/tests/full/evtx_lines.py" export.xml lines >said 2>&1
}
compare made.evtx
check "an event log that is made is read as evtxexport reads it" $? said
[ -n "${EVTX_SAMPLES:-}" ] && find "$EVTX_SAMPLES" -name '*.evtx' | sort >samples
while [ -s samples ] && read -r sample; do
	compare "$sample"
	check "$sample: $(tail -n 1 said)" $? said
done <samples
exit $bad
