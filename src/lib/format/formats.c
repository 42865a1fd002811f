#include "lib/format/formats.h"

#include "lib/format/columns/columns.h"
#include "lib/format/json/ndjson.h"
#include "lib/format/rsyslog/reply.h"
#include "lib/format/text/lines.h"

static const struct format *const inputs[] = {
	[INPUT_TEXT] = &text_format,
	[INPUT_W3C] = &w3c_format,
	[INPUT_CSV] = &csv_format,
	[INPUT_NDJSON] = &ndjson_format,
};

static const struct reporter *const outputs[] = {
	[OUTPUT_GLOSSES] = NULL,
	[OUTPUT_HITS] = &json_reporter,
	[OUTPUT_SUMMARY] = &listing_reporter,
	[OUTPUT_RSYSLOG] = NULL,
};

/* rsyslog says what its messages are, whatever is said to be read. */
struct stream_kind stream_kind(enum input input, enum output output)
{
	return (struct stream_kind){output == OUTPUT_RSYSLOG ? &rsyslog_format : inputs[input], outputs[output]};
}
