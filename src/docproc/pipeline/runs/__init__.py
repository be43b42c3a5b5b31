"""Runs: bring the published generation up to date, or embed it with another model."""
