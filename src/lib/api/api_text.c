/* The public calls that texts go through: streams, single texts, and the hits in them. */
#include "lib/api/api_private.h"

#include <stdlib.h>
#include <string.h>

hrgloss_scratch *hrgloss_scratch_new(const hrgloss *h)
{
	hrgloss_scratch *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->handle = h;
	s->stream = hrg_stream_new(&h->codes, h->matcher, &h->options, hrg_stream_kind(h->input, h->output));
	if (!s->stream) {
		free(s);
		return NULL;
	}
	return s;
}

void hrgloss_scratch_free(hrgloss_scratch *s)
{
	if (!s)
		return;
	hrg_stream_free(s->stream);
	hrg_buf_free(&s->spans);
	hrg_buf_free(&s->hits);
	free(s);
}

void hrgloss_begin(hrgloss_scratch *s, const char *name, uint64_t lines)
{
	if (s->single)
		hrg_stream_set_options(s->stream, &s->handle->options, hrg_stream_kind(s->handle->input, s->handle->output));
	s->single = false;
	s->hits.len = 0;
	hrg_stream_begin(s->stream, name, lines);
}

/* Keeps what the stream has found; the text that it was fed began `offset` bytes into s->text. */
static bool keep_hits(hrgloss_scratch *s, size_t offset)
{
	const size_t from = s->hits.len;
	size_t count;
	const struct listed_hit *found = hrg_stream_listed(s->stream, &count);

	if (!buf_add(&s->hits, found, count * sizeof *found))
		return false;
	struct listed_hit *r = (struct listed_hit *)(void *)buf_at(&s->hits, from);
	for (size_t i = 0; i < count; i++)
		r[i].at += offset;
	return true;
}

/* A caller of hrgloss_feed_to(), or of a call for a single text. */
struct taker {
	hrgloss_scratch *scratch;
	const char *text; /* what is being fed */
	hrgloss_take *take;
	hrgloss_write *write;
	void *context;
	bool stopped;
};

static bool make_spans(hrgloss_scratch *s, const char *text, const struct stream_out *out)
{
	s->spans.len = 0;
	if (!buf_reserve(&s->spans, out->count * sizeof(struct hrgloss_span)))
		return false;
	struct hrgloss_span *span = BUF_ITEMS(struct hrgloss_span, &s->spans);
	for (size_t i = 0; i < out->count; i++)
		span[i] = (struct hrgloss_span){(out->pieces[i].own ? out->own : text) + out->pieces[i].at, out->pieces[i].len};
	return true;
}

static bool take_spans(void *context, const struct stream_out *out)
{
	struct taker *t = context;
	hrgloss_scratch *s = t->scratch;

	s->hits.len = 0;
	if (!keep_hits(s, 0) || !make_spans(s, t->text, out))
		return false;
	t->stopped = !t->take(t->context, BUF_ITEMS(const struct hrgloss_span, &s->spans), out->count);
	return !t->stopped;
}

static bool take_bytes(void *context, const struct stream_out *out)
{
	struct taker *t = context;

	for (size_t i = 0; i < out->count && !t->stopped; i++)
		t->stopped = !t->write(t->context, (out->pieces[i].own ? out->own : t->text) + out->pieces[i].at,
		                       out->pieces[i].len);
	return !t->stopped;
}

int hrgloss_feed_to(hrgloss_scratch *s, const char *text, size_t len, bool last, hrgloss_take *take, void *context,
                    size_t *drop)
{
	struct taker t = {.scratch = s, .text = text, .take = take, .context = context};
	struct stream_out out = {0};

	if (s->single)
		hrgloss_begin(s, "-", 0);
	s->text = text;
	if (len > UINT32_MAX)
		return HRGLOSS_BAD_ARGUMENT;
	hrg_stream_set_take(s->stream, take_spans, &t);
	const bool ok = hrg_stream_feed(s->stream, (struct span){text, len}, last, &out) && take_spans(&t, &out);
	hrg_stream_set_take(s->stream, NULL, NULL);
	*drop = out.drop;
	return ok ? HRGLOSS_OK : t.stopped ? HRGLOSS_STOPPED : HRGLOSS_NO_MEMORY;
}

int hrgloss_feed(hrgloss_scratch *s, const char *text, size_t len, bool last, const struct hrgloss_span **spans, size_t *count,
                 size_t *drop)
{
	struct stream_out out;

	if (s->single)
		hrgloss_begin(s, "-", 0);
	s->spans.len = s->hits.len = 0;
	s->text = text;
	if (len > UINT32_MAX)
		return HRGLOSS_BAD_ARGUMENT;
	if (!hrg_stream_feed(s->stream, (struct span){text, len}, last, &out) || !keep_hits(s, 0) || !make_spans(s, text, &out))
		return HRGLOSS_NO_MEMORY;
	*spans = BUF_ITEMS(const struct hrgloss_span, &s->spans);
	*count = out.count;
	*drop = out.drop;
	return HRGLOSS_OK;
}

/* As a stream would go that brings the text window by window, so that memory does not grow with it. */
int hrg_pass_text(hrgloss_scratch *s, struct span text, const struct gloss_options *options, struct stream_kind kind,
                  hrgloss_write *write, void *context)
{
	struct taker t = {.scratch = s, .write = write, .context = context};
	size_t at = 0, room = HRGLOSS_WINDOW;
	bool last, ok;

	s->single = true;
	s->hits.len = 0;
	s->text = text.ptr;
	hrg_stream_set_options(s->stream, options, kind);
	hrg_stream_begin(s->stream, "-", 0);
	do {
		const size_t len = text.len - at < room ? text.len - at : room;
		const char *front = at ? text.ptr + at : text.ptr; /* an empty text may be NULL */
		struct stream_out out = {0};
		last = at + len == text.len;
		t.text = front;
		hrg_stream_set_take(s->stream, write ? take_bytes : NULL, &t);
		ok = hrg_stream_feed(s->stream, (struct span){front, len}, last, &out) && keep_hits(s, at) &&
		     (!write || take_bytes(&t, &out));
		at += out.drop;
		room = out.drop || room >= options->window ? HRGLOSS_WINDOW : room + HRGLOSS_WINDOW;
	} while (ok && !last);
	hrg_stream_set_take(s->stream, NULL, NULL);
	return ok ? HRGLOSS_OK : t.stopped ? HRGLOSS_STOPPED : HRGLOSS_NO_MEMORY;
}

int hrgloss_scan(hrgloss_scratch *s, const char *text, size_t len, size_t *count)
{
	struct gloss_options o = s->handle->options;

	o.count_lines = true;
	o.strip = false;
	const int status = hrg_pass_text(s, (struct span){len ? text : "", len}, &o,
	                                 hrg_stream_kind(INPUT_TEXT, OUTPUT_SUMMARY), NULL, NULL);
	if (status != HRGLOSS_OK)
		s->hits.len = 0;
	if (count)
		*count = hrgloss_hit_count(s);
	return status;
}

int hrgloss_annotate_to(hrgloss_scratch *s, const char *text, size_t len, hrgloss_write *write, void *context)
{
	const hrgloss *h = s->handle;
	const enum output output = h->output == OUTPUT_SUMMARY ? OUTPUT_GLOSSES : h->output;

	return hrg_pass_text(s, (struct span){len ? text : "", len}, &h->options, hrg_stream_kind(h->input, output), write,
	                     context);
}

struct target {
	char *ptr;
	size_t room, len; /* len: of all that came, even if there is no room for it */
};

static bool fill(void *context, const char *bytes, size_t len)
{
	struct target *t = context;
	const size_t left = t->len < t->room ? t->room - t->len : 0;

	if (left)
		memcpy(t->ptr + t->len, bytes, len < left ? len : left);
	return !size_add(t->len, len, &t->len);
}

int hrgloss_annotate(hrgloss_scratch *s, const char *text, size_t len, char *buf, size_t size, size_t *length)
{
	struct target t = {buf, size ? size - 1 : 0, 0};
	int status = hrgloss_annotate_to(s, text, len, fill, &t);

	if (status != HRGLOSS_OK) {
		status = HRGLOSS_NO_MEMORY; /* or more than memory could ever hold */
		t.len = 0;
	} else if (t.len >= size) {
		status = HRGLOSS_TOO_SMALL;
	}
	if (size)
		buf[t.len < t.room ? t.len : t.room] = '\0';
	*length = t.len;
	return status;
}

static const struct listed_hit *listed_at(const hrgloss_scratch *s, size_t i)
{
	return i < hrgloss_hit_count(s) ? BUF_ITEMS(const struct listed_hit, &s->hits) + i : NULL;
}

size_t hrgloss_hit_count(const hrgloss_scratch *s)
{
	return BUF_COUNT(struct listed_hit, &s->hits);
}

uint64_t hrgloss_hit_start(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->start : 0;
}

uint64_t hrgloss_hit_end(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->end : 0;
}

uint64_t hrgloss_hit_line(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->line : 0;
}

uint64_t hrgloss_hit_column(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->column : 0;
}

struct hrgloss_span hrgloss_hit_context(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? (struct hrgloss_span){s->text + r->at, r->len} : (struct hrgloss_span){NULL, 0};
}

uint32_t hrgloss_hit_value(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->value : 0;
}

const char *hrgloss_hit_form(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? hrg_form_names[r->form] : NULL;
}

uint32_t hrgloss_hit_entry(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r && r->count ? r->entries[0] : HRGLOSS_NO_ENTRY;
}

bool hrgloss_hit_is_sure(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r && r->count && (r->decided || r->count == 1);
}

size_t hrgloss_hit_entries(const hrgloss_scratch *s, size_t i, uint32_t *entries, size_t max)
{
	const struct listed_hit *r = listed_at(s, i);
	size_t count = 0;

	while (r && count < max && count < r->count && (count == 0 || !r->decided)) {
		entries[count] = r->entries[count];
		count++;
	}
	return count;
}

unsigned hrgloss_hit_situation(const hrgloss_scratch *s, size_t i)
{
	const struct listed_hit *r = listed_at(s, i);

	return r ? r->situation : 0;
}

int hrgloss_hit_role(const hrgloss_scratch *s, size_t i)
{
	static const uint8_t roles[] = {
		[ROLE_ALONE] = HRGLOSS_ALONE,
		[ROLE_FIRST] = HRGLOSS_REPEATED,
		[ROLE_SECOND] = HRGLOSS_REPEATS,
		[ROLE_DISAGREE] = HRGLOSS_DISAGREES,
	};
	const struct listed_hit *r = listed_at(s, i);

	return r ? roles[r->role] : HRGLOSS_ALONE;
}

uint64_t hrgloss_count(const hrgloss_scratch *s, int counter)
{
	const struct stream_counts c = hrg_stream_counts(s->stream);

	switch (counter) {
	case HRGLOSS_COUNT_BYTES:
		return c.bytes;
	case HRGLOSS_COUNT_LINES:
		return c.lines;
	case HRGLOSS_COUNT_HITS:
		return c.hits;
	case HRGLOSS_COUNT_GLOSSES:
		return c.glosses;
	case HRGLOSS_COUNT_UNKNOWN:
		return c.unknown;
	case HRGLOSS_COUNT_LEFT_OUT:
		return c.left_out;
	case HRGLOSS_COUNT_BAD:
		return c.bad;
	}
	return 0;
}

void hrgloss_reset_counts(hrgloss_scratch *s)
{
	hrg_stream_reset_counts(s->stream);
}

uint64_t hrgloss_entry_hits(const hrgloss_scratch *s, uint32_t entry)
{
	const uint64_t *hits = hrg_stream_entry_hits(s->stream);

	return hits && entry < hrgloss_entry_count(s->handle) ? hits[entry] : 0;
}

uint64_t hrgloss_limit_hits(const hrgloss_scratch *s, unsigned pattern)
{
	return pattern < hrgloss_pattern_count(s->handle) ? hrg_stream_limit_hits(s->stream)[pattern] : 0;
}
