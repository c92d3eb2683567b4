"""What a message on the guided path says, in values from closed lists: “my neighbour, she's 85” is another person and an adult.

Each pattern reads text that `normalise` made plain: small letters, no apostrophes, stops as words of their own. Where
nothing is sure, nothing is read: the question comes again in other words.
"""

from __future__ import annotations

import re

from safeguarding.ages import AGE_NUMBER, PERSON, age_of, age_of_bare_number
from safeguarding.danger import normalise

_WHOSE = r"(?:my|our|a|an|the|his|her|their|this|that|another|some|one of (?:my|our|the))"
_DOES_HARM = (
    r"(?:hit|hits|hitting|hurt|hurts|hurting|slap|slaps|slapped|slapping|punch|punches|punched|kick|kicks|kicked|push|pushes|pushed|"
    r"grab|grabs|grabbed|beat|beats|beating|bit|bites|burns?|burnt|pinch|pinches|pinched|strangled|choked|touch|touches|touched|"
    r"touching|grope|groped|rape|raped|assault|assaulted|threaten|threatens|threatened|threatening|rob|robs|robbed|robbing|"
    r"steal|steals|stealing|stole|stolen|blackmails?|blackmailed)"
)

ABOUT_SELF = re.compile(
    rf"^(?:about |for |with |to )?(?:me|myself|me please|just me|only me|me myself)$"
    r"|\b(?:it ?s|its|it is|this is|that is|thats|all) (?:really |actually |all |just |only )?(?:about |for |happening to )?(?:me"
    r"|myself)\b"
    r"|\b(?:about|for|to) (?:me|myself)\b(?! (?:that|if|how|what|who|when))|\bim the (?:one|person)\b|\bi am the (?:one|person)\b"
    rf"|\b(?:{_DOES_HARM}|shouts? at|bull(?:y|ies)|controls?|scares?|abus(?:e|es|ing)|neglects?|bosses|starves?) (?:me|us)\b"
    r"|\b(?:takes?|taking|took|taken|spends?|spent|keeps?|kept|uses?|stole|steals?|stealing|has) (?:all |half )?(?:of )?my "
    r"(?:own |state |weekly |bank |credit |whole )?(?:money|pension|bank|card|purse|wallet|things|benefits|wages|savings|phone|keys"
    r"|jewellery)\b"
    r"|\bmy (?:own )?(?:money|pension|purse|wallet) (?:is|was|has|keeps?|goes|got)\b"
    r"|\bi (?:am|m|was|have|ve|get|got|been)(?: been| being| getting)? (?:hit|hurt|abused|scared|threatened|robbed|neglected|bullied)\b"
)
NOT_SELF = re.compile(r"\bnot (?:about |for )?(?:me|myself)\b")
ABOUT_ANOTHER = re.compile(
    r"\b(?:someone|somebody|some one) else\b|\b(?:another|other|different) (?:person|adult|one)\b|\bnot (?:about |for )?(?:me|myself)\b"
    rf"|\b{_WHOSE} (?:\w+ )?(?:\w+ )?{PERSON}\b"
    r"|^(?:about |for |its |it is )?(?:him|her|them|he|she|mum|mam|dad|nan|gran|grandma|grandad)$"
    r"|\b(?:shes|hes|theyre|she is|he is|they are|she has|he has) (?!(?:the|my) one\b)"
    r"|\b(?:about|for|worried about) (?:him|her|them|a relative|a family member|family)\b|\b(?:someone|somebody) i (?:know|care|work"
    r"|look)\b"
)

MONEY = re.compile(r"[£€$] ?\d[\d,.]*")

HARMED = re.compile(
    rf"\b(?:{_DOES_HARM}|thief|theft|violent|violence|bruis(?:e|es|ed)|beaten|weapon)\b"
    r"|\b(?:takes?|taking|took|taken) (?:\w+ ){0,3}(?:money|pension|card|purse|wallet|jewellery|things|cash|savings|benefits)\b"
    r"|\b(?:money|cash|pension|jewellery|things) (?:\w+ ){0,2}(?:gone|missing|taken|disappear\w*)\b"
)
NOT_HARMED = re.compile(
    r"\bnothing like that\b|\bnone of (?:that|those|these|them)\b"
    rf"|\b(?:no ?(?:one|body)|nobody|not|never|hasnt|havent|didnt|doesnt|dont|isnt|wasnt|without)(?: \w+){{0,4}} (?:{_DOES_HARM}|taken"
    rf"|taking)\b"
)
STAFF = re.compile(
    r"\bstaff\b|\b(?:care|support|key|social|agency|night) workers?\b|\bcarer from\b"
    r"|\bpaid (?:carers?|care|staff|help|worker)\b|\bnurses?\b|\bcare (?:assistant|agency|company|manager|provider)s?\b|\bhome helps?\b"
    r"|\b(?:the|her|his) (?:manager|agency)\b"
)
OWN_JOB = re.compile(
    r"\b(?:im|i am|i work as|as|were|we are) (?:a |an |the |her |his |their |one of (?:her|his|their|the) )?(?:\w+ ){0,2}?"
    r"(?:care workers?|support workers?|key ?workers?|social workers?|night workers?|agency workers?|nurses?|carers?|staff"
    r"|care (?:assistant|manager)s?|home helps?)\b"
)
"""“I am a support worker and worry about a client” is not about paid staff: these words are left out before staff is looked for."""

WHERE_STAFF_ARE = re.compile(
    r"\b(?:care|nursing|residential|rest|old peoples) homes?\b|\b(?:the|her|his|my) (?:ward|day centre)\b"
    r"|\bin (?:a |the )?(?:hospital|home|care)\b|\bhospital\b|\bcarers?\b|\bmanager\b"
)
"""Who lives there may still be harmed by a son: a place is a reply to “is it about paid care or staff?”, and says nothing elsewhere."""

NOT_STAFF = re.compile(
    r"\bfamily\b|\b(?:not|isnt|arent|no) (?:a )?(?:paid|staff|carer)\b|\b(?:her|his|my|their|our|the) (?:own )?"
    r"(?:son|daughter|husband|wife|brother|sister|partner|neighbou?r|nephew|niece|friend|mum|dad)\b|\bunpaid\b|\bno paid\b"
)
AGREES = re.compile(
    r"\b(?:she|he|they)(?: \w+)? (?:knows?|agrees?|agreed|asked me|wants? me to|wanted me to|said yes|is happy|are happy|is ok|are ok)\b"
    r"|\b(?:asked|told) (?:him|her|them) and (?:he|she|they) (?:said yes|agreed?s?|wants?|is ok|are ok)\b|\bthey do\b|\b(?:she|he) does\b"
)
REFUSES = re.compile(
    r"\b(?:doesnt|does not|didnt|did not|wouldnt|wont|(?:they|parents) (?:dont|do not)) (?:even )?(?:know|want|agree|like)\b"
    r"|\b(?:said|says|told me|saying|begged me) (?:no|not to)\b|\brefus(?:es|ed|ing)\b|\bbegged me\b|\bsecret\b"
    r"|\b(?:havent|have not|not) (?:asked|told|spoken)\b|\bmade me promise\b|\bbehind (?:her|his|their) back\b"
)
CANNOT_SAY = re.compile(
    r"\bdementia\b|\balzheimers\b|\b(?:cant|cannot|not able to|unable to) (?:\w+ )?(?:decide|understand|speak|talk|choose|say|tell)\b"
    r"|\b(?:doesnt|does not|wouldnt|dont|may not|might not) (?:really )?understand\b|\bno capacity\b|\blacks? capacity\b|\bin a coma\b"
)
SAFE_NOW = re.compile(
    r"\b(?:no ?one|nobody)(?: is| s)?(?: \w+)? (?:danger|hurt|harm)\b|\bnot (?:in )?(?:any )?(?:danger|immediate|right now|now"
    r"|at the moment|"
    r"today|urgent|hurt|an emergency)\b|\b(?:safe|ok|okay|fine) (?:right )?(?:now|for now|at the moment|today)\b"
    r"|\bno (?:immediate )?danger\b"
    r"|\b(?:years|months|weeks|long time) ago\b|\bin the past\b|\bit(?: is| s|s)? (?:all )?over now\b"
)

_NAME = r"[A-ZÀ-Þ](?=[\w'’-]*[a-zß-ÿ])[\w'’-]+"
NAMES = re.compile(rf"(\b[a-z][\w'’-]*) {_NAME}(?: {_NAME})*")
"""Words with a capital after one without, such as names of people; “85. He Is Back” has none."""

ONLY_WHO = re.compile(
    rf"\b{_WHOSE} (?:old |elderly |older |young |best |next door |disabled )?{PERSON}\b"
    rf"|{AGE_NUMBER.pattern}|\b(?:shes|hes|theyre|she is|he is|they are|she|he|they|its|it is|this is|is|who|whos|mr|mrs|miss|ms)\b"
    r"|\b(?:me|myself|called|named|name|aged?|about|for|and|well|um|ok|so|just|only|the|next door|mum|mam|dad|nan|gran|grandma|grandad)\b"
)
"""All that can stand in a message that says who it is about, and nothing beside it."""

NOT_SURE = re.compile(
    r"^(?:i )?(?:am |m )?(?:im )?(?:really |still )?(?:not (?:really |very |too |quite )?(?:sure|certain)|unsure|uncertain)\b"
    r"|\bnot sure\b|\bunsure\b"
    r"|(?:^|\bi |\bno )(?:really )?(?:dont|do not|didnt)(?: really)? (?:know|want to say|remember)\b|^dunno\b|\bidk\b|^(?:maybe|perhaps"
    r"|possibly|might be|could be)\b"
    r"|\bno (?:idea|clue)\b|\bhard to (?:say|tell)\b|\b(?:cant|cannot|rather not|prefer not to|id rather not) (?:say|tell|be sure)\b"
    r"|^(?:skip|pass)$"
)
YES = re.compile(
    r"^(?:(?:oh|um|er|well|ok|okay|ah|erm) )?(?:yes|yeah|yep|yup|yea|yess|ye|y|aye|ya|sure|definitely|absolutely|correct|true"
    r"|i think so|probably|"
    r"sadly yes|afraid so|im afraid so|of course|sim|tak|oui)\b(?! (?:but )?(?:wait|no|actually))"
)
NO = re.compile(
    r"^(?:(?:oh|um|er|well|ok|okay|ah|erm) )?(?:no|nope|nah|n|naw|nobody|no one|nothing(?= really|[ .]*$)|not really"
    r"|never|i dont think so|dont think so|not yet"
    r"|not now|nao|nie|non|none)\b"
    r"(?! (?:wait|hang|hold|sorry|actually|idea|clue|thanks|thank|more))(?! , (?:wait|actually|sorry))"
)
ASKS = re.compile(
    r"\?\s*$|^(?:and |but |so |ok )?(?:what|whats|how|why|will|would|can|could|do i|do they|do you|does|did|is it|is this|is that"
    r"|are they|are you|"
    r"who|whos|when|where|which|should|shall|am i)\b"
)
CORRECTS = re.compile(
    r"^(?:(?:oh|no|sorry|oops|um|er) ,? ?)*(?:wait|actually|sorry|correction|i mean|i meant|hang on|hold on|no its|no it is|not (?:me"
    r"|about me))\b|\bactually\b|\bi (?:meant|mean)\b"
)


def read(text: str, open_question: str | None = None) -> dict[str, str]:
    """What the words say, by slot. A bare “yes”, “no” or number is read as a reply to the open question."""
    words = normalise(MONEY.sub(" money ", text))
    plain = re.sub(r"[.?!,;: ]+", " ", words).strip()
    said = {**_who(plain, open_question), **_what_happened(plain, open_question), **_how_things_stand(plain, open_question)}
    reply = _reply(words, open_question)
    if reply and open_question and open_question not in said:
        said[open_question] = reply
    return age_of_bare_number(plain, open_question) | said


def asks(text: str) -> bool:
    """Whether the message has the shape of a question."""
    return ASKS.search(normalise(text)) is not None


def without_names(text: str) -> str:
    """The text without the words that have a capital inside a sentence: they say nothing of its language, or of danger."""
    return NAMES.sub(r"\1", text)


def says_only_who(text: str) -> bool:
    """Whether the message says who it is about and nothing beside it: “my neighbour Marie Le Sueur, she's 85”, “actually it's me”.

    Names are left out first: a reader that never met them may take them for anything.
    """
    plain = re.sub(r"[.?!,;: ]+", " ", normalise(without_names(text))).strip()
    return bool(_who(plain, None)) and not ONLY_WHO.sub(" ", CORRECTS.sub(" ", plain)).strip()


def corrects(text: str) -> bool:
    """Whether the message takes back something: “actually it's me”, “no wait, he's 16”."""
    return CORRECTS.search(re.sub(r"[.?!;:]+", " ", normalise(text))) is not None


def still_about_self(text: str, told: dict[str, str], open_question: str | None) -> dict[str, str]:
    """What somebody says who writes about themselves: “no, it's my son” names who did it, and changes not who it is about.

    It does where that is the open question, or where they take something back: “actually it's my mum”.
    """
    if told.get("for_whom") != "other" or open_question == "for_whom" or corrects(text) or NOT_SELF.search(normalise(text)):
        return told
    return {slot: value for slot, value in told.items() if slot not in ("for_whom", "age")}


def _who(plain: str, open_question: str | None) -> dict[str, str]:
    """Who it is about, and how old. An age is that of another person, but where the age alone was asked for it says no more."""
    said: dict[str, str] = {}
    if ABOUT_SELF.search(plain) and not NOT_SELF.search(plain):
        said["for_whom"] = "self"
    elif ABOUT_ANOTHER.search(plain):
        said["for_whom"] = "other"
    age = age_of(plain)
    own = re.search(r"\b(?:im|i am)\b", plain)
    if age and (said.get("for_whom") != "self" or own):
        said["age"] = age
        if own or open_question != "age":
            said.setdefault("for_whom", "self" if own else "other")
    return said


def _what_happened(plain: str, open_question: str | None) -> dict[str, str]:
    said: dict[str, str] = {}
    if NOT_HARMED.search(plain):
        said["harm"] = "no"
    elif HARMED.search(plain):
        said["harm"] = "yes"
    if open_question == "staff" and NOT_STAFF.search(plain):
        said["staff"] = "no"
    elif STAFF.search(OWN_JOB.sub(" ", plain)) or (open_question == "staff" and WHERE_STAFF_ARE.search(plain)):
        said["staff"] = "yes"
    return said


def _how_things_stand(plain: str, open_question: str | None) -> dict[str, str]:
    said: dict[str, str] = {}
    if SAFE_NOW.search(plain):
        said["danger"] = "no"
    if CANNOT_SAY.search(plain):
        said["consent"] = "not_sure"
    elif REFUSES.search(plain) and (
        open_question == "consent"
        or re.search(
            r"\b(?:tell|told|know|report|say|said|call"
            r"|anyone)\b",
            plain,
        )
    ):
        said["consent"] = "no"
    elif open_question == "consent" and AGREES.search(plain):
        said["consent"] = "yes"
    return said


def _reply(words: str, open_question: str | None) -> str | None:
    """“Yes”, “no” or “not sure” at the head of the message; only “not sure” answers the questions about who it is."""
    if open_question is None:
        return None
    if NOT_SURE.search(words):
        return "not_sure"
    if open_question in ("for_whom", "age"):
        return None
    if YES.search(words):
        return "yes"
    return "no" if NO.search(words) else None
