"""Releases of the guide's words: name them, keep them whole, and bring an older one back.

python -m safeguarding.release name             names the words as they are now (content/release.yml)
python -m safeguarding.release unname           takes the name from words that were named and not kept: they are what they were before
python -m safeguarding.release keep             keeps words, routing and model in releases/<name>/, with what changed and the figures
python -m safeguarding.release list             the releases that are kept
python -m safeguarding.release back NAME        brings one back; what stood there is kept beside the releases

`make release` and `make rollback TO=…` call these in order.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from safeguarding.content import load_content
from safeguarding.content_check import check
from safeguarding.file_changes import SOURCES, all_changes, files_in, files_that_differ
from safeguarding.release_name import FILE, in_words, is_name, named, next_name, released, write_name
from safeguarding.settings import ROOT

RELEASES = "releases"
MODEL = "models/guide.tar.gz"
MODELS = (MODEL, "models/languages.npz")
"""What was learnt, in all languages: it comes back with the words, so that what was understood then is understood again."""

REPORT = "release.json"


class ReleaseError(ValueError):
    """A release cannot be made or brought back; the message is one sentence that says what to do."""


def name_words(root: Path, today: date) -> str:
    """Name the words as they are now and tell the name; named and not yet kept, they keep it.

    A release is made from examples and rules too: what was kept keeps its name, and where only these changed there is a new one.
    Raises ReleaseError where the words are not right, and where nothing was changed.
    """
    serious = [finding for finding in check(root / "content", today) if finding.serious]
    if serious:
        raise ReleaseError(f"{len(serious)} things in content/ are to be put right first: run make content.")
    before, known = live(root), released(root / "content")
    taken = frozenset(path.name for path in kept(root)) | ({last.name} if (last := named(root / "content")) else set())
    if known and not (root / RELEASES / known.name).exists():
        return known.name
    if known and not files_that_differ(root / RELEASES / known.name, root):
        raise ReleaseError(f"Nothing was changed since the release {known.name}, which is kept: there is nothing to release.")
    return write_name(root / "content", next_name(today, taken), before.name if before else "").name


def unname(root: Path) -> str:
    """Take the name from words that were not kept under it; the one that they had before is back. What was done, in a sentence."""
    name = named(root / "content")
    if name is None or name.name in {path.name for path in kept(root)}:
        return "No name was taken away."
    (root / "content" / FILE).unlink()
    before = root / RELEASES / name.after / "content" / FILE
    if name.after and before.is_file():
        shutil.copy2(before, root / "content" / FILE)
    now = in_words(released(root / "content"))
    return f"The release was stopped: nothing is kept, and the words are {now} again, not {name.name}. Put right what stands above."


def keep(root: Path, figures: str) -> Path:
    """Keep the release that the words are, with the model made from exactly them; the folder. Raises ReleaseError."""
    release = released(root / "content")
    if release is None:
        raise ReleaseError("The words were changed after they were named: run make release.")
    folder = root / RELEASES / release.name
    if folder.exists():
        raise ReleaseError(f"{folder.name} is kept already and stays as it is: run make release, which names anew what was changed.")
    if not all((root / model).is_file() for model in MODELS):
        raise ReleaseError("There is no model, or none of the other languages: run make train.")
    before, new = live(root), load_content(root / "content")
    if new.digest not in _domain_of(root / MODEL):
        raise ReleaseError("The model was made from other words: run make train.")
    if changed := _newer_than_the_models(root):
        raise ReleaseError(f"{changed[0]} was changed after training: run make release.")
    making = root / RELEASES / f".making-{release.name}"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    _copy_sources(root, making)
    for model in MODELS:
        shutil.copy2(root / model, making / Path(model).name)
    (making / "changes.md").write_text(_changes_page(in_words(release), before, making), encoding="utf-8")
    (making / "figures.md").write_text(figures, encoding="utf-8")
    report = {"name": release.name, "words": release.words, "content": new.digest, "files": _digests(making)}
    (making / REPORT).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    making.rename(folder)
    return folder


def bring_back(root: Path, name: str, now: datetime) -> Path:
    """Put a release back in place; the folder where what stood there is kept. Raises ReleaseError, with nothing changed."""
    folder = root / RELEASES / name
    if not is_name(name) or not (folder / REPORT).is_file():
        names = ", ".join(path.name for path in kept(root)) or "none"
        raise ReleaseError(f"There is no release “{name}”. Kept are: {names}.")
    report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    if report["files"] != _digests(folder):
        raise ReleaseError(f"The files of release {name} are not those that were kept: choose another one.")
    if missing := [model for model in MODELS if not (folder / Path(model).name).is_file()]:
        raise ReleaseError(f"Release {name} was made by an older guide and has no {missing[0]}: choose another one.")
    coming = root / RELEASES / f".coming-{name}"
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir()
    _copy_sources(folder, coming)
    for model in MODELS:
        shutil.copy2(folder / Path(model).name, coming / Path(model).name)
    before = root / RELEASES / f"before-{now:%Y-%m-%dT%H%M%S}"
    before.mkdir()
    for source in SOURCES:
        (root / source).rename(before / source)
        (coming / source).rename(root / source)
    for model in MODELS:
        if (root / model).exists():
            (root / model).rename(before / Path(model).name)
        (root / model).parent.mkdir(exist_ok=True)
        (coming / Path(model).name).rename(root / model)
        os.utime(root / model)  # newer than every word, as it is made from exactly these
    coming.rmdir()
    return before


def kept(root: Path) -> list[Path]:
    """The folders of the releases, oldest first."""
    found = [path for path in (root / RELEASES).glob("*") if is_name(path.name) and (path / REPORT).is_file()]
    return sorted(found, key=lambda path: (path.name[:10], int(path.name[11:] or 1)))


def live(root: Path) -> Path | None:
    """The folder of the release that people read now: after a rollback an older one. The newest where none that is kept is named."""
    folders = {path.name: path for path in kept(root)}
    release = named(root / "content")
    wanted = (release.name, release.after) if release else ()
    return next((folders[name] for name in wanted if name in folders), next(reversed(folders.values()), None))


def figures_page(root: Path) -> str:
    """The evaluation, and what the tests of facts and privacy said. Raises ReleaseError where one of them was not run."""
    evaluation, privacy = root / "docs" / "evaluation.md", root / "results" / "release-tests.txt"
    if missing := [path for path in (evaluation, privacy) if not path.is_file()]:
        raise ReleaseError(f"There is no {missing[0].relative_to(root)}, so the release has no figures: run make release.")
    lines = [
        "# Figures of this release",
        "",
        "The evaluation (`make evaluate`) as it was when the release was made:",
        "",
        evaluation.read_text(encoding="utf-8"),
        "",
        "Facts and privacy, asked of the real guide with this model:",
        "",
        "```",
        privacy.read_text(encoding="utf-8").strip(),
        "```",
    ]
    return "\n".join(lines) + "\n"


def _changes_page(name: str, before: Path | None, now: Path) -> str:
    lines = [f"# What changed in the release of {name}", ""]
    if before is None:
        return "\n".join(
            [*lines, f"This is the first release that is kept. It has {len(load_content(now / 'content').answers)} answers.", ""]
        )
    found = all_changes(before, now)
    count = f"{len(found)} {'change' if len(found) == 1 else 'changes'}"
    lines += [f"Compared with the release {before.name}. {count}." if found else f"No word changed since {before.name}.", ""]
    return "\n".join([*lines, *(f"- {change.in_words()}" for change in found), ""])


def _newer_than_the_models(root: Path) -> list[str]:
    """Examples, rules and settings that were changed while or after a model was made from them; for words their digest tells."""
    made = min((root / model).stat().st_mtime for model in MODELS)
    return [name for name, path in files_in(root).items() if not name.startswith("content/") and path.stat().st_mtime > made]


def _domain_of(model: Path) -> str:
    """The domain that a model was made with, as text; it holds the digest of the words. Empty where the file is no model."""
    try:
        with tarfile.open(model) as archive:
            names = [member for member in archive.getmembers() if member.name.endswith("domain_provider/domain.yml")]
            found = archive.extractfile(names[0]) if names else None
            return found.read().decode() if found else ""
    except (tarfile.TarError, OSError):
        return ""


def _copy_sources(start: Path, end: Path) -> None:
    for source in SOURCES:
        if (start / source).is_dir():
            shutil.copytree(start / source, end / source)
        else:
            shutil.copy2(start / source, end / source)


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that is put back in place."""
    paths = [*(folder / Path(model).name for model in MODELS), *files_in(folder).values()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Do one step; 0, or 1 and one sentence on what to do."""
    now = datetime.now(UTC)
    commands: dict[str, Any] = {
        "name": lambda: f"The words are named {name_words(root, now.date())}.",
        "keep": lambda: f"The release is kept: {keep(root, figures_page(root)).relative_to(root)}/. What changed stands in its changes.md.",
        "unname": lambda: unname(root),
        "list": lambda: (
            "\n".join(f"{path.name}  {json.loads((path / REPORT).read_text())['content']}" for path in kept(root)) or "None yet."
        ),
        "back": lambda: _back(root, arguments[1] if len(arguments) > 1 else "", now),
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 1
    try:
        print(commands[arguments[0]]())
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _back(root: Path, name: str, now: datetime) -> str:
    before = bring_back(root, name, now)
    return f"Release {name} is back in place. What stood there is in {before.relative_to(root)}/. Start the guide again: make run."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
