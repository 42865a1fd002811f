/* What the program says on standard error. Each message is one line, written in one piece, and shows nothing that could steer a
 * terminal or look like another message; one that is longer than a pipe takes in one piece is shortened in its middle. Any
 * thread may call these. */
#ifndef HRG_MESSAGE_H
#define HRG_MESSAGE_H

#include <stdarg.h>

/* "hrgloss: …". The form is `FILE: reason`, and where the user can do something, the reason ends in what that is. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void vcomplain(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
/* A line that goes with the last message, or is an answer: without a name before it. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What an errno means; constant. */
const char *reason_of(int error);

#endif
