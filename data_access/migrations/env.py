"""Alembic's entry: runs on the connection that data_access.store.migrate hands it, inside its transaction."""

from alembic import context

from data_access.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
