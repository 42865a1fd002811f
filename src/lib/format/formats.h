/* The formats there are. A new one is a folder beside this file, and a row in formats.c. */
#ifndef HRG_FORMATS_H
#define HRG_FORMATS_H

#include "lib/stream/stream.h"

/* What is read, and what goes out. */
enum input { INPUT_TEXT, INPUT_W3C, INPUT_CSV, INPUT_NDJSON, INPUT_AUTO };
enum output { OUTPUT_GLOSSES, OUTPUT_HITS, OUTPUT_SUMMARY, OUTPUT_RSYSLOG };

struct stream_kind hrg_stream_kind(enum input input, enum output output);

#endif
