/* Tables within a text: a header names the columns, and says so what their numbers are. */
#ifndef HRG_GRID_H
#define HRG_GRID_H

#include "lib/scan/scan.h"

enum grid_kind {
	GRID_NONE,
	GRID_FIELDS, /* `#Fields:` and names, of W3C logs */
	GRID_COMMAS, /* names between commas */
	GRID_RULED,  /* names above a rule of dashes, as PowerShell prints them */
};

enum { GRID_COLUMNS = 64 };

/* Where a column's name is in the header's line; of ruled ones, that is where its fields are in a row, too. */
struct grid_column {
	uint32_t start, len;
	bool wanted; /* a pattern asks for numbers of that name */
};

struct grid {
	bool session;      /* the text began with a prompt or a table: every line is looked at */
	unsigned seen;     /* lines of the text, of the first few */
	bool after_prompt; /* the line before was one */
	enum grid_kind kind;
	char separator;
	unsigned count;
	struct grid_column columns[GRID_COLUMNS];
	struct buf header;         /* the line that names the columns */
	struct buf prompt, before; /* the last prompt; the last line */
	struct buf about;          /* what the header, and the prompt above it, say */
	struct buf probe, found;   /* while names are being looked at */
};

void hrg_grid_free(struct grid *t);
/* A new text begins. */
void hrg_grid_begin(struct grid *t);
/* False when memory is exhausted, here and below. */
bool hrg_grid_copy(struct grid *to, const struct grid *from);
/* The patterns have changed: which columns they want is found out anew. */
bool hrg_grid_renew(struct grid *t, const struct scanner *s);
/* Whether each line has to be shown to hrg_grid_line(). If not, those from hrg_grid_next() on have. */
bool hrg_grid_watches(const struct grid *t);
/* Whether the first lines, which decide whether it is a session, are still to come. */
bool hrg_grid_begins(const struct grid *t);
/* Where in [from, to) of the text the next line is that may begin a table; `to` when there is none. */
size_t hrg_grid_next(struct span text, size_t from, size_t to, char newline);
/* The next line, without glosses and end. *row becomes whether it is a row of the table. */
bool hrg_grid_line(struct grid *t, const struct scanner *s, struct span line, bool *row);
/* The field of a row; false when it has none. */
bool hrg_grid_field(const struct grid *t, struct span row, unsigned column, struct span *field);

#endif
