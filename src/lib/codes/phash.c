/* Hash, displace and compress (Belazzougui, Botelho, Dietzfelbinger 2009), with the seeds tried in a fixed order so that
 * two builds of one set are identical. */
#include "lib/codes/codes.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#define DIRECT UINT32_C(0x80000000) /* the slot itself is in displace: buckets of a single key need no search */

static uint64_t mix(uint64_t x)
{
	x ^= x >> 32;
	x *= UINT64_C(0xd6e8feb86659fd93);
	x ^= x >> 32;
	x *= UINT64_C(0xd6e8feb86659fd93);
	return x ^ x >> 32;
}

uint64_t hrg_hash_value(enum space space, uint32_t value)
{
	return mix((uint64_t)space << 32 ^ value ^ UINT64_C(0x9e3779b97f4a7c15));
}

uint64_t hrg_hash_name(struct span name)
{
	uint64_t h = name.len * UINT64_C(0x9e3779b97f4a7c15);
	uint64_t word = 0;

	if (name.len < 8) {
		for (size_t i = 0; i < name.len; i++)
			word |= (uint64_t)(uint8_t)name.ptr[i] << 8 * i;
		return mix(h ^ word);
	}
	/* the last eight bytes may overlap with those before */
	for (size_t at = 0;; at = name.len - at < 16 ? name.len - 8 : at + 8) {
		memcpy(&word, name.ptr + at, 8);
		h = (h ^ le64toh(word)) * UINT64_C(0xd6e8feb86659fd93);
		h ^= h >> 29;
		if (at + 8 == name.len)
			return mix(h);
	}
}

uint64_t hrg_hash_text(struct span text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (uint8_t)text.ptr[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint32_t scale(uint32_t x, uint32_t n)
{
	return (uint32_t)((uint64_t)x * n >> 32);
}

static uint32_t slot_of(uint64_t hash, uint32_t displace, uint32_t keys)
{
	if (displace & DIRECT)
		return displace & ~DIRECT;
	return scale((uint32_t)(mix(hash + displace * UINT64_C(0x9e3779b97f4a7c15)) >> 32), keys);
}

uint32_t hrg_phash_find(const struct phash *p, uint64_t hash)
{
	if (p->keys == 0)
		return UINT32_MAX;
	return p->index[slot_of(hash, p->displace[scale((uint32_t)hash, p->buckets)], p->keys)];
}

uint32_t hrg_phash_buckets(uint32_t keys)
{
	return keys / 4 + 1;
}

struct bucket {
	uint32_t number, first, size;
};

static int larger_first(const void *a, const void *b)
{
	const struct bucket *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? 1 : -1;
	return x->number < y->number ? -1 : x->number > y->number;
}

struct builder {
	const uint64_t *hashes;
	uint32_t keys;
	uint32_t *members; /* positions in hashes[], bucket by bucket */
	bool *taken;
	uint32_t *displace, *index;
};

/* Claims the slots for one bucket under one displacement, or leaves everything as it was. */
static bool try_displace(struct builder *b, const struct bucket *k, uint32_t displace)
{
	for (uint32_t i = 0; i < k->size; i++) {
		const uint32_t key = b->members[k->first + i];
		const uint32_t slot = slot_of(b->hashes[key], displace, b->keys);
		if (b->taken[slot]) {
			while (i-- > 0)
				b->taken[slot_of(b->hashes[b->members[k->first + i]], displace, b->keys)] = false;
			return false;
		}
		b->taken[slot] = true;
		b->index[slot] = key;
	}
	b->displace[k->number] = displace;
	return true;
}

static bool displace_all(struct builder *b, const struct bucket *buckets, uint32_t count)
{
	uint32_t free_slot = 0;

	for (uint32_t i = 0; i < count && buckets[i].size; i++) {
		if (buckets[i].size > 1) {
			uint32_t d = 0;
			while (d < 1u << 20 && !try_displace(b, &buckets[i], d))
				d++;
			if (d == 1u << 20) /* equal hashes never part */
				return false;
			continue;
		}
		while (b->taken[free_slot])
			free_slot++;
		try_displace(b, &buckets[i], DIRECT | free_slot);
	}
	return true;
}

static void sort_into_buckets(struct builder *b, struct bucket *buckets, uint32_t count)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < count; i++)
		buckets[i].number = i;
	for (uint32_t i = 0; i < b->keys; i++)
		buckets[scale((uint32_t)b->hashes[i], count)].size++;
	for (uint32_t i = 0; i < count; i++) {
		buckets[i].first = first;
		first += buckets[i].size;
		buckets[i].size = 0;
	}
	for (uint32_t i = 0; i < b->keys; i++) {
		struct bucket *k = &buckets[scale((uint32_t)b->hashes[i], count)];
		b->members[k->first + k->size++] = i;
	}
	qsort(buckets, count, sizeof *buckets, larger_first);
}

bool hrg_phash_build(const uint64_t *hashes, uint32_t keys, uint32_t *displace, uint32_t *index)
{
	const uint32_t count = hrg_phash_buckets(keys);
	struct bucket *buckets = calloc(count, sizeof *buckets);
	struct builder b = {.hashes = hashes, .keys = keys, .displace = displace, .index = index};
	bool ok = false;

	b.members = calloc((size_t)keys + 1, sizeof *b.members);
	b.taken = calloc((size_t)keys + 1, sizeof *b.taken);
	if (buckets && b.members && b.taken) {
		memset(displace, 0, count * sizeof *displace);
		sort_into_buckets(&b, buckets, count);
		ok = displace_all(&b, buckets, count);
	}
	free(buckets);
	free(b.members);
	free(b.taken);
	return ok;
}
