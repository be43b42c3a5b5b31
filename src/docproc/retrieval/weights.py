"""Every number that ranking and the verdict are made of, each with where it was measured.

*Tuning sets* are English and Russian encyclopaedia paragraphs and diplomatic documents
(docs/retrieval.md, "Figures"), and the letter in ``seeds/``.  *Development sets* are manuals and
lists of frequent questions with their answers; a third of the answers was left out, so that their
questions are near, and general knowledge is far (docs/retrieval.md, "The floor").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The constants of ``docproc.retrieval``; there is one instance, ``WEIGHTS``."""

    # Candidates.  Recall@10 over a million passages: ``benchmarks.scale``.
    units: int = 100
    """Nearest vectors, of passages and sentences, that name candidates."""
    passages: int = 60
    """Best passages by their words that name candidates."""
    documents: int = 20
    """Best documents by their words, each of which names its nearest passages."""
    of_each_document: int = 3
    known: int = 200
    """Best passages and documents whose scores by words are kept; more cost next to nothing."""
    read: int = 48
    """How many candidates are scored again from their text."""
    documents_read: int = 12
    """How many documents these belong to at least, where so many are named: a long document does
    not push the others out (news articles, cases V11)."""

    # Evidence.  Tuning sets; each signal off in turn: ``benchmarks.ablation``.
    k1: float = 1.2
    """BM25's saturation of repeated terms, which the text index uses."""
    document: float = 0.5
    """Most that a document's vector weighs; where a document is one passage it tells nothing."""
    passage: float = 0.5
    """Most that a passage's vector weighs, beside its best sentence's."""
    document_words: float = 0.45
    """Most that BM25 of the document weighs, beside the coverage of the passage."""
    held: float = 0.17
    """Most that the plain share of the question's words weighs (the letter in ``seeds/``)."""
    few: float = 20.0
    """Documents among which it weighs half of that."""
    absent: float = 0.4
    """What a question loses that asks about nothing but names that no text has."""
    untimely: float = 0.6
    """What a passage loses that cannot tell of the time asked about (questions by kind)."""
    missing: float = 0.2
    """What a passage loses that has, and is surrounded by, none of the names and numbers that a
    question is made of (English paragraphs, and a volume of diplomatic papers)."""

    # What a passage leaves unsaid.  Half of the questions by kind over a volume of diplomatic
    # papers and over invented letters (the half that is looked at), and five development sets.
    unsaid: float = 0.65
    """The share of its score that a passage loses which speaks of something else."""
    nearer: tuple[float, float] = (0.02, 0.045)
    """How much nearer to the passage a question lies without a word that is about something
    else: from where it counts, to where it counts in full."""
    slight: float = 0.3
    """A doubt below this is none."""
    named: float = 0.01
    """How much less is enough of a name, a number, and a word that no text has."""
    counted: float = 0.03
    """What is added where the word is what is counted, how many horses; and what more is wanted of
    a word for the kind of thing asked for, which vessel: a text need not have it."""
    rare: float = 0.002
    """The share of the passages that have a word which a passage that answers would have too."""
    common_name: float = 0.02
    """The share of them that have a name which one need not repeat."""
    letter: int = 12
    """Passages of a document any of which may hold a name for the others."""
    left_out: int = 3
    """Words without which the question is encoded again, at most."""

    untold: tuple[float, float] = (-0.6, -1.8)
    """The logit of ``token_match`` from where a passage loses some of that share, to where it
    loses all of it (invented texts, left out of the fit)."""
    read_by_tokens: int = 3
    """Passages above the floor that are compared so, at most: until one tells it."""
    sentences_read: int = 2
    """Sentences of a passage that are, the nearest,"""
    about_as_near: float = 0.06
    """and by how much the cosine of the second may be less."""
    clear: float = 1.3
    """Times the floor from which a passage is not read so."""
    tokens_kept: int = 64
    """Texts whose tokens are kept for the next question: about 45 kB each."""
    most_asked: int = 25
    """Words of a question that is compared so, at most."""

    # Words.
    alike: float = 0.5
    """Likeness from which one word counts as a spelling of another (tuning sets)."""
    name: float = 0.8
    """What a name counts that is spelled otherwise (invented letters)."""
    context: float = 0.25
    """What a word counts that is only in the document's title, names or date (tuning sets)."""
    beside: float = 0.5
    """What a name or number counts that is only in the passage before or after."""
    worth_a_look: float = 0.8
    """The share of the floor from which a candidate has its neighbours read."""

    # Calibration.
    even_weight: float = 1.4
    """The weight of the vectors where they find as much as the words do (tuning sets)."""
    most_advantage: float = 1.5
    """Most that vectors that find more than the words do can raise their weight by."""
    floor: tuple[float, float] = (0.17, 0.31)
    """The floor where everyday questions score nothing: where vectors are unreadable, where they
    are read (development sets)."""
    stranger: float = 0.4
    """How far the floor rises with what everyday questions score in the mean (the same)."""
    floor_across: float = 0.2
    """The floor, likewise, of questions in another language than the texts."""
    one_letter: float = 0.26
    """The share of the floor which one document of hardly any passages takes off (refusals)."""
    few_passages: float = 20.0
    """Passages of a corpus of which it takes off half as much."""
    whole: float = 1.7
    """Tokens a word up to which a tokenizer is held to know a language."""
    little: float = 0.35
    """Readability below which ``status`` and ``index`` say that the model reads little."""
    few_probes: int = 40
    """Cloze probes below which ``status`` says that they were too few."""

    # Probes.  As many as two seconds hold, on two cores.
    cloze_probes: int = 400
    cloze_pool: int = 1000
    """Passages that they are asked of; twice as many are looked at for sentences."""
    compared: int = 500
    """Passages, with their sentences, whose cosines with everyday questions are measured."""
    least_pool: int = 20
    """Passages below which cloze probes tell nothing."""
    probe_reads: int = 16
    """How many candidates of a probe are read: only its best passage counts."""

    # The best sentence.  Right passage given, encyclopaedia paragraphs: ``highlight``.
    sentence_words: float = 0.6
    sentence_cosine: float = 0.2
    sentence_kind: float = 0.2
    highlights: int = 2

    # What is shown.
    nearest: int = 3
    """How many passages a refusal shows as the nearest."""
    shown_beside: float = 0.8
    """The share of the best passage's score from which another one is shown beside it."""
    ranked: int = 100
    """How many passages a trial ranks."""
    signals: float = 0.05
    """The most that the signals of plugins add to a score together."""


WEIGHTS: Final = Weights()
