"""Makes the graph of the bundled model that the package carries, from an export of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import load_file

from docproc.stages.embed import bundled
from docproc.stages.embed import encoder as layout

NOT_KEPT = ("format", "model", "files")


def keep(exported: Path, model: Path, path: Path = bundled.GRAPH) -> None:
    """Write to *path* what ``bundled`` needs to make *exported* of the weights in *model*."""
    about = json.loads((exported / layout.DESCRIPTION).read_text("utf-8"))
    about = {name: value for name, value in about.items() if name not in NOT_KEPT}
    graph = (exported / layout.GRAPH).read_bytes()
    bundled.write(about, list(places(exported, model)), graph, path)


def places(exported: Path, model: Path):
    """Each weight of the export: its published name, its place in the file, whether transposed."""
    published = load_file(model / "model.safetensors")
    data = (exported / layout.WEIGHTS).read_bytes()
    loaded = onnx.load(exported / layout.GRAPH, load_external_data=False)
    for tensor in loaded.graph.initializer:
        if tensor.data_location != onnx.TensorProto.EXTERNAL:
            continue
        entry = {each.key: each.value for each in tensor.external_data}
        begin, size = int(entry["offset"]), int(entry["length"])
        kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
        values = np.frombuffer(data[begin : begin + size], kind).reshape(tensor.dims)
        yield next(
            (name, begin, transposed)
            for name, value in published.items()
            for transposed in (False, True)
            if value.dtype == kind and np.array_equal(value.T if transposed else value, values)
        )
