#include "cmd/cli/prose.h"

#include <ctype.h>

enum { MDOC_WIDTH = 79 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static size_t run_of(struct span s, const char *bytes)
{
	size_t n = 0;

	while (n < s.len && strchr(bytes, s.ptr[n]))
		n++;
	return n;
}

static void move(struct span *s, size_t count)
{
	s->ptr += count;
	s->len -= count;
}

/* Between marks: up to one after which the word ends. */
static bool find_marked(struct span rest, struct prose_word *w)
{
	static const struct {
		char begins, ends;
		enum prose_kind kind;
	} marks[] = {
		{'*', '*', PROSE_LITERAL}, {'_', '_', PROSE_ARGUMENT}, {'\'', '\'', PROSE_QUOTED}, {'{', '}', PROSE_SECTION}};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (rest.len == 0 || rest.ptr[0] != marks[i].begins)
			continue;
		for (size_t at = 2; at < rest.len; at++) {
			if (rest.ptr[at] != marks[i].ends || (at + 1 < rest.len && isalnum((unsigned char)rest.ptr[at + 1])))
				continue;
			w->kind = marks[i].kind;
			w->core = (struct span){rest.ptr + 1, at - 1};
			return true;
		}
	}
	return false;
}

/* --option or -o. */
static bool find_option(struct span rest, struct prose_word *w)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz-";
	const bool is_long = rest.len > 2 && rest.ptr[0] == '-' && rest.ptr[1] == '-';

	if (rest.len < 2 || rest.ptr[0] != '-' || !isalpha((unsigned char)rest.ptr[1 + is_long]))
		return false;
	w->kind = PROSE_OPTION;
	w->core = (struct span){rest.ptr, is_long ? run_of(rest, letters) : 2};
	return true;
}

/* name(1) */
static bool find_page(struct span rest, struct prose_word *w)
{
	size_t n = 0;

	while (n < rest.len && (isalnum((unsigned char)rest.ptr[n]) || rest.ptr[n] == '_'))
		n++;
	if (n == 0 || rest.len - n < 3 || rest.ptr[n] != '(' || !isdigit((unsigned char)rest.ptr[n + 1]) ||
	    rest.ptr[n + 2] != ')')
		return false;
	w->kind = PROSE_PAGE;
	w->core = (struct span){rest.ptr, n + 3};
	return true;
}

bool prose_next(struct span *text, struct prose_word *w)
{
	move(text, run_of(*text, " \n"));
	if (text->len == 0)
		return false;
	*w = (struct prose_word){.open = {text->ptr, run_of(*text, "([")}};
	struct span rest = *text;
	move(&rest, w->open.len);
	size_t end = 0;
	if (find_marked(rest, w) || find_option(rest, w) || find_page(rest, w))
		end = (size_t)(w->core.ptr + w->core.len - rest.ptr) + (w->kind < PROSE_OPTION);
	else
		w->open.len = 0, rest = *text;
	const size_t close = end;
	while (end < rest.len && !is_blank(rest.ptr[end]))
		end++;
	if (w->core.ptr)
		w->close = (struct span){rest.ptr + close, end - close};
	else
		w->core = (struct span){rest.ptr, end};
	*text = rest;
	move(text, end);
	return true;
}

bool prose_ends_sentence(const struct prose_word *w)
{
	const struct span last = w->kind == PROSE_PLAIN ? w->core : w->close;

	return last.len && (last.ptr[last.len - 1] == '.' || (last.len > 1 && memcmp(last.ptr + last.len - 2, ".)", 2) == 0));
}

void prose_write_plain(FILE *out, struct span text, unsigned column, unsigned indent, unsigned width)
{
	struct prose_word w;
	bool first = true;

	while (prose_next(&text, &w)) {
		const char *quote = w.kind == PROSE_QUOTED ? "'" : "";
		const size_t len = w.open.len + w.core.len + w.close.len + 2 * strlen(quote);
		if (!first && column + 1 + len > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			fputc(' ', out);
			column++;
		}
		fprintf(out, "%.*s%s%.*s%s%.*s", (int)w.open.len, w.open.ptr, quote, (int)w.core.len, w.core.ptr, quote,
		        (int)w.close.len, w.close.ptr);
		column += (unsigned)len;
		first = false;
	}
	fputc('\n', out);
}

/* `.Xr iconv 1`: the core as the arguments of its macro. */
static void write_macro(FILE *out, const struct prose_word *w)
{
	static const char *const macros[] = {
		[PROSE_LITERAL] = "Cm", [PROSE_ARGUMENT] = "Va", [PROSE_QUOTED] = "Ql",
		[PROSE_SECTION] = "Sx", [PROSE_OPTION] = "Fl",   [PROSE_PAGE] = "Xr",
	};
	struct span core = w->core;

	fprintf(out, ".%s", macros[w->kind]);
	for (size_t i = 0; i < w->open.len; i++)
		fprintf(out, " %c", w->open.ptr[i]);
	if (w->kind == PROSE_OPTION)
		move(&core, 1);
	if (w->kind == PROSE_PAGE)
		fprintf(out, " %.*s %c", (int)core.len - 3, core.ptr, core.ptr[core.len - 2]);
	else
		fprintf(out, " %s%.*s", w->kind == PROSE_QUOTED && core.ptr[0] == '-' ? "\\" : "", (int)core.len, core.ptr);
	for (size_t i = 0; i < w->close.len; i++)
		fprintf(out, " %c", w->close.ptr[i]);
	fputc('\n', out);
}

void prose_write_mdoc(FILE *out, struct span text)
{
	struct prose_word w;
	size_t column = 0;

	while (prose_next(&text, &w)) {
		if (w.kind != PROSE_PLAIN) {
			if (column)
				fputc('\n', out);
			write_macro(out, &w);
			column = 0;
			continue;
		}
		if (column && column + 1 + w.core.len > MDOC_WIDTH) {
			fputc('\n', out);
			column = 0;
		}
		fprintf(out, "%s%s%.*s", column ? " " : "", !column && strchr(".'", w.core.ptr[0]) ? "\\&" : "",
		        (int)w.core.len, w.core.ptr);
		column += w.core.len + (column != 0);
		if (prose_ends_sentence(&w)) {
			fputc('\n', out);
			column = 0;
		}
	}
	if (column)
		fputc('\n', out);
}
