"""In what role somebody writes, as far as their own words say it: for a weekly counter, never beside anything else.

Nothing is asked and nothing is guessed: “my neighbour” alone may be said by anybody, so it says no role. Each pattern
reads text that `normalise` made plain: small letters, no apostrophes.
"""

from __future__ import annotations

import re

from safeguarding.danger import normalise

_I_AM = r"\b(?:i ?m|i am|as)(?: also| just| only| a bit of| actually| now)* "
_PAID = (
    r"(?:(?:agency|bank|student|district|registered|mental health|community|night|senior|home|live in|paid|key) )*"
    r"(?:carer|care ?giver|care (?:worker|assistant|manager|coordinator)|support worker|key ?worker|nurse|healthcare assistant|doctor|gp|"
    r"paramedic|social worker|occupational therapist|physio\w*|home help|personal assistant|pa|warden|home manager|volunteer|teacher|"
    r"police officer|housing officer|chaplain|cleaner (?:in|at) (?:a|the) (?:care|nursing|residential) home|professional|practitioner)"
)
_CARE_PLACE = r"(?:(?:care|nursing|residential|old peoples|group) home|day (?:centre|service)|hospital|ward|surgery|hospice|home care|care)"
_RELATIVE = (
    r"(?:mum|mam|mother|dad|father|nan|gran|granny|grandma|grandad|grandmother|grandfather|wife|husband|partner|son|daughter|brother"
    r"|sister|aunt|auntie|uncle|friend|neighbour|parents)"
)
_CONDITION = (
    r"(?:dementia|alzheimers|autism|epilepsy|parkinsons|ms|multiple sclerosis|cerebral palsy|downs? syndrome"
    r"|(?:a |an )?(?:\w+ )?(?:learning|physical|intellectual) (?:disabilit\w+|difficult\w+)"
    r"|(?:a |an )?(?:disabilit\w+|brain injury|mental illness|mental health (?:problem|condition|need)s?|care plan|care needs|care package"
    r"|support worker|support needs|social worker|carers?))"
)

NOT_SO = re.compile(
    rf"\b(?:not|never|isnt|aint) (?:a |an |the |her |his |their )?{_PAID}\b|\b(?:was|used to be) (?:a |an )?{_PAID}\b"
    r"|\bif i (?:am|m|was|were)\b"
)
CARER_OR_WORKER = re.compile(
    rf"{_I_AM}(?:a |an |the |her |his |their |one of (?:her|his|their|the) )?{_PAID}\b"
    rf"|\b(?:i|we) (?:work|am working|volunteer)(?: \w+){{0,3}} (?:in|at|for|on|with) (?:a |an |the |my |adult )*{_CARE_PLACE}\b"
    r"|\bi work (?:in|as) (?:a )?(?:care|carer|nursing|nurse|support|social care|healthcare)\b|\bim staff\b|\bi am staff\b"
    r"|\b(?:one of )?(?:my|our) (?:residents?|clients?|patients?|service users?|tenants with support)\b"
    rf"|\bi (?:care for|look after|am caring for|m caring for|take care of) (?:\w+ )?(?:my|our|a|an|her|him|them) ?(?:\w+ )?{_RELATIVE}?\b"
    rf"|\b(?:caring for|looking after) my (?:\w+ )?{_RELATIVE}\b"
    rf"|{_I_AM}(?:(?:my|her|his|their) (?:\w+ )?)?(?:\w+ )?(?:full time |unpaid |family |young |main )?carer\b"
)
CARE_NEEDS = re.compile(
    rf"\bi(?: have|ve| have got|ve got| live with| got| suffer from| was born with)(?: \w+)? {_CONDITION}\b"
    rf"|{_I_AM}(?:\w+ )?(?:disabled|autistic|blind|partially sighted|deaf|bed ?bound|house ?bound|housebound|frail|in a wheelchair|"
    r"a wheelchair user|a resident|a service user|in (?:a|the) (?:care|nursing|residential|group) home)\b"
    r"|\bi (?:live|stay) in (?:a |the |my )?(?:\w+ )?(?:care home|nursing home|residential home|group home|supported living|"
    r"sheltered housing)\b"
    r"|\bi (?:use|am in|need) a wheelchair\b"
    r"|\bi (?:need|get|have) (?:\w+ )?(?:help|care|support|carers?) (?:to|with|at home|every day|coming)\b"
    r"|\b(?:people|someone|carers?) (?:come|comes) (?:in )?to (?:help|wash|care for|look after) me\b"
    r"|\bmy (?:own )?(?:paid )?(?:carers?|support workers?|care workers?|care home|home help|key ?worker|personal assistant)\b"
    r"(?! allowance)(?= (?:\w+ ){0,3}(?:me|my)\b)"
)
PUBLIC = re.compile(
    rf"{_I_AM}(?:a|an|the|her|his|their) (?:\w+ )?(?:neighbour|friend|relative|family friend|daughter|son|wife|husband|sister|brother|"
    r"niece|nephew|grandson|granddaughter|cousin|landlord|landlady|shopkeeper|hairdresser|postman|taxi driver)\b"
    r"|\bmember of the public\b|\bjust a (?:neighbour|friend|member of the public|citizen|passer ?by)\b"
)


def role_of(text: str) -> str | None:
    """The role that the words say: `carer_or_worker`, `care_needs` or `public`; none where they say none."""
    plain = re.sub(r"[.?!,;:\s-]+", " ", normalise(text)).strip()
    if CARER_OR_WORKER.search(plain) and not NOT_SO.search(plain):
        return "carer_or_worker"
    if CARE_NEEDS.search(plain):
        return "care_needs"
    return "public" if PUBLIC.search(plain) else None
