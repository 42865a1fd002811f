/* Answers for rsyslog's mmexternal, one for each line. */
#ifndef HRG_REPLY_H
#define HRG_REPLY_H

#include "lib/stream/format.h"

extern const struct format hrg_rsyslog_format;

#endif
