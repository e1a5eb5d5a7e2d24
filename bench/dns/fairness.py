#!/usr/bin/env python3
"""How long fifty clients wait for answers while another one floods the server.

    fairness.py [--weft PROGRAM] [--seconds N] [--flood N] [--rate N]

The flood sends so many questions a second, from one socket, and reads no answer; each of the fifty has
an address of its own and asks ten times a second. Without `ratelimit` and with it, in turn, and once
without a flood: how many questions had no answer within a second, how long the others took, and what
the server's processor time was.
"""

import argparse
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

SERVER = ("127.0.7.1", 5300)
CLIENTS = 50
INTERVAL = 0.1
PATIENCE = 1.0
NAME = "web.default.svc.cluster.local"

SERVICE = """apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1], ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: default}
"""


def question(number):
    name = b"".join(bytes([len(part)]) + part.encode() for part in NAME.split("."))
    return struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + name + struct.pack(">BHH", 0, 1, 1)


def flood(rate, seconds):
    """Sends at a rate, in a process of its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.bind(("127.0.8.1", 0))
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        own.connect(SERVER)
        packet, start, sent = question(1), time.monotonic(), 0
        while (passed := time.monotonic() - start) < seconds:
            for _ in range(min(int(passed * rate) - sent, 1000)):
                own.send(packet)
                sent += 1
        print(sent, flush=True)


class Client:
    def __init__(self, number, start):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((f"127.0.9.{number + 1}", 0))
        self.socket.connect(SERVER)
        self.socket.setblocking(False)
        self.next = start + INTERVAL * number / CLIENTS
        self.waiting = {}
        self.number = 0

    def ask(self, now):
        self.number += 1
        self.waiting[self.number] = now
        self.next += INTERVAL
        self.socket.send(question(self.number))

    def hear(self, now):
        """The time that each answer took."""
        times = []
        try:
            while True:
                number = struct.unpack(">H", self.socket.recv(4096)[:2])[0]
                times.append(now - self.waiting.pop(number))
        except BlockingIOError:
            return times


def quiet(seconds):
    """All answers' times, and how many questions had none."""
    start = time.monotonic()
    clients = [Client(number, start) for number in range(CLIENTS)]
    poll = select.poll()
    by_socket = {client.socket.fileno(): client for client in clients}
    for number in by_socket:
        poll.register(number, select.POLLIN)
    times, asked = [], 0
    while (now := time.monotonic()) < start + seconds + PATIENCE:
        if now < start + seconds:
            for client in clients:
                if client.next <= now:
                    client.ask(now)
                    asked += 1
        for number, _ in poll.poll(1):
            times += by_socket[number].hear(time.monotonic())
    return sorted(times), asked - len(times)


def used(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def trial(name, options, limit, rate):
    with tempfile.TemporaryDirectory() as state:
        os.mkdir(f"{state}/objects")
        with open(f"{state}/objects/all.yaml", "w") as file:
            file.write(SERVICE)
        with open(f"{state}/Corefile", "w") as file:
            file.write(f".:{SERVER[1]} {{\n bind {SERVER[0]}\n kubernetes cluster.local\n {limit}\n}}\n")
        server = subprocess.Popen(
            [options.weft, "dns", "--quiet", "--conf", f"{state}/Corefile",
             "--manifests", f"{state}/objects"], stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            flooding = subprocess.Popen(
                [sys.executable, __file__, "--only-flood", str(rate),
                 "--seconds", str(options.seconds + 1)], stdout=subprocess.PIPE, text=True)
            time.sleep(0.5)
            before = used(server.pid)
            times, lost = quiet(options.seconds)
            share = (used(server.pid) - before) / (options.seconds + PATIENCE)
            sent = int(flooding.communicate()[0])
        finally:
            server.terminate()
            server.wait()
    at = lambda part: times[int(len(times) * part)] * 1000 if times else float("nan")
    print(f"| {name} | {sent / (options.seconds + 1):,.0f}/s | {lost} of {len(times) + lost} "
          f"| {at(0.5):.2f} ms | {at(0.99):.2f} ms | {share:.2f} |", flush=True)


parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--weft", default=".build/stage/weft")
parser.add_argument("--seconds", type=int, default=10)
parser.add_argument("--flood", type=int, default=100_000)
parser.add_argument("--rate", type=int, default=1000)
parser.add_argument("--only-flood", type=int, help=argparse.SUPPRESS)
options = parser.parse_args()
if options.only_flood is not None:
    flood(options.only_flood, options.seconds)
    sys.exit()
print("| | flood | without an answer | median | 99 % | processors |\n|---|---|---|---|---|---|")
trial("no flood", options, "", 0)
for name, limit in [
    ("no limit", ""), ("`ratelimit` without `slip`", f"ratelimit {options.rate} {{\n slip 0\n }}"),
    ("`ratelimit`", f"ratelimit {options.rate}"),
]:
    trial(name, options, limit, options.flood)
