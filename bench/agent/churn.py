#!/usr/bin/env python3
"""Random changes of a cluster of five nodes whose agents follow a real API server; see churn.sh."""

import argparse
import collections
import difflib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

from cluster import Cluster
from events import Events
from namespaces import remove_all, run

RATE = 100
# Between pods of nodes whose agents alone are touched: two of one network, and two of two.
STREAMS = (("near", 1, 2), ("far", 1, 4))
# How long agents take at most to find an API server again, which they try ever more rarely.
RETURN = 15.0
# What was deleted behind an agent's back is found by its comparison, each minute.
COMPARISON = 65.0
# Agents are measured that long when nothing happens: one comparison with the kernel is in it.
IDLE = 60
# Percent of one processor.
IDLE_LIMIT = 0.1

KEPT = ("ip -d link show type vxlan; ip -4 route; ip -6 route; ip neighbour | grep PERMANENT; "
        "bridge fdb; nft -s list ruleset")


class Failure(Exception):
    """Something did not hold."""


class Trial:
    def __init__(self, options, directory):
        self.options = options
        self.cluster = Cluster(options, random.Random(options.seed), directory)
        self.events = Events(self.cluster)
        self.counts, self.history = collections.Counter(), []
        self.times, self.return_times, self.table_times = [], [], []
        self.checks = self.pings = 0
        self.shares, self.memory, self.restarts = [], 0, 0
        self.traffic_log = open(f"{directory}/traffic.log", "w+", encoding="utf-8")
        self.traffic = None

    def run(self):
        self.cluster.start()
        self.settle(RETURN)
        self.start_traffic()
        end = time.monotonic() + 60 * self.options.minutes
        while time.monotonic() < end:
            self.batch()
        while self.cluster.tables:
            time.sleep(1)
            self.look_for_tables()
        for machine in self.cluster.absent():
            self.cluster.join(machine)
        self.settle(self.options.quiet)
        self.idle()
        self.restart()

    def start_traffic(self):
        streams = []
        for name, source, sink in STREAMS:
            ends = [self.cluster.machines[number].pods[0] for number in (source, sink)]
            for family, address in ends[1].addresses.items():
                streams.append(f"{name} IPv{family}:{ends[0].name}:{ends[1].name}:{address}")
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "traffic.py")
        self.traffic = subprocess.Popen(
            [sys.executable, program, str(RATE), str(self.cluster.size), *streams],
            stdin=subprocess.PIPE, stdout=self.traffic_log, stderr=self.traffic_log)

    def batch(self):
        """Some events, a quiet second, and all that must be right then."""
        self.events.is_slow, said = False, []
        for _ in range(self.events.random.choice([1, 1, 2, 3])):
            kind, words = self.events.any()
            self.counts[kind] += 1
            said.append(words)
            self.events.pause(0.1)
        self.history.append((time.monotonic(), said))
        if self.options.verbose:
            print(f"{time.monotonic():.3f} {' | '.join(said)}", flush=True)
        if self.events.is_slow:
            self.return_times.append(self.settle(RETURN))
        else:
            self.times.append(self.settle(self.options.quiet))

    def settle(self, patience):
        """Waits for the machines to be right, then for a quiet second; then all must hold."""
        start = time.monotonic()
        self.cluster.look()
        took = self.cluster.converge(patience)
        if took is None:
            self.check(f"after {patience:g} s")
            raise Failure(f"right, but only after more than {patience:g} s")
        end = time.monotonic() if patience == RETURN else start
        time.sleep(max(0, end + self.options.quiet - time.monotonic()))
        self.check("after a quiet second")
        self.cluster.attach_again()
        count, problems = self.cluster.ping()
        self.pings += count
        if problems:
            raise Failure(f"{len(problems)} of {count} pings:\n" + "\n".join(problems))
        self.check("with pods")
        self.look_for_tables()
        return took

    def check(self, when):
        self.checks += 1
        for machine in self.cluster.present():
            if lines := self.cluster.differences(machine):
                raise Failure(f"{machine.name} {when}:\n" + "\n".join(lines))

    def look_for_tables(self):
        for name, since in list(self.cluster.tables.items()):
            age = time.monotonic() - since
            if run("ip", "netns", "exec", name, "nft", "list", "table", "inet", "weft-agent",
                   check=False):
                self.table_times.append(age)
                del self.cluster.tables[name]
            elif age > COMPARISON:
                raise Failure(f"{name} has not made its table again for {age:.0f} s")

    # Agents when nothing happens, and when they start.

    def idle(self):
        time.sleep(self.options.quiet)
        agents = self.cluster.agents.values()
        before = [agent.processor_seconds() for agent in agents]
        time.sleep(IDLE)
        self.shares = [
            100 * (agent.processor_seconds() - old) / IDLE for agent, old in zip(agents, before)]
        self.memory = max(agent.status()["process"]["residentBytes"] for agent in agents)
        if max(self.shares) > IDLE_LIMIT:
            raise Failure(f"an idle agent takes {max(self.shares):.2f} % of a processor")

    def restart(self):
        """Agents that end in any way and start again change nothing."""
        for name in self.events.RESTARTS:
            before = self.kernel()
            self.events.restart_all(name)
            for agent in self.cluster.agents.values():
                agent.await_ready()
            time.sleep(self.options.quiet)
            for agent in self.cluster.agents.values():
                for part in agent.status()["parts"]:
                    if changed := {k: v for k, v in part.get("changes", {}).items() if v}:
                        raise Failure(f"after {name}, {part['name']} changed {changed}")
            if (after := self.kernel()) != before:
                lines = difflib.unified_diff(before, after, "before", "after", n=1, lineterm="")
                raise Failure(f"after {name}, the kernel is other:\n" + "\n".join(lines))
            self.restarts += len(self.cluster.agents)
        self.settle(RETURN)

    def kernel(self):
        """All that agents keep, in lines of the tools."""
        return [
            f"{machine.name}: {line}" for machine in self.cluster.present()
            for line in machine.execute("sh", "-c", KEPT).splitlines()]

    # What came of it.

    def end_traffic(self):
        """Whether all packets came back, and lines about them."""
        if not self.traffic:
            return False, []
        self.traffic.stdin.close()
        self.traffic.wait(10)
        self.traffic_log.seek(0)
        totals, said, lost = [], [], 0
        for line in self.traffic_log:
            if not line.startswith("{"):
                said.append(line.rstrip())
                continue
            total = json.loads(line)
            totals.append(total)
            for first, last, start, end in total["gaps"]:
                lost += last - first + 1
                said.append(f"{total['name']}: lost {last - first + 1} packets, sent from "
                            f"{start:.3f} to {end:.3f}")
        return bool(totals) and not lost and not self.traffic.returncode, said + [
            f"{sum(total['sent'] for total in totals)} packets sent, {lost} lost, slowest "
            f"{1000 * max(total['slowest'] for total in totals):.1f} ms"]

    def report(self):
        print("\nevents: " + ", ".join(f"{n} {kind}" for kind, n in sorted(self.counts.items())))
        print(f"{sum(self.counts.values())} events in {len(self.history)} batches, "
              f"{self.checks} comparisons of all nodes, {self.pings} pings")
        for words, times in (("right", self.times), ("right once the API server was back",
                             self.return_times), ("table made again", self.table_times)):
            if times:
                print(f"{words} after: median {1000 * statistics.median(times):.0f} ms, "
                      f"longest {1000 * max(times):.0f} ms, {len(times)} times")
        if self.shares:
            print(f"idle agents take {', '.join(f'{share:.3f}' for share in self.shares)} % of a "
                  f"processor, and {self.memory / 1e6:.1f} MB at most")
        print(f"{self.restarts} restarts at the end changed nothing")

    def dump(self):
        """The last events, and what machines hold."""
        for at, said in self.history[-5:]:
            print(f"at {at:.3f}: {' | '.join(said)}")
        for machine in self.cluster.machines.values():
            print(f"\n# {machine.name}")
            print(machine.execute("sh", "-c", "ip -4 route; ip -6 route; "
                                  "ip neighbour show nud permanent; bridge fdb | grep dst"))
            print(self.cluster.agent(machine).tail())


def arguments():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--kubeconfig", required=True, help="may write Node objects")
    parser.add_argument("--agent-kubeconfig", required=True, help="what agents have")
    parser.add_argument("--weft", required=True)
    parser.add_argument("--weft-cni", required=True)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--mode", choices=("auto", "vxlan"), default="auto")
    parser.add_argument("--quiet", type=float, default=1.0, help="seconds after events")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    options.weft = os.path.abspath(options.weft)
    return options


def main():
    options = arguments()
    print(f"mode {options.mode}, seed {options.seed}", flush=True)
    remove_all()
    with tempfile.TemporaryDirectory() as directory:
        options.plugins = f"{directory}/plugins"
        os.mkdir(options.plugins)
        for name in ("weft-cni", "weft-ipam"):
            os.symlink(os.path.abspath(options.weft_cni), f"{options.plugins}/{name}")
        trial, holds = Trial(options, directory), False
        try:
            trial.run()
            holds = True
        except (Failure, RuntimeError) as failure:
            print(f"FAILED: {failure}")
            trial.dump()
        finally:
            is_whole, lines = trial.end_traffic()
            trial.report()
            print("\n".join(lines))
            trial.cluster.end()
            remove_all()
    return 0 if holds and is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
