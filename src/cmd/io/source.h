/* A file and the texts in it: itself, what it was compressed from, or the members of an archive. */
#ifndef HRG_SOURCE_H
#define HRG_SOURCE_H

#include "cmd/io/flaw.h"
#include "cmd/io/waiting.h"
#include "cmd/sys/file.h"

struct source;
/* "-" is standard input. NULL, with errno. */
struct source *source_open(const char *path);
/* The same for a descriptor that is open; `owned`: it is closed with the source. */
struct source *source_new(int fd, bool owned, const char *path);
/* What to do while a text that is not packed has no bytes. */
void source_wait(struct source *s, const struct waiting *waiting);
/* Lines end in NUL. A pipe may then bring one line at a time: what a whole line does not say about what is packed is not waited
 * for. */
void source_by_nul(struct source *s);
bool source_is_by_nul(const struct source *s);
/* The texts of event logs that are files of their own are not read from the source, but by source_log(). */
void source_share_logs(struct source *s);
/* The log whose text is at hand, for evtx_take(), or NULL. It stays the source's. */
struct evtx;
struct evtx *source_log(const struct source *s);
/* The log is read to its end, or nobody wants more; it had so many bytes of text. False when a flaw ends it, as source_read().
 */
bool source_end_log(struct source *s, uint64_t given);
/* The events of an event log are JSON objects, instead of lines for people. */
void source_events_as_json(struct source *s);
/* True when bytes come so fast that more readers would get more done. */
bool source_is_ahead(const struct source *s);
/* Whoever reads the rest of the text at hand unpacks it, too, where no byte of it has to be waited for: for readers that take
 * turns, between whom the work is shared without one more thread. */
void source_unpack_here(struct source *s);
/* Takes all of the file's bytes for one text, whatever they look like, instead of source_next(). */
void source_take_as_is(struct source *s);
void source_close(struct source *s);
/* Goes on to the next text. Call it again after a flaw. */
enum source_event { SOURCE_TEXT, SOURCE_FLAW, SOURCE_END };
enum source_event source_next(struct source *s);
/* Where in the archive the text is: a path with slashes, as the archive has it. NULL outside archives. Valid until
 * source_next(). */
const char *source_member(const struct source *s);
/* The text came out of compression of its own: a suffix of its name says so, and the text is what the name is without it. */
bool source_was_compressed(const struct source *s);
/* The text is that of an event log; evtx_about() reads its lines. */
bool source_has_events(const struct source *s);
/* It came out of an archive or compression. */
bool source_was_packed(const struct source *s);
/* As read(): waits for some bytes and no more. 0 at the end of the text, -1 when a flaw ends it. */
ssize_t source_read(struct source *s, char *to, size_t room);
const struct flaw *source_flaw(const struct source *s);
/* How many bytes of the file have been read. For any thread. */
uint64_t source_taken(const struct source *s);
/* Where reading begins is the end of the file. */
bool source_is_at_end(const struct source *s);
/* What the file is, as sys_look() has it. */
void source_look(const struct source *s, struct sys_info *out);

#endif
