#!/usr/bin/env python3
"""Writes zone files equal to a cluster, and the questions that servers of it are measured with.

    zone.py OBJECTS DIRECTORY [QUESTIONS]

OBJECTS is what `weft-bench-watcher --serve DIR --mixed` leaves in DIR. The directory gets a file for
each zone, named like the zone with `.zone` behind it, and `queries` for dnsperf.
"""

import random
import sys

from records import TTL, VERSION_TTL, ZONE, all_records, read_objects

# Of a hundred questions; the rest has no answer.
SHARES = {"A": 40, "AAAA": 15, "SRV": 15, "PTR": 10}
# What pods ask for with the default search path, in which most names fail three times.
OUTSIDE = ["www.example.com", "api.example.net", "registry.example.org", "db.internal"]


def write_zone(directory, zone, records):
    with open(f"{directory}/{zone}zone", "w", encoding="ascii") as file:
        file.write(f"$TTL {TTL}\n")
        file.write(f"{zone} SOA ns.dns.{ZONE} hostmaster.{ZONE} 1 7200 1800 86400 {TTL}\n")
        file.write(f"{zone} NS ns.dns.{ZONE}\n")
        if zone == ZONE:
            file.write(f"ns.dns.{zone} A 192.0.2.53\n")
        for owner, kind, data in records:
            file.write(f"{owner} {kind} {data}\n")
        if zone == ZONE:
            file.write(f'$TTL {VERSION_TTL}\ndns-version.{zone} TXT "1.1.0"\n')


def questions(forward, backward, count):
    """A mix that is the same in every run."""
    chance = random.Random(1035)
    # Aliases of names outside would make a measured server ask others.
    outside = [o for o, kind, data in forward if kind == "CNAME" and not data.endswith(ZONE)]
    services = sorted({".".join(o.split(".")[-6:]) for o, kind, _ in forward if kind != "TXT"})
    services = sorted(set(services) - set(outside))
    below = [o for o, kind, _ in forward if kind == "A" and len(o.split(".")) == 7]
    ports = sorted({o for o, kind, _ in forward if kind == "SRV" and o.startswith("_")})
    addresses = [owner for owner, _, _ in backward]
    namespaces = sorted({".".join(owner.split(".")[1:]) for owner in services})

    def name(kind):
        if kind == "PTR":
            return chance.choice(addresses)
        if kind == "SRV":
            return chance.choice(ports)
        # A quarter asks for a single endpoint.
        return chance.choice(below if chance.random() < 0.25 else services)

    def nowhere():
        searched = [chance.choice(namespaces), f"svc.{ZONE}", ZONE]
        return f"{chance.choice(OUTSIDE)}.{chance.choice(searched)}"

    for _ in range(count):
        turn = chance.randrange(100)
        for kind, share in SHARES.items():
            if turn < share:
                yield name(kind), kind
                break
            turn -= share
        else:
            yield nowhere(), chance.choice(["A", "AAAA"])


def main(objects, directory, count="100000"):
    forward, backward = all_records(read_objects(objects))
    write_zone(directory, ZONE, forward)
    for zone in ("in-addr.arpa.", "ip6.arpa."):
        write_zone(directory, zone, [r for r in backward if r[0].endswith("." + zone)])
    with open(f"{directory}/queries", "w", encoding="ascii") as file:
        for name, kind in questions(forward, backward, int(count)):
            file.write(f"{name} {kind}\n")
    print(f"{len(forward)} records of names, {len(backward)} of addresses")


if __name__ == "__main__":
    main(*sys.argv[1:])
