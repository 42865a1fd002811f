/* Shared by the files of the public calls. */
#ifndef HRG_API_PRIVATE_H
#define HRG_API_PRIVATE_H

#include "hrgloss.h"

#include "lib/format/formats.h"

enum { MAX_TABLES = 8, MAX_PACKS = 64 };

struct hrgloss {
	struct codes codes;
	struct table *own[MAX_TABLES];
	size_t own_count;
	char *own_packs[MAX_PACKS]; /* texts, which the matcher points into */
	char *fields, *add_key;     /* of the options */
	char *header;               /* of the options' columns, as a line */
	struct matcher *matcher;
	enum input input;
	enum output output;
	struct gloss_options options;
};

struct hrgloss_scratch {
	const hrgloss *handle;
	struct stream *stream;
	bool single; /* the last text was a single one, with options of its own */
	struct buf spans;
	struct buf hits; /* struct listed_hit, of which `at` counts in `text` */
	const char *text;
};

/* Takes a single text through the scratch, which then keeps its hits. `write` takes what goes out, and may be NULL. One of enum
 * hrgloss_status. */
int hrg_pass_text(hrgloss_scratch *s, struct span text, const struct gloss_options *options, struct stream_kind kind,
                  hrgloss_write *write, void *context);

#endif
