#include "cmd/io/sink.h"

#include "cmd/sys/file.h"

/* A pipe takes each piece at a cost of its own, which for a short one is more than that of a copy. So short spans are
 * copied side by side, and only long ones go out from where they lie. */
enum { SHORT = 512, GATHER_BYTES = 64 * 1024 };

struct batch {
	struct span pieces[SYS_PIECES];
	size_t count, gathered;
	char bytes[GATHER_BYTES];
};

static bool add_piece(struct batch *b, const char *ptr, size_t len)
{
	struct span *const last = b->count ? &b->pieces[b->count - 1] : NULL;

	if (last && last->ptr + last->len == ptr) {
		last->len += len;
		return true;
	}
	if (b->count == SYS_PIECES)
		return false;
	b->pieces[b->count++] = (struct span){ptr, len};
	return true;
}

static bool add_span(struct batch *b, const struct hrgloss_span *s)
{
	if (s->len > SHORT)
		return add_piece(b, s->ptr, s->len);
	if (s->len > GATHER_BYTES - b->gathered || !add_piece(b, b->bytes + b->gathered, s->len))
		return false;
	memcpy(b->bytes + b->gathered, s->ptr, s->len);
	b->gathered += s->len;
	return true;
}

bool sink_write(int fd, const struct hrgloss_span *spans, size_t count)
{
	struct batch b;
	size_t at = 0;

	while (at < count) {
		b.count = 0;
		b.gathered = 0;
		for (; at < count; at++)
			if (spans[at].len && !add_span(&b, &spans[at]))
				break;
		if (!sys_write(fd, b.pieces, b.count))
			return false;
	}
	return true;
}
