/* From the XML of an event to its line. */
#ifdef HAVE_EVTX

#include "cmd/io/event_line.h"

#include "cmd/io/io.h"
#include "cmd/io/lazy.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define EXPAT_CALLS(call)                                                                                                      \
	call(XML_Parse) call(XML_ParserCreate) call(XML_ParserFree) call(XML_ParserReset) call(XML_SetCharacterDataHandler)    \
		call(XML_SetElementHandler) call(XML_SetUserData)
LAZY_LIBRARY(expat, SONAME_EXPAT, EXPAT_CALLS)

/* Its users look at `failed` once, at the end. */
struct text {
	struct bytes bytes;
	bool failed;
};

/* What the line begins with, in its order. */
enum field { TIME, PROVIDER, ID, LEVEL, COMPUTER, FIELDS, NO_FIELD = FIELDS };

enum part { OUTSIDE, SYSTEM, DATA };

struct event_line {
	struct expat_calls xml;
	XML_Parser parser;
	struct text fields[FIELDS], data, line;
	struct text name, value; /* of the element that is open */
	unsigned depth;
	enum part part;
	enum field field; /* that the open element's text is for */
	bool leaf;        /* the open element had no other inside so far */
	bool told;        /* its attributes said something */
};

static void add(struct text *t, const char *bytes, size_t len)
{
	t->failed = t->failed || !bytes_add(&t->bytes, bytes, len);
}

static void add_string(struct text *t, const char *string)
{
	add(t, string, strlen(string));
}

static bool is_control(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f;
}

static bool is_gap(char c)
{
	return is_control(c) || c == ' ';
}

/* Adds a value as it may stand in a line: control characters with the blanks around them, such as a line end and what indents
 * the next line, become one blank; gaps at the ends go away. */
static void add_flat(struct text *t, const char *bytes, size_t len)
{
	size_t start = 0;

	while (len && is_gap(bytes[len - 1]))
		len--;
	while (start < len && is_gap(bytes[start]))
		start++;
	for (size_t i = start; i < len;) {
		const size_t gap = i;
		bool flat = false;
		for (; i < len && is_gap(bytes[i]); i++)
			flat = flat || is_control(bytes[i]);
		add(t, flat ? " " : bytes + gap, flat ? 1 : i - gap);
		start = i;
		while (i < len && !is_gap(bytes[i]))
			i++;
		add(t, bytes + start, i - start);
	}
}

/* Windows shows its hexadecimal numbers without zeros in front, 0x18 and not 0x00000018, and so do the pages that explain them;
 * libevtx fills them up. */
static void add_value(struct text *t, const char *value, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	bool number = (len == 10 || len == 18) && memcmp(value, "0x", 2) == 0;
	size_t zeros = 0;

	for (size_t i = 2; number && i < len; i++)
		number = memchr(digits, value[i], sizeof digits - 1) != NULL;
	while (number && zeros + 3 < len && value[2 + zeros] == '0')
		zeros++;
	if (number)
		add(t, "0x", 2);
	add_flat(t, value + (number ? 2 + zeros : 0), len - (number ? 2 + zeros : 0));
}

static void add_pair(struct event_line *w, const char *name, size_t name_len, const char *value, size_t len)
{
	if (w->data.bytes.len)
		add(&w->data, "; ", 2);
	add_flat(&w->data, name, name_len);
	if (name_len)
		add(&w->data, "=", 1);
	add_value(&w->data, value, len);
}

/* Names are compared without their prefix: the namespaces of event data are made up by those who log. */
static const char *local(const char *name)
{
	const char *const colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2) {
		if (strcmp(local(attributes[0]), name) == 0)
			return attributes[1];
	}
	return NULL;
}

static void set_field(struct event_line *w, enum field field, const char *value)
{
	w->fields[field].bytes.len = 0;
	if (value)
		add_flat(&w->fields[field], value, strlen(value));
}

static void start_system(struct event_line *w, const char *name, const char **attributes)
{
	w->field = NO_FIELD;
	if (w->depth != 3)
		return;
	if (strcmp(name, "Provider") == 0)
		set_field(w, PROVIDER, attribute(attributes, "Name"));
	else if (strcmp(name, "TimeCreated") == 0)
		set_field(w, TIME, attribute(attributes, "SystemTime"));
	else if (strcmp(name, "EventID") == 0)
		w->field = ID;
	else if (strcmp(name, "Level") == 0)
		w->field = LEVEL;
	else if (strcmp(name, "Computer") == 0)
		w->field = COMPUTER;
}

/* <Data Name='Status'> is called Status, <Data> nothing, <Reason> Reason. Attributes may carry codes:
 * <Result value='80092013'> gives a pair of its own. */
static void start_data(struct event_line *w, const char *name, const char **attributes)
{
	const char *const given = attribute(attributes, "Name");

	w->name.bytes.len = 0;
	if (given)
		add_string(&w->name, given);
	else if (strcmp(name, "Data") != 0)
		add_string(&w->name, name);
	for (; *attributes; attributes += 2) {
		const size_t len = w->name.bytes.len;
		if (strncmp(attributes[0], "xmlns", 5) == 0 || attributes[1] == given)
			continue;
		if (len)
			add(&w->name, " ", 1);
		add_string(&w->name, local(attributes[0]));
		add_pair(w, w->name.bytes.ptr, w->name.bytes.len, attributes[1], strlen(attributes[1]));
		w->name.bytes.len = len;
		w->told = true;
	}
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
	struct event_line *const w = context;

	name = local(name);
	w->depth++;
	w->value.bytes.len = 0;
	w->leaf = true;
	w->told = false;
	if (w->depth == 2)
		w->part = strcmp(name, "System") == 0 ? SYSTEM : DATA; /* EventData, UserData, RenderingInfo, … */
	else if (w->part == SYSTEM)
		start_system(w, name, attributes);
	else if (w->part == DATA)
		start_data(w, name, attributes);
}

static void XMLCALL on_text(void *context, const char *bytes, int len)
{
	struct event_line *const w = context;

	if (w->leaf && len > 0)
		add(&w->value, bytes, (size_t)len);
}

static void XMLCALL on_end(void *context, const char *name)
{
	struct event_line *const w = context;

	(void)name;
	if (w->part == SYSTEM && w->leaf && w->field != NO_FIELD) {
		w->fields[w->field].bytes.len = 0;
		add_flat(&w->fields[w->field], w->value.bytes.ptr, w->value.bytes.len);
	}
	w->field = NO_FIELD;
	/* an empty value is worth its name, but not after attributes; one without a name is worth nothing */
	if (w->part == DATA && w->leaf && w->depth > 2 && (w->value.bytes.len || (w->name.bytes.len && !w->told)))
		add_pair(w, w->name.bytes.ptr, w->name.bytes.len, w->value.bytes.ptr, w->value.bytes.len);
	w->leaf = false;
	if (w->depth-- == 2)
		w->part = OUTSIDE;
}

/* Event logs hold control characters, and code units at the end of the plane, that no XML parser lets pass. A tab it does. */
static void blank_out(char *xml, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_control(xml[i]) && xml[i] != '\n' && xml[i] != '\r')
			xml[i] = '\t';
		else if (i + 2 < len && memcmp(xml + i, "\xef\xbf", 2) == 0 && (unsigned char)xml[i + 2] >= 0xbe)
			memset(xml + i, '\t', 3);
	}
}

/* Windows counts in tenths of a microsecond; two more digits would promise too much. */
static void cut_time(struct text *time)
{
	const char *const dot = time->bytes.len ? memchr(time->bytes.ptr, '.', time->bytes.len) : NULL;
	const size_t keep = dot ? (size_t)(dot - time->bytes.ptr) + 8 : 0;

	if (dot && time->bytes.len > keep + 1 && time->bytes.ptr[time->bytes.len - 1] == 'Z') {
		time->bytes.ptr[keep] = 'Z';
		time->bytes.len = keep + 1;
	}
}

static void name_level(struct text *level)
{
	static const char *const names[] = {"Information", "Critical", "Error", "Warning", "Information", "Verbose"};
	const size_t number = level->bytes.len == 1 && level->bytes.ptr[0] >= '0' ? (size_t)(level->bytes.ptr[0] - '0')
	                      : level->bytes.len                                  ? SIZE_MAX
	                                                                          : 0;

	if (number < sizeof names / sizeof *names) {
		level->bytes.len = 0;
		add_string(level, names[number]);
	}
}

static bool assemble(struct event_line *w, struct hrgloss_span *line)
{
	bool failed = w->name.failed || w->value.failed || w->data.failed;

	cut_time(&w->fields[TIME]);
	name_level(&w->fields[LEVEL]);
	for (unsigned i = 0; i < FIELDS; i++) {
		if (i)
			add(&w->line, " ", 1);
		if (w->fields[i].bytes.len)
			add(&w->line, w->fields[i].bytes.ptr, w->fields[i].bytes.len);
		else
			add(&w->line, "-", 1);
		failed = failed || w->fields[i].failed;
	}
	if (w->data.bytes.len) {
		add(&w->line, ": ", 2);
		add(&w->line, w->data.bytes.ptr, w->data.bytes.len);
	}
	add(&w->line, "\n", 1);
	*line = (struct hrgloss_span){w->line.bytes.ptr, w->line.bytes.len};
	return !failed && !w->line.failed;
}

static void empty(struct text *t)
{
	t->bytes.len = 0;
	t->failed = false;
}

static void start_over(struct event_line *w)
{
	for (unsigned i = 0; i < FIELDS; i++)
		empty(&w->fields[i]);
	empty(&w->data);
	empty(&w->line);
	empty(&w->name);
	empty(&w->value);
	w->depth = 0;
	w->part = OUTSIDE;
	w->field = NO_FIELD;
	w->leaf = w->told = false;
}

bool event_line_write(struct event_line *w, char *xml, size_t len, struct hrgloss_span *line)
{
	start_over(w);
	blank_out(xml, len);
	if (len > INT32_MAX || !w->xml.XML_ParserReset(w->parser, "UTF-8"))
		return false;
	w->xml.XML_SetUserData(w->parser, w);
	w->xml.XML_SetElementHandler(w->parser, on_start, on_end);
	w->xml.XML_SetCharacterDataHandler(w->parser, on_text);
	return w->xml.XML_Parse(w->parser, xml, (int)len, XML_TRUE) == XML_STATUS_OK && assemble(w, line);
}

struct event_line *event_line_new(void)
{
	struct event_line *const w = calloc(1, sizeof *w);

	if (!w)
		return NULL;
	if (expat_load(&w->xml))
		w->parser = w->xml.XML_ParserCreate("UTF-8");
	if (!w->parser) {
		free(w);
		return NULL;
	}
	return w;
}

void event_line_free(struct event_line *w)
{
	if (!w)
		return;
	w->xml.XML_ParserFree(w->parser);
	for (unsigned i = 0; i < FIELDS; i++)
		free(w->fields[i].bytes.ptr);
	free(w->data.bytes.ptr);
	free(w->line.bytes.ptr);
	free(w->name.bytes.ptr);
	free(w->value.bytes.ptr);
	free(w);
}

#else

typedef int nothing_to_build; /* ISO C has no empty files */

#endif
