"""Embed: the sentence-transformers embedder, and the light query encoder that it leaves behind.

``embedder`` and ``export`` are for the writing half and import the model library when they
must; ``encoder`` is for asking and imports ONNX Runtime only.
"""
