/* Hyperscan's part of the comparison: finds and counts hexadecimal codes in its input as a stream, and writes the input out as
 * it is. */
#include <hs.h>
#include <stdio.h>
#include <unistd.h>

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
	(void)id, (void)from, (void)to, (void)flags;
	++*(unsigned long *)context;
	return 0;
}

static int write_all(const char *bytes, size_t len)
{
	while (len) {
		const ssize_t n = write(STDOUT_FILENO, bytes, len);
		if (n < 0)
			return -1;
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

int main(void)
{
	static char bytes[256 * 1024];
	hs_database_t *db = NULL;
	hs_compile_error_t *error = NULL;
	hs_scratch_t *scratch = NULL;
	hs_stream_t *stream = NULL;
	unsigned long found = 0;
	ssize_t n;

	if (hs_compile("0[xX][89A-Fa-f][0-9A-Fa-f]{7}", 0, HS_MODE_STREAM, NULL, &db, &error) != HS_SUCCESS ||
	    hs_alloc_scratch(db, &scratch) != HS_SUCCESS || hs_open_stream(db, 0, &stream) != HS_SUCCESS) {
		fprintf(stderr, "hyperscan: cannot be set up\n");
		return 2;
	}
	while ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
		hs_scan_stream(stream, bytes, (unsigned)n, 0, scratch, count, &found);
		if (write_all(bytes, (size_t)n) != 0)
			return 1;
	}
	hs_close_stream(stream, scratch, count, &found);
	hs_free_scratch(scratch);
	hs_free_database(db);
	return 0;
}
