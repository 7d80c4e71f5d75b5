"""Other faces of the same values: feed, sitemap, robots, pictures, build record. Never re-parsed HTML."""
