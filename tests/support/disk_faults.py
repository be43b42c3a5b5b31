"""A disk on which the n-th call fails, or after whose n-th call the process is gone."""

import contextlib
import errno
import os
import shutil
from pathlib import Path

CALLS = {
    os: ("open", "fsync", "link", "mkdir", "rmdir", "unlink", "replace", "rename"),
    Path: ("write_bytes", "write_text", "mkdir", "unlink", "rename", "replace"),
    shutil: ("copyfile",),
}


class Stopped(BaseException):
    """The process is gone: nothing after it reaches the disk."""


class Disk:
    """Counts the calls that change the disk; at call *step* one fails, or all from it on stop."""

    def __init__(self, step, how):
        self.step, self.how, self.calls = step, how, 0

    def __call__(self, name, call):
        def wrapper(*given, **named):
            if name == "open" and not (len(given) > 1 and given[1] & (os.O_CREAT | os.O_WRONLY)):
                return call(*given, **named)
            self.calls += 1
            if self.how == "stops" and self.calls >= self.step:
                raise Stopped
            if self.how == "fails" and self.calls == self.step:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(given[0]))
            return call(*given, **named)

        return wrapper


@contextlib.contextmanager
def faulty(step, how):
    """Within it, the disk is such a one."""
    disk = Disk(step, how)
    whole = {
        (where, name): getattr(where, name) for where, names in CALLS.items() for name in names
    }
    try:
        for (where, name), call in whole.items():
            setattr(where, name, disk(name, call))
        yield disk
    finally:
        for (where, name), call in whole.items():
            setattr(where, name, call)
