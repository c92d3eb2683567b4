"""The small language in which signs of danger are written: what each mark finds and lets pass. The signs: test_danger_signs.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguarding.content import CONTENT_DIR, ContentError
from safeguarding.danger import LONGEST_TEXT, DangerSigns, normalise


def signs(*phrases: str, unless: tuple[str, ...] = ("nobody says this",), **groups: list[str]) -> DangerSigns:
    calm = [{"id": "calm", "reason": "r", "phrases": list(unless)}]
    return DangerSigns({"groups": groups, "signs": [{"id": "sign", "reason": "r", "phrases": list(phrases)}], "unless": calm})


KNIFE = signs("knife")


@pytest.mark.parametrize(
    ("phrase", "hits", "misses"),
    [
        (
            "cant breathe",
            ["I can't breathe", "CANT BREATHE", "i can’t  breathe!", "Can´t  breathe"],
            ["breathe cant", "i can breathe"],
        ),
        ("(cant|cannot) breathe", ["cant breathe", "she cannot breathe"], ["wont breathe"]),
        ("has <weapon>", ["he has knife", "he has gun"], ["he has cake", "knife has"]),
        ("(my|<person>) bleeds", ["mum bleeds", "my bleeds"], ["tap bleeds"]),
        ("~strangled", ["strangled", "strangeled", "strangld", "STRANGLED"], ["strange", "angled"]),
        (
            "he ... knife",
            ["he knife", "he has a knife", "he has got knife", "he got a big knife"],
            ["he has got a great big knife", "he left. a knife"],
        ),
        ("has a? knife", ["he has a knife", "he has knife"], ["he has the knife"]),
        ("help !", [], ["help"]),
        ("café", ["the cafe", "the café"], ["caf"]),
    ],
)
def test_a_mark_finds_what_it_should_and_no_more(phrase: str, hits: list[str], misses: list[str]) -> None:
    found = signs(phrase, weapon=["knife", "gun"], person=["mum", "dad"])
    assert [text for text in hits if not found.assess(text).danger] == []
    assert [text for text in misses if found.assess(text).danger] == []


def test_a_harmless_phrase_takes_back_only_the_sign_that_it_touches() -> None:
    found = signs("killing me", unless=("feet are killing me",))
    assert not found.assess("my feet are killing me").danger
    assert found.assess("my feet are killing me and he is killing me").danger
    assert found.assess("he is killing me").danger


def test_the_verdict_names_its_signs() -> None:
    two = DangerSigns(
        {
            "groups": {},
            "signs": [{"id": "b", "reason": "r", "phrases": ["knife"]}, {"id": "a", "reason": "r", "phrases": ["gun", "knife"]}],
            "unless": [{"id": "calm", "reason": "r", "phrases": ["nobody says this"]}],
        }
    )
    assert two.assess("a knife").signs == ("a", "b")
    assert two.assess("a cake") == two.assess("")


@pytest.mark.parametrize("text", ["", " ", "\n", "!!!", "\u200b", "🙂", "؟", "\x00", "a" * 5000, "no " * 3000], ids=range(10))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert KNIFE.assess(text).danger is False


def test_danger_at_the_end_of_the_longest_message_is_seen() -> None:
    found = KNIFE
    assert found.assess("knife".rjust(LONGEST_TEXT)).danger
    assert not found.assess("knife".rjust(LONGEST_TEXT + 5)).danger


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("<nobody> is here", "no group"),
        ("", "no word"),
        ("...", "no word"),
        ("please? now?", "no word"),
        ("oh-no", "not one word"),
        ("(a|b c)", "word"),
        ("(~one|~two)", "Put it in front"),
    ],
)
def test_a_phrase_that_could_find_nothing_or_anything_is_refused(phrase: str, words: str) -> None:
    with pytest.raises(ContentError, match="signs, sign, phrases, 1: ") as caught:
        signs(phrase)
    assert words in str(caught.value)


def test_a_group_with_an_entry_of_two_words_is_refused() -> None:
    with pytest.raises(ContentError, match="not one word"):
        signs("has <weapon>", weapon=["knife", "big gun"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He's HITTING me", "hes hitting me"),
        ("heeeelp", "heelp"),
        ("stop!!! now", "stop ! now"),
        ("a_b", "a b"),
        ("naïve café", "naive cafe"),
        ("wait...what", "wait . what"),
        ("", ""),
    ],
)
def test_how_text_is_made_plain(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_the_signs_of_a_folder_are_those_of_its_file(tmp_path: Path) -> None:
    lines = [
        "groups: {}",
        "unless: [{id: calm, reason: A test., phrases: [in a story]}]",
        "signs: [{id: planted, reason: A test., phrases: [the house is made of cheese]}]",
    ]
    (tmp_path / "danger_signs.yml").write_text("\n".join(lines), encoding="utf-8")
    assert DangerSigns.load(tmp_path).assess("the house is made of cheese").signs == ("planted",)
    assert DangerSigns.load().assess("he is strangling me").danger


LANGUAGES = ("", "translations/fr", "translations/pl", "translations/pt", "translations/ro")
TOLD = (
    "my neighbour Wilhelmina Quérée-Vautier at 27 Rue des Mielles Zabrowska is not eating, ring 07797 123456",
    "he is hittting Przemysław, help, he has a knifve, J48213",
    "Ştefăniţa Brânduşă locuieşte lângă Conceição Magalhães, żółwiński@przykład.pl",
    "donaudampfschifffahrtsgesellschaftskapitaenswitwe " + "qwrtzp" * 200,
    "Мария 王小明 محمد",
)


@pytest.mark.whole
@pytest.mark.parametrize("folder", LANGUAGES)
def test_no_word_of_a_message_stays(folder: str) -> None:
    """spaCy keeps every word that it ever saw for as long as the process lives, so it may see none of a person's."""
    found = DangerSigns.load(CONTENT_DIR / folder)
    strings = found._vocab.strings
    words = {word for text in TOLD for word in (*text.split(), *text.lower().split(), *normalise(text).split())}
    new = {word for word in words - found._known if word not in strings}
    assert {"wilhelmina", "07797", "123456", "j48213", "zabrowska", "knifve", "przemyslaw", "conceicao", "мария"} <= new, (
        "the test means something"
    )
    for text in TOLD:
        found.assess(text)
    assert [word for word in new if word in strings] == []
    assert found.assess(TOLD[1]).danger is (folder == "")


def test_what_is_kept_does_not_grow_with_what_people_write() -> None:
    found = DangerSigns.load()
    found.assess("zzzzzz")
    kept, lexemes = len(found._vocab.strings), len(found._vocab)
    for number in range(500):
        found.assess(f"xq{number} {number * 7919} vrouwtje{number}zq qqé{number}")
    assert (len(found._vocab.strings), len(found._vocab)) == (kept, lexemes)


@pytest.mark.parametrize(
    ("marked", "word", "stands_in"),
    [
        ("~strangled", "strangled", "strangled"),
        ("~strangled", "strangeled", "strang~led"),
        ("~strangled", "strangld", "strangl~d"),
        ("~strangled", "gertrude", "~~~"),
        ("~(boy|bay)", "bey", "b~y"),
    ],
)
def test_what_stands_in_for_a_word(marked: str, word: str, stands_in: str) -> None:
    assert signs(marked)._doc(word)[0].text == stands_in
