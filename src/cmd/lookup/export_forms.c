/* The forms of --export, each as the program that it is named after loads it. */
#include "cmd/lookup/export.h"

#include "cmd/lookup/entry.h"

#include <string.h>

/* Puts a text between quotation marks as JSON and YAML both have it. */
static void write_quoted(const char *text, FILE *out)
{
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		if (c < 0x20 || c == 0x7F)
			fprintf(out, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else
			fputc(c, out);
	}
}

static void write_string(const char *text, FILE *out)
{
	fputc('"', out);
	write_quoted(text, out);
	fputc('"', out);
}

/* What is in a field of CSV. `dollars`: they are doubled, too. */
static void write_inside(const char *text, bool dollars, FILE *out)
{
	for (; *text; text++) {
		if (*text == '"' || (dollars && *text == '$'))
			fputc(*text, out);
		fputc(*text, out);
	}
}

static void write_field(const char *text, FILE *out)
{
	fputc('"', out);
	write_inside(text, false, out);
	fputc('"', out);
}

static const char *name_of(const struct export_item *r, size_t i)
{
	return hrgloss_name(r->handle, r->entries[i]);
}

/* Several entries may have one name; it is said once. A code without a name adds none. */
static bool is_new_name(const struct export_item *r, size_t i)
{
	if (!*name_of(r, i))
		return false;
	for (size_t k = 0; k < i; k++)
		if (strcmp(name_of(r, k), name_of(r, i)) == 0)
			return false;
	return true;
}

/* What a name stands for, in the spelling of its list. */
static void write_code(const struct export_item *r, size_t i, FILE *out)
{
	const bool hex = is_32_bit(hrgloss_space(r->handle, r->entries[i]));
	char spelled[SPELLED_BYTES];

	hrg_spell(hrgloss_value(r->handle, r->entries[i]), hex ? SPELLED_HEX : SPELLED_DECIMAL, spelled);
	fputs(spelled, out);
}

/* All in one text: `NAME: meaning | OTHER NAME`, or, where the key is a name or the code has none, the code instead. What it
 * holds besides are texts of the tables, in which nothing has to be quoted but what write_quoted() sees to. */
static void write_text(const struct export_item *r, FILE *out)
{
	const char *meaning = hrgloss_meaning(r->handle, r->entries[0]);
	const char *hint = r->hint ? hrgloss_hint(r->handle, r->entries[0]) : "";

	if (r->by_name || !*name_of(r, 0))
		write_code(r, 0, out);
	else
		write_quoted(name_of(r, 0), out);
	fputs(*meaning || *hint ? ": " : "", out);
	write_quoted(meaning, out);
	fputs(*meaning && *hint ? "; " : "", out);
	write_quoted(hint, out);
	for (size_t i = 1; i < r->count; i++) {
		if (!r->by_name && !is_new_name(r, i))
			continue;
		fputs(" | ", out);
		if (r->by_name)
			write_code(r, i, out);
		else
			write_quoted(name_of(r, i), out);
	}
}

/* Names that it may have besides the first. */
static void write_other_names(const struct export_item *r, FILE *out)
{
	const char *between = "";

	for (size_t i = 1; i < r->count; i++) {
		if (!is_new_name(r, i))
			continue;
		fprintf(out, "%s%s", between, name_of(r, i));
		between = " | ";
	}
}

static void nothing(FILE *out)
{
	(void)out;
}

/* rsyslog: tables of type "array" take signed 32 bits only, so that 0x80000000 and more would not be found. */
static void begin_rsyslog(FILE *out)
{
	fputs("{\"version\":1,\"nomatch\":\"\",\"type\":\"string\",\"table\":[", out);
}

static void item_rsyslog(const struct export_item *r, bool first, FILE *out)
{
	fputs(first ? "\n{\"index\":" : ",\n{\"index\":", out);
	write_string(r->key, out);
	fputs(",\"value\":\"", out);
	write_text(r, out);
	fputs("\"}", out);
}

static void end_rsyslog(FILE *out)
{
	fputs("\n]}\n", out);
}

/* syslog-ng takes the values for templates, in which a dollar is written twice. One like `word (other)` would be one of the
 * type `word`, unless something is after it: a field that no message has. */
static void write_pair(const struct export_item *r, const char *what, const char *text, FILE *out)
{
	const size_t len = strlen(text);

	if (len == 0)
		return;
	write_field(r->key, out);
	fprintf(out, ",%s,\"", what);
	write_inside(text, true, out);
	fputs(text[len - 1] == ')' ? "${_}\"\n" : "\"\n", out);
}

static void item_syslog_ng(const struct export_item *r, bool first, FILE *out)
{
	(void)first;
	write_pair(r, "name", name_of(r, 0), out);
	if (r->by_name) {
		write_field(r->key, out);
		fputs(",code,", out);
		write_code(r, 0, out);
		fputc('\n', out);
	}
	write_pair(r, "meaning", hrgloss_meaning(r->handle, r->entries[0]), out);
	write_pair(r, "hint", hrgloss_hint(r->handle, r->entries[0]), out);
	if (r->count > 1 && !r->by_name) {
		write_field(r->key, out);
		fputs(",or,\"", out);
		write_other_names(r, out);
		fputs("\"\n", out);
	}
}

/* Logstash: YAML, in which a key without marks would be taken for the number that it looks like. */
static void item_logstash(const struct export_item *r, bool first, FILE *out)
{
	(void)first;
	write_string(r->key, out);
	fputs(": \"", out);
	write_text(r, out);
	fputs("\"\n", out);
}

static void begin_vector(FILE *out)
{
	fputs("code,signed,unsigned,space,name,meaning,hint,or\n", out);
}

static void item_vector(const struct export_item *r, bool first, FILE *out)
{
	const uint32_t entry = r->entries[0];

	(void)first;
	fprintf(out, "0x%08X,%d,%u,%s,", (unsigned)r->value, (int)r->value, (unsigned)r->value,
	        hrgloss_space(r->handle, entry));
	write_field(name_of(r, 0), out);
	fputc(',', out);
	write_field(hrgloss_meaning(r->handle, entry), out);
	fputc(',', out);
	write_field(hrgloss_hint(r->handle, entry), out);
	fputs(",\"", out);
	write_other_names(r, out);
	fputs("\"\n", out);
}

static void begin_json(FILE *out)
{
	fputs("[", out);
}

static void write_member(const char *name, const char *text, FILE *out)
{
	if (!*text)
		return;
	fprintf(out, ",\"%s\":", name);
	write_string(text, out);
}

static void write_json_entry(const struct export_item *r, size_t i, FILE *out)
{
	const uint32_t entry = r->entries[i];

	fprintf(out, "\"space\":\"%s\"", hrgloss_space(r->handle, entry));
	write_member("name", name_of(r, i), out);
	write_member("aliases", hrgloss_aliases(r->handle, entry), out);
	write_member("meaning", hrgloss_meaning(r->handle, entry), out);
	write_member("hint", hrgloss_hint(r->handle, entry), out);
}

static void item_json(const struct export_item *r, bool first, FILE *out)
{
	fprintf(out, "%s{\"code\":\"0x%08X\",\"signed\":%d,\"unsigned\":%u,", first ? "\n" : ",\n", (unsigned)r->value,
	        (int)r->value, (unsigned)r->value);
	write_json_entry(r, 0, out);
	for (size_t i = 1; i < r->count; i++) {
		fputs(i == 1 ? ",\"or\":[{" : ",{", out);
		write_json_entry(r, i, out);
		fputs(i + 1 == r->count ? "}]" : "}", out);
	}
	fputs("}", out);
}

static void end_json(FILE *out)
{
	fputs("\n]\n", out);
}

const struct export_form *export_form(enum export_to to)
{
	static const struct export_form forms[] = {
		[EXPORT_RSYSLOG] = {true, begin_rsyslog, item_rsyslog, end_rsyslog},
		[EXPORT_SYSLOG_NG] = {true, nothing, item_syslog_ng, nothing},
		[EXPORT_LOGSTASH] = {true, nothing, item_logstash, nothing},
		[EXPORT_VECTOR] = {false, begin_vector, item_vector, nothing},
		[EXPORT_JSON] = {false, begin_json, item_json, end_json},
	};

	return &forms[to];
}
