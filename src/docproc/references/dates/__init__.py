"""Dates as letters, editions and finding aids print them, to EDTF."""
