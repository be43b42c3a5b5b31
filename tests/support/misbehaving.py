"""Readers for worker processes, whose parser does to itself what a native library may do."""

import ctypes
import os
import signal
import sys
import time

from docproc.pipeline.reading.read import Reader
from docproc.records import Document


class Misbehaving:
    """Does what the file says."""

    def confidence(self, source, head):
        return 1.0

    def parse(self, source, data):
        word = data.decode().split()[0]
        if word == "crash":
            signal.raise_signal(signal.SIGSEGV)
        elif word == "abort":
            os.abort()
        elif word == "leave":
            os._exit(7)
        elif word == "hang":  # as in C: neither a signal handler nor another thread gets a turn
            ctypes.PyDLL(None).sleep(60)
        elif word == "swell":
            bytearray(8_000_000_000)
        elif word == "print":
            print("noise", flush=True)
            os.write(1, b"noise from a library\n")
            os.write(2, b"noise from a library\n")
        elif word == "surrogate":
            yield Document(source, "\ud800", member="surrogate")
        elif word == "slow":
            time.sleep(0.2)
        elif word == "child":
            child = os.fork()
            if not child:
                time.sleep(60)
                os._exit(0)
            yield Document(source, str(child), member="child")
            ctypes.PyDLL(None).sleep(60)
        yield Document(source, f"{word} {os.getpid()} {sys.flags.safe_path}")


def reader(_):
    return Reader(parsers=[("misbehaving", Misbehaving())])
