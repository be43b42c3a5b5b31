"""The units of systemd, cron and launchd that run ``docproc index`` every day.

Sources: systemd.service(5), systemd.timer(5), systemd.exec(5) (quoting, ``%`` specifiers),
crontab(5) (``%`` ends a command), launchd.plist(5).
"""

from __future__ import annotations

import hashlib
import plistlib
import re
import shlex
import unicodedata
from pathlib import Path

from docproc.dataclass_on_use import dataclass
from docproc.errors import ExitCode, UsageError

_WELL = (ExitCode.PARTIAL, ExitCode.TRY_LATER)
"""Ends that need nobody: each file that failed is in quarantine; the next run goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyJob:
    """A daily ``docproc index`` over the workspace *root*, at *hour*:*minute*."""

    root: Path
    python: Path
    hour: int
    minute: int
    budget: str
    budget_seconds: float
    memory: str
    memory_bytes: int
    nice: int

    def __post_init__(self) -> None:
        """Raise ``UsageError`` for a path that could write a line of its own into a unit."""
        for what, text in (("workspace", str(self.root)), ("Python", str(self.python))):
            if any(_breaks(character) for character in text):
                raise UsageError(
                    f"the path of the {what} holds a control character, or one that is not "
                    f"Unicode: {text.encode('unicode_escape').decode()}; no unit can name it: "
                    "rename the folder"
                )

    @property
    def name(self) -> str:
        """A name for the units, legible, and distinct for every workspace."""
        legible = re.sub(r"[^A-Za-z0-9]+", "-", self.root.name).strip("-").lower()[:30]
        digest = hashlib.sha256(str(self.root).encode("utf-8", "surrogatepass")).hexdigest()[:6]
        return "-".join(["docproc", *([legible] if legible else []), digest])

    @property
    def command(self) -> list[str]:
        """The command line; its own limits stop it cleanly before the unit's would kill it."""
        return [
            # -P: no module is imported from the folder that it is run in
            str(self.python), "-P", "-m", "docproc", "index", "--workspace", str(self.root),
            "--budget", self.budget, "--max-memory", self.memory, "--wait", "10m",
            "--log-format", "json",
        ]  # fmt: skip


def systemd(job: DailyJob) -> dict[str, str]:
    """The service and its timer, by file name."""
    command = " ".join(_quote(word) for word in job.command)
    # The process's own limits come first; these are for what it cannot keep itself.
    most = int(job.memory_bytes * 1.25)
    service = f"""\
# {job.name}.service
[Unit]
Description=docproc: bring the index of {_plain(str(job.root))} up to date
ConditionPathExists={_plain(str(job.root / "config.toml"))}

[Service]
Type=exec
ExecStart={command}
SuccessExitStatus={" ".join(str(int(code)) for code in _WELL)}
Nice={job.nice}
IOSchedulingClass=idle
MemoryHigh={job.memory_bytes}
MemoryMax={most}
RuntimeMaxSec={int(job.budget_seconds) + 3600}
TimeoutStopSec=300
NoNewPrivileges=yes
"""
    timer = f"""\
# {job.name}.timer
# `loginctl enable-linger` once: without it a user's timers rest while the user is logged out.
[Unit]
Description=Every day: docproc index over {_plain(str(job.root))}

[Timer]
OnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00
RandomizedDelaySec=300
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{job.name}.service": service, f"{job.name}.timer": timer}


def cron(job: DailyJob) -> str:
    """A crontab line, with what it does above it.

    Cron mails whatever is printed: the log goes to a file, which is printed only when the
    exit code asks for a person.
    """
    log = shlex.quote(str(job.root / "embeddings" / "cron.log"))
    command = shlex.join(["nice", "-n", str(job.nice), *job.command])
    well = "|".join(str(int(code)) for code in (ExitCode.DONE, *_WELL))
    line = f"{command} > {log} 2>&1; case $? in {well}) ;; *) cat {log} ;; esac"
    return (
        f"# {job.name}: every day, docproc index; mails its log only when a person is needed\n"
        f"{job.minute} {job.hour} * * * {line.replace('%', chr(92) + '%')}\n"
    )


def launchd(job: DailyJob) -> str:
    """A property list."""
    log = str(job.root / "embeddings" / "launchd.log")
    return plistlib.dumps(
        {
            "Label": f"org.docproc.{job.name}",
            "ProgramArguments": job.command,
            "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
            "ProcessType": "Background",
            "LowPriorityIO": True,
            "Nice": job.nice,
            "StandardErrorPath": log,
            "StandardOutPath": log,
        },
        sort_keys=False,
    ).decode()


def _breaks(character: str) -> bool:
    """Whether *character* ends a line somewhere, or hides what stands beside it."""
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and character not in "\u200c\u200d")


def _plain(text: str) -> str:
    """*text* where a unit expands specifiers and does not split words."""
    return text.replace("%", "%%")


def _quote(word: str) -> str:
    """One word of ``ExecStart``, in which nothing stands for anything else."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if re.search(r"[^A-Za-z0-9_@+=:,./-]", word) else escaped
