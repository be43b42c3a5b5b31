"""Serving: the reading room in the browser, the HTTP API and the MCP server over one library.

Needs ``docproc[web]`` (and ``docproc[mcp]`` for the MCP server); nothing else imports it.
"""
