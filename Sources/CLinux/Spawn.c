#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct start {
    const char *program;
    char *const *argv, *const *envp;
    const int *standard;
    pid_t parent;
    int report;
};

static int prepare(const struct start *start) {
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t none;
    sigemptyset(&none);
    // Those of the C library's own are refused, and nobody blocks them.
    for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &usual, NULL);
    if (setpgid(0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0) return -1;
    for (int i = 0; i < 3; i++) {
        int fd = start->standard[i];
        // One that is in its place already would be closed at the exec.
        if ((fd == i ? fcntl(fd, F_SETFD, 0) : dup2(fd, i)) < 0) return -1;
    }
    // Not before the exec, which may fail, as must be told.
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) < 0) return -1;
    return sigprocmask(SIG_SETMASK, &none, NULL);
}

// In the parent's memory, while the parent stands still: nothing here may allocate or lock.
static _Noreturn void become(const struct start *start) {
    if (prepare(start) == 0) {
        // Whoever has lost its parent before it could ask for the signal gets none.
        if (getppid() != start->parent) _exit(1);
        execvpe(start->program, start->argv, start->envp);
    }
    int error = errno;
    _exit(write(start->report, &error, sizeof error) == sizeof error ? 1 : 2);
}

static pid_t start_bound(const struct start *start) {
    sigset_t all, before;
    sigfillset(&all);
    // A handler of ours must not run in the child.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) become(start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return child;
}

// What the child could not do; 0 once it is the other program. By a pipe, for the thread sanitizer
// makes a fork of vfork, and then no memory is shared.
static int outcome(int report) {
    int error = 0;
    ssize_t count;
    do count = read(report, &error, sizeof error);
    while (count < 0 && errno == EINTR);
    return count == sizeof error ? error : 0;
}

// Neither end is among the standard descriptors, which the child replaces.
static int open_report(int ends[2]) {
    int found[2];
    if (pipe2(found, O_CLOEXEC) < 0) return -1;
    for (int i = 0; i < 2; i++) ends[i] = fcntl(found[i], F_DUPFD_CLOEXEC, 3);
    close(found[0]);
    close(found[1]);
    if (ends[0] >= 0 && ends[1] >= 0) return 0;
    if (ends[0] >= 0) close(ends[0]);
    return -1;
}

// posix_spawn cannot ask for a signal at the parent's end.
int weft_spawn_bound(pid_t *pid, const char *program, char *const argv[], char *const envp[],
                     const int standard[3]) {
    int ends[2];
    if (open_report(ends) < 0) return errno;
    struct start start = {program, argv, envp, standard, getpid(), ends[1]};
    pid_t child = start_bound(&start);
    int error = child < 0 ? errno : 0;
    close(ends[1]);
    if (child > 0) error = outcome(ends[0]);
    close(ends[0]);
    if (child > 0 && error) waitpid(child, NULL, 0);
    if (!error) *pid = child;
    return error;
}
