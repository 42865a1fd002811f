/* What is put into a line of JSON, and taken out of it, without writing the rest anew. */
#include "lib/base/utf8.h"
#include "lib/format/json/json_private.h"
#include "lib/stream/output.h"

struct json_line hrg_json_line_of(const struct segment *whole)
{
	/* files, each with its mark, are put one after the other */
	const size_t mark = hrg_utf8_mark(whole->text);

	return (struct json_line){.text = {whole->text.ptr + mark, whole->text.len - mark}, .at = whole->base + mark};
}

bool hrg_json_is_too_long(const struct stream *s, const struct segment *whole)
{
	const size_t returns = whole->ending.len > 1;

	return whole->text.len + returns >= s->options.window;
}

struct span hrg_json_member_key(const struct stream *s)
{
	return hrg_span_of(*s->options.add_key ? s->options.add_key : "hrgloss");
}

bool hrg_json_edit(struct json *j, size_t at, size_t cut, size_t text)
{
	const struct json_edit edit = {(uint32_t)at, (uint32_t)cut, (uint32_t)text, (uint32_t)(j->added.len - text)};

	if (!buf_add(&j->edits, &edit, sizeof edit))
		return false;
	struct json_edit *all = BUF_ITEMS(struct json_edit, &j->edits);
	size_t i = BUF_COUNT(edit, &j->edits) - 1;
	for (; i > 0 && all[i - 1].at > at; i--)
		all[i] = all[i - 1];
	all[i] = edit;
	return true;
}

static bool put(struct stream *s, const struct json_line *line, size_t from, size_t to)
{
	if (line->own)
		return hrg_emit_own(s, (struct span){line->text.ptr + from, to - from});
	return emit_input(s, line->at + from, line->at + to);
}

bool hrg_json_put(struct stream *s, const struct json_line *line)
{
	const struct json *j = json_of(s);
	const struct json_edit *e = BUF_ITEMS(const struct json_edit, &j->edits);
	size_t done = 0;

	for (size_t i = 0; i < BUF_COUNT(*e, &j->edits); i++) {
		if (!put(s, line, done, e[i].at) || !hrg_emit_own(s, (struct span){buf_at(&j->added, e[i].text), e[i].len}))
			return false;
		done = e[i].at + e[i].cut;
	}
	return put(s, line, done, line->text.len);
}
