"""A stock Pelican site becomes content of ours: its settings, headers, links and addresses read, nothing of it run."""
