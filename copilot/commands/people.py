"""`heleklant people`: who is who in chat, with which role."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import typer

from copilot.commands.common import AS_JSON, console, print_json, print_line, reason_of
from copilot.domain import Colleague, Organisation
from copilot.errors import SettingsError, UsageError
from copilot.messages import answer, help, program
from copilot.messages import slack as texts
from copilot.records import Listing, UserGroup
from copilot.settings import Settings

SLACK: Final = "slack"
app = typer.Typer(help=help.PEOPLE.nl, no_args_is_help=True, rich_markup_mode=None)


@app.command("import", help=help.PEOPLE_IMPORT.nl)
def import_people(file: Path = typer.Argument(help=help.PEOPLE_FILE.nl), as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        listed = list(_read(file, store.organisation()))
        changed = store.put_people([each for each in listed if isinstance(each, Listing)], program.SELF)
        groups = [each for each in listed if isinstance(each, UserGroup)]
        for group in groups:
            store.put_user_group(group, program.SELF)
    if as_json:
        print_json({"people": changed, "groups": len(groups)})
    else:
        print_line(texts.PEOPLE_IMPORTED(settings.language, people=changed, groups=len(groups)))


@app.command("list", help=help.PEOPLE_LIST.nl)
def list_people(as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        people = [_as_json(each) for each in store.people()]
    if as_json:
        print_json(people)
        return
    if not people:
        print_line(texts.PEOPLE_NONE(settings.language))
    screen = console()
    for each in people:
        told = (each["channel"], each["workspace"], each["user"], ", ".join(each["roles"]), each["department"])
        screen.print("  ".join(str(part) for part in (*told, each["name"]) if part))


@app.command("add", help=help.PEOPLE_ADD.nl)
def add(
    user: str = typer.Argument(help=help.PEOPLE_USER.nl),
    role: list[str] = typer.Option(..., "--role", help=help.PEOPLE_ROLE.nl),
    name: str = typer.Option(None, "--name", help=help.PEOPLE_NAME.nl),
    department: str = typer.Option(None, "--department", help=help.PEOPLE_DEPARTMENT.nl),
    id: str = typer.Option(None, "--id", help=help.PEOPLE_ID.nl),
    channel: str = typer.Option(SLACK, "--channel", help=help.PEOPLE_CHANNEL.nl),
    workspace: str = typer.Option("", "--workspace", help=help.PEOPLE_WORKSPACE.nl),
) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        _check(role, department, store.organisation())
        colleague = Colleague(id or user, tuple(role), name=name, department=department)
        store.put_colleague(channel, user, colleague, program.SELF, workspace)
    print_line(texts.PEOPLE_ADDED(settings.language, user=name or user, roles=", ".join(role)))


@app.command("remove", help=help.PEOPLE_REMOVE.nl)
def remove(
    user: str = typer.Argument(help=help.PEOPLE_USER.nl),
    channel: str = typer.Option(SLACK, "--channel", help=help.PEOPLE_CHANNEL.nl),
    workspace: str = typer.Option("", "--workspace", help=help.PEOPLE_WORKSPACE.nl),
) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        if not store.remove_colleague(channel, user, program.SELF, workspace):
            raise UsageError(texts.PEOPLE_UNKNOWN, user=user)
    print_line(texts.PEOPLE_REMOVED(settings.language, user=user))


def _read(file: Path, organisation: Organisation) -> Iterator[Listing | UserGroup]:
    """The rows of a CSV file, comma or semicolon; all are read before any is stored."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(program.BATCH_UNREADABLE, path=file, fault=reason_of(fault)) from fault
    first = text.partition("\n")[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    columns = {(each or "").strip().lower() for each in rows.fieldnames or ()}
    if not columns & {"user", "group"} or not columns & {"roles", "role"}:
        raise UsageError(texts.PEOPLE_HEADER, file=file)
    for row in rows:
        given = {str(name).strip().lower(): (value or "").strip() for name, value in row.items() if name}
        try:
            yield _row(given, organisation)
        except UsageError as fault:
            raise UsageError(
                texts.PEOPLE_LINE, file=file, line=rows.line_num, what=fault.message.about(**fault.values)
            ) from fault


def _row(given: Mapping[str, str], organisation: Organisation) -> Listing | UserGroup:
    written = given.get("roles") or given.get("role", "")
    roles = tuple(filter(None, (each.strip() for each in written.replace("|", ",").replace("+", ",").split(","))))
    department = given.get("department") or None
    _check(roles, department, organisation)
    channel, workspace = given.get("channel") or SLACK, given.get("workspace", "")
    if group := given.get("group"):
        return UserGroup(channel, group, roles, department, workspace)
    user = given.get("user", "")
    if not user:
        raise UsageError(texts.PEOPLE_NO_USER)
    person = Colleague(
        given.get("id") or user, roles, given.get("name") or None, department, given.get("language") or None
    )
    return Listing(channel, user, person, workspace)


def _check(roles: Any, department: str | None, organisation: Organisation) -> None:
    for role in roles or ("",):
        if organisation.role(role) is None:
            known = ", ".join(each.id for each in organisation.roles)
            raise UsageError(answer.UNKNOWN_ROLE, role=role, organisation=organisation.name, known=known)
    if department and organisation.department(department) is None:
        known = ", ".join(each.id for each in organisation.departments) or "-"
        raise UsageError(answer.UNKNOWN_DEPARTMENT, department=department, organisation=organisation.name, known=known)


def _as_json(listing: Listing) -> dict[str, Any]:
    person = listing.colleague
    return {
        "channel": listing.channel,
        "workspace": listing.workspace,
        "user": listing.user,
        "id": person.id,
        "roles": list(person.roles),
        "name": person.name,
        "department": person.department,
        "language": person.language,
    }
