#include "lib/format/formats.h"

#include "lib/format/auto/auto.h"
#include "lib/format/columns/columns.h"
#include "lib/format/json/ndjson.h"
#include "lib/format/rsyslog/reply.h"
#include "lib/format/text/lines.h"

static const struct format *const inputs[] = {
	[INPUT_TEXT] = &hrg_text_format,     [INPUT_W3C] = &hrg_w3c_format,   [INPUT_CSV] = &hrg_csv_format,
	[INPUT_NDJSON] = &hrg_ndjson_format, [INPUT_AUTO] = &hrg_auto_format,
};

static const struct reporter *const outputs[] = {
	[OUTPUT_GLOSSES] = NULL,
	[OUTPUT_HITS] = &hrg_json_reporter,
	[OUTPUT_SUMMARY] = &hrg_listing_reporter,
	[OUTPUT_RSYSLOG] = NULL,
};

/* rsyslog says what its messages are, whatever is said to be read. */
struct stream_kind hrg_stream_kind(enum input input, enum output output)
{
	return (struct stream_kind){output == OUTPUT_RSYSLOG ? &hrg_rsyslog_format : inputs[input], outputs[output]};
}
