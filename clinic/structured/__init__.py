"""What a page tells search engines of itself: schema.org in JSON-LD, made from its view and from nothing else."""
