"""From which version of the schema to which a database is brought, step by step, and where it says which one it has.

Nothing here goes through `alembic.context` or `alembic.op`: they belong to the whole process, and whoever runs migrations
in another thread meanwhile would find ours in them, or we theirs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

VERSION_TABLE = "smartupload_version"
"""A name of its own, so that an app may keep its own tables, and its own history, in the same database."""

_FOLDER = Path(__file__).parent
_SHARED_TABLE = "alembic_version"
"""Where it stood before, which is where everybody's stands who says nothing else."""
_OURS = {"upload": {"idempotency_key", "share_token", "multipart_id"}, "part": {"upload_id", "number", "sha256"}}
"""What a database has had since the first version."""


class UnknownVersion(RuntimeError):
    """A newer version than this one has been at the database."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to this version, in the transaction of the connection. Raises UnknownVersion."""
    scripts = _scripts()
    _take_over(connection, scripts)

    def steps(before: tuple[str, ...], _: MigrationContext) -> list[MigrationStep]:
        missing = list(scripts.iterate_revisions(to, _known(before, scripts)))
        return [MigrationStep.upgrade_from_script(scripts.revision_map, script) for script in reversed(missing)]

    _run(connection, steps)


def downgrade(connection: Connection, to: str) -> None:
    """Take back what came after this version, in the transaction of the connection. Raises UnknownVersion."""
    scripts = _scripts()
    _take_over(connection, scripts)

    def steps(before: tuple[str, ...], _: MigrationContext) -> list[MigrationStep]:
        later = scripts.iterate_revisions(_known(before, scripts), to)
        return [MigrationStep.downgrade_from_script(scripts.revision_map, script) for script in later]

    _run(connection, steps)


def standing(connection: Connection) -> tuple[str, str, bool]:
    """Which version the schema has, empty for none, which one is the newest, and whether the first is known. Changes nothing."""
    scripts = _scripts()
    tables = set(sa.inspect(connection).get_table_names())
    has = ""
    if VERSION_TABLE in tables:
        has = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision() or ""
    return has, scripts.get_current_head() or "", has in _revisions(scripts)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(_FOLDER), version_locations=[str(_FOLDER / "versions")])


def _run(connection: Connection, steps: Any) -> None:
    context = MigrationContext.configure(connection, opts={"fn": steps, "version_table": VERSION_TABLE})
    context.run_migrations(op=Operations(context))


def _known(before: tuple[str, ...], scripts: ScriptDirectory) -> str:
    if not before:
        return "base"
    if before[0] not in _revisions(scripts):
        raise UnknownVersion(
            f"The database has the schema {before[0]}, which this version of smartupload does not know: a newer one has "
            "been at it. Install that version again, or put back the backup from before."
        )
    return before[0]


def _revisions(scripts: ScriptDirectory) -> set[str]:
    return {script.revision for script in scripts.walk_revisions()}


def _take_over(connection: Connection, scripts: ScriptDirectory) -> None:
    """Move our row out of the table that was shared; a row of anybody else stays what it is."""
    there = sa.inspect(connection)
    tables = set(there.get_table_names())
    if VERSION_TABLE in tables or not {_SHARED_TABLE, *_OURS} <= tables:
        return
    # The numbers of our versions are such that somebody else's may be the same: that the tables are ours, too, decides.
    if any(not columns <= {column["name"] for column in there.get_columns(table)} for table, columns in _OURS.items()):
        return
    shared = sa.table(_SHARED_TABLE, sa.column("version_num"))
    rows = connection.execute(sa.select(shared.c.version_num).where(shared.c.version_num.in_(_revisions(scripts))))
    found = rows.scalars().all()
    if not found:
        return
    revision = max(found)
    MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).stamp(scripts, revision)
    connection.execute(sa.delete(shared).where(shared.c.version_num == revision))
