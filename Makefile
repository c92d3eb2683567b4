# make run: the guide on this machine, from nothing.   make test: the proof, from nothing.   make help: the rest.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := $(CURDIR)
export PYTHONWARNINGS := ignore
export TF_CPP_MIN_LOG_LEVEL := 3

MODEL := models/guide.tar.gz
# A folder stands here beside its files, so that a file that was removed counts as a change too; content/. is the folder, content a target.
TRAINED_FROM := config.yml domain.yml requirements.lock \
	$(shell find data/. content/. \( -path 'data/./nlu/*/*' -o -path 'content/./translations' \) -prune -o \( -name '*.yml' -o -type d \) -print) \
	bot/content_importer.py bot/danger_classifier.py bot/intent_classifier.py bot/intent_ensemble.py bot/learnt_file.py bot/letter_groups.py bot/unsure_classifier.py \
	bot/bert.py bot/bert_graph.py bot/bert_tuning.py bot/minilm.py bot/pinned_files.py \
	safeguarding/content.py safeguarding/messages.py safeguarding/danger.py safeguarding/danger_phrases.py

LANGUAGES := models/languages.npz
# English examples count too; but who trains for one new English line alone can leave it: make train looks at the other languages' lines.
LANGUAGES_TRAINED_FROM := $(shell find data/nlu/*/. -name '*.yml' -o -type d) \
	bot/train_languages.py bot/language_reader.py bot/language_recogniser.py bot/learnt_file.py bot/letter_groups.py bot/small_e5.py \
	bot/bert.py bot/bert_graph.py bot/bert_tuning.py requirements.lock

comma := ,
say = @printf '\033[1m%s\033[0m\n' "$(1)"

.PHONY: help setup run test test-fast evaluate bench train content stamp edit preview release try-release rollback mutation security lock licences clean report check-contacts prove screenshots lighthouse

help: ## Lists these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | column -t -s "$$(printf '\t')"

run: .venv/installed $(MODEL) $(LANGUAGES) ## Sets everything up, trains if a source changed, and serves the guide
	@$(PYTHON) -m bot.launch

test: .venv/installed-test .venv/chromium .venv/servers ## Sets everything up and runs every test, fast ones first
	$(call say,Testing: lint and types$(comma) units$(comma) then training$(comma) conversations and the browser.)
	@$(PYTHON) -m pytest

evaluate: .venv/installed-test $(MODEL) $(LANGUAGES) ## Asks the real guide every held-out line of the test half and writes docs/evaluation.md
	@$(PYTHON) -m benchmarks.evaluation --half test --write

bench: .venv/installed-test $(MODEL) $(LANGUAGES) ## Measures speed beside Rasa's starter bot, docs/benchmarks.md (an hour); ROUNDS=2 PARTS="turns start" less
	@$(PYTHON) -m benchmarks.speed $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(PARTS),--parts $(PARTS))

test-fast: .venv/installed-test ## The tests that need neither a model nor a server: a few seconds
	@$(PYTHON) -m pytest -q -m "not model and not server and not browser"

train: $(MODEL) $(LANGUAGES) ## Trains the model if a source changed since the last time

content: .venv/installed ## Checks every word, number and picture in content/
	@$(PYTHON) -m safeguarding.content_check

edit: .venv/installed $(MODEL) ## Serves the guide while you edit: the page follows every change in content/ within a second
	@GUIDE_LIVE_RELOAD=on GUIDE_HOST=127.0.0.1 $(PYTHON) -m bot.launch

preview: .venv/installed ## Writes results/preview.html: every answer to read, print and sign, what changed since the last release first
	@$(PYTHON) -m safeguarding.preview

release: .venv/installed-test .venv/chromium ## Names the words, trains and evaluates exactly them, and keeps the release in releases/
	@$(PYTHON) -m safeguarding.release name
	@trap : INT TERM; { $(PYTHON) -m deploy.make_pages && $(MAKE) --no-print-directory try-release && $(PYTHON) -m safeguarding.release keep; } || \
		{ $(PYTHON) -m safeguarding.release unname; exit 1; }

try-release: ## A part of make release: trains, evaluates, and asks the real guide for facts and for traces of a person
	@$(MAKE) --no-print-directory train
	@$(PYTHON) -m bot.fresh_languages
	@$(MAKE) --no-print-directory evaluate
	@mkdir -p results
	@$(PYTHON) -m pytest -v --no-header tests/content/test_facts.py tests/bot/test_canary.py tests/bot/test_canary_browser.py 2>&1 | \
		grep -E "PASSED|FAILED|ERROR|^E  |passed|failed" | tee results/release-tests.txt

rollback: .venv/installed ## Brings a release back: TO=2026-11-23; without TO it lists them
	@$(PYTHON) -m safeguarding.release $(if $(TO),back $(TO),list)
	$(if $(TO),@$(PYTHON) -m deploy.make_pages)

mutation: .venv/installed-test ## Changes the core in small ways and counts which changes the tests notice (half an hour or more)
	@$(PYTHON) -m benchmarks.mutation

security: .venv/installed-test ## Looks for traps in our own code (bandit) and asks for known advisories of the packages (pip-audit)
	@.venv/bin/bandit -q -ll -r safeguarding bot actions deploy
	@$(PYTHON) -m deploy.audit

stamp: .venv/installed ## Writes into new translations which English words they were made from; OF="pt greet" names one made afresh
	@$(PYTHON) -m safeguarding.translation_stamp $(OF)

report: .venv/installed ## Writes the Board's report of hand-offs to results/report; FROM=2026-10 TO=2026-12 choose the months
	@$(PYTHON) -m safeguarding.report $(if $(FROM),--from $(FROM)) $(if $(TO),--to $(TO)) $(if $(OUT),--out $(OUT))

check-contacts: .venv/installed ## Asks every web address in content/contacts.yml and looks at numbers and review dates
	@$(PYTHON) -m safeguarding.contacts_check

PROOFS := tests/bot/test_record_survives_kills.py tests/bot/test_guide_survives_kills.py tests/bot/test_canary.py tests/bot/test_canary_browser.py \
	tests/bot/test_shelves.py tests/bot/test_database_rights.py tests/bot/test_locks.py tests/bot/test_pace.py \
	tests/bot/test_two_servers.py tests/bot/test_faults.py tests/bot/test_broken_files.py tests/bot/test_load.py tests/bot/test_a_new_topic.py
prove: .venv/installed-test .venv/chromium .venv/servers $(MODEL) $(LANGUAGES) ## The long proofs, with PostgreSQL and Redis: no trace of a person, no hand-off lost (30 minutes)
	@mkdir -p results
	@GUIDE_PROOF=full $(PYTHON) -m pytest -q -s --durations=0 $(PROOFS) 2>&1 | tee results/proof.txt

screenshots: .venv/installed-test ## Takes the pictures of the page in docs/images/, with a guide running (make run)
	@$(PYTHON) tests/browser/screenshots.py

lighthouse: .venv/installed tests/lighthouse/node_modules ## Measures accessibility and speed with Lighthouse (npm), with a guide running (make run)
	@$(PYTHON) tests/lighthouse/measure.py

tests/lighthouse/node_modules: tests/lighthouse/package-lock.json
	@command -v npm >/dev/null || { echo "make lighthouse needs npm, which comes with Node.js 18 or later: install it and try again."; exit 1; }
	@cd tests/lighthouse && npm ci --loglevel=error && touch node_modules

setup: .venv/installed ## Makes the environment

# Resolved for the oldest Python 3.11: what it needs is harmless on a newer one, and Debian's 3.11.2 needs a package that 3.11.7 does not.
lock: ## Resolves pyproject.toml into the lock files
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv."; exit 1; }
	uv pip compile -q --python-version 3.11.0 --upgrade --group run --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile -q --python-version 3.11.0 --upgrade --group run --group test --group browser -c requirements.lock --generate-hashes --no-emit-index-url --no-header -o requirements-test.lock

licences: .venv/installed ## Writes docs/licences.md from requirements.lock
	@$(PYTHON) docs/make_licences.py

clean: ## Removes what was made: environment, models, caches
	rm -rf .venv .rasa .pytest_cache .mypy_cache .ruff_cache .import_linter_cache results models/*.tar.gz models/*.npz models/*.skops

$(MODEL): $(TRAINED_FROM) | .venv/installed
	@$(PYTHON) -m safeguarding.content_check --short
	$(call say,Training (some ten minutes the first time).)
	@$(PYTHON) -m bot.train

$(LANGUAGES): $(LANGUAGES_TRAINED_FROM) | .venv/installed
	$(call say,Training the reader of the other languages (some ten minutes the first time).)
	@$(PYTHON) -m bot.train_languages

.venv/installed: requirements.lock requirements-uv.lock pyproject.toml | .venv
	$(call say,Installing what the guide runs on (about 2.5 GB).)
	@.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@.venv/bin/uv pip install -q --system-certs --python $(PYTHON) --require-hashes -r requirements.lock || \
		{ echo "The packages could not be installed: look at the lines above; a proxy or the package registry may be out of reach."; exit 1; }
	@touch $@

.venv/installed-test: .venv/installed requirements-test.lock
	$(call say,Installing what the tests need.)
	@.venv/bin/uv pip install -q --system-certs --python $(PYTHON) --require-hashes -r requirements-test.lock
	@touch $@

# The browser tests use the system's Chromium; as root on Debian it is installed, elsewhere one sentence says what to do.
.venv/chromium: | .venv
	@command -v chromium >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
		{ echo "The browser tests need Chromium: install it (on Debian: apt-get install chromium)."; exit 1; }
	@touch $@

# The tests of faults and of two servers use the system's PostgreSQL, Redis, nginx and faketime; as root on Debian they are installed.
.venv/servers: | .venv
	@test -n "$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null)" && command -v redis-server >/dev/null && command -v nginx >/dev/null && command -v faketime >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends postgresql redis-server nginx-light faketime >/dev/null; } || \
		{ echo "The tests of faults need PostgreSQL, Redis, nginx and faketime: install them (on Debian: apt-get install postgresql redis-server nginx-light faketime)."; exit 1; }
	@touch $@

.venv:
	@command -v python3.11 >/dev/null || \
		{ echo "Python 3.11 is needed and was not found: install it (on Debian: apt-get install python3.11 python3.11-venv)."; exit 1; }
	@test "$$(df -Pm . | awk 'NR==2 {print $$4}')" -gt 6000 || \
		{ echo "Less than 6 GB of disk are free, and the environment needs them: make room and try again."; exit 1; }
	$(call say,Making the environment.)
	@python3.11 -m venv .venv || { echo "The environment could not be made: install the venv module (on Debian: apt-get install python3.11-venv)."; exit 1; }
