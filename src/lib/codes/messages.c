/* Fingerprints of Windows' own messages: FNV-1a, 64 bits, over the first words in lower case with one blank between them. */
#include "lib/codes/codes.h"

static uint64_t add_byte(uint64_t hash, char c)
{
	return (hash ^ (uint8_t)c) * UINT64_C(0x100000001b3);
}

uint64_t hrg_message_start(void)
{
	return UINT64_C(0xcbf29ce484222325);
}

uint64_t hrg_message_add(uint64_t hash, struct span word)
{
	if (hash != hrg_message_start())
		hash = add_byte(hash, ' ');
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] != '\'')
			hash = add_byte(hash, byte_lower(word.ptr[i]));
	return hash;
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
	if (!(hrg_messages_builtin_filter[(uint16_t)hash / 64] >> hash % 64 & 1))
		return NULL;
	const uint32_t first = first_from(hash);
	while (first + *count < hrg_messages_builtin_count && hrg_messages_builtin[first + *count].hash == hash &&
	       hrg_messages_builtin[first + *count].words == words)
		++*count;
	return *count ? &hrg_messages_builtin[first] : NULL;
}
