"""Rasa's own starter bot, as `rasa init` writes it, with one custom action more, so that a hand-off has its counterpart.

It is made and trained once into results/starter/ and trained again only when this file changes. Its pipeline and policies are those
that Rasa suggests (DIET, TED and the rest, 100 epochs), its conversations lie in Rasa's own memory store.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from bot.launch import child_environment
from safeguarding.settings import ROOT, load_settings

FOLDER = ROOT / "results" / "starter"
RASA = [sys.executable, "-m", "rasa"]

ACTION = """from rasa_sdk import Action


class ActionHandOff(Action):
    def name(self):
        return "action_hand_off"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Please call 01534 444440.")
        return []
"""
ADDED_DOMAIN = {"intents": ["ask_hand_off"], "actions": ["action_hand_off"]}
ADDED_RULE = {"rule": "Hand over", "steps": [{"intent": "ask_hand_off"}, {"action": "action_hand_off"}]}
ADDED_EXAMPLES = (
    "how do i report abuse", "i want to report something", "where can i report a worry", "report abuse", "who do i tell about abuse",
    "i need to tell somebody", "how to report neglect", "give me the number to call", "who can i call", "reporting a concern",
)  # fmt: skip


def starter_model() -> Path:
    """The folder of the starter with its trained model; the first time it is made, which takes minutes."""
    mark = FOLDER / "made-by"
    if not mark.exists() or mark.read_text(encoding="utf-8") != _digest():
        shutil.rmtree(FOLDER, ignore_errors=True)
        _write(FOLDER)
        command = [*RASA, "train", "--fixed-model-name", "starter"]
        subprocess.run(command, cwd=FOLDER, env=environment(), check=True, stdout=subprocess.DEVNULL)
        mark.write_text(_digest(), encoding="utf-8")
    return FOLDER


def environment() -> dict[str, str]:
    """The same quiet environment as the guide's, one thread for each numeric library, and nothing of the guide's own code."""
    return {name: value for name, value in child_environment(load_settings({})).items() if name != "PYTHONPATH"}


def commands(port: int, actions_port: int) -> dict[str, list[str]]:
    """The two programs of the starter by name, as its own README has them; endpoints.yml is written for the port of its actions."""
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}}
    (FOLDER / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return {
        "server": [*RASA, "run", "--model", "models/starter.tar.gz", "--interface", "127.0.0.1", "--port", str(port)],
        "actions": [*RASA, "run", "actions", "--port", str(actions_port)],
    }


def _write(folder: Path) -> None:
    from rasa.cli.scaffold import create_initial_project

    folder.mkdir(parents=True)
    create_initial_project(str(folder))
    (folder / "actions" / "actions.py").write_text(ACTION, encoding="utf-8")
    domain = yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))
    domain["intents"] += ADDED_DOMAIN["intents"]
    domain["actions"] = ADDED_DOMAIN["actions"]
    _dump(domain, folder / "domain.yml")
    rules = yaml.safe_load((folder / "data" / "rules.yml").read_text(encoding="utf-8"))
    rules["rules"].append(ADDED_RULE)
    _dump(rules, folder / "data" / "rules.yml")
    nlu = yaml.safe_load((folder / "data" / "nlu.yml").read_text(encoding="utf-8"))
    nlu["nlu"].append({"intent": "ask_hand_off", "examples": "".join(f"- {example}\n" for example in ADDED_EXAMPLES)})
    _dump(nlu, folder / "data" / "nlu.yml")
    _dump({"rest": None}, folder / "credentials.yml")


def _dump(data: object, path: Path) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def _digest() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
