"""What looks like a patient's own details in a text, and how to speak of it without repeating it.

A seam without imports of its own: the source asks it before anything is read, cached or shown.
"""

from clinic.privacy.looking import Detail, Sort, decoded, find, masked, masked_path

__all__ = ["Detail", "Sort", "decoded", "find", "masked", "masked_path"]
