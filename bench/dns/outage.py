#!/usr/bin/env python3
"""What a DNS server of a cluster answers while what it depends on is away; see outage.sh.

    outage.py --weft PROGRAM --state DIRECTORY --kubeconfig FILE --service NAME --headless NAME
              --reverse NAME [--stop-api COMMAND --start-api COMMAND]
"""

import argparse
import re
import socket
import subprocess
import sys
import time

from doubles import Relay, Upstream
from witness import PATIENCE, Witness

PLACE = ("127.0.6.1", 5300)
UPSTREAM = ("127.0.6.2", 5300)
# Where somebody else is, and a configuration that wants to be there too.
TAKEN = ("127.0.6.1", 5301)
# Of the log of each trial.
LINES = 8
NOTHING = "nothing.default.svc.cluster.local"

COREFILE = """.:%(port)s {
    bind %(address)s
    errors
    health %(address)s:8080
    ready %(address)s:8181
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl %(ttl)s
    }
    forward . %(upstream)s:%(port)s {
        max_concurrent 1000
    }
    cache 30 {
        disable success cluster.local
        disable denial cluster.local
    }
    loop
    reload 2s 0s
    loadbalance
}
"""


def corefile(ttl):
    return COREFILE % {
        "port": PLACE[1], "address": PLACE[0], "upstream": UPSTREAM[0], "ttl": ttl}


class Server:
    """`weft dns`, which can be ended and started."""

    def __init__(self, options, kubeconfig):
        self.path = f"{options.state}/Corefile"
        self.command = [options.weft, "dns", "--conf", self.path, "--kubeconfig", kubeconfig]
        self.log = open(f"{options.state}/weft.log", "ab")
        self.reader = open(self.log.name, encoding="utf-8", errors="replace")
        self.process = None
        self.write(corefile(ttl=30))

    def write(self, text):
        with open(self.path, "w", encoding="ascii") as file:
            file.write(text)

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)

    def terminate(self):
        self.process.terminate()
        self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def said(self):
        """What it has written to its log since the last time."""
        return self.reader.read().splitlines()


class API:
    """The way to the API server, or the server itself if there are commands for that."""

    def __init__(self, options):
        with open(options.kubeconfig, encoding="utf-8") as file:
            text = file.read()
        host, port = re.search(r"https://([0-9.]+):(\d+)", text).groups()
        self.kubeconfig = options.kubeconfig
        self.stop, self.start = command(options.stop_api), command(options.start_api)
        if not options.stop_api:
            relay = Relay((host, int(port)))
            self.stop, self.start = relay.stop, relay.start
            self.kubeconfig += ".relayed"
            with open(self.kubeconfig, "w", encoding="utf-8") as file:
                file.write(text.replace(f"{host}:{port}", f"127.0.0.1:{relay.port}"))


def command(text):
    return lambda: subprocess.run(["bash", "-c", text], check=True, stdout=subprocess.DEVNULL)


class Trial:
    def __init__(self, options):
        self.api = API(options)
        self.upstream = Upstream(UPSTREAM)
        self.server = Server(options, self.api.kubeconfig)
        self.phases = []
        self.number = 0
        self.witness = Witness(PLACE, {
            "ClusterIP": (lambda _: options.service, "A"),
            "headless": (lambda _: options.headless, "A"),
            "no such name": (lambda _: NOTHING, "A"),
            "reverse": (lambda _: options.reverse, "PTR"),
            # Another in each phase, so that none is too old for the cache in the midst of it.
            "external, cached": (lambda _: f"host-{self.number}.bench.test", "A"),
            "external, new": (lambda number: f"new-{number}.bench.test", "A"),
        }, 0.1)
        self.quick = Witness(PLACE, {"ClusterIP": (lambda _: options.service, "A")}, 0.005)

    def phase(self, title, seconds, *events):
        """Lets things happen at their seconds, each with words for it."""
        self.number += 1
        start = time.monotonic()
        for second, _, action in events:
            time.sleep(max(0, start + second - time.monotonic()))
            action()
        time.sleep(max(0, start + seconds - time.monotonic()))
        self.phases.append((title, start, seconds, events, self.server.said()))

    def run(self):
        self.server.start()
        self.witness.start()
        self.quick.start()
        time.sleep(3)
        self.server.said()
        self.outages()
        self.changes()
        # The last questions may still be answered.
        time.sleep(PATIENCE)
        self.witness.end()
        self.quick.end()
        self.server.kill()

    def outages(self):
        api, upstream, server = self.api, self.upstream, self.server
        self.phase(
            "The API server stops for 10 s", 20,
            (2, "API server stops", api.stop), (12, "API server starts", api.start))
        self.phase(
            "It starts while the API server is away", 20,
            (1, "server and API server stop", lambda: (server.kill(), api.stop())),
            (3, "server starts", server.start), (10, "API server starts", api.start))
        self.phase(
            "The upstream refuses for 10 s", 16,
            (2, "upstream ends", upstream.refuse), (12, "upstream starts", upstream.start))
        self.phase(
            "The upstream is silent for 10 s", 20,
            (2, "upstream silent", upstream.silence), (12, "upstream answers", upstream.start))

    def changes(self):
        server = self.server
        self.phase(
            "Restarts", 10,
            (2, "SIGKILL, start", lambda: (server.kill(), server.start())),
            (6, "SIGTERM, start", lambda: (server.terminate(), server.start())))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as somebody:
            somebody.bind(TAKEN)
            self.phase(
                "Changes of the Corefile", 25,
                (1, "misspelt", lambda: server.write(corefile(30).replace("cache", "cahce"))),
                (7, "well, with ttl 20", lambda: server.write(corefile(20))),
                (13, "ttl 10, and a port in use", lambda: server.write(
                    corefile(10) + f".:{TAKEN[1]} {{\n    bind {TAKEN[0]}\n    any\n}}\n")),
                (19, "other names: pods disabled", lambda: server.write(
                    corefile(20).replace("pods insecure", "pods disabled"))))

    def report(self):
        return all([self.table(*phase) for phase in self.phases])

    def table(self, title, start, seconds, events, said):
        titles = list(self.witness.names)
        print(f"\n## {title}\n\n| second | | {' | '.join(titles)} | slowest |")
        print("|---" * (len(titles) + 3) + "|")
        for second in range(seconds):
            words = ", ".join(words for at, words, _ in events if at == second)
            begin = start + second
            cells = [summary(self.witness.between(begin, begin + 1, name)) for name in titles]
            waits = [q.waited or PATIENCE for q in self.witness.between(begin, begin + 1)]
            print(f"| {second} | {words} | {' | '.join(cells)} | {1000 * max(waits):.0f} ms |")
        any_gap = self.quick.longest_gap(start, start + seconds)
        gap = self.quick.longest_gap(start, start + seconds, ["NOERROR"])
        print(f"\nThe ClusterIP's name, asked every {1000 * self.quick.interval:.0f} ms: without "
              f"any answer for at most {any_gap:.0f} ms, without its address for {gap:.0f} ms.\n")
        for line in said[:LINES]:
            print(f"    {line}")
        if len(said) > LINES:
            print(f"    … and {len(said) - LINES} lines more")
        return self.judge(start, start + seconds)

    def judge(self, start, end):
        """Nothing that exists may be said not to."""
        wrong = [
            question for question in self.witness.between(start, end)
            if question.code == ("NOERROR" if question.title == "no such name" else "NXDOMAIN")
        ]
        for question in wrong:
            print(f"WRONG: {question.title}: {question.code} at {question.sent - start:.1f} s")
        return not wrong


def summary(questions):
    """The codes of a second's questions, with numbers unless all have the same."""
    codes = [question.code for question in questions]
    ttls = sorted({q.ttl for q in questions if q.title == "ClusterIP" and q.ttl})
    counts = {code: codes.count(code) for code in sorted(set(codes))}
    if len(counts) == 1:
        text = next(iter(counts))
    else:
        text = ", ".join(f"{count} {code}" for code, count in counts.items())
    return text + (f" (ttl {', '.join(map(str, ttls))})" if ttls else "")


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("weft", "state", "kubeconfig", "service", "headless", "reverse"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--stop-api")
    parser.add_argument("--start-api")
    trial = Trial(parser.parse_args())
    try:
        trial.run()
    finally:
        if trial.server.process:
            trial.server.process.kill()
    return 0 if trial.report() else 1


if __name__ == "__main__":
    sys.exit(main())
