"""The ids that must stand in `content/`: those that the chat contract promises, and those that the program needs by name.

None of them may be renamed or taken out, however their words change. `content_check` looks whether each is there;
tests/content/test_needed_by_name.py looks whether a name in the code is missing here.
"""

from __future__ import annotations

ANSWER_IDS = frozenset(
    """
    greet goodbye thanks bot_challenge about what_can_you_do privacy repeat clarify human feedback_complaint easy_read_on easy_read_off
    what_is_safeguarding what_is_abuse is_this_abuse adult_at_risk signs_of_abuse abuse_physical abuse_emotional abuse_financial
    scams_mate_crime abuse_sexual abuse_domestic abuse_neglect abuse_self_neglect abuse_organisational abuse_discriminatory
    abuse_modern_slavery msp principles principle_empowerment principle_prevention principle_proportionality principle_protection
    principle_partnership principle_accountability how_to_report online_form police_non_emergency cannot_phone no_answer outside_jersey
    what_happens_next anonymity_confidentiality consent_capacity allegation_staff advocacy_support child_concern care_help carer_strain
    own_behaviour accused not_in_jersey training_resources emergency after_emergency suicide_self_harm sexual_assault
    domestic_abuse_support concern_self concern_other out_of_scope not_understood service_problem
""".split()
)
"""The answers that the chat contract promises to those who build on it."""

SAID_BY_NAME = frozenset(
    """
    after_emergency_cannot_talk after_emergency_nothing after_emergency_what_to_say concern_other_urgent concern_self_urgent deny
    language_not_offered not_sure nothing_open said_before started_afresh stop_asking which_one words_to_say
    why why_only_safeguarding why_spor why_these_people
    why_report_danger why_report_for_whom why_report_age why_report_harm why_report_staff why_report_consent
    report_danger report_danger_again report_danger_unsure report_for_whom report_for_whom_again report_age report_age_again
    report_harm report_harm_again report_harm_self report_harm_self_again report_staff report_staff_again
    report_consent report_consent_again report_contacts
    report_card_child report_card_child_self report_card_crime report_card_crime_self report_card_not_sure report_card_other
    report_card_says_no report_card_self report_card_staff report_card_staff_self
    signs_physical signs_domestic signs_sexual signs_emotional signs_financial signs_scams_mate_crime signs_modern_slavery
    signs_discriminatory signs_organisational signs_neglect signs_self_neglect
""".split()
)
"""Answers beside those of the contract that the guide says itself: follow-ups, the guided path and its reasons, the signs of each kind."""

BUTTONS_BY_NAME = frozenset(
    """
    more report_start report_stop report_back
    report_danger_yes report_danger_no report_danger_not_sure
    report_for_whom_self report_for_whom_adult report_for_whom_child report_for_whom_not_sure
    report_age_adult report_age_child report_age_not_sure
    report_harm_yes report_harm_no report_harm_not_sure
    report_staff_yes report_staff_no report_staff_not_sure
    report_consent_yes report_consent_no report_consent_not_sure
    language_en language_pt language_pl language_fr language_ro
""".split()
)
"""Buttons whose words stand in `choices.yml`: those of the guided path and of the menu of languages."""

CONTACTS_BY_NAME = frozenset({"emergency", "emergency_text", "spor", "concerns_form", "police"})
"""What the page shows at all times, and every reply when something fails."""

PICTURES_BY_NAME = frozenset({"list"})
"""The picture beside “Question 2 of 4.”"""
