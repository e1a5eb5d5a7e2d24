"""Machines made of network namespaces: a router with two switches, nodes on them, and pods."""

import ctypes
import ipaddress
import json
import os
import subprocess
import threading

NEW_NETWORK = 0x40000000
PREFIX = "churn-"
ROUTER = PREFIX + "router"
# The networks that nodes are in, as prefix and length by family; the router is the first of each.
SEGMENTS = {
    "near": {4: ("172.27.", 16), 6: ("fd00:87::", 64)},
    "far": {4: ("172.28.", 16), 6: ("fd00:88::", 64)},
}
BRIDGES = {"near": "02:00:00:00:00:87", "far": "02:00:00:00:00:88"}
libc = ctypes.CDLL(None, use_errno=True)


def run(*command, text=None, check=True):
    """What a program prints; its complaint as an error."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def address(segment, family, number):
    end = f"{number >> 8}.{number & 0xFF}" if family == 4 else f"{number:x}"
    return SEGMENTS[segment][family][0] + end


def enter(name, body):
    """Calls it in a thread that is in a namespace; sockets it makes stay there."""
    outcome = []

    def work():
        try:
            with open(f"/run/netns/{name}", "rb") as file:
                if libc.setns(file.fileno(), NEW_NETWORK):
                    raise OSError(ctypes.get_errno(), f"enter {name}")
            outcome.append((body(), None))
        except OSError as error:
            outcome.append((None, error))
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    value, error = outcome[0]
    if error:
        raise error
    return value


class Namespace:
    def __init__(self, name):
        self.name = name
        self.path = f"/run/netns/{name}"
        run("ip", "netns", "add", name)
        self.sysctl("ipv6/conf/all/accept_dad", 0)
        self.sysctl("ipv6/conf/default/accept_dad", 0)
        self.sysctl("ipv4/ping_group_range", "0 2147483647")
        self.ip("link", "set", "lo", "up")

    def ip(self, *arguments, check=True):
        return run("ip", "-n", self.name, *arguments, check=check)

    def execute(self, *command, **options):
        return run("ip", "netns", "exec", self.name, *command, **options)

    def sysctl(self, name, value):
        def write():
            with open(f"/proc/sys/net/{name}", "w", encoding="ascii") as file:
                file.write(str(value))
        self.inside(write)

    def inside(self, body):
        return enter(self.name, body)


class Router(Namespace):
    def __init__(self):
        super().__init__(ROUTER)
        for family in ("ipv4/ip_forward", "ipv6/conf/all/forwarding"):
            self.sysctl(family, 1)
        for segment, networks in SEGMENTS.items():
            # A bridge without an address of its own takes another when a port comes or goes.
            self.ip("link", "add", segment, "address", BRIDGES[segment], "type", "bridge")
            self.ip("link", "set", segment, "up")
            for family, (_, length) in networks.items():
                self.ip("address", "add", f"{address(segment, family, 1)}/{length}",
                        "dev", segment)


class Machine(Namespace):
    """A node's machine, with one link to a switch of the router."""

    def __init__(self, router, name, segment, number):
        super().__init__(name)
        self.router, self.segment, self.addresses, self.pods = router, segment, {}, []
        # Routes of somebody else: network, gateway, link and metric.
        self.foreign = set()
        # The old address is the first of its network: the second is to stay when it goes.
        self.sysctl("ipv4/conf/all/promote_secondaries", 1)
        router.ip("link", "add", name, "type", "veth",
                  "peer", "name", "eth0", "netns", name)
        router.ip("link", "set", name, "master", segment, "up")
        self.ip("link", "set", "eth0", "up")
        self.number(number)

    def number(self, number, families=(4, 6), gap=None):
        """Gives it other addresses; with a gap (a pause), the old ones are gone before."""
        for family in families:
            old = self.addresses.get(family)
            new = (address(self.segment, family, number), SEGMENTS[self.segment][family][1])
            steps = [("add", new), ("del", old)] if gap is None else [("del", old), ("add", new)]
            for verb, value in steps:
                if value:
                    extra = ["nodad"] if verb == "add" and family == 6 else []
                    self.ip("address", verb, "%s/%d" % value, "dev", "eth0", *extra)
                    if gap and verb == "del":
                        gap()
            self.addresses[family] = new
            self.ip(f"-{family}", "route", "replace", "default",
                    "via", address(self.segment, family, 1))

    def shares(self, address):
        """Whether an address is on its own network."""
        prefix, length = SEGMENTS[self.segment][address.version]
        network = f"{prefix}{'0.0' if address.version == 4 else ''}/{length}"
        return address in ipaddress.ip_network(network)

    def move(self, segment, number):
        self.router.ip("link", "set", self.name, "master", segment)
        self.segment = segment
        self.number(number)


class Pod(Namespace):
    """A pod, connected by plugins as a container runtime does it."""

    def __init__(self, machine, name, plugins):
        super().__init__(name)
        self.machine, self.plugins, self.addresses, self.mtu = machine, plugins, {}, 0
        machine.pods.append(self)

    def attach(self, conflist, leases):
        with open(conflist, encoding="utf-8") as file:
            network = json.load(file)
        result = None
        for plugin in network["plugins"]:
            # The node has its files for itself, as if it had a file system of its own.
            plugin["ipam"]["dataDir"] = leases
            plugin |= {"name": network["name"], "cniVersion": network["cniVersion"]}
            plugin |= {"prevResult": result} if result else {}
            result = json.loads(self.call("ADD", plugin))
        self.addresses = {
            6 if ":" in ip["address"] else 4: ip["address"].split("/")[0] for ip in result["ips"]}
        self.mtu = json.loads(self.ip("-j", "link", "show", "eth0"))[0]["mtu"]
        self.network = network

    def detach(self):
        for plugin in reversed(self.network["plugins"]):
            self.call("DEL", plugin)
        self.addresses = {}

    def call(self, command, plugin):
        environment = [
            f"CNI_COMMAND={command}", f"CNI_CONTAINERID={self.name}", f"CNI_NETNS={self.path}",
            "CNI_IFNAME=eth0", f"CNI_PATH={self.plugins}",
            f"CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=churn;K8S_POD_NAME={self.name}"]
        return self.machine.execute(
            "env", *environment, f"{self.plugins}/{plugin['type']}", text=json.dumps(plugin))


def remove_all():
    """Removes namespaces of this run, or of one before that was killed."""
    for name in os.listdir("/run/netns") if os.path.isdir("/run/netns") else []:
        if name.startswith(PREFIX):
            run("ip", "netns", "del", name)
