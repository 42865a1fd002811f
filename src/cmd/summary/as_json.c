/* --summary=json: one document. */
#include "cmd/summary/summary_private.h"

#include <jansson.h>
#include <stdlib.h>

/* Puts the value there and takes it over; what went wrong before shows as a NULL, which jansson refuses. */
static int set(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value);
}

static int set_number(json_t *object, const char *key, uint64_t n)
{
	return set(object, key, json_integer((json_int_t)n));
}

static int set_text(json_t *object, const char *key, const char *text)
{
	return set(object, key, *text ? json_string(text) : json_null());
}

static int set_time(json_t *object, const char *key, int64_t time)
{
	char text[CALENDAR_TEXT];

	calendar_text(time, 'T', text);
	return set_text(object, key, text);
}

static int set_place(json_t *object, const char *key, const struct place *p)
{
	json_t *place = json_object();
	char *file = clean_text(p->input->text, false);
	int bad = set(place, "file", file ? json_string(file) : NULL);

	free(file);
	bad |= set_number(place, "line", p->line);
	bad |= set_time(place, "time", p->time);
	return bad | set(object, key, place);
}

static int set_times(json_t *object, const struct sheet *s, const struct bins *b)
{
	json_t *times = json_object(), *list = json_array();
	uint64_t counts[BINS];
	int bad = set_time(times, "first", b->low);

	bins_on_axis(b, &s->axis, counts);
	bad |= set_time(times, "last", b->high);
	bad |= set_time(times, "start", axis_time(&s->axis, 0));
	bad |= set_number(times, "width", UINT64_C(1) << s->axis.shift);
	for (unsigned i = 0; i < s->axis.count; i++)
		bad |= json_array_append_new(list, json_integer((json_int_t)counts[i]));
	bad |= set(times, "counts", list);
	return bad | set(object, "times", times);
}

static json_t *row_object(const struct sheet *s, const struct row *r)
{
	json_t *o = json_object();
	int bad = set_text(o, "code", r->code);

	bad |= set(o, "value", r->rest ? json_null() : json_integer(r->value));
	bad |= set_text(o, "space", r->space) | set_text(o, "name", r->name) | set_text(o, "meaning", r->meaning);
	bad |= set_text(o, "hint", r->hint);
	bad |= set_number(o, "count", r->record->count);
	bad |= set_place(o, "first", &r->record->first) | set_place(o, "last", &r->record->last);
	if (row_has_time(r))
		bad |= set_times(o, s, &r->record->bins);
	else
		bad |= set(o, "times", json_null());
	if (!bad)
		return o;
	json_decref(o);
	return NULL;
}

/* A code a line, which people can read and which needs no more memory for many of them. */
bool write_json(const struct sheet *s, FILE *out)
{
	json_t *o = json_object();
	int bad = set_number(o, "inputs", s->inputs) | set_number(o, "occurrences", s->occurrences);

	bad |= set_time(o, "first", s->low) | set_time(o, "last", s->high);
	fputc('{', out);
	bad = bad || json_dumpf(o, out, JSON_EMBED) != 0;
	fputs(", \"codes\": [", out);
	json_decref(o);
	for (size_t i = 0; !bad && i < s->count; i++) {
		o = row_object(s, &s->rows[i]);
		fputs(i ? ",\n" : "\n", out);
		bad = !o || json_dumpf(o, out, 0) != 0;
		json_decref(o);
	}
	fputs(s->count ? "\n]}\n" : "]}\n", out);
	return !bad;
}
