/* Files that are part of the program. Made by tablegen from those of these names; NUL ends them. */
#ifndef HRG_EMBEDDED_H
#define HRG_EMBEDDED_H

extern const char embedded_times_tsv[], embedded_summary_tsv[], embedded_page_html[];

#endif
