// libnftnl and the kernel's nf_tables numbers. Those of netlink are CMnl's alone: Swift takes a
// type to belong to whichever module it met first, and two would differ from build to build.

// First, so that linux/in.h, which linux/netfilter.h draws in, leaves its types to the C library.
#include <netinet/in.h>

#include <libnftnl/batch.h>
#include <libnftnl/chain.h>
#include <libnftnl/common.h>
#include <libnftnl/expr.h>
#include <libnftnl/gen.h>
#include <libnftnl/rule.h>
#include <libnftnl/set.h>
#include <libnftnl/table.h>
#include <libnftnl/udata.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
