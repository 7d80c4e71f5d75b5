"""All content, linked and dated, as of `now`."""
