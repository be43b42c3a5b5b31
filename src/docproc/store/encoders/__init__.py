"""The exported query encoders: of a workspace, and of this machine."""
