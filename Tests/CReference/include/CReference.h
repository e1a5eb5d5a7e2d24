#ifndef WEFT_CREFERENCE_H
#define WEFT_CREFERENCE_H

#include <stddef.h>
#include <stdint.h>

/* The C library's own reading and printing of addresses, for tests to compare ours with. */

/* inet_pton of text that need not end in NUL: 1 when it is an address, else 0. */
int weft_reference_pton(int is_v6, const uint8_t *text, size_t count, uint64_t *high, uint64_t *low);

/* inet_ntop: the length of the text. */
size_t weft_reference_ntop(int is_v6, uint64_t high, uint64_t low, uint8_t *text, size_t capacity);

#endif
