"""Commands and slash commands that break their contract, each in one way; the kit must name it."""

import pytest
import right_commands
from right_commands import Honest, HonestSlash

from docproc.testing import ChatCommandContract, CommandContract


class Wrong(CommandContract):
    check, says = "", ""
    name, hooks, command = "senders", right_commands.__name__, Honest

    @pytest.fixture
    def plugin(self):
        return self.command()

    @pytest.fixture
    def arguments(self):
        return [[], ["1921"]]


class TestIsNotWrittenOut(Wrong):
    check, says = "test_it_is_listed_without_being_run", "not written out as a plain string"
    name = "hidden"


class TestHasNoSummary(Wrong):
    check, says = "test_it_is_listed_without_being_run", "has no summary"
    name = "bare"


class TestTakesADocprocName(Wrong):
    check, says = "test_it_is_listed_without_being_run", "is docproc's own"
    name = "index"


class TestTakesTheWorkspace(Wrong):
    check, says = "test_it_declares_its_arguments", "conflicting option"

    class command(Honest):  # noqa: N801
        def declare(self, parser):
            parser.add_argument("--workspace", help="its own")


class TestExplainsNothing(Wrong):
    check, says = "test_its_arguments_have_words", "'scope' has no help"

    class command(Honest):  # noqa: N801
        def declare(self, parser):
            parser.add_argument("scope", nargs="?", default="")


class TestRunsWithoutALibrary(Wrong):
    check, says = "test_it_can_be_run", "cannot be called so"

    class command(Honest):  # noqa: N801
        def run(self, arguments):
            return 0


class TestHasAHugeExitCode(Wrong):
    check, says = "test_it_returns_an_exit_code", "returns 300"

    class command(Honest):  # noqa: N801
        def run(self, arguments, library):
            return 300


class TestReturnsItsText(Wrong):
    check, says = "test_it_returns_an_exit_code", "returns 'done'"

    class command(Honest):  # noqa: N801
        def run(self, arguments, library):
            return "done"


class WrongSlash(ChatCommandContract):
    check, says = "", ""
    name, hooks, command = "count", right_commands.__name__, HonestSlash

    @pytest.fixture
    def plugin(self):
        return self.command()


class TestSlashTakesADocprocName(WrongSlash):
    check, says = "test_it_is_listed_without_being_run", "is docproc's own"
    name = "help"


class TestSlashNeedsAnAnswer(WrongSlash):
    check, says = "test_it_says_a_text", "IndexError"

    class command(HonestSlash):  # noqa: N801
        def run(self, argument, conversation):
            return conversation.answers[-1].question


class TestSlashNeedsANumber(WrongSlash):
    check, says = "test_it_says_a_text", "ValueError"

    class command(HonestSlash):  # noqa: N801
        def run(self, argument, conversation):
            return str(int(argument or 0))


class TestSlashSaysANumber(WrongSlash):
    check, says = "test_it_says_a_text", "it says int"

    class command(HonestSlash):  # noqa: N801
        def run(self, argument, conversation):
            return len(conversation.answers)
