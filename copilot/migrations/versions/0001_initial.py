"""The first tables: knowledge with its versions, the ledger, the directory.

What a migration says is never changed once it is released; that is why it does not read `copilot.store.tables`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "changes",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_organisation_number"), "changes", ["organisation", "number"])
    op.create_table(
        "grants",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "suggestion", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_organisation_key_action_day"), "grants", ["organisation", "key", "action", "day"])
    op.create_table(
        "organisations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("import_order", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_table(
        "questions",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_questions")),
        sa.UniqueConstraint("organisation", "id", name=op.f("uq_questions")),
    )
    op.create_index(op.f("ix_questions_organisation_asker"), "questions", ["organisation", "asker"])
    op.create_index(op.f("ix_questions_organisation_at"), "questions", ["organisation", "at"])
    op.create_index(op.f("ix_questions_organisation_thread"), "questions", ["organisation", "thread"])
    op.create_table(
        "colleagues",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("department", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_colleagues")),
        sa.PrimaryKeyConstraint("organisation", "channel", "workspace", "user_id", name=op.f("pk_colleagues")),
    )
    op.create_table(
        "entries",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer()),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("department", sa.Text()),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.Column("searchable", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("imported_hash", sa.Text()),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_entries")),
        sa.PrimaryKeyConstraint("organisation", "id", name=op.f("pk_entries")),
    )
    op.create_index(op.f("ix_entries_organisation_changed_id"), "entries", ["organisation", "changed", "id"])
    op.create_table(
        "gaps",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text()),
        sa.ForeignKeyConstraint(
            ["organisation", "question"],
            ["questions.organisation", "questions.id"],
            name=op.f("fk_gaps"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation", "question", name=op.f("pk_gaps")),
    )
    op.create_table(
        "pack_files",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_pack_files")),
        sa.PrimaryKeyConstraint("organisation", "path", name=op.f("pk_pack_files")),
    )
    op.create_table(
        "settings",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_settings")),
        sa.PrimaryKeyConstraint("organisation", "name", name=op.f("pk_settings")),
    )
    op.create_table(
        "suggestions",
        sa.Column("number", number, autoincrement=True, nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text()),
        sa.Column("composed_by", sa.Text(), nullable=False),
        sa.Column("total_ms", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation", "question"],
            ["questions.organisation", "questions.id"],
            name=op.f("fk_suggestions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("organisation", "id", name=op.f("uq_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_organisation_question"), "suggestions", ["organisation", "question"])
    op.create_table(
        "user_groups",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("department", sa.Text()),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name=op.f("fk_user_groups")),
        sa.PrimaryKeyConstraint("organisation", "channel", "workspace", "group_id", name=op.f("pk_user_groups")),
    )
    op.create_table(
        "feedback",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("remark", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation", "suggestion"],
            ["suggestions.organisation", "suggestions.id"],
            name=op.f("fk_feedback"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation", "suggestion", "by", name=op.f("pk_feedback")),
    )
    op.create_table(
        "versions",
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Text()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation", "entry"], ["entries.organisation", "entries.id"], name=op.f("fk_versions")
        ),
        sa.PrimaryKeyConstraint("organisation", "entry", "number", name=op.f("pk_versions")),
    )


def downgrade() -> None:
    for table in (
        "versions",
        "feedback",
        "user_groups",
        "suggestions",
        "settings",
        "pack_files",
        "gaps",
        "entries",
        "colleagues",
        "questions",
        "organisations",
        "grants",
        "changes",
    ):
        op.drop_table(table)
