# mixsmith: build, check, lint, install, demo. `make help` lists the targets.
#
# Sources are found by wildcard: a new file in src/ or tests/unit/ needs no row here.

PREFIX  ?= /usr/local
CC      ?= cc
OPT     ?= -O3
BUILD   ?= build$(if $(SAN),-$(SAN))

packages = fftw3f libcjson libturbojpeg libdeflate libxxhash
warnings = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wvla -Wmissing-prototypes
sanitize = $(if $(SAN),-fsanitize=$(SAN)$(if $(filter address,$(SAN)),$(comma)undefined) \
             -fno-sanitize-recover=all -fno-omit-frame-pointer -DMIXSMITH_ONE_PATH)
comma := ,

# The same bytes from every compiler: no contraction to fused multiply-add, no fast-math.
CFLAGS  += -std=c11 -D_GNU_SOURCE -Isrc $(OPT) -g -pthread -ffp-contract=off $(warnings) \
           $(sanitize) $(shell pkg-config --cflags $(packages) 2>/dev/null)
LDFLAGS += -pthread $(sanitize)
LDLIBS  += $(shell pkg-config --libs $(packages) 2>/dev/null) -lm

sources := $(wildcard src/*.c src/*/*.c)
objects := $(sources:%.c=$(BUILD)/%.o)
library := $(filter-out $(BUILD)/src/main.o $(BUILD)/src/commands/%,$(objects))
units   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

.DELETE_ON_ERROR:
.PHONY: all help

all: $(BUILD)/mixsmith ## build the program (the default)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BUILD)/mixsmith: $(objects)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/src/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CFLAGS_$(notdir $*)) -MMD -MP -c -o $@ $<

# A palette index beyond the palette reads the decoder's stack: let it find zeros there.
CFLAGS_stb_decode := -ftrivial-auto-var-init=zero
ifneq ($(findstring clang,$(shell $(CC) --version)),)
CFLAGS_stb_decode += -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
endif

-include $(objects:.o=.d)
