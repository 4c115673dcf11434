"""Steps from one shape of the database to the next, run by `copilot.store.schema` when a database is opened.

To change a table: change `copilot.store.tables`, add `versions/0002_what_it_does.py`, and set `schema.HEAD`. The
tests compare the two on both databases and say what was forgotten.
"""
