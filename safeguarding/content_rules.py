"""Words that may not stand in the guide, each rule with its reason: England's terms, promises and verdicts.

Each rule is one pattern; `tests/unit/test_content_rules.py` has hits and near-misses for each. The facts are in the
Board's page and in the sources that `content/sources.yml` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ENGLANDS_TERMS_ALLOWED_IN = frozenset({"not_in_jersey"})
"""The answer that says what does not hold here has to name it."""


@dataclass(frozen=True)
class Rule:
    """A pattern that may not occur, why not, and what to write instead. `unless` is looked for just before the words."""

    name: str
    pattern: re.Pattern[str]
    reason: str
    instead: str
    unless: re.Pattern[str] | None = None

    def found_in(self, text: str) -> Iterator[str]:
        """The words that break the rule."""
        for match in self.pattern.finditer(text):
            if self.unless is None or not self.unless.search(text[: match.start()]):
                yield match[0]


def _rule(name: str, pattern: str, reason: str, instead: str, unless: str | None = None, exact_case: bool = False) -> Rule:
    flags = 0 if exact_case else re.IGNORECASE
    return Rule(name, re.compile(pattern, flags), reason, instead, re.compile(rf"(?:{unless})\s*$", re.IGNORECASE) if unless else None)


ENGLANDS_TERMS = (
    _rule(
        "care_act",
        r"\b(?:the )?Care Act\b|\bsection 42\b|\bs\.? ?42\b",
        "The Care Act is a law of England; Jersey has no law only for adult safeguarding.",
        "Say that the Safeguarding Adults Team decides if an enquiry is needed.",
    ),
    _rule(
        "mental_capacity_act",
        r"\bMental Capacity (?:Act|Advocates?)\b|\b(?:IMCAs?|DoLS)\b|\bDeprivation of Liberty\b|\bCourt of Protection\b",
        "That is law in England; here it is the Capacity and Self-Determination (Jersey) Law 2016.",
        "Name the Jersey law, or the Independent Capacity Advocate.",
    ),
    _rule(
        "care_quality_commission",
        r"\bCQC\b|\bCare Quality Commission\b",
        "It has no say in Jersey; the Jersey Care Commission checks care services here.",
        "Write “Jersey Care Commission”.",
    ),
    _rule(
        "short_numbers",
        r"\b(?:call|ring|dial|phone|text|on|NHS) (?:101|111)\b|\b1[ -]?[01][ -]?1\b",
        "Nobody has confirmed that 101 or 111 works in Jersey.",
        "Name the police with [[police.phone]].",
    ),
    _rule(
        "nhs",
        r"\bNHS\b(?! (?:101|111)\b)",
        "The NHS of England does not run Jersey's health service.",
        "Name the service in Jersey.",
        exact_case=True,
    ),
    _rule(
        "action_fraud",
        r"\bAction Fraud\b",
        "It takes reports for England; Jersey's police take them here.",
        "Name the police with [[police.phone]].",
    ),
    _rule(
        "silent_solution",
        r"\bpress(?:ing)? 55\b|\bSilent Solution\b|\bemergency ?SMS\b"
        r"|\btext(?:s|ing)?(?: messages?| it| them)?(?: to| on)? 999\b|\b999 (?:by )?text",
        "Nobody has confirmed that it works in Jersey, and somebody in danger would rely on it.",
        "Leave it out until the Board has confirmed it.",
    ),
    _rule(
        "domestic_abuse_act",
        r"\bDomestic Abuse Act\b",
        "That is a law of England; here it is the Domestic Abuse (Jersey) Law 2022.",
        "Name the Jersey law or none.",
    ),
    _rule(
        "prosecutors",
        r"\bCPS\b|\bCrown Prosecution Service\b",
        "It decides nothing in Jersey, which brings its own court cases.",
        "Say that Jersey decides about court cases itself.",
    ),
    _rule(
        "data_protection",
        r"\bUK GDPR\b|\bGDPR\b|\bICO\b|\bInformation Commissioner's Office\b",
        "Here it is the Data Protection (Jersey) Law 2018 and the Jersey Office of the Information Commissioner.",
        "Name the Jersey law or the Jersey office.",
    ),
    _rule(
        "council",
        r"\b(?:your|the|a|local|county|city|borough) councils?\b(?! of)|\blocal authorit(?:y|ies)\b",
        "Jersey has no councils that look after adult care.",
        "Name the Single Point of Referral.",
    ),
    _rule(
        "adults_board",
        r"\bSafeguarding Adults Board\b",
        "That is the name in England; here it is the Jersey Safeguarding Partnership Board.",
        "Write “Jersey Safeguarding Partnership Board”.",
    ),
    _rule(
        "duty_only_on_professionals",
        r"\bonly (?:professionals?|staff|(?:paid )?workers?|doctors?|nurses?) (?:has|have|need|must|should|can)\b"
        r"|\b(?:public|you|families) (?:has|have) no duty\b",
        "In Jersey the Board tells the public that they have a duty to report a concern, not staff alone.",
        "Say that anyone can raise a concern.",
    ),
    _rule(
        "over_18",
        r"\bover (?:the age of )?18s?\b(?! or)",
        "An adult is a person aged 18 or over; “over 18” leaves out who is 18.",
        "Write “18 or over”.",
    ),
    _rule(
        "law_lists_kinds",
        r"\b(?:law|act)s? (?:in Jersey )?(?:lists?|names?|counts?) \w+ (?:kinds|types|forms)\b"
        r"|\b(?:ten|10|eleven|11) (?:kinds|types|forms) of abuse\b",
        "The list of ten comes from England's Care Act; no law in Jersey counts the kinds of abuse.",
        "Write “the main kinds”.",
    ),
    _rule(
        "old_names",
        r"\bHealth and Community Services\b|\bWomen's Refuge\b|\bHealth and Social Services Department\b",
        "That is an older name: today it is Health and Care Jersey, and FREEDA.",
        "Use today's name.",
    ),
    _rule(
        "englands_other_acts",
        r"\b(?:Human Rights|Equality|Mental Health) Act\b",
        "That is a law of the United Kingdom; Jersey has laws of its own.",
        "Name the Jersey law or none.",
    ),
    _rule(
        "alert",
        r"\b(?:raise|make|send)s? an? (?:safeguarding )?alert\b|\bsafeguarding alerts?\b",
        "Jersey's procedures say “raise a concern”.",
        "Write “raise a concern”.",
    ),
)

_WHO = r"(?:someone|somebody|they|we|I|he|she|police|services?|ambulance|help|social worker|team|staff|people|board|police officer)"

PROMISES = (
    _rule(
        "somebody_will_act",
        rf"\b{_WHO}(?:'ll| will| shall)(?: \w+ly| now| soon| then| always| also)? (?:come|call|ring|phone|visit|help|contact|"
        r"protect|keep|stop|arrest|fix|sort|investigate|look into|get back|believe|be there|be with|"
        r"listen|support|answer|reply|act|deal|make sure)\b",
        "The guide passes nothing on and cannot say what others do.",
        "Say what somebody can do: “You can ask them to …”.",
        unless=r"\bno|\bif|\bwhether|\bwhat|\bwhen|\bhow soon|\bhow|\bthat",
    ),
    _rule(
        "we_will_report",
        r"\b(?:I|we)(?:'ll| will| shall| am going to| are going to|'re going to|'m going to) (?:report|tell|pass|send|"
        r"let|inform|notify|refer|share|record|forward|save|remember)\b",
        "The guide tells nobody anything.",
        "Say “I am a computer. I have not told anyone.”",
    ),
    _rule(
        "it_was_reported",
        r"\b(?:I|we)(?:'ve| have) (?:already |now |just )?(?:reported|told|passed (?!nothing)|sent|called|contacted|"
        r"informed|notified|referred|alerted)\b"
        r"|\b(?:your|the|this) (?:report|concern|message|form) (?:has been|was|is being) (?:sent|passed|made|received|reported)\b",
        "No report is made by this chat, and somebody who believes it waits in vain.",
        "Say “I have not told anyone.”",
    ),
    _rule(
        "you_will_be_safe",
        r"\byou(?:'ll| will)(?: always| now| soon)? (?:be (?:safe|believed|protected|helped|fine|ok|okay|all right|heard)|"
        r"get help|get support|hear|not (?:be|get) in(?:to)? trouble|not lose)\b",
        "Nobody can promise that.",
        "Say what the person can ask for.",
    ),
    _rule(
        "secret",
        r"\b(?:completely|totally|always|strictly|fully|100 ?%) (?:confidential|private|anonymous|secret|safe)\b"
        r"|\b(?:no one|nobody|no-one)(?: else)? will(?: ever)? (?:know|find out|be told|see)\b"
        r"|\bwill be kept (?:secret|private|confidential)\b",
        "Staff may have to share what they hear, and a page can stay in a browser's history.",
        "Say what is kept and who may see it.",
    ),
    _rule(
        "guarantee",
        r"\b(?:I|we|they|you) (?:promise|guarantee)\b|\bguaranteed?\b",
        "A public guide guarantees nothing.",
        "Say what may happen.",
        unless=r"\b(?:not|cannot|can't|no)",
    ),
    _rule(
        "how_fast",
        r"\bwithin (?:\w+[ -]){1,3}(?:hours?|days?|minutes?|weeks?)\b|\bin (?:\w+[ -]){1,2}(?:hours?|working days?|minutes?)\b"
        r"|\b24/7\b|\bround the clock\b|\b24 hours\b",
        "No time was promised by the services, and no opening hours were checked.",
        "Leave the time out, or put checked opening hours into contacts.yml.",
    ),
)

_KIND = r"(?:domestic |sexual |physical |financial |emotional |discriminatory |organisational |self-)?"
VERDICTS = (
    _rule(
        "this_is_abuse",
        rf"\b(?:this|that|it|what you (?:say|describe|told me)|what happened)(?:'s| is| was| sounds like| looks like| counts as)"
        rf"(?: clearly| definitely| certainly| probably| not)*(?: an?)? {_KIND}"
        r"(?:abuse|neglect|crime|illegal|against the law|slavery|safeguarding concern)\b"
        r"|\bsounds like (?:\w+ )?(?:abuse|neglect)\b",
        "The guide explains; whether something is abuse is decided by people who know more.",
        "Write “It can be abuse” or “It may be a crime”.",
        unless=r"\bif|\bwhether|\bsure that|\bsure|\bthink|\bor",
    ),
    _rule(
        "you_are_a_victim",
        r"\byou(?:'re| are)(?: being| clearly| not)* (?:an? )?(?:abused|neglected|victim|adult at risk|at risk|exploited|"
        r"in danger|vulnerable|safe)\b",
        "The guide cannot know how somebody is.",
        "Write “If you are in danger now, …”.",
        unless=r"\bif|\bwhether|\bwhen|\bthat|\bor|\bsure|\bthink|\buntil|\bonce",
    ),
    _rule(
        "you_qualify",
        r"\b(?:you|they|he|she|this person)(?: do not| don't| does not| doesn't)? (?:qualif(?:y|ies)|meets? the criteria)\b"
        r"|\b(?:you|they|he|she)(?:'re| are| is)(?: not)? (?:eligible|entitled)\b",
        "The guide never decides who qualifies.",
        "Say who decides, and how to ask.",
        unless=r"\bif|\bwhether",
    ),
    _rule(
        "not_serious",
        r"\bnothing to worry about\b|\bnot (?:that )?serious(?: enough)?\b"
        r"|\b(?:this|that|it) is not an emergency\b|\byou are overreacting\b",
        "Somebody who is told this may not ask again.",
        "Say “You do not need to be sure.”",
        unless=r"\bif|\bwhen|\bthat|\bwhether",
    ),
    _rule(
        "guilty",
        r"\b(?:abuser|perpetrator|culprit)s?\b|\bconcerns? against\b",
        "Jersey's procedures name nobody guilty: a concern is about a person, who may have caused harm.",
        "Write “the person who may have caused harm”, and “a concern about”.",
    ),
)

FEELINGS = (
    _rule(
        "claims_feeling",
        r"\bI (?:\w+ )?(?:know|understand|can imagine|can see|feel|get) (?:\w+ )?(?:how (?:you|hard|scared|difficult|bad|it)\b|"
        r"what you(?:'re| are| have|'ve)?\b|your (?:pain|fear|worry|feelings))|\bI feel (?:for|with) you\b",
        "A computer feels nothing, and nobody knows how another feels.",
        "Say “I am sorry that you are going through this.”",
    ),
)

RULES = {"England's terms": ENGLANDS_TERMS, "promise": PROMISES, "verdict": VERDICTS, "feeling": FEELINGS}
"""Every rule by its kind."""
