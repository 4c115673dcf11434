"""Steps from one shape of the database to the next, run by `copilot.store.schema` when a database is opened."""
