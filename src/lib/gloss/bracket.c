#include "lib/gloss/bracket.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_SLOTS = 128, CACHED_BYTES = 320 };

/* A gloss as it goes into the line; of one that names its code, the words. These depend on the hit's value, readings,
 * situation, form and role and on no more. */
struct cached_gloss {
	uint64_t key; /* 0 where nothing is kept: a gloss that is has a count */
	const struct entry *entries[HIT_READINGS];
	uint16_t len;
	char text[CACHED_BYTES];
};

struct gloss_cache {
	struct cached_gloss slots[CACHE_SLOTS];
};

bool hrg_gloss_writer_open(struct gloss_writer *w, const struct codes *c, struct style style, bool color)
{
	*w = (struct gloss_writer){.codes = c, .style = style, .color = color, .cache = calloc(1, sizeof *w->cache)};
	return w->cache != NULL;
}

void hrg_gloss_writer_close(struct gloss_writer *w)
{
	free(w->cache);
	hrg_buf_free(&w->words);
	hrg_buf_free(&w->gloss);
}

static bool add_open(struct gloss_writer *w)
{
	return hrg_buf_add_text(&w->gloss, " ") && (!w->color || hrg_buf_add_text(&w->gloss, GLOSS_COLOR)) &&
	       hrg_buf_add_text(&w->gloss, "[");
}

static bool add_close(struct gloss_writer *w)
{
	return hrg_buf_add_text(&w->gloss, "]") && (!w->color || hrg_buf_add_text(&w->gloss, GLOSS_PLAIN));
}

/* What comes before the words: the code where they are away from it, or a sign that `[NAME]` is not the log's own. */
static bool add_lead(struct gloss_writer *w, enum placement placement, struct span spelled, struct span words)
{
	if (placement != PLACEMENT_INLINE)
		return hrg_buf_add_span(&w->gloss, spelled) && hrg_buf_add_text(&w->gloss, " = ");
	return memchr(words.ptr, ' ', words.len) || hrg_buf_add_text(&w->gloss, "= ");
}

/* The words with all that is around them. */
static bool write_bracket(struct gloss_writer *w, enum placement placement, struct span spelled, struct span words)
{
	w->gloss.len = 0;
	return words.len == 0 ||
	       (add_open(w) && add_lead(w, placement, spelled, words) && hrg_buf_add_span(&w->gloss, words) && add_close(w));
}

/* All that the kept text depends on, but for the readings. */
static uint64_t key_of(const struct hit *hit, bool named, bool color)
{
	return hit->value | (uint64_t)hit->count << 32 | (uint64_t)hit->situation << 40 | (uint64_t)hit->role << 44 |
	       (uint64_t)hit->decided << 52 | (uint64_t)(hit->form == FORM_NAME) << 53 | (uint64_t)named << 54 |
	       (uint64_t)color << 55;
}

/* Two slots where the gloss may be; what is newer is first. */
static struct cached_gloss *slots_for(const struct gloss_writer *w, const struct hit *hit)
{
	const uint64_t key = (uintptr_t)hit->readings[0].entry + (hit->form == FORM_NAME);

	return &w->cache->slots[(key * UINT64_C(0x9e3779b97f4a7c15) >> 32 & (CACHE_SLOTS / 2 - 1)) * 2];
}

static bool is_cached(const struct cached_gloss *c, const struct hit *hit, uint64_t key)
{
	if (c->key != key)
		return false;
	for (unsigned i = 0; i < hit->count && i < HIT_READINGS; i++)
		if (c->entries[i] != hit->readings[i].entry)
			return false;
	return true;
}

static void keep(struct cached_gloss *c, const struct hit *hit, uint64_t key, struct span text)
{
	if (text.len > sizeof c->text)
		return;
	c[1] = c[0];
	c->key = key;
	for (unsigned i = 0; i < hit->count && i < HIT_READINGS; i++)
		c->entries[i] = hit->readings[i].entry;
	c->len = (uint16_t)text.len;
	if (text.len) /* the second saying of a code without a text has none */
		memcpy(c->text, text.ptr, text.len);
}

/* What is inside a word may be none that has a gloss. */
static bool is_usual(struct span text, const struct hit *hit)
{
	return hit->count && hit->role != ROLE_DISAGREE && !(hit->start > 0 && byte_is_word(text.ptr[hit->start - 1]));
}

bool hrg_gloss_write(struct gloss_writer *w, enum placement placement, struct span text, const struct hit *hit,
                     const struct hit *before, struct span *gloss)
{
	const bool named = placement != PLACEMENT_INLINE;
	const struct span spelled = {text.ptr + hit->start, hit->end - hit->start};
	const uint64_t key = key_of(hit, named, w->color);
	struct cached_gloss *slots = is_usual(text, hit) ? slots_for(w, hit) : NULL;

	for (unsigned i = 0; slots && i < 2; i++) {
		if (!is_cached(&slots[i], hit, key))
			continue;
		*gloss = (struct span){slots[i].text, slots[i].len};
		if (named && !write_bracket(w, placement, spelled, *gloss))
			return false;
		*gloss = named ? buf_span(&w->gloss) : *gloss;
		return true;
	}
	w->words.len = 0;
	if (!hrg_gloss_words(w->codes, w->style, text, hit, before, &w->words) ||
	    !write_bracket(w, placement, spelled, buf_span(&w->words)))
		return false;
	*gloss = buf_span(&w->gloss);
	if (slots)
		keep(slots, hit, key, named ? buf_span(&w->words) : *gloss);
	return true;
}
