/* Packs into a matcher: sections, topics and macros. */
#include "lib/match/compile.h"

#include "lib/match/expression.h"
#include "lib/match/guards.h"
#include "lib/match/match.h"
#include "lib/match/matcher.h"
#include "lib/match/pack.h"
#include "lib/match/pattern.h"
#include "lib/match/situations.h"
#include "lib/match/topic_set.h"
#include "lib/match/topic_words.h"

#include <stdlib.h>
#include <string.h>

static bool set_topic(struct compiler *c, struct span key, struct span value)
{
	struct topic *t = c->topic;

	if (hrg_span_eq(key, hrg_span_of("words")))
		return hrg_words_add(&c->m->words, value, (unsigned)(t - c->m->topics)) ||
		       hrg_refuse(c, FAULT_SYNTAX, "words are two bytes or longer, in lower case, with | between them");
	if (hrg_span_eq(key, hrg_span_of("implies")))
		return hrg_set_topics(c, value, &t->implies);
	if (!hrg_span_eq(key, hrg_span_of("prefer")))
		return hrg_refuse(c, FAULT_SYNTAX, "unknown key in a topic");
	while (value.ptr) {
		const struct span name = hrg_span_cut(&value, ' ');
		const enum space space = hrg_space_named(name);
		if (space != SPACE_COUNT)
			t->spaces |= UINT64_C(1) << space;
		else if (name.len && !buf_add(&t->families, &name, sizeof name))
			return hrg_refuse(c, FAULT_MEMORY, "out of memory");
	}
	return true;
}

/* Another alternative of what a record begins with. */
static bool set_head(struct compiler *c, struct span key, struct span value)
{
	struct buf *heads = &c->m->heads;
	const size_t from = heads->len;

	if (hrg_span_eq(key, hrg_span_of("example")) || hrg_span_eq(key, hrg_span_of("trap")))
		return true; /* the tests run these */
	if (!hrg_span_eq(key, hrg_span_of("match")) || !value.len)
		return hrg_refuse(c, FAULT_SYNTAX, "a head has match, which is not empty");
	if (!hrg_buf_add_text(heads, from ? "|(?:" : "(?:") || !hrg_expand(c, value, heads, 0) || !hrg_buf_add_text(heads, ")"))
		return false;
	if (c->checked)
		return true;
	pcre2_code *trial =
		hrg_heads_compile((struct span){heads->ptr + from + (from > 0), heads->len - from - (from > 0)}, c->fault);
	pcre2_code_free(trial);
	return trial || hrg_refuse(c, FAULT_PATTERN, "PCRE2 does not accept the expression");
}

static bool finish_pattern(struct compiler *c)
{
	const struct pattern *p = c->pattern;

	c->pattern = NULL;
	if (!p)
		return true;
	if (!p->expression.len || (p->form == FORM_NUMBER && hrg_pattern_word(p) == SCAN_WORDS))
		return hrg_refuse(c, FAULT_SYNTAX, "pattern above lacks match or, for numbers, word");
	if (p->bracketed && p->form != FORM_NUMBER)
		return hrg_refuse(c, FAULT_SYNTAX, "pattern above has bracketed, which is for form number");
	if (p->veto && p->form == FORM_OTHER)
		return hrg_refuse(c, FAULT_SYNTAX, "veto above lacks form");
	if (p->form == FORM_WORD && p->space_count == 0)
		return hrg_refuse(c, FAULT_SYNTAX, "pattern above is for words and lacks space");
	if (p->behind && p->form != FORM_BARE)
		return hrg_refuse(c, FAULT_SYNTAX, "pattern above has behind, which is for form bare");
	return true;
}

static bool start_section(struct compiler *c, const struct pack_item *item)
{
	struct matcher *m = c->m;

	c->topic = NULL;
	c->pattern = NULL;
	c->macro = NULL;
	c->head = hrg_span_eq(item->kind, hrg_span_of("head"));
	if (c->head)
		return true;
	if (hrg_span_eq(item->kind, hrg_span_of("macro"))) {
		if (m->macro_count == MAX_MACROS)
			return hrg_refuse(c, FAULT_SYNTAX, "too many macros");
		c->macro = &m->macros[m->macro_count++];
		c->macro->name = item->name;
	} else if (hrg_span_eq(item->kind, hrg_span_of("topic"))) {
		if (m->topic_count == MAX_TOPICS)
			return hrg_refuse(c, FAULT_SYNTAX, "too many topics");
		c->topic = &m->topics[m->topic_count];
		c->topic->name = item->name;
		topics_set(&c->topic->implies, m->topic_count++);
		c->topic->text = strndup(item->name.ptr, item->name.len);
		return c->topic->text || hrg_refuse(c, FAULT_MEMORY, "out of memory");
	} else if (hrg_span_eq(item->kind, hrg_span_of("pattern")) || hrg_span_eq(item->kind, hrg_span_of("veto"))) {
		if (m->pattern_count == MAX_PATTERNS)
			return hrg_refuse(c, FAULT_SYNTAX, "too many patterns");
		c->pattern = &m->patterns[m->pattern_count++];
		c->pattern->form = FORM_OTHER;
		c->pattern->tried = c->checked;
		c->pattern->veto = hrg_span_eq(item->kind, hrg_span_of("veto"));
		c->pattern->priority = c->packs_left * MAX_PATTERNS + m->pattern_count;
		c->pattern->name = strndup(item->name.ptr, item->name.len);
		return c->pattern->name || hrg_refuse(c, FAULT_MEMORY, "out of memory");
	} else {
		return hrg_refuse(c, FAULT_SYNTAX, "section is macro, topic, pattern, veto or head");
	}
	return true;
}

static bool set(struct compiler *c, const struct pack_item *item)
{
	if (c->pattern)
		return hrg_set_pattern(c, item->key, item->value);
	if (c->topic)
		return set_topic(c, item->key, item->value);
	if (c->head)
		return set_head(c, item->key, item->value);
	if (!hrg_span_eq(item->key, hrg_span_of("text")))
		return hrg_refuse(c, FAULT_SYNTAX, "unknown key in a macro");
	c->macro->text = item->value;
	return true;
}

static bool read_pack(struct compiler *c, const struct pack_source *pack)
{
	struct pack_reader r = {.source = pack->name, .rest = pack->text};
	struct pack_item item = {0};
	int got;

	c->source = pack->name;
	c->checked = pack->checked;
	c->pattern = NULL;
	while ((got = hrg_pack_next(&r, &item, c->fault)) > 0) {
		c->line = item.line;
		if (item.key.len ? !set(c, &item) : !finish_pattern(c) || !start_section(c, &item))
			return false;
	}
	return got == 0 && finish_pattern(c);
}

/* What else earlier lines say matters to nobody. */
static void gather_license_topics(struct matcher *m)
{
	for (unsigned i = 0; i < m->pattern_count; i++) {
		const struct pattern *p = &m->patterns[i];
		if (!topics_any(&p->record) && !topics_any(&p->above))
			continue;
		topics_add(&m->license_topics, &p->record);
		topics_add(&m->license_topics, &p->above);
		topics_add(&m->license_topics, &p->unless);
	}
}

struct matcher *hrg_matcher_new(const struct codes *codes, const struct pack_source *packs, size_t count,
                                const struct match_options *options, struct fault *f)
{
	struct matcher *m = calloc(1, sizeof *m);
	struct compiler c = {.m = m, .fault = f};
	bool ok = m != NULL;

	if (ok) {
		m->codes = codes;
		m->options = *options;
	} else {
		hrg_fault_set(f, FAULT_MEMORY, "out of memory", NULL, 0);
	}
	for (size_t i = 0; ok && i < count; i++) {
		c.packs_left = (unsigned)(count - i);
		ok = read_pack(&c, &packs[i]);
	}
	if (ok) {
		hrg_file_guards(m);
		gather_license_topics(m);
		ok = hrg_find_situations(m, f) && hrg_scanner_target(&m->scanner, SCAN_BEST);
	}
	if (!ok) {
		hrg_matcher_free(m);
		return NULL;
	}
	return m;
}

void hrg_matcher_free(struct matcher *m)
{
	if (!m)
		return;
	for (unsigned i = 0; i < m->pattern_count; i++) {
		free(m->patterns[i].name);
		hrg_buf_free(&m->patterns[i].expression);
	}
	for (unsigned i = 0; i < m->topic_count; i++) {
		free(m->topics[i].text);
		hrg_buf_free(&m->topics[i].families);
	}
	hrg_words_free(&m->words);
	hrg_buf_free(&m->heads);
	hrg_buf_free(&m->situations);
	free(m);
}

const struct scanner *hrg_matcher_scanner(const struct matcher *m)
{
	return &m->scanner;
}

unsigned hrg_matcher_pattern_count(const struct matcher *m)
{
	return m->pattern_count;
}

const char *hrg_matcher_pattern_name(const struct matcher *m, unsigned pattern)
{
	return m->patterns[pattern].name;
}

bool hrg_matcher_is_searched(const struct matcher *m, unsigned pattern)
{
	return m->patterns[pattern].form == FORM_OTHER;
}

bool hrg_matcher_searches(const struct matcher *m)
{
	return m->options.reference || m->form_count[FORM_OTHER] > 0;
}
