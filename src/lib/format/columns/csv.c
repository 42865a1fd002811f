/* CSV with a header row, as RFC 4180 has it, with commas, semicolons or tabs. */
#include "lib/format/columns/columns_private.h"

static bool is_separator(char byte)
{
	return byte == ',' || byte == ';' || byte == '\t';
}

/* What programs write before the header: PowerShell the type of the objects, Excel the separator. */
static enum row_kind kind(struct columns *c, struct span line)
{
	const size_t mark = hrg_utf8_mark(line);
	const struct span text = {line.ptr + mark, line.len - mark};

	if (text.len == 0)
		return ROW_OTHER;
	if (c->count)
		return ROW_DATA;
	if (hrg_span_starts(text, hrg_span_of("#TYPE ")))
		return ROW_OTHER;
	if (text.len == 5 && hrg_span_starts(text, hrg_span_of("sep=")) && is_separator(text.ptr[4])) {
		c->announced = text.ptr[4];
		return ROW_OTHER;
	}
	return ROW_HEADER;
}

/* The one that there are most of outside quotes; of two as frequent, the one that is more usual. */
static char most_frequent(struct span line)
{
	static const char separators[] = {',', ';', '\t'};
	size_t count[sizeof separators] = {0}, best = 0;
	bool inside = false, begins = true;

	for (size_t at = 0; at < line.len; at++) {
		const char byte = line.ptr[at];
		if (byte == '"' && (inside || begins))
			inside = !inside;
		for (size_t i = 0; i < sizeof separators && !inside; i++)
			count[i] += byte == separators[i];
		begins = is_separator(byte);
	}
	for (size_t i = 1; i < sizeof separators; i++)
		best = count[i] > count[best] ? i : best;
	return separators[best];
}

static struct layout layout(const struct columns *c, struct span line)
{
	struct layout l = {.separator = c->announced, .quotes = true, .from = hrg_utf8_mark(line)};

	if (!l.separator)
		l.separator = most_frequent((struct span){line.ptr + l.from, line.len - l.from});
	return l;
}

const struct dialect hrg_csv_dialect = {"hrgloss", true, kind, layout};
