#include "cmd/lookup/entry.h"

#include <string.h>

bool is_32_bit(const char *space)
{
	return strcmp(space, "hresult") == 0 || strcmp(space, "ntstatus") == 0;
}

bool is_hexadecimal(const char *space)
{
	return is_32_bit(space) || strcmp(space, "exception") == 0 || strcmp(space, "bugcheck") == 0 ||
	       strcmp(space, "wlan_reason") == 0;
}

/* A part of what is shown, in the colour that it has on a terminal. */
enum part { PART_FAILURE, PART_SUCCESS, PART_HINT };

static void begin_part(FILE *out, bool color, enum part part)
{
	static const char *const codes[] = {
		[PART_FAILURE] = "\x1b[1;31m", [PART_SUCCESS] = "\x1b[1;32m", [PART_HINT] = "\x1b[2m"};

	if (color)
		fputs(codes[part], out);
}

static void end_part(FILE *out, bool color)
{
	if (color)
		fputs("\x1b[0m", out);
}

void spell_value(const char *space, uint32_t value, char out[SPELLED_BYTES])
{
	hrg_spell(value, is_hexadecimal(space) ? SPELLED_HEX : SPELLED_DECIMAL, out);
}

void write_entry_value(FILE *out, const char *space, uint32_t value)
{
	char spelled[SPELLED_BYTES];

	spell_value(space, value, spelled);
	fputs(spelled, out);
}

void write_hint(FILE *out, const char *hint, bool color)
{
	if (!*hint)
		return;
	begin_part(out, color, PART_HINT);
	fprintf(out, "  -> %s", hint);
	end_part(out, color);
	fputc('\n', out);
}

/* In every spelling that a log may have. */
static void write_spellings(FILE *out, const char *space, uint32_t value)
{
	if (is_hexadecimal(space))
		fprintf(out, "0x%08X  %d  %u", (unsigned)value, (int)value, (unsigned)value);
	else if (value >> 31)
		fprintf(out, "%d  0x%08X", (int)value, (unsigned)value);
	else
		fprintf(out, "%u  0x%X", (unsigned)value, (unsigned)value);
}

static void write_fields(FILE *out, const hrgloss *h, const char *space, uint32_t value)
{
	const char *facility = hrgloss_facility_name(h, space, value);

	fprintf(out, "%s, facility %u%s%s, code %u", hrgloss_is_failure(h, space, value) ? "failure" : "success",
	        (unsigned)hrgloss_facility(h, space, value), *facility ? " " : "", facility,
	        (unsigned)hrgloss_number(h, space, value));
}

/* Those of the entry and then, under the name of its topic, those of each situation. */
static void write_texts(FILE *out, const hrgloss *h, uint32_t entry, bool color)
{
	const char *topic = "";
	unsigned i = 0;

	do {
		const char *meaning = hrgloss_situation_meaning(h, entry, i);
		if (*meaning)
			fprintf(out, *topic ? "  %s: %s\n" : "  %s%s\n", topic, meaning);
		write_hint(out, hrgloss_situation_hint(h, entry, i), color);
		topic = hrgloss_situation_topic(h, entry, ++i);
	} while (*topic);
}

void write_entry_name(FILE *out, const hrgloss *h, uint32_t entry, bool color)
{
	const char *space = hrgloss_space(h, entry);
	const uint32_t value = hrgloss_value(h, entry);
	const bool success = is_32_bit(space) ? !hrgloss_is_failure(h, space, value) : value == 0;

	begin_part(out, color, success ? PART_SUCCESS : PART_FAILURE);
	if (*hrgloss_name(h, entry))
		fputs(hrgloss_name(h, entry), out);
	else
		write_entry_value(out, space, value);
	end_part(out, color);
}

static void write_win32(FILE *out, const hrgloss *h, uint32_t entry)
{
	const uint32_t win32 = win32_of_ntstatus(h, entry);

	if (win32 != HRGLOSS_NO_ENTRY)
		fprintf(out, "  programs see it as Win32 error %u %s\n", (unsigned)hrgloss_value(h, win32),
		        hrgloss_name(h, win32));
}

void write_entry(FILE *out, const hrgloss *h, uint32_t entry, bool color)
{
	const char *space = hrgloss_space(h, entry), *aliases = hrgloss_aliases(h, entry);
	const uint32_t value = hrgloss_value(h, entry);

	write_entry_name(out, h, entry, color);
	if (*aliases)
		fprintf(out, " (%s)", aliases);
	fprintf(out, "\n  ");
	write_spellings(out, space, value);
	fprintf(out, "  %s", space);
	if (is_32_bit(space)) {
		fputs(", ", out);
		write_fields(out, h, space, value);
	}
	fprintf(out, "\n");
	write_texts(out, h, entry, color);
	write_win32(out, h, entry);
}

/* By the two highest bits (MS-ERREF 2.3). */
static const char *severity_of(uint32_t value)
{
	static const char *const names[] = {"success", "informational", "warning", "error"};

	return names[value >> 30];
}

enum { CUSTOMER_BIT = 0x20000000, NTSTATUS_BIT = 0x10000000 };

static void write_as_hresult(FILE *out, const hrgloss *h, uint32_t value)
{
	fputs("  as an HRESULT: ", out);
	if (value & CUSTOMER_BIT)
		fputs("of the program's own making (customer bit), ", out);
	if (value & NTSTATUS_BIT)
		fprintf(out, "the NTSTATUS 0x%08X", (unsigned)(value & ~(uint32_t)NTSTATUS_BIT));
	else
		write_fields(out, h, "hresult", value);
	fputc('\n', out);
}

static void write_as_ntstatus(FILE *out, const hrgloss *h, uint32_t value)
{
	const char *facility = hrgloss_facility_name(h, "ntstatus", value);

	fprintf(out, "  as an NTSTATUS: %s, %sfacility %u%s%s, code %u\n", severity_of(value),
	        value & CUSTOMER_BIT ? "of the program's own making (customer bit), " : "",
	        (unsigned)hrgloss_facility(h, "ntstatus", value), *facility ? " " : "", facility,
	        (unsigned)hrgloss_number(h, "ntstatus", value));
}

void write_unknown(FILE *out, const hrgloss *h, uint32_t value)
{
	fprintf(out, "0x%08X\n  0x%08X  %d  %u  in no table\n", (unsigned)value, (unsigned)value, (int)value, (unsigned)value);
	if (value <= 0xFFFF) {
		fprintf(out, "  as a Win32 error: as an HRESULT it is 0x%08X\n", 0x80070000u | (unsigned)value);
		return;
	}
	write_as_hresult(out, h, value);
	if (value >> 31)
		write_as_ntstatus(out, h, value);
}
