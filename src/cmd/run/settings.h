/* What a run is asked to do, and the exit statuses in which it ends. */
#ifndef HRG_SETTINGS_H
#define HRG_SETTINGS_H

#include "cmd/io/packing.h"
#include "cmd/summary/summary.h"
#include "hrgloss.h"

#include <stdbool.h>
#include <stddef.h>

enum { EXIT_DONE = 0, EXIT_PART = 1, EXIT_BAD = 2 };

/* When output goes out: when the input has run dry, after each line, or when there is a good deal of it. */
enum buffering { BUFFER_DRAINED, BUFFER_LINE, BUFFER_BLOCK };

/* What a message is: a line, one that ends in NUL, or what comes after its length. */
enum framing { FRAMING_LINES, FRAMING_NUL, FRAMING_UINT32, FRAMING_NETSTRING };

enum progress_when { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER };

/* Leave at zero what is not wanted. */
struct run_settings {
	const char *const *paths; /* "-" is standard input; without any, that alone is read */
	size_t path_count;
	bool recursive;         /* walk folders among the paths */
	const char *include;    /* of the files in folders, only those whose names fit the glob */
	bool count;             /* of each text, only the number of lines that would go out */
	bool quiet;             /* nothing goes out; ends with the first code */
	bool exit_status;       /* EXIT_PART says that no code was found, and EXIT_BAD all that goes wrong */
	bool with_name;         /* begin each line with the input's name */
	unsigned jobs;          /* threads; 0 = one a processor */
	const char *output_dir; /* a file there for each input, instead of standard output */
	bool force;             /* they may take the place of files that were there before */
	enum packing packing;   /* of those files */
	const char *from;       /* the encoding of inputs without a mark, to be converted into UTF-8 */
	bool to_utf8;           /* convert UTF-16 */
	enum summary_format summary;
	enum progress_when progress;
	const char *output;  /* a file to append to, instead of standard output */
	const char *metrics; /* a file for counts in Prometheus' text format, written anew every few seconds */
	enum buffering buffering;
	enum framing framing;
	bool as_it_is;      /* inputs are not looked into for what they may be packed or written in */
	bool zero;          /* lines end in NUL */
	bool event_objects; /* the events of event logs are read as JSON */
	bool in_one_piece;  /* never cut a file into parts: what goes out depends on the line before */
	bool hits;          /* what goes out is not the text, but JSON that names the input in each line */
	bool count_lines, stats;
	/* Makes the handle anew when SIGHUP says that tables or packs have changed, and hands it over; NULL after a complaint.
	 */
	hrgloss *(*reload)(void *context);
	void *reload_context;
};

#endif
