#!/bin/sh
# The page of --summary=html in a real browser: sorting, timeline, colours, and that it asks for nothing else. The page is held
# against --summary=json of the same log. Speaks TAP; screenshots go to .build/screenshots.
# Wants chromium, chromedriver, curl and jq.
set -u
. "$TOP/tests/tap.sh"
shots=$TOP/.build/screenshots
mkdir -p "$shots"
cd "$dir" || exit 1

for program in chromium chromedriver curl jq; do
	command -v $program >"$dir/which" || {
		echo "not ok - $program is missing"
		exit 1
	}
done

# Two days of a log in which each code comes at times of its own; its name is one that must not become markup.
log='a & <img src=x onerror=alert(1)> "b".log'
awk 'BEGIN {
	split("0x8009030c 0x80070005 0x8024402C 0xC000006D 0x80090325 0x800f0805 0xC0000005 0x80072EE7", code)
	for (minute = 0; minute < 2880; minute += 2)
		for (i = 1; i <= 8; i++) {
			wave = sin(minute / 2880 * 3.14159 * i + i)
			if (i < 8 ? wave > 0.55 && minute % (4 * i) == 0 : minute == 1000)
				printf "2026-03-%02d %02d:%02d:%02d web1 app: failed with HRESULT %s\n", 2 + int(minute / 1440),
					int(minute / 60) % 24, minute % 60, i * 7 % 60, code[i]
		}
	print "no time here: HRESULT 0x80004005"
}' >"$log"
"$HRGLOSS" --summary=html "$log" >page.html && "$HRGLOSS" --summary=json "$log" >summary.json
check "page and document are made" $?

# --- the WebDriver protocol, as far as needed

chromedriver --port=0 >driver.log 2>&1 &
driver=$!
session=
leave() {
	[ -z "$session" ] || curl -s -X DELETE "$base/session/$session" >"$dir/end"
	kill "$driver" 2>"$dir/end"
	wait "$driver" 2>"$dir/end"
	rm -rf "$dir"
}
trap leave EXIT
trap 'exit 1' INT TERM
tries=0
until port=$(sed -n 's/.*started successfully on port \([0-9]*\)\..*/\1/p' driver.log) && [ -n "$port" ]; do
	tries=$((tries + 1))
	[ $tries -lt 100 ] || exit 1
	sleep 0.1
done
base=http://127.0.0.1:$port

# post PATH BODY: the value of the answer
post() {
	curl -s -H 'Content-Type: application/json' -d "$2" "$base$1" | jq -c .value
}

# run SCRIPT: what it returns, as JSON
run() {
	post "/session/$session/execute/sync" "$(jq -nc --arg script "$1" '{script: $script, args: []}')"
}

cdp() {
	post "/session/$session/goog/cdp/execute" "{\"cmd\":\"$1\",\"params\":$2}" >"$dir/cdp"
}

# element XPATH
element() {
	post "/session/$session/element" "$(jq -nc --arg path "$1" '{using: "xpath", value: $path}')" | jq -r '.[]'
}

click() {
	post "/session/$session/element/$(element "//th/button[.='$1']")/click" '{}' >"$dir/click"
}

# resize WIDTH HEIGHT
resize() {
	cdp Emulation.setDeviceMetricsOverride "{\"width\":$1,\"height\":$2,\"deviceScaleFactor\":1,\"mobile\":false}"
}

shoot() {
	curl -s "$base/session/$session/screenshot" | jq -r .value | base64 -d >"$shots/$1.png"
}

open_page() {
	post "/session/$session/url" "{\"url\":\"file://$dir/page.html\"}" >"$dir/open"
}

# same NAME GOT EXPECTED
same() {
	[ -n "$2" ] && [ "$2" = "$3" ]
	check "$1" $? "got $(printf %.300s "$2"), expected $(printf %.300s "$3")"
}

session=$(post /session "$(jq -nc --arg profile "--user-data-dir=$dir/profile" '{capabilities: {alwaysMatch: {
	"goog:loggingPrefs": {browser: "ALL", performance: "ALL"},
	"goog:chromeOptions": {args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", $profile]}}}}')" | jq -r .sessionId)
[ -n "$session" ] && [ "$session" != null ]
check "the browser starts" $? "$dir/driver.log"
resize 1280 900
cdp Emulation.setEmulatedMedia '{"features":[{"name":"prefers-color-scheme","value":"light"}]}'
open_page

# --- what it shows

names='return [...document.querySelectorAll("tbody .title")].map(e => e.textContent)'
known='.name // "(unknown)"'
same "the rows are the codes of the document, in its order" "$(run "$names")" "$(jq -c "[.codes[] | $known]" summary.json)"
same "counts, codes and meanings are those of the document" \
	"$(run 'return [...document.querySelectorAll("tbody tr")].map(r => [+r.cells[0].textContent, r.cells[1].textContent,
		r.querySelector("p").textContent])')" \
	"$(jq -c '[.codes[] | [.count, .code, .meaning]]' summary.json)"
same "a name of a file is text, whatever it holds" \
	"$(run 'return [document.querySelector(".place").textContent, document.images.length]')" \
	"$(jq -c '[.codes[0].first.file + ":" + (.codes[0].first.line | tostring), 0]' summary.json)"

# --- the timeline

bars='const bars = svg => [...svg.querySelectorAll("rect")].map(r => [r.x.baseVal.value, r.y.baseVal.value, r.height.baseVal.value]);'
heights='def bars: (max) as $most | to_entries | map(select(.value > 0) |
	(100 * .value / $most | ceil) as $h | [8 * .key, 100 - $h, $h]);'
same "each code has the bars of its counts" \
	"$(run "$bars"' return [...document.querySelectorAll("tbody tr")].map(r => {
		const svg = r.querySelector("svg"); return svg ? bars(svg) : null; })')" \
	"$(jq -c "$heights"' [.codes[].times | if . then .counts | bars else null end]' summary.json)"
same "the overview has the bars of all codes together" \
	"$(run "$bars"' return bars(document.querySelector("figure svg"))')" \
	"$(jq -c "$heights"' [.codes[].times | select(.).counts] | transpose | map(add) | bars' summary.json)"
same "bars are where and as tall on the screen as their numbers say" \
	"$(run 'let wrong = 0, all = 0;
		for (const svg of document.querySelectorAll("svg")) {
			const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal, foot = box.bottom - 1;
			for (const r of svg.querySelectorAll("rect")) {
				const b = r.getBoundingClientRect(), x = r.x.baseVal.value / view.width * box.width;
				const high = r.height.baseVal.value / view.height * (box.height - 1);
				all++;
				wrong += [b.left - box.left - x, b.bottom - foot, b.height - high].some(d => Math.abs(d) > 0.6);
			}
		}
		return [wrong, all > 100]')" '[0,true]'
same "all timelines have one width" \
	"$(run 'return new Set([...document.querySelectorAll("td svg")].map(s => s.getBoundingClientRect().width.toFixed(1))).size')" 1
same "the axes are labelled with the first and the last time" \
	"$(run 'return [...document.querySelectorAll(".ends time")].map(t => t.dateTime)')" \
	"$(jq -c '[.first, .last, .first, .last]' summary.json)"
shoot light

# --- sorting

sorted='return [document.querySelectorAll("th[aria-sort]").length, document.querySelector("th[aria-sort]").textContent,
	document.querySelector("th[aria-sort]").ariaSort, [...document.querySelectorAll("tbody .title")].map(e => e.textContent)]'
# holds NAME COLUMN DIRECTION ORDER: ORDER is a jq expression that sorts the codes
holds() {
	same "$1" "$(run "$sorted")" "$(jq -c --arg column "$2" --arg way "$3" \
		"def rev(f): [group_by(f) | reverse[] | .[]]; [1, \$column, \$way, [.codes | $4 | .[] | $known]]" summary.json)"
}
timed='(map(select(.times)) | %s) + map(select(.times == null))'
same "the page says by what it is sorted at first" "$(run "$sorted")" \
	"$(jq -c "[1, \"Count\", \"descending\", [.codes[] | $known]]" summary.json)"
click Count
holds "a click on the sorted column turns the order" Count ascending 'sort_by(.count)'
click Name
holds "a click sorts by name" Name ascending 'sort_by(.name)'
click Name
holds "a second click sorts by name backwards" Name descending 'rev(.name)'
click Code
holds "a click sorts by code" Code ascending 'sort_by(.value)'
click First
holds "a click sorts by first time, and what has none comes last" First ascending \
	"$(printf "$timed" 'sort_by(.times.first, .first.line)')"
click Last
click Last
shoot sorted
same "a click sorts by last time" "$(run "$sorted" | jq -c '.[1:3]')" '["Last","descending"]'
post "/session/$session/element/$(element "//th/button[.='Count']")/value" '{"text":"\uE007"}' >"$dir/key"
holds "the Enter key sorts, too" Count descending 'rev(.count)'
same "the focus is seen" \
	"$(run 'return [document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]')" \
	'["Count","solid"]'

# --- colours and sizes

# luminance of the page, and the lowest contrast of any text with what is behind it (WCAG 2)
colours='const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => v / 255)
		.map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const style = e => getComputedStyle(e), clear = "rgba(0, 0, 0, 0)";
	const behind = e => { while (style(e).backgroundColor === clear) e = e.parentElement; return style(e).backgroundColor; };
	const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	const texts = [...document.body.querySelectorAll("h1, p, th, td, span, code, time, figcaption")];
	return [light(style(document.body).backgroundColor),
		Math.min(...texts.map(e => ratio(light(style(e).color), light(behind(e)))))]'
run "$colours" | jq -e '.[0] > 0.8 and .[1] >= 4.5' >"$dir/colours"
check "the page is light, and its texts stand out" $? "$dir/colours"
cdp Emulation.setEmulatedMedia '{"features":[{"name":"prefers-color-scheme","value":"dark"}]}'
run "$colours" | jq -e '.[0] < 0.05 and .[1] >= 4.5' >"$dir/colours"
check "the page is dark where that is preferred, and its texts stand out" $? "$dir/colours"
shoot dark
resize 400 800
same "a narrow window does not make the page wider than itself" \
	"$(run 'return document.documentElement.scrollWidth <= innerWidth')" true
shoot narrow
resize 1280 900

# --- what it asks for, and without scripts

curl -s -H 'Content-Type: application/json' -d '{"type":"performance"}' "$base/session/$session/se/log" |
	jq -c '[.value[].message | fromjson | .message | select(.method == "Network.requestWillBeSent") | .params
		| select(.documentURL | startswith("file:")) | .request.url]' >"$dir/requests"
same "the page asks for itself and nothing else" "$(cat "$dir/requests")" "[\"file://$dir/page.html\"]"
same "the browser has nothing to complain of" \
	"$(curl -s -H 'Content-Type: application/json' -d '{"type":"browser"}' "$base/session/$session/se/log" | jq -c '.value')" '[]'
cdp Emulation.setScriptExecutionDisabled '{"value":true}'
open_page
same "without scripts the rows are there, and nothing that cannot be clicked" \
	"$(run 'return [document.querySelectorAll("tbody tr").length, document.querySelectorAll("button").length]')" \
	"$(jq -c '[(.codes | length), 0]' summary.json)"
exit $bad
