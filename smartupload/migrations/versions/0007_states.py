"""The database refuses a state that there is none of, and a change of state that nothing makes.

Revision ID: 0007
Revises: 0006
"""

from alembic.operations import Operations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = ("uploading", "paused", "verifying", "scanning", "ready", "blocked", "failed", "cancelled", "expired")
# As service/records/states.py had them then. With another table comes another migration, which makes the triggers anew;
# so does one that has SQLite copy the table, since the triggers go with the old one.
PAIRS = (
    ("uploading", "paused verifying failed cancelled expired"),
    ("paused", "uploading verifying failed cancelled expired"),
    ("verifying", "uploading scanning failed cancelled expired"),
    ("scanning", "ready blocked failed cancelled"),
    ("ready", "cancelled"),
    ("blocked", "cancelled"),
    ("failed", "cancelled"),
    ("expired", "cancelled"),
)


def _texts(values) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def upgrade(op: Operations) -> None:
    """Make the triggers. SQLite adds no CHECK to a table without copying it, so there a trigger holds the values, too."""
    ways = _texts(f"{before}>{after}" for before, afters in PAIRS for after in afters.split())
    wrong = f"OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN {ways}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER upload_state_is_one BEFORE INSERT ON upload "
            f"WHEN NEW.state NOT IN {_texts(STATES)} BEGIN SELECT RAISE(ABORT, 'upload: no such state'); END"
        )
        op.execute(
            "CREATE TRIGGER upload_state_changes BEFORE UPDATE OF state ON upload "
            f"WHEN {wrong} BEGIN SELECT RAISE(ABORT, 'upload: no such change of state'); END"
        )
        return
    op.create_check_constraint("ck_upload_state", "upload", f"state IN {_texts(STATES)}")
    op.execute(
        "CREATE FUNCTION upload_state_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'upload %: no change of state from % to %', OLD.id, OLD.state, NEW.state "
        "USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER upload_state_changes BEFORE UPDATE OF state ON upload FOR EACH ROW "
        f"WHEN ({wrong}) EXECUTE FUNCTION upload_state_changes()"
    )


def downgrade(op: Operations) -> None:
    """Forget them again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER upload_state_is_one")
        op.execute("DROP TRIGGER upload_state_changes")
        return
    op.execute("DROP TRIGGER upload_state_changes ON upload")
    op.execute("DROP FUNCTION upload_state_changes()")
    op.drop_constraint("ck_upload_state", "upload")
