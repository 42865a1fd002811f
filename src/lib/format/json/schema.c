/* Where others want to read what hrgloss knows of a code: the Elastic Common Schema, OpenTelemetry and the Open Cybersecurity
 * Schema Framework. Of several codes in a line, the first known one is reported, since a line has one place for it. */
#include "lib/format/json/json_private.h"

enum member_text { TEXT_CODE, TEXT_NAME, TEXT_MEANING, TEXT_NAME_AND_MEANING };

struct schema_row {
	enum schema schema;
	const char *path; /* of the member, all of it */
	size_t object;    /* bytes of the path that name the object it is in; 0 = the document itself */
	enum member_text text;
	bool names; /* what is there begins with the name of a code */
};

static const struct schema_row rows[] = {
	{SCHEMA_ECS, "error.code", 5, TEXT_CODE, false},       {SCHEMA_ECS, "error.type", 5, TEXT_NAME, true},
	{SCHEMA_ECS, "error.message", 5, TEXT_MEANING, false}, {SCHEMA_OTEL, "attributes.error.type", 10, TEXT_NAME, true},
	{SCHEMA_OCSF, "status_code", 0, TEXT_CODE, false},     {SCHEMA_OCSF, "status_detail", 0, TEXT_NAME_AND_MEANING, true},
};

enum { ROWS = sizeof rows / sizeof *rows };

_Static_assert(2 * ROWS <= 12 && JSON_KEPT >= 8, "no schema has more than four rows");

bool hrg_schema_has_member(enum schema schema)
{
	return schema == SCHEMA_NONE || schema == SCHEMA_OTEL;
}

bool hrg_schema_has(enum schema schema, struct json_doc *d, uint32_t node)
{
	for (const struct schema_row *r = rows; r < rows + ROWS; r++)
		if (r->schema == schema && hrg_json_has_path(d, node, hrg_span_of(r->path)))
			return true;
	return false;
}

void hrg_schema_keep(enum schema schema, struct json_doc *d)
{
	d->kept_count = 0;
	for (const struct schema_row *r = rows; r < rows + ROWS; r++) {
		if (r->schema != schema)
			continue;
		d->kept[d->kept_count++] = hrg_span_of(r->path);
		if (r->object)
			d->kept[d->kept_count++] = (struct span){r->path, r->object};
	}
}

static bool is_value_without_name(const struct codes *c, struct span text)
{
	uint32_t value;
	struct reading r;

	if (!hrg_parse_value32(text, &value))
		return false;
	struct reading_walk walk = hrg_codes_walk(c, value);
	while (hrg_codes_walk_next(&walk, &r))
		if (!*hrg_reading_name(&r) && r.entry->value == value)
			return true;
	return false;
}

/* What is after the name: the end, or what parts it from the meaning. */
static bool begins_with_name(const struct codes *c, struct span text)
{
	struct reading r[MAX_READINGS];

	text.len = span_run(text, BYTE_WORD);
	return text.len && (hrg_codes_named(c, text, r) > 0 || is_value_without_name(c, text));
}

bool hrg_schema_is_done(struct stream *s)
{
	struct json_doc *d = &json_of(s)->doc;
	bool named = false;

	for (const struct schema_row *r = rows; r < rows + ROWS; r++) {
		if (r->schema != s->options.schema)
			continue;
		const uint32_t node = hrg_json_find(d, hrg_span_of(r->path));
		if (!node)
			return false;
		size_t count;
		const struct json_node *n = &hrg_json_nodes(d, &count)[node];
		if (r->names && n->kind == KIND_STRING)
			named = begins_with_name(s->codes, (struct span){d->line.ptr + n->start + 1, n->end - n->start - 2});
	}
	return named;
}

static bool add_text_of(struct stream *s, const struct hit *hit, enum member_text text, struct buf *out)
{
	const struct reading *r = &hit->readings[0];
	const struct style style = {s->options.language, s->options.hint, hit->situation};
	const char *meaning = hrg_reading_meaning(r, style.situation, style.language);

	switch (text) {
	case TEXT_CODE:
		/* the code inside 0x8007xxxx is not what the line says */
		if (r->entry->space == SPACE_WIN32 && hit->value != r->entry->value)
			return hrg_buf_add_code(out, hit->value);
		return hrg_gloss_value(r->entry, out);
	case TEXT_MEANING:
		if (*meaning)
			return hrg_gloss_explanation(r, style, out);
		return hrg_gloss_name(r, out);
	case TEXT_NAME:
		return hrg_gloss_name(r, out);
	case TEXT_NAME_AND_MEANING:
		return hrg_gloss_number_words(r, style, out);
	}
	return false;
}

/* `,"key":"text"` */
static bool add_member(struct stream *s, const struct schema_row *r, const struct hit *hit, bool first)
{
	struct buf *out = &json_of(s)->added, *text = &json_of(s)->scratch;
	const char *key = r->path + (r->object ? r->object + 1 : 0);

	text->len = 0;
	return (first || hrg_buf_add_text(out, ",")) && hrg_json_string(out, hrg_span_of(key)) && hrg_buf_add_text(out, ":") &&
	       add_text_of(s, hit, r->text, text) && hrg_json_string(out, buf_span(text));
}

/* 0 when memory is exhausted, too: then what comes next fails. */
static uint32_t find_below(struct json *j, const char *above, struct span path)
{
	j->path.len = 0;
	if (!hrg_buf_add_text(&j->path, above) || !hrg_buf_add_text(&j->path, ".") || !hrg_buf_add_span(&j->path, path))
		return 0;
	return hrg_json_find(&j->doc, buf_span(&j->path));
}

bool hrg_schema_write(struct stream *s, const struct hit *hit, const char *above)
{
	struct json *j = json_of(s);
	const struct schema_row *r = rows;
	bool first = true;

	while (r < rows + ROWS && r->schema != s->options.schema)
		r++;
	const struct span object = {r->path, r->object};
	if (object.len && find_below(j, above, object))
		return true;
	if (object.len && !(hrg_json_string(&j->added, object) && hrg_buf_add_text(&j->added, ":{")))
		return false;
	for (; r < rows + ROWS && r->schema == s->options.schema; r++) {
		if (!object.len && find_below(j, above, hrg_span_of(r->path)))
			continue;
		if (!add_member(s, r, hit, first))
			return false;
		first = false;
	}
	return !object.len || hrg_buf_add_text(&j->added, "}");
}

bool hrg_schema_add(struct stream *s, const struct hit *hit)
{
	struct json *j = json_of(s);
	size_t count;
	const size_t text = j->added.len;
	const struct schema_row *r = rows;
	bool any = false;

	while (r < rows + ROWS && r->schema != s->options.schema)
		r++;
	const struct span object = {r->path, r->object};
	const uint32_t node = object.len ? hrg_json_find(&j->doc, object) : 0;
	const bool found = node || !object.len;
	const struct json_node n = hrg_json_nodes(&j->doc, &count)[node];
	if (found && n.kind != KIND_OBJECT)
		return true;
	if (!found &&
	    !(hrg_buf_add_text(&j->added, ",") && hrg_json_string(&j->added, object) && hrg_buf_add_text(&j->added, ":{")))
		return false;
	for (; r < rows + ROWS && r->schema == s->options.schema; r++) {
		if (hrg_json_find(&j->doc, hrg_span_of(r->path)))
			continue;
		if (!add_member(s, r, hit, !any && (!found || n.empty)))
			return false;
		any = true;
	}
	if (!any) {
		j->added.len = text;
		return true;
	}
	s->counts.glosses++;
	const struct json_node *root = hrg_json_nodes(&j->doc, &count);
	return (found || hrg_buf_add_text(&j->added, "}")) && hrg_json_edit(j, found ? n.tail : root->tail, 0, text);
}
