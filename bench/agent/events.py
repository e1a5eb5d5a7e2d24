"""What happens at random to a cluster; each event is a method, and tells in words what it was."""

import signal
import threading
import time

from cluster import GHOSTS, OTHER, networks
from model import TUNNELS, WEFT, held
from namespaces import address


class Events:
    # How often each comes, compared with others.
    WEIGHTS = {
        "remove": 3, "add": 6, "renumber": 4, "readdress": 4, "move": 2, "beat": 1,
        "add_ghost": 4, "remove_ghost": 3, "swap_ghosts": 2, "readdress_ghost": 3,
        "burst": 2, "kill": 4, "kill_amid": 4, "stop": 3, "freeze": 2, "cut": 2,
        "add_foreign": 3, "remove_foreign": 3, "unroute": 2, "untunnel": 3, "untable": 1,
    }
    # Those of Node objects, which can happen while something else does.
    CHANGES = ("remove", "add", "renumber", "readdress", "add_ghost", "remove_ghost",
               "swap_ghosts", "readdress_ghost")

    def __init__(self, cluster):
        self.cluster, self.random = cluster, cluster.random
        # Whether agents had to find the API server again.
        self.is_slow = False

    def any(self, kinds=None):
        """One that can happen; its kind, and what it was."""
        kinds = kinds or list(self.WEIGHTS)
        while True:
            kind = self.random.choices(kinds, [self.WEIGHTS[kind] for kind in kinds])[0]
            if words := getattr(self, kind)():
                return kind, words

    def change(self):
        return self.any(self.CHANGES)[1]

    def choose(self, some):
        """One of them, or None."""
        some = sorted(some, key=lambda one: getattr(one, "name", str(one)))
        return self.random.choice(some) if some else None

    def pause(self, longest):
        time.sleep(self.random.uniform(0, longest))

    # Nodes.

    def touched(self, present=True):
        found = self.cluster.present()
        return self.choose(m for m in self.cluster.touched() if (m in found) == present)

    def remove(self):
        if machine := self.touched():
            self.cluster.delete(machine.name)
            return f"{machine.name} removed"

    def add(self):
        if machine := self.touched(present=False):
            return self.cluster.join(machine)

    def renumber(self):
        if machine := self.touched():
            old = self.cluster.delete(machine.name)
            if self.random.random() < 0.5:
                self.pause(0.2)
            return f"again, {self.cluster.join(machine, [old])}"

    def readdress(self):
        if not (machine := self.touched()):
            return None
        number = next(self.cluster.numbers)
        families = self.random.choice([(4,), (6,), (4, 6)])
        gap = self.random.choice([None, lambda: self.pause(0.2)])
        new = [
            address(machine.segment, family, number) if family in families else text
            for family, (text, _) in machine.addresses.items()]
        return self.in_any_order(
            machine, new, lambda: machine.number(number, families, gap))

    def move(self):
        if not (machine := self.touched()):
            return None
        segment = "far" if machine.segment == "near" else "near"
        number = next(self.cluster.numbers)
        new = [address(segment, family, number) for family in (4, 6)]
        return self.in_any_order(machine, new, lambda: machine.move(segment, number))

    def in_any_order(self, machine, new, change):
        """Changes the machine, and what its Node object says of it."""
        steps = [change, lambda: self.cluster.nodes.set_addresses(machine.name, new)]
        self.random.shuffle(steps)
        steps[0]()
        self.pause(0.2)
        steps[1]()
        return f"{machine.name} is at {', '.join(new)}"

    def burst(self):
        return "; ".join(self.change() for _ in range(self.random.randint(4, 10)))

    def beat(self):
        for name in self.cluster.taken:
            self.cluster.nodes.beat(name, str(self.random.random()))
        return "all nodes have a heartbeat"

    # Nodes that nobody stands behind.

    def ghost(self, present=True):
        return self.choose(name for name in GHOSTS if (name in self.cluster.taken) == present)

    def ghost_addresses(self):
        segment, number = self.random.choice(["near", "far"]), next(self.cluster.numbers)
        families = self.random.choice([(4,), (6,), (4, 6), (4, 6)])
        return [address(segment, family, number) for family in families]

    def add_ghost(self):
        if not (name := self.ghost(present=False)):
            return None
        taken = self.cluster.taken.values()
        # One that somebody else's route leads to, if there is one.
        contested = self.choose(
            index for index in self.cluster.contested() if index not in taken)
        index = contested or self.cluster.free()
        return self.cluster.create(name, self.ghost_addresses(), index)

    def remove_ghost(self):
        if name := self.ghost():
            self.cluster.delete(name)
            return f"{name} removed"

    def swap_ghosts(self):
        names = [name for name in GHOSTS if name in self.cluster.taken]
        if len(names) < 2:
            return None
        names = self.random.sample(names, 2)
        indexes = [self.cluster.delete(name) for name in names]
        return "; ".join(
            self.cluster.create(name, self.ghost_addresses(), index)
            for name, index in zip(names, reversed(indexes)))

    def readdress_ghost(self):
        if name := self.ghost():
            new = self.ghost_addresses()
            self.cluster.nodes.set_addresses(name, new)
            return f"{name} is at {', '.join(new)}"

    # Agents.

    def some_agents(self):
        agents = list(self.cluster.agents.values())
        return self.random.sample(agents, self.random.choice([1, 1, 2, len(agents)]))

    def kill(self):
        agents = self.some_agents()
        for agent in agents:
            agent.end()
        self.pause(0.5)
        for agent in agents:
            agent.start()
        return f"killed and started: {names(agents)}"

    def kill_amid(self):
        agents, delay = self.some_agents(), self.random.uniform(0, 0.06)
        timer = threading.Timer(delay, lambda: [agent.end() for agent in agents])
        timer.start()
        words = self.change()
        timer.join()
        for agent in agents:
            agent.start()
        return f"killed {1000 * delay:.0f} ms into it and started: {names(agents)}; {words}"

    RESTARTS = {"SIGTERM": signal.SIGTERM, "SIGKILL": signal.SIGKILL}

    def restart_all(self, how):
        for agent in self.cluster.agents.values():
            agent.end(self.RESTARTS[how])
        for agent in self.cluster.agents.values():
            agent.start()

    def stop(self):
        agents = self.some_agents()
        for agent in agents:
            agent.end(signal.SIGTERM)
        words = [self.change() for _ in range(self.random.randint(1, 3))]
        for agent in agents:
            agent.start()
        return f"stopped meanwhile: {names(agents)}; {'; '.join(words)}"

    def freeze(self):
        agents = self.some_agents()
        for agent in agents:
            agent.stop()
        words = [self.change() for _ in range(self.random.randint(1, 3))]
        for agent in agents:
            agent.resume()
        return f"frozen meanwhile: {names(agents)}; {'; '.join(words)}"

    def cut(self):
        relays = list(self.cluster.relays.values())
        relays = self.random.choice([relays, [self.random.choice(relays)]])
        refuses = self.random.random() < 0.6
        for relay in relays:
            relay.refuse() if refuses else relay.hold()
        self.pause(1)
        words = [self.change() for _ in range(self.random.randint(1, 2))]
        if self.random.random() < 0.4:
            words.append(self.kill())
        self.pause(3)
        for relay in relays:
            relay.open() if refuses else relay.release()
        self.is_slow = True
        way = "refused" if refuses else "silent"
        where = ", ".join(relay.namespace.name for relay in relays)
        return f"API server {way} for {where}; {'; '.join(words)}"

    # What somebody else does to a machine.

    def add_foreign(self):
        machine = self.choose(self.cluster.touched())
        family = self.random.choice([4, 6])
        if self.random.random() < 0.5:
            number = self.random.randrange(0x100)
            network = f"10.88.{number}.0/24" if family == 4 else f"fd00:10:88:{number:x}::/64"
        else:
            network = networks(self.cluster.free())[0 if family == 4 else 1]
        metric = 0 if family == 4 else 1024
        route = (network, OTHER[family][1], "other", metric)
        if len(machine.foreign) > 3 or network in {route[0] for route in machine.foreign}:
            return None
        try:
            machine.ip(f"-{family}", "route", "add", network, "via", route[1], "dev", "other",
                       "metric", str(metric), "proto", "static")
        except RuntimeError as error:
            # The agent has not yet heard that the network's node is gone.
            if "File exists" in str(error):
                return None
            raise
        machine.foreign.add(route)
        return f"{machine.name} has a foreign route to {network}"

    def remove_foreign(self):
        machine = self.choose(m for m in self.cluster.touched() if m.foreign)
        if machine:
            route = self.choose(machine.foreign)
            family = "-6" if ":" in route[0] else "-4"
            machine.ip(family, "route", "del", route[0], "via", route[1], "proto", "static")
            machine.foreign.remove(route)
            return f"{machine.name} has no foreign route to {route[0]} any more"

    def unroute(self):
        if machine := self.touched():
            routes = [route for route in held(machine)[0].routes if route[1] != "pod"]
            if route := self.choose(routes):
                kind = ["blackhole"] if route[1] == "blackhole" else []
                machine.ip("-6" if ":" in route[0] else "-4", "route", "del", *kind, route[0],
                           "proto", str(WEFT))
                return f"{machine.name} has lost {route[0]}"

    def untunnel(self):
        if machine := self.touched():
            device = self.random.choice(list(TUNNELS.values()))
            machine.ip("link", "del", device)
            return f"{machine.name} has lost {device}"

    def untable(self):
        if (machine := self.touched()) and machine.name not in self.cluster.tables:
            machine.execute("nft", "delete", "table", "inet", "weft-agent")
            self.cluster.tables[machine.name] = time.monotonic()
            return f"{machine.name} has lost its table"


def names(agents):
    return ", ".join(agent.machine.name for agent in agents)
