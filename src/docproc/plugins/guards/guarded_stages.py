"""Guarded stages: an embedder or an index of a plugin, held to its contract at every call.

Whatever it raises, and whatever it gives back that its contract excludes, is a ``PluginError``
that names the plugin, the file that it comes from and the step.
"""

from __future__ import annotations

import errno
import hashlib
import inspect
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import getattr_static
from typing import Any, TypeVar

import numpy as np

from docproc.errors import DocprocError, PluginError, interrupts
from docproc.hooks.protocols import Embedder
from docproc.hooks.vector_rows import RowScope
from docproc.plugins.registry import Offer, describe_failure
from docproc.store.manifest import LEARNED
from docproc.text.calls import trace_call, type_name
from docproc.text.output import aside

T = TypeVar("T")
Check = Callable[..., Any]
"""Is given what a method returned, and what that was called with; returns what is handed on."""

_PASSED_ON = (DocprocError, MemoryError)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_UNIT = 1e-2
"""By how much the norm of a vector may differ from 1: half a precision costs a thousandth."""


def name_plugin(offer: Offer) -> str:
    """The plugin of *offer*, for a message: what it comes from, its kind and its name."""
    return f"{offer.origin}: the {offer.stage} plugin {offer.name!r}"


def guard_embedder(offer: Offer, embedder: Any) -> Any:
    """*embedder*, guarded; the vectors of a built-in one are checked where they are kept."""
    who = name_plugin(offer)
    checks: dict[str, Check] = {}
    if offer.origin.kind != "built-in":

        def passages(given: Any, texts: Sequence[str]) -> Any:
            return check_vectors(who, given, (len(texts), embedder.dimension))

        checks = {"encode_passages": passages, "encode_query": _query(who, embedder)}

    def fit(given: Any, *_: Any) -> Any:
        if not isinstance(given, bytes):
            raise broke_contract(who, f"fit gave {type_name(given)}, not bytes")
        return given

    def learned(given: Any, state: bytes) -> Any:
        if not isinstance(given, Embedder):
            raise broke_contract(who, f"with_learned gave {type_name(given)}, which is no embedder")
        made = guard_embedder(offer, given)
        digest = hashlib.sha256(state).hexdigest()[:32]
        made.fingerprint = f"{embedder.fingerprint}{LEARNED}{digest}"
        return made

    checks |= {"fit": fit, "with_learned": learned}
    guard = guard_product(who, embedder, checks)
    if hasattr(embedder, "encode_shards"):
        type(guard).encode_shards = _guard_shards(who, embedder, checks.get("encode_passages"))
    return guard


def guard_opener(offer: Offer, opener: Any, dimension: int) -> Any:
    """The *opener* of a query encoder, and what it opens, guarded; *dimension* is the model's."""
    if offer.origin.kind == "built-in":
        return opener
    who = name_plugin(offer)

    def opened(encoder: Any, *_: Any) -> Any:
        _has(who, encoder, "encode_query")
        return guard_product(who, encoder, {"encode_query": _query(who, None, dimension)})

    return guard_product(who, opener, {"open": opened})


def guard_indexer(offer: Offer, indexer: Any) -> Any:
    """An *indexer* of vectors or texts, and what it opens, guarded, unless it is built in."""
    if offer.origin.kind == "built-in":
        return indexer
    who = name_plugin(offer)

    def facts(given: Any, *_: Any) -> Any:
        if not isinstance(given, dict):
            raise broke_contract(who, f"build gave {type_name(given)}, not a dict of facts")
        return given

    def more(given: Any, *_: Any) -> Any:
        return given if given is None else facts(given)

    def opened(index: Any, _: Any, vectors: Any = None) -> Any:
        _has(who, index, "search")

        def hits(given: Any, _: Any, k: int, allowed: Any) -> Any:
            rows = int(index.rows) if vectors is None else int(vectors.shape[0])
            return _hits(who, given, k, rows, allowed)

        checks: dict[str, Check] = {
            "search": hits,
            "document_frequency": lambda given, _: _count(who, given),
        }
        return guard_product(who, index, checks)

    return guard_product(who, indexer, {"build": facts, "extend": more, "open": opened})


def guard_product(who: str, product: Any, checks: Mapping[str, Check]) -> Any:
    """Stands for *product*: has its methods, and no others, so that protocols know it."""
    methods = {}
    for name in dir(product):
        if not name.startswith("_") and callable(inspect.getattr_static(product, name, None)):
            methods[name] = _method(who, product, name, checks.get(name))
    guard: Any = type("Guarded", (_Guarded,), methods)
    return guard(who, product)


class _Guarded:
    """The base of what stands for a product: its attributes, each read guarded."""

    def __init__(self, who: str, product: Any) -> None:
        self._who = who
        self._product = product

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # while it is unpickled, say
            raise AttributeError(name)
        product = self._product
        if getattr_static(product, name, self) is self and not hasattr(product, "__getattr__"):
            raise AttributeError(name)  # it is asked whether there is such a thing
        return _try(self._who, name, lambda: getattr(self._product, name), AttributeError)


def _method(who: str, product: Any, name: str, check: Check | None) -> Callable[..., Any]:
    def call(_: Any, *given: Any, **also: Any) -> Any:
        made = _try(who, name, lambda: getattr(product, name)(*given, **also))
        return made if check is None else check(made, *given, *also.values())

    return call


def _guard_shards(who: str, embedder: Any, check: Check | None) -> Callable[..., Any]:
    """``encode_shards``, each array held to its shard, and not one fewer than there are shards."""

    def encode(_: Any, shards: Iterable[Sequence[str]]) -> Iterator[Any]:
        taken: deque[Sequence[str]] = deque()

        def taking() -> Iterator[Sequence[str]]:
            for texts in shards:
                taken.append(texts)
                yield texts

        encoded = _try(who, "encode_shards", lambda: iter(embedder.encode_shards(taking())))
        end = object()
        while (vectors := _try(who, "encode_shards", lambda: next(encoded, end))) is not end:
            if not taken:
                raise broke_contract(who, "encode_shards gave more arrays than there are shards")
            texts = taken.popleft()
            yield vectors if check is None else check(vectors, texts)
        if taken:
            raise broke_contract(
                who, f"encode_shards gave no vectors for {len(taken)} of its shards"
            )

    return encode


def _try(who: str, step: str, do: Callable[[], T], *more: type[BaseException]) -> T:
    try:
        with aside():
            return trace_call(who, step, do)
    except BaseException as error:  # a plugin may do anything, even sys.exit()
        full = isinstance(error, OSError) and error.errno in _NO_ROOM
        if full or isinstance(error, (*_PASSED_ON, *more)) or interrupts(error):
            raise
        raise PluginError(
            f"{who} failed in {step}: {describe_failure(error)}{missing_library_hint(error)}"
        ) from error


def missing_library_hint(error: BaseException) -> str:
    """What to do about *error* where it is a library that is not installed; else nothing."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return ""
    library = error.name.partition(".")[0]
    return f"; the library {library!r} is not installed here: install it again, `pip install ...`"


def _query(who: str, embedder: Any, dimension: int = 0) -> Check:
    def check(given: Any, _: str) -> Any:
        wanted = dimension if embedder is None else embedder.dimension
        return check_vectors(who, given, (wanted,))

    return check


def check_vectors(who: str, given: Any, shape: tuple[int, ...], unit: float = _UNIT) -> Any:
    """*given*, if it is float32 of that shape, finite, each vector of norm 1 to within *unit*."""
    if not isinstance(given, np.ndarray):
        raise broke_contract(who, f"it gave {type_name(given)}, not a NumPy array")
    if given.dtype != np.float32:
        raise broke_contract(who, f"its vectors are {given.dtype}, not float32")
    if given.shape != shape:
        raise broke_contract(who, f"its vectors are of shape {given.shape}; {shape} was expected")
    if not np.isfinite(given).all():
        raise broke_contract(who, "it gave vectors that are not numbers")
    norms = np.linalg.norm(given, axis=-1)
    wrong = np.atleast_1d(norms)[np.abs(np.atleast_1d(norms) - 1) > unit]
    if len(wrong):
        raise broke_contract(who, f"it gave a vector whose norm is {wrong[0]:.4g}, not 1")
    return given


def _hits(who: str, given: Any, k: int, rows: int, allowed: Any) -> Any:
    """*given*, if it has as many scores as rows, falling, each row there and allowed."""
    found, scores = getattr(given, "rows", None), getattr(given, "scores", None)
    if not isinstance(found, np.ndarray) or not isinstance(scores, np.ndarray):
        raise broke_contract(
            who, f"search gave {type_name(given)}, not hits with arrays of scores and rows"
        )
    if found.ndim != 1 or found.shape != scores.shape:
        raise broke_contract(
            who, f"search gave scores of shape {scores.shape} for rows of shape {found.shape}"
        )
    if found.dtype.kind not in "iu" or scores.dtype.kind != "f":
        raise broke_contract(who, f"search gave rows of {found.dtype} and scores of {scores.dtype}")
    if len(found) > max(k, 0):
        raise broke_contract(who, f"search gave {len(found)} rows where {k} were asked for")
    if len(found) and not 0 <= found.min() <= found.max() < rows:
        worst = found.max() if found.max() >= rows else found.min()
        raise broke_contract(who, f"search gave the row {worst}, and there are {rows}")
    if allowed is not None and not _mark_allowed(found, allowed).all():
        raise broke_contract(who, "search gave a row that is not among those allowed")
    if not np.isfinite(scores).all() or (np.diff(scores) > 0).any():
        raise broke_contract(who, "search gave scores that do not fall, or are not numbers")
    return given


def _mark_allowed(found: Any, allowed: Any) -> Any:
    return allowed.holds(found) if isinstance(allowed, RowScope) else np.isin(found, allowed)


def _count(who: str, given: Any) -> Any:
    if not isinstance(given, int | np.integer) or given < 0:
        raise broke_contract(
            who, f"document_frequency gave {type_name(given)}, not a number from 0 on"
        )
    return given


def _has(who: str, product: Any, method: str) -> None:
    if not callable(getattr(product, method, None)):
        raise broke_contract(who, f"open gave {type_name(product)}, which has no {method}")


def broke_contract(who: str, how: str) -> PluginError:
    """The error of the plugin *who*, which broke its contract."""
    return PluginError(f"{who} broke its contract: {how}")
