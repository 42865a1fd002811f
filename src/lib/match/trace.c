/* What was decided of spellings, for whoever wants to know why. */
#include "lib/match/trace.h"

#include "lib/match/match.h"
#include "lib/match/scratch.h"

enum { HEX_DIGITS = 8, LONGEST_NUMBER = 18 };

const char *const hrg_verdict_names[] = {"hit", "veto", "value", "topic", "proof", "unknown", "beaten", "none"};

bool hrg_match_is_traced(const struct match_scratch *s)
{
	return s->report != NULL;
}

void hrg_match_trace(struct match_scratch *s, decision_fn *report, void *context)
{
	s->report = report;
	s->report_context = context;
}

static void report(struct match_scratch *s, const struct decision *d)
{
	const struct span decided = {s->line.ptr + d->start, d->end - d->start};

	s->no_memory |= !buf_add(&s->reported, &decided, sizeof decided);
	s->report(s->report_context, d);
}

void hrg_report_decision(struct match_scratch *s, const struct hit *hit, enum verdict verdict, const char *topic)
{
	const struct span spelled = {s->line.ptr + hit->start, hit->end - hit->start};

	if (s->report)
		report(s, &(struct decision){hit->start, hit->end, spelled, hit->pattern, verdict, hit->basis, topic});
}

static bool is_reported(const struct match_scratch *s, struct span number)
{
	const struct span *all = BUF_ITEMS(const struct span, &s->reported);

	for (size_t i = BUF_COUNT(*all, &s->reported); i-- > 0;)
		if (all[i].ptr < number.ptr + number.len && number.ptr < all[i].ptr + all[i].len)
			return true;
	return false;
}

/* Decimal, with 0x, or as many hexadecimal digits as a code has. */
static bool is_number(struct span word)
{
	const struct span digits = {word.ptr + 2, word.len - 2};

	if (word.len > LONGEST_NUMBER || word.len == 0)
		return false;
	if (has_hex_prefix(word))
		return digits.len && span_run(digits, BYTE_HEX) == digits.len;
	return span_run(word, BYTE_DIGIT) == word.len || (word.len == HEX_DIGITS && span_run(word, BYTE_HEX) == word.len);
}

static bool joins(char c)
{
	return c == '.' || c == ':' || c == ',' || c == '/' || c == '-';
}

/* A part of a date, a time, an address, a version. */
static bool is_part(struct span text, size_t start, size_t end)
{
	return (start > 1 && joins(text.ptr[start - 1]) && byte_is(text.ptr[start - 2], BYTE_DIGIT)) ||
	       (text.len - end > 1 && joins(text.ptr[end]) && byte_is(text.ptr[end + 1], BYTE_DIGIT));
}

static void report_other(struct match_scratch *s, size_t start, size_t end)
{
	const struct span word = {s->line.ptr + start, end - start};

	if (is_number(word) && !is_part(s->line, start, end) && (!s->wanted || s->wanted(s->wanted_context, start)) &&
	    !is_reported(s, word))
		report(s, &(struct decision){.start = start, .end = end, .spelled = word, .verdict = VERDICT_NONE});
}

void hrg_report_others(struct match_scratch *s, size_t known)
{
	const struct span text = s->line;
	const struct hit *hits = BUF_ITEMS(const struct hit, &s->hits);

	for (size_t i = known; s->report && i < BUF_COUNT(*hits, &s->hits); i++)
		hrg_report_decision(s, &hits[i], VERDICT_HIT, NULL);
	for (size_t at = 0; s->report && at < text.len;) {
		const size_t start = at;
		while (at < text.len && (byte_is_word(text.ptr[at]) || (uint8_t)text.ptr[at] >= 0x80))
			at++;
		report_other(s, start, at);
		at += at == start;
	}
}
