"""Run by db.Database.upgrade, which hands in the connection and holds the lock."""

from alembic import context

from smartupload.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
