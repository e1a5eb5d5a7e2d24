#define _GNU_SOURCE
#include "CLinux.h"

#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/vfs.h>

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
