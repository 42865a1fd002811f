/* Many inputs through one handle: which there are, who takes which, and where the output goes. */
#ifndef HRG_RUN_H
#define HRG_RUN_H

#include "cmd/run/message.h"
#include "cmd/run/print.h"
#include "cmd/run/settings.h"

/* Takes every input to its output; returns an exit status. What cannot be read is complained about and the rest goes on. */
int run_inputs(const hrgloss *h, const struct run_settings *settings);

#endif
