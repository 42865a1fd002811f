/* Fingerprints of messages into C. */
#ifndef HRG_TABLE_MESSAGES_H
#define HRG_TABLE_MESSAGES_H

#include <stdbool.h>
#include <stdio.h>

/* The first path is that of the fingerprints, the others are table files that must have their codes. */
bool make_messages(FILE *out, char **paths, size_t count);

#endif
