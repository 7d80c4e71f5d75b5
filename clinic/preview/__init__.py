"""The preview: a site served from memory while it is written, rebuilt at each save, its problems on its pages."""
