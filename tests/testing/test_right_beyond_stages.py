"""Right plugins beyond the stages pass the kit; those that break it are in ``wrong_*.py``."""

import pytest
import right_commands
import wrong_formats
import wrong_signals

from docproc.hooks import Observer
from docproc.testing import (
    ChatCommandContract,
    CommandContract,
    ObserverContract,
    OutputFormatContract,
    QueryEncoderContract,
    SignalContract,
)
from docproc.testing.examples.tiny_embedder import TinyEmbedder, TinyOpener

pytestmark = pytest.mark.slow


class TestSignal(SignalContract):
    @pytest.fixture
    def plugin(self):
        return wrong_signals.Honest()


class TestFormat(OutputFormatContract):
    @pytest.fixture
    def plugin(self):
        return wrong_formats.Honest()


class Telling(Observer):
    def __init__(self):
        self.told = []

    def source_failed(self, event):
        self.told.append(event.path)


class TestObserver(ObserverContract):
    @pytest.fixture
    def plugin(self):
        return Telling()


class TestCommand(CommandContract):
    name, hooks = "senders", right_commands.__name__

    @pytest.fixture
    def plugin(self):
        return right_commands.Honest()

    @pytest.fixture
    def arguments(self):
        return [[], ["1921"]]


class TestChatCommand(ChatCommandContract):
    name, hooks = "count", right_commands.__name__

    @pytest.fixture
    def plugin(self):
        return right_commands.HonestSlash()


class TestQueryEncoder(QueryEncoderContract):
    @pytest.fixture
    def plugin(self):
        return TinyOpener()

    @pytest.fixture
    def embedder(self):
        return TinyEmbedder()
