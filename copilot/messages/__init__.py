"""All text that people see, Dutch and English side by side, one room for each kind of reader.

A text is used by its name: `answer.VERDICT_ALLOWED(language, who="Sanne")`. Values are put in as given:
amounts and dates are written out by `copilot.notation` first.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages, with {named} places for values."""

    nl: str
    en: str

    def __call__(self, language: str, /, **values: object) -> str:
        """The text in that language (anything but `en` is Dutch), with its values filled in; texts among them too."""
        said = {name: value(language) if isinstance(value, Text) else value for name, value in values.items()}
        return (self.en if language == "en" else self.nl).format(**said)

    def about(self, **values: object) -> Text:
        """The same text with its values filled in, still in both languages."""
        return Text(nl=self("nl", **values), en=self("en", **values))
