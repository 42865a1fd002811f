# hrgloss. `make help` lists what there is to make.

CONFIG ?= release
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
CC ?= cc
HOST_CC ?= cc
PKG_CONFIG ?= pkg-config
# How many files the tests compile, and how many of their programs run, at a time.
JOBS ?= $(shell nproc)
B := .build/$(CONFIG)

VERSION := $(shell sed -n 's/^.define HRGLOSS_VERSION "\(.*\)"/\1/p' src/hrgloss.h)
SONAME := libhrgloss.so.$(firstword $(subst ., ,$(VERSION)))
SHARED := libhrgloss.so.$(VERSION)

# The library's; the command links no more.
PACKAGES := libpcre2-8
TEST_PACKAGES := $(PACKAGES) jansson cmocka zlib liblzma libzstd liblz4
# What the command takes where it is there; the code sees HAVE_ZSTD and so on. `make OPTIONAL=` does without.
OPTIONAL ?= ZLIB BZIP2 LZMA ZSTD LZ4 ISAL ARCHIVE

CFLAGS_release := -O3
CFLAGS_arm64 := -O2
# Without vectors, their look-up tables stay unused.
CFLAGS_i386 := -O2 -Wno-unused-const-variable
CFLAGS_wasm := -O2 -g0 -Wno-unused-const-variable
CFLAGS_tsan := -O1 -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# Optimised across files, where the compiler can keep ordinary code in the archive besides.
LTO := $(if $(filter release,$(CONFIG)),-flto=auto -ffat-lto-objects)

# CPPFLAGS, CFLAGS and LDFLAGS are the user's: they come after what the project needs, and take nothing of it away.
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
OWN_CPPFLAGS := -Isrc -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
OWN_CFLAGS := -std=c17 -g $(WARN) $(CFLAGS_$(CONFIG))
HOST_FLAGS := $(OWN_CPPFLAGS) -std=c17 -O1 -g $(WARN)
# For both libraries: code that may be loaded anywhere, and exports nothing but what the header has.
PIC := -fPIC -fvisibility=hidden

# What the system has is asked when something is built, which is after `deps` in the same call. The answers are options in
# files; all that is compiled depends on them, and on the flags, by $(CONFIGURED), which is as old as the last change of any.
CONFIGURED := $(B)/config/stamp
COMPILE = $(CC) $(OWN_CPPFLAGS) @$(B)/config/cflags $(OWN_CFLAGS) $(POSITION) $(CPPFLAGS) $(CFLAGS)
LINK = $(CC) $(OWN_CFLAGS) @$(B)/config/lto $(CFLAGS) $(LDFLAGS)
# The sanitizers' calls are found only when a program is linked.
WHOLE = $(if $(findstring -fsanitize,$(OWN_CFLAGS) $(CFLAGS)),,-Wl,-z,defs)
DEPS_GOALS := $(filter deps deps-%,$(MAKECMDGOALS))

LIB_SRC := $(shell find src/lib -name "*.c" | sort)
# The system that the command runs on: src/cmd/sys has a file for it beside each header.
SYSTEM := posix
IO_SRC := $(wildcard src/cmd/sys/*_$(SYSTEM).c src/cmd/io/*.c src/cmd/io/evtx/*.c src/cmd/summary/*.c src/cmd/run/*.c src/cmd/lookup/*.c)
CMD_SRC := $(IO_SRC) $(wildcard src/cmd/cli/*.c)
GEN_SRC := $(wildcard src/lib/base/*.c src/tools/*.c) src/lib/codes/draft.c src/lib/codes/build.c src/lib/codes/situations.c \
	src/lib/codes/phash.c src/lib/codes/table.c src/lib/match/pack.c
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/gen/tables.o $(B)/gen/packs.o $(B)/gen/messages.o
IO_OBJ := $(IO_SRC:%.c=$(B)/%.o) $(B)/gen/embedded.o
CMD_OBJ := $(CMD_SRC:%.c=$(B)/%.o) $(B)/gen/embedded.o

TABLES := $(sort $(wildcard patterns/codes/*.tsv))
# English comes first: it is what every other language falls back to.
TEXTS := $(sort $(wildcard patterns/text/en/*.tsv)) $(sort $(filter-out patterns/text/en/%,$(wildcard patterns/text/*/*.tsv)))
# What releases said otherwise; it speaks of the languages of the others, so it comes last.
TEXTS += patterns/text/former.tsv
TOPICS := $(sort $(wildcard patterns/packs/*.pack))
PACKS := $(TOPICS) patterns/times.tsv
EMBEDDED := patterns/times.tsv patterns/summary.tsv patterns/win32_of_ntstatus.tsv src/cmd/summary/page.html

all: $(B)/hrgloss $(B)/$(SHARED)

export CC PKG_CONFIG PACKAGES TEST_PACKAGES OPTIONAL LTO
$(CONFIGURED): export FLAGS = $(CC) $(OWN_CPPFLAGS) $(OWN_CFLAGS) $(PIC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(HOST_CC) $(HOST_FLAGS)
$(CONFIGURED): FORCE | $(DEPS_GOALS)
	@sh src/tools/configure.sh $(B)/config
FORCE:

$(B)/hrgloss: $(CMD_OBJ) $(B)/libhrgloss.a
	$(LINK) -o $@ $^ @$(B)/config/libs -pthread

$(B)/libhrgloss.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(LIB_OBJ): POSITION := $(PIC)

$(B)/$(SHARED): $(LIB_OBJ) src/lib/hrgloss.map
	$(LINK) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=src/lib/hrgloss.map $(WHOLE) -o $@ $(LIB_OBJ) @$(B)/config/libs

$(B)/tablegen: $(GEN_SRC) $(wildcard src/lib/base/*.h src/tools/*.h) src/lib/codes/codes.h src/lib/codes/draft.h $(CONFIGURED)
	@mkdir -p $(@D)
	$(HOST_CC) $(HOST_FLAGS) -o $@ $(GEN_SRC)

$(B)/gen/tables.c: $(B)/tablegen $(TABLES) $(TEXTS) $(TOPICS)
	@mkdir -p $(@D)
	@$(B)/tablegen codes $@ $(TABLES) $(TEXTS) $(TOPICS)

$(B)/gen/packs.c: $(B)/tablegen $(PACKS)
	@mkdir -p $(@D)
	@$(B)/tablegen packs $@ $(PACKS)

$(B)/gen/messages.c: $(B)/tablegen patterns/messages.tsv $(TABLES) $(TEXTS)
	@mkdir -p $(@D)
	@$(B)/tablegen messages $@ patterns/messages.tsv $(TABLES) $(TEXTS)

$(B)/gen/embedded.c: $(B)/tablegen $(EMBEDDED)
	@mkdir -p $(@D)
	@$(B)/tablegen embed $@ $(EMBEDDED)

# A megabyte of numbers; there is nothing in it to optimise or instrument.
$(B)/gen/%.o: $(B)/gen/%.c $(CONFIGURED)
	$(CC) $(OWN_CPPFLAGS) -std=c17 -O0 $(PIC) $(WARN) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/%.o: %.c $(CONFIGURED)
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# The filter for Fluent Bit as a WebAssembly module, .build/wasm/hrgloss.wasm. `make deps-wasm` brings what it takes.
wasm: | $(DEPS_GOALS)
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=wasm CC='clang --target=wasm32-wasi' PKG_CONFIG=: OPTIONAL= .build/wasm/hrgloss.wasm
ifeq ($(CONFIG),wasm)
include examples/shippers/fluent-bit/wasm.mk
endif

# Tests: a program each of tests/unit and tests/prop, and the scripts of tests/cli; in the release build and with
# AddressSanitizer and UndefinedBehaviorSanitizer.
TEST_SRC := $(wildcard tests/unit/*.c tests/prop/*.c tests/corpus/*.c)
TEST_BIN := $(foreach t,$(TEST_SRC),$(B)/tests/$(basename $(notdir $(t))))

vpath %.c tests/unit tests/prop tests/corpus tests/thread
$(B)/tests/%: %.c $(B)/libhrgloss.a $(IO_OBJ) tests/support.h tests/asan.h $(wildcard tests/unit/*.h tests/prop/*.h)
	@mkdir -p $(@D)
	$(COMPILE) -Itests -fno-lto $(LDFLAGS) -o $@ $< $(IO_OBJ) $(B)/libhrgloss.a @$(B)/config/test_flags -lbz2 -pthread

# The library once more, with every branch counted by the test.
ifeq ($(CONFIG),release)
TEST_BIN += $(B)/tests/test_work
endif
WORK_OBJ := $(LIB_SRC:%.c=$(B)/work/%.o)
WORK_CALLS := memchr memrchr memcpy memmove memset memcmp
# As it is for the library, but without what moves branches between files.
WORK_FLAGS = $(OWN_CPPFLAGS) -std=c17 -O1 -g $(WARN) $(CPPFLAGS) $(CFLAGS) $(shell $(PKG_CONFIG) --cflags $(PACKAGES))
$(B)/work/%.o: %.c $(CONFIGURED)
	@mkdir -p $(@D)
	$(CC) $(WORK_FLAGS) -fsanitize-coverage=trace-pc -MMD -MP -c -o $@ $<

$(B)/tests/test_work: tests/work/test_work.c $(WORK_OBJ) $(B)/gen/tables.o $(B)/gen/packs.o $(B)/gen/messages.o tests/support.h
	@mkdir -p $(@D)
	$(CC) $(WORK_FLAGS) -Itests $(WORK_CALLS:%=-Wl,--wrap=%) $(LDFLAGS) -o $@ $(filter %.c %.o,$^) \
		$(shell $(PKG_CONFIG) --cflags --libs $(PACKAGES) cmocka)

# Makes event logs of lines; tests/full/make_evtx.c tells how.
$(B)/make_evtx: tests/full/make_evtx.c $(wildcard src/lib/base/*.c) src/lib/base/base.h tests/unit/binxml.h tests/unit/evtx_file.h \
		$(CONFIGURED)
	@mkdir -p $(@D)
	$(HOST_CC) $(HOST_FLAGS) -Itests -o $@ $(filter %.c,$^) -lz

# Talks to a filter as log shippers do.
$(B)/dialogue: tests/full/dialogue.c $(CONFIGURED)
	@mkdir -p $(@D)
	$(HOST_CC) $(HOST_FLAGS) -o $@ $<

# Adds what several runs have counted.
SUM := awk '{ p += $$1; f += $$2; s += $$3 } END { printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : "" }'

test-one: all $(TEST_BIN) $(B)/make_evtx
	@RUNNER='$(RUNNER)' JOBS=$(JOBS) HRGLOSS_PROPERTY_RUNS=$(HRGLOSS_PROPERTY_RUNS) sh tests/run.sh $(B)

test: | $(DEPS_GOALS)
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=release test-one && r=0 || r=1; \
	$(MAKE) --no-print-directory -j$(JOBS) CONFIG=asan test-one && a=0 || a=1; \
	$(SUM) .build/release/test-count .build/asan/test-count; \
	exit $$((r + a))

check: test

# The same tests for other machines, cross-built with what tests/sysroot.sh fetches: for 64-bit ARM under emulation, for 32-bit
# x86 as this processor runs it. RUNNER starts a program of the target.
ROOTS := $(CURDIR)/.build/sysroot
FOREIGN = @sh tests/sysroot.sh $(1) $(ROOTS)/$(1) && $(MAKE) --no-print-directory -j$(JOBS) CONFIG=$(1) \
	CC='$(2)-gcc --sysroot=$(ROOTS)/$(1)' RUNNER='$(4)' HRGLOSS_PROPERTY_RUNS=20 \
	PKG_CONFIG='env PKG_CONFIG_SYSROOT_DIR=$(ROOTS)/$(1) PKG_CONFIG_LIBDIR=$(ROOTS)/$(1)/usr/lib/$(3)/pkgconfig pkg-config' test-one

test-arm64: | $(DEPS_GOALS)
	$(call FOREIGN,arm64,aarch64-linux-gnu,aarch64-linux-gnu,qemu-aarch64-static -0 hrgloss -L $(ROOTS)/arm64)

test-i386: | $(DEPS_GOALS)
	$(call FOREIGN,i386,i686-linux-gnu,i386-linux-gnu,env GCONV_PATH=$(ROOTS)/i386/usr/lib/i386-linux-gnu/gconv \
		$(ROOTS)/i386/lib/ld-linux.so.2 --argv0 hrgloss \
		--library-path $(ROOTS)/i386/lib/i386-linux-gnu:$(ROOTS)/i386/usr/lib/i386-linux-gnu)

# Bare Debian machines, in folders, on which the README's two commands are run. Wants root and `make deps-bare`.
test-bare: $(B)/make_evtx | $(DEPS_GOALS)
	@TEST_SECONDS=6000 sh tests/run.sh $(B) bare

# Threads that share a handle, watched by ThreadSanitizer. It wants memory where Linux puts it without randomising.
test-tsan: | $(DEPS_GOALS)
	@$(MAKE) --no-print-directory -j$(JOBS) CONFIG=tsan tsan-one

tsan-one: $(B)/tests/test_threads $(B)/hrgloss
	@RUNNER='setarch -R' sh tests/run.sh $(B) thread

# What other programs make of it: log shippers that run it, a browser that shows its page.
test-others: $(B)/hrgloss $(B)/$(SHARED) $(B)/dialogue $(B)/make_evtx
	@$(MAKE) --no-print-directory wasm || rm -f .build/wasm/hrgloss.wasm
	@sh tests/run.sh $(B) full

test-full: test-tsan test-others

# The tests for other processors, which take their time under an emulator.
test-machines: test-arm64 test-i386

# Looks for bytes that event logs must not have, by libFuzzer (clang, libclang-rt-dev): make fuzz-evtx FUZZ_SECONDS=600
FUZZ_SECONDS ?= 60
EVTX_SRC := $(wildcard src/cmd/io/evtx/*.c src/lib/base/*.c)
.build/fuzz/seed_evtx: tests/fuzz/seed_evtx.c $(wildcard src/lib/base/*.c) tests/unit/binxml.h tests/unit/evtx_file.h
	@mkdir -p $(@D)
	$(HOST_CC) $(HOST_FLAGS) -Itests -o $@ $(filter %.c,$^) -lz
.build/fuzz/fuzz_evtx: tests/fuzz/fuzz_evtx.c $(EVTX_SRC) $(wildcard src/cmd/io/evtx/*.h)
	@mkdir -p $(@D)
	clang $(OWN_CPPFLAGS) -std=c17 -g -O1 $(WARN) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $@ $(filter %.c,$^) -lz -ljansson
fuzz-evtx: .build/fuzz/fuzz_evtx .build/fuzz/seed_evtx
	.build/fuzz/seed_evtx .build/fuzz/evtx
	cd .build/fuzz && ./fuzz_evtx -max_total_time=$(FUZZ_SECONDS) -max_len=140000 -len_control=0 -print_final_stats=1 evtx

# Everything the build and the tests need on a fresh Debian machine; run as root, or with SUDO=sudo.
DEBIAN := make gcc libc6-dev pkg-config libpcre2-dev libjansson-dev libcmocka-dev hunspell hunspell-en-us hunspell-pt-br \
	mawk time coreutils libarchive-dev libisal-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev liblz4-dev \
	gzip bzip2 xz-utils zstd lz4 pigz zip p7zip-full tar mandoc jq g++ binutils util-linux
deps:
	$(SUDO) apt-get update -qq
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN) >/dev/null

# What test-bare needs besides, and test-full: cross-compilers and an emulator; a browser for the page of --summary; log shippers.
DEBIAN_BARE := mmdebstrap git
DEBIAN_FULL := gcc-aarch64-linux-gnu gcc-i686-linux-gnu qemu-user-static \
	chromium chromium-driver curl zsh fish python3-yaml \
	rsyslog logrotate daemontools runit s6 execline parallel kcat systemd systemd-journal-remote procps \
	luajit nodejs libevtx-utils
# syslog-ng's conflicts with rsyslog's, so it is fetched only; the libraries that it asks for are installed.
DEBIAN_FETCHED := syslog-ng-core
# What `make wasm` needs: a compiler, and the sources of the two libraries.
DEBIAN_WASM := clang lld wasi-libc libclang-rt-dev-wasm32 dpkg-dev
deps-wasm: deps
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_WASM) >/dev/null
	sh examples/shippers/fluent-bit/fetch.sh .build/sources pcre2

deps-bare: deps
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_BARE) >/dev/null

# What format-check needs: Debian 12 has the version that the sources are formatted with.
deps-format: deps
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends clang-format >/dev/null

deps-full: deps-wasm deps-bare
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_FULL) >/dev/null
	mkdir -p .build/debs
	cd .build/debs && rm -f *.deb && apt-get download -qq $(DEBIAN_FETCHED)
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get satisfy -y -qq --no-install-recommends \
		"$$(dpkg-deb -f .build/debs/*.deb Depends | tr , '\n' | grep '^ *lib' | paste -sd ,)" >/dev/null

# Annotates an example log and prints it.
demo: $(B)/hrgloss
	@$(B)/hrgloss examples/sample.log

# Checks the texts: rules, doubles, and spelling against a dictionary.
lint-text: $(B)/hrgloss
	sh tests/text/lint.sh $(B)/hrgloss

# Whether the sources are formatted as .clang-format says. Changes nothing; tests/abi keeps a header as it was released.
CLANG_FORMAT ?= clang-format
format-check:
	@if command -v $(CLANG_FORMAT) >/dev/null; then \
		find src tests examples -name '*.[ch]' ! -path 'tests/abi/*' | xargs $(CLANG_FORMAT) --dry-run --Werror; \
	else echo 'format-check: skipped, there is no $(CLANG_FORMAT)'; fi
.PHONY: format-check deps-format fuzz-evtx test-machines

# After a release, when texts have changed: make former RELEASE=v0.1.0
former: $(B)/tablegen
	@sh src/tools/former.sh $(B)/tablegen '$(RELEASE)' >$(B)/former.tsv
	@mv $(B)/former.tsv patterns/text/former.tsv
.PHONY: former

# How many codes of each family have a text.
coverage: $(B)/hrgloss
	@sh tests/text/coverage.sh $(B)/hrgloss

# Compares with other programs on the same input; ripgrep, pcre2-utils, mawk, gawk and libhyperscan-dev make it worth a look.
bench: $(B)/hrgloss $(B)/bench/measure $(B)/make_evtx
	@! $(PKG_CONFIG) --exists libhs || $(MAKE) --no-print-directory $(B)/bench/hyperscan
	@sh tests/bench/bench.sh $(B) $(BENCH)

$(B)/bench/%: tests/bench/%.c $(CONFIGURED)
	@mkdir -p $(@D)
	$(COMPILE) $(LDFLAGS) -o $@ $< $(if $(filter %hyperscan,$@),$$($(PKG_CONFIG) --cflags --libs libhs))

# Where the time goes: make profile KIND=sparse
profile: $(B)/hrgloss
	@sh tests/bench/profile.sh $(B) $(KIND)

# Counts instructions, and compares with the list that is kept; `make -s counts >new && mv new tests/bench/counts.tsv` keeps another.
counts: $(B)/hrgloss
	@sh tests/bench/counts.sh $(B) tests/bench/counts.tsv

# Puts the options into hrgloss(1), as the table of options has them; a test compares.
manual: $(B)/hrgloss
	@$(B)/hrgloss --completions mdoc >$(B)/options.mdoc
	@sed -e '/^\.\\" options:/r $(B)/options.mdoc' -e '/^\.\\" options:/,/^\.\\" end of options/{/^\.\\" /!d;}' \
		src/cmd/cli/hrgloss.1 >$(B)/hrgloss.1
	@cp $(B)/hrgloss.1 src/cmd/cli/hrgloss.1
.PHONY: manual

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
	@echo 'all (default), deps, demo, test (or check), lint-text, coverage, install, uninstall, clean'
	@echo 'deps-format, format-check: whether the sources are formatted, by clang-format 14'
	@echo 'deps-wasm, wasm: a WebAssembly module for Fluent Bit'
	@echo 'manual: the options in hrgloss(1), after a change of their table'
	@echo 'former RELEASE=TAG: keep what the release said where texts have changed'
	@echo 'bench, profile, counts: how fast it is and why'
	@echo 'deps-bare, test-bare: the two commands of the README on bare Debian machines'
	@echo 'deps-full, test-full: the tests with threads, and against other programs'
	@echo 'test-machines: the tests for other processors, after deps-full'
	@echo 'fuzz-evtx: damaged event logs, for FUZZ_SECONDS'
	@echo 'variables: CONFIG=release|asan|tsan, PREFIX, DESTDIR, CC, CPPFLAGS, CFLAGS, LDFLAGS, OPTIONAL, JOBS, SUDO'

.PHONY: FORCE all wasm test check test-one test-arm64 test-i386 test-bare test-tsan tsan-one test-others test-full deps deps-wasm deps-bare \
	deps-full demo lint-text coverage bench profile counts install uninstall clean help
