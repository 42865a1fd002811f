#include "cmd/io/decode.h"

#include "cmd/io/codecs.h"

#include <stdlib.h>

struct decoder {
	struct intake in;
	struct intake *from;
	const struct codec *codec;
	void *state;
	enum codec_step step; /* what the last one led to */
};

static const struct codec *const codecs[] = {&codec_gzip, &codec_bzip2, &codec_xz, &codec_zstd, &codec_lz4};

/* What comes after the end of a stream, as gzip has it: another stream, zeros that fill a tape's block, or rubbish. Returns
 * what more() does; 1 for another stream. */
static ssize_t begin_another(struct decoder *d)
{
	struct intake *from = d->from;

	for (;;) {
		while (from->at < from->len && from->bytes[from->at] == '\0')
			from->at++;
		if (from->at < from->len)
			break;
		if (!intake_fill(from))
			return from->broken ? intake_fail(&d->in, from->flaw.text) : 0;
	}
	if (intake_file_type(from) != d->codec->type)
		return intake_fail(&d->in, "what follows the end of the compressed data is ignored");
	if (!d->codec->again(d->state))
		return intake_fail(&d->in, "out of memory");
	d->step = STEP_ON;
	return 1;
}

/* One step of the codec, from what is held to `to`. Returns how much came out. */
static size_t unpack(struct decoder *d, char *to, size_t room, bool *taken)
{
	struct intake *from = d->from;
	struct flow flow = {from->bytes + from->at, from->len - from->at, to, room};

	d->step = d->codec->step(d->state, &flow);
	*taken = flow.in_len != from->len - from->at;
	if (flow.in_len > from->len)
		d->step = STEP_DAMAGED;
	else
		from->at = from->len - flow.in_len;
	return (size_t)(flow.out - to);
}

static ssize_t decoder_more(struct intake *in, char *to, size_t room)
{
	struct decoder *d = (struct decoder *)in;
	bool taken;

	for (;;) {
		if (d->step == STEP_DAMAGED)
			return intake_fail(in, "the compressed data is damaged");
		if (d->step == STEP_TOO_LARGE)
			return intake_fail(in, "unpacking it takes more than 128 MiB of memory");
		if (d->step == STEP_END) {
			const ssize_t another = begin_another(d);
			if (another <= 0)
				return another;
		}
		/* before any damage is reported, what is before it goes out */
		const size_t out = unpack(d, to, room, &taken);
		if (out)
			return (ssize_t)out;
		if (d->step == STEP_ON && !taken && !intake_fill(d->from))
			return intake_fail(in, d->from->broken ? d->from->flaw.text : "the compressed data ends too early");
	}
}

static void decoder_close(struct intake *in)
{
	struct decoder *d = (struct decoder *)in;

	d->codec->close(d->state);
	free(d);
}

struct intake *decoder_new(enum file_type type, struct intake *from, struct flaw *flaw)
{
	struct decoder *d = calloc(1, sizeof *d);
	size_t i = 0;

	while (codecs[i]->type != type)
		i++;
	if (d && codecs[i]->open)
		d->state = codecs[i]->open();
	if (!d || !d->state) {
		library_explain(&codecs[i]->library, 1, flaw);
		free(d);
		return NULL;
	}
	d->codec = codecs[i];
	d->in.more = decoder_more;
	d->in.close = decoder_close;
	d->from = from;
	d->in.by_nul = from->by_nul;
	return &d->in;
}
