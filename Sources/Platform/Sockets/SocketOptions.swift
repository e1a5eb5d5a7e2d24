import Glibc
package import Network

/// What a socket is told before it gets an address.
package struct SocketOptions: Sendable {
    /// Lets several sockets have the same address, among which the kernel spreads the load.
    package var reusePort = false
    /// Leaves IPv4 to other sockets on the same port of the unspecified address.
    package var onlyIPv6 = true
    /// The only interface to use (needs CAP_NET_RAW).
    package var device: String?
    /// The firewall mark of what is sent (needs CAP_NET_ADMIN).
    package var mark: UInt32?
    /// The time to live or hop limit of what is sent.
    package var hopLimit: UInt8?
    /// Room for what has arrived, in bytes, beyond the system's limit where we may.
    package var receiveBuffer: Int?
    /// Room for what is to be sent.
    package var sendBuffer: Int?
    /// Lets calls wait, for a thread that has nothing else to do.
    package var isBlocking = false
    /// How long a call waits at most; one that waited in vain answers as one that would wait.
    package var waitLimit: Duration?
    /// Sends small pieces at once instead of waiting for more (TCP).
    package var sendsAtOnce = false
    /// Makes closing end a connection with a reset, after which the port is free at once (TCP).
    package var resetsOnClose = false
    /// Reports the address that a datagram was sent to, so that the answer can come from it.
    var reportsDestination = false
    /// Whether the socket has ports that both families could share.
    var hasPorts = true
    /// Lets a listener start again while connections of an earlier one linger.
    var reuseAddress = false

    package init() {}
}

extension Socket {
    package enum Kind: Sendable {
        case stream, datagram
    }

    /// Opens a TCP or UDP socket that has no address yet.
    package init(
        _ family: IPFamily, _ kind: Kind, _ options: SocketOptions = SocketOptions()
    ) throws(PlatformError) {
        let address: IPAddress = family == .v4 ? .v4(.unspecified) : .v6(.unspecified)
        try self.init(
            for: .ip(address, 0), type: kind == .stream ? SOCK_STREAM : SOCK_DGRAM, options)
    }

    /// Opens a nonblocking socket of an address's family.
    init(
        for address: SocketAddress, type: __socket_type, _ options: SocketOptions
    ) throws(PlatformError) {
        let domain =
            switch address {
            case .ip(let address, _): address.address.domain
            case .unix: AF_UNIX
            }
        let socket = try Socket(
            domain: domain, type: CInt(type.rawValue), nonblocking: !options.isBlocking)
        try socket.apply(options, domain: domain)
        self = socket
    }

    borrowing func apply(_ options: SocketOptions, domain: CInt) throws(PlatformError) {
        if options.reuseAddress { try setOption(SO_REUSEADDR, to: 1, "reuse address") }
        if options.reusePort { try setOption(SO_REUSEPORT, to: 1, "share port") }
        if let device = options.device { try bind(toDevice: device) }
        if let mark = options.mark {
            try setOption(SO_MARK, to: CInt(bitPattern: mark), "set mark of socket")
        }
        if let size = options.receiveBuffer { try reserve(SO_RCVBUFFORCE, SO_RCVBUF, size) }
        if let size = options.sendBuffer { try reserve(SO_SNDBUFFORCE, SO_SNDBUF, size) }
        if let limit = options.waitLimit { try limitWaiting(to: limit) }
        if options.sendsAtOnce { try disableDelay() }
        if options.resetsOnClose { try resetOnClose() }
        try applyToIP(options, domain: domain)
    }

    private borrowing func applyToIP(
        _ options: SocketOptions, domain: CInt
    ) throws(PlatformError) {
        let (v4, v6) = (CInt(IPPROTO_IP), CInt(IPPROTO_IPV6))
        let isV6 = domain == AF_INET6
        if isV6, options.hasPorts {
            let only: CInt = options.onlyIPv6 ? 1 : 0
            try setOption(IPV6_V6ONLY, level: v6, to: only, "separate IPv6 from IPv4")
        }
        if let limit = options.hopLimit.map(CInt.init) {
            let all =
                isV6 ? [(v6, IPV6_UNICAST_HOPS), (v6, IPV6_MULTICAST_HOPS)] : [(v4, IP_TTL)]
            for (level, option) in all {
                try setOption(option, level: level, to: limit, "set hop limit")
            }
        }
        if options.reportsDestination {
            try isV6
                ? setOption(IPV6_RECVPKTINFO, level: v6, to: 1, "ask for destinations")
                : setOption(IP_PKTINFO, level: v4, to: 1, "ask for destinations")
        }
    }

    /// Without the right to exceed the system's limit, what it allows must do.
    borrowing func reserve(
        _ forced: CInt, _ plain: CInt, _ bytes: Int
    ) throws(PlatformError) {
        do throws(PlatformError) {
            try setOption(forced, to: CInt(clamping: bytes), "size socket buffer")
        } catch  where error.code == .notPermitted {
            try setOption(plain, to: CInt(clamping: bytes), "size socket buffer")
        }
    }

    private borrowing func bind(toDevice name: String) throws(PlatformError) {
        try checkForNUL(name, "bind socket to interface")
        let number = descriptor.rawValue
        _ = try syscall("bind socket to interface", name) {
            unsafe setsockopt(
                number, SOL_SOCKET, SO_BINDTODEVICE, name, socklen_t(name.utf8.count))
        }
    }
}

extension IPAddress {
    var domain: CInt {
        switch self {
        case .v4: AF_INET
        case .v6: AF_INET6
        }
    }
}
