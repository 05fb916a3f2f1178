"""A recipe as fields and as a link."""
