"""A generator of clinic web sites: from editors' Markdown to a released site. Imports nothing, on purpose."""
