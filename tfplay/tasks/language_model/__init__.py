"""Language model: how a text goes on."""
