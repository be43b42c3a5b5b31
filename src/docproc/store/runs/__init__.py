"""What a run leaves beside the generations: its lock, what it has read so far, its report."""
