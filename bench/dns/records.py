"""The records that services and their endpoints have, as the DNS specification of Kubernetes says.

Written apart from the server that is measured, so that a zone made of them is something to compare
it with. Names end with a dot; a record is (owner, type, data), and all have the zone's TTL.
"""

import ipaddress
import json

ZONE = "cluster.local."
# What kubeadm configures.
TTL = 30
# As the specification has it in its example of the record that tells its version.
VERSION_TTL = 28800
# A label that no object can have: a record below a name makes the name exist without records.
MARK = "_exists"


def read_objects(path):
    """The objects of a file, one a line, by kind."""
    kinds = {"Namespace": [], "Service": [], "EndpointSlice": []}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            held = json.loads(line)
            kinds[held["kind"]].append(held)
    return kinds


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer + "."


def address_record(owner, address):
    kind = "A" if ipaddress.ip_address(address).version == 4 else "AAAA"
    return (owner, kind, address)


def is_address(text):
    try:
        ipaddress.ip_address(text)
        return True
    except ValueError:
        return False


class Endpoint:
    """One ready address of a service, with the label it is known by and the ports it has."""

    def __init__(self, endpoint, address, ports):
        self.address = address
        self.label = endpoint.get("hostname") or address.replace(".", "-").replace(":", "-")
        self.ports = ports


def ready_endpoints(slices):
    found = {}
    for piece in slices:
        for endpoint in piece.get("endpoints", []):
            # What is not told counts as ready.
            if endpoint.get("conditions", {}).get("ready", True):
                for address in endpoint["addresses"]:
                    held = Endpoint(endpoint, address, piece.get("ports", []))
                    found.setdefault((held.label, address), held)
    return list(found.values())


def service_records(service, slices):
    """All records of one service, without those of reverse names."""
    metadata, spec = service["metadata"], service["spec"]
    owner = f"{metadata['name']}.{metadata['namespace']}.svc.{ZONE}"
    if spec.get("type") == "ExternalName":
        target = spec["externalName"].rstrip(".")
        return [] if is_address(target) else [(owner, "CNAME", target + ".")]
    endpoints = ready_endpoints(slices)
    of_endpoints = [address_record(f"{e.label}.{owner}", e.address) for e in endpoints]
    if "None" in spec["clusterIPs"]:
        places = [(f"{e.label}.{owner}", e.ports) for e in endpoints]
        of_service = [address_record(owner, e.address) for e in endpoints]
    else:
        places = [(owner, spec.get("ports", [])) for _ in spec["clusterIPs"]]
        of_service = [address_record(owner, address) for address in spec["clusterIPs"]]
    return of_service + of_endpoints + port_records(owner, places)


def port_records(owner, places):
    """SRV of each named port, and of all ports at the service's own name.

    Each address counts for the weight, though a target with two has one record.
    """
    asked = {}
    for target, ports in places:
        for port in ports:
            names = [owner]
            if port.get("name"):
                names.append(f"_{port['name']}._{port['protocol'].lower()}.{owner}")
            for name in names:
                asked.setdefault(name, []).append((port["port"], target))
    records = []
    for name, targets in asked.items():
        weight = max(100 // len(targets), 1)
        for port, target in dict.fromkeys(targets):
            records.append((name, "SRV", f"0 {weight} {port} {target}"))
    return records


def reverse_records(services, slices_of):
    """PTR of addresses: a service's own, or else the endpoints that have it."""
    of_services, of_endpoints = [], []
    for key, service in services.items():
        owner = f"{key[1]}.{key[0]}.svc.{ZONE}"
        for address in service["spec"].get("clusterIPs", []):
            if address != "None":
                of_services.append((reverse(address), "PTR", owner))
        for endpoint in ready_endpoints(slices_of.get(key, [])):
            record = (reverse(endpoint.address), "PTR", f"{endpoint.label}.{owner}")
            of_endpoints.append(record)
    taken = {owner for owner, _, _ in of_services}
    return of_services + [record for record in of_endpoints if record[0] not in taken]


def all_records(objects):
    """The records of the cluster's zone, and those of reverse names."""
    services = {}
    for service in objects["Service"]:
        services[service["metadata"]["namespace"], service["metadata"]["name"]] = service
    slices_of = {}
    for piece in objects["EndpointSlice"]:
        metadata = piece["metadata"]
        name = metadata.get("labels", {}).get("kubernetes.io/service-name")
        slices_of.setdefault((metadata["namespace"], name), []).append(piece)
    forward = []
    for namespace in objects["Namespace"]:
        for kind in ("svc", "pod"):
            name = f"{MARK}.{namespace['metadata']['name']}.{kind}.{ZONE}"
            forward.append((name, "TXT", '""'))
    for key, service in services.items():
        forward += service_records(service, slices_of.get(key, []))
    return forward, reverse_records(services, slices_of)
