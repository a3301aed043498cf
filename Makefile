# mixsmith. Two commands do everything on a fresh Debian 12: `make demo` and `make check`.
# Sources are found by wildcard: a new file in src/ or tests/ needs no row here.

PREFIX ?= /usr/local
CC     ?= cc
OPT    ?= -O3
SAN    ?=
BUILD  ?= build$(if $(SAN),/$(SAN))

packages := fftw3f libcjson libturbojpeg libdeflate libxxhash
package_cflags := $(shell pkg-config --cflags $(packages) 2>/dev/null)
package_libs   := $(shell pkg-config --libs $(packages) 2>/dev/null)
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            -Werror=implicit-function-declaration
sanitize := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer) \
            $(if $(SAN),-DMIXSMITH_ONE_PATH) $(if $(filter address,$(SAN)),-fsanitize=undefined)

# -ffp-contract=off: the same bytes from every compiler, without fused multiply-add. The two flags
# after it change no result: errno and floating-point traps, which nobody looks at, keep loops with
# sqrt and conditions from running in vector lanes.
CFLAGS  ?= -g
cflags   = -std=c11 -D_GNU_SOURCE -Isrc $(OPT) -pthread -ffp-contract=off -fno-math-errno \
           -fno-trapping-math $(warnings) $(sanitize) \
           $(package_cflags) $(CFLAGS)
libs     = -pthread $(sanitize) $(LDFLAGS) $(package_libs) -lm

# A palette index beyond the palette reads the decoder's stack: it finds zeros there.
zero_init := -ftrivial-auto-var-init=zero
ifneq ($(findstring clang,$(shell $(CC) --version 2>/dev/null)),)
zero_init += -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
endif

objects := $(patsubst src/%.c,$(BUILD)/src/%.o,$(wildcard src/*.c src/*/*.c src/*/*/*.c))
library := $(filter-out $(BUILD)/src/main.o $(BUILD)/src/commands/%,$(objects))
units   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
hostile := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
manuals := $(wildcard man/*.[15])

# Completion scripts, printed by the program itself, and where shells look for them.
shells  := bash zsh fish
scripts := $(shells:%=$(BUILD)/completions/mixsmith.%)
bash_completion := share/bash-completion/completions/mixsmith
zsh_completion  := share/zsh/site-functions/_mixsmith
fish_completion := share/fish/vendor_completions.d/mixsmith.fish

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all check-built check fuzz fuzz-built demo pictures arm64 bench lint install uninstall clean \
        help

all: $(BUILD)/mixsmith $(scripts) ## build the program (the default)

demo: deps-build ## install what is missing, build, expand sample_data with all four mixers
	@$(MAKE) --no-print-directory all
	@scripts/demo $(BUILD)/mixsmith

check: deps-check ## install what is missing, build, run every test (SAN=address or thread too)
	@$(MAKE) --no-print-directory check-built

check-built: $(BUILD)/mixsmith $(units) $(hostile:%=$(BUILD)/tests/survive_%)
	@scripts/run-tests $(BUILD)

# Under clang's sanitizers; what is found lies in build/fuzz.
fuzz: deps-fuzz ## run readers against hostile bytes (FUZZ="tar npy" FUZZ_SECONDS=20)
	@$(MAKE) --no-print-directory fuzz-built CC=clang SAN=address BUILD=build/fuzz OPT=-O1 \
	    CFLAGS='-g -fsanitize=fuzzer-no-link'
	@tests/fuzz/run build/fuzz $(or $(FUZZ_SECONDS),20) $(or $(FUZZ),$(hostile))

fuzz-built: $(BUILD)/mixsmith $(hostile:%=$(BUILD)/tests/fuzz_%)

arm64: deps-arm64 ## build for arm64 with gcc and clang; run under qemu, compare with this machine
	@$(MAKE) --no-print-directory all
	@scripts/check-arm64 $(BUILD)

bench: deps-bench ## measure beside what people use (CIFAR= PHOTOS= PEERS=, RUNS=5 ONLY=word SCALING=1)
	@$(MAKE) --no-print-directory all
	@scripts/bench $(BUILD)/mixsmith $(if $(CIFAR),--cifar $(CIFAR)) \
	    $(if $(PHOTOS),--photos $(PHOTOS)) $(if $(PEERS),--peers $(PEERS)) \
	    $(if $(RUNS),--runs $(RUNS)) $(if $(ONLY),--only '$(ONLY)') $(if $(SCALING),--scaling)

pictures: deps-check ## make the pictures of README and manual again
	@$(MAKE) --no-print-directory all
	@MIXSMITH=$(BUILD)/mixsmith scripts/make-readme-pictures

lint: deps-lint ## check formatting, static analysis, manual pages, scripts
	@scripts/lint

install: all ## copy program, manual, completions into PREFIX (/usr/local), below DESTDIR
	install -D -m 755 $(BUILD)/mixsmith $(DESTDIR)$(PREFIX)/bin/mixsmith
	for page in $(manuals); do \
	    install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; \
	done
	install -D -m 644 $(BUILD)/completions/mixsmith.bash $(DESTDIR)$(PREFIX)/$(bash_completion)
	install -D -m 644 $(BUILD)/completions/mixsmith.zsh $(DESTDIR)$(PREFIX)/$(zsh_completion)
	install -D -m 644 $(BUILD)/completions/mixsmith.fish $(DESTDIR)$(PREFIX)/$(fish_completion)

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/mixsmith
	for page in $(manuals); do \
	    rm -f $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; \
	done
	rm -f $(DESTDIR)$(PREFIX)/$(bash_completion) $(DESTDIR)$(PREFIX)/$(zsh_completion) \
	    $(DESTDIR)$(PREFIX)/$(fish_completion)

clean: ## remove what was built
	rm -rf build demo

help: ## print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps-%:
	@scripts/install-deps $*

# One line a file; the whole commands with V=1.
say = $(if $(V),,@printf '  %-5s %s\n' $1 $@;)

$(BUILD)/mixsmith: $(objects)
	$(call say,LINK)$(CC) -o $@ $^ $(libs)

$(BUILD)/completions/mixsmith.%: $(BUILD)/mixsmith
	@mkdir -p $(@D)
	$(call say,SHELL)$< completions $* >$@

$(BUILD)/src/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(cflags) $(if $(filter %/stb_decode,$*),$(zero_init)) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	$(call say,TEST)$(CC) $(cflags) -Itests/unit -MMD -MP -MF $@.d -o $@ $< $(library) -lcmocka $(libs)

harness := tests/fuzz/ordeal.c $(wildcard tests/fuzz/*.h src/*/*.h src/*/*/*.h)

$(BUILD)/tests/survive_%: tests/fuzz/fuzz_%.c tests/fuzz/survive.c $(harness) $(library)
	@mkdir -p $(@D)
	$(call say,TEST)$(CC) $(cflags) -Itests/fuzz -o $@ $(filter-out %.h,$^) $(libs)

# With an arena whose pieces have ends that the sanitizer sees.
$(BUILD)/tests/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/exact_arena.c $(harness) $(library)
	@mkdir -p $(@D)
	$(call say,FUZZ)$(CC) $(cflags) -fsanitize=fuzzer -Itests/fuzz -o $@ \
	    $(filter-out %.h %/base/arena.o,$^) $(libs)

-include $(objects:.o=.d) $(units:=.d)
