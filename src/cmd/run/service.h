/* Being one of many programs that run for long: signals, an output file that is rotated, counts for others to read. */
#ifndef HRG_SERVICE_H
#define HRG_SERVICE_H

#include "cmd/run/settings.h"

struct ledger;
struct source;
struct status;

struct service;
/* Its arguments must outlive it. NULL, after a complaint, when the output file cannot be opened or signals cannot be waited
 * for. */
struct service *service_new(const hrgloss *h, const struct run_settings *settings, struct status *status,
                            struct ledger *ledger);
void service_free(struct service *s);
/* The handle for new scratches: the run's, or the last that SIGHUP has brought. */
const hrgloss *service_handle(const struct service *s);
/* Where output goes, and the way there. */
int service_output(const struct service *s);
/* As messages call it. */
const char *service_output_name(const struct service *s);
bool service_put(void *service, const struct hrgloss_span *spans, size_t count);
/* The source is what is written to, so that reading it would never end; EMPTY: but there was nothing in it before. */
enum own { OWN_NOT, OWN_EMPTY, OWN_OUTPUT };
enum own service_reads_own(struct service *s, const struct source *source);
/* Takes part in the reading of standard input, whose text goes through the scratch, until service_leave(). */
void service_attend(struct service *s, struct source *source, const hrgloss_scratch *scratch);
/* SIGHUP has brought other tables: nobody but the caller of the next function should be at work. */
bool service_has_news(const struct service *s);
/* If it has, puts a scratch for them into the place of *scratch, which is freed. To be called between lines, of which the text
 * `name` has had so many. */
bool service_renew(struct service *s, hrgloss_scratch **scratch, const char *name, uint64_t lines);
void service_leave(struct service *s);
/* Several threads take part: from now on, they publish what they count. */
void service_share(struct service *s);
/* To be called now and then: writes the counts when it is time to. */
void service_tick(struct service *s);
/* Writes the last counts, and ends the output file. False, after a complaint, when that failed. */
bool service_finish(struct service *s);

#endif
