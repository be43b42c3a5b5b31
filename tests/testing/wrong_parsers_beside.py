"""Parsers that do something beside parsing, each in one way; the kit must name it."""

import contextlib
import os
import random
import socket
import sqlite3
import sys
import tempfile
from pathlib import Path

from wrong_parsers import Honest, Wrong

from docproc.records import (
    Document,
)


class TestReadsTheDisk(Wrong):
    check, says = "test_its_own_files_are_read", "FileNotFoundError"

    class parser(Honest):  # noqa: N801
        def parse(self, source, data):
            with open(source.path, "rb") as stream:  # noqa: PTH123
                yield Document(source, stream.read().decode())


class TestFollowsPaths(Wrong):
    check, says = "test_only_the_bytes_count", "in another folder"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            return Document(source, f"{source.path}\n{text}")


class TestReadsADictionaryOfItsOwn(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it reads 'words.txt'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            with contextlib.suppress(OSError):
                Path("words.txt").read_text("utf-8")
            return Document(source, text)


class TestKeepsALog(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes 'parser.log'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            with (
                contextlib.suppress(OSError),
                Path("parser.log").open("a", encoding="utf-8") as log,
            ):
                log.write(source.path)
            return Document(source, text)


class TestLeavesATemporaryFile(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "behind"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            handle, _ = tempfile.mkstemp()
            os.close(handle)
            return Document(source, text)


class TestAsksTheNetwork(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", 9), timeout=0.1).close()
            return Document(source, text)


class TestPrints(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'reading"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            print("reading", source.path)
            return Document(source, text)


class TestLeavesTheProcess(Wrong):
    check, says = "test_its_own_files_are_read", "SystemExit: 0"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            sys.exit(0)


class TestInterruptsItself(Wrong):
    check, says = "test_its_own_files_are_read", "KeyboardInterrupt"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            raise KeyboardInterrupt


class TestSowsTheDice(Wrong):
    check, says = "test_it_leaves_the_process_as_it_was", "it changes what `random` draws next"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            random.seed(len(text))
            return Document(source, text)


class TestGoesElsewhere(Wrong):
    check, says = "test_it_leaves_the_process_as_it_was", "it changes the folder"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            os.chdir("/")
            return Document(source, text)


class TestLooksForModulesBesideIt(Wrong):
    check, says = "test_it_leaves_the_process_as_it_was", "it changes where modules are looked for"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            sys.path.insert(0, "/srv/mine")
            return Document(source, text)


class TestListsAFolder(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it reads '/var'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            list(Path("/var").iterdir())
            return Document(source, text)


class TestOpensADatabase(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it writes '/var/mine.sqlite'"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            with contextlib.suppress(sqlite3.Error):
                sqlite3.connect("/var/mine.sqlite").close()
            return Document(source, text)


class TestSendsADatagram(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network (socket.sendto)"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            with contextlib.suppress(OSError), socket.socket(type=socket.SOCK_DGRAM) as asked:
                asked.sendto(b"read", ("127.0.0.1", 9))
            return Document(source, text)


class TestPrintsPastPython(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'reading"

    class parser(Honest):  # noqa: N801
        def document(self, source, text):
            os.write(1, b"reading\n")
            return Document(source, text)
