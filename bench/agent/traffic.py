"""Steady packets between pods, each of which is to come back.

    traffic.py RATE SIZE NAME:NAMESPACE:NAMESPACE:ADDRESS…

For each stream, packets go from the first namespace to the address in the second, and back. Every
tenth is of the largest size. The end of standard input ends it: a line for each stream says how
many packets were sent and which were lost, and when those were sent.
"""

import json
import os
import selectors
import socket
import struct
import sys
import time

from namespaces import enter
from pings import DO_NOT_SPLIT, HEADERS

PORT = 7007
PATIENCE = 2.0
LARGE = 10
SMALL = 64


class Stream:
    def __init__(self, text):
        self.name, source, sink, self.address = text.split(":", 3)
        self.family = 6 if ":" in self.address else 4
        self.echo = enter(sink, lambda: self.made(self.address))
        self.client = enter(source, lambda: self.made(None))
        self.client.connect((self.address, PORT))
        # When each packet was sent that is not back.
        self.waiting, self.sent, self.slowest = {}, 0, 0.0
        # Of packets that were lost one after the other, the first and the last, and their times.
        self.gaps = []

    def made(self, bound):
        made = socket.socket(socket.AF_INET6 if self.family == 6 else socket.AF_INET,
                             socket.SOCK_DGRAM)
        made.setsockopt(*DO_NOT_SPLIT[self.family])
        if bound:
            made.bind((bound, PORT))
        made.setblocking(False)
        return made

    def send(self, size):
        length = size - HEADERS[self.family] if self.sent % LARGE == 0 else SMALL
        self.waiting[self.sent] = time.monotonic()
        try:
            self.client.send(struct.pack("!Q", self.sent) + bytes(length - 8))
        except OSError as error:
            print(f"{self.name}: {error.strerror}", file=sys.stderr, flush=True)
        self.sent += 1

    def answer(self):
        try:
            while True:
                packet, client = self.echo.recvfrom(0x10000)
                self.echo.sendto(packet, client)
        except OSError:
            pass

    def receive(self):
        try:
            while True:
                number = struct.unpack_from("!Q", self.client.recv(0x10000))[0]
                if started := self.waiting.pop(number, None):
                    self.slowest = max(self.slowest, time.monotonic() - started)
        except OSError:
            pass

    def expire(self, now):
        # Packets stand in their order: the first is the oldest.
        while self.waiting:
            number, started = next(iter(self.waiting.items()))
            if now - started < PATIENCE:
                return
            del self.waiting[number]
            if self.gaps and self.gaps[-1][1] == number - 1:
                self.gaps[-1][1::2] = number, started
            else:
                self.gaps.append([number, number, started, started])


def main():
    rate, size = int(sys.argv[1]), int(sys.argv[2])
    streams = [Stream(text) for text in sys.argv[3:]]
    selector = selectors.DefaultSelector()
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    for stream in streams:
        selector.register(stream.echo, selectors.EVENT_READ, stream.answer)
        selector.register(stream.client, selectors.EVENT_READ, stream.receive)
    turn, end = time.monotonic(), None
    while end is None or turn < end:
        now = time.monotonic()
        if now >= turn:
            turn += 1 / rate
            for stream in streams:
                if end is None:
                    stream.send(size)
                stream.expire(now)
        for key, _ in selector.select(max(0, turn - time.monotonic())):
            if key.data:
                key.data()
            elif not os.read(sys.stdin.fileno(), 1):
                selector.unregister(sys.stdin)
                end = time.monotonic() + PATIENCE + 2 / rate
    for stream in streams:
        print(json.dumps({"name": stream.name, "sent": stream.sent, "gaps": stream.gaps,
                          "slowest": stream.slowest}), flush=True)


if __name__ == "__main__":
    main()
