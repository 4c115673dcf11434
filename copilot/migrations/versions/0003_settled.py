"""What answered when the last import was done, to see who changed an entry since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entries", sa.Column("settled_hash", sa.Text()))
    op.execute("UPDATE entries SET settled_hash = imported_hash")


def downgrade() -> None:
    op.drop_column("entries", "settled_hash")
