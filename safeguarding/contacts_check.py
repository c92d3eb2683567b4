"""Looks whether the contacts still hold: `python -m safeguarding.contacts_check`, by hand or from a scheduler.

Exit code 0 when all is well, 1 when somebody should look at an entry, 2 when the web could not be reached at all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import requests

from safeguarding.content import Contact, ContentError, load_content
from safeguarding.settings import SettingsError, load_settings

SECONDS = 10.0
"""How long an address may take; the Board's website answers in under two."""

AT_ONCE = 4
AGENT = "Jersey safeguarding guide, check of contacts"

NUMBER = re.compile(
    r"""
      999 | 112                                     # emergency services
    | 116\ ?\d{3}                                   # helplines of one kind all over Europe, such as Samaritans
    | 0(1534|7797|7700|7829|7937|7509)\ \d{6}       # Jersey: fixed lines and its mobile networks
    | \+44\ 1534\ \d{6}                             # Jersey's fixed lines, from outside
    | 0(800|808|300|303|345)\ \d{3}\ \d{3,4}        # free and national numbers
    """,
    re.VERBOSE,
)
"""The numbers that a contact may have, written as people read them."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    contact: str
    looked_at: str
    result: str
    well: bool
    reached: bool = True


def check_number(contact: Contact, number: str) -> Finding:
    """Whether a number is well-formed."""
    well = bool(NUMBER.fullmatch(number))
    return Finding(contact.id, number, "well-formed" if well else "not a number that Jersey dials: correct it in contacts.yml", well)


def check_review(contact: Contact, today: date) -> Finding:
    """Whether an entry is inside its review date."""
    over = (today - contact.review_by).days
    if over <= 0:
        return Finding(contact.id, f"review by {contact.review_by}", "in time", True)
    days = "1 day" if over == 1 else f"{over} days"
    return Finding(contact.id, f"review by {contact.review_by}", f"{days} late: compare the entry with its source", False)


def check_address(contact: str, address: str, session: requests.Session, seconds: float = SECONDS) -> Finding:
    """Whether a web address answers, and if not, what is wrong with it."""
    try:
        with session.get(address, timeout=seconds, stream=True, headers={"User-Agent": AGENT}) as reply:
            return _judge(contact, address, reply)
    except requests.exceptions.SSLError:
        return Finding(contact, address, "its certificate cannot be trusted: tell whoever runs it, or look for the new address", False)
    except requests.exceptions.TooManyRedirects:
        return Finding(contact, address, "it sends on and on without end: look for the new address", False)
    except requests.exceptions.ConnectTimeout:  # a firewall that drops everything looks like this, so it may be the network
        told = f"nothing answers there within {seconds:g} seconds: try again later, or look for the new address"
        return Finding(contact, address, told, False, reached=False)
    except requests.exceptions.Timeout:
        return Finding(contact, address, f"no answer within {seconds:g} seconds: try again later", False)
    except requests.exceptions.ConnectionError:
        return Finding(contact, address, "nothing answers there: look for the new address", False, reached=False)
    except (requests.exceptions.RequestException, ValueError) as error:
        return Finding(contact, address, f"cannot be asked ({type(error).__name__}): correct it", False)


def check_all(contacts: Iterable[Contact], form: str, today: date, seconds: float = SECONDS) -> list[Finding]:
    """Every number, review date and web address, the form's among them where it is set."""
    known = list(contacts)
    findings = [check_number(contact, number) for contact in known for number in (contact.phone, contact.fax) if number]
    findings += [check_review(contact, today) for contact in known]
    addresses = [(contact.id, contact.url) for contact in known if contact.url]
    addresses += [("CONCERNS_FORM_URL", form)] if form else []
    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        return findings + list(pool.map(lambda pair: check_address(pair[0], pair[1], session, seconds), addresses))


def exit_code(findings: Sequence[Finding]) -> int:
    """0 all well, 1 an entry needs somebody, 2 no address could be reached at all."""
    asked = [finding for finding in findings if "://" in finding.looked_at]
    if asked and not any(finding.reached for finding in asked):
        return 2
    return 0 if all(finding.well for finding in findings) else 1


def table(findings: Sequence[Finding]) -> str:
    """The findings for a person, what needs somebody first."""
    ordered = sorted(findings, key=lambda finding: (finding.well, finding.contact))
    rows = [("", "contact", "result", "looked at"), *((" " if f.well else "!", f.contact, f.result, f.looked_at) for f in ordered)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip() for row in rows)


def main(environ: Mapping[str, str] | None = None) -> int:
    """Look at everything, print the table and the sum of it."""
    try:
        settings, content = load_settings(environ), load_content()
    except (SettingsError, ContentError) as error:
        print(error, file=sys.stderr)
        return 1
    findings = check_all(content.contacts.values(), settings.concerns_form_url, datetime.now(UTC).date())
    code = exit_code(findings)
    print(table(findings))
    if not settings.concerns_form_url:
        print("\nCONCERNS_FORM_URL is not set: the guide names the Board's website in place of the form. A release needs it.")
    print("\n" + _sum(findings, code))
    return code


def _judge(contact: str, address: str, reply: requests.Response) -> Finding:
    if reply.status_code >= 400:
        return Finding(contact, address, f"answers with error {reply.status_code}: look for the new address", False)
    moved = [step for step in reply.history if step.status_code in (301, 308)]
    if moved and _place(reply.url) != _place(address):
        return Finding(contact, address, f"has moved to {reply.url}: write that in its place", False)
    return Finding(contact, address, "answers" if not reply.history else f"answers, by way of {reply.url}", True)


def _place(address: str) -> tuple[str, str]:
    """What makes two addresses the same place: not http or https, not a slash at the end."""
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/")


def _sum(findings: Sequence[Finding], code: int) -> str:
    if code == 2:
        return "No web address could be reached: is this machine on the network? Numbers and review dates were looked at all the same."
    wrong = sum(not finding.well for finding in findings)
    return f"{wrong} of {len(findings)} need somebody to look: they stand first, marked “!”." if wrong else f"All {len(findings)} are well."


if __name__ == "__main__":
    sys.exit(main())
