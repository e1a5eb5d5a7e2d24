"""The API server: Node objects in it, and the way to it from other network namespaces."""

import base64
import http.client
import ipaddress
import json
import re
import socket
import ssl
import tempfile
import threading
import urllib.parse

PATIENCE = 10


class Kubeconfig:
    """What a kubeconfig with one cluster and one user says."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        url = urllib.parse.urlsplit(self.field("server"))
        self.place = (url.hostname, url.port or 443)
        ipaddress.ip_address(url.hostname)

    def field(self, name):
        found = re.search(rf"^\s*{name}:\s*\"?([^\s\"]+)", self.text, re.MULTILINE)
        return found and found.group(1)

    def content(self, name):
        """What a field has itself, or the file that it names."""
        if data := self.field(f"{name}-data"):
            return base64.b64decode(data)
        if path := self.field(name):
            with open(path, "rb") as file:
                return file.read()
        return None

    def context(self):
        authority = self.content("certificate-authority").decode()
        context = ssl.create_default_context(cadata=authority)
        if certificate := self.content("client-certificate"):
            with tempfile.NamedTemporaryFile() as file:
                file.write(certificate + b"\n" + self.content("client-key"))
                file.flush()
                context.load_cert_chain(file.name)
        return context


class Nodes:
    """The Node objects of a cluster."""

    def __init__(self, kubeconfig):
        self.connection = http.client.HTTPSConnection(
            *kubeconfig.place, context=kubeconfig.context(), timeout=PATIENCE)
        self.headers = {"Accept": "application/json"}
        if token := kubeconfig.field("token"):
            self.headers["Authorization"] = f"Bearer {token}"

    def request(self, method, path="", body=None, kind="application/json", absent=False):
        headers = self.headers | ({"Content-Type": kind} if body else {})
        self.connection.request(method, f"/api/v1/nodes{path}", json.dumps(body), headers)
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status >= 300 and not (absent and response.status == 404):
            raise RuntimeError(f"{method} {path}: {answer.get('message', response.status)}")
        return answer

    def all(self):
        return self.request("GET")["items"]

    def create(self, name, networks, addresses):
        self.request("POST", body={
            "apiVersion": "v1", "kind": "Node", "metadata": {"name": name},
            "spec": {"podCIDR": networks[0], "podCIDRs": networks},
            "status": status(name, addresses)})

    def set_addresses(self, name, addresses):
        self.request("PATCH", f"/{name}/status", {"status": status(name, addresses)},
                     "application/merge-patch+json")

    def beat(self, name, words):
        """Changes what is of no concern to the network, as kubelets do."""
        condition = {"type": "Ready", "status": "True", "reason": "Beat", "message": words}
        self.request("PATCH", f"/{name}/status", {"status": {"conditions": [condition]}},
                     "application/merge-patch+json")

    def delete(self, name):
        self.request("DELETE", f"/{name}", absent=True)


def status(name, addresses):
    return {"addresses": [{"type": "Hostname", "address": name}] + [
        {"type": "InternalIP", "address": address} for address in addresses]}


class Relay:
    """Passes on connections that are made in a namespace, at the API server's own address there."""

    def __init__(self, namespace, place):
        self.namespace, self.place = namespace, place
        self.streams, self.flowing = set(), threading.Event()
        if not ipaddress.ip_address(place[0]).is_loopback:
            namespace.ip("address", "add", place[0], "dev", "lo")
        self.flowing.set()
        self.open()

    def open(self):
        self.flowing.set()
        family = socket.AF_INET6 if ":" in self.place[0] else socket.AF_INET
        self.listener = self.namespace.inside(
            lambda: socket.create_server(self.place, family=family))
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def refuse(self):
        """As if the server had ended."""
        # A thread that waits in accept() is woken by this, not by close().
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for stream in list(self.streams):
            end(stream)

    def hold(self):
        """As if the wire were cut: nothing is refused, and nothing comes."""
        self.flowing.clear()

    def release(self):
        self.flowing.set()

    def accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(self.place)
            except OSError:
                return
            self.streams |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    def pump(self, source, sink):
        try:
            while data := source.recv(0x10000):
                self.flowing.wait()
                sink.sendall(data)
        except OSError:
            pass
        for stream in (source, sink):
            end(stream)
            self.streams.discard(stream)


def end(stream):
    try:
        stream.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
