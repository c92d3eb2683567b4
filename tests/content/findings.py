"""What tests of the content check share: two answers to plant faults in, and how one finding is expected."""

from __future__ import annotations

from safeguarding.content_files import Finding

ANSWER = "answers/talk/thanks.yml"
HAND_OFF = "answers/telling/concern_self.yml"


def one(findings: list[Finding], file: str, field: str) -> Finding:
    assert [(finding.file, finding.field) for finding in findings] == [(file, field)], findings
    finding = findings[0]
    assert finding.wrong
    assert finding.to_do
    return finding
