"""What a name server depends on, so that it can be taken away: an API server's way, an upstream."""

import socket
import struct
import threading

import wire


class Relay:
    """Passes connections on to another address. While it is stopped, they are refused."""

    def __init__(self, target):
        self.target, self.listener, self.streams = target, None, set()
        self.port = 0
        self.start()

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def stop(self):
        # A thread that waits in accept() is woken by this, not by close().
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for stream in list(self.streams):
            self.end(stream)

    def accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            self.streams |= {near, far}
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=ends, daemon=True).start()

    def pump(self, source, sink):
        try:
            while data := source.recv(0x10000):
                sink.sendall(data)
        except OSError:
            pass
        self.end(source)
        self.end(sink)

    def end(self, stream):
        try:
            stream.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.streams.discard(stream)


class Upstream:
    """Knows an address for every name; can refuse questions, or be silent."""

    ADDRESS = socket.inet_aton("198.51.100.1")
    TTL = 3600

    def __init__(self, place):
        self.place, self.is_silent = place, False
        self.is_ending, self.socket, self.thread = threading.Event(), None, None
        self.start()

    def start(self):
        self.is_silent = False
        if not self.thread or not self.thread.is_alive():
            self.is_ending.clear()
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind(self.place)
            self.socket.settimeout(0.05)
            self.thread = threading.Thread(target=self.answer, daemon=True)
            self.thread.start()

    def refuse(self):
        """As if the process had ended: the kernel says that nobody is there."""
        self.is_ending.set()
        self.thread.join()
        self.socket.close()

    def silence(self):
        """As if the machine were gone."""
        self.is_silent = True

    def answer(self):
        while not self.is_ending.is_set():
            try:
                asked, client = self.socket.recvfrom(0xFFFF)
            except TimeoutError:
                continue
            if not self.is_silent:
                self.socket.sendto(self.reply(asked), client)

    def reply(self, asked):
        end = wire.reader_end(asked)
        kind = struct.unpack_from("!H", asked, end - 4)[0]
        record = b""
        if kind == wire.TYPES["A"]:
            record = struct.pack("!3HIH", 0xC00C, kind, 1, self.TTL, 4) + self.ADDRESS
        head = asked[:2] + struct.pack("!5H", 0x8580, 1, 1 if record else 0, 0, 0)
        return head + asked[12:end] + record
