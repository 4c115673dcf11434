"""What people say is not right, until somebody settled it; and who was told of what today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("organisation", "suggestion", "by", name=op.f("pk_reports")),
        sa.ForeignKeyConstraint(
            ["organisation", "suggestion"],
            ["suggestions.organisation", "suggestions.id"],
            name=op.f("fk_reports"),
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "notices",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "workspace", "person", "subject", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_organisation_at"), "notices", ["organisation", "at"])
    op.add_column("gaps", sa.Column("told", sa.Text()))


def downgrade() -> None:
    op.drop_column("gaps", "told")
    op.drop_table("notices")
    op.drop_table("reports")
