/* The pack format: sections of `key = value` lines. */
#ifndef HRG_PACK_H
#define HRG_PACK_H

#include "lib/base/base.h"

/* Reads a pack setting by setting. Zero-initialise, set `source` and `rest`. */
struct pack_reader {
	const char *source;
	struct span rest;
	size_t line;
};

/* One setting. A section head, `[kind name]`, comes as a setting with an empty key. Spans point into the pack's text. */
struct pack_item {
	struct span kind, name, key, value;
	size_t line;
};

/* 1: an item was read; 0: the end; -1: *f says what is wrong. The first item must be a section head. */
int hrg_pack_next(struct pack_reader *r, struct pack_item *item, struct fault *f);

#endif
