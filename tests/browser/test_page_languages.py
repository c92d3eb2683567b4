"""The page in other languages: the menu, without script first; the lang of each part; what axe finds; and back to English."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from visitor import VOICES, Visitor

from safeguarding.content import load_content
from safeguarding.languages import OTHERS, OWN_NAMES
from safeguarding.translations import load_translation

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
PORTUGUESE = "o que é abuso?"
ENGLISH = load_content()
PT, PL, RO = (load_translation(language, ENGLISH) for language in ("pt", "pl", "ro"))
WISH = next(iter(ENGLISH.words_card.wishes.values()))


AROUND_THE_ANSWERS = """() => {
    const within = ['.bar', '.side', '.view', '#way-out', '#ask', '.my-words', 'footer > p'].map((part) => document.querySelector(part));
    const tidy = (text) => text.trim().replace(/\\s+/g, ' ');
    const found = [];
    for (const part of within) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.parentElement.localName === 'noscript') continue;
            if (node.nodeType === Node.TEXT_NODE) found.push(tidy(node.data));
            else found.push(...['aria-label', 'title', 'placeholder'].map((name) => tidy(node.getAttribute(name) ?? '')));
        }
    }
    return found.filter(Boolean);
}"""
"""What the page says around the answers, word for word, for eyes and for screen readers. Two hard words may have one meaning in another
language: they are left to tests/bot/test_page_in_languages.py."""


def choose(visitor: Visitor, language: str) -> None:
    before = visitor.answers.count()
    visitor.page.get_by_role("button", name=OWN_NAMES[language], exact=True).first.click()
    expect(visitor.answers).not_to_have_count(before)
    expect(visitor.page.locator("html")).to_have_attribute("lang", language)


def test_without_script_the_menu_brings_the_page_in_the_language(without_script: Visitor) -> None:
    page = without_script.page
    page.get_by_role("button", name="Polski", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.get_by_role("button", name="Polski", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("a.now, .side .number").first).to_contain_text("999")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_each_language_stands_in_the_menu_by_its_own_name(visitor: Visitor) -> None:
    buttons = visitor.page.locator("#languages button")
    assert buttons.all_inner_texts() == list(OWN_NAMES.values())
    assert [button.get_attribute("lang") for button in buttons.all()] == list(OWN_NAMES)


@pytest.mark.parametrize("language", OTHERS)
def test_the_menu_changes_the_language_of_page_and_answer(visitor: Visitor, language: str) -> None:
    choose(visitor, language)
    expect(visitor.page.locator("#languages [aria-pressed=true]")).to_have_text(OWN_NAMES[language])
    answer = visitor.answers.last.locator(".words")
    shown = answer.get_attribute("lang")
    note = visitor.answers.last.locator(".note")
    assert shown == language or note.get_attribute("lang") == language
    choose(visitor, "en")
    expect(visitor.answers.last.locator(".words")).to_have_attribute("lang", "en")


def test_words_in_portuguese_change_the_page(visitor: Visitor) -> None:
    visitor.box.fill(PORTUGUESE)
    visitor.box.press("Enter")
    expect(visitor.answers).to_have_count(1)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pt")
    expect(visitor.asked.first).to_contain_text(PORTUGUESE)


def test_what_nobody_has_checked_says_so_and_has_its_english(visitor: Visitor) -> None:
    choose(visitor, "pt")
    answer = visitor.answers.last
    expect(answer.locator(".note")).to_have_attribute("lang", "pt")
    if answer.locator(".words").get_attribute("lang") == "pt":
        answer.locator(".in-english summary").click()
        expect(answer.locator(".in-english [lang=en]")).to_contain_text("computer")


def test_danger_shows_999_and_its_number_stands_on_the_page(visitor: Visitor) -> None:
    visitor.box.fill("o meu marido esta me a bater agora socorro")
    visitor.box.press("Enter")
    expect(visitor.page.locator(".emergency .number").first).to_have_text("999")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pt")


@pytest.mark.parametrize("language", ["pt", "pl"])
def test_axe_finds_nothing(visitor: Visitor, language: str) -> None:
    choose(visitor, language)
    violations = Axe().run(visitor.page, options=RULES).response["violations"]
    assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == []


def test_the_page_can_be_opened_in_a_language(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.home}?language=fr")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "fr")
    visitor.page.goto(f"{visitor.home}?language=xx")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_that_came_in_a_language_says_in_it_what_scripts_add(visitor: Visitor, language: str) -> None:
    made = load_translation(language, ENGLISH)
    visitor.page.goto(f"{visitor.home}?language={language}")
    visitor.page.locator("#choices [value=what_is_abuse]").click()
    expect(visitor.asked.first.get_by_role("heading")).to_have_text(made.page["You"])
    expect(visitor.answers.first.locator(".copy").first).to_contain_text(made.page["Copy"])


def test_without_script_a_page_that_came_in_a_language_is_answered_in_it(without_script: Visitor) -> None:
    page = without_script.page
    page.goto(f"{without_script.home}?language=ro")
    page.locator("#choices [value=what_is_abuse]").click()
    expect(without_script.answers.first.locator(".words")).to_have_attribute("lang", "ro")
    expect(page.locator("html")).to_have_attribute("lang", "ro")


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_is_the_same_whether_the_server_or_the_script_put_it_into_the_language(visitor: Visitor, language: str) -> None:
    page = visitor.page
    choose(visitor, language)
    by_script = page.evaluate(AROUND_THE_ANSWERS)
    page.goto(f"{visitor.home}?language={language}")
    page.locator("#choices button").first.click()
    expect(visitor.answers).to_have_count(1)
    assert page.evaluate(AROUND_THE_ANSWERS) == by_script
    choose(visitor, "en")
    in_english = page.evaluate(AROUND_THE_ANSWERS)
    visitor.open()
    page.locator("#choices button").first.click()
    expect(visitor.answers).to_have_count(1)
    assert page.evaluate(AROUND_THE_ANSWERS) == in_english


def test_without_script_what_is_refused_leaves_the_person_where_they_were(without_script: Visitor) -> None:
    page = without_script.page
    page.goto(f"{without_script.home}?language=pl")
    page.locator("#easy-read").click()
    expect(page.locator("html")).to_have_class("easy-read")
    conversation = page.locator("#ask [name=conversation]").input_value()
    page.locator("#question").evaluate("box => box.removeAttribute('maxlength')")
    page.locator("#question").fill("a" * 2001)
    page.locator("button.send").click()
    expect(without_script.answers.first).to_have_attribute("id", "latest")
    expect(without_script.answers.first.locator(".contacts")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("html")).to_have_class("easy-read")
    assert page.locator("#ask [name=conversation]").input_value() == conversation
    expect(page.locator("button#leave")).to_be_visible()
    page.locator("#again").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_the_speed_of_reading_can_be_chosen_in_another_language(page: Page, guide_url: str) -> None:
    page.add_init_script(VOICES.replace("en-GB", "pl-PL"))
    visitor = Visitor(page, guide_url)
    page.goto(f"{visitor.home}?language=pl")
    page.locator("#choices button").first.click()
    expect(visitor.answers).to_have_count(1)
    visitor.answers.first.locator(".aloud button").first.click()
    speed = visitor.answers.first.locator(".aloud select")
    usual = page.evaluate("spoken.at(-1)[2]")
    speed.select_option(index=0)
    assert page.evaluate("spoken.at(-1)[2]") < usual
    assert speed.input_value() != ""


@pytest.mark.parametrize("language", OTHERS)
def test_all_answers_can_be_read_in_the_language(visitor: Visitor, language: str) -> None:
    made = load_translation(language, ENGLISH)
    choose(visitor, language)
    visitor.page.locator("#all-answers").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", language)
    entry = visitor.page.locator("#answer-concern_self")
    expect(entry.locator("h3")).to_have_text(made.content.answers["concern_self"].title)
    expect(entry.locator(".note")).to_contain_text(made.words["note_unchecked"])
    entry.locator(".note a").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.page.locator("#answer-concern_self h3")).to_have_text(ENGLISH.answers["concern_self"].title)


def test_right_to_left_words_are_answered_kindly(visitor: Visitor) -> None:
    visitor.say("كيف يمكنني الإبلاغ عن إساءة معاملة")
    expect(visitor.answers.last.locator(".contacts")).to_be_visible()
    expect(visitor.page.locator("#choices [value=language_pt]")).to_be_visible()


def test_a_hard_word_is_explained_in_its_language(visitor: Visitor) -> None:
    visitor.say(PORTUGUESE)
    word = visitor.answers.last.locator("button.word").first
    word.click()
    expect(visitor.answers.last.locator(".meaning")).to_contain_text(f"{word.inner_text().lower()}")
    shown = visitor.answers.last.locator(".meaning").inner_text()
    assert shown in [f"{entry.word}: {entry.meaning}" for entry in PT.hard_words.words]


def test_the_meaning_of_a_word_says_in_which_language_it_is(visitor: Visitor) -> None:
    """The list on the page speaks the page's language, also below an answer in English; what an answer brought keeps its own."""
    visitor.say(PORTUGUESE)
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pt")
    answer = visitor.answers.first
    answer.locator(".in-english summary").click()
    answer.locator(".in-english button.word").first.click()
    meaning = answer.locator(".in-english .meaning")
    expect(meaning).to_have_attribute("lang", "pt")
    assert meaning.inner_text() in [f"{entry.word}: {entry.meaning}" for entry in PT.hard_words.words]
    choose(visitor, "en")
    answer.locator(".words button.word").first.click()
    expect(visitor.announced.locator("p")).to_have_attribute("lang", "pt")


def test_the_names_on_cards_say_in_which_language_they_are(visitor: Visitor) -> None:
    visitor.say("on mnie teraz bije, ratunku")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "pl")
    choose(visitor, "en")
    name = visitor.answers.first.locator(".who").first
    expect(name).to_have_text(PL.content.contacts["emergency"].name)
    expect(name).to_have_attribute("lang", "pl")


def hold(page: Page, address: str) -> list[Route]:
    """The network is slow for what stands at this address: it waits here."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    return held


def test_a_language_that_is_still_loading_does_not_win_over_the_next_answer(visitor: Visitor) -> None:
    page = visitor.page
    words = hold(page, "**/words-pl.json")
    page.get_by_role("button", name="Polski", exact=True).click()
    expect(visitor.answers).to_have_count(1)
    page.get_by_role("button", name="English", exact=True).click()
    expect(visitor.answers).to_have_count(2)
    with page.expect_response("**/words-pl.json"):
        words[0].continue_()
    page.wait_for_timeout(200)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#leave")).to_contain_text("Leave quickly")


def test_what_can_be_chosen_is_announced_once_when_the_words_of_its_language_are_there(visitor: Visitor) -> None:
    page = visitor.page
    words = hold(page, "**/words-pl.json")
    page.get_by_role("button", name="Polski", exact=True).click()
    expect(visitor.announced).not_to_be_empty()
    expect(visitor.announced).not_to_contain_text("You can choose")
    words[0].continue_()
    expect(visitor.announced).to_contain_text(PL.page["You can choose: {labels}"].partition("{")[0])


def test_a_page_whose_words_got_lost_once_can_still_change_its_language(visitor: Visitor) -> None:
    page = visitor.page
    page.route("**/words-pl.json", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(f"{visitor.home}?language=pl")
    page.unroute("**/words-pl.json")
    choose(visitor, "en")
    expect(page.locator("#leave")).to_contain_text("Leave quickly")


def test_the_card_of_words_has_the_english_below_each_line(visitor: Visitor) -> None:
    choose(visitor, "pl")
    page = visitor.page
    page.locator(".my-words summary").click()
    page.locator(".wishes input").first.check()
    picked = page.locator(".words-card li").first
    assert picked.inner_text().split("\n") == [PL.page[WISH.me], WISH.me]
    expect(picked.locator("[lang=en]")).to_have_text(WISH.me)
    choose(visitor, "en")
    assert picked.inner_text() == WISH.me


def test_easy_read_says_what_its_pictures_show_in_the_language(visitor: Visitor) -> None:
    choose(visitor, "ro")
    visitor.page.locator("#easy-read").click()
    expect(visitor.answers.last.locator(".easy img").first).to_be_visible()
    alternatives = [picture.get_attribute("alt") for picture in visitor.answers.last.locator(".words .easy img").all()]
    assert alternatives
    assert set(alternatives) <= {picture.alt for picture in RO.content.pictures.values()}
