#define _GNU_SOURCE
#include "CLinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// A name that is too long is no interface's.
static int put_name(struct ifreq *request, const char *name) {
    size_t length = strlen(name);
    if (length >= sizeof request->ifr_name) {
        errno = ENODEV;
        return -1;
    }
    memcpy(request->ifr_name, name, length);
    return 0;
}

// Not if_nametoindex: it opens a socket itself, and calls it a missing file when it cannot.
int weft_interface_index(int fd, const char *name) {
    struct ifreq request = {0};
    if (put_name(&request, name) < 0) return -1;
    return ioctl(fd, SIOCGIFINDEX, &request) < 0 ? -1 : request.ifr_ifindex;
}

int weft_interface_runs(int fd, const char *name) {
    struct ethtool_value carrier = {.cmd = ETHTOOL_GLINK};
    struct ifreq request = {.ifr_data = (void *)&carrier};
    if (put_name(&request, name) < 0 || ioctl(fd, SIOCETHTOOL, &request) < 0) return -1;
    if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) return -1;
    return (request.ifr_flags & IFF_RUNNING) != 0;
}

static struct sockaddr_ll to_kernel(const struct weft_link_address *address) {
    struct sockaddr_ll raw = {
        .sll_family = AF_PACKET,
        .sll_protocol = htons(address->protocol),
        .sll_ifindex = address->interface,
        .sll_halen = address->length,
    };
    memcpy(raw.sll_addr, address->bytes, sizeof raw.sll_addr);
    return raw;
}

int weft_packet_bind(int fd, const struct weft_link_address *address) {
    struct sockaddr_ll raw = to_kernel(address);
    return bind(fd, (struct sockaddr *)&raw, sizeof raw);
}

int weft_packet_promiscuous(int fd, int32_t interface) {
    struct packet_mreq request = {.mr_ifindex = interface, .mr_type = PACKET_MR_PROMISC};
    return setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &request, sizeof request);
}

ssize_t weft_packet_receive(int fd, void *buffer, size_t room, struct weft_link_address *source) {
    struct sockaddr_ll raw = {0};
    socklen_t length = sizeof raw;
    ssize_t count =
        recvfrom(fd, buffer, room, MSG_TRUNC, (struct sockaddr *)&raw, &length);
    source->interface = raw.sll_ifindex;
    source->protocol = ntohs(raw.sll_protocol);
    source->kind = raw.sll_pkttype;
    source->length = raw.sll_halen;
    memcpy(source->bytes, raw.sll_addr, sizeof source->bytes);
    return count;
}

ssize_t weft_packet_send(int fd, const void *bytes, size_t length,
                         const struct weft_link_address *target) {
    struct sockaddr_ll raw = to_kernel(target);
    return sendto(fd, bytes, length, 0, (struct sockaddr *)&raw, sizeof raw);
}
