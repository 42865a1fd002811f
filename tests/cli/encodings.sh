#!/bin/sh
# UTF-16, marks and code pages.
set -u
. "$TOP/tests/tap.sh"
cd "$dir" || exit 1

# like an ERRORLOG of SQL Server, with CRLF, accents, and characters outside the first plane
for i in $(seq 300); do
	printf '2026-11-22 10:00:%02d.%02d spid%d    Sessão nº %d caiu: 0x80070005, não há 𝄞 日本\r\n' $((i % 60)) $((i % 97)) "$i" "$i"
	printf '2026-11-22 10:00:%02d.00 Logon   Error: E_FAIL\r\n' $((i % 60))
done >log
"$HRGLOSS" log >glossed
in_units() { # ENCODING MARK <utf-8
	printf "$2"
	iconv -f UTF-8 -t "$1"
}

while IFS='|' read -r name encoding mark; do
	in_units "$encoding" "$mark" <log >units
	in_units "$encoding" "$mark" <glossed >expected
	"$HRGLOSS" --output-encoding same units | cmp -s - expected
	check "$name stays so on demand, with glosses" $?
	"$HRGLOSS" <units | cmp -s - expected
	check "$name stays so on standard input" $?
	cat units | dd bs=7 2>/dev/null | "$HRGLOSS" | cmp -s - expected
	check "$name stays so, however it comes in" $?
	"$HRGLOSS" --strip <expected | cmp -s - units
	check "$name comes back from --strip" $?
	"$HRGLOSS" <expected | cmp -s - expected
	check "$name is not glossed twice" $?
	"$HRGLOSS" --output-encoding utf-8 <units | cmp -s - glossed
	check "$name becomes UTF-8 without a mark on demand" $?
	"$HRGLOSS" units | cmp -s - glossed && cat units | "$HRGLOSS" units - | cmp -s - "$(cat glossed glossed >twice; echo twice)"
	check "$name becomes UTF-8 where a file is named" $?
	rm -f into
	"$HRGLOSS" -o into units && cmp -s into expected
	check "$name stays so with -o" $?
	"$HRGLOSS" --force --output-dir folder units && cmp -s folder/units expected
	check "$name stays so with --output-dir" $?
	gzip -c units >units.gz
	rm -f units.zip
	zip -q units.zip units
	"$HRGLOSS" units.gz units.zip | cmp -s - "$(cat glossed glossed >twice; echo twice)"
	check "$name is known in .gz and .zip, too" $?
	"$HRGLOSS" --format hits log | sed 's/"file":"[^"]*"//' >hits.expected
	"$HRGLOSS" --format hits -H units | sed 's/"file":"[^"]*"//' | cmp -s - hits.expected
	check "hits in $name are UTF-8" $?
	"$HRGLOSS" --only units | "$HRGLOSS" --strip --output-encoding UTF-8 | grep -c . >count
	[ "$(cat count)" -eq "$(grep -c . log)" ]
	check "$name goes through --only line by line" $?
done <<'ROWS'
UTF-16LE with a mark|UTF-16LE|\377\376
UTF-16BE with a mark|UTF-16BE|\376\377
UTF-16LE without a mark|UTF-16LE|
UTF-16BE without a mark|UTF-16BE|
ROWS

"$HRGLOSS" --place eol log >eol
"$HRGLOSS" --place below log >below
for place in eol below; do
	in_units UTF-16LE '\377\376' <$place >expected
	in_units UTF-16LE '\377\376' <log | "$HRGLOSS" --place $place | cmp -s - expected
	check "UTF-16 takes glosses with --place $place" $?
done
in_units UTF-16LE '' <log >units
{ sed 's/^/file /' log | "$HRGLOSS" | sed 's/^file /units:/'; } >prefixed
"$HRGLOSS" -H units | cmp -s - prefixed &&
	"$HRGLOSS" -H --output-encoding same units | iconv -f UTF-16LE -t UTF-8 | cmp -s - prefixed
check "-H puts names before lines of UTF-16 in the encoding of the output" $?

{ printf '\357\273\277'; cat log; } >marked
{ printf '\357\273\277'; cat glossed; } >expected
"$HRGLOSS" marked | cmp -s - expected
check "the mark of UTF-8 stays" $?
"$HRGLOSS" --from 1252 marked | cmp -s - expected
check "a mark of UTF-8 counts more than --from" $?
in_units UTF-16BE '\376\377' <log | "$HRGLOSS" --from 1252 | cmp -s - glossed
check "a mark of UTF-16 counts more than --from" $?
cat log >several
"$HRGLOSS" --output-encoding same units several units | cmp -s - "$(in_units UTF-16LE '' <glossed >a; cat a glossed a >b; echo b)"
check "each input has an encoding of its own" $?

# Any bytes whatever come back

while IFS='|' read -r name bytes; do
	printf "$bytes" >odd
	"$HRGLOSS" <odd >got
	cmp -s odd got
	check "$name goes through" $?
	dd if=odd bs=1 2>/dev/null | "$HRGLOSS" | cmp -s - odd
	check "$name goes through in single bytes" $?
done <<'ROWS'
a mark alone|\377\376
a mark and half a unit|\377\376a
half a mark|\377
half a mark before a line|\377\n
two thirds of a mark|\357\273
an odd last byte|\377\376a\0b\0c
an odd last byte after a line in UTF-16BE|\376\377\0a\0\n\0
a lone high surrogate|\377\376a\0\075\330b\0
a lone low surrogate|\377\376a\0\061\334b\0
surrogates in the wrong order|\377\376\061\334\075\330\n\0
two high surrogates and a low one|\376\377\330\075\330\075\334\061
a high surrogate at the end|\377\376a\0\075\330
a high surrogate at the end and half a unit|\377\376a\0\075\330\061
a NUL in UTF-16|\377\376a\0\0\0b\0
a second mark|\377\376\377\376a\0
a swapped mark inside|\377\376\376\377a\0
units that mean nothing|\377\376\377\377\320\375
a short line in UTF-16 without a mark|a\0\n\0
NULs|\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0
ROWS

for mark in '\377\376' '\376\377'; do
	{ printf "$mark"; head -c 1000001 /dev/urandom; } >random
	"$HRGLOSS" --strict <random | "$HRGLOSS" --strip | cmp -s - random
	check "random bytes after the mark $(printf "$mark" | od -An -tx1) come back" $?
done
{
	printf '\377\376'
	yes 'uma só linha: 日本 não 0x80070005, 𝄞 ' | tr -d '\n' | head -c 1000000 | iconv -c -f UTF-8 -t UTF-16LE
} >long
"$HRGLOSS" --every <long >got
"$HRGLOSS" --strip <got | cmp -s - long
check "a line of UTF-16 as long as two megabytes comes back" $?
iconv -f UTF-16 -t UTF-8 long | "$HRGLOSS" --every | in_units UTF-16LE '\377\376' | cmp -s - got
check "a line of UTF-16 as long as two megabytes is glossed as in UTF-8" $?
mkfifo slow
"$HRGLOSS" <slow >got &
exec 4>slow
in_units UTF-16LE '\377\376' <log | head -c 301 >start
dd if=start bs=1 2>/dev/null >&4
sleep 0.1
printf x >&4
exec 4>&-
wait
{ cat start; printf x; } | "$HRGLOSS" | cmp -s - got
check "UTF-16 in single bytes from a slow pipe is the same" $?

# Code pages

while read -r page name; do
	iconv -f UTF-8 -t "$name" >paged <<'TEXT'
conexão caída: ação não concluída, E_FAIL é geral
TEXT
	iconv -f "$name" -t UTF-8 paged | "$HRGLOSS" >expected
	"$HRGLOSS" --from "$page" paged | cmp -s - expected
	check "--from $page reads $name" $?
done <<'ROWS'
1252 CP1252
850 CP850
CP1252 CP1252
cp850 CP850
windows-1252 CP1252
ISO-8859-1 ISO-8859-1
UTF-16LE UTF-16LE
65001 UTF-8
1200 UTF-16LE
28591 ISO-8859-1
utf-8 UTF-8
ROWS
printf 'caf\351 \201 \215\200 E_FAIL\201' | "$HRGLOSS" --from 1252 | "$HRGLOSS" --strip >got
printf 'café \201 \215€ E_FAIL\201' | cmp -s - got
check "bytes that a code page has no character for come through" $? got
yes 'ação não 0x80070005 ' | tr -d '\n' | head -c 700001 | iconv -c -f UTF-8 -t CP1252 >paged
iconv -f CP1252 -t UTF-8 paged | "$HRGLOSS" >expected
"$HRGLOSS" --from 1252 paged | cmp -s - expected
check "a long line in a code page is glossed as in UTF-8" $?
dd if=paged bs=997 2>/dev/null | "$HRGLOSS" --from 1252 | cmp -s - expected
check "a long line in a code page is the same however it comes in" $?

for arguments in '--from nonesuch' '--from 99999' '--from=' '--output-encoding latin1' '--output-encoding utf-16'; do
	"$HRGLOSS" $arguments log >got 2>err
	[ $? -eq 2 ] && [ ! -s got ] && grep -q '^hrgloss: --' err
	check "$arguments is refused" $? err
done
exit $bad
