/* Numbers that mean the same whoever logs an event, after Windows' own winmeta.xml. */
#ifndef HRG_EVTX_META_H
#define HRG_EVTX_META_H

#include "hrgloss.h"

/* The name of a level or an opcode, given in decimal digits; none at all are a zero. NULL when it is the provider's own. */
const char *meta_level(struct hrgloss_span digits);
const char *meta_opcode(struct hrgloss_span digits);

/* Bits of an event's keywords. */
enum { META_AUDIT_FAILURE = 52, META_AUDIT_SUCCESS = 53 };
/* The name of a bit from 0 to 63, or NULL. */
const char *meta_keyword(unsigned bit);

#endif
