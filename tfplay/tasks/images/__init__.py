"""Images: the class of a picture."""
