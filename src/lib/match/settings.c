/* What a pattern may set, a row a key. patterns/README.md describes the keys. */
#include "lib/match/compile.h"

#include "lib/match/expression.h"
#include "lib/match/pattern.h"
#include "lib/match/topic_set.h"
#include "lib/match/topic_words.h"

#include <string.h>

bool hrg_refuse(struct compiler *c, enum fault_code code, const char *text)
{
	return hrg_fault_set(c->fault, code, text, c->source, c->line);
}

bool hrg_set_topics(struct compiler *c, struct span list, topic_set *set)
{
	while (list.ptr) {
		const struct span name = hrg_span_cut(&list, ' ');
		unsigned i = 0;
		if (!name.len)
			continue;
		while (i < c->m->topic_count && !hrg_span_eq(c->m->topics[i].name, name))
			i++;
		if (i == c->m->topic_count)
			return hrg_refuse(c, FAULT_SYNTAX, "topic is not defined above");
		topics_set(set, i);
	}
	return true;
}

/* How many bytes come before a { that a lower case letter follows. */
static size_t before_macro(struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		const char *brace = memchr(text.ptr + at, '{', text.len - at);
		if (!brace)
			return text.len;
		at = (size_t)(brace - text.ptr);
		if (text.len - at > 2 && byte_is(text.ptr[at + 1], BYTE_LOWER))
			return at;
		at++;
	}
	return text.len;
}

/* Writes the expression with every {name} of a macro replaced; {2} and {3,5} stay, since macros start with a letter. */
bool hrg_expand(struct compiler *c, struct span text, struct buf *out, unsigned depth)
{
	if (depth > 4)
		return hrg_refuse(c, FAULT_SYNTAX, "macros are nested too deeply");
	while (text.len) {
		const size_t plain = before_macro(text);
		const char *end = plain < text.len ? memchr(text.ptr + plain, '}', text.len - plain) : NULL;
		const size_t copied = end ? plain : text.len;
		if (!buf_add(out, text.ptr, copied))
			return hrg_refuse(c, FAULT_MEMORY, "out of memory");
		text = (struct span){text.ptr + copied, text.len - copied};
		if (!end)
			break;
		const struct span name = {text.ptr + 1, (size_t)(end - text.ptr) - 1};
		unsigned i = 0;
		while (i < c->m->macro_count && !hrg_span_eq(c->m->macros[i].name, name))
			i++;
		if (i == c->m->macro_count)
			return hrg_refuse(c, FAULT_SYNTAX, "expression names a macro that is not defined above");
		if (!hrg_expand(c, c->m->macros[i].text, out, depth + 1))
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
		return hrg_refuse(c, FAULT_SYNTAX, "second expression in a pattern");
	if (!value.len)
		return hrg_refuse(c, FAULT_SYNTAX, "expression is empty");
	if (!hrg_expand(c, value, &p->expression, 0))
		return false;
	const bool ok = c->checked || hrg_expression_compile(&trial, buf_span(&p->expression), false, &f);
	hrg_expression_free(&trial);
	if (!ok) {
		hrg_refuse(c, f.code, f.text);
		if (c->fault)
			c->fault->column = f.column;
	}
	return ok;
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
			return hrg_refuse(c, FAULT_SYNTAX, "values are not up to 8 ranges such as 0x80000100-0xFFFFFFFF");
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
			return hrg_refuse(c, FAULT_SYNTAX, "unknown space");
		p->spaces[p->space_count++] = space;
	}
	return true;
}

static bool add_word(struct compiler *c, struct span word)
{
	char text[SCAN_WORD_BYTES];

	if (hrg_has_capital(word))
		return hrg_refuse(c, FAULT_SYNTAX, "word is not in lower case");
	for (size_t i = 0; i < word.len && i < sizeof text; i++)
		text[i] = word.ptr[i] == '+' ? ' ' : word.ptr[i];
	const int number = word.len > sizeof text ? -1 : hrg_scanner_add_word(&c->m->scanner, (struct span){text, word.len});
	if (number < 0)
		return hrg_refuse(c, FAULT_SYNTAX, "word is too long, or there are too many in all packs together");
	c->pattern->words[number / 64] |= UINT64_C(1) << number % 64;
	return true;
}

/* `error last+error {macro}`: a plus stands for a blank inside a word; a macro gives words with | between them. */
static bool set_words(struct compiler *c, struct span list)
{
	struct buf expanded = {0};
	bool ok = hrg_expand(c, list, &expanded, 0);

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
			return hrg_refuse(c, FAULT_SYNTAX, "proof is one or more of name, twin, message and line");
		c->pattern->proofs |= (uint8_t)(1u << i);
	}
	return true;
}

static bool set_needs(struct compiler *c, struct span value)
{
	return hrg_set_topics(c, value, &c->pattern->needs);
}

static bool set_unless(struct compiler *c, struct span value)
{
	return hrg_set_topics(c, value, &c->pattern->unless);
}

static bool set_record(struct compiler *c, struct span value)
{
	return hrg_set_topics(c, value, &c->pattern->record);
}

static bool set_above(struct compiler *c, struct span value)
{
	return hrg_set_topics(c, value, &c->pattern->above);
}

/* The tests run examples and traps. */
static bool set_nothing(struct compiler *c, struct span value)
{
	(void)c;
	(void)value;
	return true;
}

static bool set_evidence(struct compiler *c, struct span value)
{
	struct pattern *p = c->pattern;

	p->strong = hrg_span_eq(value, hrg_span_of("strong"));
	return p->strong || hrg_span_eq(value, hrg_span_of("weak")) ||
	       hrg_refuse(c, FAULT_SYNTAX, "evidence is strong or weak");
}

static bool set_must(struct compiler *c, struct span value)
{
	struct pattern *p = c->pattern;

	p->only_unknown = hrg_span_eq(value, hrg_span_of("only"));
	p->must = p->only_unknown || hrg_span_eq(value, hrg_span_of("yes"));
	return p->must || hrg_refuse(c, FAULT_SYNTAX, "must is yes or only");
}

static bool set_radix(struct compiler *c, struct span value)
{
	struct pattern *p = c->pattern;

	p->hex = hrg_span_eq(value, hrg_span_of("16"));
	p->decimal = hrg_span_eq(value, hrg_span_of("10"));
	p->prefixed = hrg_span_eq(value, hrg_span_of("0x"));
	return p->hex || p->decimal || p->prefixed || hrg_refuse(c, FAULT_SYNTAX, "radix is 10, 16 or 0x");
}

static bool set_bracketed(struct compiler *c, struct span value)
{
	c->pattern->bracketed = hrg_span_eq(value, hrg_span_of("yes"));
	return c->pattern->bracketed || hrg_refuse(c, FAULT_SYNTAX, "bracketed is yes");
}

static bool set_behind(struct compiler *c, struct span value)
{
	c->pattern->behind = value.len == 1 ? *value.ptr : 0;
	return c->pattern->behind || hrg_refuse(c, FAULT_SYNTAX, "behind is a single byte");
}

static bool set_form(struct compiler *c, struct span value)
{
	unsigned form = 0;

	while (form < FORM_OTHER && !hrg_span_eq(value, hrg_span_of(hrg_form_names[form])))
		form++;
	c->pattern->form = (enum form)form;
	return form < FORM_OTHER ||
	       hrg_refuse(c, FAULT_SYNTAX,
	                  "form is hex, bare, signed, decimal, name, number, insertion, alone, bracket or word");
}

bool hrg_set_pattern(struct compiler *c, struct span key, struct span value)
{
	static const struct {
		const char *key;
		bool (*set)(struct compiler *, struct span);
	} settings[] = {
		{"example", set_nothing},     {"trap", set_nothing},  {"match", set_match},   {"form", set_form},
		{"word", set_words},          {"space", set_spaces},  {"values", set_values}, {"needs", set_needs},
		{"unless", set_unless},       {"record", set_record}, {"above", set_above},   {"proof", set_proofs},
		{"evidence", set_evidence},   {"must", set_must},     {"radix", set_radix},   {"behind", set_behind},
		{"bracketed", set_bracketed},
	};

	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		if (hrg_span_eq(key, hrg_span_of(settings[i].key)))
			return settings[i].set(c, value);
	return hrg_refuse(c, FAULT_SYNTAX, "unknown key in a pattern");
}
