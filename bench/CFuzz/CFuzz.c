#define _GNU_SOURCE
#include "CFuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static char target[64];
static uint64_t seed;
static volatile uint64_t iteration;
static volatile unsigned patience;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
enum { crash_count = sizeof crashes / sizeof crashes[0] };
static struct sigaction previous[crash_count];

/* A decoder that recurses too deep leaves no stack for the handler. */
static char handler_stack[1 << 18];

static void say(const char *text) {
    if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

static void say_number(uint64_t number) {
    char digits[21] = {0};
    char *start = digits + 20;
    do *--start = (char)('0' + number % 10);
    while (number /= 10);
    say(start);
}

static void say_where(const char *what) {
    say("weft-fuzz: ");
    say(what);
    say(": --target ");
    say(target);
    say(" --seed ");
    say_number(seed);
    say(" --first ");
    say_number(iteration);
    say(" --iterations 1\n");
}

/* There when a sanitizer is linked in; it ends the process without a signal, but calls back. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));
extern void __sanitizer_print_stack_trace(void) __attribute__((weak));

static void on_death(void) { say_where("sanitizer report"); }

/*
 * Puts back what was there before, which then sees the same fault when the handler returns. Not
 * under a sanitizer: Swift's backtracer reads the stack in a way that is an error there, and then
 * waits for ever for the process that ended on it.
 */
static void on_crash(int signal) {
    say_where(signal == SIGABRT ? "aborted" : "crashed");
    if (__sanitizer_print_stack_trace) {
        __sanitizer_print_stack_trace();
        _exit(1);
    }
    for (int index = 0; index < crash_count; index++) {
        sigaction(crashes[index], &previous[index], NULL);
    }
    if (signal == SIGABRT || signal == SIGTRAP) raise(signal);
}

static void on_tick(int signal) {
    (void)signal;
    static uint64_t last = UINT64_MAX;
    static unsigned ticks;
    if (iteration != last) {
        last = iteration;
        ticks = 0;
    } else if (++ticks >= patience) {
        say_where("hangs");
        _exit(1);
    }
}

void weft_fuzz_watch(unsigned seconds) {
    patience = seconds;
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    sigaltstack(&stack, NULL);
    struct sigaction crash = {.sa_handler = on_crash, .sa_flags = SA_NODEFER | SA_ONSTACK};
    for (int index = 0; index < crash_count; index++) {
        sigaction(crashes[index], &crash, &previous[index]);
    }
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(on_death);
    struct sigaction tick = {.sa_handler = on_tick, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &tick, NULL);
    struct itimerval second = {.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
    setitimer(ITIMER_REAL, &second, NULL);
}

void weft_fuzz_target(const char *name, uint64_t of_seed) {
    strncpy(target, name, sizeof target - 1);
    seed = of_seed;
    iteration = 0;
}

void weft_fuzz_iteration(uint64_t number) { iteration = number; }
