"""What an owner's files take of the quota is kept by the database itself, so that nobody has to sum it up.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# As models.COUNTED had them then. With others comes another migration, which makes the triggers anew and counts again;
# so does one that has SQLite copy the table of uploads, since the triggers go with the old one.
COUNTED = "('uploading', 'paused', 'verifying', 'scanning', 'ready', 'blocked')"

# In the order of their names, so that two uploads that change places between two owners wait for each other and never both.
FUNCTION = f"""CREATE FUNCTION upload_usage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change record;
BEGIN
    FOR change IN
        SELECT owner, sum(size) AS bytes FROM (
            SELECT OLD.owner AS owner, -OLD.size AS size WHERE TG_OP <> 'INSERT' AND OLD.state IN {COUNTED}
            UNION ALL
            SELECT NEW.owner, NEW.size WHERE TG_OP <> 'DELETE' AND NEW.state IN {COUNTED}
        ) AS changes GROUP BY owner HAVING sum(size) <> 0 ORDER BY owner
    LOOP
        INSERT INTO usage AS u (owner, bytes) VALUES (change.owner, change.bytes)
        ON CONFLICT (owner) DO UPDATE SET bytes = u.bytes + excluded.bytes;
    END LOOP;
    RETURN NULL;
END $$"""

ADD = "INSERT INTO usage (owner, bytes) {what} ON CONFLICT (owner) DO UPDATE SET bytes = bytes + excluded.bytes;"
TAKE = f"UPDATE usage SET bytes = bytes - OLD.size WHERE owner = OLD.owner AND OLD.state IN {COUNTED};"
CHANGED = (
    "OLD.owner <> NEW.owner OR OLD.size <> NEW.size OR "
    f"(OLD.state <> NEW.state AND (OLD.state IN {COUNTED}) <> (NEW.state IN {COUNTED}))"
)


def upgrade(op: Operations) -> None:
    """Make the table and the triggers, which hold off who else writes, and count what there is."""
    op.create_table(
        "usage",
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner"),
    )
    if op.get_bind().dialect.name == "sqlite":
        new = f"SELECT NEW.owner, NEW.size WHERE NEW.state IN {COUNTED}"
        op.execute(f"CREATE TRIGGER upload_usage_new AFTER INSERT ON upload BEGIN {ADD.format(what=new)} END")
        op.execute(
            f"CREATE TRIGGER upload_usage_changed AFTER UPDATE OF owner, size, state ON upload WHEN {CHANGED} "
            f"BEGIN {TAKE} {ADD.format(what=new)} END"
        )
        op.execute(f"CREATE TRIGGER upload_usage_gone AFTER DELETE ON upload BEGIN {TAKE} END")
    else:
        op.execute(FUNCTION)
        for name, what, when in (
            ("new", "INSERT", ""),
            ("changed", "UPDATE OF owner, size, state", f"WHEN ({CHANGED})"),
            ("gone", "DELETE", ""),
        ):
            op.execute(
                f"CREATE TRIGGER upload_usage_{name} AFTER {what} ON upload FOR EACH ROW {when} "
                "EXECUTE FUNCTION upload_usage()"
            )
    op.execute(
        f"INSERT INTO usage (owner, bytes) SELECT owner, sum(size) FROM upload WHERE state IN {COUNTED} GROUP BY owner"
    )


def downgrade(op: Operations) -> None:
    """Forget them again."""
    where = "" if op.get_bind().dialect.name == "sqlite" else " ON upload"
    for name in ("new", "changed", "gone"):
        op.execute(f"DROP TRIGGER upload_usage_{name}{where}")
    if where:
        op.execute("DROP FUNCTION upload_usage()")
    op.drop_table("usage")
