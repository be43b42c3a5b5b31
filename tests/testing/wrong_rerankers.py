"""Re-rankers that break their contract, each in one way; the kit must name it."""

import itertools
import random
import socket
import tempfile
import time
from pathlib import Path

import pytest

from docproc.errors import StoreError
from docproc.testing import RerankerContract


class Wrong(RerankerContract):
    check, says = "", ""

    @pytest.fixture
    def plugin(self):
        return self.reranker()


class Honest:
    fingerprint = "honest-1"

    def rerank(self, question, passages):
        return [self.one(question, each) for each in passages]

    def one(self, question, passage):
        asked = set(question.casefold().split())
        return float(len(asked & set(passage.body.casefold().split())))


class TestHasNoFingerprint(Wrong):
    check, says = "test_its_fingerprint_is_a_text", "the fingerprint is ''"

    class reranker(Honest):  # noqa: N801
        fingerprint = ""


class TestCountsInItsFingerprint(Wrong):
    check, says = "test_the_fingerprint_stays", "when it had been asked"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            self.fingerprint = f"honest-{time.perf_counter_ns()}"
            return super().rerank(question, passages)


class TestForgetsASettingInItsFingerprint(Wrong):
    check, says = "test_the_fingerprint_knows_every_setting", "another scale gives other numbers"

    class reranker(Honest):  # noqa: N801
        scale = 1.0

        def one(self, question, passage):
            return self.scale * (1 + super().one(question, passage))

    @pytest.fixture
    def variants(self):
        other = self.reranker()
        other.scale = 2.0
        return {"scale": other}


class TestGivesOneForAll(Wrong):
    check, says = "test_one_finite_number_for_each", "an array of the shape ()"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            return 1.0


class TestGivesTheBestOnly(Wrong):
    check, says = "test_one_finite_number_for_each", "an array of the shape"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            return sorted(super().rerank(question, passages))[-10:]


class TestGivesPairs(Wrong):
    check, says = "test_one_finite_number_for_each", "an array of the shape"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            return list(enumerate(super().rerank(question, passages)))


class TestGivesWords(Wrong):
    check, says = "test_one_finite_number_for_each", "it gives ['high'"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return "high"


class TestDividesByAnEmptyQuestion(Wrong):
    check, says = "test_one_finite_number_for_each", "ZeroDivisionError"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) / len(question.split())


class TestIsInfinitelySure(Wrong):
    check, says = "test_one_finite_number_for_each", "which is no finite number"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) or float("-inf")


class TestCannotBearLatin(Wrong):
    check, says = "test_one_finite_number_for_each", "UnicodeEncodeError"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) + len(question.encode("latin-1"))


class TestReadsFiveHundredWords(Wrong):
    check, says = "test_texts_of_every_length_are_borne", "too long"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            if len(passage.body.split()) > 500:
                raise ValueError("too long")
            return super().one(question, passage)


class TestScalesByTheOthers(Wrong):
    check, says = "test_a_number_is_of_its_passage_alone", "by themselves"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            found = super().rerank(question, passages)
            return [each / max(1, *found) for each in found]


class TestPrefersTheFirst(Wrong):
    check, says = "test_a_number_is_of_its_passage_alone", "in another order"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            found = super().rerank(question, passages)
            return [each + 1 / (1 + place) for place, each in enumerate(found)]


class TestLooksAtTheRow(Wrong):
    check, says = "test_a_row_tells_nothing", "where it is in no generation"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) + passage.row / 100


class TestRemembers(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class reranker(Honest):  # noqa: N801
        def __init__(self):
            self.seen = {}

        def one(self, question, passage):
            self.seen[passage.body] = self.seen.get(passage.body, 0) + 1
            return super().one(question, passage) + self.seen[passage.body]


class TestGuesses(Wrong):
    check, says = "test_the_same_work_gives_the_same", "the second time"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) + random.random()


class TestTellsNothingApart(Wrong):
    check, says = "test_it_tells_passages_apart", "all passages have the same number"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return 0.5


class TestSwallowsItsArgument(Wrong):
    check, says = "test_the_passages_stay", "'tuple' object has no attribute 'clear'"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            found = super().rerank(question, passages)
            if isinstance(passages, list):
                raise AttributeError("'tuple' object has no attribute 'clear'")
            return found


class TestHashes(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "in another process"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) + hash(passage.body) % 97


class TestHoldsALock(Wrong):
    check, says = "test_it_works_the_same_in_another_process", "pickle"

    class reranker(Honest):  # noqa: N801
        def __init__(self):
            self.each = (n for n in itertools.count())


class TestPrefersToday(Wrong):
    check, says = "test_another_day_changes_nothing", "on another day"

    class reranker(Honest):  # noqa: N801
        def one(self, question, passage):
            return super().one(question, passage) + time.time() // 86_400


class TestPrints(Wrong):
    check, says = "test_it_prints_nothing", "it prints 'scoring"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            print("scoring")
            return super().rerank(question, passages)


class TestAsksTheNetwork(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "it asks the network"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            with socket.socket() as asked:
                asked.bind(("127.0.0.1", 0))
            return super().rerank(question, passages)


class TestKeepsALog(Wrong):
    check, says = "test_it_reads_and_writes_nothing_else", "leaves"

    class reranker(Honest):  # noqa: N801
        def rerank(self, question, passages):
            Path(tempfile.gettempdir(), "asked.log").write_text(question, "utf-8")
            return super().rerank(question, passages)


class Prepares(Honest):
    """Keeps the bodies of passages."""

    def export_reranker(self, folder):
        (folder / "model").write_text("honest", "utf-8")

    def keep_passages(self, passages, model, folder, before):
        (folder / "rows").write_text(str(len(list(passages))), "utf-8")
        return {}

    def open_reranker(self, model, folder):
        try:
            (model / "model").read_text("utf-8")
            (folder / "rows").read_text("utf-8")
        except OSError as error:
            raise StoreError(str(error)) from None
        return self.opened()

    def opened(self):
        return Honest()


class TestLeavesSomethingElse(Wrong):
    check, says = "test_what_it_leaves_gives_the_same_numbers", "from what it left"

    class reranker(Prepares):  # noqa: N801
        def opened(self):
            class Other(Honest):
                def one(self, question, passage):
                    return super().one(question, passage) + 1

            return Other()


class TestKnowsRowsAlone(Wrong):
    check, says = "test_what_it_leaves_gives_the_same_numbers", "of no generation"

    class reranker(Prepares):  # noqa: N801
        def opened(self):
            class Kept(Honest):
                def one(self, question, passage):
                    return super().one(question, passage) if passage.row >= 0 else 0.0

            return Kept()


class TestIsOpenedOverNothing(Wrong):
    check, says = "test_a_folder_without_its_files_is_refused", "was opened without a word"

    class reranker(Prepares):  # noqa: N801
        def open_reranker(self, model, folder):
            return Honest()


class TestWritesWhenItOpens(Wrong):
    check, says = "test_opening_and_asking_write_nothing", "it writes"

    class reranker(Prepares):  # noqa: N801
        def open_reranker(self, model, folder):
            (folder / "log").write_text("opened", "utf-8")
            return Honest()


class TestKeepsTheOldOnes(Wrong):
    check, says = "test_what_was_kept_before_changes_nothing", "FileNotFoundError"

    class reranker(Prepares):  # noqa: N801
        def keep_passages(self, passages, model, folder, before):
            if before is not None:
                (before / "known").read_text("utf-8")
            return super().keep_passages(passages, model, folder, before)
