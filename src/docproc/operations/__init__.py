"""The composition root, and the operations on a workspace: status, gate, embedder choice."""
