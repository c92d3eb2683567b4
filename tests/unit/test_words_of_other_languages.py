"""What may not be said in the other languages: for each rule and language what it must catch, and what looks alike and is right."""

from __future__ import annotations

import pytest

from safeguarding.content_rules import RULES
from safeguarding.languages import OTHERS
from safeguarding.words_elsewhere import TRANSLATED, faults_of_translation

REASONS = {rule.name: rule.reason for rules in RULES.values() for rule in rules}

TABLE: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("care_act", "pt"): (["secção 42", "o artigo\u00a042"], ["secção 4", "42 pessoas"]),
    ("care_act", "pl"): (["art. 42", "sekcja 42", "§ 42"], ["42 osoby"]),
    ("care_act", "fr"): (["l’article 42", "la section 42"], ["un article"]),
    ("care_act", "ro"): (["secțiunea 42", "secţiunea 42", "articolul 42"], ["42 de oameni"]),
    ("mental_capacity_act", "pt"): (["a Lei da Capacidade Mental"], ["a lei sobre a capacidade de decidir"]),
    ("mental_capacity_act", "pl"): (["ustawa o zdolności umysłowej"], ["prawo o zdolności do decyzji"]),
    ("mental_capacity_act", "fr"): (["la loi sur la capacité mentale"], ["la loi sur la capacité à décider"]),
    ("mental_capacity_act", "ro"): (["legea privind capacitatea mintală"], ["legea despre capacitatea de a hotărî"]),
    ("council", "pt"): (["a câmara municipal", "as autoridades locais"], ["o conselho de proteção"]),
    ("council", "pl"): (["rada miejska", "władze lokalne"], ["rada do spraw ochrony", "dam ci radę"]),
    ("council", "fr"): (["le conseil municipal", "les autorités locales"], ["le conseil de protection"]),
    ("council", "ro"): (["consiliul local", "primăria"], ["consiliul pentru protecție"]),
    ("silent_solution", "pt"): (["Envie um SMS para o [[emergency.phone]]."], ["Envie um SMS. Sem resposta, ligue para o 999."]),
    ("silent_solution", "pl"): (["Wyślij wiadomość na 999."], ["Wyślij wiadomość. Potem zadzwoń pod 999."]),
    ("silent_solution", "fr"): (["Envoyez un SMS au 999."], ["Envoyez un SMS, ou appelez le 999."]),
    ("silent_solution", "ro"): (["Trimiteți un SMS la 999."], ["Trimiteți un SMS sau sunați la 999."]),
    ("somebody_will_act", "pt"): (
        ["Alguém vai vir ajudar.", "A polícia ajudará.", "Vamos proteger a pessoa.", "Eles vão-lhe ligar. Eles vão ligar."],
        ["Ninguém virá por causa desta conversa.", "Se alguém vai ajudar", "A polícia pode ajudar.", "Não vamos ligar."],
    ),
    ("somebody_will_act", "pl"): (
        ["Ktoś przyjdzie ci pomóc.", "Policja na pewno przyjedzie.", "Pomożemy ci."],
        ["Nikt nie przyjedzie z powodu tej rozmowy.", "Ktoś nie zadzwoni.", "Poproś kogoś, żeby zadzwonił.", "Jeśli ktoś przyjdzie"],
    ),
    ("somebody_will_act", "fr"): (
        ["Quelqu’un viendra.", "L'équipe vous aidera.", "La police va vous aider.", "Nous vous protégerons."],
        ["Personne ne viendra à cause de cette conversation.", "si quelqu'un viendra", "La police peut vous aider."],
    ),
    ("somebody_will_act", "ro"): (
        ["Cineva va veni.", "Poliția vă va ajuta.", "Vom suna.", "Cineva o să vină."],
        ["Nimeni nu va veni în urma acestei conversații.", "Nu vom suna.", "Poliția poate ajuta.", "dacă cineva va veni"],
    ),
    ("we_will_report", "pt"): (["Vamos denunciar isto.", "Contarei à polícia."], ["Não vou contar a ninguém.", "Pode contar a alguém."]),
    ("we_will_report", "pl"): (["Zgłosimy to.", "Powiadomię policję."], ["Nie zgłosimy tego.", "Możesz to zgłosić."]),
    ("we_will_report", "fr"): (
        ["Nous allons le signaler.", "Je préviendrai la police."],
        ["Vous pouvez le signaler.", "Je ne dirai rien."],
    ),
    ("we_will_report", "ro"): (["Vom raporta.", "Voi anunța poliția."], ["Nu voi spune nimănui.", "Puteți raporta."]),
    ("it_was_reported", "pt"): (["Já contei à polícia.", "Avisámos a equipa."], ["Não contei a ninguém.", "Ainda não avisei."]),
    ("it_was_reported", "pl"): (["Powiedziałem policji.", "Zgłosiliśmy to."], ["Nikomu nic nie powiedziałem."]),
    ("it_was_reported", "fr"): (
        ["J’ai prévenu la police.", "Je l'ai dit à la police."],
        ["Je ne l’ai dit à personne.", "« J’ai dit ce que je veux »"],
    ),
    ("it_was_reported", "ro"): (["Am spus poliției.", "Am anunţat."], ["Nu am spus nimănui.", "„Am spus ce doresc”"]),
    ("this_is_abuse", "pt"): (["Isto é abuso.", "O que descreve é um crime."], ["Isto é abuso?", "Pode ser abuso.", "Se isto é abuso"]),
    ("this_is_abuse", "pl"): (["To jest przemoc.", "To na pewno było przestępstwo."], ["Czy to jest przemoc?", "co to jest przemoc"]),
    ("this_is_abuse", "fr"): (
        ["C’est de la maltraitance.", "C'est un crime."],
        ["C’est peut-être de la maltraitance.", "si c'est un crime"],
    ),
    ("this_is_abuse", "ro"): (
        ["Acesta este abuz.", "Aceasta este o infracțiune."],
        ["Este acesta abuz?", "Poate fi abuz.", "dacă asta este abuz"],
    ),
}
"""The rule and the language, what breaks the rule, and what does not."""


def found(text: str, language: str) -> list[str]:
    return [wrong for wrong, _ in faults_of_translation(text, language)]


def test_each_rule_has_its_table_in_each_language() -> None:
    assert set(TABLE) == {(name, language) for name, patterns in TRANSLATED.items() for language in patterns}
    assert {language for _, language in TABLE} == set(OTHERS)
    assert set(TRANSLATED) <= set(REASONS)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, (hits, _) in TABLE.items() for text in hits], ids=str)
def test_it_catches(rule: tuple[str, str], text: str) -> None:
    name, language = rule
    assert any(REASONS[name] in wrong for wrong in found(text, language))


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, (_, near) in TABLE.items() for text in near], ids=str)
def test_it_lets_pass(rule: tuple[str, str], text: str) -> None:
    assert found(text, rule[1]) == []


@pytest.mark.parametrize("language", [*OTHERS, "de"])
@pytest.mark.parametrize("words", ["CQC", "Care Act", "Action Fraud", "section 42", "section\u00a042", "NHS"])
def test_a_name_of_england_is_the_same_in_every_language(language: str, words: str) -> None:
    assert [words.replace("\u00a0", " ") in wrong for wrong in found(f"… {words} …", language)] == [True]
    assert faults_of_translation(f"… {words} …", language, allow_england=True) == ()
