"""What a generation holds beside its catalog: vectors, indexes, encoders."""
