// Runs a program and kills it before its Nth system call, counted over all its threads and children.
//   kill-at N PROGRAM [ARGUMENT…]
// Ends as the program did, or with 137, having named the call's number, where it was killed.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

enum { killed = 128 + SIGKILL, unusable = 125 };

static void require(long result, const char *what) {
    if (result != -1) return;
    fprintf(stderr, "kill-at: %s: %s\n", what, strerror(errno));
    exit(unusable);
}

static pid_t start(char **command) {
    pid_t child = fork();
    require(child, "fork");
    if (child == 0) {
        require(ptrace(PTRACE_TRACEME, 0, 0, 0), "trace");
        raise(SIGSTOP);
        execvp(command[0], command);
        require(-1, command[0]);
    }
    int status;
    require(waitpid(child, &status, 0), "wait");
    // EXITKILL: with us, whatever the program has started ends too.
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE |
        PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC;
    require(ptrace(PTRACE_SETOPTIONS, child, 0, options), "set options");
    require(ptrace(PTRACE_SYSCALL, child, 0, 0), "continue");
    return child;
}

// The number of the system call that a stopped thread is about to make; -1 when it comes from one.
static long entered(pid_t thread) {
    struct ptrace_syscall_info info;
    long size = ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info);
    return size > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY ? (long)info.entry.nr : -1;
}

// A signal that a stop was made for and the thread is to get; the others are ptrace's own.
static int signal_of(int status) {
    int signal = WSTOPSIG(status);
    if (status >> 16 || signal == (SIGTRAP | 0x80) || signal == SIGTRAP || signal == SIGSTOP) return 0;
    return signal;
}

static int code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Only when the process is gone are its descriptors closed and its locks free.
static int kill_before(pid_t child, long call) {
    fprintf(stderr, "killed before system call %ld\n", call);
    require(kill(child, SIGKILL), "kill");
    for (;;) {
        int status;
        pid_t thread = waitpid(-1, &status, __WALL);
        if (WIFSTOPPED(status)) kill(thread, SIGKILL);
        else if (thread == child || thread == -1) return killed;
    }
}

int main(int count, char **arguments) {
    if (count < 3) return fprintf(stderr, "Usage: kill-at N PROGRAM [ARGUMENT…]\n"), unusable;
    long left = atol(arguments[1]), runs = 0;
    pid_t child = start(arguments + 2);
    for (;;) {
        int status;
        pid_t thread = waitpid(-1, &status, __WALL);
        require(thread, "wait");
        if (!WIFSTOPPED(status)) {
            if (thread == child) return code(status);
            continue;
        }
        // What comes before it is ours.
        if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) runs = 1;
        if (runs && WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            long call = entered(thread);
            if (call >= 0 && --left == 0) return kill_before(child, call);
        }
        ptrace(PTRACE_SYSCALL, thread, 0, signal_of(status));
    }
}
