"""What a clinician signs: the text of a page without its layout, its fingerprint, and the record of who signed it.

The text and its fingerprint depend on the page alone and on nothing of the theme, so that a new version of the
generator leaves every signature standing (docs/decisions/0009-sign-offs.md).
"""
