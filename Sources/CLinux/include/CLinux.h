#ifndef WEFT_CLINUX_H
#define WEFT_CLINUX_H

// What Glibc's Swift module leaves out, as plain functions. Nothing here defines _GNU_SOURCE:
// a module that does so disagrees with every other one about fd_set. The .c file defines it.

#include <pthread.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/// Joins the netlink socket `fd` to no group, with a port id the kernel chooses.
int weft_netlink_bind(int fd, uint32_t groups);
/// The socket options of linux/netlink.h, which is CMnl's to show to Swift.
extern const int weft_netlink_add_membership, weft_netlink_extended_ack;
extern const int weft_netlink_capped_ack, weft_netlink_strict_check;
/// The port id the kernel gave the netlink socket `fd`, or -1.
int64_t weft_netlink_port(int fd);

/// A connection of the listener `fd`, nonblocking.
int weft_accept(int fd);

/// Who is at the other end of a Unix connection.
struct weft_credentials {
    pid_t process;
    uid_t user;
    gid_t group;
};
int weft_peer_credentials(int fd, struct weft_credentials *peer);

/// The number of an interface in the namespace of the socket `fd`, or -1.
int weft_interface_index(int fd, const char *name);
/// Whether packets pass an interface (1 or 0), once its carrier was asked for; or -1.
int weft_interface_runs(int fd, const char *name);

/// The other end of the frames of a packet socket.
struct weft_link_address {
    int32_t interface;
    uint16_t protocol; // in host order
    uint8_t kind;      // PACKET_HOST and so on
    uint8_t length;    // of the link-layer address
    uint8_t bytes[8];
};
int weft_packet_bind(int fd, const struct weft_link_address *address);
int weft_packet_promiscuous(int fd, int32_t interface);
ssize_t weft_packet_receive(int fd, void *buffer, size_t room, struct weft_link_address *source);
ssize_t weft_packet_send(int fd, const void *bytes, size_t length,
                         const struct weft_link_address *target);

/// What the program was called as, its first argument.
const char *weft_program_name(void);
/* gettid() */
int weft_thread_id(void);
/// Keeps a thread on one processor.
int weft_thread_pin(pthread_t thread, unsigned processor);
/// Keeps a task, by its number, on some processors.
int weft_task_place(pid_t task, const unsigned *processors, int count);
/// The processors that the calling thread may use, in order; how many, or -1.
int weft_thread_processors(unsigned *processors, int room);
/// The nanoseconds for which a thread that was not waited for has had a processor, or -1.
int64_t weft_thread_time(pthread_t thread);
/// For how long the calling thread runs at a time where others wait; kernels before 6.12 take no notice.
int weft_thread_set_slice(uint64_t nanoseconds);
/// The same as it is, in nanoseconds; zero from kernels that do not say, or -1.
int64_t weft_thread_slice(void);
/// Gives free memory back to the kernel: all that is between blocks, and the end of the heap that the
/// calling thread uses.
void weft_heap_trim(void);
/// Lets go of the pages of programs and libraries, which are read again as they are needed.
void weft_program_release(void);

/// Moves the calling thread into the network namespace `fd`.
int weft_enter_network_namespace(int fd);
/// Moves the calling thread into a new network namespace.
int weft_unshare_network(void);
/// Gives the calling thread, and those it starts, mounts of their own.
int weft_unshare_mounts(void);
/// The number by which the namespace of the netlink socket `fd` knows the namespace `other`;
/// INT64_MAX when it has none, -1 with errno on failure.
int64_t weft_network_namespace_id(int fd, int other);
/// Whether `fd` is a network namespace, and not a file or a namespace of another kind.
bool weft_is_network_namespace(int fd);

/// Starts a program, looked for along PATH, in a process group of its own with default signals,
/// none blocked, and no descriptor but these three as 0 to 2. Returns 0 or an error number.
int weft_spawn(pid_t *pid, const char *program, char *const argv[], char *const envp[],
               const int standard[3]);
/// The same, and the program is killed once the calling thread ends, whatever ends it, unless it
/// becomes another user's.
int weft_spawn_bound(pid_t *pid, const char *program, char *const argv[], char *const envp[],
                     const int standard[3]);
/// Makes the process another program, looked for along PATH, with no signal blocked.
int weft_exec(const char *program, char *const argv[], char *const envp[]);
/// A descriptor of the child `pid`, readable once it has ended.
int weft_pidfd_open(pid_t pid);
int weft_pidfd_signal(int fd, int signal);
/// Waits for the child behind `fd`: its exit code, or WEFT_KILLED_BY plus a signal's number.
/// What it has used is stored where `usage` points, unless that is null.
int weft_pidfd_wait(int fd, struct rusage *usage);
enum { WEFT_KILLED_BY = 256 };

/// Fills `buffer` with random bytes from the kernel; how many, or -1.
ssize_t weft_random(void *buffer, size_t length);

/// An unnamed file in memory.
int weft_memory_file(void);
/// A pipe that no child inherits.
int weft_pipe(int fds[2]);

/// What epoll reports, without its packed layout.
struct weft_ready {
    uint64_t token;
    uint32_t events;
};
enum { WEFT_READABLE = 1, WEFT_WRITABLE = 2 };

int weft_epoll_create(void);
int weft_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int weft_epoll_modify(int epoll, int fd, uint32_t events, uint64_t token);
int weft_epoll_remove(int epoll, int fd);
/// Waits for at most `capacity` descriptors (64 at most); an error or hang-up counts as both.
int weft_epoll_wait(int epoll, struct weft_ready *ready, int capacity, int milliseconds);

/// A counter to wake a poller with; nonblocking.
int weft_eventfd(void);

/// A clock that a poller can wait for: CLOCK_MONOTONIC, readable once its time has come.
int weft_timerfd(void);
/// Sets the time in nanoseconds, of which 0 means never; what was due before is no longer.
int weft_timerfd_set(int fd, int64_t nanoseconds);

/// Blocks signals for the calling thread and those it starts.
int weft_signals_block(const int *signals, size_t count);
/// A nonblocking descriptor that delivers blocked signals.
int weft_signalfd(const int *signals, size_t count);
/// The next signal of such a descriptor, or -1.
int weft_signalfd_read(int fd);

/// How many columns the terminal `fd` has, 0 if nobody knows; -1 if it is no terminal.
int weft_terminal_columns(int fd);

/// Whether somebody keeps the clock right: 1 or 0, or -1.
int weft_clock_is_synchronized(void);

// Many datagrams in one call. Each slot has room for one datagram and for its answer, and holds
// where it came from and which of our addresses it was sent to, from which the answer leaves.
struct weft_datagrams;
struct weft_datagrams *weft_datagrams_create(unsigned slots, size_t room, size_t answer_room);
void weft_datagrams_destroy(struct weft_datagrams *datagrams);
/// Fills the first slots; how many, or -1. All answers become empty, which means none.
/// A blocking socket is waited for if so asked, until one datagram has come.
int weft_datagrams_receive(struct weft_datagrams *datagrams, int fd, bool waits);
/// Sends one datagram from one of our addresses, 4 or 16 octets of it, or any if there are none.
long weft_datagram_send(int fd, const void *bytes, size_t length, const void *peer,
                        unsigned peer_length, const uint8_t *local, size_t local_length);
/// Sends the answers that there are to where their datagrams came from; how many were taken.
int weft_datagrams_answer(struct weft_datagrams *datagrams, int fd);
/// Sends the same bytes to a connected socket's peer so many times; how many were taken, or -1.
int weft_datagram_repeat(int fd, const void *bytes, size_t length, unsigned times);

struct weft_datagram {
    const uint8_t *bytes;
    size_t length;
    bool truncated;
    const void *source;
    size_t source_length;
    uint8_t *answer;
};
struct weft_datagram weft_datagrams_slot(const struct weft_datagrams *datagrams, unsigned slot);
void weft_datagrams_set_answer(struct weft_datagrams *datagrams, unsigned slot, size_t length);
/// Our address that a datagram was sent to: 4 or 16 bytes, or 0 when the kernel did not say.
size_t weft_datagrams_destination(const struct weft_datagrams *datagrams, unsigned slot,
                                  uint8_t address[16]);

// Many datagrams to the one peer of a connected socket in one call.
struct weft_outgoing;
struct weft_outgoing *weft_outgoing_create(unsigned slots, size_t room);
void weft_outgoing_destroy(struct weft_outgoing *outgoing);
uint8_t *weft_outgoing_room(const struct weft_outgoing *outgoing, unsigned slot);
void weft_outgoing_set_length(struct weft_outgoing *outgoing, unsigned slot, size_t length);
/// Sends some slots' datagrams; how many were taken, or -1.
int weft_outgoing_send(struct weft_outgoing *outgoing, int fd, unsigned first, unsigned count);

/// Like poll(2), with a time in nanoseconds; a negative one means for ever.
int weft_poll_precisely(struct pollfd *entries, unsigned count, int64_t nanoseconds);
/// Lets the calling thread wake when its time has come, not up to 50 µs later.
int weft_wake_on_time(void);

#endif
