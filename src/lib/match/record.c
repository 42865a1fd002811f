/* Evidence from earlier lines. The lines are kept as text until somebody asks, which is seldom; then each is looked into once.
 */
#include "lib/match/record.h"

#include "lib/match/record_private.h"

#include <stdlib.h>
#include <string.h>

/* What has gone is taken out of the text when it is that much. */
enum { SLACK = 4 * RECORD_BYTES };

struct record *hrg_record_new(void)
{
	return calloc(1, sizeof(struct record));
}

void hrg_record_free(struct record *r)
{
	if (r)
		hrg_buf_free(&r->text);
	free(r);
}

void hrg_record_begin(struct record *r)
{
	r->first = r->count = 0;
	r->bytes = r->start = r->text.len = 0;
}

static void drop_first(struct record *r)
{
	const size_t len = r->lines[r->first].len + (size_t)1;

	r->bytes -= len;
	r->start += len;
	r->first++;
	r->count--;
}

static void compact(struct record *r)
{
	if (r->first >= RECORD_LINES) {
		memcpy(r->lines, r->lines + r->first, r->count * sizeof *r->lines);
		r->first = 0;
	}
	if (r->start < SLACK)
		return;
	memmove(r->text.ptr, r->text.ptr + r->start, r->bytes);
	r->text.len = r->bytes;
	r->start = 0;
}

static bool is_blank(struct span line)
{
	return hrg_span_trim(line).len == 0;
}

bool hrg_record_add(struct record *r, struct span line)
{
	struct record_line added = {.len = (uint32_t)line.len, .after_blank = follows_blank(r), .blank = is_blank(line)};

	if (line.len >= RECORD_BYTES) {
		hrg_record_begin(r);
		return true;
	}
	while (r->count == RECORD_LINES || (r->count && r->bytes + line.len + 1 > RECORD_BYTES))
		drop_first(r);
	compact(r);
	if (!hrg_buf_add_span(&r->text, line) || !buf_add(&r->text, "\n", 1))
		return false;
	r->bytes += line.len + 1;
	r->lines[r->first + r->count++] = added;
	return true;
}

bool hrg_record_copy(struct record *to, const struct record *from)
{
	const struct span text = {from->bytes ? from->text.ptr + from->start : NULL, from->bytes};

	to->text.len = to->start = 0;
	memcpy(to->lines, from->lines, sizeof to->lines);
	to->first = from->first;
	to->count = from->count;
	to->bytes = from->bytes;
	return hrg_buf_add_span(&to->text, text);
}

void hrg_record_forget(struct record *r)
{
	for (unsigned i = 0; i < r->count; i++)
		r->lines[r->first + i].known = false;
}
