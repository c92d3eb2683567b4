"""The languages of the guide: which are offered, which one a conversation is in, and how somebody asks for another.

Pure decisions. Which language words are written in is recognised by `bot.language_reader`; the words of each language are in
`content/translations/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from safeguarding.danger import normalise

ENGLISH = "en"
OWN_NAMES = {"en": "English", "pt": "Português", "pl": "Polski", "fr": "Français", "ro": "Română"}
"""Each language that is offered, by its own name."""

OTHERS = tuple(language for language in OWN_NAMES if language != ENGLISH)
LANGUAGE_CHOICES = {f"language_{language}": language for language in OWN_NAMES}
"""The choices of the menu, and the language that each brings."""

NOT_OFFERED = "other"
"""What stands for every language that the guide does not speak."""

NOT_OFFERED_INTENT = "language_not_offered"
"""The intent of words in such a language, and the id of the answer to them."""

FEWEST_WORDS_TO_GO_BACK = 3
"""Words of English that bring a conversation back to English: “no” or “ok” are said in every language."""

_CALLED = {
    "en": "english|ingles|inglesa|angielski|angielsku|angielskim|anglais|anglaise|engleza|englez|engleste",
    "pt": "portuguese|portugues|portuguesa|portugalski|portugalsku|portugais|portugaise|portugheza|brasileiro|brazilian",
    "pl": "polish|polski|polsku|polaco|polaca|polones|polonais|polonaise|poloneza",
    "fr": "french|francais|francaise|frances|francesa|francuski|francusku|franceza",
    "ro": "romanian|romana|romaneste|romeno|romena|roumain|roumaine|rumunski|rumunsku|moldovan|moldoveneste",
    NOT_OFFERED: "spanish|espanol|castellano|german|deutsch|italian|italiano|ukrainian|russian|russkiy|arabic|chinese|mandarin|"
    "cantonese|dutch|nederlands|hungarian|magyar|bulgarian|lithuanian|lietuviu|latvian|latviesu|greek|turkish|turkce|hindi|urdu|bengali|tamil|thai|"
    "tagalog|filipino|nepali|swahili|czech|slovak|albanian|shqip|jerriais|welsh|irish|shona|somali",
}
_ROUND_IT = frozenset(
    """
    in into the to please speak talk write answer reply do you can could we i want would like prefer change switch language only
    now hello hi em o a de para por favor pf fala falar falas falo pode podes podemos posso quero queria escreva escrever responda
    responder mudar lingua idioma so sim agora ola voces voce po prosze w na jezyk jezyku czy mowisz mowi mowicie mowic mow pisz
    pisac mozna mozesz moge chce chcialbym chcialabym zmien zmienic tak teraz dzien dobry czesc panstwo odpowiadaj en sil s il
    vous te plait plais svp parler parlez parles parle ecrire ecrivez repondez on peut pouvez tu je veux voudrais changer la
    langue le oui bonjour maintenant est ce que va rog te vorbiti vorbesti vorbesc vorbi vorbeste scrieti scrie raspunde
    raspundeti puteti poti pot vreau as vrea sa limba schimba schimbati pe doar acum buna habla hablar puedes favor sprechen
    sprichst sie du bitte auf parla parlare puoi per favore di
    """.split()
)
"""Words that may stand round the name of a language. With any other word beside them the message is about something else."""

_LANGUAGE_OF_NAME = dict(chain.from_iterable([(name, code) for name in names.split("|")] for code, names in _CALLED.items()))


@dataclass(frozen=True)
class Kept:
    """The language of a conversation. `chosen`: by the person, with a word, the menu or the request, so that no guess changes it."""

    language: str = ENGLISH
    chosen: bool = False


@dataclass(frozen=True)
class Heard:
    """In which language words are written, as far as can be told: one that is offered, `NOT_OFFERED`, or none where it is not clear.

    `asked` is the language that they ask for. `words` is their number.
    """

    written: str | None = None
    asked: str | None = None
    words: int = 0


def asked_for(text: str) -> str | None:
    """The language that a message asks for, if that is all it says: “em português por favor”, “polski”, “in English please”."""
    words = re.sub(r"[.?!,;:]+", " ", normalise(text)).split()
    named = {_LANGUAGE_OF_NAME[word] for word in words if word in _LANGUAGE_OF_NAME}
    others = {word for word in words if word not in _LANGUAGE_OF_NAME}
    return named.pop() if len(named) == 1 and others <= _ROUND_IT else None


def language_after(kept: Kept, heard: Heard, requested: str | None = None) -> Kept:
    """The language in which a conversation goes on.

    What the words or the request ask for comes first, then what was chosen before; else the words themselves decide. A
    language that is not offered falls back to English.
    """
    if heard.asked in OWN_NAMES:
        return Kept(heard.asked, chosen=True)
    if requested is not None:
        return Kept(requested, chosen=True) if requested in OWN_NAMES else Kept()
    if kept.chosen or heard.written not in OWN_NAMES or heard.written == kept.language:
        return kept
    if heard.written == ENGLISH and heard.words < FEWEST_WORDS_TO_GO_BACK:
        return kept
    return Kept(heard.written)


def language_of_reply(kept: Kept, heard: Heard, *, danger: bool) -> str:
    """The language of this reply: danger is answered in the language in which it was written, whatever was chosen before."""
    return heard.written if danger and heard.written in OWN_NAMES else kept.language
