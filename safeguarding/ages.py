"""How old somebody is, in words: “she's 85”, “nearly ninety”, “a child”; and not how often, how long or how much.

Read by `safeguarding.path_words` in text that `normalise` made plain, without stops.
"""

from __future__ import annotations

import re

ADULT_FROM = 18
OLDEST = 120

PERSON = (
    r"(?:mum|mums|mummy|mam|mother|dad|dads|daddy|father|nan|nans|nana|gran|grans|granny|grandma|grandmother|grandad|grandpa|"
    r"grandfather|neighbou?rs?|friends?|mates?|brothers?|sisters?|aunt|auntie|uncle|wife|husband|partner|son|daughter|cousin|"
    r"niece|nephew|clients?|residents?|patients?|tenants?|customers?|lodger|parents?|colleague|boyfriend|girlfriend|flatmate|"
    r"old (?:lady|man|woman)|man|woman|lady|bloke|guy|person|student|pupil|lad)"
)

_AGE_WORDS = r"(?:years? old|yrs? old|years? of age|y o|yo)"
_NEARLY = r"(?: (?:nearly|almost|about|around|just|only|over|now|still))*"
_IS = rf"(?<!\bit )\b(?:shes|hes|theyre|im|whos|is|are|am|was|aged?|turned|turns|turning){_NEARLY}"
_MEASURE = (
    r"(?:times?|days?|weeks?|months?|hours?|hrs?|minutes?|mins?|pounds?|quid|euros?|percent|people|miles?|o ?clock|am|pm|of"
    r"|(?:years?|yrs?)(?! *$))"
)
"""What follows a number that is no age: how often, how long, how much."""

AGE_NUMBER = re.compile(
    rf"\b(\d{{1,3}})(?: and a half)? {_AGE_WORDS}\b"
    rf"|{_IS} (\d{{1,3}})\b(?! {_MEASURE}\b)"
    rf"|\b{PERSON}{_NEARLY} (\d{{1,3}})\b(?! {_MEASURE}\b)"
)
BARE_NUMBER = re.compile(r"^(?:(?:age|aged|about|around|nearly|only) )?(\d{1,3})(?: (?:years?|yrs?))?$")
_TENS = r"(?:eighty|ninety|seventy|sixty|fifty|forty|thirty|twenty)(?: (?:one|two|three|four|five|six|seven|eight|nine))?"
_TEENS = r"(?:sixteen|seventeen|fifteen|fourteen|thirteen|twelve)"
IS_ADULT = re.compile(
    r"\badults?\b|\bgrown[ -]?up\b|\bgrown (?:man|woman)\b|\belderly\b|\bolder (?:person|man|woman|lady)\b|\bold (?:man|woman|lady)\b"
    r"|\bpensioners?\b|\bretired\b|\bover (?:18|eighteen)\b|\b(?:18|eighteen) (?:or|and) over\b|\bnot a (?:child|kid)\b"
    r"|\bno child(?:ren)?\b"
    r"|\b(?:mum|mums|mam|mother|dad|dads|father|nan|nans|nana|gran|grans|granny|grandma|grandmother|grandad|grandpa|grandfather|wife|"
    r"husband|parents?)\b|\b(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
    r"|\b(?:20s|30s|40s|50s|60s|70s|80s|90s)\b"
    rf"|(?:{_IS} |\b{PERSON}{_NEARLY} |^{_NEARLY} ?){_TENS}\b(?! {_MEASURE}\b)|\b{_TENS} {_AGE_WORDS}\b"
)
IS_CHILD = re.compile(
    r"\b(?:a|the|my|this|that|her|his|their|our|young|small|little|another) (?:\w+ )?(?:child|kid|baby|toddler|teenager|teen|boy|girl"
    r"|schoolboy|"
    r"schoolgirl|infant)\b|^(?:child|kid|kids|children|baby|teenager|young person)$|\bunder (?:18|eighteen)\b|\bunderage\b"
    r"|\bstill at school\b"
    rf"|(?:{_IS} |^{_NEARLY} ?){_TEENS}\b(?! {_MEASURE}\b)|\b{_TEENS} {_AGE_WORDS}\b|\ba young person\b|\bminor\b"
)
LIKE_A_CHILD = re.compile(
    r"\blike a (?:\w+ )?(?:child|kid|baby|toddler)\b|\bmind of a\b|\bwhen (?:i|he|she|they) (?:was|were)\b|\bas a child\b"
    r"|\bnot a (?:child|kid)\b"
)


def age_of(plain: str) -> str | None:
    """“adult” or “child”, where the words say how old somebody is."""
    numbers = [int(next(filter(None, match))) for match in AGE_NUMBER.findall(plain)]
    ages = [number for number in numbers if 0 < number <= OLDEST]
    if ages and not LIKE_A_CHILD.search(plain):
        return "adult" if ages[-1] >= ADULT_FROM else "child"
    if IS_ADULT.search(plain):
        return "adult"
    return "child" if IS_CHILD.search(plain) and not LIKE_A_CHILD.search(plain) else None


def age_of_bare_number(plain: str, open_question: str | None) -> dict[str, str]:
    """“85” is an age where the age, or the person, was asked for; “1” and “2” pick a choice."""
    match = BARE_NUMBER.match(plain)
    if open_question not in ("age", "for_whom") or not match or not 4 < int(match[1]) <= OLDEST:
        return {}
    age = "adult" if int(match[1]) >= ADULT_FROM else "child"
    return {"age": age} if open_question == "age" else {"age": age, "for_whom": "other"}
