#!/bin/sh
# The page of --summary=html as it lies in the source: its policy names the style and script that it has, by their hashes, and
# it asks for nothing from elsewhere.
set -u
. "$TOP/tests/tap.sh"
page=$TOP/src/cmd/summary/page.html

# the bytes between the tags, as a browser hashes them
hash_of() {
	awk -v tag="$1" '
		$0 == "</" tag ">" { inside = 0 }
		inside { print }
		$0 == "<" tag ">" { inside = 1; printf "\n" }' "$page" |
		sha256sum | cut -c 1-64 | tr a-f A-F | basenc --base16 -d | base64
}

for tag in style script; do
	hash=$(hash_of $tag)
	grep -qF "$tag-src 'sha256-$hash'" "$page"
	check "the page's policy allows its $tag" $? "it must be sha256-$hash"
done

! grep -nE '(src|href|action|data)=|url\(|@import|fetch|XMLHttp|//[a-z]+\.|style=| on[a-z]+="' "$page" >"$dir/found"
check "the page needs nothing from elsewhere" $? "$dir/found"
exit $bad
