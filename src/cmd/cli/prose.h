/* Texts of the manual, which name things by marks: *word* is to be typed as it is, _word_ stands for something, 'text' is
 * quoted, {NAME} is a section, --option an option, page(1) a page. Marks end where a word ends. */
#ifndef HRG_PROSE_H
#define HRG_PROSE_H

#include "lib/base/base.h"

#include <stdio.h>

enum prose_kind { PROSE_PLAIN, PROSE_LITERAL, PROSE_ARGUMENT, PROSE_QUOTED, PROSE_SECTION, PROSE_OPTION, PROSE_PAGE };

/* One word, or what marks hold together, between the brackets and the punctuation that touch it. */
struct prose_word {
	enum prose_kind kind;
	struct span open, core, close;
};

/* Cuts the next word off; false at the end. */
bool prose_next(struct span *text, struct prose_word *word);
bool prose_ends_sentence(const struct prose_word *word);

/* For terminals: without marks, in lines of at most `width` columns that begin with `indent` blanks. The first goes on at
 * `column`. */
void prose_write_plain(FILE *out, struct span text, unsigned column, unsigned indent, unsigned width);
/* For hrgloss(1), in mdoc(7). */
void prose_write_mdoc(FILE *out, struct span text);

#endif
