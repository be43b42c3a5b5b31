"""A published generation, opened: in one piece or in shards, here or with readers elsewhere."""
