#include "cmd/cli/bond.h"

struct span bond_list(const char *list)
{
	return hrg_span_of(list ? list : "");
}

bool bond_next(struct span *list, struct bond_item *item)
{
	struct span word = {0};

	while (list->ptr && word.len == 0)
		word = hrg_span_cut(list, ' ');
	if (word.len == 0)
		return false;
	*item = (struct bond_item){.unless = word};
	item->values = hrg_span_cut(&item->unless, '/');
	item->taken_out = item->values.ptr[0] == '!';
	item->values.ptr += item->taken_out;
	item->values.len -= item->taken_out;
	item->name = hrg_span_cut(&item->values, '=');
	return true;
}
