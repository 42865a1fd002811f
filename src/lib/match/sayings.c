/* Windows' own messages in a line, found by the fingerprints of their first words, and which number each of them proves. */
#include "lib/match/sayings.h"

#include "lib/match/evidence.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pattern.h"
#include "lib/match/rank.h"
#include "lib/match/scratch.h"

#include <string.h>

enum {
	MESSAGE_GAP = 16,   /* bytes between a number and the message that follows it */
	MESSAGE_TAIL = 160, /* bytes of a message that its fingerprint does not see */
	LINE_REACH = 256,
	LONGEST_START = 2 * LINE_REACH, /* bytes of the words that are looked at */
	LISTED_MORE = 8,                /* a hit may start so many bytes before its candidate */
	SHARED = 3,                     /* values that may have words in common which are anywhere on the line */
	COMMON = 20,                    /* and which are beside the number; beyond, only brackets tell */
};

/* Messages begin with a capital. */
static bool starts_sentence(struct span text, size_t at)
{
	return byte_is(text.ptr[at], BYTE_UPPER) && (at == 0 || !byte_is_word(text.ptr[at - 1]));
}

/* The top bit of each of eight bytes that is a capital, in the order of the bytes. */
static inline uint64_t capitals_of(const char *bytes)
{
	const uint64_t each = UINT64_C(0x0101010101010101), low = each * 0x7F;
	uint64_t all;

	memcpy(&all, bytes, sizeof all);
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		all = __builtin_bswap64(all);
	const uint64_t from_a = (all & low) + each * (0x80 - 'A'), after_z = (all & low) + each * (0x7F - 'Z');
	return from_a & ~after_z & ~all & ~low;
}

/* The first place from `at` on where a sentence starts; `end` if none does before. Eight bytes are looked at together. */
static size_t next_sentence(struct span text, size_t at, size_t end)
{
	for (; end - at >= 8; at += 8) {
		for (uint64_t capitals = capitals_of(text.ptr + at); capitals; capitals &= capitals - 1) {
			const size_t start = at + (size_t)__builtin_ctzll(capitals) / 8;
			if (starts_sentence(text, start))
				return start;
		}
	}
	while (at < end && !starts_sentence(text, at))
		at++;
	return at;
}

/* Where a silence is that a text begins with, by its first bytes. */
struct silence_key {
	unsigned set;
	uint32_t tag; /* 0 for a short text, which has no place */
};

static struct silence_key silence_key(struct span text)
{
	const unsigned count = text.len >= 4 * sizeof(uint64_t) ? 4 : 2;
	uint64_t next, hash = 0;

	if (text.len < 2 * sizeof next)
		return (struct silence_key){0};
	for (unsigned i = 0; i < count; i++) {
		memcpy(&next, text.ptr + i * sizeof next, sizeof next);
		hash = ((hash << 7 | hash >> 57) ^ next) * UINT64_C(0x9e3779b97f4a7c15);
	}
	return (struct silence_key){(unsigned)(hash / (UINT64_MAX / SILENCE_SETS + 1)), (uint32_t)(hash >> 16) | 1};
}

static bool begins_with(struct span text, const struct silence *known)
{
	return known->len <= text.len && (!known->ends || known->len == text.len) &&
	       memcmp(known->bytes, text.ptr, known->len) == 0;
}

static const struct silence *find_silence(const struct silences *s, struct silence_key key, struct span text)
{
	for (unsigned way = 0; key.tag && way < SILENCE_WAYS; way++) {
		if (s->tags[key.set][way] == key.tag && begins_with(text, &s->of[key.set][way]))
			return &s->of[key.set][way];
	}
	return NULL;
}

static void keep_silence(struct silences *s, struct silence_key key, struct span bytes, bool ends)
{
	if (!key.tag || bytes.len > sizeof s->of[key.set][0].bytes)
		return;
	const unsigned way = s->next[key.set]++ % SILENCE_WAYS;
	struct silence *const kept = &s->of[key.set][way];
	s->tags[key.set][way] = key.tag;
	kept->len = (uint8_t)bytes.len;
	kept->ends = ends;
	kept->next = (uint8_t)next_sentence(bytes, 1, bytes.len);
	memcpy(kept->bytes, bytes.ptr, bytes.len);
}

/* Lists a message that begins with the first word of the text from `at` on, if one does. */
static bool list_saying(struct sayings *s, struct span text, size_t at, struct silence_key key)
{
	const struct span rest = {text.ptr + at, text.len - at};
	const size_t listed = s->all.len;
	const char *const reach = rest.ptr + (rest.len < LINE_REACH ? rest.len : LINE_REACH);
	const char *const end = rest.ptr + (rest.len < LONGEST_START ? rest.len : LONGEST_START);
	const char *p = rest.ptr, *ended = p;
	uint64_t hash = hrg_message_start();
	unsigned words = 0;

	while (words < MESSAGE_WORDS && p < end && hrg_message_has(*p)) {
		p = hrg_message_add(&hash, p, end);
		words++;
		struct saying said = {.start = (uint32_t)at, .end = (uint32_t)(p - text.ptr)};
		said.first = hrg_messages_with(hash, words, &said.count);
		if (said.first && !buf_add(&s->all, &said, sizeof said))
			return false;
		ended = p;
		/* a sentence's words go on across a blank or two, commas and the like */
		while (p < reach && !hrg_message_has(*p))
			p++;
	}
	/* with the byte that ends the last word; at the end of the text, what is not a word counts, too */
	if (s->all.len == listed && p < end && words == MESSAGE_WORDS)
		keep_silence(&s->silences, key, (struct span){rest.ptr, (size_t)(ended - rest.ptr) + 1}, false);
	else if (s->all.len == listed && p == rest.ptr + rest.len)
		keep_silence(&s->silences, key, rest, true);
	return true;
}

/* The same, at `s->to`, unless it is known that none does; then goes on to where the next may begin. */
static bool take_sentence(struct sayings *s, struct span text)
{
	const struct span rest = {text.ptr + s->to, text.len - s->to};
	const struct silence_key key = silence_key(rest);
	const struct silence *const known = find_silence(&s->silences, key, rest);

	if (!known && !list_saying(s, text, s->to, key))
		return false;
	s->to += known ? known->next : 1;
	return true;
}

/* Lists those that start within reach of [start, end), which mostly is farther on than what was asked for before. */
static bool list_sayings(struct sayings *s, struct span text, size_t start, size_t end)
{
	const size_t low = start > LINE_REACH + LISTED_MORE ? start - LINE_REACH - LISTED_MORE : 0,
		     high = text.len - end > LINE_REACH ? end + LINE_REACH + 1 : text.len;

	if (low < s->from || low > s->to) {
		s->from = s->to = low;
		s->all.len = 0;
	}
	while (s->to < high) {
		s->to = next_sentence(text, s->to, high);
		if (s->to < high && !take_sentence(s, text))
			return false;
	}
	return true;
}

bool hrg_may_be_meant(const struct matcher *m, const struct candidate *c)
{
	return !c->valued || m->hex_by_message || hrg_messages_may_mean(c->value) || hrg_messages_may_mean(0 - c->value);
}

bool hrg_may_be_said(struct span text, size_t at)
{
	const size_t low = at > LINE_REACH ? at - LINE_REACH : 0,
		     high = text.len - at > LINE_REACH ? at + LINE_REACH : text.len;
	const char *const before = memrchr(text.ptr + low, '\n', at - low);
	const char *const after = memchr(text.ptr + at, '\n', high - at);
	const size_t from = before ? (size_t)(before - text.ptr) + 1 : low, to = after ? (size_t)(after - text.ptr) : high;

	return next_sentence(text, from, to) < to;
}

/* Brackets and punctuation, and the words `error` and `code`. */
static bool is_thin(struct span gap)
{
	while (gap.len) {
		const size_t word = span_run(gap, BYTE_UPPER | BYTE_LOWER);
		const struct span here = {gap.ptr, word};
		if (word && !hrg_span_eq_nocase(here, hrg_span_of("error")) && !hrg_span_eq_nocase(here, hrg_span_of("code")) &&
		    !hrg_span_eq_nocase(here, hrg_span_of("errno")))
			return false;
		if (!word && byte_is(*gap.ptr, BYTE_WORD))
			return false;
		gap.ptr += word ? word : 1;
		gap.len -= word ? word : 1;
	}
	return true;
}

/* The rest of a message, of which only the first words are known: one sentence without a number. */
static bool is_tail(struct span gap)
{
	for (size_t i = 0; i < gap.len; i++)
		if (byte_is(gap.ptr[i], BYTE_DIGIT) ||
		    (gap.ptr[i] == '.' && i + 2 < gap.len && byte_is(gap.ptr[i + 2], BYTE_UPPER)))
			return false;
	return gap.len <= MESSAGE_TAIL;
}

/* Only a bracket between the number and the message: of one whose words are not too common, all of it. */
static bool touches(struct span text, const struct saying *s, const struct hit *hit)
{
	if (s->end <= hit->start) {
		const struct span gap = {text.ptr + s->end, hit->start - s->end};
		return is_bracketed(text, hit->start) && (gap.len <= 3 || (s->first->shared <= COMMON && is_tail(gap)));
	}
	return s->start - hit->end <= 3 && (text.ptr[hit->end] == ')' || text.ptr[hit->end] == ']');
}

/* Beside the number, as far as the message's length is known. */
static bool is_beside(struct span text, const struct saying *s, const struct hit *hit)
{
	if (s->end <= hit->start) {
		const struct span gap = {text.ptr + s->end, hit->start - s->end};
		return is_thin(gap) || is_tail(gap);
	}
	const struct span gap = {text.ptr + hit->end, s->start - hit->end};
	return gap.len <= MESSAGE_GAP && is_thin(gap);
}

static bool stands_near(struct span text, const struct pattern *p, const struct saying *s, const struct hit *hit)
{
	const unsigned shared = s->first->shared;

	if (s->end > hit->start && s->start < hit->end)
		return false;
	if ((p->proofs >> PROOF_LINE & 1) && shared <= SHARED)
		return true;
	if ((p->proofs >> PROOF_LINE & 1) && shared > SHARED && shared <= COMMON)
		return is_beside(text, s, hit);
	return is_beside(text, s, hit) && (shared <= SHARED || touches(text, s, hit));
}

static bool is_meant(const struct message *m, uint32_t value)
{
	return value != 0 && (m->value == value || message_other(m) == value);
}

/* The first that is not too far before the position. */
static size_t first_saying(const struct saying *s, size_t count, size_t start)
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (s[middle].start + LINE_REACH < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool hrg_prove_by_message(struct evidence *around, const struct pattern *p, struct hit *hit)
{
	struct sayings *list = &around->scratch->sayings;
	struct reading r[MAX_READINGS];

	if (!list_sayings(list, around->text, hit->start, hit->end))
		around->scratch->no_memory = true;
	const struct saying *s = BUF_ITEMS(const struct saying, &list->all);
	const size_t count = BUF_COUNT(*s, &list->all);
	for (size_t low = first_saying(s, count, hit->start); low < count && s[low].start <= hit->end + LINE_REACH; low++) {
		for (uint32_t i = 0; i < s[low].count; i++) {
			const struct message *m = &s[low].first[i];
			if (is_meant(m, hit->value) && stands_near(around->text, p, &s[low], hit) &&
			    hrg_codes_readings(around->matcher->codes, (enum space)m->space, m->value, r))
				return settle_hit(hit, r[0], BASIS_MESSAGE);
		}
	}
	return false;
}

bool hrg_is_said_near(struct match_scratch *s, struct span text, size_t code)
{
	const size_t end = code + span_run((struct span){text.ptr + code, text.len - code}, BYTE_WORD);

	if (!list_sayings(&s->sayings, text, code, end))
		s->no_memory = true;
	const struct saying *all = BUF_ITEMS(const struct saying, &s->sayings.all);
	const size_t count = BUF_COUNT(*all, &s->sayings.all), at = first_saying(all, count, code);
	return at < count && all[at].start <= end + LINE_REACH;
}
