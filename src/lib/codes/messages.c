/* Fingerprints of Windows' own messages: FNV-1a, 64 bits, over the first words in lower case with one blank between them. */
#include "lib/codes/codes.h"

static uint64_t add_byte(uint64_t hash, uint8_t c)
{
	return (hash ^ c) * UINT64_C(0x100000001b3);
}

uint64_t hrg_message_start(void)
{
	return UINT64_C(0xcbf29ce484222325);
}

/* What a byte counts as: a letter in lower case, a digit, an apostrophe, or 0, which ends a word. */
static const uint8_t folded[256] = {
	['\''] = '\'', ['0'] = '0', '1', '2', '3', '4',         '5', '6', '7', '8', '9', ['A'] = 'a', 'b', 'c', 'd', 'e',
	'f',           'g',         'h', 'i', 'j', 'k',         'l', 'm', 'n', 'o', 'p', 'q',         'r', 's', 't', 'u',
	'v',           'w',         'x', 'y', 'z', ['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g',         'h', 'i', 'j', 'k',
	'l',           'm',         'n', 'o', 'p', 'q',         'r', 's', 't', 'u', 'v', 'w',         'x', 'y', 'z',
};

bool hrg_message_has(char c)
{
	return folded[(uint8_t)c] != 0;
}

/* Of what counts, an apostrophe is the least. */
const char *hrg_message_add(uint64_t *hash, const char *at, const char *end)
{
	uint64_t h = *hash == hrg_message_start() ? *hash : add_byte(*hash, ' ');
	uint8_t c = 0;

	do {
		for (; at < end && (c = folded[(uint8_t)*at]) > '\''; at++)
			h = add_byte(h, c);
	} while (at < end && c == '\'' && at++ < end);
	*hash = h;
	return at;
}

static bool has_bit(const uint64_t bits[MESSAGE_FILTER], uint64_t number)
{
	return bits[(uint16_t)number / 64] >> number % 64 & 1;
}

static uint32_t first_from(uint64_t hash)
{
	uint32_t low = 0, high = hrg_messages_builtin_count;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;
		if (hrg_messages_builtin[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct message *hrg_messages_with(uint64_t hash, unsigned words, uint32_t *count)
{
	*count = 0;
	if (!has_bit(hrg_messages_builtin_filter[0], hash) || !has_bit(hrg_messages_builtin_filter[1], hash >> 16))
		return NULL;
	const uint32_t first = first_from(hash);
	while (first + *count < hrg_messages_builtin_count && hrg_messages_builtin[first + *count].hash == hash &&
	       hrg_messages_builtin[first + *count].words == words)
		++*count;
	return *count ? &hrg_messages_builtin[first] : NULL;
}

bool hrg_messages_may_mean(uint32_t value)
{
	return hrg_messages_builtin_values[value > UINT16_MAX][(uint16_t)value / 64] >> value % 64 & 1;
}
