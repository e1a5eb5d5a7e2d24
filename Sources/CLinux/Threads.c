#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>

// More than any kernel is built for: NR_CPUS goes up to 8192.
enum { most_processors = 8192 };

static int failed(int error) {
    if (!error) return 0;
    errno = error;
    return -1;
}

int weft_thread_pin(pthread_t thread, unsigned processor) {
    if (processor >= most_processors) return failed(EINVAL);
    cpu_set_t *set = CPU_ALLOC(most_processors);
    if (!set) return failed(ENOMEM);
    size_t size = CPU_ALLOC_SIZE(most_processors);
    CPU_ZERO_S(size, set);
    CPU_SET_S(processor, size, set);
    int error = pthread_setaffinity_np(thread, size, set);
    CPU_FREE(set);
    return failed(error);
}

int weft_thread_processors(unsigned *processors, int room) {
    cpu_set_t *set = CPU_ALLOC(most_processors);
    if (!set) return failed(ENOMEM);
    size_t size = CPU_ALLOC_SIZE(most_processors);
    int error = pthread_getaffinity_np(pthread_self(), size, set);
    int count = 0;
    for (unsigned processor = 0; !error && processor < most_processors && count < room; processor++)
        if (CPU_ISSET_S(processor, size, set)) processors[count++] = processor;
    CPU_FREE(set);
    return error ? failed(error) : count;
}

int64_t weft_thread_time(pthread_t thread) {
    clockid_t clock;
    struct timespec time;
    int error = pthread_getcpuclockid(thread, &clock);
    if (error) return failed(error);
    if (clock_gettime(clock, &time) < 0) return -1;
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}
