#!/usr/bin/env python3
"""Asks two servers the same questions, and lists how their answers differ, by kind of difference.

    compare.py --zones DIRECTORY NAME=ADDRESS NAME=ADDRESS

The names are those of the zone files (a sample, with all their ancestors), names that do not exist
below each of them, and both in mixed case. Each is asked for every type, over UDP with and without
EDNS and over TCP. What may differ is not compared: the order of records, serials, names of servers.
Ends with 1 if anything differs.
"""

import argparse
import collections
import pathlib
import random
import sys

from records import MARK
from wire import Client

KINDS = ["A", "AAAA", "SRV", "TXT", "PTR", "NS", "SOA", "MX", "TYPE65400", "ANY"]
WAYS = ["udp", "edns", "tcp"]


def owners(directory):
    """The names of all zones with the types of their records; marks only make what is above exist."""
    found = {}
    for path in sorted(pathlib.Path(directory).glob("*.zone")):
        for line in path.read_text(encoding="ascii").splitlines():
            fields = line.split(maxsplit=2)
            if len(fields) < 3 or fields[0].startswith("$"):
                continue
            if fields[0].startswith(MARK):
                found.setdefault(fields[0].split(".", 1)[1].lower(), set())
                continue
            kinds = found.setdefault(fields[0].lower(), set())
            kinds.add("several " + fields[1] if fields[1] in kinds else fields[1])
    return found


def shape(name, kinds):
    """What a name looks like: two of the same shape are of one kind."""
    labels = name.rstrip(".").split(".")
    if name.endswith(".arpa."):
        return f"reverse of {len(labels)} labels, {'+'.join(sorted(kinds)) or 'nothing'}"
    first = labels[0] if labels[0].startswith("_") else ""
    return f"{len(labels)} labels {first} {'+'.join(sorted(kinds)) or 'nothing'}".replace("  ", " ")


def with_ancestors(found, zones):
    """All names, and those that exist because something is below them."""
    everything = dict(found)
    for name in found:
        while name not in zones and "." in name[:-1]:
            name = name.split(".", 1)[1]
            everything.setdefault(name, set())
    return everything


def sample(found, zones, each, chance):
    """Some names of each shape, in the order of shapes."""
    shapes = collections.defaultdict(list)
    for name, kinds in sorted(with_ancestors(found, zones).items()):
        shapes[shape(name, kinds)].append(name)
    for kind, names in sorted(shapes.items()):
        for name in chance.sample(names, min(each, len(names))):
            yield name, f"exists: {kind}"
            yield f"nothing-{chance.randrange(10**6)}.{name}", f"below: {kind}"
            yield f"*.{name}", f"star below: {kind}"
            yield mixed(name, chance), f"exists, mixed case: {kind}"


def mixed(name, chance):
    return "".join(chance.choice([c.lower(), c.upper()]) for c in name)


def aspects(answer, name, kind):
    """What is compared of an answer, by name."""
    if isinstance(answer, str):
        return {"no valid answer": answer}
    records = [(o, k, t, d) for o, k, t, d in answer.answers if k != "SOA"]
    said = {
        "rcode": answer.rcode,
        "truncated": answer.is_truncated,
        "authoritative": answer.is_authoritative,
        "recursion offered": answer.offers_recursion,
        "negative SOA": answer.negative,
        "SOA answered": any(k == "SOA" for _, k, _, _ in answer.answers),
        "EDNS": len(answer.options),
    }
    if kind == "ANY":
        # Which records that are is the server's choice, and so is one made up (RFC 8482, 4).
        return {k: said[k] for k in ("rcode", "authoritative", "recursion offered", "EDNS")}
    # Servers may leave out any of what does not fit.
    if not answer.is_truncated:
        # Whom else to ask is advice that nobody needs who has an answer, and some always give.
        advised = {d for _, k, _, d in answer.authority if k == "NS" and answer.answers}
        data = [(k, without_weight(d) if k == "SRV" else d) for _, k, _, d in records]
        said["answers"] = sorted(data)
        # The name asked for comes back as it was written; the case of others means nothing.
        said["answers' owners"] = sorted(
            {o if o.lower() == name.lower() else o.lower() for o, _, _, _ in records})
        said["SRV weights"] = sorted({d.split()[1] for _, k, _, d in records if k == "SRV"})
        said["TTLs"] = sorted({(k, t) for _, k, t, _ in records})
        further = [
            (o.lower(), k, d) for o, k, _, d in answer.additional if o.lower() not in advised]
        said["additional"] = sorted(set(further))
        said["additional twice"] = len(further) > len(set(further))
        said["authority beside SOA"] = sorted(
            (o.lower(), k) for o, k, _, d in answer.authority if k != "SOA" and d not in advised)
    return said


def without_weight(data):
    priority, _, port, target = data.split()
    return f"{priority} * {port} {target}"


def short(value):
    text = str(value)
    return text if len(text) <= 160 else text[:157] + "..."


def compare(first, second, questions):
    """Differences by what differs, on what kind of question and how; an example of each."""
    groups = collections.defaultdict(list)
    count = 0
    for name, kind_of_name in questions:
        for kind in KINDS:
            for way in WAYS:
                count += 1
                one, other = (aspects(c.ask(name, kind, way), name, kind) for c in (first, second))
                for aspect in sorted(one.keys() | other.keys()):
                    # One that is cut short or missing has been reported as that.
                    if one.get(aspect, other.get(aspect)) != other.get(aspect, one.get(aspect)):
                        groups[aspect, kind_of_name, kind].append(
                            (way, name, one[aspect], other[aspect]))
                    elif aspect == "no valid answer" and not (aspect in one and aspect in other):
                        groups[aspect, kind_of_name, kind].append(
                            (way, name, one.get(aspect, "answered"), other.get(aspect, "answered")))
    return count, groups


def report(names, count, groups):
    print(f"\n{names[0]} and {names[1]}: {count} questions, "
          f"{sum(map(len, groups.values()))} differences of {len(groups)} kinds")
    aspects_seen = collections.defaultdict(dict)
    for (aspect, kind_of_name, kind), found in groups.items():
        aspects_seen[aspect][kind_of_name, kind] = found
    for aspect, cases in sorted(aspects_seen.items(), key=lambda pair: -total(pair[1])):
        print(f"\n== {aspect}: {total(cases)}")
        for what, held in sorted(merged(cases).items()):
            kinds, ways = {kind for kind, _ in held}, {case[0] for _, case in held}
            kind, (way, name, one, other) = held[0]
            print(f"  {len(held):>5} {what[0]}; {','.join(sorted(kinds))} "
                  f"over {','.join(sorted(ways))}")
            print(f"        such as {name} {kind} over {way}")
            for server, mine, others in ((names[0], one, other), (names[1], other, one)):
                print(f"        {server}: {short(own(mine, others))}")


def own(values, others):
    """Of a list, what the other has not."""
    if not isinstance(values, list) or not isinstance(others, list):
        return values
    return [value for value in values if value not in others] or f"nothing of its own, {len(values)}"


def total(cases):
    return sum(map(len, cases.values()))


def merged(cases):
    """One entry for what is alike: the same two values, whatever the name, or names of one kind."""
    values = collections.defaultdict(set)
    for (kind_of_name, _), found in cases.items():
        for _, _, one, other in found:
            values[short(one), short(other)].add(kind_of_name)
    entries = collections.defaultdict(list)
    for (kind_of_name, kind), found in cases.items():
        for case in found:
            pair = short(case[2]), short(case[3])
            number = len(values[pair])
            key = (f"{number} kinds of names", pair) if number > 1 else (kind_of_name, kind)
            entries[key].append((kind, case))
    return entries


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("servers", nargs=2, metavar="NAME=ADDRESS")
    parser.add_argument("--zones", required=True)
    parser.add_argument("--port", type=int, default=5300)
    parser.add_argument("--each", type=int, default=3, help="names of each shape")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    names, addresses = zip(*(server.split("=") for server in options.servers))
    zones = {path.name[:-4] for path in pathlib.Path(options.zones).glob("*.zone")}
    questions = list(sample(owners(options.zones), zones, options.each, random.Random(options.seed)))
    clients = [Client(address, options.port) for address in addresses]
    count, groups = compare(*clients, questions)
    report(names, count, groups)
    sys.exit(1 if groups else 0)


if __name__ == "__main__":
    main()
