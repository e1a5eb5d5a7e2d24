#!/usr/bin/env python3
"""Measures how long an endpoint's change takes to be answered.

    delay.py [options] --api URL --ca FILE --services N NAME=ADDRESS/PID...

One endpoint after the other is changed at the API server, and one server asked without a pause until
it tells the new address. The time is from before the API server is told until the answer is there:
the event's way to the watcher and its reading are within.
"""

import argparse
import http.client
import ipaddress
import random
import socket
import ssl
import statistics
import struct
import time
import urllib.parse

import wire

# Numbers of changes lead to services in this order (Sources/Bench/Serve/Clusters).
STRIDE = 37
# Of a hundred services these are headless with ready endpoints (Sources/Bench/Serve/Clusters).
HEADLESS = range(80, 94)
NAMESPACES = 100
# Longer than anybody waits for.
PATIENCE = 5.0


class Cluster:
    """The API server's side: changes are counted from its start."""

    def __init__(self, url, authority, services):
        place = urllib.parse.urlsplit(url)
        context = ssl.create_default_context(cafile=authority)
        self.connection = http.client.HTTPSConnection(place.hostname, place.port, context=context)
        self.services = services
        self.done = 0

    def change(self, count):
        self.connection.request("GET", f"/changes?{count},1000000")
        self.connection.getresponse().read()
        self.done += count

    def skip_to_headless(self):
        """Makes changes until the next one is to be seen in addresses; says of which service."""
        start = self.done
        while (number := start * STRIDE % self.services) % 100 not in HEADLESS:
            start += 1
        if start > self.done:
            self.change(start - self.done)
        return number


class Client:
    def __init__(self, address, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.settimeout(PATIENCE)
        self.socket.connect((address, port))

    def addresses(self, name):
        number = random.getrandbits(16)
        self.socket.send(wire.question(number, name, "A", True))
        reply = self.socket.recv(4096)
        while struct.unpack_from("!H", reply)[0] != number:
            reply = self.socket.recv(4096)
        return self.read(reply)

    @staticmethod
    def read(reply):
        """All addresses; each is behind a pointer to the question's name, as all servers write it."""
        reader = wire.Reader(reply)
        head = reader.unpack("!6H")
        reader.name()
        reader.unpack("!2H")
        found = set()
        for _ in range(head[3]):
            reader.name()
            kind, _, _, size = reader.unpack("!2HIH")
            data = reader.take(size)
            if kind == wire.TYPES["A"]:
                found.add(ipaddress.ip_address(data))
        return found


def delay(cluster, client):
    number = cluster.skip_to_headless()
    namespace = number // 100 % NAMESPACES
    name = f"service-{number}.ns-{namespace}.svc.cluster.local"
    before = client.addresses(name)
    if not before:
        raise SystemExit(f"{name} has no addresses")
    begin = time.monotonic()
    cluster.change(1)
    told = time.monotonic()
    while client.addresses(name) == before:
        if time.monotonic() > begin + PATIENCE:
            raise SystemExit(f"{name} has not changed in {PATIENCE} s")
    return (time.monotonic() - begin, told - begin)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--api", required=True)
    parser.add_argument("--ca", required=True)
    parser.add_argument("--services", type=int, required=True)
    parser.add_argument("--port", type=int, default=53)
    parser.add_argument("--changes", type=int, default=500)
    parser.add_argument("servers", nargs="+")
    options = parser.parse_args()
    cluster = Cluster(options.api, options.ca, options.services)
    clients = [
        (name, Client(rest.split("/")[0], options.port), [])
        for name, rest in (server.split("=") for server in options.servers)
    ]
    for _ in range(options.changes):
        for _, client, delays in clients:
            delays.append(delay(cluster, client))
    for name, _, delays in clients:
        whole = sorted(1000 * seconds for seconds, _ in delays)
        told = statistics.median(1000 * seconds for _, seconds in delays)
        print(
            f"{name}: an endpoint's change is answered after {statistics.median(whole):.2f} ms "
            f"(p99 {whole[len(whole) * 99 // 100]:.2f} ms, longest {whole[-1]:.2f} ms, "
            f"{len(whole)} changes; the API server has sent it after {told:.2f} ms)")


if __name__ == "__main__":
    main()
