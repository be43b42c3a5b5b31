"""The vector cache in object storage: every machine that builds has the vectors of all.

The folder of a model's vectors stays what is read and written; object storage has the same files
under the same names.  A run first brings what the folder lacks, and gives what the storage
lacks; each new file is given as soon as it is written.  A file never changes and its name is never
given twice, so any number of machines may write.  Credentials and the endpoint come from the
environment (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, …), and are in no configuration.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from docproc.errors import ConfigError, TryLater
from docproc.store.files.durable import make_folder, write_atomically, writing
from docproc.store.vectors.shard import is_shard

RETRIES = {
    "max_retries": 4,
    "backoff": {
        "init_backoff": timedelta(milliseconds=200),
        "max_backoff": timedelta(seconds=5),
        "base": 2.0,
    },
    "retry_timeout": timedelta(seconds=60),
}


class ShardStore(Protocol):
    """Where the files of vectors are kept beside the folder that they are read from."""

    def bring(self, folder: Path) -> None:
        """Put into *folder* what it lacks, and keep what it has alone.  Raises ``TryLater``."""
        ...

    def keep(self, file: Path) -> None:
        """Keep a new *file*.  Raises ``TryLater``."""
        ...

    def drop(self, name: str) -> None:
        """Let go of the file called *name*: its vectors are in another one."""
        ...


class ObjectStore:
    """The files of one model's vectors, *name*, below *url* (``s3://bucket/folder``)."""

    def __init__(self, url: str, name: str) -> None:
        """Raises ``ConfigError`` where *url* is none, or the library is not installed."""
        self._url, self._name = url, name
        self._library, self._store = open_store("scale.vectors", url)

    def bring(self, folder: Path) -> None:
        with self._answering():
            there = {
                name
                for some in self._library.list(self._store, prefix=self._name)
                for each in some
                if is_shard(name := each["path"].rpartition("/")[2])
            }
        here = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        for name in sorted(there - here):
            with self._answering():
                try:
                    data = self._library.get(self._store, f"{self._name}/{name}").bytes()
                except FileNotFoundError:
                    continue  # merged into another since it was listed
            with writing(folder):
                make_folder(folder)
            write_atomically(folder / name, bytes(data))
        for name in sorted(filter(is_shard, here - there)):
            self.keep(folder / name)

    def keep(self, file: Path) -> None:
        with self._answering():
            self._library.put(self._store, f"{self._name}/{file.name}", file.read_bytes())

    def drop(self, name: str) -> None:
        with contextlib.suppress(Exception):  # kept twice is as good as kept once
            self._library.delete(self._store, f"{self._name}/{name}")

    def _answering(self) -> contextlib.AbstractContextManager[None]:
        kept = "what was embedded is kept here, and the next run goes on"
        return object_store_errors(self._library, self._url, kept)


@contextlib.contextmanager
def object_store_errors(library: Any, url: str, stands: str) -> Iterator[None]:
    """Whatever *library* raises at *url* is ``TryLater``, which says what *stands*."""
    try:
        yield
    except library.exceptions.BaseError as error:
        raise TryLater(
            f"{url}: object storage does not do what it was asked: {first_line(error)}; {stands}"
        ) from None


def open_store(setting: str, url: str) -> tuple[Any, Any]:
    """The library, and what it opens at *url*, which *setting* names.  Raises ``ConfigError``."""
    try:
        library: Any = import_module("obstore")
        stores: Any = import_module("obstore.store")
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"{setting}: {url}: object storage needs {error.name}, which is not "
            "installed: pip install 'docproc[s3]'"
        ) from None
    try:
        return library, stores.from_url(url, retry_config=RETRIES)
    except Exception as error:  # the library has a kind for each
        raise ConfigError(f"{setting}: {url}: {first_line(error)}") from None


def first_line(error: Exception) -> str:
    """What *error* says, in one line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
