/* Text from elsewhere, such as the name of a file, as a terminal may be given it: in one line, whose bytes steer nothing. */
#ifndef HRG_SHOWN_H
#define HRG_SHOWN_H

#include "lib/base/base.h"

/* Every character of the text may be shown as it is. */
bool hrg_is_plain(struct span text);

/* It has a character beyond ASCII that steers, as JSON may have it. */
bool hrg_steers_beyond_ascii(struct span text);

/* How the text's first character is shown: as it is, or, where it is a control character, turns the direction of writing or is
 * no UTF-8, as an escape of ASCII: \n, \x1b, \xff, \u202e. A backslash is shown as it is. Returns the length of `out`, which is
 * not terminated; *taken is how many bytes of the text it stands for, 0 at the end of the text alone. */
enum { SHOWN_BYTES = 8 };
size_t hrg_show(struct span text, char out[SHOWN_BYTES], size_t *taken);

/* Appends the text as valid UTF-8, each byte that is none of it as U+FFFD. False when memory is exhausted. */
bool hrg_add_utf8(struct buf *out, struct span text);

/* The whole text, shown; the caller frees it. NULL when memory is exhausted. */
char *hrg_shown(const char *text);

#endif
