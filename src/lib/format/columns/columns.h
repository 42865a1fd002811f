/* Logs with columns that a header names: W3C extended logs, and CSV. Glosses go into a column of their own. */
#ifndef HRG_COLUMNS_H
#define HRG_COLUMNS_H

#include "lib/stream/format.h"

extern const struct format hrg_w3c_format, hrg_csv_format;

#endif
