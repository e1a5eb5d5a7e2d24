"""DNS messages, as far as comparing answers needs: questions are written, answers read whole."""

import ipaddress
import socket
import struct

TYPES = {
    "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33,
    "OPT": 41, "TYPE65400": 65400, "ANY": 255,
}
NAMES = {number: name for name, number in TYPES.items()}
RCODES = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"]
# RFC 9715's advice for datagrams that are not fragmented.
EDNS_SIZE = 1232
# RFC 1035, 2.3.4 and 4.2.1.
LONGEST_NAME = 255
SMALLEST_DATAGRAM = 512


class Malformed(Exception):
    """An answer that is no DNS message, or not one to the question."""


def write_name(name):
    """A name in text, in which dots stand between labels only."""
    labels = [label.encode("latin-1") for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def question(number, name, kind, edns):
    # Recursion is desired, as stub resolvers do.
    head = struct.pack("!6H", number, 0x0100, 1, 0, 0, 1 if edns else 0)
    asked = write_name(name) + struct.pack("!2H", TYPES[kind], 1)
    option = b"\0" + struct.pack("!2HIH", TYPES["OPT"], EDNS_SIZE, 0, 0) if edns else b""
    return head + asked + option


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def unpack(self, form):
        size = struct.calcsize(form)
        if self.at + size > len(self.data):
            raise Malformed("ends too early")
        self.at += size
        return struct.unpack_from(form, self.data, self.at - size)

    def take(self, size):
        return self.unpack(f"!{size}s")[0]

    def name(self):
        """A name, which may go on where it has been written before (RFC 1035, 4.1.4)."""
        labels, resume, length = [], None, 1
        while True:
            (size,) = self.unpack("!B")
            if size >= 0xC0:
                target = (size & 0x3F) << 8 | self.unpack("!B")[0]
                resume = resume or self.at
                if target >= self.at - 2:
                    raise Malformed("a pointer that leads forward")
                self.at = target
            elif size > 63:
                raise Malformed(f"a label of type {size >> 6}")
            elif size:
                labels.append(self.take(size).decode("latin-1"))
                length += size + 1
            else:
                break
            if length > LONGEST_NAME:
                raise Malformed("a name that is too long")
        self.at = resume or self.at
        return ".".join(labels) + "."

    def data_of(self, kind, size):
        """What a record says, in text; names in lower case, for case means nothing in them."""
        end = self.at + size
        if kind in ("A", "AAAA"):
            text = str(ipaddress.ip_address(self.take(size)))
        elif kind in ("NS", "CNAME", "PTR"):
            text = self.name().lower()
        elif kind == "SRV":
            text = "{} {} {} ".format(*self.unpack("!3H")) + self.name().lower()
        elif kind == "SOA":
            text = f"{self.name().lower()} {self.name().lower()} " + " ".join(
                map(str, self.unpack("!5I")))
        else:
            text = self.take(size).hex()
        if self.at != end:
            raise Malformed(f"the data of {kind} has another length than it says")
        return text

    def record(self):
        owner = self.name()
        kind, _, ttl, size = self.unpack("!2HIH")
        kind = NAMES.get(kind, f"TYPE{kind}")
        return owner, kind, ttl, self.data_of(kind, size)


class Answer:
    def __init__(self, data, asked):
        reader = Reader(data)
        number, flags, *counts = reader.unpack("!6H")
        if number != struct.unpack_from("!H", asked)[0] or not flags & 0x8000:
            raise Malformed("not an answer to this question")
        if counts[0] != 1 or data[12:reader_end(asked)] != asked[12:reader_end(asked)]:
            raise Malformed("the question is another")
        reader.at = reader_end(asked)
        sections = [[reader.record() for _ in range(count)] for count in counts[1:]]
        if reader.at != len(data):
            raise Malformed("bytes behind the last record")
        self.size = len(data)
        code = flags & 0xF
        self.rcode = RCODES[code] if code < len(RCODES) else str(code)
        self.is_authoritative = bool(flags & 0x0400)
        self.is_truncated = bool(flags & 0x0200)
        self.offers_recursion = bool(flags & 0x0080)
        self.answers, self.authority, self.additional = sections
        self.options = [r for r in self.additional if r[1] == "OPT"]
        self.additional = [r for r in self.additional if r[1] != "OPT"]

    @property
    def negative(self):
        """The zone whose SOA says for how long there is nothing, and those seconds (RFC 2308, 5)."""
        for owner, kind, ttl, data in self.authority:
            if kind == "SOA":
                return owner.lower(), min(ttl, int(data.split()[-1]))
        return None


def reader_end(asked):
    """Where the question ends in a message that has one."""
    reader = Reader(asked)
    reader.at = 12
    reader.name()
    return reader.at + 4


class Client:
    """Asks one server, over UDP or TCP."""

    def __init__(self, address, port, timeout=2.0):
        self.place, self.timeout = (address, port), timeout
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.settimeout(timeout)
        self.datagrams.connect(self.place)
        self.stream = None
        self.number = 0

    def ask(self, name, kind, way):
        """The answer, or in words why there is none."""
        self.number = self.number % 0xFFFF + 1
        asked = question(self.number, name, kind, edns=way == "edns")
        try:
            data = self.over_tcp(asked) if way == "tcp" else self.over_udp(asked)
            answer = Answer(data, asked)
        except Malformed as problem:
            return f"malformed: {problem}"
        except OSError as problem:
            return f"no answer: {problem}"
        limit = {"udp": SMALLEST_DATAGRAM, "edns": EDNS_SIZE}.get(way, 0xFFFF)
        return answer if answer.size <= limit else f"{answer.size} bytes are too many"

    def over_udp(self, asked):
        self.datagrams.send(asked)
        while True:
            data = self.datagrams.recv(0xFFFF)
            # What came too late for the question before.
            if data[:2] == asked[:2]:
                return data

    def over_tcp(self, asked):
        """Over the connection there is, or a new one if the server has ended that."""
        for is_last in (False, True):
            try:
                if not self.stream:
                    self.stream = socket.create_connection(self.place, self.timeout)
                self.stream.sendall(struct.pack("!H", len(asked)) + asked)
                return self.receive(struct.unpack("!H", self.receive(2))[0])
            except OSError:
                if self.stream:
                    self.stream.close()
                self.stream = None
                if is_last:
                    raise

    def receive(self, count):
        data = b""
        while len(data) < count:
            piece = self.stream.recv(count - len(data))
            if not piece:
                raise ConnectionResetError("the server has ended the connection")
            data += piece
        return data
