"""A cluster of five machines with agents, and of Node objects that nobody stands behind."""

import ipaddress
import time

from agents import Agent
from apiserver import Kubeconfig, Nodes, Relay
from model import NodeView, expected, held
from namespaces import PREFIX, Machine, Pod, Router
from pings import Pinger, mesh

SEGMENT_OF = {1: "near", 2: "near", 3: "near", 4: "far", 5: "far"}
# Those that more may happen to than that their agent is ended.
TOUCHED = (3, 5)
PODS = 2
GHOSTS = [f"{PREFIX}ghost-{number}" for number in range(1, 5)]
# As few as keep the networks of those that went coming back with others.
NETWORKS = range(1, 14)
OTHER = {4: ("203.0.113.1/24", "203.0.113.9"), 6: ("2001:db8:71::1/64", "2001:db8:71::9")}


def networks(index):
    return [f"10.87.{index}.0/24", f"fd00:10:87:{index:x}::/64"]


class Cluster:
    def __init__(self, options, random, directory):
        self.options, self.random = options, random
        kubeconfig = Kubeconfig(options.agent_kubeconfig)
        self.nodes = Nodes(Kubeconfig(options.kubeconfig))
        self.remove_nodes()
        self.refuse_overlap()
        self.numbers = iter(range(20, 0xFFFF))
        # Which pair of networks each Node object has that there is.
        self.taken, self.router = {}, Router()
        self.machines = {
            number: self.machine(number, segment) for number, segment in SEGMENT_OF.items()}
        self.agents = {
            number: Agent(machine, options.weft, options, directory)
            for number, machine in self.machines.items()}
        self.relays = {
            number: Relay(machine, kubeconfig.place) for number, machine in self.machines.items()}
        # When a table was deleted that is not back yet.
        self.tables = {}

    def machine(self, number, segment):
        machine = Machine(self.router, f"{PREFIX}node-{number}", segment, next(self.numbers))
        machine.sysctl("ipv4/ip_forward", 1)
        machine.sysctl("ipv6/conf/all/forwarding", 1)
        machine.ip("link", "add", "other", "type", "bridge")
        machine.ip("link", "set", "other", "up")
        for own, _ in OTHER.values():
            machine.ip("address", "add", own, "dev", "other")
        return machine

    def remove_nodes(self):
        for item in self.nodes.all():
            if item["metadata"]["name"].startswith(PREFIX):
                self.nodes.delete(item["metadata"]["name"])

    def refuse_overlap(self):
        ours = [ipaddress.ip_network(text) for index in NETWORKS for text in networks(index)]
        for node in map(NodeView, self.nodes.all()):
            for family, network in node.networks.items():
                if any(network.overlaps(own) for own in ours if own.version == family):
                    raise RuntimeError(f"node {node.name} has {network}, which is needed here")

    def start(self):
        for machine in self.machines.values():
            self.join(machine)
        for agent in self.agents.values():
            agent.start()
        for number, agent in self.agents.items():
            agent.await_ready()
            for letter in "ab"[:PODS]:
                pod = Pod(agent.machine, f"{PREFIX}pod-{number}{letter}", self.options.plugins)
                pod.attach(agent.conflist, agent.leases)
                pod.pinger = Pinger(pod)
            agent.machine.pinger = Pinger(agent.machine)
        self.size = min(pod.mtu for pod in self.pods())

    def end(self):
        for agent in self.agents.values():
            if agent.process and agent.process.poll() is None:
                agent.process.kill()
                agent.process.wait()
        self.remove_nodes()



    def pods(self):
        return [pod for machine in self.present() for pod in machine.pods]

    def present(self):
        """The machines that have a Node object."""
        return [machine for machine in self.machines.values() if machine.name in self.taken]

    def absent(self):
        return [machine for machine in self.machines.values() if machine.name not in self.taken]

    def touched(self):
        return [self.machines[number] for number in TOUCHED]

    def agent(self, machine):
        return next(a for a in self.agents.values() if a.machine is machine)

    # Node objects.

    def free(self, avoided=()):
        """A pair of networks that no node has, and no route of somebody else leads to."""
        avoided = [*self.taken.values(), *self.contested(), *avoided]
        return self.random.choice([index for index in NETWORKS if index not in avoided])

    def contested(self):
        """Pairs of networks that a route of somebody else leads to."""
        foreign = {route[0] for machine in self.machines.values() for route in machine.foreign}
        return [index for index in NETWORKS if foreign.intersection(networks(index))]

    def create(self, name, addresses, index):
        self.nodes.create(name, networks(index), addresses)
        self.taken[name] = index
        return f"{name} has {', '.join(networks(index))} at {', '.join(addresses)}"

    def delete(self, name):
        self.nodes.delete(name)
        return self.taken.pop(name)

    def join(self, machine, avoided=()):
        addresses = [text for text, _ in machine.addresses.values()]
        return self.create(machine.name, addresses, self.free(avoided))

    # What is to hold.

    def differences(self, machine):
        """In what a machine is other than the model says; nothing if it is right."""
        views = [NodeView(item) for item in self.items]
        own = next(view for view in views if view.name == machine.name)
        state, foreign = held(machine)
        lines = state.difference(expected(own, machine, views, self.options.mode))
        for word, routes in (("lost", machine.foreign - foreign),
                             ("unknown", foreign - machine.foreign)):
            lines += [f"{word} foreign route: {route}" for route in routes]
        return lines

    def look(self):
        """Takes the Node objects as they are now for the model."""
        self.items = self.nodes.all()

    def converge(self, patience):
        """Waits until all machines are right; how long it took, or None."""
        start, wrong = time.monotonic(), self.present()
        while wrong:
            wrong = [machine for machine in wrong if self.differences(machine)]
            if not wrong:
                return time.monotonic() - start
            if time.monotonic() - start > patience:
                return None
        return 0.0

    def attach_again(self):
        """Connects pods anew whose node has other networks now, as a runtime would."""
        for machine in self.present():
            agent, index = self.agent(machine), self.taken[machine.name]
            wanted = [ipaddress.ip_network(text) for text in networks(index)]
            for pod in machine.pods:
                found = map(ipaddress.ip_address, pod.addresses.values())
                if all(any(one in network for network in wanted) for one in found):
                    continue
                if agent.networks() != networks(index):
                    raise RuntimeError(
                        f"the range file of {machine.name} has {agent.networks()} "
                        f"instead of {networks(index)}")
                pod.detach()
                pod.attach(agent.conflist, agent.leases)

    def ping(self):
        """Pings between all pods, and from all nodes to all; how many, and which failed."""
        pods = self.pods()
        routes = [
            (source.pinger, family, address, f"{source.name} to {sink.name} at {address}")
            for source in pods + self.present() for sink in pods if sink is not source
            for family, address in sink.addresses.items()]
        return len(routes), mesh(routes, self.size)
