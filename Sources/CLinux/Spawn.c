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
    int error;
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
    return close_range(3, ~0U, 0) < 0 ? -1 : sigprocmask(SIG_SETMASK, &none, NULL);
}

// In the parent's memory, while the parent stands still: nothing here may allocate or lock.
static _Noreturn void become(struct start *start) {
    if (prepare(start) == 0) {
        // Whoever has lost its parent before it could ask for the signal gets none.
        if (getppid() != start->parent) _exit(1);
        execvpe(start->program, start->argv, start->envp);
    }
    start->error = errno;
    _exit(1);
}

// posix_spawn cannot ask for a signal at the parent's end.
int weft_spawn_bound(pid_t *pid, const char *program, char *const argv[], char *const envp[],
                     const int standard[3]) {
    struct start start = {program, argv, envp, standard, getpid(), 0};
    struct start *volatile shared = &start;
    sigset_t all, before;
    sigfillset(&all);
    // A handler of ours must not run in the child.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) become(shared);
    int error = child < 0 ? errno : shared->error;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child > 0 && error) waitpid(child, NULL, 0);
    if (!error) *pid = child;
    return error;
}
