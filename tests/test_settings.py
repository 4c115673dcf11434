"""Settings: the environment, a .env file, and clear words about what cannot be right."""

from pathlib import Path

import pytest

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


def test_secrets_do_not_show(tmp_path: Path) -> None:
    settings = Settings.from_env({"OPENAI_API_KEY": "sk-geheim", "SLACK_BOT_TOKEN": "xoxb-geheim"}, tmp_path)
    assert "geheim" not in repr(settings)
