"""The process that serves: its socket, its address, its browser; several on one socket."""
