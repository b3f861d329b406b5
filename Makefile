PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVANDA := $(BIN)/servanda
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.PHONY: demo test check clean

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(READY)
	@rm -rf demo
	$(SERVANDA) init demo --accord examples/libya/accord.yaml
	$(SERVANDA) add demo examples/libya/reports
	@for day in 2021-01-22 2021-06-23 2022-01-31; do \
		echo; echo "$(SERVANDA) status demo --as-of $$day"; $(SERVANDA) status demo --as-of $$day --known-by $$day || exit 2; \
	done
	@echo
	$(SERVANDA) why demo foreign-forces-leave/turkey --as-of 2021-01-29 --known-by 2021-01-29
	@echo
	@echo "$(SERVANDA) brief demo --as-of 2021-06-23    (the first 40 lines)"
	@$(SERVANDA) brief demo --as-of 2021-06-23 --known-by 2021-06-23 --output demo/brief.md
	@head -n 40 demo/brief.md
	@echo "... the whole brief is in demo/brief.md"
	@echo
	$(SERVANDA) plan --forces examples/libya/forces.csv --exits examples/libya/exits.csv --start 2021-10-08 --deadline 2021-12-23 \
		--order leapfrog --time-limit 10 --equal-numbers --output demo/schedule.md --format markdown
	@head -n 20 demo/schedule.md
	@echo "... the whole schedule is in demo/schedule.md"

test: $(READY_DEV)
	$(BIN)/python -m pytest

check: $(READY_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) demo
