"""Words that people see beside the English answers, held to the same rules: the titles of sources, and the other languages.

What holds only in England has the same name in every language. What is translated (“section 42”, “someone will come”, “this is abuse”)
is looked for by patterns as far as patterns go: whether a translation is good, a native speaker must say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from safeguarding.content import PLACEHOLDER
from safeguarding.content_files import Finding
from safeguarding.content_rules import ENGLANDS_TERMS, RULES, Rule
from safeguarding.content_words import EMERGENCY, check_prose
from safeguarding.readability import as_read

_PT_WHO = r"(?:alguém|a polícia|eles|elas|nós|eu|a equipa|os? serviços?|a ambulância|a ajuda|um assistente social)"
_PT_ACT = r"(?:vir|ligar|telefonar|visitar|ajudar|contactar|proteger|parar|prender|investigar|resolver|responder|apoiar|ouvir|acreditar)"
_PT_TELL = r"(?:denunciar|comunicar|contar|avisar|informar|encaminhar|enviar|partilhar|reportar)"
_PL_WHO = r"(?:ktoś|policja|oni|one|my|zespół|pomoc|karetka|służby|pracownik socjalny)"
_PL_ACT = (
    r"(?:przyj(?:dzie|dą|edzie|adą)|zadzwoni|zadzwonią|oddzwoni|pomoże|pomogą|ochroni|ochronią|odwiedzi|odwiedzą|"
    r"skontaktuj[eą]|zatrzyma|aresztuje|odpowie|wysłucha|uwierzy|zajmie)"
)
_PL_TOLD = r"(?:zgłosi|powiadomi|poinformowa|przekaza|wysła|powiedzia)"
_FR_WHO = r"(?:quelqu'un|la police|ils|elles|nous|on|l'équipe|les services|les secours|l'ambulance|un travailleur social)"
_FR_ACT = r"(?:venir|appeler|rappeler|aider|protéger|contacter|visiter|répondre|écouter|croire|arrêter|soutenir)"
_FR_WILL_ACT = r"(?:viend|rappelle|appelle|aide|protége|protège|contacte|visite|répond|écoute|croi|arrête|soutiend)r(?:a|ont|ons)"
_FR_WHOM = r"(?:vous |te |la |les? |[tl]')?"
_FR_TELL = r"(?:signaler|dire|prévenir|avertir|informer|transmettre|envoyer|partager)"
_FR_WILL_TELL = r"(?:signale|préviend|averti|informe|transmett|enver)r(?:ai|ons)"
_RO_WHO = r"(?:cineva|poliția|ei|ele|noi|echipa|serviciile|ambulanța|ajutorul|un asistent social)"
_RO_ACT = r"(?:veni|suna|ajuta|proteja|contacta|vizita|răspunde|asculta|crede|opri|aresta|investiga|sprijini)"
_RO_TELL = r"(?:raporta|semnala|spune|anunța|informa|transmite|trimite|sesiza)"

TRANSLATED: Mapping[str, Mapping[str, str]] = {
    "care_act": {
        "pt": r"\b(?:secção|seção|artigo|art\.) ?42\b",
        "pl": r"\b(?:sekcj\w+|artyku\w+|art\.|paragraf\w*) ?42\b|§ ?42\b",
        "fr": r"\b(?:article|art\.) ?42\b",
        "ro": r"\b(?:secțiun\w+|articol\w*|art\.) ?42\b",
    },
    "mental_capacity_act": {
        "pt": r"\blei d[ae] capacidade mental\b",
        "pl": r"\b(?:ustaw|praw)\w+ o zdolności (?:umysłow|psychiczn)\w+",
        "fr": r"\bloi sur la capacité mentale\b",
        "ro": r"\blege\w* (?:privind |despre )?capacit\w+ mintal\w+",
    },
    "council": {
        "pt": r"\b(?:câmara municipal|autarquias?|autoridades? loca(?:l|is))\b",
        "pl": r"\brad\w+ (?:miejsk|gmin)\w+|\burz\w+ gminy\b|\bwładz\w* lokaln\w+",
        "fr": r"\b(?:conseils? (?:municipal|local|locaux)|autorités? locales?|mairies?)\b",
        "ro": r"\bconsili\w+ local\w*|\bprimări\w+|\bautorit\w+ local\w*",
    },
    "silent_solution": {
        "pt": r"\b(?:sms|mensage(?:m|ns))(?: de texto)? (?:para|ao?) (?:o )?999\b",
        "pl": r"\b(?:sms\w*|wiadomoś\w+)(?: tekstow\w+)? (?:na|pod|do)(?: numer)? 999\b",
        "fr": r"\b(?:sms|textos?|messages?) (?:au|à|vers le) 999\b",
        "ro": r"\b(?:sms\w*|mesaj\w*)(?: text)? (?:la|către)(?: numărul)? 999\b",
    },
    "somebody_will_act": {
        "pt": rf"\b(?:{_PT_WHO} (?:lhe |o |a |te )?(?:vai|vão|vamos|vou|irá|irão)|vamos) (?:\w+ )?{_PT_ACT}\w*"
        rf"|\b{_PT_WHO} (?:lhe |o |a |te )?(?:vi|{_PT_ACT})r?(?:á|ão)\b",
        "pl": rf"\b{_PL_WHO} (?:(?!nie\b)\w+ ){{0,2}}{_PL_ACT}\b|\b(?:pomożemy|ochronimy|przyjedziemy|przyjdziemy|zadzwonimy|oddzwonimy)\b",
        "fr": rf"\b{_FR_WHO} {_FR_WHOM}{_FR_WILL_ACT}\b|\b{_FR_WHO} (?:va|vont|allons) {_FR_WHOM}{_FR_ACT}\b",
        "ro": rf"\b(?:{_RO_WHO} (?:vă |te )?(?:va|vor|vom)|vom) (?:\w+ )?{_RO_ACT}\b"
        rf"|\b{_RO_WHO} o să (?:vă |te )?(?:vin|sun|ajut|protej|contact|vizit|răspund|ascult|cread|opr|sprijin)\w+",
    },
    "we_will_report": {
        "pt": rf"\b(?:vou|vamos|irei|iremos) (?:\w+ )?{_PT_TELL}\b|\b{_PT_TELL}(?:ei|emos)\b",
        "pl": r"\b(?:zgłosimy|zgłoszę|powiadomi(?:my|ę)|poinformuj(?:emy|ę)|przekaż(?:emy|ę)|wyśl(?:emy|ę))\b",
        "fr": rf"\b(?:je vais|nous allons) {_FR_WHOM}{_FR_TELL}\b|\b(?:je|nous) {_FR_WHOM}{_FR_WILL_TELL}\b",
        "ro": rf"\b(?:vom|voi) {_RO_TELL}\b",
    },
    "it_was_reported": {
        "pt": r"\b(?:contei|avisei|informei|comuniquei|denunciei|reportei|enviei|(?:cont|avis|inform|comunic|denunci|report|envi)ámos)\b",
        "pl": rf"\b{_PL_TOLD}(?:ł[ea]m|liśmy)\b|\b(?:powiedzieliśmy)\b",
        "fr": r"\b(?:j'ai|je l'ai|nous (?:l')?avons|on a) (?:déjà )?(?:prévenu|averti|informé|signalé|transmis|dit(?! ce\b)|contacté)\b",
        "ro": r"\b(?:[il]-)?am (?:deja )?(?:raportat|semnalat|anunțat|informat|transmis|trimis|sesizat|spus(?! ce\b))\b",
    },
    "this_is_abuse": {
        "pt": r"\b(?:isto|isso|aquilo|o que (?:descreve|contou|diz|aconteceu)) (?:é|foi) (?:claramente |mesmo |uma? )*"
        r"(?:abusos?|maus-tratos|negligência|crime|violência|escravatura|ilegal)\b(?! ?\?)",
        "pl": r"\bto (?:na pewno |wyraźnie )?(?:jest|był[ao]?) (?:na pewno |wyraźnie )?"
        r"(?:przemoc|zaniedbanie|przestępstwo|krzywdzenie|niewolnictwo|nadużycie|nielegalne)\b(?! ?\?)",
        "fr": r"\b(?:c'est|c'était|ceci est|cela est|ce que vous (?:décrivez|dites|racontez) est) (?:clairement |bien )?"
        r"(?:une? |des? (?:la |l')?|du |d')?(?:abus|maltraitance|négligence|crime|délit|violence|esclavage|illégal)\b(?! ?\?)",
        "ro": r"\b(?:acesta|aceasta|asta|ce (?:descrieți|spuneți|s-a întâmplat)) (?:este|e|a fost) (?:clar |sigur |un |o )*"
        r"(?:abuz|neglijare|neglijență|infracțiune|violență|sclavie|ilegal)\b(?! ?\?)",
    },
}
"""Rules of `content_rules.py` by their names, as they would be broken in each other language; for texts in small letters."""

_UNLESS = {
    language: re.compile(rf"(?:{before})\s*$", re.IGNORECASE)
    for language, before in {
        "pt": r"\b(?:não|nunca|se|que|quando|como)(?: (?:já|o|a|lhe))?",
        "pl": r"\b(?:nie|co|czy|jeśli|gdy|kiedy|że|żeby|aż)",
        "fr": r"\b(?:si|que|quand|lorsque|comment)|qu'",
        "ro": r"\b(?:nu|dacă|că|când|cum|să)(?: (?:vă|te|îl|o))?|\bn-",
    }.items()
}
"""What stands just before words that then say no, or leave it open."""

_ENGLAND = re.compile("|".join(rule.pattern.pattern for rule in ENGLANDS_TERMS), re.IGNORECASE)
"""Whether it is worth asking each rule: one search in place of eighteen, because there are thousands of texts."""

_OF_ENGLAND = frozenset(rule.name for rule in ENGLANDS_TERMS)
_RULES_BY_NAME: Mapping[str, tuple[str, Rule]] = {rule.name: (kind, rule) for kind, rules in RULES.items() for rule in rules}


def check_source_titles(sources: Mapping[str, Any] | None) -> Iterator[Finding]:
    """The titles of sources, which stand under the answers on the page of all answers; years and numbers of papers belong to them."""
    for source, entry in (sources or {}).items():
        yield from check_prose(entry["title"], "sources.yml", f"{source}, title", allow_numbers=True)


@lru_cache(maxsize=8192)
def faults_of_translation(text: str, language: str, *, allow_england: bool = False) -> tuple[tuple[str, str], ...]:
    """What a text of another language may not say, whatever its English says: what is wrong, and what to do."""
    said = PLACEHOLDER.sub("…", as_read(text.replace(EMERGENCY, "999")))
    found = [(rule.name, words) for rule in ENGLANDS_TERMS for words in rule.found_in(said)] if _ENGLAND.search(said) else []
    if pattern := _pattern_of(language):
        said = said.lower()
        matches = [match for match in pattern.finditer(said) if not _UNLESS[language].search(said[: match.start()])]
        found += [(str(match.lastgroup), match[0]) for match in matches]
    return tuple(_fault(name, words) for name, words in found if not allow_england or name not in _OF_ENGLAND)


def _fault(name: str, words: str) -> tuple[str, str]:
    kind, rule = _RULES_BY_NAME[name]
    return f"“{words}” ({kind}): {rule.reason}", rule.instead


@lru_cache(maxsize=8)
def _pattern_of(language: str) -> re.Pattern[str] | None:
    """Finds what breaks a rule in one language, as a group with the rule's name; none for a language that has no patterns yet."""
    made = [f"(?P<{name}>{patterns[language]})" for name, patterns in TRANSLATED.items() if language in patterns]
    return re.compile("|".join(made)) if made else None
