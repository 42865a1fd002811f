/* How an entry is shown. */
#ifndef HRG_ENTRY_H
#define HRG_ENTRY_H

#include "hrgloss.h"
#include "lib/base/base.h"

#include <stdbool.h>
#include <stdio.h>

/* Whether the values of the space are written in hexadecimal, as people know them. */
bool is_hexadecimal(const char *space);
/* Of 32 bits: with a severity and a facility. */
bool is_32_bit(const char *space);

/* The name, or, where the code has none, the value. */
void write_entry_name(FILE *out, const hrgloss *h, uint32_t entry, bool color);
/* The value as its space writes it. */
void spell_value(const char *space, uint32_t value, char out[SPELLED_BYTES]);
void write_entry_value(FILE *out, const char *space, uint32_t value);
/* A line with the hint; none for "". */
void write_hint(FILE *out, const char *hint, bool color);
/* All that is known: name, value in every spelling, parts, meanings, hints. */
void write_entry(FILE *out, const hrgloss *h, uint32_t entry, bool color);
/* What can be told from the value alone, where no table has it. */
void write_unknown(FILE *out, const hrgloss *h, uint32_t value);

/* The same as an object on a line; `query` is what was asked. False when memory is exhausted. */
bool write_entry_json(FILE *out, const hrgloss *h, const char *query, uint32_t entry);
/* known: false; of what is not a number, `value` is NULL. */
bool write_unknown_json(FILE *out, const hrgloss *h, const char *query, const uint32_t *value);

/* The entry of the Win32 error that an NTSTATUS becomes when a program asks for one (patterns/win32_of_ntstatus.tsv);
 * HRGLOSS_NO_ENTRY if that is not known. */
uint32_t win32_of_ntstatus(const hrgloss *h, uint32_t entry);

#endif
