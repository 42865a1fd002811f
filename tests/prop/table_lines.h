/* Lines with the names and values of the tables: every name and alias beside its value, in the spellings that logs have. */
#ifndef HRG_TESTS_TABLE_LINES_H
#define HRG_TESTS_TABLE_LINES_H

#include "prop/passes.h"

/* A name or an alias of an entry. */
struct table_row {
	char name[104];
	uint32_t value;
	bool wide; /* its space spells values by 0x and eight digits */
};

struct table_rows {
	struct table_row *all;
	size_t count;
};

static inline void add_row(struct buf *rows, const char *name, size_t len, uint32_t value, const char *space)
{
	struct table_row r = {.value = value, .wide = strcmp(space, "hresult") == 0 || strcmp(space, "ntstatus") == 0};

	assert_true(len < sizeof r.name);
	memcpy(r.name, name, len);
	assert_true(buf_add(rows, &r, sizeof r));
}

/* Every row of the tables that are compiled in; free `all`. */
static inline struct table_rows all_rows(void)
{
	hrgloss *h = hrgloss_new(NULL, NULL);
	struct buf rows = {0};

	assert_non_null(h);
	for (uint32_t i = 0; i < hrgloss_entry_count(h); i++) {
		const char *space = hrgloss_space(h, i), *name = hrgloss_name(h, i);
		add_row(&rows, name, strlen(name), hrgloss_value(h, i), space);
		for (const char *alias = hrgloss_aliases(h, i); *alias; alias += *alias == ',') {
			const size_t len = strcspn(alias, ",");
			add_row(&rows, alias, len, hrgloss_value(h, i), space);
			alias += len;
		}
	}
	hrgloss_free(h);
	return (struct table_rows){BUF_ITEMS(struct table_row, &rows), BUF_COUNT(struct table_row, &rows)};
}

/* How a value is spelled, by the letter after % in a template. */
static inline void add_spelled(struct buf *out, char how, const struct table_row *r, const struct table_row *other)
{
	char text[16];
	const uint32_t v = r->value;

	switch (how) {
	case 'N':
		assert_true(hrg_buf_add_text(out, r->name));
		return;
	case 'O':
		assert_true(hrg_buf_add_text(out, other->name));
		return;
	case 'H': /* as an HRESULT, which may hold a Win32 code */
		snprintf(text, sizeof text, "0x%08X", (unsigned)(r->wide || v > 0xFFFF ? v : 0x80070000 | v));
		break;
	case 'T': /* as an NTSTATUS in an HRESULT, or a Win32 code in an NTSTATUS */
		snprintf(text, sizeof text, "0x%08x", (unsigned)(r->wide || v > 0xFFFF ? v | 0x10000000 : 0xC0070000 | v));
		break;
	case 'X':
		snprintf(text, sizeof text, "0x%x", (unsigned)v);
		break;
	case 'B':
		snprintf(text, sizeof text, "%08x", (unsigned)(r->wide || v > 0xFFFF ? v : 0x80070000 | v));
		break;
	case 'S':
		snprintf(text, sizeof text, "%d", (int)(r->wide || v > 0xFFFF ? v : 0x80070000 | v));
		break;
	case 'D':
		snprintf(text, sizeof text, "%d", (int)v);
		break;
	default:
		snprintf(text, sizeof text, "%u", (unsigned)v);
		break;
	}
	assert_true(hrg_buf_add_text(out, text));
}

/* Writes the template's line for a row; `other` is the row that %O, and after %o the next spelling, are of. */
static inline void add_line(struct buf *out, const char *line, const struct table_row *r, const struct table_row *other)
{
	const struct table_row *of = r;

	for (; *line; line++) {
		if (*line != '%') {
			assert_true(buf_add(out, line, 1));
		} else if (*++line == 'o') {
			of = other; /* until the next spelling */
		} else {
			add_spelled(out, *line, of, other);
			of = r;
		}
	}
}

/* How codes are set side by side. */
static const char *const side_by_side[] = {
	"%N (%H)",
	"%H (%N)",
	"%N - %D",
	"%D - %N",
	"%N = %S",
	"%S = %N",
	"%N: %T",
	"[HRESULT = %H - %N]",
	"error %D (%N)",
	"%N (%X)",
	"status: %X %N",
	"hr = %B (%N)",
	"exit code %U: %N",
	"%N, %H, %N (%S)",
	"Kerberos Failure Code: %X %N",
	"%N (%o%H)",
	"%o%H (%N) %N",
	"ESE error %D",
	"os error %D %N = %X",
};

enum { SIDE_BY_SIDE = sizeof side_by_side / sizeof *side_by_side };

/* How many rows are left out for each that is taken: sanitizers and emulators are slow. */
static inline size_t stride(void)
{
	const char *wanted = getenv("HRGLOSS_PROPERTY_RUNS");

	if (wanted && *wanted && strtoul(wanted, NULL, 10) < 100)
		return 199;
#if defined(__SANITIZE_ADDRESS__)
	return 31;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return 31;
#endif
#endif
	return 1;
}

/* Set-up and tear-down of a group whose state they are. */
static inline int list_rows(void **state)
{
	static struct table_rows rows;

	rows = all_rows();
	*state = &rows;
	return 0;
}

static inline int free_rows(void **state)
{
	const struct table_rows *rows = *state;

	free(rows->all);
	return 0;
}

#endif
