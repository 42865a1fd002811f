/* Numbers as event logs store them. */
#ifndef HRG_EVTX_LITTLE_ENDIAN_H
#define HRG_EVTX_LITTLE_ENDIAN_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t get16(const uint8_t *bytes)
{
	uint16_t n;

	memcpy(&n, bytes, sizeof n);
	return le16toh(n);
}

static inline uint32_t get32(const uint8_t *bytes)
{
	uint32_t n;

	memcpy(&n, bytes, sizeof n);
	return le32toh(n);
}

static inline uint64_t get64(const uint8_t *bytes)
{
	uint64_t n;

	memcpy(&n, bytes, sizeof n);
	return le64toh(n);
}

#endif
