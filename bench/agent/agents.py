"""An agent on each machine, which can be ended and started."""

import json
import os
import signal
import subprocess
import time

from namespaces import run

PATIENCE = 10
LINES = 25

CONFIGURATION = """apiVersion: weft.dev/v1
kind: AgentConfiguration
nodeName: %(name)s
kubeconfig: %(kubeconfig)s
routes: {mode: %(mode)s}
cni: {directory: %(directory)s/net.d, rangeFile: %(directory)s/ranges.json}
status: {socket: %(directory)s/agent.sock}
"""


class Agent:
    def __init__(self, machine, weft, options, directory):
        self.machine, self.weft, self.directory = machine, weft, f"{directory}/{machine.name}"
        os.makedirs(f"{self.directory}/net.d")
        self.configuration = f"{self.directory}/agent.yaml"
        self.conflist = f"{self.directory}/net.d/10-weft.conflist"
        self.leases = f"{self.directory}/leases"
        with open(self.configuration, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION % {
                "name": machine.name, "kubeconfig": os.path.abspath(options.agent_kubeconfig),
                "mode": options.mode, "directory": self.directory})
        self.log = open(f"{self.directory}/agent.log", "ab")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.machine.name,
             self.weft, "agent", "--config", self.configuration],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def end(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        if status not in (0, -signal.SIGKILL):
            raise RuntimeError(f"the agent of {self.machine.name} ended with {status}")

    def stop(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def networks(self):
        """Those of the range file; none as long as there is no file."""
        try:
            with open(f"{self.directory}/ranges.json", encoding="utf-8") as file:
                return json.load(file)["podCIDRs"]
        except FileNotFoundError:
            return []

    def status(self):
        # Its own status tells of impairments, which foreign routes are here.
        text = run(self.weft, "status", "-o", "json", "--socket",
                   f"{self.directory}/agent.sock", check=False)
        return json.loads(text)

    def processor_seconds(self):
        """What all of its threads have taken, to the nanosecond."""
        total, path = 0, f"/proc/{self.process.pid}/task"
        for thread in os.listdir(path):
            with open(f"{path}/{thread}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total / 1e9

    def await_ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.status()["ready"]:
                    return
            except ValueError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"the agent of {self.machine.name} is not ready:\n{self.tail()}")

    def tail(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return "\n".join(file.read().splitlines()[-LINES:])
