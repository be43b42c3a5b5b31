"""Embed: the sentence-transformers embedder, and the light query encoder that it leaves behind.

``embedder`` and ``export`` are for the writing half and import the model library when they
must; ``encoder`` and ``opener`` are for asking and import ONNX Runtime only.
"""
