/* The tasks that read no log: --explain, --search, --list and --export. They return an exit status. */
#ifndef HRG_LOOKUP_H
#define HRG_LOOKUP_H

#include "hrgloss.h"

#include <stdbool.h>
#include <stddef.h>

struct lookup {
	const hrgloss *handle;
	const char *const *operands; /* codes, words or spaces */
	size_t operand_count;
	bool json; /* an object per line */
	bool color;
	bool hint; /* where a result takes a line, its hint takes another */
};

int explain_codes(const struct lookup *l);
int search_codes(const struct lookup *l);
int list_codes(const struct lookup *l);

/* The look-ups of other programs. */
enum export_to { EXPORT_NOWHERE, EXPORT_RSYSLOG, EXPORT_SYSLOG_NG, EXPORT_LOGSTASH, EXPORT_VECTOR, EXPORT_JSON };
int export_codes(const struct lookup *l, enum export_to to);

/* For those whose operands are spaces: false, after a message, when there is no such space. */
bool spaces_exist(const struct lookup *l);
/* The space is among the operands, or there are none. */
bool space_is_wanted(const struct lookup *l, const char *space);

/* Whether the operand reads like a code, and so is hardly the name of a file. */
bool reads_like_code(const hrgloss *h, const char *operand);

#endif
