"""Compares the events of `evtxexport -f xml` with the lines that hrgloss writes: evtx_lines.py EXPORT LINES

Ends with 0 when they agree, but for what evtxexport does wrong; the last line that it prints counts that."""
import collections
import re
import sys
import xml.etree.ElementTree as ElementTree

LEVELS = ["Information", "Critical", "Error", "Warning", "Information", "Verbose"]
GAP = re.compile("[\0-\x20\x7f]*[\0-\x1f\x7f][\0-\x20\x7f]*")


def flat(text):
    return GAP.sub(" ", text).strip(" ")


def value_of(text):
    number = re.fullmatch("0x0*([0-9a-f]+)", text) if len(text) in (10, 18) else None
    return "0x" + number[1] if number else flat(text)


def local(name):
    return name.rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def pairs_of(element):
    """What an element of the data and those in it say: (name, value)."""
    attributes = {local(name): text for name, text in element.attrib.items()}
    name = attributes.pop("Name", "" if local(element.tag) == "Data" else local(element.tag))
    pairs = [(f"{name} {key}".strip(), value_of(text)) for key, text in attributes.items()]
    if len(element):
        return pairs + [pair for child in element for pair in pairs_of(child)]
    text = element.text or ""
    if text or (name and not attributes):
        pairs.append((flat(name), value_of(text)))
    return pairs


def line_of(event):
    """The line's head, and its pairs."""
    head = dict.fromkeys(["TimeCreated", "Provider", "EventID", "Level", "Computer"], "")
    pairs = []
    for part in event:
        for element in part:
            name = local(element.tag)
            if local(part.tag) != "System":
                pairs += pairs_of(element)
            elif name in head:
                key = {"TimeCreated": "SystemTime", "Provider": "Name"}.get(name)
                head[name] = flat((element.get(key) if key else element.text) or "")
    head["TimeCreated"] = re.sub(r"(\.\d{7})\d+Z$", r"\1Z", head["TimeCreated"])
    level = head["Level"] or "0"
    head["Level"] = LEVELS[int(level)] if level in "012345" else level
    return " ".join(text or "-" for text in head.values()), pairs


def wrong_in(theirs, ours):
    """What evtxexport did wrong, or None when that is none of what is known."""
    if re.fullmatch("-[0-9]+", ours) and re.fullmatch("-[0-9]+", theirs):
        if any(int(theirs) == -(int(ours) % 2**bits) for bits in (7, 15, 31, 63)):
            return "negative numbers"
    if re.fullmatch("0x[0-9a-f]+", ours) and theirs == str(int(ours, 16)):
        return "sizes as decimals"
    if re.fullmatch(r"-?[0-9.]+e[-+]\d{3}", theirs):
        if abs(float(theirs) - float(ours)) <= 1e-6 * abs(float(ours)):
            return "real numbers"
    return None


def compare(event, line, wrong):
    """What differs, or None."""
    head, pairs = line_of(event)
    texts = [f"{name}={value}" if name else value for name, value in pairs]
    if line == head + (": " if texts else "") + "; ".join(texts):
        return None
    at = len(head)
    if not line.startswith(head):
        return f"expected {head}, got {line[:200]}"
    found = []
    at += 2
    for i, (name, value) in enumerate(pairs):
        start = at + len(name) + bool(name)
        rest = line[start:]
        if rest.startswith(value) and rest[len(value):len(value) + 2] in ("", "; "):
            at = start + len(value) + 2
            continue
        ours = rest.split("; ", 1)[0]
        known = wrong_in(value, ours)
        if not known:
            if re.search("<[A-Za-z]", rest):  # they took markup in a string for elements
                found.append("markup in strings")
                break
            return f"expected {name}={value}, got {line[at:at + 200]}"
        found.append(known)
        at = start + len(ours) + 2
    wrong.update(found)
    return None


def events_of(export):
    text = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "\t", export)
    for part in re.findall("<Event[ >].*?</Event>(?=\n\n|\n*$)", text, re.S):
        try:
            yield ElementTree.fromstring(part)
        except ElementTree.ParseError:
            yield None


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace", newline="") as file:
        events = collections.deque(events_of(file.read()))
    with open(sys.argv[2], encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    wrong = collections.Counter()
    same = 0
    for line in lines:
        if events and events[0] is None:
            events.popleft()
            wrong["markup in strings"] += 1
            continue
        if not events or not line.startswith(line_of(events[0])[0]):
            wrong["events that are left out"] += 1
            continue
        differs = compare(events.popleft(), line, wrong)
        if differs:
            print(differs)
            return 1
        same += 1
    if events:
        print(f"{len(events)} events are missing, from {line_of(events[0])[0] if events[0] is not None else '?'} on")
        return 1
    known = ", ".join(f"{count} {what}" for what, count in sorted(wrong.items()))
    print(f"{same} events agree" + (f"; evtxexport is wrong in {known}" if known else ""))
    return 0


sys.exit(main())
