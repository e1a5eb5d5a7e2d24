#ifndef WEFT_CALLOCATIONS_H
#define WEFT_CALLOCATIONS_H

#include <stdint.h>

/*
 * How often the calling thread took memory from the heap since it began; -1 under a sanitizer,
 * whose allocator cannot be counted.
 */
int64_t weft_allocations(void);

#endif
