/* Packs into a matcher: macros, topics, patterns, and PCRE2's code for them. */
#include "lib/match/match_private.h"

#include <stdlib.h>
#include <string.h>

struct compiler {
	struct matcher *m;
	struct fault *fault;
	const char *source;
	size_t line;
	bool checked;
	unsigned packs_left; /* later packs go before earlier ones */
	struct topic *topic; /* the section being read, of either kind */
	struct pattern *pattern;
	struct macro *macro;
};

static bool refuse(struct compiler *c, enum fault_code code, const char *text)
{
	return hrg_fault_set(c->fault, code, text, c->source, c->line);
}

/* Writes the expression with every {name} of a macro replaced; {2} and {3,5} stay, since macros start with a letter. */
static bool expand(struct compiler *c, struct span text, struct buf *out, unsigned depth)
{
	if (depth > 4)
		return refuse(c, FAULT_SYNTAX, "macros are nested too deeply");
	while (text.len) {
		const char *end = text.len > 2 && text.ptr[0] == '{' && byte_is(text.ptr[1], BYTE_LOWER)
		                          ? memchr(text.ptr, '}', text.len)
		                          : NULL;
		if (!end) {
			if (!buf_add(out, text.ptr, 1))
				return refuse(c, FAULT_MEMORY, "out of memory");
			text.ptr++;
			text.len--;
			continue;
		}
		const struct span name = {text.ptr + 1, (size_t)(end - text.ptr) - 1};
		unsigned i = 0;
		while (i < c->m->macro_count && !hrg_span_eq(c->m->macros[i].name, name))
			i++;
		if (i == c->m->macro_count)
			return refuse(c, FAULT_SYNTAX, "expression names a macro that is not defined above");
		if (!expand(c, c->m->macros[i].text, out, depth + 1))
			return false;
		text.len -= name.len + 2;
		text.ptr = end + 1;
	}
	return true;
}

static bool set_match(struct compiler *c, struct span value)
{
	struct pattern *p = c->pattern;
	struct expression trial = {0};
	struct fault f = {0};

	if (p->expression.len)
		return refuse(c, FAULT_SYNTAX, "second expression in a pattern");
	if (!value.len)
		return refuse(c, FAULT_SYNTAX, "expression is empty");
	if (!expand(c, value, &p->expression, 0))
		return false;
	const bool ok = c->checked || hrg_expression_compile(&trial, buf_span(&p->expression), false, &f);
	hrg_expression_free(&trial);
	if (!ok) {
		refuse(c, f.code, f.text);
		if (c->fault)
			c->fault->column = f.column;
	}
	return ok;
}

static bool set_topics(struct compiler *c, struct span list, topic_set *set)
{
	while (list.ptr) {
		const struct span name = hrg_span_cut(&list, ' ');
		unsigned i = 0;
		if (!name.len)
			continue;
		while (i < c->m->topic_count && !hrg_span_eq(c->m->topics[i].name, name))
			i++;
		if (i == c->m->topic_count)
			return refuse(c, FAULT_SYNTAX, "topic is not defined above");
		topics_set(set, i);
	}
	return true;
}

static bool set_values(struct compiler *c, struct span list)
{
	struct pattern *p = c->pattern;

	while (list.ptr) {
		struct span rest = hrg_span_cut(&list, ' ');
		if (!rest.len)
			continue;
		const struct span first = hrg_span_cut(&rest, '-');
		struct range *r = &p->ranges[p->range_count];
		if (p->range_count == MAX_RANGES || !hrg_parse_value32(first, &r->first) ||
		    !hrg_parse_value32(rest.ptr ? rest : first, &r->last) || r->first > r->last)
			return refuse(c, FAULT_SYNTAX, "values are not up to 8 ranges such as 0x80000100-0xFFFFFFFF");
		p->range_count++;
	}
	return true;
}

static bool set_spaces(struct compiler *c, struct span list)
{
	struct pattern *p = c->pattern;

	while (list.ptr) {
		const struct span name = hrg_span_cut(&list, ' ');
		if (!name.len)
			continue;
		const enum space space = hrg_space_named(name);
		if (space == SPACE_COUNT || p->space_count == SPACE_COUNT)
			return refuse(c, FAULT_SYNTAX, "unknown space");
		p->spaces[p->space_count++] = space;
	}
	return true;
}

static bool add_word(struct compiler *c, struct span word)
{
	char text[SCAN_WORD_BYTES];

	if (hrg_has_capital(word))
		return refuse(c, FAULT_SYNTAX, "word is not in lower case");
	for (size_t i = 0; i < word.len && i < sizeof text; i++)
		text[i] = word.ptr[i] == '+' ? ' ' : word.ptr[i];
	const int number = word.len > sizeof text ? -1 : hrg_scanner_add_word(&c->m->scanner, (struct span){text, word.len});
	if (number < 0)
		return refuse(c, FAULT_SYNTAX, "word is too long, or there are too many in all packs together");
	c->pattern->words[number] = true;
	return true;
}

/* `error last+error {macro}`: a plus stands for a blank inside a word; a macro gives words with | between them. */
static bool set_words(struct compiler *c, struct span list)
{
	struct buf expanded = {0};
	bool ok = expand(c, list, &expanded, 0);

	for (struct span rest = buf_span(&expanded); ok && rest.ptr;) {
		struct span words = hrg_span_cut(&rest, ' ');
		while (ok && words.ptr) {
			const struct span word = hrg_span_cut(&words, '|');
			ok = !word.len || add_word(c, word);
		}
	}
	hrg_buf_free(&expanded);
	return ok;
}

const char *const hrg_proof_names[PROOF_COUNT] = {"name", "twin", "message", "line"};

static bool set_proofs(struct compiler *c, struct span list)
{
	while (list.ptr) {
		const struct span name = hrg_span_cut(&list, ' ');
		unsigned i = 0;
		if (!name.len)
			continue;
		while (i < PROOF_COUNT && !hrg_span_eq(name, hrg_span_of(hrg_proof_names[i])))
			i++;
		if (i == PROOF_COUNT)
			return refuse(c, FAULT_SYNTAX, "proof is one or more of name, twin, message and line");
		c->pattern->proofs |= (uint8_t)(1u << i);
	}
	return true;
}

static bool set_pattern(struct compiler *c, struct span key, struct span value)
{
	struct pattern *p = c->pattern;
	unsigned form = 0;

	if (hrg_span_eq(key, hrg_span_of("match")))
		return set_match(c, value);
	if (hrg_span_eq(key, hrg_span_of("space")))
		return set_spaces(c, value);
	if (hrg_span_eq(key, hrg_span_of("values")))
		return set_values(c, value);
	if (hrg_span_eq(key, hrg_span_of("needs")))
		return set_topics(c, value, &p->needs);
	if (hrg_span_eq(key, hrg_span_of("unless")))
		return set_topics(c, value, &p->unless);
	if (hrg_span_eq(key, hrg_span_of("word")))
		return set_words(c, value);
	if (hrg_span_eq(key, hrg_span_of("example")) || hrg_span_eq(key, hrg_span_of("trap")))
		return true; /* the tests run these */
	if (hrg_span_eq(key, hrg_span_of("proof")))
		return set_proofs(c, value);
	if (hrg_span_eq(key, hrg_span_of("evidence"))) {
		p->strong = hrg_span_eq(value, hrg_span_of("strong"));
		return p->strong || hrg_span_eq(value, hrg_span_of("weak")) ||
		       refuse(c, FAULT_SYNTAX, "evidence is strong or weak");
	}
	if (hrg_span_eq(key, hrg_span_of("must"))) {
		p->only_unknown = hrg_span_eq(value, hrg_span_of("only"));
		p->must = p->only_unknown || hrg_span_eq(value, hrg_span_of("yes"));
		return p->must || refuse(c, FAULT_SYNTAX, "must is yes or only");
	}
	if (hrg_span_eq(key, hrg_span_of("radix"))) {
		p->hex = hrg_span_eq(value, hrg_span_of("16"));
		p->decimal = hrg_span_eq(value, hrg_span_of("10"));
		p->prefixed = hrg_span_eq(value, hrg_span_of("0x"));
		return p->hex || p->decimal || p->prefixed || refuse(c, FAULT_SYNTAX, "radix is 10, 16 or 0x");
	}
	if (hrg_span_eq(key, hrg_span_of("bracketed"))) {
		p->bracketed = hrg_span_eq(value, hrg_span_of("yes"));
		return p->bracketed || refuse(c, FAULT_SYNTAX, "bracketed is yes");
	}
	if (hrg_span_eq(key, hrg_span_of("behind"))) {
		p->behind = value.len == 1 ? *value.ptr : 0;
		return p->behind || refuse(c, FAULT_SYNTAX, "behind is a single byte");
	}
	if (!hrg_span_eq(key, hrg_span_of("form")))
		return refuse(c, FAULT_SYNTAX, "unknown key in a pattern");
	while (form < FORM_OTHER && !hrg_span_eq(value, hrg_span_of(hrg_form_names[form])))
		form++;
	p->form = (enum form)form;
	return form < FORM_OTHER || refuse(c, FAULT_SYNTAX, "form is hex, bare, signed, decimal, name, number or bracket");
}

static bool set_topic(struct compiler *c, struct span key, struct span value)
{
	struct topic *t = c->topic;

	if (hrg_span_eq(key, hrg_span_of("words")))
		return hrg_words_add(&c->m->words, value, (unsigned)(t - c->m->topics)) ||
		       refuse(c, FAULT_SYNTAX, "words are two bytes or longer, in lower case, with | between them");
	if (hrg_span_eq(key, hrg_span_of("implies")))
		return set_topics(c, value, &t->implies);
	if (!hrg_span_eq(key, hrg_span_of("prefer")))
		return refuse(c, FAULT_SYNTAX, "unknown key in a topic");
	while (value.ptr) {
		const struct span name = hrg_span_cut(&value, ' ');
		const enum space space = hrg_space_named(name);
		if (space != SPACE_COUNT)
			t->spaces |= UINT64_C(1) << space;
		else if (name.len && !buf_add(&t->families, &name, sizeof name))
			return refuse(c, FAULT_MEMORY, "out of memory");
	}
	return true;
}

static bool finish_pattern(struct compiler *c)
{
	const struct pattern *p = c->pattern;

	c->pattern = NULL;
	if (!p)
		return true;
	if (!p->expression.len || (p->form == FORM_NUMBER && hrg_pattern_word(p) == SCAN_WORDS))
		return refuse(c, FAULT_SYNTAX, "pattern above lacks match or, for numbers, word");
	if (p->bracketed && p->form != FORM_NUMBER)
		return refuse(c, FAULT_SYNTAX, "pattern above has bracketed, which is for form number");
	if (p->veto && p->form == FORM_OTHER)
		return refuse(c, FAULT_SYNTAX, "veto above lacks form");
	if (p->behind && p->form != FORM_BARE)
		return refuse(c, FAULT_SYNTAX, "pattern above has behind, which is for form bare");
	return true;
}

static bool start_section(struct compiler *c, const struct pack_item *item)
{
	struct matcher *m = c->m;

	c->topic = NULL;
	c->pattern = NULL;
	c->macro = NULL;
	if (hrg_span_eq(item->kind, hrg_span_of("macro"))) {
		if (m->macro_count == MAX_MACROS)
			return refuse(c, FAULT_SYNTAX, "too many macros");
		c->macro = &m->macros[m->macro_count++];
		c->macro->name = item->name;
	} else if (hrg_span_eq(item->kind, hrg_span_of("topic"))) {
		if (m->topic_count == MAX_TOPICS)
			return refuse(c, FAULT_SYNTAX, "too many topics");
		c->topic = &m->topics[m->topic_count];
		c->topic->name = item->name;
		topics_set(&c->topic->implies, m->topic_count++);
		c->topic->text = strndup(item->name.ptr, item->name.len);
		return c->topic->text || refuse(c, FAULT_MEMORY, "out of memory");
	} else if (hrg_span_eq(item->kind, hrg_span_of("pattern")) || hrg_span_eq(item->kind, hrg_span_of("veto"))) {
		if (m->pattern_count == MAX_PATTERNS)
			return refuse(c, FAULT_SYNTAX, "too many patterns");
		c->pattern = &m->patterns[m->pattern_count++];
		c->pattern->form = FORM_OTHER;
		c->pattern->tried = c->checked;
		c->pattern->veto = hrg_span_eq(item->kind, hrg_span_of("veto"));
		c->pattern->priority = c->packs_left * MAX_PATTERNS + m->pattern_count;
		c->pattern->name = strndup(item->name.ptr, item->name.len);
		return c->pattern->name || refuse(c, FAULT_MEMORY, "out of memory");
	} else {
		return refuse(c, FAULT_SYNTAX, "section is macro, topic, pattern or veto");
	}
	return true;
}

static bool set(struct compiler *c, const struct pack_item *item)
{
	if (c->pattern)
		return set_pattern(c, item->key, item->value);
	if (c->topic)
		return set_topic(c, item->key, item->value);
	if (!hrg_span_eq(item->key, hrg_span_of("text")))
		return refuse(c, FAULT_SYNTAX, "unknown key in a macro");
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
		hrg_file_probes(m);
		ok = hrg_scanner_target(&m->scanner, SCAN_BEST);
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
