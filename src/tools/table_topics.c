#include "tools/table_topics.h"

#include "lib/codes/draft.h"
#include "lib/match/pack.h"
#include "tools/table_inputs.h"

#include <stdio.h>

/* 1: the pack has the topic; 0: it has not; -1: *f says what is wrong with the pack. */
static int has_topic(const char *path, struct span pack, struct span name, struct fault *f)
{
	struct pack_reader r = {.source = path, .rest = pack};
	struct pack_item item = {0};
	int got;

	while ((got = hrg_pack_next(&r, &item, f)) > 0)
		if (!item.key.len && hrg_span_eq(item.kind, hrg_span_of("topic")) && hrg_span_eq(item.name, name))
			return 1;
	return got;
}

/* Packs are small, and few texts name a topic. */
static int has_any(char **packs, size_t count, struct span name, struct fault *f)
{
	int has = 0;

	for (size_t i = 0; has == 0 && i < count; i++) {
		struct buf content = {0};
		has = read_file(packs[i], &content) ? has_topic(packs[i], buf_span(&content), name, f) : -1;
		hrg_buf_free(&content);
	}
	return has;
}

bool check_topics(const struct draft *d, char **packs, size_t count)
{
	const struct draft_explanation *t = BUF_ITEMS(const struct draft_explanation, &d->explanations);
	struct fault f = {0};
	int has = 1;

	for (size_t i = 0; has > 0 && i < BUF_COUNT(*t, &d->explanations); i++) {
		has = t[i].topic ? has_any(packs, count, hrg_span_of(d->pool.ptr + t[i].topic), &f) : 1;
		if (has == 0)
			hrg_fault_set(&f, FAULT_SYNTAX, "text for a topic that no pack has", t[i].location.source,
			              t[i].location.line);
	}
	if (f.text)
		fprintf(stderr, "tablegen: %s:%zu: %s\n", f.source, f.line, f.text);
	return has > 0;
}
