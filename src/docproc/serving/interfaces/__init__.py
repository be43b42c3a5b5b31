"""The calls as an HTTP API and as MCP tools."""
