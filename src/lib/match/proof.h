/* What proves that a number is a code. */
#ifndef HRG_PROOF_H
#define HRG_PROOF_H

#include "lib/codes/codes.h"

struct evidence;
struct hit;
struct pattern;

/* Whether something near proves that the number of the hit, whose position and value are set, is a code, and which; then fills
 * the readings and the basis. That it is there twice proves nothing where a veto says that it is somebody else's. */
bool hrg_prove(struct evidence *around, const struct pattern *p, struct hit *hit, bool vetoed);

/* Which proofs by name or twin the number that starts at `code` may have, by a bit for each enum proof: never too few. */
uint8_t hrg_proofs_beside(const struct codes *codes, struct span text, size_t code);
/* The same for a position in its line, with those by message; found when somebody asks. */
uint8_t hrg_evidence_proofs(struct evidence *c);

#endif
