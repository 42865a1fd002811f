# Builds filter.c with the library and PCRE2 as a WebAssembly module; `make wasm` includes it. Debian does not have PCRE2 for
# wasm32, so it is built from the source package that fetch.sh has brought into .build/sources; what of it is not called is left
# out. PCRE2 goes without JIT, which needs a machine to compile for, and without Unicode's tables, which
# the packs do not ask for.
FILTER := examples/shippers/fluent-bit
PCRE2 := $(firstword $(wildcard .build/sources/pcre2-*/src))
$(if $(PCRE2),,$(error PCRE2 is missing: make deps-wasm))
PCRE2_PARTS := auto_possess chartables compile config context extuni find_bracket jit_compile match match_data newline ord2utf \
	pattern_info script_run string_utils study tables ucd valid_utf xclass
PCRE2_OBJ := $(PCRE2_PARTS:%=$(B)/pcre2_%.o)

OWN_CPPFLAGS += -I$(B)

# A reactor has no main(): it is begun once and then called. With malloc and free to call, Fluent Bit puts records of any size
# into the module's own memory, which grows, and not into 8 KiB beside it.
$(B)/hrgloss.wasm: $(B)/$(FILTER)/filter.o $(LIB_OBJ) $(PCRE2_OBJ)
	$(CC) -mexec-model=reactor -Wl,--export=malloc,--export=free,--strip-all,--gc-sections,-z,stack-size=1048576 -o $@ $^

$(LIB_OBJ) $(B)/$(FILTER)/filter.o: $(B)/pcre2.h

$(B)/pcre2.h: $(PCRE2)/pcre2.h.generic $(CONFIGURED)
	@mkdir -p $(@D)
	cp $< $@
	cp $(PCRE2)/config.h.generic $(B)/config.h
	cp $(PCRE2)/pcre2_chartables.c.dist $(B)/pcre2_chartables.c

PCRE2_FLAGS := -O2 -DHAVE_CONFIG_H -DHAVE_MEMMOVE -DPCRE2_CODE_UNIT_WIDTH=8 -DPCRE2_STATIC -I$(B) -I$(PCRE2)
$(B)/pcre2_chartables.o: $(B)/pcre2.h
	$(CC) $(PCRE2_FLAGS) -c -o $@ $(B)/pcre2_chartables.c
$(B)/pcre2_%.o: $(PCRE2)/pcre2_%.c $(B)/pcre2.h
	$(CC) $(PCRE2_FLAGS) -c -o $@ $<
