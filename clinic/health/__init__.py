"""The report for whoever runs the office: what to do next, and the lists that it comes from.

A function of a library, its problems and what is live: `report_of` gathers, `page` shows. Nothing of it is published.
"""
