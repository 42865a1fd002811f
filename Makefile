# hrgloss. `make help` lists what there is to make.

CONFIG ?= release
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
CC ?= cc
HOST_CC ?= cc
PKG_CONFIG ?= pkg-config
# How many files the tests compile at a time.
JOBS ?= $(shell nproc)
B := .build/$(CONFIG)

VERSION := $(shell sed -n 's/^.define HRGLOSS_VERSION "\(.*\)"/\1/p' src/hrgloss.h)
SONAME := libhrgloss.so.$(firstword $(subst ., ,$(VERSION)))
SHARED := libhrgloss.so.$(VERSION)

# The library's; the command links no more.
PACKAGES := libpcre2-8 jansson
# What the build takes when all of its packages are there; the code sees HAVE_EVTX and so on. `make OPTIONAL=` does without.
OPTIONAL ?= EVTX
EVTX_PACKAGES := libevtx libbfio expat
HAVE := $(foreach o,$(OPTIONAL),$(if $(shell $(PKG_CONFIG) --exists $($(o)_PACKAGES) && echo yes),$(o)))
# Loaded by the command when an input needs them, so what is linked is their name. Without ISA-L, gzip is zlib's.
soname = $(shell readelf -d $$($(CC) -print-file-name=lib$(1).so) 2>/dev/null | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
LAZY := ZLIB=z BZIP2=bz2 LZMA=lzma ZSTD=zstd LZ4=lz4 ARCHIVE=archive $(shell $(PKG_CONFIG) --exists libisal && echo ISAL=isal) \
	$(if $(filter EVTX,$(HAVE)),EVTX=evtx BFIO=bfio EXPAT=expat)
LAZY_FLAGS := $(foreach l,$(LAZY),-DSONAME_$(word 1,$(subst =, ,$(l)))='"$(call soname,$(word 2,$(subst =, ,$(l))))"') \
	$(if $(filter ISAL=%,$(LAZY)),-DHAVE_ISAL)

# Optimised across files, where the compiler can keep ordinary code in the archive besides.
LTO := $(if $(filter release,$(CONFIG)),$(shell $(CC) -Werror -flto=auto -ffat-lto-objects -x c -c -o /dev/null /dev/null 2>/dev/null && echo -flto=auto -ffat-lto-objects))
CFLAGS_release := -O3 $(LTO)
CFLAGS_arm64 := -O2
# Without vectors, their look-up tables stay unused.
CFLAGS_wasm := -O2 -g0 -Wno-unused-const-variable
CFLAGS_tsan := -O1 -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
CPPFLAGS += -Isrc -D_GNU_SOURCE $(HAVE:%=-DHAVE_%)
CFLAGS += -std=c17 -g $(WARN) $(CFLAGS_$(CONFIG))
HOST_CFLAGS := -std=c17 -O1 -g $(WARN)
# For both libraries: code that may stand anywhere, and shows nothing but what the header does.
PIC := -fPIC -fvisibility=hidden
# The sanitizers' calls are found only when a program is linked.
WHOLE := $(if $(findstring -fsanitize,$(CFLAGS)),,-Wl,-z,defs)

LIB_SRC := $(shell find src/lib -name "*.c" | sort)
IO_SRC := $(wildcard src/cmd/io/*.c src/cmd/summary/*.c src/cmd/run/*.c)
CMD_SRC := $(IO_SRC) $(wildcard src/cmd/cli/*.c)
GEN_SRC := $(wildcard src/lib/base/*.c) src/tools/tablegen.c src/lib/codes/draft.c src/lib/codes/build.c src/lib/codes/phash.c src/lib/codes/table.c
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/gen/tables.o $(B)/gen/packs.o
IO_OBJ := $(IO_SRC:%.c=$(B)/%.o) $(B)/gen/embedded.o
CMD_OBJ := $(CMD_SRC:%.c=$(B)/%.o) $(B)/gen/embedded.o

TABLES := $(sort $(wildcard patterns/codes/*.tsv))
# English comes first: it is what every other language falls back to.
TEXTS := $(sort $(wildcard patterns/text/en/*.tsv)) $(sort $(filter-out patterns/text/en/%,$(wildcard patterns/text/*/*.tsv)))
PACKS := $(sort $(wildcard patterns/packs/*.pack))
EMBEDDED := patterns/times.tsv patterns/summary.tsv src/cmd/summary/page.html

all: $(B)/hrgloss $(B)/$(SHARED)

$(B)/hrgloss: $(CMD_OBJ) $(B)/libhrgloss.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(shell $(PKG_CONFIG) --libs $(PACKAGES)) -pthread

$(B)/libhrgloss.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(LIB_OBJ): CFLAGS += $(PIC)

$(B)/$(SHARED): $(LIB_OBJ) src/lib/hrgloss.map
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=src/lib/hrgloss.map $(WHOLE) -o $@ $(LIB_OBJ) \
		$(shell $(PKG_CONFIG) --libs $(PACKAGES))

$(B)/tablegen: $(GEN_SRC) src/lib/base/base.h src/lib/codes/codes.h src/lib/codes/draft.h
	@mkdir -p $(@D)
	$(HOST_CC) $(CPPFLAGS) $(HOST_CFLAGS) -o $@ $(GEN_SRC)

$(B)/gen/tables.c: $(B)/tablegen $(TABLES) $(TEXTS)
	@mkdir -p $(@D)
	@$(B)/tablegen codes $@ $(TABLES) $(TEXTS)

$(B)/gen/packs.c: $(B)/tablegen $(PACKS)
	@mkdir -p $(@D)
	@$(B)/tablegen packs $@ $(PACKS)

$(B)/gen/embedded.c: $(B)/tablegen $(EMBEDDED)
	@mkdir -p $(@D)
	@$(B)/tablegen embed $@ $(EMBEDDED)

# A megabyte of numbers; there is nothing in it to optimise or instrument.
$(B)/gen/tables.o: $(B)/gen/tables.c
	$(CC) $(CPPFLAGS) -std=c17 -O0 $(PIC) $(WARN) -c -o $@ $<

$(B)/gen/packs.o $(B)/gen/embedded.o: %.o: %.c
	$(CC) $(CPPFLAGS) -std=c17 -O0 $(PIC) $(WARN) -c -o $@ $<

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(LAZY_FLAGS) $(CFLAGS) $(shell $(PKG_CONFIG) --cflags $(PACKAGES)) -MMD -MP -c -o $@ $<

-include $(shell find .build -name '*.d' 2>/dev/null)

# The filter for Fluent Bit as a WebAssembly module, .build/wasm/hrgloss.wasm. `make deps-wasm` brings what it takes.
wasm:
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=wasm CC='clang --target=wasm32-wasi' PKG_CONFIG=: OPTIONAL= .build/wasm/hrgloss.wasm
ifeq ($(CONFIG),wasm)
include examples/shippers/fluent-bit/wasm.mk
endif

# Tests: a program each of tests/unit and tests/prop, and the scripts of tests/cli; in the release build and with
# AddressSanitizer and UndefinedBehaviorSanitizer.
TEST_SRC := $(wildcard tests/unit/*.c tests/prop/*.c tests/corpus/*.c)
TEST_BIN := $(foreach t,$(TEST_SRC),$(B)/tests/$(basename $(notdir $(t))))
TEST_PACKAGES := $(PACKAGES) cmocka zlib liblzma libzstd liblz4

vpath %.c tests/unit tests/prop tests/corpus tests/thread
$(B)/tests/%: %.c $(B)/libhrgloss.a $(IO_OBJ) tests/support.h $(wildcard tests/unit/*.h tests/prop/*.h)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(if $(findstring -flto,$(CFLAGS)),-fno-lto) -o $@ $< $(IO_OBJ) $(B)/libhrgloss.a \
		$(shell $(PKG_CONFIG) --cflags --libs $(TEST_PACKAGES)) -lbz2 -pthread

# The library once more, with every branch counted by the test.
ifeq ($(CONFIG),release)
TEST_BIN += $(B)/tests/test_work
endif
WORK_OBJ := $(LIB_SRC:%.c=$(B)/work/%.o)
WORK_CALLS := memchr memrchr memcpy memmove memset memcmp
$(B)/work/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c17 -O1 -g $(WARN) -fsanitize-coverage=trace-pc -MMD -MP -c -o $@ $<

$(B)/tests/test_work: tests/work/test_work.c $(WORK_OBJ) $(B)/gen/tables.o $(B)/gen/packs.o tests/support.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests -std=c17 -O1 -g $(WARN) $(WORK_CALLS:%=-Wl,--wrap=%) -o $@ $(filter %.c %.o,$^) \
		$(shell $(PKG_CONFIG) --cflags --libs $(PACKAGES) cmocka)

# Makes event logs of lines; tests/full/make_evtx.c tells how.
$(B)/make_evtx: tests/full/make_evtx.c $(wildcard src/lib/base/*.c) src/lib/base/base.h tests/unit/binxml.h tests/unit/evtx_file.h
	@mkdir -p $(@D)
	$(HOST_CC) $(CPPFLAGS) -Itests $(HOST_CFLAGS) -o $@ $(filter %.c,$^) -lz

# Talks to a filter as log shippers do.
$(B)/dialogue: tests/full/dialogue.c
	@mkdir -p $(@D)
	$(HOST_CC) $(CPPFLAGS) $(HOST_CFLAGS) -o $@ $<

SUM := awk '{ p += $$1; f += $$2 } END { printf "%d passed, %d failed\n", p, f }'

test-one: $(B)/hrgloss $(TEST_BIN) $(if $(filter EVTX,$(HAVE)),$(B)/make_evtx)
	RUNNER='$(RUNNER)' HRGLOSS_PROPERTY_RUNS=$(HRGLOSS_PROPERTY_RUNS) sh tests/run.sh $(B)

test:
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=release test-one && r=0 || r=1; \
	$(MAKE) --no-print-directory -j$(JOBS) CONFIG=asan test-one && a=0 || a=1; \
	$(SUM) .build/release/test-count .build/asan/test-count; \
	exit $$((r + a))

# The same tests for 64-bit ARM, cross-built and run under emulation. RUNNER starts a program of the target.
test-arm64:
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=arm64 CC=aarch64-linux-gnu-gcc \
		PKG_CONFIG='env PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig pkg-config' \
		RUNNER='qemu-aarch64-static -0 hrgloss' HRGLOSS_PROPERTY_RUNS=20 test-one
	@$(SUM) .build/arm64/test-count

# Threads that share a handle, watched by ThreadSanitizer. It wants memory where Linux puts it without randomising.
test-tsan:
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=tsan tsan-one

tsan-one: $(B)/tests/test_threads $(B)/hrgloss
	@RUNNER='setarch -R' sh tests/run.sh $(B) thread

# What other programs make of it: log shippers that run it, a browser that shows its page.
test-others: $(B)/hrgloss $(B)/$(SHARED) $(B)/dialogue
	@$(MAKE) --no-print-directory wasm || rm -f .build/wasm/hrgloss.wasm
	@sh tests/run.sh $(B) full

test-full: test-arm64 test-tsan test-others

# Everything the build and the tests need on a fresh Debian machine; run as root, or with SUDO=sudo.
DEBIAN := make gcc libc6-dev pkg-config libpcre2-dev libjansson-dev libcmocka-dev hunspell hunspell-en-us hunspell-pt-br \
	mawk time coreutils libarchive-dev libisal-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev liblz4-dev \
	gzip bzip2 xz-utils zstd lz4 pigz zip p7zip-full tar mandoc jq g++ binutils util-linux \
	libevtx-dev libbfio-dev libexpat1-dev
deps:
	$(SUDO) apt-get update -qq
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN) >/dev/null

# What test-full needs besides: a cross-compiler for arm64, its libraries, and an emulator; a browser for the page of
# --summary; log shippers.
DEBIAN_FULL := gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static libpcre2-dev:arm64 libjansson-dev:arm64 libcmocka-dev:arm64 \
	libarchive-dev:arm64 zlib1g-dev:arm64 libbz2-dev:arm64 liblzma-dev:arm64 libzstd-dev:arm64 liblz4-dev:arm64 \
	chromium chromium-driver curl zsh fish python3-yaml \
	rsyslog logrotate daemontools runit s6 execline parallel kcat systemd systemd-journal-remote procps \
	luajit nodejs \
	libivykis0 libnet1 libjson-c5 libwrap0 libpcre3 libglib2.0-0 libcap2 libssl3 libsystemd0
# syslog-ng's conflicts with rsyslog's, so it is fetched only; the last line above is what it is linked with.
DEBIAN_FETCHED := syslog-ng-core
# What `make wasm` needs: a compiler, and the sources of the two libraries.
DEBIAN_WASM := clang lld wasi-libc libclang-rt-dev-wasm32 dpkg-dev
deps-wasm: deps
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_WASM) >/dev/null
	sh examples/shippers/fluent-bit/fetch.sh .build/sources pcre2 jansson

deps-full: deps-wasm
	$(SUDO) dpkg --add-architecture arm64
	$(SUDO) apt-get update -qq
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_FULL) >/dev/null
	mkdir -p .build/debs
	cd .build/debs && rm -f *.deb && apt-get download -qq $(DEBIAN_FETCHED)

# Annotates an example log and prints it.
demo: $(B)/hrgloss
	@$(B)/hrgloss examples/sample.log

# Checks the texts: rules, doubles, and spelling against a dictionary.
lint-text: $(B)/hrgloss
	sh tests/text/lint.sh $(B)/hrgloss

# How many codes of each family have a text.
coverage: $(B)/hrgloss
	@sh tests/text/coverage.sh $(B)/hrgloss

# Compares with other programs on the same input; ripgrep, pcre2-utils, mawk, gawk and libhyperscan-dev make it worth a look.
bench: $(B)/hrgloss $(B)/bench/measure $(if $(filter bench,$(MAKECMDGOALS)),$(shell $(PKG_CONFIG) --exists libhs && echo $(B)/bench/hyperscan))
	@sh tests/bench/bench.sh $(B) $(BENCH)

$(B)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -o $@ $< $(if $(filter %hyperscan,$@),$(shell $(PKG_CONFIG) --cflags --libs libhs))

# Where the time goes: make profile KIND=sparse
profile: $(B)/hrgloss
	@sh tests/bench/profile.sh $(B) $(KIND)

# Counts instructions, and compares with the list that is kept; `make -s counts >new && mv new tests/bench/counts.tsv` keeps another.
counts: $(B)/hrgloss
	@sh tests/bench/counts.sh $(B) tests/bench/counts.tsv

# What is installed where, below DESTDIR.
INSTALLED = $(PREFIX)/bin/hrgloss $(PREFIX)/include/hrgloss.h \
	$(addprefix $(LIBDIR)/,libhrgloss.a $(SHARED) $(SONAME) libhrgloss.so pkgconfig/hrgloss.pc) \
	$(addprefix $(PREFIX)/share/,man/man1/hrgloss.1 man/man3/hrgloss.3 bash-completion/completions/hrgloss \
	zsh/site-functions/_hrgloss fish/vendor_completions.d/hrgloss.fish)

install: $(B)/hrgloss $(B)/libhrgloss.a $(B)/$(SHARED)
	install -d $(sort $(dir $(addprefix $(DESTDIR),$(INSTALLED))))
	install -m 755 $(B)/hrgloss $(DESTDIR)$(PREFIX)/bin/hrgloss
	install -m 644 src/hrgloss.h $(DESTDIR)$(PREFIX)/include/hrgloss.h
	install -m 644 $(B)/libhrgloss.a $(B)/$(SHARED) $(DESTDIR)$(LIBDIR)
	ln -sf $(SHARED) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libhrgloss.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' src/lib/hrgloss.pc.in \
		>$(DESTDIR)$(LIBDIR)/pkgconfig/hrgloss.pc
	install -m 644 src/cmd/cli/hrgloss.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 src/lib/hrgloss.3 $(DESTDIR)$(PREFIX)/share/man/man3
	$(RUNNER) $(B)/hrgloss --completions bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/hrgloss
	$(RUNNER) $(B)/hrgloss --completions zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_hrgloss
	$(RUNNER) $(B)/hrgloss --completions fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/hrgloss.fish

uninstall:
	rm -f $(addprefix $(DESTDIR),$(INSTALLED))

clean:
	rm -rf .build

help:
	@echo 'all (default), deps, demo, test, lint-text, coverage, install, uninstall, clean'
	@echo 'deps-wasm, wasm: a WebAssembly module for Fluent Bit'
	@echo 'bench, profile, counts: how fast it is and why'
	@echo 'deps-full, test-full: the tests for arm64 under emulation, with threads, and against other programs'
	@echo 'variables: CONFIG=release|asan|tsan, PREFIX, DESTDIR, CC, SUDO'

.PHONY: all wasm test test-one test-arm64 test-tsan tsan-one test-others test-full deps deps-wasm deps-full demo lint-text coverage bench profile counts install uninstall clean help
