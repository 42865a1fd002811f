/* Counts how often memory is asked for, by whatever library: the test program's own malloc() goes before the C library's. Under
 * AddressSanitizer, which has one of its own, it hooks in. Include it in one file of a program. */
#ifndef HRG_TESTS_MEMORY_CALLS_H
#define HRG_TESTS_MEMORY_CALLS_H

#include "asan.h"
#include <stddef.h>

static unsigned long memory_calls;

#ifdef UNDER_ASAN

void __sanitizer_malloc_hook(const volatile void *ptr, size_t size);
void __sanitizer_malloc_hook(const volatile void *ptr, size_t size)
{
	(void)ptr;
	(void)size;
	memory_calls++;
}

#else

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

void *malloc(size_t size)
{
	memory_calls++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	memory_calls++;
	return __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
	memory_calls++;
	return __libc_realloc(ptr, size);
}

#endif

#endif
