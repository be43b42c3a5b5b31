"""docproc: question a folder of archival documents, and get the exact passages back."""

__version__ = "0.1.0"
