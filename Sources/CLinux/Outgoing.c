#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

struct weft_outgoing {
    unsigned slots;
    size_t room;
    struct mmsghdr *messages;
    struct iovec *parts;
    uint8_t *bytes;
};

// Slots a power of two apart would compete for the same few lines of the processor's cache.
enum { cache_line = 64 };

struct weft_outgoing *weft_outgoing_create(unsigned slots, size_t room) {
    struct weft_outgoing *o = calloc(1, sizeof *o);
    if (!o) return NULL;
    *o = (struct weft_outgoing){
        .slots = slots,
        .room = room + cache_line,
        .messages = calloc(slots, sizeof *o->messages),
        .parts = calloc(slots, sizeof *o->parts),
        .bytes = calloc(slots, room + cache_line),
    };
    if (!o->messages || !o->parts || !o->bytes) {
        weft_outgoing_destroy(o);
        return NULL;
    }
    for (unsigned slot = 0; slot < slots; slot++) {
        o->parts[slot].iov_base = o->bytes + slot * o->room;
        o->messages[slot].msg_hdr = (struct msghdr){.msg_iov = &o->parts[slot], .msg_iovlen = 1};
    }
    return o;
}

void weft_outgoing_destroy(struct weft_outgoing *o) {
    free(o->messages);
    free(o->parts);
    free(o->bytes);
    free(o);
}

uint8_t *weft_outgoing_room(const struct weft_outgoing *o, unsigned slot) {
    return o->parts[slot].iov_base;
}

void weft_outgoing_set_length(struct weft_outgoing *o, unsigned slot, size_t length) {
    o->parts[slot].iov_len = length;
}

int weft_outgoing_send(struct weft_outgoing *o, int fd, unsigned first, unsigned count) {
    return sendmmsg(fd, o->messages + first, count, MSG_DONTWAIT);
}

int weft_poll_precisely(struct pollfd *entries, unsigned count, int64_t nanoseconds) {
    if (nanoseconds < 0) return ppoll(entries, count, NULL, NULL);
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(entries, count, &time, NULL);
}

int weft_wake_on_time(void) { return prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }
