"""One frozen dataclass for each template, and the functions that build them."""
