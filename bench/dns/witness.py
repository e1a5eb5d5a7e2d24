"""Asks a DNS server a few names again and again, and keeps what came of each question."""

import random
import select
import socket
import threading
import time

import wire

# As long as resolvers wait (resolv.conf(5), timeout).
PATIENCE = 5.0


class Question:
    def __init__(self, title):
        self.title, self.sent = title, time.monotonic()
        self.code, self.ttl, self.waited = "-", None, None


class Witness(threading.Thread):
    """`names` are titles with pairs: a function that makes the name of a number, and a type."""

    def __init__(self, place, names, interval):
        super().__init__(daemon=True)
        self.place, self.names, self.interval = place, names, interval
        self.questions, self.waiting, self.is_over = [], {}, False
        # Not connected: a server that is away would be an error of the socket.
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.number = random.randrange(0x10000)

    def run(self):
        turn = time.monotonic()
        number = 0
        while not self.is_over:
            for title, (name, kind) in self.names.items():
                self.ask(title, name(number), kind)
            number += 1
            turn = max(turn + self.interval, time.monotonic())
            self.listen(turn)

    def ask(self, title, name, kind):
        self.number = (self.number + 1) % 0x10000
        asked = wire.question(self.number, name, kind, True)
        question = Question(title)
        self.questions.append(question)
        self.waiting[self.number] = question, asked
        self.socket.sendto(asked, self.place)

    def listen(self, until):
        while (left := until - time.monotonic()) > 0:
            if not select.select([self.socket], [], [], left)[0]:
                return
            data = self.socket.recv(0xFFFF)
            question, asked = self.waiting.pop(int.from_bytes(data[:2], "big"), (None, None))
            if question:
                self.take(question, wire.Answer(data, asked))

    @staticmethod
    def take(question, answer):
        question.waited = time.monotonic() - question.sent
        if question.waited <= PATIENCE:
            question.code = answer.rcode
            question.ttl = answer.answers[0][2] if answer.answers else None

    def end(self):
        self.is_over = True
        self.join()

    def between(self, start, end, title=None):
        return [
            question for question in self.questions
            if start <= question.sent < end and title in (None, question.title)
        ]

    def longest_gap(self, start, end, codes=None):
        """Between questions that were answered, with one of some codes, in milliseconds."""
        good = [
            question.sent for question in self.between(start, end)
            if (question.code in codes if codes else question.waited)
        ]
        edges = [start, *good, end]
        return max(1000 * (after - before) for before, after in zip(edges, edges[1:]))
