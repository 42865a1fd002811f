#include "summary/summary.h"
#include <stdlib.h>
struct stamps *stamps_new(void){return malloc(1);}
void stamps_free(struct stamps *s){free(s);}
struct tally *tally_new(const hrgloss *h, const struct stamps *stamps){(void)h;(void)stamps;return malloc(1);}
void tally_free(struct tally *t){free(t);}
void tally_begin(struct tally *t, const char *name, uint64_t order, time_t modified){(void)t;(void)name;(void)order;(void)modified;}
bool tally_add(struct tally *t, const struct hrgloss_hit *hits, size_t count){(void)t;(void)hits;(void)count;return true;}
bool tally_merge(struct tally *into, const struct tally *from){(void)into;(void)from;return true;}
bool summary_write(const struct tally *t, enum summary_format format, FILE *out){(void)t;(void)format;(void)out;return true;}
