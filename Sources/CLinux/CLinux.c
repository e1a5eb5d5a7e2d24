#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

int weft_netlink_bind(int fd, uint32_t groups) {
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = groups};
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}

int64_t weft_netlink_port(int fd) {
    struct sockaddr_nl address = {0};
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) return -1;
    return address.nl_pid;
}

int weft_enter_network_namespace(int fd) { return setns(fd, CLONE_NEWNET); }

int weft_unshare_network(void) { return unshare(CLONE_NEWNET); }

bool weft_is_network_namespace(int fd) {
    struct statfs status;
    // The ioctl number may mean something else to a device: ask the file system first.
    if (fstatfs(fd, &status) < 0 || status.f_type != NSFS_MAGIC) return false;
    return ioctl(fd, NS_GET_NSTYPE) == CLONE_NEWNET;
}

int weft_spawn(pid_t *pid, const char *program, char *const argv[], char *const envp[],
               const int standard[3]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    posix_spawnattr_init(&attributes);
    for (int i = 0; i < 3 && !error; i++)
        error = posix_spawn_file_actions_adddup2(&actions, standard[i], i);
    // A library's descriptor that lacks close-on-exec stays here too.
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP);
    if (!error) error = posix_spawnp(pid, program, &actions, &attributes, argv, envp);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int weft_pidfd_open(pid_t pid) { return pidfd_open(pid, 0); }

int weft_pidfd_signal(int fd, int signal) { return pidfd_send_signal(fd, signal, NULL, 0); }

int weft_pidfd_wait(int fd) {
    siginfo_t end = {0};
    if (waitid(P_PIDFD, (id_t)fd, &end, WEXITED) < 0) return -1;
    return end.si_code == CLD_EXITED ? end.si_status : WEFT_KILLED_BY + end.si_status;
}

ssize_t weft_random(void *buffer, size_t length) { return getrandom(buffer, length, 0); }

int weft_memory_file(void) { return memfd_create("weft", MFD_CLOEXEC); }

int weft_pipe(int fds[2]) { return pipe2(fds, O_CLOEXEC); }
