#ifndef WEFT_CFUZZ_H
#define WEFT_CFUZZ_H

#include <stdint.h>

/*
 * What names the guilty input when a decoder under attack crashes or hangs. The note is written
 * by a signal handler, so it tells the number of the iteration even when the heap is ruined.
 */

/* Watches from now on; an iteration that lasts longer than the seconds ends the process. */
void weft_fuzz_watch(unsigned seconds);

/* Says what runs: the target's name (cut after 63 bytes) and the seed. */
void weft_fuzz_target(const char *name, uint64_t seed);

/* Says which iteration runs. */
void weft_fuzz_iteration(uint64_t iteration);

#endif
