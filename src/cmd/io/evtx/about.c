/* What a line or an object says of its event is read back from there, since texts come in windows that nothing else comes with.
 */
#include "cmd/io/evtx/evtx.h"
#include "cmd/io/evtx/meta.h"

#include "lib/base/base.h"

static bool parse_id(struct span digits, struct event_about *about)
{
	uint64_t number;

	if (!hrg_parse_decimal(digits, &number) || number > UINT32_MAX)
		return false;
	about->id = (uint32_t)number;
	return true;
}

/* The name that meta_level() gives, or the number of a level without one. */
static bool is_level(struct span word)
{
	const size_t digits = span_run(word, BYTE_DIGIT);

	for (char level = '0'; level < '6'; level++) {
		if (hrg_span_eq(word, hrg_span_of(meta_level((struct hrgloss_span){&level, 1}))))
			return true;
	}
	return word.len > 0 && digits == word.len;
}

/* `time provider id level …`, where the provider may have blanks. */
static bool read_line(struct span line, struct event_about *about)
{
	hrg_span_cut(&line, ' ');
	const char *const start = line.ptr;
	struct span word = hrg_span_cut(&line, ' ');

	while (line.ptr) {
		const struct span before = word;
		word = hrg_span_cut(&line, ' ');
		struct span after = line;
		if (before.ptr + before.len > start && parse_id(word, about) && line.ptr &&
		    is_level(hrg_span_cut(&after, ' '))) {
			about->provider = (struct hrgloss_span){start, (size_t)(before.ptr + before.len - start)};
			return true;
		}
	}
	return false;
}

/* No string of JSON has a quote that could be taken for one of these. */
static bool read_object(struct span object, struct event_about *about)
{
	static const char kind[] = "\",\"kind\":\"event\"", provider[] = "\"provider\":\"";
	const char *const end = object.ptr + object.len;
	const char *const at = memmem(object.ptr, object.len, kind, sizeof kind - 1);
	const char *id = at;

	while (id && id > object.ptr && byte_is(id[-1], BYTE_DIGIT))
		id--;
	if (!at || !parse_id((struct span){id, (size_t)(at - id)}, about))
		return false;
	const char *from = memmem(at, (size_t)(end - at), provider, sizeof provider - 1);
	if (!from)
		return false;
	from += sizeof provider - 1;
	const char *const to = memchr(from, '"', (size_t)(end - from));
	about->provider = (struct hrgloss_span){from, to ? (size_t)(to - from) : 0};
	return to != NULL;
}

bool evtx_about(struct hrgloss_span text, struct event_about *about)
{
	const struct span s = {text.ptr, text.len};

	return s.len > 0 && (*s.ptr == '{' ? read_object : read_line)(s, about);
}
