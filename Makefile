# The short commands. `make` alone lists them.

# Where rustup puts cargo, for shells that don't know it.
export PATH := $(PATH):$(HOME)/.cargo/bin

# make PROFILE= demo builds faster and runs slower.
PROFILE ?= --release
ARGS ?=
PEER := target/peer-venv
# The peers' own Python first, if there is one.
WITH_PEERS := PATH="$(CURDIR)/$(PEER)/bin:$$PATH"

# $(call step,NAME,COMMAND): says what runs and how long it took.
define step
@echo "==> $(1)"; began=$$(date +%s); $(2) && echo "==> $(1): $$(( $$(date +%s) - began )) s"
endef

.PHONY: help setup demo run test bench bench-reader bench-photos peers soak soak-reader soak-wedge check
.NOTPARALLEL:

help: ## what can be asked for
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
	@echo 'Give arguments as in:  make run ARGS="count --help"'

setup: ## install what is missing on this machine
	@packaging/setup.sh

demo: setup ## the training campaign: in the window with a guide, or without a display as a shift with pictures of all screens
	@site=$(CURDIR)/target/demo/$$(date +%Y%m%d-%H%M%S) && mkdir -p "$$site/keys" \
	&& echo "==> demo into $$site" \
	&& KENBAN_KEYS="$$site/keys" cargo run $(PROFILE) --locked --features screens -- \
	   demo --data "$$site/data" --out "$$site/delivery" $(ARGS) \
	&& echo "==> all of it is in $$site: data, keys, delivery"

run: setup ## open the station's window, or a command: make run ARGS="..."
	@cargo run $(PROFILE) --locked -- $(ARGS)

test: setup ## everything that must hold: format, lints, tests, docs
	$(call step,format,cargo fmt --check)
	$(call step,lints,cargo clippy --locked --all-targets --features screens -- -D warnings)
	$(call step,tests,cargo test --locked --features screens)
	$(call step,docs,RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps)
	$(call step,training,cargo test --locked --manifest-path training/Cargo.toml)

bench: setup peers ## figures of this machine, beside zxing-cpp and others where they can be had
	@$(WITH_PEERS) cargo bench --locked --bench '*' $(ARGS)

bench-reader: setup peers ## the same of the reader alone
	@$(WITH_PEERS) cargo bench --locked --bench reader $(ARGS)

# DIR: photographs and their truth.csv (columns file, symbology, text; see tests/bench/photos.rs).
DIR ?=
bench-photos: setup peers ## the reader, zxing-cpp and zbar on photographs of your own: make bench-photos DIR=FOLDER
	@test -n "$(DIR)" || { echo 'Say where the photographs are: make bench-photos DIR=FOLDER'; exit 2; }
	@$(WITH_PEERS) KENBAN_PHOTOS="$(abspath $(DIR))" cargo bench --locked --bench photos $(ARGS)

# zbar and tesseract are system libraries (Debian: libzbar0, libtesseract5 and tesseract-ocr-eng); the bench says
# which it missed.
peers:
	@if PATH="$(CURDIR)/$(PEER)/bin:$$PATH" python3 -c 'import zxingcpp, numpy, PIL' 2>/dev/null; then :; \
	elif python3 -m venv $(PEER) >/dev/null 2>&1 \
	  && $(PEER)/bin/python3 -m pip install --quiet --disable-pip-version-check zxing-cpp numpy pillow; then :; \
	else rm -rf $(PEER); \
	  echo "==> no peer: python3 with venv and the wheels zxing-cpp, numpy, pillow can't be had here; ratios are left out"; \
	fi

soak: setup ## the long tests: thousands of kills and shifts
	$(call step,soak,KENBAN_SOAK=1 cargo test --release --locked -- --ignored soak --nocapture)

# Both take hours; stopped, they go on where they were. N pictures or scans, SEED, JOBS threads or windows.
N ?=
SEED ?= 1
JOBS ?=
soak-reader: setup ## draws and reads 100,000 pictures; none may be accepted wrongly: make soak-reader N=100000 SEED=1 JOBS=2
	$(call step,soak-reader,KENBAN_READER_COUNT=$(or $(N),100000) KENBAN_READER_SEED=$(SEED) KENBAN_READER_JOBS=$(JOBS) \
	  cargo test --release --locked --test station -- --ignored reader_over_many_pictures --nocapture)

soak-wedge: setup ## types 20,000 scans into the real window, idle, loaded and slowed, and with an input method: make soak-wedge N=20000 SEED=1 JOBS=4
	$(call step,soak-wedge,KENBAN_WEDGE_COUNT=$(or $(N),20000) KENBAN_WEDGE_SEED=$(SEED) KENBAN_WEDGE_JOBS=$(or $(JOBS),4) \
	  cargo test --release --locked --test station -- --include-ignored typed_scans_for_hours a_real_input_method --nocapture)

check: setup ## the fast part of test, for before a commit
	$(call step,format,cargo fmt --check)
	$(call step,lints,cargo clippy --locked --all-targets --features screens -- -D warnings)
	$(call step,tidy,cargo test --locked --test station tidy)
	@if cargo deny --version >/dev/null 2>&1; then cargo deny --locked check; \
	else echo "==> deny: not run, cargo-deny is not installed (cargo install --locked cargo-deny)"; fi
