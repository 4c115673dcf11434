"""The prompts are files: named variables, both languages, and a clear word about what somebody broke."""

from __future__ import annotations

import shutil

import pytest

from copilot.dialogue import Form
from copilot.domain import LANGUAGES
from copilot.errors import SettingsError
from copilot.messages import model as texts
from copilot.phrasing import PARTS, ModelPhraser
from copilot.prompting import REQUIRED, VARIABLES, Prompts, default_folder
from tests.guard_worlds import WORLDS, world

VALUES = {name: f"<{name}>" for name in VARIABLES["answer"] - {"form"}}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(default_folder(), tmp_path / "prompts")


def test_all_prompts_are_there_in_both_languages_and_in_order():
    assert Prompts().check() == ()
    for language in LANGUAGES:
        assert {path.stem for path in (default_folder() / language).glob("*.md")} == set(REQUIRED)
        assert all(Prompts().version(name, language) >= 1 for name in REQUIRED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", list(Form))
def test_every_variable_is_filled_in_and_the_parts_are_asked_for(language, form):
    system, user = Prompts().render("answer", language, VALUES, form=form, parts=PARTS)
    assert (system.role, user.role) == ("system", "user")
    both = system.content + user.content
    assert "{{" not in both
    assert all(value in both for value in VALUES.values())
    assert all(part in system.content for part in PARTS)


def test_a_value_that_looks_like_a_variable_is_left_alone():
    _, user = Prompts().render("answer", "nl", {**VALUES, "question": "{{canary}}"}, form=Form.JSON, parts=PARTS)
    assert "{{canary}}" in user.content


def test_a_value_too_few_or_too_many_is_an_error():
    with pytest.raises(SettingsError, match="question"):
        Prompts().render(
            "answer", "nl", {k: v for k, v in VALUES.items() if k != "question"}, form=Form.JSON, parts=PARTS
        )
    with pytest.raises(SettingsError, match="bonus"):
        Prompts().render("answer", "nl", {**VALUES, "bonus": "x"}, form=Form.JSON, parts=PARTS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("{{question}}", ""), texts.PROMPT_VARIABLE_MISSING),
        (lambda text: text + "{{bonus}}", texts.PROMPT_VARIABLE_EXTRA),
        (lambda text: text.replace("variables: [organisation, ", "variables: ["), texts.PROMPT_VARIABLE_EXTRA),
        (lambda text: text.replace("## user", "## gebruiker"), texts.PROMPT_UNREADABLE),
        (lambda text: text.replace("---\n", "", 1), texts.PROMPT_UNREADABLE),
        (lambda text: text.replace("version: 1", "version: een"), texts.PROMPT_UNREADABLE),
        (lambda text: text.replace("name: answer", "name: [answer"), texts.PROMPT_UNREADABLE),
    ],
)
def test_what_somebody_broke_is_said_with_the_file_s_name(folder, change, message):
    path = folder / "nl" / "answer.md"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    (finding,) = Prompts(folder).check()
    assert finding.message is message
    assert "answer.md" in finding.text("nl")
    assert "answer.md" in finding.text("en")


def test_a_file_that_is_gone_or_no_text_is_said_too(folder):
    (folder / "nl" / "answer.md").unlink()
    (folder / "en" / "answer.md").write_bytes(b"\xff\xfe\x00")
    assert [finding.message for finding in Prompts(folder).check()] == [texts.PROMPT_MISSING, texts.PROMPT_UNREADABLE]


def test_an_edit_counts_from_the_next_question_on(folder):
    prompts = Prompts(folder)
    path = folder / "nl" / "answer.md"
    before = prompts.render("answer", "nl", VALUES, form=Form.JSON, parts=("say",))[0].content
    kinder = path.read_text(encoding="utf-8").replace("## system\n", "## system\n\nWees lief.\n")
    path.write_text(kinder, encoding="utf-8")
    after = prompts.render("answer", "nl", VALUES, form=Form.JSON, parts=("say",))[0].content
    assert ("Wees lief." in before, "Wees lief." in after) == (False, True)


class _Nobody:
    name = "nobody"
    form = Form.JSON

    def write(self, prompt, parts):
        raise AssertionError("nothing is sent")


@pytest.mark.parametrize("name", WORLDS)
def test_what_is_shown_is_what_would_be_sent(name):
    system, user = ModelPhraser(_Nobody(), Prompts()).show_prompt(*world(name))
    suggestion = world(name)[0]
    assert suggestion.verdict in user.content
    assert suggestion.question.text in user.content
    assert all(f"[{source.id}]" in user.content for source in suggestion.sources)
    assert "example.com" not in user.content + system.content, "owners stay inside"
    assert "B1" in system.content
    assert ("taalniveau" in system.content) == (suggestion.question.language == "nl")


def test_knowledge_that_does_not_fit_is_cut_by_relevance_and_said_so():
    _, user = ModelPhraser(_Nobody(), Prompts(), most_letters=300).show_prompt(*world("nee-maar"))
    assert "[retour-zonder-bon]" in user.content
    assert "(ingekort)" in user.content
    assert "[garantie-aanvragen]" not in user.content
