"""A real Milvus server of the tests' own (the package ``milvus``), that can be killed, and a proxy.

The proxy stands between a client and the server, and is what a bad network is: it delays, cuts
and resets connections, or takes them and says nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import os
import signal
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

INSTALLED = importlib.util.find_spec("milvus") is not None


STARTING = 60.0
"""Seconds in which the server must answer: else the test fails, with the end of its log."""


ETCD = """\
name: default
listen-peer-urls: {peer}
initial-advertise-peer-urls: {peer}
initial-cluster: default={peer}
listen-client-urls: {client}
advertise-client-urls: {client}
"""
"""Of the etcd within the server, which else takes port 2380: a second server dies of that."""


class Server:
    """A server that keeps its data in *folder*; after ``kill`` it is started over the same.

    In a *network* of its own it runs as on another machine.

    The package writes the configuration, once: a server that is started again must have the ports
    that it had, or it takes what its killed self left in etcd for another server that is alive, and
    waits for that.  (To start it and to wait for it the package has methods of its own: they choose
    other ports while the old ones are not free yet, wait for minutes, and show no log.)
    """

    def __init__(self, folder: Path, network: Network | None = None) -> None:
        self._folder = folder
        self._network = network
        self._process: subprocess.Popen[bytes] | None = None
        self.host = network.inside if network else "127.0.0.1"
        self.port = 0
        self._metrics = 0

    @property
    def uri(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        if not self.port:
            self._configure()
        binary = self._folder / "bin" / "milvus"
        settings = {
            "DEPLOY_MODE": "STANDALONE",
            "METRICS_PORT": str(self._metrics),
            "MILVUS_RUN_DIR": str(self._folder / "run"),
            "LD_LIBRARY_PATH": str(binary.parent),
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*(self._network.entering if self._network else ()), binary, "run", "standalone"],
                cwd=self._folder, env=os.environ | settings, stdout=log, stderr=log,
            )  # fmt: skip
        give_up = time.monotonic() + STARTING
        while not self._answers():
            code = self._process.poll()
            if code is not None or time.monotonic() > give_up:
                self.kill()
                told = self._log.read_text("utf-8", "replace").splitlines()[-30:]
                what = "does not answer" if code is None else f"ended with {code}"
                lines = "\n".join(line[:300] for line in told)
                raise AssertionError(f"the server {what}; its log ends:\n{lines}")
            time.sleep(0.2)

    @property
    def _log(self) -> Path:
        return self._folder / "milvus.log"

    @property
    def _etcd(self) -> Path:
        return self._folder / "configs" / "etcd.yaml"

    def _configure(self) -> None:
        """Have the package unpack the server and write its configuration."""
        import milvus

        made = milvus.MilvusServer()
        made.set_base_dir(str(self._folder))
        # by itself it takes the first ports that are free from fixed ones on: two that start at
        # once would take the same
        names = [name for name in made.config.configurable_items if name.endswith("_port")]
        made.config.configs |= dict(zip(names, _free_ports(len(names)), strict=True))
        made.config.resolve()
        made.config.cleanup_listen_ports()
        milvus._initialize_data_files(made.config.base_data_dir)
        config = self._folder / "configs" / "milvus.yaml"
        # a server that is frozen for a while must not be given up by its own etcd
        text = config.read_text("utf-8").replace("    ttl: 30 ", "    ttl: 90 ")
        own = f"etcd:\n  config:\n    path: {self._etcd}\n"
        config.write_text(text.replace("etcd:\n", own, 1), "utf-8")
        peer, client = (f"http://127.0.0.1:{port}" for port in _free_ports(2))
        self._etcd.write_text(ETCD.format(peer=peer, client=client), "utf-8")
        self.port = int(made.config.configurable_items["proxy_port"][1])
        (self._metrics,) = _free_ports(1)

    def _answers(self) -> bool:
        from pymilvus import MilvusClient, MilvusException

        health = http.client.HTTPConnection(self.host, self._metrics, timeout=2)
        try:  # not asked by a client before: that would wait longer after each refusal
            health.request("GET", "/healthz")
            if b"OK" not in health.getresponse().read():
                return False
        except (OSError, http.client.HTTPException):
            return False
        finally:
            health.close()
        try:  # it says that all is well before it does
            MilvusClient(uri=self.uri, timeout=2).list_collections(timeout=2)
        except (MilvusException, OSError):
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self, *, frozen: bool = True) -> None:
        """Let it hold its connections and answer nothing; or let it go on."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP if frozen else signal.SIGCONT)


class Network:
    """A network namespace with one link to it: another machine, as far as the network goes.

    Raises ``OSError`` or ``CalledProcessError`` where this process may not make one.
    """

    inside = "10.213.7.2"

    def __init__(self, name: str) -> None:
        self.name = name
        self.entering = ("ip", "netns", "exec", name)
        self._link = f"{name[:12]}h"
        far = f"{name[:12]}n"
        for words in (
            f"netns add {name}",
            f"link add {self._link} type veth peer name {far} netns {name}",
            f"addr add 10.213.7.1/30 dev {self._link}",
            f"link set {self._link} up",
            f"-n {name} addr add {self.inside}/30 dev {far}",
            f"-n {name} link set {far} up",
            f"-n {name} link set lo up",
        ):
            _ip(words)

    def cut(self, *, whole: bool = False) -> None:
        """Cut the link, or make it *whole* again."""
        _ip(f"link set {self._link} {'up' if whole else 'down'}")

    def close(self) -> None:
        subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], check=True, capture_output=True)


class Proxy:
    """Passes connections on to *server*; ``manner`` says how: ``""`` (well), or what goes wrong."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.manner = ""
        self.delay = 0.0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Reset every connection there is."""
        for pair in self._pairs:
            for end in pair:
                _reset(end)
        self._pairs.clear()

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                if self._listening.fileno() < 0:
                    return
                continue  # who asked is gone already
            if self.manner == "reset":
                _reset(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self._server.port), 5)
            except OSError:
                _reset(client)
                continue
            self._pairs.append((client, server))
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if self.manner == "reset":
                    break
                while self.manner == "silent":
                    time.sleep(0.05)
                if self.delay:
                    time.sleep(self.delay)
                target.sendall(data)
        for end in (source, target):
            _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        every = [held.enter_context(socket.create_server(("", 0))) for _ in range(count)]
        return [int(free.getsockname()[1]) for free in every]
