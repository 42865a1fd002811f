/* How the glosses of a stream look and where they go. What is read, and whether glosses or hits go out, say format and
 * reporter. */
#ifndef HRG_OPTIONS_H
#define HRG_OPTIONS_H

#include "lib/gloss/gloss.h"

enum schema { SCHEMA_NONE, SCHEMA_ECS, SCHEMA_OTEL, SCHEMA_OCSF };
enum on_bad { BAD_PASS, BAD_DROP, BAD_WRAP };

struct gloss_options {
	unsigned language;
	enum placement placement;
	bool every, hint, color, only, strip, count_lines, count_entries;
	size_t max_line;    /* bytes; 0 = none */
	size_t window;      /* bytes that the caller can hold in one piece: STREAM_WINDOW at least */
	char newline;       /* what lines end in */
	bool lines_only;    /* no line is evidence for another */
	const char *header; /* a line that precedes each text and names columns, or NULL */
	bool join;          /* short pieces of the text are copied beside the stream's own bytes */
	/* for lines of JSON and, but for on_bad, answers to rsyslog */
	bool inside;         /* glosses inside the strings */
	bool numbers_only;   /* the member has only the codes that are numbers */
	const char *fields;  /* where codes are looked for, separated by commas; NULL = everywhere */
	const char *add_key; /* "" = no member */
	enum schema schema;
	enum on_bad on_bad;
};

#endif
