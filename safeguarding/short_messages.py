"""Short messages that lean on what was said before, known by their whole wording, and the words whose meaning is asked for.

“Yes”, “the second one” or “and the phone number?” say nothing by themselves; `safeguarding.follow_ups` decides what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from safeguarding.danger import normalise

_PLEASE = r"(?: please| thanks| thank you| then| now)?"
SHORT_MESSAGES: Mapping[str, re.Pattern[str]] = {
    intent: re.compile(rf"(?:{pattern}){_PLEASE}")
    for intent, pattern in {
        "affirm": r"(?:oh |um |er |well )?(?:yes|yeah|yep|yup|yea|ye|aye|sure|please do|of course|go on then|that one|i do|definitely"
        r"|sim|tak|oui)"
        r"(?: i do| that one| of course| i would)?",
        "deny": r"(?:oh |um |er |well )?(?:no|nope|nah|no i dont|not really|nao|nie|non)",
        "not_sure": r"(?:im |i am )?(?:really )?(?:not (?:really |very )?sure|unsure|not certain)|i? ?(?:dont|do not)(?: really)? know"
        r"|dunno|idk|no idea|no clue",
        "stop_asking": r"stop(?: this| asking| asking me| now| these questions| the questions| the form)?|cancel(?: this| it| that)?"
        r"|quit|exit|"
        r"no more questions|enough(?: questions)?|i want to stop|lets stop|forget it|never ?mind|end this|leave it|"
        r"i dont want to (?:answer|do this|go on|carry on|answer this|answer that|answer any more)(?: any ?more)?(?: questions)?",
        "go_back": r"(?:can (?:i|we|you) )?(?:go|take me|get|step) back(?: one| a step| a question| to the last question)?|back|"
        r"(?:the )?previous(?: question| one)?|undo(?: that)?|(?:oops )?i (?:pressed|chose|clicked|tapped|hit) the wrong (?:one|button"
        r"|thing|answer)|"
        r"i made a mistake|(?:i want to |can i )?change my (?:last )?answer|wrong (?:answer|button)",
        "tell_more": r"(?:can you |could you |please )?(?:tell|show|give) me (?:some |a bit |a little )?more(?: about (?:it|that|this))?|"
        r"more(?: info| information| details?)?|say more(?: about (?:it|that|this))?|anything else|something else|go on|carry on"
        r"|continue|what else",
        "ask_why": r"(?:but |and )?why(?: is that| that| this| so| do you ask| do you ask that| do you need to know"
        r"| do you want to know| not| should i| them|"
        r" are you asking(?: me)?(?: that| this)?)?|how come|what for|for what reason",
        "ask_number": r"(?:and )?(?:whats |what is |what was |can i have |give me |i need )?(?:the |their |its |that )?(?:phone "
        r"|telephone |tel )?number"
        r"(?: again)?|(?:and )?what number do i (?:call|ring|phone)",
        "pick_first": r"(?:the |number |option |choice )?(?:first|1st|1|1\.)(?: one| option| choice| button)?|(?:number|option) one"
        r"|the top one",
        "pick_second": r"(?:the |number |option |choice )?(?:second|2nd|2)(?: one| option| choice| button)?|(?:number|option) two"
        r"|the middle one",
        "pick_third": r"(?:the |number |option |choice )?(?:third|3rd|3)(?: one| option| choice| button)?|(?:number|option) three",
        "pick_fourth": r"(?:the |number |option |choice )?(?:fourth|4th|4)(?: one| option| choice| button)?|(?:number|option) four",
        "ask_signs_of_this": r"(?:and )?(?:what|which)(?: are| were|re)? (?:the|its) (?:warning )?signs(?: of (?:it|that|this))?"
        r"|(?:and )?the signs|"
        r"(?:are there )?any signs(?: of (?:it|that|this))?|signs|how (?:would|do|can|could) (?:i|you|we) (?:tell|know|notice|spot it)",
        "say_nothing": r"(?:(?:oh|um|sorry|no|its|it is|it was|ok|okay) )*nothing(?: really| else| much| at all| more| happened| is wrong|"
        r" wrong| to (?:say|add|tell)(?: you)?)?|i (?:have|ve|got|have got) nothing (?:more |else )?to (?:say|add|tell)(?: you)?|"
        r"(?:it )?does ?nt matter|i do ?nt want to (?:say|talk)(?: anything| any more| more| about it)?",
        "acknowledge": r"(?:ok|okay|k|kk|right|alright|all right|fine|i see|got it|understood|noted|ok then|right then"
        r"|fair enough)(?: ok| i see)?",
        "start_again": r"(?:can (?:i|we) |i want to |lets |id like to )?(?:start|begin) (?:again|over|afresh|from the (?:start"
        r"|beginning))|"
        r"from the (?:start|beginning)|restart",
    }.items()
}
"""Each kind of short message by the whole of its wording, without stops."""

_ASKS_MEANING = (
    re.compile(r"(?:and |so )?(?:what|wot) (?:does|do|did)(?: the word| the words)? (?P<word>.+?) (?:even |actually )?mean"),
    re.compile(r"(?:what is |whats )?(?:the )?meaning of(?: the word)? (?P<word>.+)"),
    re.compile(r"what do (?:you|they) mean by (?P<word>.+)"),
    re.compile(r"(?:define|explain the words?) (?P<word>.+)"),
    re.compile(r"(?P<word>.+?) (?:means what|what does (?:that|it) mean)"),
    # Plainly only where no answer is about the word; “what is consent” has one.
    re.compile(
        r"(?:and |so )?(?:what is|whats|what are|wots|wot is) (?:a |an |the )?"
        r"(?P<word>referrals?|allegations?|enquiry|enquiries|investigations?|evidence|jersey care commission|public protection unit"
        r"|safeguarding adults team|citizens advice)"
    ),
)

HAS_ITS_OWN_ANSWER = re.compile(
    r"(?:adult )?safeguarding|.*abuse|(?:self )?neglect|adults? at risk|making safeguarding personal|principles?|empowerment|prevention|"
    r"proportionality|protection|partnership|accountability|modern slavery|mate crime|cuckooing|scams?|discrimination"
)
"""Words that an answer explains better than one line of the glossary."""


def recognise(text: str) -> str | None:
    """The intent of a short message, if the whole of it is one."""
    plain = _plain(text)
    return next((intent for intent, pattern in SHORT_MESSAGES.items() if pattern.fullmatch(plain)), None)


def hard_word(text: str, glossary: Mapping[str, str]) -> str | None:
    """The word of the glossary whose meaning is asked for; none where another answer explains it, or it is not in the glossary."""
    plain = _plain(text)
    for pattern in _ASKS_MEANING:
        if match := pattern.fullmatch(plain):
            return _find_word(re.sub(r"^(?:a|an|the|word) ", "", match["word"]), glossary)
    return None


def _plain(text: str) -> str:
    return re.sub(r"[.?!,;:\s]+", " ", normalise(text)).strip()


def _find_word(word: str, glossary: Mapping[str, str]) -> str | None:
    known = {_plain(entry.replace("-", " ")): entry for entry in glossary}
    for form in (word, word.removesuffix("s"), word.removesuffix("ed"), word.removesuffix("ity")):
        if HAS_ITS_OWN_ANSWER.fullmatch(form):
            return None
        if form in known:
            return known[form]
    parts = [entry for plain, entry in known.items() if word in plain.split() and not HAS_ITS_OWN_ANSWER.fullmatch(word)]
    return min(parts, key=len, default=None)
