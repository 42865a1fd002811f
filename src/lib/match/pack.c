/* The pack format: sections of `key = value` lines. patterns/README.md describes it. */
#include "lib/match/pack.h"

#include <string.h>

static bool is_key(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!byte_is(s.ptr[i], BYTE_LOWER))
			return false;
	return s.len > 0;
}

static bool read_head(struct pack_reader *r, struct pack_item *item, struct span line, struct fault *f)
{
	if (line.ptr[line.len - 1] != ']')
		return hrg_fault_set(f, FAULT_SYNTAX, "section head lacks its ]", r->source, r->line);
	struct span rest = {line.ptr + 1, line.len - 2};
	item->kind = hrg_span_cut(&rest, ' ');
	item->name = hrg_span_trim(rest);
	item->key = item->value = (struct span){0};
	return item->name.len || hrg_fault_set(f, FAULT_SYNTAX, "section has no name", r->source, r->line);
}

int hrg_pack_next(struct pack_reader *r, struct pack_item *item, struct fault *f)
{
	while (r->rest.ptr) {
		const struct span line = hrg_span_trim(hrg_span_cut(&r->rest, '\n'));
		r->line++;
		item->line = r->line;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (line.ptr[0] == '[')
			return read_head(r, item, line, f) ? 1 : -1;
		struct span value = line;
		item->key = hrg_span_trim(hrg_span_cut(&value, '='));
		item->value = hrg_span_trim(value);
		if (!is_key(item->key) || !value.ptr || !item->kind.len) {
			hrg_fault_set(f, FAULT_SYNTAX, "line is neither a section head nor `key = value`", r->source, r->line);
			return -1;
		}
		return 1;
	}
	return 0;
}
