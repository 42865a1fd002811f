/* What is wrong with an input: in a text, after so many bytes of it, or between texts. */
#ifndef HRG_FLAW_H
#define HRG_FLAW_H

#include <stdbool.h>
#include <stdint.h>

struct flaw {
	bool in_text;
	uint64_t offset;
	char text[160];
};

#endif
