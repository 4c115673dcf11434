"""Settings: the environment, a .env file, and clear words about what cannot be right."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.app import model_of
from copilot.errors import SettingsError
from copilot.settings import Settings


def test_without_any_setting_everything_is_embedded_and_local(tmp_path: Path) -> None:
    settings = Settings.from_env({}, tmp_path)
    assert settings.database_url == "sqlite:///.heleklant/heleklant.sqlite3"
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8080, "nl")
    assert settings.model is None
    assert settings.chroma_url is None


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# ours\nexport HELEKLANT_PORT='9000'\nHELEKLANT_LANGUAGE=en # english\n\nHELEKLANT_HOST=0.0.0.0\n"
    )
    settings = Settings.from_env({"HELEKLANT_HOST": "127.0.0.2"}, tmp_path)
    assert (settings.port, settings.language, settings.host) == (9000, "en", "127.0.0.2")


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    assert Settings.from_env({"HELEKLANT_PORT": " ", "OPENAI_API_KEY": ""}, tmp_path).port == 8080


@pytest.mark.parametrize("value", ["tachtig", "-1", "65536", "8080.5", "８０８０"])
def test_a_port_that_is_no_port_is_named(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="HELEKLANT_PORT"):
        Settings.from_env({"HELEKLANT_PORT": value}, tmp_path)


def test_a_language_that_we_do_not_speak_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"HELEKLANT_LANGUAGE.*nl, en"):
        Settings.from_env({"HELEKLANT_LANGUAGE": "de"}, tmp_path)


def test_a_line_of_dotenv_that_is_no_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HELEKLANT_PORT=1\nonzin\n")
    with pytest.raises(SettingsError, match="Regel 2"):
        Settings.from_env({}, tmp_path)


def test_a_model_has_a_deadline_and_a_price(tmp_path: Path) -> None:
    given = {
        "HELEKLANT_MODEL": "m",
        "HELEKLANT_MODEL_DEADLINE": "2,5",
        "HELEKLANT_MODEL_PRICE_IN": "0.15",
        "HELEKLANT_MODEL_PRICE_OUT": "0.6",
    }
    settings = Settings.from_env(given, tmp_path)
    assert (settings.model_deadline, settings.model_price_in, settings.model_price_out) == (
        2.5,
        Decimal("0.15"),
        Decimal("0.6"),
    )
    made = model_of(settings)._settings
    assert (made.deadline, made.price_in, made.price_out) == (2.5, Decimal("0.15"), Decimal("0.6"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HELEKLANT_MODEL_DEADLINE", "0"),
        ("HELEKLANT_MODEL_DEADLINE", "snel"),
        ("HELEKLANT_MODEL_DEADLINE", "nan"),
        ("HELEKLANT_MODEL_PRICE_IN", "-1"),
        ("HELEKLANT_MODEL_PRICE_OUT", "1e9"),
    ],
)
def test_a_number_that_cannot_be_right_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value}, tmp_path)


NAME = r"(?:HELEKLANT|OPENAI|AZURE|SLACK)_[A-Z_]+[A-Z]"


def test_every_setting_that_the_program_reads_is_explained() -> None:
    read = {name for path in Path("copilot").rglob("*.py") for name in re.findall(f'"({NAME})"', path.read_text())}
    assert set(re.findall(f"^#({NAME})=", Path(".env.example").read_text(), re.MULTILINE)) == read
    own = {name for name in read if name.startswith("HELEKLANT_")} - {"HELEKLANT_SLACK_API_URL"}
    for readme in ("README.md", "README.en.md"):
        assert own <= set(re.findall(NAME, Path(readme).read_text())), readme


def test_the_example_reads_as_a_dotenv_file_with_every_setting_switched_on(tmp_path: Path) -> None:
    example = Path(".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(re.sub(f"(?m)^#({NAME}=)", r"\1", example), encoding="utf-8")
    settings = Settings.from_env({}, tmp_path)
    assert (settings.model, settings.model_deadline, settings.port) == ("gpt-4o-mini", 20, 8080)
    assert [number.kind for number in settings.own_numbers] == ["klantnummer", "polis"]


def test_secrets_do_not_show(tmp_path: Path) -> None:
    settings = Settings.from_env({"OPENAI_API_KEY": "sk-geheim", "SLACK_BOT_TOKEN": "xoxb-geheim"}, tmp_path)
    assert "geheim" not in repr(settings)
