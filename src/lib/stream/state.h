/* A stream as the files that work on it see it: those of this folder, and formats. */
#ifndef HRG_STATE_H
#define HRG_STATE_H

#include "lib/gloss/bracket.h"
#include "lib/stream/stream.h"
#include "lib/stream/trail.h"

enum { MAX_UNKNOWN = 64 };

struct stream {
	const struct codes *codes;
	const struct matcher *matcher;
	struct gloss_options options;
	struct stream_kind kind;
	void *state;                 /* of the format that the stream was made for, or NULL */
	const struct format *keeper; /* that format */
	const char *name;
	struct match_scratch *match;
	struct gloss_writer writer;
	struct stream_counts counts;

	struct buf candidates, rescanned; /* struct candidate */
	struct buf old, tellings;         /* struct old_gloss and struct telling of the line at hand */
	struct buf stripped;              /* the line without its old glosses */
	const char *text;                 /* what is being fed */
	struct buf pieces, own;           /* the output of one call, or since it was last handed out */
	stream_take *take;                /* or NULL */
	void *taker;
	size_t step;                     /* bytes of output or listed hits from which on they are handed out */
	size_t pending_from, pending_to; /* of the text: what goes out after that */
	bool mute;                       /* the text does not go out */
	struct buf listed;               /* struct listed_hit */
	struct buf object;               /* a hit as JSON */
	struct buf tail;                 /* glosses for the end of the line, or the lines below it */
	unsigned held;                   /* how many these are */
	bool tail_overflow;              /* there are more than a line may have: none are written */
	struct buf below;                /* spellings last explained below their line; the length of each, then its bytes */
	size_t below_next;               /* offset in it of what should come next, if the lines below are there already */
	uint64_t below_at;               /* where in the input the line after that one starts */

	uint64_t *entry_hits; /* by entry, or NULL */
	size_t line_out;      /* length of the line as it goes out */
	uint32_t *explained;  /* by entry: the last line that explained it */
	uint32_t line;        /* number of the line at hand, of those looked at */
	uint32_t unknown[MAX_UNKNOWN];
	unsigned unknown_count;

	size_t kept;         /* bytes at the front of the next text that are out already */
	size_t searched;     /* bytes there, while a line waits for its end, that have no line end */
	uint64_t front;      /* offset in the input of the next text's first byte */
	uint64_t line_front; /* offset in the input of the line's first byte, while inside a long line */
	bool in_line;
	bool line_has_hits;         /* while inside a long line */
	uint64_t counted, newlines; /* newlines before offset `counted` of the input */
	struct trail trail;
	uint64_t trail_end;                            /* offset in the input of the first line that the trail lacks */
	uint64_t line_at;                              /* of the line that is being matched */
	bool no_memory;                                /* for the header of the text */
	bool watching;                                 /* every line is looked at, since it may be of a table, or begin one */
	struct buf row_hits, row_line, row_candidates; /* of a row of a table in the text */
};

#endif
