#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// The larger of what IP_PKTINFO and IPV6_RECVPKTINFO deliver.
union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

struct weft_datagrams {
    unsigned slots, filled;
    size_t room, answer_room;
    struct mmsghdr *messages; // as received, one a slot
    struct mmsghdr *replies;  // as sent, without gaps
    struct iovec *parts, *answers;
    struct sockaddr_storage *sources;
    union control *controls;
    uint8_t *bytes;      // first all slots' rooms, then all answers'
    size_t answers_used; // answers stand close together: most need far less than their room
};

// Slots a power of two apart would compete for the same few lines of the processor's cache.
enum { cache_line = 64 };

struct weft_datagrams *weft_datagrams_create(unsigned slots, size_t room, size_t answer_room) {
    struct weft_datagrams *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    *d = (struct weft_datagrams){
        .slots = slots,
        .room = room + cache_line,
        .answer_room = answer_room,
        .messages = calloc(slots, sizeof *d->messages),
        .replies = calloc(slots, sizeof *d->replies),
        .parts = calloc(slots, sizeof *d->parts),
        .answers = calloc(slots, sizeof *d->answers),
        .sources = calloc(slots, sizeof *d->sources),
        .controls = calloc(slots, sizeof *d->controls),
        .bytes = calloc(slots, room + cache_line + answer_room + cache_line),
    };
    if (d->messages && d->replies && d->parts && d->answers && d->sources && d->controls &&
        d->bytes)
        return d;
    weft_datagrams_destroy(d);
    return NULL;
}

void weft_datagrams_destroy(struct weft_datagrams *d) {
    free(d->messages);
    free(d->replies);
    free(d->parts);
    free(d->answers);
    free(d->sources);
    free(d->controls);
    free(d->bytes);
    free(d);
}

// Where the next answer goes.
static uint8_t *answer_room(const struct weft_datagrams *d) {
    return d->bytes + d->slots * d->room + d->answers_used;
}

// The kernel overwrites the lengths of what it fills.
static void prepare(struct weft_datagrams *d, unsigned slot) {
    d->parts[slot] = (struct iovec){d->bytes + slot * d->room, d->room - cache_line};
    d->answers[slot] = (struct iovec){NULL, 0};
    d->messages[slot].msg_hdr = (struct msghdr){
        .msg_name = &d->sources[slot],
        .msg_namelen = sizeof d->sources[slot],
        .msg_iov = &d->parts[slot],
        .msg_iovlen = 1,
        .msg_control = &d->controls[slot],
        .msg_controllen = sizeof d->controls[slot],
    };
}

int weft_datagrams_receive(struct weft_datagrams *d, int fd, bool waits) {
    d->answers_used = 0;
    // Slots that were not filled the last time are as they were prepared.
    for (unsigned slot = 0; slot < (d->filled ? d->filled : d->slots); slot++) prepare(d, slot);
    int count = recvmmsg(fd, d->messages, d->slots, waits ? MSG_WAITFORONE : MSG_DONTWAIT, NULL);
    // After a failure every slot is prepared again.
    d->filled = count < 0 ? 0 : (unsigned)count;
    return count;
}

static struct cmsghdr *destination(const struct weft_datagrams *d, unsigned slot) {
    return CMSG_FIRSTHDR(&d->messages[slot].msg_hdr);
}

size_t weft_datagrams_destination(const struct weft_datagrams *d, unsigned slot,
                                  uint8_t address[16]) {
    struct cmsghdr *control = destination(d, slot);
    if (!control) return 0;
    if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof info);
        memcpy(address, &info.ipi_addr, sizeof info.ipi_addr);
        return sizeof info.ipi_addr;
    }
    if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
        struct in6_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof info);
        memcpy(address, &info.ipi6_addr, sizeof info.ipi6_addr);
        return sizeof info.ipi6_addr;
    }
    return 0;
}

// What came with a datagram says where its answer leaves from. The interface it came in by must
// not bind the answer, which may have another way back; a link-local address needs it, though.
static void release_interface(struct cmsghdr *control) {
    if (control->cmsg_level == IPPROTO_IP) {
        struct in_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof info);
        info.ipi_ifindex = 0;
        memcpy(CMSG_DATA(control), &info, sizeof info);
    } else {
        struct in6_pktinfo info;
        memcpy(&info, CMSG_DATA(control), sizeof info);
        if (!IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) info.ipi6_ifindex = 0;
        memcpy(CMSG_DATA(control), &info, sizeof info);
    }
}

static unsigned gather_answers(struct weft_datagrams *d) {
    unsigned count = 0;
    for (unsigned slot = 0; slot < d->filled; slot++) {
        if (d->answers[slot].iov_len == 0) continue;
        struct msghdr reply = d->messages[slot].msg_hdr;
        reply.msg_iov = &d->answers[slot];
        reply.msg_flags = 0;
        if (destination(d, slot)) release_interface(destination(d, slot));
        else reply.msg_control = NULL;
        d->replies[count++].msg_hdr = reply;
    }
    return count;
}

int weft_datagrams_answer(struct weft_datagrams *d, int fd) {
    unsigned count = gather_answers(d);
    int sent = 0;
    for (unsigned next = 0; next < count;) {
        int done = sendmmsg(fd, d->replies + next, count - next, MSG_DONTWAIT);
        if (done > 0) {
            sent += done;
            next += (unsigned)done;
        } else if (errno == EAGAIN) {
            break; // no room: a querier asks again, as it would after a loss on the way
        } else if (errno != EINTR) {
            next++; // this one cannot be sent, such as for want of a route; the others can
        }
    }
    return sent;
}

struct weft_datagram weft_datagrams_slot(const struct weft_datagrams *d, unsigned slot) {
    const struct mmsghdr *message = &d->messages[slot];
    return (struct weft_datagram){
        .bytes = d->parts[slot].iov_base,
        .length = message->msg_len,
        .truncated = message->msg_hdr.msg_flags & MSG_TRUNC,
        .source = message->msg_hdr.msg_name,
        .source_length = message->msg_hdr.msg_namelen,
        .answer = answer_room(d),
    };
}

void weft_datagrams_set_answer(struct weft_datagrams *d, unsigned slot, size_t length) {
    d->answers[slot] = (struct iovec){answer_room(d), length};
    // A slot that is answered once more than there are slots takes the last one's room.
    size_t used = d->answers_used + (length + cache_line - 1) / cache_line * cache_line;
    size_t last = (d->slots - 1) * (d->answer_room + cache_line);
    d->answers_used = used < last ? used : last;
}

static void set_source(struct msghdr *message, const uint8_t *local, size_t length) {
    struct cmsghdr *control = message->msg_control;
    if (length == 4) {
        struct in_pktinfo info = {0};
        memcpy(&info.ipi_spec_dst, local, 4);
        *control = (struct cmsghdr){CMSG_LEN(sizeof info), IPPROTO_IP, IP_PKTINFO};
        memcpy(CMSG_DATA(control), &info, sizeof info);
        message->msg_controllen = CMSG_SPACE(sizeof info);
    } else {
        struct in6_pktinfo info = {0};
        memcpy(&info.ipi6_addr, local, 16);
        *control = (struct cmsghdr){CMSG_LEN(sizeof info), IPPROTO_IPV6, IPV6_PKTINFO};
        memcpy(CMSG_DATA(control), &info, sizeof info);
        message->msg_controllen = CMSG_SPACE(sizeof info);
    }
}

long weft_datagram_send(int fd, const void *bytes, size_t length, const void *peer,
                        unsigned peer_length, const uint8_t *local, size_t local_length) {
    union control control = {0};
    struct iovec part = {(void *)bytes, length};
    struct msghdr message = {
        .msg_name = (void *)peer,
        .msg_namelen = peer_length,
        .msg_iov = &part,
        .msg_iovlen = 1,
    };
    if (local_length > 0) {
        message.msg_control = &control;
        set_source(&message, local, local_length);
    }
    return sendmsg(fd, &message, MSG_DONTWAIT);
}

int weft_datagram_repeat(int fd, const void *bytes, size_t length, unsigned times) {
    enum { most = 64 };
    struct iovec part = {(void *)bytes, length};
    struct mmsghdr messages[most];
    if (times > most) times = most;
    for (unsigned index = 0; index < times; index++)
        messages[index] = (struct mmsghdr){.msg_hdr = {.msg_iov = &part, .msg_iovlen = 1}};
    return sendmmsg(fd, messages, times, 0);
}
