"""Bytes to `Source`: what the content folder holds, and every file's header with places, and its body.

Nothing is judged here but whether it can be read: strict UTF-8, a strict subset of YAML, plain files in known places.
"""
