"""What a reply on the guided path says in Portuguese, Polish, French and Romanian, in values from closed lists.

Less is read than in English: only what answers the open question, and who it is about. Where nothing is sure, nothing is
read, and the question comes again in other words. Each pattern reads text that `normalise` made plain: small letters, no
accents, no apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from safeguarding.ages import ADULT_FROM, OLDEST
from safeguarding.danger import normalise
from safeguarding.path_words import read

REPLIES: Mapping[str, Mapping[str, str]] = {
    "pt": {
        "not_sure": r"nao (?:sei|tenho (?:a )?certeza|faco ideia|me lembro)\b|talvez|se calhar|nao estou cert[oa]|e dificil dizer",
        "no": r"(?:acho que |penso que |creio que )?nao\b|nunca|ninguem|nem por isso|agora nao",
        "yes": r"(?:acho que |penso que |creio que |infelizmente |claro que )?sim\b|claro\b|com certeza|exato|infelizmente",
        "but": r"\b(?:mas|porem|embora|so que)\b",
    },
    "pl": {
        "not_sure": r"nie (?:wiem|jestem pew\w+|mam pojecia|pamietam)\b|moze|byc moze|trudno powiedziec|nie mam pewnosci",
        "no": r"(?:chyba |raczej |absolutnie |na pewno )?nie\b|nigdy|nikt|skadze",
        "yes": r"(?:chyba |raczej |niestety |no )?tak\b|jasne|oczywiscie|pewnie|zgadza sie",
        "but": r"\b(?:ale|jednak|tylko ze|chociaz)\b",
    },
    "fr": {
        "not_sure": r"(?:je )?(?:ne )?(?:sais pas|suis pas sure?)\b|jsp|peut etre|pas sure?|aucune idee"
        r"|difficile a dire|je ne me souviens pas",
        "no": r"(?:je (?:crois|pense) que )?non\b|jamais|personne|pas (?:vraiment|maintenant|du tout|encore)|je ne (?:crois|pense) pas",
        "yes": r"(?:je (?:crois|pense) que |malheureusement )?oui\b|ouais|bien sur|exactement|tout a fait|malheureusement",
        "but": r"\b(?:mais|cependant|sauf que|pourtant)\b",
    },
    "ro": {
        "not_sure": r"nu (?:stiu|sunt sigura?|am idee|imi amintesc|mi amintesc)\b|poate|habar nu am|nsh|greu de spus",
        "no": r"(?:cred ca |parca )?nu\b|niciodata|nimeni|deloc",
        "yes": r"(?:cred ca |din pacate |pai )?da\b|sigur|desigur|bineinteles|exact|din pacate",
        "but": r"\b(?:dar|insa|numai ca|totusi)\b",
    },
}
"""How “yes”, “no” and “not sure” begin, and the words after which a reply may take itself back."""

WHO: Mapping[str, Mapping[str, str]] = {
    "pt": {
        "self": r"^(?:e |sou )?(?:(?:sobre|para|por) )?(?:mim|eu)(?: (?:mesm[oa]|propri[oa]))?$|\b(?:e sobre mim|e comigo|sou eu|de mim)\b",
        "child": r"\b(?:crianca|crianc\w+|bebe|menor|meu filho pequeno|adolescente|menin[oa])\b|\bmenos de (?:18|dezoito)\b",
        "adult": r"\b(?:mae|pai|avo|avos|sogr[oa]|marido|mulher|esposa|idos[oa]|adult[oa]|senhor[a]?|reformad[oa])\b"
        r"|\b(?:18|dezoito) anos ou mais\b|\bmaior de idade\b",
        "other": r"\b(?:outra pessoa|outro|outra|vizinh[oa]|amig[oa]|irma|irmao|ti[oa]|prim[oa]|colega|utente|doente|alguem)\b",
        "years": r"anos",
    },
    "pl": {
        "self": r"^(?:o |dla |to )?(?:mnie|ja|mi)(?: sam\w*)?$|\b(?:chodzi o mnie|o mnie chodzi|to ja)\b",
        "child": r"\b(?:dziec\w+|niemowl\w+|nastolat\w+|nieletni\w*|maloletni\w*|chlopczyk\w*|dziewczynk\w+)\b"
        r"|\bponizej (?:18|osiemnastu)\b",
        "adult": r"\b(?:mam[aeyo]|matk[aieu]|matke|tat[aeoy]|ojc\w+|ojciec|babci\w*|dziadk\w+|dziadek|tesciow\w+|maz|meza|zon[aeyo]"
        r"|dorosl\w+|starsz\w+|emeryt\w*|staruszk\w+)\b|\b18 lat lub wiecej\b",
        "other": r"\b(?:sasiad\w*|przyjaci\w+|kolezank\w+|koleg\w+|siostr\w+|brat\w*|ciot\w+|wuj\w*|podopieczn\w+|pacjent\w*|kogos|ktos"
        r"|inn\w+ osob\w+)\b",
        "years": r"lat(?:a)?",
    },
    "fr": {
        "self": r"^(?:cest )?(?:pour |de |sur )?moi(?: meme)?$|\b(?:cest moi|il sagit de moi|cest pour moi|a propos de moi)\b",
        "child": r"\b(?:enfants?|bebe|mineure?|ado|adolescente?|gamine?|petite? fill?e|petit garcon)\b|\bmoins de (?:18|dix huit)\b",
        "adult": r"\b(?:mere|maman|pere|papa|grand mere|grand pere|mamie|papi|mari|femme|epouse|epoux|adulte|agee?|retraitee?|majeure?"
        r"|vieux|vieille)\b|\b18 ans ou plus\b",
        "other": r"\b(?:quelquun(?: dautre)?|autre personne|voisine?|amie?|soeur|frere|tante|oncle"
        r"|cousine?|collegue|residente?|patiente?)\b",
        "years": r"ans",
    },
    "ro": {
        "self": r"^(?:e |este )?(?:despre |pentru |vorba despre )?(?:mine|eu)(?: insumi| insami)?$|\b(?:despre mine|eu sunt)\b",
        "child": r"\b(?:copil\w*|bebelus\w*|minora?|adolescent[a]?|baietel|fetita)\b|\bsub (?:18|optsprezece)\b",
        "adult": r"\b(?:mama|mamei|tata|tatal|tatalui|bunic\w*|socr\w+|soacr\w+|sotul|sotia|sot|sotie|adult[a]?|batran[a]?|varstnic[a]?"
        r"|pensionar[a]?)\b|\b18 ani sau (?:mai mult|peste)\b|\bpeste 18\b",
        "other": r"\b(?:altcineva|alta persoana|vecin\w*|prieten\w*|sora|fratele|frate|matusa|unchi\w*|coleg\w*|pacient\w*|cineva)\b",
        "years": r"(?:de )?ani",
    },
}
"""Who it is about."""

STAFF: Mapping[str, tuple[str, str]] = {
    "pt": (r"\b(?:funcionari[oa]s?|enfermeir[oa]s?|cuidador[a]? (?:do|da) (?:lar|agencia)|no lar|do lar|hospital)\b",
           r"\b(?:da familia|familiar|o filho|a filha|o marido|a mulher|vizinh[oa])\b"),
    "pl": (r"\b(?:pracowni\w+|personel\w*|pielegniar\w+|opiekun\w* z (?:agencji|domu)|dom\w* opieki|szpital\w*)\b",
           r"\b(?:rodzin\w+|syn|corka|maz|zona|sasiad\w*)\b"),
    "fr": (r"\b(?:personnel|infirmiere?|linfirmiere?|soignante?s?|aide soignante?|maison de retraite|hopital|lhopital|employee?)\b",
           r"\b(?:famille|fils|fille|mari|femme|voisine?)\b"),
    "ro": (r"\b(?:angajat\w*|personal\w*|asistent\w*|ingrijitor\w* de la|camin\w*|spital\w*)\b",
           r"\b(?:famili\w+|fiul|fiica|sotul|sotia|vecin\w*)\b"),
}  # fmt: skip
"""Paid staff did it, and somebody who is not."""


def read_in(language: str, text: str, open_question: str | None) -> dict[str, str]:
    """What a reply in this language says, by slot; nothing without an open question or for a language that is not read here."""
    plain = re.sub(r"[.?!,;:\s-]+", " ", normalise(text)).strip()
    if open_question is None or language not in REPLIES:
        return {}
    if plain.isdigit():
        return read(plain, open_question)
    said = _who(WHO[language], plain, open_question) if open_question in ("for_whom", "age") else {}
    if open_question == "staff":
        said |= _staff(STAFF[language], plain)
    reply = _reply(REPLIES[language], plain)
    if reply and open_question not in said and (reply == "not_sure" or open_question not in ("for_whom", "age")):
        said[open_question] = reply
    return said


def _who(words: Mapping[str, str], plain: str, open_question: str) -> dict[str, str]:
    """Who it is about; somebody whose age is told, or shows in what they are called, is another person."""
    if open_question == "for_whom" and re.search(words["self"], plain):
        return {"for_whom": "self"}
    age = _age(words, plain)
    if open_question == "age":
        return {"age": age} if age else {}
    if age:
        return {"for_whom": "other", "age": age}
    return {"for_whom": "other"} if re.search(words["other"], plain) else {}


def _age(words: Mapping[str, str], plain: str) -> str | None:
    numbers = [int(number) for number in re.findall(rf"\b(\d{{1,3}}) {words['years']}\b", plain)]
    ages = [number for number in numbers if 0 < number <= OLDEST]
    under = re.search(words["child"], plain)
    if ages and not under:
        return "adult" if ages[-1] >= ADULT_FROM else "child"
    if under:
        return "child"
    return "adult" if re.search(words["adult"], plain) else None


def _staff(words: tuple[str, str], plain: str) -> dict[str, str]:
    is_staff, is_not = (re.search(pattern, plain) is not None for pattern in words)
    return {} if is_staff == is_not else {"staff": "yes" if is_staff else "no"}


def _reply(words: Mapping[str, str], plain: str) -> str | None:
    """“Yes”, “no” or “not sure” at the head of the reply; nothing where a “but” follows, after which anything may come."""
    if re.search(words["but"], plain):
        return None
    found = (value for value in ("not_sure", "no", "yes") if re.match(rf"(?:{words[value]})", plain))
    return next(found, None)
