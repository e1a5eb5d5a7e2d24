#!/usr/bin/env python3
"""Lets dnsperf ask several servers in turn, and prints what each answer costs them.

    load.py [options] NAME=ADDRESS/PID...

Each round asks every server once, so that whatever else the machine does meets all alike. A server is
the process and its children; its time is the system's and the user's of all of them.
"""

import argparse
import os
import re
import statistics
import subprocess
import tempfile

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, text):
        self.name, rest = text.split("=")
        self.address, pid = rest.split("/")
        self.pid = int(pid)
        self.runs = []

    def processes(self):
        """The process and all below it."""
        parents = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            fields = stat(pid)
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(pid))
        found = [self.pid]
        for pid in found:
            found += parents.get(pid, [])
        return found

    def seconds(self):
        fields = filter(None, map(stat, self.processes()))
        return sum(int(f[11]) + int(f[12]) for f in fields) / TICKS

    def resident(self):
        """Megabytes; what several processes share is counted for each."""
        total = 0
        for pid in self.processes():
            with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
                total += sum(int(l.split()[1]) for l in file if l.startswith("VmRSS"))
        return total / 1024


def stat(pid):
    """The fields of /proc/PID/stat from the state on; nothing for one that has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def dnsperf(server, options, seconds):
    """What dnsperf says, each answer's time if it is asked for, and its own processor time."""
    command = ["dnsperf", "-s", server.address, "-p", str(options.port), "-d", options.queries]
    command += ["-c", str(options.clients), "-T", str(options.threads), "-l", str(seconds)]
    command += ["-q", str(options.outstanding), "-t", "2", "-W"]
    command += ["-e"] if options.edns else []
    command += ["-Q", str(options.rate), "-v"] if options.rate else []
    command += ["-n", "1"] if options.once else []
    with tempfile.TemporaryFile("w+", encoding="ascii", errors="replace") as output:
        child = subprocess.Popen(command, stdout=output)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"dnsperf ended with {child.returncode}: {' '.join(command)}")
        output.seek(0)
        return read(output), used.ru_utime + used.ru_stime


def read(lines):
    times, said = [], {}
    for line in lines:
        if line.startswith("> "):
            last = line.rsplit(None, 1)[-1]
            # A query that got no answer has a word there.
            if last[0].isdigit():
                times.append(float(last))
        elif match := re.match(r"\s+([A-Z][\w ()]*):\s+(.*)", line):
            said[match[1]] = match[2]
    return times, said


def measure(server, options):
    before = server.seconds()
    (times, said), own = dnsperf(server, options, options.seconds)
    spent = server.seconds() - before
    completed = int(said["Queries completed"].split()[0])
    took = float(said["Run time (s)"])
    times.sort()
    pick = lambda share: 1e6 * times[int(share * (len(times) - 1))] if times else float("nan")
    server.runs.append({
        "q/s": completed / took,
        "lost": int(said["Queries lost"].split()[0]),
        "µs/q": 1e6 * spent / max(completed, 1),
        "cores": spent / took,
        "mean µs": 1e6 * float(said["Average Latency (s)"].split()[0]),
        "p50 µs": pick(0.5),
        "p99 µs": pick(0.99),
        "p99.9 µs": pick(0.999),
        "RSS MB": server.resident(),
        "dnsperf µs/q": 1e6 * own / max(completed, 1),
        "dnsperf cores": own / took,
    })
    return said["Response codes"]


def table(servers, options):
    """Medians of the rounds, and beside them how many times the first server's they are."""
    columns = [c for c in servers[0].runs[0] if options.rate or not c.startswith("p")]
    medians = {s.name: {c: statistics.median(r[c] for r in s.runs) for c in columns} for s in servers}
    compared = [c for c in ("q/s", "µs/q", "p99 µs") if c in columns]
    heads = columns + [f"{c} ratio" for c in compared]
    width = max(len(s.name) for s in servers)
    print(" " * width, *(f"{head:>13}" for head in heads))
    base = medians[servers[0].name]
    for name, values in medians.items():
        cells = [number(values[c]) for c in columns]
        cells += [f"{values[c] / base[c]:.2f}" if base[c] else "-" for c in compared]
        print(f"{name:<{width}}", *(f"{cell:>13}" for cell in cells))


def number(value):
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.2f}"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("servers", nargs="+", metavar="NAME=ADDRESS/PID", type=Server)
    parser.add_argument("--port", type=int, default=5300)
    parser.add_argument("--queries", required=True, help="a file for dnsperf")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="of each run")
    parser.add_argument("--rate", type=int, help="queries a second; as many as possible without")
    parser.add_argument("--clients", type=int, default=16, help="sockets that questions come from")
    parser.add_argument("--threads", type=int, default=1, help="of dnsperf")
    parser.add_argument("--outstanding", type=int, default=100)
    parser.add_argument("--edns", action="store_true")
    parser.add_argument("--once", action="store_true", help="each question once, without figures")
    parser.add_argument("--title", default="")
    return parser.parse_args()


def main():
    options = arguments()
    if options.once:
        for server in options.servers:
            dnsperf(server, options, 60)
        return
    codes = {}
    for _ in range(options.rounds):
        for server in options.servers:
            codes[server.name] = measure(server, options)
    print(f"\n{options.title}: medians of {options.rounds} rounds of {options.seconds} s")
    table(options.servers, options)
    for name, said in codes.items():
        print(f"{name}: {said}")


if __name__ == "__main__":
    main()
