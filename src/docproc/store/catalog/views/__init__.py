"""A catalog read otherwise than whole: in shards, in another process, without what is hidden."""
