"""What came from elsewhere is read in a process of its own, and costs that process alone."""

import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]

COMMAND = """
import os, signal, sys, time
from pathlib import Path
import docproc.cli.app
from docproc.cli.options.shared_options import workspace_of
from docproc.workspace import watch

def reads(path="lists"):
    return watch.reading(Path(path), briefly=True)

def command(standalone_mode):
    started = os.getpid()
    workspace_of(None)
    apart = os.getpid() != started
    {body}

watch.SECONDS = {seconds}
docproc.cli.app.app = command
from docproc.cli import main
main()
"""


@pytest.fixture
def workspace(tmp_path):
    root = tmp_path / "w"
    (root / "seeds").mkdir(parents=True)
    (root / "config.toml").touch()
    return root


def start(workspace, body, seconds=600, **options):
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(body=body, seconds=seconds)],
        cwd=workspace, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, **options,
    )  # fmt: skip


def run(workspace, body, seconds=600):
    process = start(workspace, body, seconds)
    out, err = process.communicate()
    return process.returncode, out, err


def test_a_command_over_a_workspace_from_elsewhere_goes_on_in_a_process_of_its_own(workspace):
    assert run(workspace, "print(apart, watch.watched()); return 9") == (9, "True True\n", "")


def test_a_workspace_that_was_allowed_is_read_by_the_command_itself(workspace):
    from docproc.plugins.loading.trust import trust

    (workspace / "embeddings").mkdir()
    trust(workspace, own=True)
    assert run(workspace, "print(apart, watch.watched()); return 9") == (9, "False False\n", "")


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGBUS", "SIGFPE", "SIGILL"])
def test_a_file_that_ends_the_process_costs_one_message_that_names_it(workspace, name):
    code, _, err = run(
        workspace, f"print('before');\n    with reads(): os.kill(os.getpid(), signal.{name})"
    )
    assert (code, err.count("\n")) == (7, 1)
    assert f"docproc: lists: ended the process that read it ({name})" in err
    assert "`docproc index` makes everything again" in err


def test_a_file_that_is_read_for_ever_is_given_up(workspace):
    code, _, err = run(workspace, "with reads():\n        while True: pass", seconds=1)
    assert code == 7
    assert "lists: was still being read after 1 seconds" in err


def test_time_that_passes_between_two_readings_counts_nothing(workspace):
    body = "with reads(): pass\n    return 9 + signal.alarm(0)"  # none is set
    assert run(workspace, body)[0] == 9


def test_the_file_that_is_named_is_the_one_that_was_being_read(workspace):
    body = """with reads('catalog'):
        with reads('lists'): pass
        os.kill(os.getpid(), signal.SIGSEGV)"""
    assert "docproc: catalog: ended" in run(workspace, body)[2]


def test_what_was_read_and_cannot_be_made_sense_of_is_an_error_of_that_file(workspace):
    body = "with reads('catalog'): pass\n    raise ValueError('not a span')"
    code, _, err = run(workspace, body)
    assert (code, err.count("\n")) == (7, 1)
    assert err.startswith("docproc: catalog: cannot be understood: ValueError: not a span.")


def test_memory_that_is_not_there_is_an_error_of_the_file(workspace):
    body = """from docproc.retrieval.generation.index_guard import guard_index
    guard_index(Path('lists'), lambda: bytearray(1 << 62))"""
    code, _, err = run(workspace, body)
    assert code == 7
    assert "lists: it cannot be read: MemoryError" in err


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGUSR1"])
def test_a_signal_to_the_process_that_was_started_reaches_the_one_that_works(workspace, name):
    number = getattr(signal, name)
    body = f"""def ended(*_):
        print('ended', flush=True)
        os._exit(9)
    signal.signal({int(number)}, ended)
    print('ready', flush=True)
    time.sleep(600)"""
    heard = partial(signal.signal, number, signal.SIG_DFL)  # ignored below nohup, or behind an &
    process = start(workspace, body, start_new_session=True, preexec_fn=heard)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    out, _ = process.communicate()
    assert (process.returncode, out) == (9, "ended\n")


def test_a_process_that_dies_of_a_signal_of_another_is_reported_as_just_that(workspace):
    process = start(workspace, "print(os.getpid(), flush=True)\n    time.sleep(600)")
    os.kill(int(process.stdout.readline()), signal.SIGTERM)
    _, err = process.communicate()
    assert (process.returncode, err) == (-signal.SIGTERM, "")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux to end it")
def test_the_process_that_works_does_not_outlive_the_one_that_watches(workspace):
    process = start(workspace, "print(os.getpid(), flush=True)\n    time.sleep(600)")
    working = int(process.stdout.readline())
    process.kill()
    process.wait()
    for _ in range(6000):
        try:
            told = Path(f"/proc/{working}/status").read_text("utf-8")
        except OSError:
            break
        if re.search(r"State:\s+Z", told):
            break
        signal.sigtimedwait([], 0.05)
    else:
        raise AssertionError("it still runs")
    process.communicate()


def test_both_are_suspended_and_go_on_together(workspace):
    body = """print('ready', flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
    print('on', flush=True)
    return 9"""
    process = start(workspace, body, start_new_session=True)
    assert process.stdout.readline() == "ready\n"
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    process.send_signal(signal.SIGCONT)
    out, _ = process.communicate()
    assert (process.returncode, out) == (9, "on\n")
