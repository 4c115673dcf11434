"""What the environment says, read once and in one place (the only module that looks at it)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from copilot.errors import SettingsError
from copilot.messages import program
from copilot.personal_data import OwnNumber

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8080
DEFAULT_DEADLINE: Final = 20
_NUMBER: Final = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9})?")
DATABASE_NAME: Final = "heleklant.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, with its default. Secrets never show in a repr."""

    data_dir: Path
    database_url: str
    language: str = "nl"
    organisation: str | None = None
    cache_dir: Path | None = None
    """Where vectors of texts seen before are kept; None = nowhere."""
    chroma_url: str | None = None
    embedder: str | None = None
    """`e5`, `openai` or `words`; None = the best that is at hand."""
    rerank_url: str | None = None
    """Where a service puts what was found in a better order; None = it stays as found."""
    rerank_model: str | None = None
    rerank_api_key: str | None = field(default=None, repr=False)
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    model: str | None = None
    model_deadline: float = DEFAULT_DEADLINE
    """Seconds that a model gets for a whole answer; after that the template's words stay."""
    model_price_in: Decimal = Decimal(0)
    """Of a million tokens that a model reads, in the currency of the bill; only to report what it cost."""
    model_price_out: Decimal = Decimal(0)
    """Of a million tokens that a model writes."""
    openai_base_url: str | None = None
    openai_api_key: str | None = field(default=None, repr=False)
    own_numbers: tuple[OwnNumber, ...] = ()
    """Numbers of the organisation's own that are masked before a model or a log sees them."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """All of it, for the settings of one channel or vendor that only its own module knows."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
        """From the environment, completed by a `.env` file in the folder where the command is run.

        Raises SettingsError for a port that is no number or a language that does not exist.
        """
        given = dict(_dotenv((folder or Path.cwd()) / ".env"))
        given.update(os.environ if environment is None else environment)
        given = {name: value.strip() for name, value in given.items() if value.strip()}
        data_dir = Path(given.get("HELEKLANT_DATA_DIR", ".heleklant")).expanduser()
        return cls(
            data_dir=data_dir,
            database_url=given.get("HELEKLANT_DATABASE_URL") or f"sqlite:///{data_dir / DATABASE_NAME}",
            language=_one_of(given, "HELEKLANT_LANGUAGE", ("nl", "en")),
            organisation=given.get("HELEKLANT_ORGANISATION"),
            cache_dir=_cache_dir(given),
            chroma_url=given.get("HELEKLANT_CHROMA_URL"),
            embedder=given.get("HELEKLANT_EMBEDDER"),
            rerank_url=given.get("HELEKLANT_RERANK_URL"),
            rerank_model=given.get("HELEKLANT_RERANK_MODEL"),
            rerank_api_key=given.get("HELEKLANT_RERANK_API_KEY"),
            host=given.get("HELEKLANT_HOST", DEFAULT_HOST),
            port=_port(given),
            model=given.get("HELEKLANT_MODEL"),
            model_deadline=float(_amount(given, "HELEKLANT_MODEL_DEADLINE", Decimal(DEFAULT_DEADLINE), least=1)),
            model_price_in=_amount(given, "HELEKLANT_MODEL_PRICE_IN", Decimal(0)),
            model_price_out=_amount(given, "HELEKLANT_MODEL_PRICE_OUT", Decimal(0)),
            openai_base_url=given.get("OPENAI_BASE_URL"),
            openai_api_key=given.get("OPENAI_API_KEY"),
            own_numbers=tuple(_own_numbers(given.get("HELEKLANT_OWN_NUMBERS", ""))),
            environment=given,
        )


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise SettingsError(program.SETTING_NOT_ALLOWED, name=name, value=value, allowed=", ".join(allowed))
    return value


def _port(given: Mapping[str, str]) -> int:
    value = given.get("HELEKLANT_PORT", str(DEFAULT_PORT))
    if not value.isascii() or not value.isdigit() or int(value) > 65535:
        raise SettingsError(program.SETTING_NO_PORT, name="HELEKLANT_PORT", value=value)
    return int(value)


def _amount(given: Mapping[str, str], name: str, otherwise: Decimal, least: int = 0) -> Decimal:
    """A number with a decimal point or a comma, at least so much."""
    value = given.get(name)
    if value is None:
        return otherwise
    if not _NUMBER.fullmatch(value) or Decimal(value.replace(",", ".")) < least:
        raise SettingsError(program.SETTING_NO_AMOUNT, name=name, value=value, least=least)
    return Decimal(value.replace(",", "."))


def _own_numbers(written: str) -> Iterator[OwnNumber]:
    """`klantnummer=KL-[0-9]{6}; polis=P[0-9]{8}`: a kind and a regular expression each."""
    for each in filter(None, map(str.strip, written.split(";"))):
        kind, has_pattern, pattern = map(str.strip, each.partition("="))
        try:
            re.compile(pattern)
        except re.error as fault:
            raise SettingsError(
                program.SETTING_NO_PATTERN, name="HELEKLANT_OWN_NUMBERS", value=each, fault=fault
            ) from None
        if not has_pattern or not kind or not pattern:
            raise SettingsError(program.SETTING_NO_PATTERN, name="HELEKLANT_OWN_NUMBERS", value=each, fault="=")
        yield OwnNumber(kind, pattern)


def _cache_dir(given: Mapping[str, str]) -> Path | None:
    home = given.get("XDG_CACHE_HOME") or (f"{given['HOME']}/.cache" if "HOME" in given else None)
    return Path(home) / "heleklant" if home else None


def _dotenv(path: Path) -> Mapping[str, str]:
    """`NAME=value` lines; quotes around a value and `export ` before a name are allowed, # starts a comment."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(program.DOTENV_UNREADABLE, path=path, fault=fault) from fault
    found: dict[str, str] = {}
    for place, line in enumerate(lines, 1):
        line = line.strip().removeprefix("export ")
        if not line or line.startswith("#"):
            continue
        name, is_setting, value = line.partition("=")
        if not is_setting:
            raise SettingsError(program.DOTENV_LINE, path=path, line=place)
        found[name.strip()] = _unquoted(value.strip())
    return found


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.split(" #", 1)[0].rstrip()
