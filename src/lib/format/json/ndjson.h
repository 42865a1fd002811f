/* Lines of JSON: what is found becomes a member of the document, or goes into its strings. */
#ifndef HRG_NDJSON_H
#define HRG_NDJSON_H

#include "lib/stream/format.h"

extern const struct format hrg_ndjson_format;

#endif
