"""A model as one page of HTML that computes in whatever browser opens it."""
