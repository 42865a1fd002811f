/* Text in which lines of JSON name themselves. */
#ifndef HRG_AUTO_H
#define HRG_AUTO_H

#include "lib/stream/format.h"

extern const struct format hrg_auto_format;

#endif
