/* W3C extended logs: IIS and its relatives, and those of Exchange, which have commas between the fields. */
#include "lib/format/columns/columns_private.h"

static const char directive[] = "#Fields:";

static bool is_header(struct span line)
{
	const size_t len = sizeof directive - 1;

	return line.len > len && hrg_span_eq_nocase((struct span){line.ptr, len}, (struct span){directive, len});
}

static enum row_kind kind(struct columns *c, struct span line)
{
	const size_t mark = hrg_utf8_mark(line);
	const struct span text = {line.ptr + mark, line.len - mark};

	if (is_header(text))
		return ROW_HEADER;
	if (text.len == 0 || *text.ptr == '#')
		return ROW_OTHER;
	return c->count ? ROW_DATA : ROW_PLAIN;
}

static struct layout layout(const struct columns *c, struct span line)
{
	struct layout l = {.separator = ' ', .from = hrg_utf8_mark(line) + sizeof directive - 1};

	(void)c;
	while (l.from < line.len && (line.ptr[l.from] == ' ' || line.ptr[l.from] == '\t'))
		l.from++;
	const struct span names = {line.ptr + l.from, line.len - l.from};
	if (names.len && memchr(names.ptr, '\t', names.len)) {
		l.separator = '\t';
	} else if (names.len && memchr(names.ptr, ',', names.len)) {
		l.separator = ',';
		l.quotes = true;
	}
	return l;
}

const struct dialect hrg_w3c_dialect = {"x-hrgloss", false, kind, layout};
