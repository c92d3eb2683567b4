"""The words that may not stand in the guide: for each rule what it must catch, and what looks alike and is right."""

from __future__ import annotations

import pytest

from safeguarding.content_rules import RULES, Rule

TABLE: dict[str, tuple[list[str], list[str]]] = {
    "care_act": (
        ["Under the Care Act 2014 you can ask.", "a section 42 enquiry", "an s42 enquiry"],
        ["He acts with care.", "section 4 of the form"],
    ),
    "mental_capacity_act": (
        ["the Mental Capacity Act", "ask for an IMCA", "a DoLS form", "an Independent Mental Capacity Advocate", "the Court of Protection"],
        ["capacity to act", "an Independent Capacity Advocate", "the court", "protection from harm"],
    ),
    "care_quality_commission": (["tell the CQC", "the Care Quality Commission"], ["the Jersey Care Commission", "the quality of care"]),
    "short_numbers": (["Call 101.", "ring 111 now", "101 is for the police", "Call 1-0-1"], ["call 1010", "room 11", "1 in 11"]),
    "nhs": (["an NHS worker"], ["the health service"]),
    "action_fraud": (["Tell Action Fraud."], ["Take action. Fraud is a crime."]),
    "silent_solution": (
        [
            "press 55",
            "pressing 55 works",
            "the emergencySMS service",
            "Text 999 if you cannot speak.",
            "texting 999",
            "Send a text to 999.",
            "Send a text message to 999.",
            "the 999 text service",
        ],
        ["press 5", "text the police", "text 07797 790999", "Text the police or call 999.", "Call 999. Text me later."],
    ),
    "domestic_abuse_act": (["the Domestic Abuse Act 2021"], ["the Domestic Abuse (Jersey) Law 2022", "domestic abuse acts"]),
    "prosecutors": (["the CPS decides", "the Crown Prosecution Service"], ["the court decides"]),
    "data_protection": (["the UK GDPR", "tell the ICO"], ["the Jersey Office of the Information Commissioner", "an icon"]),
    "council": (["Call your council.", "the local authority", "local councils"], ["counsel", "the Council of Ministers"]),
    "adults_board": (["the Safeguarding Adults Board"], ["the Safeguarding Adults Team", "the Jersey Safeguarding Partnership Board"]),
    "duty_only_on_professionals": (
        ["Only professionals must report.", "Only staff have a duty.", "You have no duty to tell."],
        ["Not only staff: anyone can raise a concern.", "Only a doctor can say", "You have a duty to report a concern."],
    ),
    "over_18": (["a person over 18", "over the age of 18"], ["18 or over", "under 18", "someone over 80"]),
    "law_lists_kinds": (
        ["the law lists ten kinds", "There are 10 types of abuse."],
        ["These are the main kinds of abuse.", "two kinds of help"],
    ),
    "old_names": (["Call Health and Community Services.", "the Women's Refuge"], ["Health and Care Jersey", "FREEDA"]),
    "englands_other_acts": (
        ["the Equality Act", "the Human Rights Act 1998"],
        ["the Mental Health (Jersey) Law 2016", "an act of kindness"],
    ),
    "alert": (["raise an alert", "a safeguarding alert"], ["raise a concern", "stay alert"]),
    "somebody_will_act": (
        [
            "Someone will come.",
            "They will call you back.",
            "the police will help",
            "A social worker will soon visit.",
            "We'll protect you.",
            "The team will look into it.",
        ],
        [
            "No one will come because of this chat.",
            "Will someone come?",
            "I do not know if someone will come.",
            "I cannot say what they will decide.",
            "Someone may say they will hurt you.",
            "I will now use short sentences.",
            "Someone may change your will. Call now.",
            "It says who will do what.",
        ],
    ),
    "we_will_report": (
        ["We will report this.", "I'll tell the police.", "I am going to pass this on.", "I will send it.", "We will remember you."],
        ["You can report this.", "I will use short sentences.", "I cannot tell anyone."],
    ),
    "it_was_reported": (
        ["I have told the team.", "We've already reported it.", "Your concern has been sent.", "The message was passed on."],
        ["I have not told anyone.", "I have passed nothing on.", "If you have called, wait.", "Have you told anyone?", "You have told me."],
    ),
    "you_will_be_safe": (
        ["You will be safe.", "You'll be believed.", "You will get help.", "You will not get into trouble."],
        ["Will you be safe?", "You should be believed.", "You can get help."],
    ),
    "secret": (
        ["This is completely confidential.", "Nobody will know.", "No one will ever find out.", "It will be kept secret."],
        ["No one will come.", "It is confidential.", "Staff cannot promise to keep a secret."],
    ),
    "guarantee": (
        ["I promise that.", "We guarantee it.", "Help is guaranteed."],
        ["I can't promise a reply.", "false promises", "They cannot promise it."],
    ),
    "how_fast": (
        ["within two working days", "within 24 hours", "in a few minutes", "Lines are open 24/7."],
        ["in the last few days", "in a few words", "The centre is open day and night.", "within the team"],
    ),
    "this_is_abuse": (
        [
            "This is abuse.",
            "That is not abuse.",
            "It is clearly a crime.",
            "What you describe is neglect.",
            "That sounds like abuse.",
            "It's illegal.",
        ],
        [
            "It can be abuse.",
            "This is called abuse.",
            "I cannot say if it is abuse.",
            "You do not need to be sure that it is a crime.",
            "It may be a crime.",
            "This is how abuse starts.",
            "If you think it is neglect, call.",
        ],
    ),
    "you_are_a_victim": (
        ["You are being abused.", "You are a victim.", "You're an adult at risk.", "You are safe.", "You are not in danger."],
        [
            "If you are in danger now, call.",
            "When you are safe, call.",
            "You are welcome.",
            "You do not need to be sure that you are at risk.",
        ],
    ),
    "you_qualify": (
        ["You qualify.", "He does not meet the criteria.", "You are eligible.", "She is not entitled to it."],
        ["I cannot say if you qualify.", "You are right to ask.", "Ask whether you are eligible."],
    ),
    "not_serious": (
        ["It is nothing to worry about.", "That is not serious enough.", "This is not an emergency."],
        ["Is it serious enough?", "when it is not an emergency", "It is serious."],
    ),
    "guilty": (
        ["the abuser", "Perpetrators do this.", "a concern against him"],
        ["the person who may have caused harm", "a concern about him", "abuse"],
    ),
    "claims_feeling": (
        [
            "I understand how you feel.",
            "I know how hard this is.",
            "I can imagine what you are going through.",
            "I really understand your fear.",
            "I feel for you.",
        ],
        [
            "I am sorry that you are going through this.",
            "I did not understand you.",
            "I do not know what they will decide.",
            "Tell someone how you feel.",
            "I do not know the opening hours.",
        ],
    ),
}
"""The rule, what breaks it, and what does not."""

ALL_RULES = {rule.name: rule for rules in RULES.values() for rule in rules}


def test_each_rule_has_its_table_and_its_reason() -> None:
    assert set(TABLE) == set(ALL_RULES)
    assert sum(len(rules) for rules in RULES.values()) == len(ALL_RULES)
    assert all(rule.reason.endswith(".") and rule.instead.endswith((".", "”")) for rule in ALL_RULES.values())


@pytest.mark.parametrize(("rule", "text"), [(ALL_RULES[name], text) for name, (hits, _) in TABLE.items() for text in hits])
def test_it_catches(rule: Rule, text: str) -> None:
    assert list(rule.found_in(text))


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, (_, near) in TABLE.items() for text in near])
def test_it_lets_pass(name: str, text: str) -> None:
    assert not list(ALL_RULES[name].found_in(text))


TRAPS = {
    "The Care Act 2014 says that a section 42 enquiry follows.": "care_act",
    "Under the Mental Capacity Act you can have an IMCA.": "mental_capacity_act",
    "Tell the CQC.": "care_quality_commission",
    "Call 101.": "short_numbers",
    "Call NHS 111.": "short_numbers",
    "The Domestic Abuse Act 2021 protects you.": "domestic_abuse_act",
    "The CPS decides.": "prosecutors",
    "The UK GDPR applies.": "data_protection",
    "Complain to the ICO.": "data_protection",
    "Only professionals have a duty to report.": "duty_only_on_professionals",
    "Report it to Action Fraud.": "action_fraud",
    "Call 999 and press 55.": "silent_solution",
    "Use emergencySMS.": "silent_solution",
    "Text 999.": "silent_solution",
    "Use the 999 text service.": "silent_solution",
    "Ask for an Independent Mental Capacity Advocate.": "mental_capacity_act",
}
"""Every row of the table “Jersey is not England” of the domain reference, as somebody would write it."""


@pytest.mark.parametrize(("text", "rule"), TRAPS.items())
def test_every_trap_of_england_is_caught_with_its_reason(text: str, rule: str) -> None:
    assert rule in {known.name for known in RULES["England's terms"] if list(known.found_in(text))}
