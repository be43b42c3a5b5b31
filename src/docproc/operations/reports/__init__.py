"""How a workspace stands: its status, what is stale, where its bytes are, what the doctor finds."""
