#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// More than any kernel is built for: NR_CPUS goes up to 8192.
enum { most_processors = 8192 };

static int failed(int error) {
    if (!error) return 0;
    errno = error;
    return -1;
}

// A set that the caller frees, of one of the sizes that the kernel takes.
static cpu_set_t *set_of(const unsigned *processors, int count, size_t *size) {
    cpu_set_t *set = CPU_ALLOC(most_processors);
    if (!set) return NULL;
    *size = CPU_ALLOC_SIZE(most_processors);
    CPU_ZERO_S(*size, set);
    for (int index = 0; index < count; index++)
        if (processors[index] < most_processors) CPU_SET_S(processors[index], *size, set);
    return set;
}

int weft_task_place(pid_t task, const unsigned *processors, int count) {
    size_t size;
    cpu_set_t *set = set_of(processors, count, &size);
    if (!set) return failed(ENOMEM);
    int result = sched_setaffinity(task, size, set);
    CPU_FREE(set);
    return result;
}

int weft_thread_pin(pthread_t thread, unsigned processor) {
    size_t size;
    cpu_set_t *set = set_of(&processor, 1, &size);
    if (!set) return failed(ENOMEM);
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

// The first version of what sched_setattr(2) takes, which no glibc before 2.41 knows.
struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};

static int attributes(struct attributes *found) {
    return (int)syscall(SYS_sched_getattr, 0, found, sizeof *found, 0);
}

int weft_thread_set_slice(uint64_t nanoseconds) {
    struct attributes wanted;
    if (attributes(&wanted) < 0) return -1;
    wanted.size = sizeof wanted;
    wanted.runtime = nanoseconds;
    return (int)syscall(SYS_sched_setattr, 0, &wanted, 0);
}

int64_t weft_thread_slice(void) {
    struct attributes found;
    return attributes(&found) < 0 ? -1 : (int64_t)found.runtime;
}
