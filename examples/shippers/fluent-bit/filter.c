/* The filter for Fluent Bit as a WebAssembly module, of which there is one instance a filter and one thread in it. `make wasm`
 * builds it into .build/wasm/hrgloss.wasm. Each function that is exported is a filter of its own; `function_name` in wasm.yaml
 * chooses. */
#include <hrgloss.h>

#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))

/* What one of the functions needs, made when it is called first. What is to be set for all of them is in ready(). */
struct filter {
	bool json_inline;
	int schema;
	const char *add_key; /* NULL: the usual one */
	hrgloss *handle;
	hrgloss_scratch *scratch;
	bool tried;
};

/* What the functions return; it stays until the next call. Fluent Bit copies a record before that, and frees nothing but the
 * two texts that it has given. */
static char *answer;
static size_t room;

static bool ready(struct filter *f)
{
	const struct hrgloss_options options = {
		.size = sizeof options,
		.language = "en",
		.format = HRGLOSS_NDJSON,
		.fields = NULL, /* all members; or, say, "log,winlog.event_data" */
		.json_inline = f->json_inline,
		.add_key = f->add_key,
		.schema = f->schema,
	};

	if (!f->tried) {
		f->tried = true;
		f->handle = hrgloss_new(&options, NULL);
		f->scratch = f->handle ? hrgloss_scratch_new(f->handle) : NULL;
	}
	return f->scratch != NULL;
}

static bool make_room(size_t size)
{
	char *larger = size <= room ? answer : realloc(answer, size);

	if (!larger)
		return false;
	answer = larger;
	room = size <= room ? room : size;
	return true;
}

/* Fluent Bit drops a record for which it gets NULL or nothing: so where something cannot be done, the record goes as it came,
 * and where there is none, because it found no memory to hand it over in, an empty one shows that there was an event. */
static const char *explain(struct filter *f, const char *record, int record_len)
{
	size_t len = record_len > 0 ? (size_t)record_len : 0, length = 0;

	if (!record || !len)
		return "{}";
	if (!ready(f) || !make_room(len + 1024))
		return record;
	int status = hrgloss_annotate(f->scratch, record, len, answer, room, &length);
	if (status == HRGLOSS_TOO_SMALL && make_room(length + 1))
		status = hrgloss_annotate(f->scratch, record, len, answer, room, &length);
	return status == HRGLOSS_OK ? answer : record;
}

/* The signature that Fluent Bit wants, for a static `struct filter` of these settings. */
#define FILTER(name, ...)                                                                                                      \
	EXPORT(name)                                                                                                           \
	const char *name(const char *tag, int tag_len, uint32_t sec, uint32_t nsec, const char *record, int record_len);       \
	const char *name(const char *tag, int tag_len, uint32_t sec, uint32_t nsec, const char *record, int record_len)        \
	{                                                                                                                      \
		static struct filter f = {__VA_ARGS__};                                                                        \
                                                                                                                               \
		(void)tag, (void)tag_len, (void)sec, (void)nsec;                                                               \
		return explain(&f, record, record_len);                                                                        \
	}

/* A member "hrgloss" that lists the codes; or glosses in the strings; or both; or the fields of a schema. */
FILTER(explain_member, .json_inline = false)
FILTER(explain_inline, .json_inline = true, .add_key = "")
FILTER(explain_both, .json_inline = true)
FILTER(explain_ecs, .schema = HRGLOSS_ECS)
FILTER(explain_otel, .schema = HRGLOSS_OTEL)
FILTER(explain_ocsf, .schema = HRGLOSS_OCSF)
