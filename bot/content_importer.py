"""Compiles `content/` into Rasa responses, so that `domain.yml` holds no prose and a changed sentence retrains nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter

from bot.path_responses import as_question, compile_meanings
from safeguarding.content import Content, load_content
from safeguarding.languages import LANGUAGE_CHOICES, NOT_OFFERED_INTENT, OTHERS
from safeguarding.messages import compose, count_parts

RELEASE_RESPONSE = "utter_content_release"
"""Carries the digest of `content/` in the model, so that the channel can tell when words and model differ."""

OFFERS_TWO = "which_one"
"""The answer whose first two choices are filled in for each message, by action_offer_two."""

EASY_READ_CONDITION = [{"type": "slot", "name": "easy_read", "value": True}]


class ContentImporter(RasaFileImporter):
    """Rasa's file importer with the responses of `content/` added to the domain, and without the lines in other languages."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Find the files; lines in other languages have a reader of their own (`bot.train_languages`), so that English stays as it is."""
        super().__init__(*arguments, **named)
        self._nlu_files = [path for path in self._nlu_files if Path(path).parent.name not in OTHERS]

    def get_domain(self) -> Domain:
        """The domain of `domain.yml` and the compiled responses."""
        return super().get_domain().merge(Domain.from_dict({"responses": compile_responses(load_content())}))


def part_response(answer: str, part: int) -> str:
    """The name of the response that holds one easy-read part of an answer, whatever the reading mode is."""
    return f"utter_{answer}_part_{part}"


def compile_responses(content: Content) -> dict[str, list[dict[str, Any]]]:
    """Each answer as `utter_<id>` (one default and one easy-read variation) and its easy-read parts one by one."""
    responses: dict[str, list[dict[str, Any]]] = {RELEASE_RESPONSE: [{"text": content.digest}]}
    for answer in content.answers.values():
        parts = [compose(content, answer, easy_read=True, part=part + 1) for part in range(count_parts(answer))]
        standard = compose(content, answer, easy_read=False)
        if answer.id == OFFERS_TWO:
            for composed in (standard, parts[0]):
                composed["custom"]["choices"] = ["{first}", "{second}", *composed["custom"]["choices"]]
        if answer.id == NOT_OFFERED_INTENT:
            for composed in (standard, parts[0]):
                composed["custom"]["choices"] = [choice for choice, language in LANGUAGE_CHOICES.items() if language in OTHERS]
        responses[f"utter_{answer.id}"] = _variations(as_question(answer, standard), as_question(answer, parts[0]))
        for number, part in enumerate(parts, start=1):
            responses[part_response(answer.id, number)] = [part]
    return responses | {name: _variations(*meaning) for name, meaning in compile_meanings(content).items()}


def _variations(standard: dict[str, Any], easy: dict[str, Any]) -> list[dict[str, Any]]:
    return [standard, {**easy, "condition": EASY_READ_CONDITION}]
