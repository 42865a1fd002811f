/* CRC-32 as RFC 1952 has it. */
#ifndef HRG_EVTX_CHECKSUM_H
#define HRG_EVTX_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct checksum {
	bool folds; /* the processor multiplies without carries */
	uint32_t table[8][256];
};
void checksum_init(struct checksum *c);
/* Goes on from `sum`, 0 at first. */
uint32_t checksum_of(const struct checksum *c, uint32_t sum, const uint8_t *bytes, size_t len);

#endif
