"""Translation: a text of one language into one of another."""
