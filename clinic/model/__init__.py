"""The kinds of content and the clinic itself, as typed frozen records; validation in one place."""
