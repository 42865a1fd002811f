/* Topics that texts name. */
#ifndef HRG_TABLE_TOPICS_H
#define HRG_TABLE_TOPICS_H

#include "lib/codes/codes.h"

/* Whether the packs have a topic of every name under which the draft has a text; what is wrong is reported on standard error.
 */
bool check_topics(const struct draft *d, char **packs, size_t count);

#endif
