"""The answer ids that the chat contract promises to those who build on it: each must have a file, and none may be renamed."""

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
