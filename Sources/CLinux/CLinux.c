#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <linux/rtnetlink.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

const int weft_netlink_add_membership = NETLINK_ADD_MEMBERSHIP;
const int weft_netlink_extended_ack = NETLINK_EXT_ACK;
const int weft_netlink_capped_ack = NETLINK_CAP_ACK;
const int weft_netlink_strict_check = NETLINK_GET_STRICT_CHK;

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

const char *weft_program_name(void) { return program_invocation_name; }

int weft_enter_network_namespace(int fd) { return setns(fd, CLONE_NEWNET); }

int weft_unshare_network(void) { return unshare(CLONE_NEWNET); }

int weft_unshare_mounts(void) { return unshare(CLONE_NEWNS); }

bool weft_is_network_namespace(int fd) {
    struct statfs status;
    // The ioctl number may mean something else to a device: ask the file system first.
    if (fstatfs(fd, &status) < 0 || status.f_type != NSFS_MAGIC) return false;
    return ioctl(fd, NS_GET_NSTYPE) == CLONE_NEWNET;
}

int64_t weft_network_namespace_id(int fd, int other) {
    struct {
        struct nlmsghdr header;
        struct rtgenmsg body;
        char padding[NLMSG_ALIGN(sizeof(struct rtgenmsg)) - sizeof(struct rtgenmsg)];
        struct rtattr attribute;
        int32_t value;
    } request = {
        .header = {.nlmsg_len = sizeof request, .nlmsg_type = RTM_GETNSID,
                   .nlmsg_flags = NLM_F_REQUEST},
        .attribute = {.rta_len = RTA_LENGTH(sizeof request.value), .rta_type = NETNSA_FD},
        .value = other,
    };
    union {
        struct nlmsghdr header;
        char room[256];
    } answer;
    if (send(fd, &request, sizeof request, 0) < 0) return -1;
    ssize_t length = recv(fd, &answer, sizeof answer, 0);
    if (length < 0) return -1;
    if (NLMSG_OK(&answer.header, length) && answer.header.nlmsg_type == NLMSG_ERROR) {
        errno = -((struct nlmsgerr *)NLMSG_DATA(&answer.header))->error;
        return -1;
    }
    struct rtattr *attribute =
        (struct rtattr *)((char *)NLMSG_DATA(&answer.header) + NLMSG_ALIGN(sizeof request.body));
    length = answer.header.nlmsg_len - NLMSG_SPACE(sizeof request.body);
    for (; RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length)) {
        if (attribute->rta_type != NETNSA_NSID) continue;
        int32_t id = *(int32_t *)RTA_DATA(attribute);
        return id < 0 ? INT64_MAX : id;
    }
    errno = EBADMSG;
    return -1;
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

int weft_exec(const char *program, char *const argv[], char *const envp[]) {
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    return execvpe(program, argv, envp);
}

int weft_pidfd_open(pid_t pid) { return pidfd_open(pid, 0); }

int weft_pidfd_signal(int fd, int signal) { return pidfd_send_signal(fd, signal, NULL, 0); }

int weft_pidfd_wait(int fd, struct rusage *usage) {
    siginfo_t end = {0};
    // The C library's waitid leaves out the kernel's fifth argument.
    if (syscall(SYS_waitid, P_PIDFD, (id_t)fd, &end, WEXITED, usage) < 0) return -1;
    return end.si_code == CLD_EXITED ? end.si_status : WEFT_KILLED_BY + end.si_status;
}

ssize_t weft_random(void *buffer, size_t length) { return getrandom(buffer, length, 0); }

int weft_memory_file(void) { return memfd_create("weft", MFD_CLOEXEC); }

int weft_pipe(int fds[2]) { return pipe2(fds, O_CLOEXEC); }

int weft_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {.data.u64 = token};
    if (events & WEFT_READABLE) event.events |= EPOLLIN;
    if (events & WEFT_WRITABLE) event.events |= EPOLLOUT;
    return epoll_ctl(epoll, operation, fd, &event);
}

int weft_epoll_add(int epoll, int fd, uint32_t events, uint64_t token) {
    return control(epoll, EPOLL_CTL_ADD, fd, events, token);
}

int weft_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token) {
    return control(epoll, EPOLL_CTL_MOD, fd, events, token);
}

int weft_epoll_remove(int epoll, int fd) { return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL); }

int weft_epoll_wait(int epoll, struct weft_ready *ready, int capacity, int milliseconds) {
    struct epoll_event events[64];
    if (capacity > 64) capacity = 64;
    int count = epoll_wait(epoll, events, capacity, milliseconds);
    for (int i = 0; i < count; i++) {
        uint32_t seen = events[i].events;
        ready[i].token = events[i].data.u64;
        ready[i].events = (seen & (EPOLLIN | EPOLLERR | EPOLLHUP) ? WEFT_READABLE : 0) |
                          (seen & (EPOLLOUT | EPOLLERR | EPOLLHUP) ? WEFT_WRITABLE : 0);
    }
    return count;
}

int weft_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int weft_timerfd(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK); }

int weft_timerfd_set(int fd, int64_t nanoseconds) {
    struct itimerspec time = {.it_value = {.tv_sec = nanoseconds / 1000000000,
                                           .tv_nsec = nanoseconds % 1000000000}};
    return timerfd_settime(fd, TFD_TIMER_ABSTIME, &time, NULL);
}

static sigset_t signal_set(const int *signals, size_t count) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < count; i++) sigaddset(&set, signals[i]);
    return set;
}

int weft_signals_block(const int *signals, size_t count) {
    sigset_t set = signal_set(signals, count);
    int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (!error) return 0;
    errno = error;
    return -1;
}

int weft_signalfd(const int *signals, size_t count) {
    sigset_t set = signal_set(signals, count);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int weft_signalfd_read(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) < 0 ? -1 : (int)info.ssi_signo;
}

int weft_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK); }

int weft_peer_credentials(int fd, struct weft_credentials *peer) {
    struct ucred raw;
    socklen_t length = sizeof raw;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &raw, &length) < 0) return -1;
    *peer = (struct weft_credentials){raw.pid, raw.uid, raw.gid};
    return 0;
}

int weft_thread_id(void) { return gettid(); }

// Of a heap's end as much is kept as the C library keeps before it has met large blocks; each one
// that was freed has raised that, to twice its size.
enum { HEAP_END_KEPT = 128 << 10 };

void weft_heap_trim(void) {
    malloc_trim(0);
    // That leaves alone where the heaps of threads end, other than the first thread's. Freeing a block
    // of at least 64 KiB looks at the end of the calling thread's.
    mallopt(M_TRIM_THRESHOLD, HEAP_END_KEPT);
    void *volatile block = malloc(HEAP_END_KEPT / 2 + HEAP_END_KEPT / 4);
    free(block);
}

int weft_terminal_columns(int fd) {
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) < 0 ? -1 : size.ws_col;
}

int weft_clock_is_synchronized(void) {
    struct timex state = {0};
    if (adjtimex(&state) == -1) return -1;
    return (state.status & STA_UNSYNC) == 0;
}
