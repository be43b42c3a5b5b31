"""Every number that ranking and the verdict are made of, each with where it comes from.

Most were measured, on the sets named beside them.  *Bounds on work* protect time and memory: no
figure depends on them, and where one is met the answer says so or is the same.  *Definitions* are
the top or the bottom of a scale.  ``python -m benchmarks.constants`` sets each of them lower and
higher, and counts what that changes among the questions by kind over invented letters.

*Tuning sets* are English and Russian encyclopaedia paragraphs and diplomatic documents
(docs/retrieval.md, "Figures"), and the letter in ``seeds/``.  *Development sets* are manuals and
lists of frequent questions with their answers; a third of the answers was left out, so that their
questions are near, and general knowledge is far (docs/retrieval.md, "The floor").
"""

from __future__ import annotations

from typing import Final

from docproc.dataclass_on_use import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The constants of ``docproc.retrieval``; there is one instance, ``WEIGHTS``."""

    # Candidates.  Recall@10 over a million passages: ``benchmarks.scale``.
    units: int = 100
    """Nearest vectors, of passages and sentences, that name candidates."""
    passages: int = 60
    """Best passages by their words that name candidates."""
    documents: int = 20
    """Best documents by their words, each of which names its nearest passages,"""
    of_each_document: int = 3
    """and how many of each."""
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
    b: float = 0.75
    """BM25's share of the length of a text, which the text index uses (Robertson and Zaragoza,
    *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009, as ``k1``)."""
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

    # Times.  Questions by kind.
    contradicted: float = 1.0
    """A passage that cannot be of the time: a definition, the top of the scale."""
    untold_time: float = 0.08
    """A passage that may be of the time, and does not say so."""
    other_years: float = 0.5
    """A passage that names years, and not the one asked about, of a document without a date or of
    the next year."""
    soon: int = 400
    """Days after a thing in which a letter may still speak of it without naming the year."""

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

    untold: tuple[float, float] = (0.0, -0.6)
    """The logit of ``token_match`` from where a passage loses some of that share, to where it
    loses all of it (invented texts, left out of the fit)."""
    told: float = -0.2
    """The logit from where a passage that is nearly good enough tells what is asked,"""
    nearly: float = 0.75
    """and the share of the floor that is nearly good enough: there the score knows no more."""
    terse: int = 8
    """Words of a question, at most, that is looked at so: a longer one has enough to match."""
    looked_through: int = 12
    """Passages among which one with a figure of the asked kind is looked for: a page of them."""
    read_by_tokens: int = 3
    """Passages above the floor that are compared so, at most: until one tells it."""
    sentences_read: int = 2
    """Sentences of a passage that are, the nearest,"""
    about_as_near: float = 0.06
    """and by how much the cosine of the second may be less."""
    clear: float = 1.4
    """Times the floor from which a passage is not read so; of .91 one more question is answered
    that nothing answers (``benchmarks.constants``), of 1.45 "How long did it last?" in the letter
    is no longer completed (``tests/chat/test_conversations.py``)."""
    tokens_kept: int = 64
    """Texts whose tokens are kept for the next question: about 45 kB each."""
    most_asked: int = 25
    """Words of a question that is compared so, at most."""
    token_coefficients: tuple[float, ...] = (1.059, 3.494, 4.824, 1.372, -0.399, -0.597, -1.888)
    """Of the features of ``token_match``, in their order: ``benchmarks.question_kinds.telling``
    fits them, and the intercept."""
    token_intercept: float = -6.142
    """What is added to them."""
    token_scale: tuple[float, float] = (0.2308, 0.2332)
    """Mean and spread of the similarities of all-MiniLM-L6-v2, in which they are told."""
    taken_as_said: float = 0.65
    """The similarity of a word that is in what surrounds the passage: about that of itself."""
    around: int = 28
    """Characters on each side of what is matched in which a candidate is looked for (the same)."""
    pairs_told: float = 0.75
    """Share of eight invented pairs that the worst word must tell apart, or a model is not asked:
    six of eight are told by chance once in twelve thousand times."""

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
    common_letters: int = 4
    """Letters that two words begin with, or have no likeness by their beginning (tuning sets)."""
    hyphenated: int = 4
    """Parts of a hyphened word that is looked for as one, at most: *Rostov-on-the-Don*."""
    unexpected: float = 0.5
    """What a word counts of a question in another language that no glossary and no text has."""
    enough: int = 16
    """Words of a long question that a passage on its subject may hold at most."""
    between_names: int = 2
    """Other words between the words of one name, at most: *Enver (Damad) Pasha*."""
    spelled_number: int = 13
    """The number from which one in words is looked for in figures: smaller ones are everywhere."""
    beginning: int = 16
    """Letters in which a question without its mark begins to ask: "in what year", "by how much"."""

    # Which way a question is answered.  Of 150 questions over invented letters no answer changes
    # where one of these, or of the section above, is 30 percent lower or higher
    # (``benchmarks.constants``, 2026-11-30), except as ``copy`` says: they stand for invented cases
    # in ``tests/retrieval`` that must come out so.
    met: float = 1.0
    """The floor, and the score, of what agrees with a reference or a condition: a definition."""
    just_below: float = 0.999
    """The share of the floor that is left to what is shown and answers nothing: a definition."""
    just_above: float = 1.001
    """Times the floor: where a passage is put that tells it after all: a definition."""
    exact: float = 0.999
    """The coverage of a passage that holds every word: a definition, less rounding."""
    otherwise_described: float = 0.5
    """The score of what is described except for the time: any that is below the floor."""
    clear_of_others: float = 1.25
    """Times the floor: so well another's letter must answer a question about somebody's letters."""
    held_of_topic: float = 0.5
    """The share of the words of its topic that a passage holds which answers by them; of a topic of
    one word it is ``name``, so that a name in another spelling counts, and a like word does not."""
    description: int = 40
    """Words from which what is asked is a description: an abstract, a paragraph."""
    introduction: int = 8
    """Words that a message has beside the sentence that asks, from which these are read, too."""
    looked_up_words: int = 3
    """Words that are looked up rather than asked about, at most."""
    before_furniture: float = 0.8
    """The share of the score of a heading or signature from which a text goes before it."""
    short: int = 60
    """Characters: a paragraph such as "For Stevens:" tells nothing, where another one does."""
    shelfmark_words: int = 8
    """Words of a question that is nothing but a reference, at most."""
    copy: float = 0.8
    """The share of runs of words that near-copies have in common (Broder, *On the resemblance and
    containment of documents*, 1997).  Where only what is the same counts, three answers show a
    copy as another passage."""
    copy_run: int = 3
    """Words of a run."""
    copy_words: int = 8
    """What is shorter (a signature, "Sir,") is alike and no copy."""
    quotation_alike: float = 0.6
    """The share of words in common from which words are taken for an altered quotation
    (``SequenceMatcher``'s own, for close matches)."""

    # Languages.
    language: float = 0.05
    """The share of passages that makes a language one of the corpus."""
    translations: int = 16
    """Everyday questions whose translations are looked for."""
    translations_by_chance: float = 0.25
    """Share of them that names and loan words alone find (all-MiniLM-L6-v2, English to Russian)."""
    translations_found: float = 0.85
    """Share from which a model is held to read across two languages as well as within one."""

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
    spread_across: float = 2.0
    """Standard deviations of what everyday questions score in another language than the texts, from
    their mean to the floor of such questions."""
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
    """Cloze probes at most."""
    cloze_pool: int = 1000
    """Passages that they are asked of; twice as many are looked at for sentences."""
    compared: int = 500
    """Passages, with their sentences, whose cosines with everyday questions are measured."""
    least_pool: int = 20
    """Passages below which cloze probes tell nothing,"""
    enough_probes: int = 100
    """and probes from which they alone tell how well the vectors read: between the two, how far the
    model shatters words tells the rest (in 25 probes of old Russian, MiniLM won by chance)."""
    probe_reads: int = 16
    """How many candidates of a probe are read: only its best passage counts."""
    probe_words: int = 4
    """Words of a sentence that is asked with: what is shorter ("Yes, Sir.") is no question."""
    probe_sentences: int = 3
    """Sentences of a passage that is asked of: one is taken away, and two must be left."""
    fertility_words: int = 400
    """Words whose tokens are counted,"""
    fertility_line: int = 40
    """and how many at a time: a model cuts what is longer."""

    # Re-rankers.  Questions by kind, with ``plugins/cross_encoder.py`` (docs/extending.md).
    reranker_weights: tuple[float, ...] = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2)
    """Of these the weight is one; more would let one number outweigh all evidence."""
    reranker_gain: float = 0.005
    """Mean reciprocal rank below which a gain is none: noise reaches a few ten-thousandths."""
    reranker_probes: int = 100
    """Probes that it is asked of: with a model of six layers they take ten seconds on two cores."""
    reranker_among: int = 12
    """Passages of each probe, and of each everyday question, that it scores."""
    curve_ridge: float = 1e-3
    """What keeps the fitted curve finite where right and wrong are told apart without exception."""

    # The best sentence.  Right passage given, encyclopaedia paragraphs: ``highlight``.
    sentence_words: float = 0.6
    """What the words of a sentence weigh,"""
    sentence_cosine: float = 0.2
    """its vector,"""
    sentence_kind: float = 0.2
    """and whether it has what is asked for: a number, a time, a name."""
    highlights: int = 2
    """Sentences that are marked, at most."""
    second_highlight: float = 0.9
    """The share of the best sentence's score from which the second is marked as well."""

    # What is shown.
    nearest: int = 3
    """How many passages a refusal shows as the nearest."""
    shown_beside: float = 0.8
    """The share of the best passage's score from which another one is shown beside it."""
    ranked: int = 100
    """How many passages a trial ranks."""
    signals: float = 0.05
    """The most that the signals of plugins add to a score together."""
    margin: float = 1e-6
    """What keeps a raised score below the one that it may not pass: above float32 rounding."""
    listed: int = 200
    """Documents of a complete list that are cited; all of them are counted."""
    most_counted: int = 5_000
    """Documents of a complete list among which translations are looked for, 10 us each."""
    address_words: int = 25
    """Words of the longest passage that may be an address, or a name above a shelfmark."""
    address_small: float = 0.3
    """Share of its words that may begin with a small letter."""
    head: int = 400
    """Characters at the beginning of a document in which a line may be its file number."""
    holders: int = 5
    """Holders of an office that are named."""
    documents_named: int = 5
    """Documents that a message names where one name means several."""
    shortest_id: int = 4
    """Characters of the beginning of an id that is looked up."""

    # Bounds on work.
    words_kept: int = 100_000
    """Runs of texts whose trigrams are kept for the next question: about 30 MB."""
    texts_kept: int = 2_000
    """Texts that are kept as the numbers of their runs: about 4 MB."""
    passages_at_once: int = 500
    """Passages that are read from the catalog at once."""
    phrase_passages: int = 20_000
    """Passages that are read for a phrase at most, those with most of its words first."""
    phrase_found: int = 1_000
    """Passages that hold it, at most."""
    polite_forms: int = 4
    """Polite forms in front of one question."""
    spellings: int = 5
    """Passages in which the spelling of a word is looked up."""
    beyond: int = 12
    """Passages beyond those that are shown, among which their copies are looked for."""
    units_a_passage: int = 8
    """Vectors, of passages and their sentences, that are looked at for each passage wanted."""
    quotation_characters: int = 20_000
    """Characters of a quotation that is looked for."""
    quotation_compared: int = 1_500
    """Words of one that is compared word by word where it is altered."""
    quotation_pieces: int = 3
    """Pieces of one, the longest, by which documents are looked for,"""
    quotation_words: int = 60
    """and words of each piece."""
    quotation_passages: int = 60
    """Passages with most of these words,"""
    quotation_documents: int = 12
    """and their documents, that are read."""
    reranked_kept: int = 8
    """Questions whose numbers are kept: one question is searched for in several ways."""
    curve_steps: int = 50
    """Steps of Newton's method, which needs about six."""
    frequencies_kept: int = 16_384
    """Terms of a shard elsewhere whose counts are kept."""
    answers_kept: int = 8
    """Answers whose sources a reader of a shard keeps: each is read once for one of them."""
    shards_at_once: int = 32
    """Shards whose vector indexes are asked at once, where they lie elsewhere."""
    name_beside: int = 24
    """Characters in which a role and its name stand: *the brig, one Olof Falk*:
    a definition."""
    silent_seconds: float = 3.0
    """Seconds in which an index that was silent is not asked."""


WEIGHTS: Final = Weights()
