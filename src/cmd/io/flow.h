/* Bytes that are turned into others: what is left of them, and the room that is left for what they become. */
#ifndef HRG_FLOW_H
#define HRG_FLOW_H

#include <stddef.h>

struct flow {
	const char *in;
	size_t in_len;
	char *out;
	size_t out_len;
};

#endif
