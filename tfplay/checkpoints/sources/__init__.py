"""The arrays of published models by name, read lazily from files that nobody vouches for."""
