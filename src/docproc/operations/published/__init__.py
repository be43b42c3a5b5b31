"""What a published generation was made with: its plugins, its embedder, its calibration."""
