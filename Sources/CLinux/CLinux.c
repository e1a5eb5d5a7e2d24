#define _GNU_SOURCE
#include "CLinux.h"

#include <linux/netlink.h>
#include <sys/socket.h>

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
