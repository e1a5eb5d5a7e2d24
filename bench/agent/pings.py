"""Pings of the largest size from many namespaces to many addresses, all at once."""

import selectors
import socket
import struct
import time

# linux/in.h and linux/in6.h: packets are not split on their way.
DO_NOT_SPLIT = {4: (socket.IPPROTO_IP, 10, 2), 6: (socket.IPPROTO_IPV6, 23, 2)}
KINDS = {
    4: (socket.AF_INET, socket.IPPROTO_ICMP, 8),
    6: (socket.AF_INET6, socket.IPPROTO_ICMPV6, 128),
}
HEADERS = {4: 20 + 8, 6: 40 + 8}
PATIENCE = 1.0


class Pinger:
    """Sends from one namespace."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.sockets = namespace.inside(lambda: {family: pinging(family) for family in (4, 6)})


def pinging(family):
    kind, protocol, _ = KINDS[family]
    made = socket.socket(kind, socket.SOCK_DGRAM, protocol)
    made.setsockopt(*DO_NOT_SPLIT[family])
    made.setblocking(False)
    return made


def mesh(routes, size):
    """Pings along (pinger, family, address, words); the answer is those that failed, and why."""
    selector, open_, problems = selectors.DefaultSelector(), {}, []
    for pinger in {route[0] for route in routes}:
        for family, made in pinger.sockets.items():
            drain(made)
            selector.register(made, selectors.EVENT_READ, (pinger, family))
    for number, (pinger, family, address, words) in enumerate(routes):
        packet = struct.pack("!BBHHH", KINDS[family][2], 0, 0, 0, number)
        packet += bytes(size - HEADERS[family])
        try:
            pinger.sockets[family].sendto(packet, (address, 0))
            open_[number] = (pinger, family, words)
        except OSError as error:
            problems.append(f"{words}: {error.strerror}")
    deadline = time.monotonic() + PATIENCE
    while open_ and (left := deadline - time.monotonic()) > 0:
        for key, _ in selector.select(left):
            receive(key.fileobj, key.data, open_, size)
    selector.close()
    return problems + [f"{words}: no answer" for _, _, words in open_.values()]


def drain(made):
    try:
        while True:
            made.recv(0x10000)
    except OSError:
        pass


def receive(made, sender, open_, size):
    try:
        while True:
            answer = made.recv(0x10000)
            number = struct.unpack_from("!H", answer, 6)[0]
            pinger, family, _ = open_.get(number, (None, None, None))
            if (pinger, family) == sender and len(answer) == 8 + size - HEADERS[family]:
                del open_[number]
    except OSError:
        # There is no more, or one was refused on its way: its deadline tells which.
        pass
