/* UNDER_ASAN is defined where AddressSanitizer watches, whichever compiler says so how. */
#ifndef HRG_TESTS_ASAN_H
#define HRG_TESTS_ASAN_H

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#endif

#endif
