#include "lib/stream/grid.h"

#include <string.h>

/* So many lines decide whether a text is a session; a header is no longer than that, nor a name. */
enum { FIRST_LINES = 3, LONGEST_HEADER = 4096, LONGEST_NAME = 48 };

static const char fields[] = "#Fields:", software[] = "#Software:";

void hrg_grid_free(struct grid *t)
{
	struct buf *const all[] = {&t->header, &t->prompt, &t->before, &t->about, &t->probe, &t->found};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		hrg_buf_free(all[i]);
}

void hrg_grid_begin(struct grid *t)
{
	t->session = t->after_prompt = false;
	t->seen = 0;
	t->kind = GRID_NONE;
	t->prompt.len = t->before.len = 0;
}

static bool set(struct buf *to, struct span text)
{
	to->len = 0;
	return hrg_buf_add_span(to, text);
}

bool hrg_grid_copy(struct grid *to, const struct grid *from)
{
	to->session = from->session;
	to->seen = from->seen;
	to->after_prompt = from->after_prompt;
	to->kind = from->kind;
	to->separator = from->separator;
	to->count = from->count;
	memcpy(to->columns, from->columns, sizeof to->columns);
	return set(&to->header, buf_span(&from->header)) && set(&to->prompt, buf_span(&from->prompt)) &&
	       set(&to->before, buf_span(&from->before)) && set(&to->about, buf_span(&from->about));
}

bool hrg_grid_watches(const struct grid *t)
{
	return t->session || t->kind != GRID_NONE || t->seen < FIRST_LINES;
}

bool hrg_grid_begins(const struct grid *t)
{
	return t->seen < FIRST_LINES;
}

size_t hrg_grid_next(struct span text, size_t from, size_t to, char newline)
{
	for (size_t at = from; at < to; at++) {
		const char *mark = memchr(text.ptr + at, '#', to - at);
		if (!mark)
			return to;
		at = (size_t)(mark - text.ptr);
		if ((at == from || mark[-1] == newline) &&
		    (hrg_span_starts((struct span){mark, to - at}, hrg_span_of(fields)) ||
		     hrg_span_starts((struct span){mark, to - at}, hrg_span_of(software))))
			return at;
	}
	return to;
}

static bool is_blank(struct span line)
{
	return hrg_span_trim(line).len == 0;
}

/* `C:\dir>`, `PS C:\dir>`. */
static bool is_prompt(struct span line)
{
	if (hrg_span_starts(line, hrg_span_of("PS ")))
		line = (struct span){line.ptr + 3, line.len - 3};
	return line.len > 3 && byte_is(line.ptr[0], BYTE_UPPER | BYTE_LOWER) && line.ptr[1] == ':' && line.ptr[2] == '\\' &&
	       memchr(line.ptr, '>', line.len);
}

static bool is_transcript(struct span line)
{
	return hrg_span_starts(line, hrg_span_of("**********"));
}

static bool is_rule(struct span line)
{
	bool dashes = false;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] != '-' && line.ptr[i] != ' ')
			return false;
		dashes |= i > 0 && line.ptr[i] == '-' && line.ptr[i - 1] == '-';
	}
	return dashes;
}

static bool add_column(struct grid *t, size_t start, size_t len)
{
	if (t->count == GRID_COLUMNS)
		return false;
	t->columns[t->count++] = (struct grid_column){(uint32_t)start, (uint32_t)len, false};
	return true;
}

/* The next field of a line; *at moves after its separator. Blanks count as one, other separators each. */
static struct span next_field(struct span line, char separator, size_t *at)
{
	size_t start = *at, end;

	while (separator == ' ' && start < line.len && line.ptr[start] == ' ')
		start++;
	end = start;
	if (separator != ' ' && end < line.len && line.ptr[end] == '"') {
		const char *close = memchr(line.ptr + end + 1, '"', line.len - end - 1);
		end = close ? (size_t)(close - line.ptr) : line.len;
	}
	const char *found = end < line.len ? memchr(line.ptr + end, separator, line.len - end) : NULL;
	end = found ? (size_t)(found - line.ptr) : line.len;
	*at = found ? end + 1 : line.len + 1;
	struct span field = hrg_span_trim((struct span){line.ptr + start, end - start});
	if (separator != ' ' && field.len > 1 && *field.ptr == '"' && field.ptr[field.len - 1] == '"')
		field = (struct span){field.ptr + 1, field.len - 2};
	return field;
}

static bool split_names(struct grid *t, struct span line, size_t from)
{
	t->count = 0;
	for (size_t at = from; at <= line.len;) {
		const struct span name = next_field(line, t->separator, &at);
		if (t->separator == ' ' && !name.len)
			break;
		if (!add_column(t, (size_t)(name.ptr - line.ptr), name.len))
			return false;
	}
	return t->count > 1;
}

/* What a column may be called. */
static bool is_name(struct span name)
{
	bool is = name.len > 0 && name.len <= LONGEST_NAME && byte_is(*name.ptr, BYTE_UPPER | BYTE_LOWER);

	for (size_t i = 0; is && i < name.len; i++)
		is = byte_is(name.ptr[i], BYTE_WORD) || strchr(" -_()/#%.", name.ptr[i]);
	return is;
}

/* Marks the columns whose names go before numbers in a pattern. */
static bool mark_wanted(struct grid *t, const struct scanner *s, struct span line, bool *any)
{
	bool ok = true;

	*any = false;
	for (unsigned i = 0; ok && i < t->count; i++) {
		struct grid_column *c = &t->columns[i];
		t->probe.len = t->found.len = 0;
		ok = hrg_buf_add_span(&t->probe, (struct span){line.ptr + c->start, c->len}) &&
		     hrg_buf_add_text(&t->probe, ": 1") && hrg_scan(s, buf_span(&t->probe), &t->found);
		const struct candidate *all = BUF_ITEMS(const struct candidate, &t->found);
		for (size_t n = 0; ok && n < BUF_COUNT(*all, &t->found); n++)
			c->wanted |= all[n].form == FORM_NUMBER && all[n].code > c->len;
		*any |= c->wanted;
	}
	return ok;
}

/* `kind`, if any of the columns that `line` names is wanted. */
static bool begin_table(struct grid *t, const struct scanner *s, struct span line, enum grid_kind kind)
{
	bool any;

	t->kind = GRID_NONE;
	if (!mark_wanted(t, s, line, &any))
		return false;
	if (!any)
		return true;
	t->kind = kind;
	return set(&t->header, line) && set(&t->about, line) && hrg_buf_add_text(&t->about, "\n") &&
	       hrg_buf_add_span(&t->about, buf_span(&t->prompt));
}

bool hrg_grid_renew(struct grid *t, const struct scanner *s)
{
	bool any;

	if (t->kind == GRID_NONE)
		return true;
	for (unsigned i = 0; i < t->count; i++)
		t->columns[i].wanted = false;
	if (!mark_wanted(t, s, buf_span(&t->header), &any))
		return false;
	t->kind = any ? t->kind : GRID_NONE;
	return true;
}

static bool take_fields(struct grid *t, const struct scanner *s, struct span line)
{
	t->separator = memchr(line.ptr, '\t', line.len) ? '\t' : memchr(line.ptr, ',', line.len) ? ',' : ' ';
	t->kind = GRID_NONE;
	size_t from = sizeof fields - 1;
	from += span_run((struct span){line.ptr + from, line.len - from}, BYTE_GAP) > 0 && line.ptr[from] == ' ';
	return !split_names(t, line, from) || begin_table(t, s, line, GRID_FIELDS);
}

static bool take_commas(struct grid *t, const struct scanner *s, struct span line)
{
	t->separator = ',';
	if (!memchr(line.ptr, ',', line.len) || !split_names(t, line, 0))
		return true;
	for (unsigned i = 0; i < t->count; i++)
		if (!is_name((struct span){line.ptr + t->columns[i].start, t->columns[i].len}))
			return true;
	return begin_table(t, s, line, GRID_COMMAS);
}

/* The line before names the columns, each from where its dashes begin to where those of the next do. */
static bool take_rule(struct grid *t, const struct scanner *s, struct span rule)
{
	const struct span names = buf_span(&t->before);
	size_t at = 0;

	t->count = 0;
	while (at < rule.len) {
		const char *dash = memchr(rule.ptr + at, '-', rule.len - at);
		if (!dash)
			break;
		const size_t start = (size_t)(dash - rule.ptr);
		for (at = start; at < rule.len && rule.ptr[at] == '-';)
			at++;
		if (start >= names.len)
			break;
		const size_t end = at < names.len ? at : names.len;
		if (!add_column(t, start, hrg_span_trim((struct span){names.ptr + start, end - start}).len))
			return true;
	}
	return t->count < 2 || begin_table(t, s, names, GRID_RULED);
}

static unsigned count_fields(const struct grid *t, struct span row)
{
	unsigned count = 0;

	for (size_t at = 0; at <= row.len;)
		count += next_field(row, t->separator, &at).len > 0 || t->separator != ' ';
	return count;
}

/* A row goes on a table; whatever else ends it. */
static bool goes_on(const struct grid *t, struct span line)
{
	if (t->kind == GRID_RULED)
		return !is_blank(line) && !is_prompt(line);
	return t->kind == GRID_FIELDS ? !hrg_span_starts(line, hrg_span_of(software)) : count_fields(t, line) == t->count;
}

static bool begin_or_pass(struct grid *t, const struct scanner *s, struct span line)
{
	if (hrg_span_starts(line, hrg_span_of(fields)))
		return take_fields(t, s, line);
	if ((t->session || hrg_grid_begins(t)) && is_rule(line) && t->before.len)
		return take_rule(t, s, line);
	if (t->kind == GRID_NONE && (t->seen == 0 || (t->session && t->after_prompt)))
		return take_commas(t, s, line);
	return true;
}

/* Ruled tables are looked for in sessions only, and at the beginning. */
static bool keep_line(struct grid *t, struct span line)
{
	if (!t->session && !hrg_grid_begins(t))
		return true;
	const bool prompt = is_prompt(line);

	t->session |= t->seen < FIRST_LINES && (prompt || is_transcript(line) || t->kind == GRID_RULED);
	t->seen += t->seen < FIRST_LINES;
	t->after_prompt = prompt;
	if (prompt && !set(&t->prompt, line))
		return false;
	return set(&t->before, is_blank(line) || prompt ? (struct span){0} : line);
}

bool hrg_grid_line(struct grid *t, const struct scanner *s, struct span line, bool *row)
{
	*row = false;
	if (line.len > LONGEST_HEADER)
		line.len = 0;
	if (t->kind != GRID_NONE) {
		if (!goes_on(t, line))
			t->kind = GRID_NONE;
		*row = t->kind != GRID_NONE && line.len && *line.ptr != '#';
	}
	return begin_or_pass(t, s, line) && keep_line(t, line);
}

static bool is_blank_at(struct span row, size_t at)
{
	return at >= row.len || row.ptr[at] == ' ' || row.ptr[at] == '\t';
}

/* A field that does not keep to its column is none. */
static bool ruled_field(const struct grid *t, struct span row, unsigned column, struct span *field)
{
	const size_t start = t->columns[column].start;
	const size_t next = column + 1 < t->count ? t->columns[column + 1].start : row.len;
	const size_t end = next < row.len ? next : row.len;

	if (start >= row.len || (start > 0 && !is_blank_at(row, start - 1)) || (end < row.len && !is_blank_at(row, end - 1)))
		return false;
	*field = hrg_span_trim((struct span){row.ptr + start, end - start});
	return true;
}

bool hrg_grid_field(const struct grid *t, struct span row, unsigned column, struct span *field)
{
	unsigned count = 0;
	bool found = false;

	if (t->kind == GRID_RULED)
		return ruled_field(t, row, column, field);
	for (size_t at = 0; at <= row.len;) {
		const struct span next = next_field(row, t->separator, &at);
		if (t->separator == ' ' && !next.len)
			break;
		if (count == column)
			*field = next;
		found |= count == column;
		count++;
	}
	return found && count == t->count;
}
