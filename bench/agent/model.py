"""What the kernel of a node is to hold, told from Node objects alone, and what it does hold."""

import ipaddress
import json

from namespaces import run

# Weft's number as the origin of routes, and as the number of its VXLAN.
WEFT = 87
PORT = 4789
TUNNELS = {4: "weft.vxlan", 6: "weft.vxlan6"}
# Outer IP header, UDP, VXLAN and inner Ethernet header.
OVERHEAD = {4: 50, 6: 70}
LINK_MTU = 1500
LAST_METRIC = 0xFFFFFFFF
USUAL_METRIC = {4: 0, 6: 1024}


class NodeView:
    """A Node object, as far as the network is concerned."""

    def __init__(self, item):
        self.name = item["metadata"]["name"]
        self.networks, self.addresses = {}, {}
        for text in item["spec"].get("podCIDRs", []):
            network = ipaddress.ip_network(text)
            self.networks.setdefault(network.version, network)
        for entry in item.get("status", {}).get("addresses", []):
            if entry["type"] == "InternalIP":
                found = ipaddress.ip_address(entry["address"])
                self.addresses.setdefault(found.version, found)

    @property
    def end(self):
        """The link address of its tunnels: FNV-1a of its name with a zero behind, folded."""
        value = 0xCBF29CE484222325
        for byte in self.name.encode() + b"\0":
            value = (value ^ byte) * 0x100000001B3 % 2**64
        value = (value ^ value >> 48) & 0xFEFFFFFFFFFF | 0x020000000000
        return value.to_bytes(6, "big").hex(":")

    def gateway(self, family):
        """Where packets to its pods are sent within a tunnel."""
        if family == 4:
            return str(self.networks[4].network_address)
        mac = bytes.fromhex(self.end.replace(":", ""))
        return str(ipaddress.IPv6Address(
            b"\xfe\x80" + bytes(6) + bytes([mac[0] ^ 2]) + mac[1:3] + b"\xff\xfe" + mac[3:]))


class State:
    """Sets of tuples, by what they are about."""

    KINDS = ("routes", "neighbours", "forwarding", "tunnels", "addresses")

    def __init__(self):
        for kind in self.KINDS:
            setattr(self, kind, set())

    def difference(self, other):
        """Lines that say what this one lacks, and what it has beyond the other."""
        return [
            f"{word} {kind}: {' '.join(map(str, entry))}"
            for kind in self.KINDS
            for word, some, rest in (("missing", other, self), ("too much", self, other))
            for entry in sorted(getattr(some, kind) - getattr(rest, kind), key=str)]


def expected(own, machine, nodes, mode):
    """What the machine of a node is to hold; `nodes` are all of the cluster."""
    state, used = State(), set(own.networks) if mode == "vxlan" else set()
    for family, network in own.networks.items():
        state.routes.add((str(network), "blackhole", None, LAST_METRIC))
    for peer in nodes:
        if peer.name == own.name:
            continue
        for family, network in peer.networks.items():
            used |= lead(state, machine, peer, family, network, mode)
    # A route of somebody else with the same key stays, and ours is not made.
    taken = {(entry[0], entry[3]) for entry in machine.foreign}
    state.routes = {entry for entry in state.routes if (entry[0], entry[3]) not in taken}
    for pod in machine.pods:
        for family, address in pod.addresses.items():
            state.routes.add((address, "pod", None, USUAL_METRIC[family]))
    for family in used:
        name, local = TUNNELS[family], str(own.addresses[family])
        mtu = LINK_MTU - OVERHEAD[family]
        state.tunnels.add((name, own.end, WEFT, PORT, local, mtu, "up"))
        for network in own.networks.values():
            state.addresses.add((name, f"{network.network_address}/{network.max_prefixlen}"))
    return state


def lead(state, machine, peer, family, network, mode):
    """Adds the way to a network of pods; the family of the tunnel that it needs."""
    address = peer.addresses.get(family)
    metric = USUAL_METRIC[family]
    if mode != "vxlan" and address and machine.shares(address):
        state.routes.add((str(network), str(address), "eth0", metric))
        return set()
    outer = next((f for f in (family, 10 - family) if f in peer.addresses), None)
    if mode == "direct" or outer is None:
        return set()
    device, gateway = TUNNELS[outer], peer.gateway(family)
    state.routes.add((str(network), gateway, device, metric))
    state.neighbours.add((gateway, device, peer.end))
    state.forwarding.add((peer.end, device, str(peer.addresses[outer])))
    return {outer}


def documents(text):
    """The JSON documents that follow each other."""
    decoder, found, text = json.JSONDecoder(), [], text.strip()
    while text:
        document, end = decoder.raw_decode(text)
        found.append(document)
        text = text[end:].lstrip()
    return found


def held(machine):
    """What the machine holds that is Weft's, and the routes of others that were made here."""
    state, foreign = State(), set()
    commands = "route show table main\nneighbour show nud permanent\n"
    for family in (4, 6):
        routes, neighbours = documents(run(
            "ip", "-n", machine.name, "-N", "-j", "-d", f"-{family}", "-batch", "-", text=commands))
        for route in routes:
            read_route(route, family, state, foreign)
        for neighbour in neighbours:
            if neighbour["dev"] in TUNNELS.values():
                state.neighbours.add((neighbour["dst"], neighbour["dev"], neighbour["lladdr"]))
    links, addresses = documents(run(
        "ip", "-n", machine.name, "-N", "-j", "-d", "-batch", "-",
        text="link show type vxlan\naddress show\n"))
    for link in filter(None, links):
        data = link["linkinfo"]["info_data"]
        state.tunnels.add((
            link["ifname"], link["address"], data["id"], data["port"],
            data.get("local") or data.get("local6"), link["mtu"],
            "up" if "UP" in link["flags"] else "down"))
    for link in filter(None, addresses):
        if link["ifname"] in TUNNELS.values():
            state.addresses |= {
                (link["ifname"], f"{info['local']}/{info['prefixlen']}")
                for info in link["addr_info"]}
    for entry in json.loads(run("bridge", "-n", machine.name, "-j", "fdb", "show")):
        if "dst" in entry:
            state.forwarding.add((entry["mac"], entry["ifname"], entry["dst"]))
    return state, foreign


def read_route(route, family, state, foreign):
    metric = route.get("metric", 0)
    via = route.get("gateway") or route.get("via", {}).get("host")
    device = route.get("dev")
    if str(route["protocol"]) in ("4", "static"):
        foreign.add((route["dst"], via, device, metric))
    if str(route["protocol"]) != str(WEFT):
        return
    if str(route.get("type")) in ("blackhole", "6"):
        via, device = "blackhole", None
    elif via is None:
        via, device = "pod", None
    state.routes.add((route["dst"], via, device, metric))
