/* The steps of a text through a worker. */
#ifndef HRG_TEXT_H
#define HRG_TEXT_H

#include "cmd/run/worker.h"

/* A window that holds so much is likely to have more after it. */
enum { FULL_WINDOW = HRGLOSS_WINDOW / 2 };
/* Bytes of the text go through: *drop says how many are done with. False, with errno, when they cannot. */
bool pass_bytes(struct worker *w, struct delivery *d, struct hrgloss_span bytes, bool last, size_t *drop);
/* Waits for bytes of the text, and tells those who want to know of them. */
void read_text(struct worker *w);
/* Tells them of what was read otherwise. */
void tell_of_bytes(struct worker *w);
/* The text's encoding is that of its output, unless another was asked for. */
bool choose_encoder(const struct worker *w, struct delivery *d);

#endif
