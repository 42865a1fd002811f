/* UTF-8 (RFC 3629), strictly: no surrogate, no overlong form. */
#ifndef HRG_UTF8_H
#define HRG_UTF8_H

#include "lib/base/base.h"

/* Length in bytes of the character that the text begins with, and what it is; 0 when it begins with none. */
size_t hrg_utf8(struct span text, uint32_t *character);
bool hrg_utf8_is_valid(struct span text);

#endif
