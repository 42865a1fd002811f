/* Logs repeat themselves: the same code is between the same bytes again and again. What was found at a position is kept by the
 * bytes that decided it: as far to the left as any of its patterns looks, and as far to the right as PCRE2 looked, which a
 * partial match tells. */
#include "lib/match/cache.h"

#include "lib/match/evidence.h"
#include "lib/match/licenses.h"
#include "lib/match/match.h"
#include "lib/match/scratch.h"
#include "lib/match/topic_set.h"

#include <string.h>

enum { NEAR = 4, FAR = 40 };

_Static_assert(sizeof(struct key_shape) == 8, "padding would be compared, too");

static bool set_end(struct cache_key *k, struct span text, size_t reach)
{
	const size_t left = text.len - k->code_end;

	k->shape.ends = left <= reach;
	k->bytes.len = k->code_end + (k->shape.ends ? left : reach) - k->start;
	k->hash = hrg_hash_name(k->bytes) ^ k->shape.word * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)k->shape.form << 56;
	return k->bytes.len <= CACHE_KEY;
}

/* Bytes that a code of the form has at least. */
static const uint8_t shortest[FORM_COUNT] = {
	[FORM_HEX] = 9,    [FORM_BARE] = 8,      [FORM_SIGNED] = 10, [FORM_DECIMAL] = 10, [FORM_NAME] = 4, [FORM_WORD] = 1,
	[FORM_NUMBER] = 1, [FORM_INSERTION] = 1, [FORM_ALONE] = 1,   [FORM_BRACKET] = 1,  [FORM_OTHER] = 0};

bool hrg_cache_key(struct cache_key *k, struct span text, const struct candidate *c, uint32_t left)
{
	const size_t after = c->code + (size_t)shortest[c->form];

	k->start = c->at > left ? c->at - left : 0;
	if (c->code < c->at || c->code - k->start > CACHE_KEY)
		return false;
	k->topics = (topic_set){0};
	k->licenses = (struct licenses){0};
	k->shape = (struct key_shape){.word = c->word, .form = c->form, .starts = c->at < left};
	k->shape.unused_5 = k->shape.unused_6 = k->shape.unused_7 = false;
	k->bytes.ptr = text.ptr + k->start;
	k->shape.at = (uint8_t)(c->at - k->start);
	k->shape.code = (uint8_t)(c->code - k->start);
	k->code_end = after + span_run((struct span){text.ptr + after, text.len - after}, BYTE_WORD);
	return set_end(k, text, NEAR);
}

bool hrg_cache_widen(struct cache_key *k, struct span text)
{
	const size_t before = k->bytes.len;

	return !k->shape.ends && set_end(k, text, FAR) && k->bytes.len > before;
}

void hrg_cache_add_topics(struct cache_key *k, topic_set topics)
{
	k->shape.topics = true;
	k->topics = topics;
	for (unsigned i = 0; i < TOPIC_WORDS; i++)
		k->hash ^= (topics.bits[i] + i + 1) * UINT64_C(0xd6e8feb86659fd93);
}

void hrg_cache_add_proofs(struct cache_key *k, uint8_t proofs)
{
	k->shape.proofs = true;
	k->shape.near = proofs;
	k->hash ^= (proofs + 1u) * UINT64_C(0xa0761d6478bd642f);
}

void hrg_cache_add_record(struct cache_key *k, struct licenses licenses)
{
	k->shape.record = true;
	k->licenses = licenses;
	for (unsigned i = 0; i < TOPIC_WORDS; i++) {
		k->hash ^= (licenses.record.bits[i] + i + 3) * UINT64_C(0xff51afd7ed558ccd);
		k->hash ^= (licenses.above.bits[i] + i + 5) * UINT64_C(0xc4ceb9fe1a85ec53);
	}
}

/* A position has two slots, so that two that are needed on every line do not push each other out. */
static struct cache_slot *slots_of(const struct match_scratch *s, const struct cache_key *k)
{
	return &s->cache[(k->hash ^ k->hash >> 32) % CACHE_SLOTS & ~(uint64_t)1];
}

static bool same_key(const struct cache_key *a, const struct cache_key *b)
{
	return a->hash == b->hash && a->bytes.len == b->bytes.len && memcmp(&a->topics, &b->topics, sizeof a->topics) == 0 &&
	       memcmp(&a->licenses, &b->licenses, sizeof a->licenses) == 0 &&
	       memcmp(&a->shape, &b->shape, sizeof a->shape) == 0;
}

static bool is_of(const struct cache_slot *e, const struct cache_key *k)
{
	return e->kind != CACHE_EMPTY && same_key(&e->key, k) && memcmp(e->text, k->bytes.ptr, k->bytes.len) == 0;
}

const struct cache_slot *hrg_cache_find(const struct match_scratch *s, const struct cache_key *k)
{
	const struct cache_slot *e = slots_of(s, k);

	return is_of(&e[0], k) ? &e[0] : is_of(&e[1], k) ? &e[1] : NULL;
}

/* The older of the two goes. */
static struct cache_slot *slot_for(struct match_scratch *s, const struct cache_key *k, enum cache_kind kind)
{
	struct cache_slot *e = slots_of(s, k);

	if (e->kind != CACHE_EMPTY && !is_of(e, k))
		e[1] = e[0];
	e->kind = kind;
	e->key = *k;
	e->count = 0;
	memcpy(e->text, k->bytes.ptr, k->bytes.len);
	return e;
}

void hrg_cache_put_ask(struct match_scratch *s, const struct cache_key *k, const struct evidence *around)
{
	struct cache_slot *const e = slot_for(s, k, CACHE_ASK);

	e->topics = around->topics_known;
	e->proofs = around->proofs_known;
	e->record = around->record_known;
}

void hrg_cache_put(struct match_scratch *s, const struct cache_key *k, enum cache_kind kind, size_t hits_from)
{
	const size_t size = s->hits.len - hits_from;

	if (size > sizeof s->cache->hits)
		return;
	struct cache_slot *const e = slot_for(s, k, kind);
	e->count = (unsigned)(size / sizeof *e->hits);
	if (size)
		memcpy(e->hits, s->hits.ptr + hits_from, size);
	for (unsigned i = 0; i < e->count; i++) {
		e->hits[i].start -= k->start;
		e->hits[i].end -= k->start;
	}
}

bool hrg_cache_give(struct match_scratch *s, const struct cache_slot *e, size_t start)
{
	const size_t before = s->hits.len;

	if (!buf_add(&s->hits, e->hits, e->count * sizeof *e->hits))
		return false;
	struct hit *hits = (struct hit *)(void *)buf_at(&s->hits, before);
	for (unsigned i = 0; i < e->count; i++) {
		hits[i].start += start;
		hits[i].end += start;
	}
	return true;
}
