"""A training as it stands: progress, charts, samples."""
