/* A code as people type it, without a log around it. */
#ifndef HRG_QUERY_H
#define HRG_QUERY_H

#include "lib/codes/codes.h"

struct query {
	struct span name; /* what is not a value may be one */
	bool valued;
	bool message; /* %%N: what messages have in the place of a text */
	uint32_t value;
	enum space space; /* the one that a word before the code names; SPACE_COUNT: none does */
};

/* Reads 0x8009030c, 8009030C, $8009030c, 8009030ch, 0x8009030cL, -0x7ff6fcf4, -2146893044, 2148074252, 0xFFFFFFFF8009030C,
 * %%2313, a name, and any of these after the kind of code: STOP 0x7B, Win32 error 5, HTTP 503. Digits of a stop code are
 * hexadecimal. */
struct query hrg_query_of(struct span text);

#endif
