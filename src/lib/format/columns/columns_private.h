/* Shared by the files that take logs with columns: columns.c goes through them, rows.c cuts them into rows and fields,
 * row_codes.c finds the codes of a row, w3c.c and csv.c know the formats. */
#ifndef HRG_COLUMNS_PRIVATE_H
#define HRG_COLUMNS_PRIVATE_H

#include "lib/base/utf8.h"
#include "lib/stream/segment.h"

/* A row of more bytes goes through as it is. LONGEST_COLUMN: what the added column may have. QUOTED_REACH: a quoted field may
 * go on to other lines if its row gets that far from its beginning with the closing quote. */
enum { LONGEST_ROW = 160 * 1024, LONGEST_COLUMN = 8 * 1024, QUOTED_REACH = 64 * 1024 };

/* A field of a row: where it begins, and what is in it without its quotes. Offsets into the row. */
struct field {
	size_t begin, start, len;
};

/* How the names in a header are set apart. */
struct layout {
	char separator;
	bool quotes; /* a field may be in double quotes */
	size_t from; /* offset of the first name */
};

enum row_kind {
	ROW_PLAIN, /* text of no table */
	ROW_OTHER, /* a comment, or nothing */
	ROW_HEADER,
	ROW_DATA
};

struct columns;
struct dialect {
	const char *column; /* the name of the added column */
	bool across_lines;  /* a quoted field may hold ends of lines */
	enum row_kind (*kind)(struct columns *c, struct span line);
	/* Of a header. */
	struct layout (*layout)(const struct columns *c, struct span line);
};
extern const struct dialect hrg_w3c_dialect, hrg_csv_dialect;

struct columns {
	const struct dialect *dialect;
	char newline; /* what rows end in */
	struct layout layout;
	struct buf header;      /* the header's line */
	struct buf names;       /* struct field in it */
	size_t count;           /* columns of the log's own; 0 = there was no header yet */
	bool glossed;           /* the header has the added column after them */
	bool passing;           /* inside a line that is too long */
	char announced;         /* a separator that a line before the header gave, or NUL */
	struct buf fields;      /* struct field of the row at hand */
	struct buf lines;       /* what is matched for it */
	struct buf word_places; /* struct candidate: the words that have lines there */
	struct buf about;       /* what all of its fields say */
	struct buf context;     /* one of these lines, and what comes after it */
	struct buf words;       /* of one gloss */
	struct buf column;      /* the words for its added column, each after its code */
	struct buf written;     /* the same as it goes into the row */
	size_t lead;            /* bytes of the first code and what sets it off */
	size_t glosses;         /* in the column */
	size_t text_field;      /* in the line of texts, the field that was asked for last, and where it is there */
	size_t text_at;
};

static inline struct columns *columns_of(const struct stream *s)
{
	return s->state;
}

enum found {
	FOUND_NONE,    /* its end is not there yet */
	FOUND_ROW,     /* *len is its length, with the end of its line */
	FOUND_TOO_LONG /* too long, or a quote never closed: *len bytes go through, and what is left of their line */
};

/* The first row of the text. What it is depends on the row alone, not on how much of the text is there. */
enum found hrg_find_row(const struct columns *c, struct span text, bool last, size_t limit, size_t *len);

/* Fills c->fields. *well is false for a row whose quotes do not close. False when memory is exhausted. */
bool hrg_split_row(struct columns *c, struct layout layout, struct span line, bool *well);

/* Finds the codes of the row that c->fields are of, and writes their glosses into c->column, or with PLACEMENT_BELOW into
 * s->tail.
 */
bool hrg_gloss_fields(struct stream *s, const struct segment *row);
/* What is in c->column as one field of the row. */
bool hrg_write_column(struct columns *c, struct span *field);
/* True for what hrg_write_column() gives for a row without codes. */
bool hrg_is_no_gloss(struct span field);

#endif
