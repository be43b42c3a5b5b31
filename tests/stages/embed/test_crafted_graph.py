"""A graph that came with a workspace reads no file outside its folder."""

import json

import numpy as np
import pytest

from docproc.errors import StoreError
from docproc.stages.embed import encoder


@pytest.mark.parametrize("where", ["../secret", "{absolute}"])
def test_weights_outside_the_folder_are_refused(tmp_path, where):
    onnx = pytest.importorskip("onnx")
    (tmp_path / "secret").write_bytes(np.arange(4, dtype=np.float32).tobytes())
    folder = tmp_path / "encoder"
    folder.mkdir()
    weights = onnx.TensorProto(name="w", data_type=1, dims=[4])
    weights.data_location = onnx.TensorProto.EXTERNAL
    entry = weights.external_data.add()
    entry.key, entry.value = "location", where.format(absolute=tmp_path / "secret")
    values = [onnx.helper.make_tensor_value_info(name, 1, [4]) for name in "xy"]
    node = onnx.helper.make_node("Add", ["x", "w"], ["y"])
    graph = onnx.helper.make_graph([node], "g", values[:1], values[1:], [weights])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)])
    model.ir_version = 8
    (folder / encoder.GRAPH).write_bytes(model.SerializeToString())
    (folder / encoder.TOKENIZER).write_text(
        json.dumps(
            {"version": "1.0", "model": {"type": "WordLevel", "vocab": {}, "unk_token": ""}}
        ),
        "utf-8",
    )
    description = {
        "format": encoder.FORMAT, "dimension": 4, "max_tokens": 8, "prompt": "", "inputs": ["x"],
        "files": {},
    }  # fmt: skip
    (folder / encoder.DESCRIPTION).write_text(json.dumps(description), "utf-8")
    with pytest.raises(StoreError, match=r"cannot be opened: .*[Ee]xternal data"):
        encoder.open_encoder(folder)
