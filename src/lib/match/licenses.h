/* What earlier lines allow a number to be. */
#ifndef HRG_LICENSES_H
#define HRG_LICENSES_H

#include "lib/match/topic_set.h"

/* What earlier lines say: all of the record's, and the one right above. */
struct licenses {
	topic_set record, above;
};

struct evidence;
/* What the record before the line at hand says, and the line above, as far as patterns ask for it. */
struct licenses hrg_evidence_licenses(struct evidence *e);
/* All that the record says. */
topic_set hrg_evidence_record(struct evidence *e);

#endif
