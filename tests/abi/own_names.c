/* A program with functions of its own that are named like what a library of this kind does. It links against the static library and
 * calls both. */
#include "hrgloss.h"

#include <stdint.h>

int scan(int x);
int explain(int x);
int find_hits(int x);
int buf_add_text(int x);

int scan(int x)
{
	return x + 1;
}

int explain(int x)
{
	return x * 3;
}

int find_hits(int x)
{
	return x - 2;
}

int buf_add_text(int x)
{
	return -x;
}

int main(void)
{
	hrgloss *const h = hrgloss_new(NULL, NULL);
	const char *text = NULL;
	uint32_t e = 0;

	if (!h)
		return 1;
	if (hrgloss_find_name(h, "E_FAIL", 6, &e, 1) == 1)
		text = hrgloss_meaning(h, e);
	const int right = text && *text && scan(1) == 2 && explain(2) == 6 && find_hits(3) == 1 && buf_add_text(4) == -4;
	hrgloss_free(h);
	return right ? 0 : 1;
}
