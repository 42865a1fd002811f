/* Reads JSON step by step. */
#ifndef HRG_JSON_WALK_H
#define HRG_JSON_WALK_H

#include "lib/format/json/json_doc.h"

/* Nothing of the line is read yet. False when memory is exhausted. */
bool hrg_json_walk_begin(struct json_doc *d, struct span line, struct span skip);
/* Reads on and adds what it reads to the document, until the line ends or, JSON_PART, until there is as much as the walk's
 * text_end, leaves_end or nodes_end. */
enum json_verdict hrg_json_walk(struct json_doc *d);

#endif
