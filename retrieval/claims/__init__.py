"""What a model claims, held against the words it cites: pure, and the same for every model."""
