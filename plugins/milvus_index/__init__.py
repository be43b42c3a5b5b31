"""Vectors held by Milvus: a server or a cluster, or Milvus Lite in a file of this machine.

Each generation has a collection of its own, whose name stands in the generation's folder and is
nowhere made up again; so publishing, rollback and what is asked are docproc's own pointer, and no
alias is used.  A row is inserted once, into a collection that is new: where an insertion fails,
the collection is dropped by its own name and begun again.  Before the generation can be
published the rows are counted, 1,000 of them are read back, and recall@10 against exact search
must be .98: else the run ends, and what is published stands.  Beside each vector stand the fields
that a scope may ask for, so a scope is a filter expression, not a list of rows.  What Milvus finds
is scored again, exactly, from the generation's own vectors; words are searched by docproc's index.

A Milvus that does not answer when a question is asked leaves the words to be searched, and the
answer, or the refusal, says so (exit code 12); while a generation is built it ends the run, which
may be tried again (75).

    pip install 'docproc[milvus]'

```toml
[pipeline]
vector_index = "milvus"

[plugins.milvus]
uri = "http://milvus.example:19530"   # left out: Milvus Lite, in embeddings/milvus/
```

Milvus Lite is one process's: it is for trying this out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docproc.hooks import Registration, Setting, hookimpl

from .indexer import MilvusIndexer
from .server import NAME

DOCPROC_API_VERSION = 1


def make(settings: Mapping[str, Any]) -> MilvusIndexer:
    """The factory; the settings are those of the registration."""
    return MilvusIndexer(*(settings[name] for name in ("uri", "token", "index", "patience")))


@hookimpl
def docproc_vector_indexes() -> list[Registration]:
    """What this plugin offers."""
    return [
        Registration(
            NAME,
            make,
            summary="Vectors in Milvus: one collection a generation, checked before publishing.",
            settings=(
                Setting("uri", "", "The server; none: Milvus Lite, in embeddings/milvus/."),
                Setting("token", "", "What the server asks for: user:password.", secret=True),
                Setting("index", "AUTOINDEX", "The kind of index that the server builds."),
                Setting("patience", 5.0, "Seconds that a question waits for Milvus."),
            ),
            libraries=("pymilvus",),
        )
    ]
