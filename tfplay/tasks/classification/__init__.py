"""Classification: the class of a text."""
