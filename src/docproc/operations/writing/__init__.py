"""What writes to a workspace: runs and their gate, withdrawals, documents fetched."""
