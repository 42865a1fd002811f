/* Which Win32 error an NTSTATUS becomes. */
#include "cmd/lookup/entry.h"
#include "lib/base/base.h"

#include <string.h>

/* Made by tablegen from the file of this name; NUL ends it. */
extern const char embedded_win32_of_ntstatus_tsv[];

static uint32_t win32_named(const hrgloss *h, struct span name)
{
	uint32_t found[8];
	const size_t count = hrgloss_find_name(h, name.ptr, name.len, found, sizeof found / sizeof *found);

	for (size_t i = 0; i < count; i++)
		if (strcmp(hrgloss_space(h, found[i]), "win32") == 0)
			return found[i];
	return HRGLOSS_NO_ENTRY;
}

uint32_t win32_of_ntstatus(const hrgloss *h, uint32_t entry)
{
	const struct span name = hrg_span_of(hrgloss_name(h, entry));
	struct span rest = hrg_span_of(embedded_win32_of_ntstatus_tsv);

	if (strcmp(hrgloss_space(h, entry), "ntstatus") != 0 || !name.len)
		return HRGLOSS_NO_ENTRY;
	while (rest.ptr) {
		struct span row = hrg_span_cut(&rest, '\n');
		if (hrg_span_eq(hrg_span_cut(&row, '\t'), name) && row.ptr)
			return win32_named(h, row);
	}
	return HRGLOSS_NO_ENTRY;
}
