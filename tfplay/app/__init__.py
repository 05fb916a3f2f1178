"""The pages' widgets and loaders: the only package that knows Streamlit.

A folder a page, and shared rooms that several pages use; docs/CONTRIBUTING.md has the map.
"""
