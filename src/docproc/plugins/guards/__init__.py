"""What plugins give back while they run, held to their contracts."""
